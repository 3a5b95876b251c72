"""What the issues that show the board should say: the standing one, and those in other repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ghstatus.actions import PinMirror, UnpinMirror, WriteMirror
from ghstatus.grammar import notes
from ghstatus.grammar.quoting import line
from ghstatus.model import EventKind
from ghstatus.plan import pins
from ghstatus.saying import boards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Board, Mirror, Pin, Site, Tracker

Change: TypeAlias = WriteMirror | UnpinMirror | PinMirror


class _Wish(NamedTuple):
    title: str
    text: str
    is_open: bool
    why: str


def decide(board: Board, tracker: Tracker, site: Site) -> Iterator[Change]:
    """Write, then unpin or pin; a repository of which nothing could be observed is left alone."""
    also = {repository.casefold() for repository in site.pins.also} - {tracker.repository.casefold()}
    for mirror in tracker.mirrors:
        if not mirror.repository:
            room = pins.PLACES - len(tracker.pins) + len(pins.movable(board, tracker))
            yield from _changes(mirror, _standing(mirror, board, tracker, site), tracker, tracker.pins, room)
        elif mirror.repository.casefold() in also:
            room = pins.PLACES - len(mirror.pins)
            yield from _changes(mirror, _elsewhere(mirror, board, tracker, site), tracker, mirror.pins, room)


def _standing(mirror: Mirror, board: Board, tracker: Tracker, site: Site) -> _Wish | None:
    if site.pins.status_issue:
        text = boards.standing(board, site, boards.links(site, tracker))
        why = "what it tells has changed" if mirror.is_open else "there is none open"
        return _Wish(boards.title("Current status", board), text, is_open=True, why=why)
    if mirror.number is None or not mirror.is_open:
        return None
    return _Wish("Status", boards.retired(), is_open=False, why="`pins.status_issue` is off")


def _elsewhere(mirror: Mirror, board: Board, tracker: Tracker, site: Site) -> _Wish | None:
    links = boards.links(site, tracker)
    title = boards.title(site.title, board)
    well = boards.all_well(site, links)
    if board.active:
        if _was_closed(mirror, well, tracker.program):
            return None
        why = "what it tells has changed" if mirror.is_open else "an outage goes on"
        return _Wish(title, boards.outage(board, site, links), is_open=True, why=why)
    if board.unobserved or mirror.number is None:
        return None  # nobody knows that all is well, or nobody ever said otherwise
    return _Wish(line(f"{site.title}: no outage"), well, is_open=False, why="no outage goes on")


def _was_closed(mirror: Mirror, well: str, viewer: str) -> bool:
    """Whether somebody else closed it during this outage."""
    if mirror.is_open or notes.is_same(mirror.text, notes.mirror(well)):
        return False
    closed = [event.actor for event in mirror.events if event.kind is EventKind.CLOSED]
    return bool(closed) and closed[-1] != viewer


def _changes(
    mirror: Mirror, wish: _Wish | None, tracker: Tracker, pinned: tuple[Pin, ...], room: int
) -> Iterator[Change]:
    number, repository = mirror.number, mirror.repository
    if wish and not _says(mirror, wish):
        yield WriteMirror(
            repository=repository, title=wish.title, text=wish.text, is_open=wish.is_open, number=number, why=wish.why
        )
    by = [pin.by for pin in pinned if pin.number == number]
    if not (wish.is_open if wish else mirror.is_open):
        if number is not None and tracker.viewer in by:
            yield UnpinMirror(repository=repository, number=number, why="it is closed")
    elif wish and not by and room > 0 and not _is_unwanted(mirror, tracker.program):
        yield PinMirror(repository=repository, number=number, why="it is open")


def _says(mirror: Mirror, wish: _Wish) -> bool:
    is_same = notes.is_same(mirror.text, notes.mirror(wish.text))
    return is_same and (mirror.title, mirror.is_open) == (wish.title, wish.is_open)


def _is_unwanted(mirror: Mirror, viewer: str) -> bool:
    """Whether somebody unpinned it since it was opened last."""
    return mirror.is_open and pins.was_unpinned(mirror.events, viewer)
