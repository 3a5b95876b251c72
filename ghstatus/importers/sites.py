"""What other status pages' configurations say, made fit for ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from ghstatus.grammar import slug
from ghstatus.grammar.configvalues import Anywhere, Base, Colour
from ghstatus.grammar.names import fold
from ghstatus.grammar.words import shown
from ghstatus.importers import values
from ghstatus.model import Component, Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.grammar.fields import Value
    from ghstatus.importers.result import Notes
    from ghstatus.model import Group

_ADDRESS: TypeAdapter[str] = TypeAdapter(Base)
_TARGET: TypeAdapter[str] = TypeAdapter(Anywhere)
_COLOUR: TypeAdapter[str] = TypeAdapter(Colour)


class Taken:
    """The ids and names that are given already: no two things may share one."""

    def __init__(self, things: Iterable[Component | Group] = ()) -> None:
        self._words: set[str] = set()
        for thing in things:
            self._words |= {fold(word) for word in (thing.id, thing.name, *thing.aliases)}

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and fold(word) in self._words

    def give(self, name: str, *, ident: str = "") -> str:
        """An id for a name that is free, made from `ident` if there is one; both are given away by it."""
        free = slug.numbered(ident or name, taken=self)
        self._words |= {fold(free), fold(name)}
        return free


def component(ident: str, name: str, description: str, taken: Taken, notes: Notes) -> Component | None:
    """A component that has an id already; None with a note if its name means another."""
    if name in taken:
        notes.add(f"{shown(name)} stands there already", "left out", key=ident)
        return None
    free = taken.give(name, ident=ident)
    aliases = () if ident in taken else (ident,)
    return Component(id=free, name=name, description=description, aliases=aliases)


def address(text: str, notes: Notes, *, key: str) -> str:
    """An address with a trailing slash; nothing where it is none."""
    return text and _checked(_ADDRESS, text, notes, key=key, seen="is no address of a page", outcome="left empty")


def links(items: Value | None, notes: Notes, *, key: str, text: str, url: str) -> tuple[Link, ...]:
    """The links of a list of mappings, under the keys that hold their words and their address."""
    found = []
    for item in values.mappings(items):
        words, target = values.line(item.get(text)), values.text(item.get(url))
        outcome = f"the link {words!r} is left out"
        if checked := _checked(_TARGET, target, notes, key=key, seen="is no address to link to", outcome=outcome):
            found.append(Link(text=words or checked, url=checked))
    return tuple(found)


def colour(text: str, notes: Notes, *, key: str) -> str:
    """A colour as `#rrggbb`; nothing where it is none."""
    return text and _checked(_COLOUR, text, notes, key=key, seen="is no #rrggbb", outcome="the page's own is used")


def _checked(adapter: TypeAdapter[str], text: str, notes: Notes, **said: str) -> str:
    try:
        return adapter.validate_python(text)
    except ValidationError:
        notes.add(f"{shown(text)} {said['seen']}", said["outcome"], key=said["key"])
        return ""
