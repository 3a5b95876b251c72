"""Comments on an incident: where users see it, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import line, plain
from ghstatus.model import Kind
from ghstatus.saying.room import fitted, items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghstatus.errors import Problem


def welcome(kind: Kind, address: str, *, is_kept: bool) -> str:
    """Where users see what was just written down, where there is no more to tell; `is_kept` where our labels count."""
    told = f"This {kind.value} is on the status page: {address}"
    return f"{told}\n\nClosing the issue takes it down." if is_kept and kind is Kind.ANNOUNCEMENT else told


def problems(found: Iterable[Problem]) -> str:
    """What is wrong with an issue, for whoever wrote it."""
    lines = list(dict.fromkeys(_problem(one) for one in found))
    return (
        "Not everything in this issue could be read as it was meant; the rest counts.\n\n"
        f"{fitted(items(lines))}\n\n"
        "Mend it where it stands, in the issue, a label or a comment: this comment then goes away by itself."
    )


def first(found: Sequence[Problem]) -> str:
    """The first of them in a few words, with the number of the others."""
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return line(f"{found[0].key}: {found[0].seen}" if found[0].key else found[0].seen) + more


def _problem(one: Problem) -> str:
    place = " ".join(filter(None, (one.key, f"(line {one.line})" if one.line else "")))
    parts = [f"**{plain(place)}**: " if place else "", plain(one.seen)]
    if one.accepted:
        parts.append(f". Accepted: {plain(one.accepted)}")
    if one.outcome:
        parts.append(f". Now: {plain(one.outcome)}")
    return "".join(parts) + "."
