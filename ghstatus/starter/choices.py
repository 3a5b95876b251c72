"""The choices of a form's dropdown that mean components: short to read, and read back as the same component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import form
from ghstatus.grammar.names import Names, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Component, Group, Site

_RESERVED = frozenset({"none", "n/a", "-"})
"""What GitHub, or the grammar, takes for no choice."""


def choices(site: Site) -> tuple[str, ...]:
    """One choice for each component that may be hit by something new: `Copr (copr)`, or a part of that.

    GitHub joins what was chosen by commas, so no choice holds one; and where a name holds some, choices in a row could
    read as that name.
    """
    names = Names(site.components, site.groups)
    split = frozenset(_parts_of_names(site))
    return tuple(_choice(component, names, split) for component in site.components if not component.hidden)


def _choice(component: Component, names: Names, split: frozenset[str]) -> str:
    """The first wording that means the component; an id in parentheses always does."""
    name = " ".join(component.name.split())
    ident = component.id
    wordings = (f"{name} ({ident})", name, ident, f"({ident})")
    fitting = (one for one in wordings if _means(one, component, names) and fold(one) not in split)
    return next(fitting, f"{ident} ({ident})")


def _means(choice: str, component: Component, names: Names) -> bool:
    if "," in choice or fold(choice) in _RESERVED:
        return False
    return all(_read(", ".join([choice] * count), names) == [(component.id,)] * count for count in (1, 2))


def _read(answer: str, names: Names) -> list[tuple[str, ...]]:
    """The components that each of the choices in an answer means."""
    said = form.read(f"### {form.COMPONENTS}\n\n{answer}\n", names).values.get("components")
    return [names.resolve(str(one)) for one in said] if isinstance(said, list) else []


def _parts_of_names(site: Site) -> Iterator[str]:
    """What choices must not be: in a row they would read as one name that holds commas."""
    things: tuple[Component | Group, ...] = (*site.components, *site.groups)
    for thing in things:
        for word in (thing.id, thing.name, *thing.aliases):
            if "," in word:
                yield from (fold(part) for part in word.split(","))
