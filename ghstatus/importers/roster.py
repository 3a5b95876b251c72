"""The names that posts use for what they hit → components, unknown ones kept as hidden components."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.grammar.names import Names
from ghstatus.grammar.words import hinted, shown
from ghstatus.importers import values
from ghstatus.importers.sites import Taken
from ghstatus.model import Affected, Component, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.importers.result import Notes

_ALL = re.compile(r"\*|every(?:thing|one)?|all(?: (?:of )?(?:our |the )?\w+)?", re.IGNORECASE)
_NONE = frozenset({"nothing", "none", "n/a", "-"})


class Roster:
    """The components of a site; it grows by those that only old posts know."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._said = Names(site.components, site.groups)
        self._names = self._said

    def affected(self, names: Iterable[str], notes: Notes, *, key: str = "affected") -> tuple[Affected, ...]:
        """The components that these names mean, each once; what had to be guessed is noted."""
        ids = dict.fromkeys(ident for name in names for ident in self._ids(values.line(name), notes, key))
        return tuple(Affected(component=ident) for ident in ids)

    def resolve(self, name: str) -> tuple[str, ...]:
        """The components that a name means already."""
        return self._names.resolve(name)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The names of components that a text mentions as whole words."""
        return tuple(
            component.name
            for component in self.site.components
            if any(_mentions(text, name) for name in (component.name, *component.aliases))
        )

    def _ids(self, name: str, notes: Notes, key: str) -> tuple[str, ...]:
        if found := self._said.resolve(name):
            return found
        if name.lower() in _NONE:
            return ()
        if _ALL.fullmatch(name) and (everything := self._own()):
            count = "1 component" if len(everything) == 1 else f"{len(everything)} components"
            notes.add(f"{shown(name)} is no component", f"taken as all {count} of one's own", key=key)
            return everything
        found = self._names.resolve(name) or self._add(name)
        accepted = hinted("the name or an alias of a component", self._said.suggest(name))
        seen = f"no component is called {shown(name)}"
        notes.add(seen, f"kept as hidden component {found[0]}", key=key, accepted=accepted)
        return found

    def _own(self) -> tuple[str, ...]:
        first = self.site.groups[0].id if self.site.groups else ""
        return tuple(
            component.id
            for component in self.site.components
            if component.group == first and not component.hidden and not component.external
        )

    def _add(self, name: str) -> tuple[str]:
        ident = Taken((*self.site.components, *self.site.groups)).give(name)
        component = Component(id=ident, name=name, hidden=True)
        self.site = replace(self.site, components=(*self.site.components, component))
        self._names = Names(self.site.components, self.site.groups)
        return (ident,)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
