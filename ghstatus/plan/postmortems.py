"""Which post-mortems to begin: those that somebody asked for on an incident's issue, and that nobody has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ghstatus.actions import OpenPostmortem
from ghstatus.grammar.postmortem import ASKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ghstatus.model import Board, Story

    Drafted: TypeAlias = Callable[[Story], tuple[str, str]]
    """An incident → the title and the text of its post-mortem."""


def decide(board: Board, drafted: Drafted | None) -> Iterator[OpenPostmortem]:
    """Begin each that is missing; without words for them, none."""
    for ref, story in board.incidents.items():
        asked = [order for order in story.incident.response.orders if order.verb == ASKED]
        if asked and drafted and ref not in board.postmortems:
            title, text = drafted(story)
            why = f"@{asked[0].by} asked for it" if asked[0].by else "somebody asked for it"
            yield OpenPostmortem(incident=ref, title=title, text=text, why=why)
