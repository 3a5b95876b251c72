"""What a site looks like: what ghstatus ships, and over it what the site has itself."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import assets
from ghstatus.errors import Problem
from ghstatus.flow.shelf import Shelf
from ghstatus.render.looks.overrides import FOLDER, Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_THEME = "theme.css"
"""The static file of a site's own that comes after the style sheet."""


class Looks(NamedTuple):
    """What shapes every page of a site beside its configuration."""

    look: Look
    static: Mapping[str, bytes]
    """The static files, shipped ones and the site's own, by name."""
    digest: str
    """Changes whenever any of it does."""
    problems: tuple[Problem, ...]


def read(folder: Path) -> Looks:
    """Read what a site folder has of its own; what can't be used is left out and told."""
    own = assets.own(folder)
    static = {**dict(assets.files(assets.static())), **own.static}
    shipped = {name: data.decode() for name, data in assets.files(assets.templates())}
    problems = list(own.problems)
    texts = dict(_texts(own.templates, problems))
    look = Look(shipped, texts, style=_style(static), is_themed=_THEME in static, shelf=Shelf())
    return Looks(look, static, assets.digest(own), tuple(problems))


def _texts(templates: Mapping[str, bytes], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for name, data in templates.items():
        try:
            yield name, data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            problems.append(Problem(where=f"{FOLDER}/{name}", line=line, seen="isn't UTF-8", outcome="left out"))


def _style(static: Mapping[str, bytes]) -> str:
    total = hashlib.blake2b(digest_size=4)
    for name in sorted(static):
        total.update(static[name])
    return total.hexdigest()
