"""Names people use for components → component ids."""

from __future__ import annotations

from copy import copy
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self

from ghstatus.errors import FEW

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from ghstatus.model import Component, Group


class Names:
    """What people may call each component and each group of components.

    Where a component and a group share a name, it means the component; the configuration refuses that.
    """

    __slots__ = ("_ids", "_words", "incidents")

    def __init__(self, components: Iterable[Component], groups: Iterable[Group] = ()) -> None:
        self.incidents: Container[str] | None = None
        self._ids: dict[str, tuple[str, ...]] = {}
        self._words: list[str] = []
        members: dict[str, tuple[str, ...]] = {}
        for component in components:
            members[component.group] = (*members.get(component.group, ()), component.id)
            self._add(component, (component.id,))
        for group in groups:
            self._add(group, members.get(group.id, ()))

    def _add(self, thing: Component | Group, ids: tuple[str, ...]) -> None:
        for word in (thing.id, thing.name, *thing.aliases):
            self._ids.setdefault(fold(word), ids)
            self._words.append(word)

    def beside(self, incidents: Container[str]) -> Self:
        """The same names where there are just these incidents, by number or name."""
        found = copy(self)
        found.incidents = incidents
        return found

    def has_incident(self, ref: str) -> bool:
        """Whether there is such an incident, as far as anybody knows."""
        return self.incidents is None or ref in self.incidents

    def resolve(self, text: str) -> tuple[str, ...]:
        """Find the components that `text` means, a group's in their order; none when it is unknown."""
        return self._ids.get(fold(text), ())

    def suggest(self, text: str) -> str:
        """Ask "did you mean 'x'?" with the name nearest to `text`; empty when none is near."""
        return did_you_mean(text, self._words)

    def sparing(self) -> Callable[[str], str]:
        """`suggest` for the first few of many texts, and empty for the others: each takes milliseconds."""
        left = iter(range(FEW))
        return lambda text: "" if next(left, None) is None else self.suggest(text)


def fold(text: str) -> str:
    """Reduce a name to what tells it from others: neither its case nor its white space does."""
    return " ".join(text.split()).casefold()


_LONGEST = 100  # comparing takes the square of the length, and a stranger may have typed it


def did_you_mean(text: str, words: Iterable[str]) -> str:
    """Ask "did you mean 'x'?" with the word nearest to `text`; empty when none is near."""
    if len(text) > _LONGEST:
        return ""
    folded: dict[str, str] = {}
    for word in words:
        folded.setdefault(fold(word), str(word))
    near = get_close_matches(fold(text), folded, n=1)
    return f"did you mean {folded[near[0]]!r}?" if near else ""
