"""Finds the templates and the static files, whether ghstatus runs from a checkout, an installation or a zip file.

A site may have its own beside its configuration.
"""

from __future__ import annotations

from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable


class Own(NamedTuple):
    """What a site has of its own, by name as below the shipped folder."""

    templates: Mapping[str, bytes] = {}
    static: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()


def templates() -> Traversable:
    """Return the folder of Jinja templates."""
    return _folder("_templates", "templates")


def static() -> Traversable:
    """Return the folder of files that every site gets as they are."""
    return _folder("_static", "site/static")


def schemas() -> Traversable:
    """Return the folder of the JSON Schemas that every site publishes."""
    return resources.files("ghstatus") / "render" / "programs" / "schemas"


def files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """Yield name, relative to the folder and with slashes, and bytes of every file below it, in one order everywhere."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from ((f"{entry.name}/{name}", content) for name, content in files(entry))
        else:
            yield entry.name, entry.read_bytes()


def own(folder: Path) -> Own:
    """Read a site's own templates and static files; whatever is hidden isn't meant for a site."""
    problems: list[Problem] = []
    texts, static = (dict(_below(folder, name, problems)) for name in ("templates", "static"))
    return Own(texts, static, tuple(problems))


def digest(site: Own | None = None) -> str:
    """Return a name for the present state of all templates and static files: it changes whenever one of them does."""
    total = sha256()
    own = site or Own()
    for several in (files(templates()), files(static()), own.templates.items(), own.static.items()):
        for name, content in several:
            total.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape") + content)
        total.update(b"\0")
    return total.hexdigest()


def _below(home: Path, name: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for path in sorted((home / name).rglob("*")):
        inside = path.relative_to(home / name)
        if path.is_dir() or any(part.startswith(".") for part in inside.parts):
            continue
        try:
            yield inside.as_posix(), path.read_bytes()
        except OSError as error:
            where = path.relative_to(home).as_posix()
            problems.append(Problem(where=where, seen=f"can't be read: {error.strerror}", outcome="left out"))


def _folder(packaged: str, source: str) -> Traversable:
    inside = resources.files("ghstatus") / packaged
    return inside if inside.is_dir() else Path(__file__).parent.parent / source
