"""Which incidents to pin, and which no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.actions import PinIncident, UnpinIncident
from ghstatus.grammar.quoting import line
from ghstatus.model import EventKind
from ghstatus.saying.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.model import Board, Event, Pin, Story, Tracker

PLACES = 3
"""How many issues GitHub lets a repository pin."""


def decide(board: Board, tracker: Tracker, most: int, places: int) -> Iterator[UnpinIncident | PinIncident]:
    """Unpin, then pin, so that the worst of what goes on is pinned, in `places` at most; people's pins stay."""
    going_on = {story.record.ref: story for story in (*board.active, *board.in_progress)}
    wanted = [ref for ref in going_on if not was_unpinned(tracker.issues[ref].events, tracker.program)][:most]
    ours = {str(pin.number) for pin in movable(board, tracker)}
    others = {str(pin.number) for pin in tracker.pins} - ours
    held = [ref for ref in wanted if ref not in others][: max(0, places)]
    for ref in sorted(ours.difference(held), key=int):
        no_place = "others go first" if held else "there is no place for it"
        yield UnpinIncident(number=int(ref), why=no_place if ref in going_on else "it isn't going on")
    for ref in held:
        if ref not in ours:
            yield PinIncident(ref=ref, why=_state(going_on[ref]))


def movable(board: Board, tracker: Tracker) -> tuple[Pin, ...]:
    """The pins that are ours to take away.

    A pin of an issue that is none of the page's isn't, though it bears our name: with a person's token, or in a
    repository with other workflows, we can't know who wanted it.
    """
    known = tracker.issues.keys() | {record.ref for record in board.past}
    return tuple(pin for pin in tracker.pins if pin.by == tracker.viewer and str(pin.number) in known)


def was_unpinned(events: Iterable[Event], viewer: str) -> bool:
    """Whether somebody else unpinned an issue, and nobody pinned it since; our reopening it makes it another story.

    Unpinning what is closed is tidying up, and says nothing about the time when it is open again.
    """
    unwanted, is_closed = False, False
    for event in events:
        if event.kind in {EventKind.CLOSED, EventKind.REOPENED}:
            is_closed = event.kind is EventKind.CLOSED
        if event.kind is EventKind.UNPINNED and event.actor != viewer:
            unwanted = unwanted or not is_closed
        elif event.kind is EventKind.PINNED or (event.kind is EventKind.REOPENED and event.actor == viewer):
            unwanted = False
    return unwanted


def _state(story: Story) -> str:
    return f"{line(story.record.title)}: {said(story.status)}"
