"""Statusfy's configuration with its locale → a site; JavaScript is searched for its literals, never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar.config import POLICY
from ghstatus.importers import folder, values
from ghstatus.importers.sites import Taken, address, component, links
from ghstatus.model import Site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ghstatus.grammar.fields import Value
    from ghstatus.importers.result import Notes
    from ghstatus.model import Component

FILES = tuple(f"config.{ending}" for ending in ("js", "json", "yml", "yaml", "toml"))
_STRING = r"""(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
_COMMENTS = re.compile(rf"({_STRING})|/\*.*?\*/|//[^\n]*", re.DOTALL)


class Config(NamedTuple):
    """What Statusfy's configuration says."""

    site: Site
    titles: Mapping[str, str]
    """What people read for each system's id, also for systems that are not listed any more."""


def read(path: Path, source: Path, notes: Notes) -> Config:
    """Read a configuration and the default locale beside it."""
    own = notes.about(folder.name(path, source))
    text = folder.text(path, own) or ""
    config = _literals(text, own) if path.suffix == ".js" else _mapping(text, path, own)
    language = values.text(config.get("defaultlocale")) or "en"
    locale = _locale(source / "locales" / f"{language}.json", source, notes)
    systems = values.mapping(values.mapping(locale.get("systems")).get("items"))
    titles = {ident: values.line(values.mapping(system).get("title")) or ident for ident, system in systems.items()}
    found = Site(
        title=_first(config.get("title"), locale.get("title"), config.get("name")) or "Status",
        description=_first(config.get("description"), locale.get("description")),
        base_url=address(values.text(config.get("baseurl")), own, key="baseUrl"),
        links=links(_links(config, language), own, key="theme.links", text="text", url="url"),
        components=_components(config, systems, own),
        policy=POLICY,
    )
    return Config(found, titles)


def _mapping(text: str, path: Path, notes: Notes) -> dict[str, Value]:
    try:
        return values.mapping(values.read(text, path.suffix[1:].replace("yml", "yaml")))
    except ValueError as error:
        notes.add(f"can't be read: {error}", "components are made from the names in the posts")
        return {}


def _locale(path: Path, source: Path, notes: Notes) -> dict[str, Value]:
    notes = notes.about(folder.name(path, source))
    if not path.is_file():
        notes.add("isn't there", "systems are called by their ids")
        return {}
    return _mapping(folder.text(path, notes) or "", path, notes)


def _literals(script: str, notes: Notes) -> dict[str, Value]:
    """The values that stand as plain text in a script."""
    bare = _COMMENTS.sub(lambda match: match[1] or " ", script)
    found: dict[str, Value] = {}
    keys = ("title", "name", "description", "baseUrl", "defaultLocale")
    for key in keys:
        if match := re.search(rf"""["']?\b{key}\b["']?\s*:[^,"'`\n{{\[]*{_STRING}""", bare):
            found[key.lower()] = match["text"]
    if listed := re.search(r"""["']?\bsystems\b["']?\s*:\s*\[(?P<items>[^\]]*)\]""", bare):
        found["content"] = {"systems": [match["text"] for match in re.finditer(_STRING, listed["items"])]}
    read = [key for key in (*keys, "content") if key.lower() in found]
    seen = "is JavaScript, which is not run"
    notes.add(seen, f"read by pattern: {', '.join(read) or 'nothing'}; everything else is left out")
    return found


def _links(config: dict[str, Value], language: str) -> list[Value]:
    theme = values.mapping(values.mapping(config.get("theme")).get("links"))
    return [
        {"text": words.capitalize(), "url": url} for words, url in values.mapping(theme.get(language.lower())).items()
    ]


def _components(config: dict[str, Value], systems: dict[str, Value], notes: Notes) -> tuple[Component, ...]:
    taken = Taken()
    found = []
    for ident in map(values.line, values.texts(values.mapping(config.get("content")).get("systems"))):
        system = values.mapping(systems.get(ident.lower()))
        name = values.line(system.get("title")) or ident
        found.append(component(ident, name, values.line(system.get("description")), taken, notes))
    return tuple(filter(None, found))


def _first(*found: Value | None) -> str:
    return next(filter(None, map(values.line, found)), "")
