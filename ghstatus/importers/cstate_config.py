"""cState's configuration → a site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar.config import POLICY
from ghstatus.grammar.words import shown
from ghstatus.importers import folder, values
from ghstatus.importers.sites import Taken, address, colour, links
from ghstatus.model import Component, Group, Site, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.grammar.fields import Value
    from ghstatus.importers.result import Notes

_FILES = tuple(
    f"{inside}{name}.{ending}"
    for inside in ("", "config/_default/")
    for name in ("config", "hugo")
    for ending in ("yml", "yaml", "toml", "json")
)
_COLOURS = {
    "accent": ("brand", "#0a0c0f"),
    "operational": ("ok", "#008000"),
    "under_maintenance": ("notice", "#24478f"),
    "partial_outage": ("disrupted", "#cc4400"),
    "major_outage": ("down", "#e60000"),
}
_EXTERNAL = re.compile(r"\b(?:external|third[ -]party|upstream)\b", re.IGNORECASE)


def read(source: Path, notes: Notes) -> Site:
    """Read the site as far as cState knows one; nothing of it is needed."""
    path = folder.first(source, _FILES)
    notes = notes.about(folder.name(path, source) if path else _FILES[0])
    config = _config(path, notes)
    params = values.mapping(config.get("params"))
    taken = Taken()
    systems = _systems(params, taken, notes)
    groups = _groups(params, taken, notes)
    return Site(
        title=values.line(config.get("title")) or "Status",
        description=values.line(params.get("description")),
        base_url=address(values.text(config.get("baseurl")), notes, key="baseURL"),
        links=links(params.get("customtabs"), notes, key="params.customTabs", text="name", url="link"),
        groups=tuple(groups.values()),
        components=_components(systems, groups, notes),
        theme=_theme(params, notes),
        policy=POLICY,
    )


def _config(path: Path | None, notes: Notes) -> dict[str, Value]:
    outcome = "components are made from the names in the posts"
    if path is None:
        notes.add("isn't there", outcome)
        return {}
    text = folder.text(path, notes) or ""
    try:
        return values.mapping(values.read(text, path.suffix[1:].replace("yml", "yaml")))
    except ValueError as error:
        notes.add(f"can't be read: {error}", outcome)
        return {}


def _systems(params: dict[str, Value], taken: Taken, notes: Notes) -> dict[str, dict[str, Value]]:
    """The systems by their ids to be."""
    found = {}
    for number, system in enumerate(values.mappings(params.get("systems"))):
        name = values.line(system.get("name"))
        if name and name not in taken:
            found[taken.give(name)] = system
        else:
            seen = f"{shown(name)} stands there already" if name else "has no name"
            notes.add(seen, "left out", key=f"params.systems[{number}]")
    return found


def _groups(params: dict[str, Value], taken: Taken, notes: Notes) -> dict[str, Group]:
    """The categories by their names."""
    found: dict[str, Group] = {}
    for category in values.mappings(params.get("categories")):
        name = written = values.line(category.get("name"))
        if not name or name in found:
            continue
        if name in taken:
            name = f"{written} (group)"
            notes.add(f"{shown(written)} is also a system's name", f"called {shown(name)}", key="params.categories")
        description = values.line(category.get("description"))
        found[written] = Group(id=taken.give(name), name=name, description=description)
    return found


def _components(systems: dict[str, dict[str, Value]], groups: dict[str, Group], notes: Notes) -> tuple[Component, ...]:
    found = []
    for ident, system in systems.items():
        name, category = values.line(system.get("name")), values.line(system.get("category"))
        if category not in groups:
            notes.add(f"{shown(category)} is no category", f"{name} stands in no group", key="params.systems.category")
        if link := values.line(system.get("link")):
            notes.add(f"{shown(link)} has no place in component {ident}", "left out", key="params.systems.link")
        component = Component(
            id=ident,
            name=name,
            description=values.line(system.get("description")),
            group=groups[category].id if category in groups else "",
            external=_EXTERNAL.search(category) is not None,
        )
        found.append(component)
    if others := [component.name for component in found if component.external]:
        seen = f"the category of {', '.join(others)} says that others run them"
        notes.add(seen, "external: true", key="params.systems")
    return tuple(found)


def _theme(params: dict[str, Value], notes: Notes) -> Theme:
    """The colours that somebody chose: cState's own are not taken along."""
    chosen = {
        ours: values.text(params.get(theirs))
        for ours, (theirs, usual) in _COLOURS.items()
        if values.text(params.get(theirs)).lower() != usual
    }
    return Theme(**{ours: colour(text, notes, key=f"params.{_COLOURS[ours][0]}") for ours, text in chosen.items()})
