"""What to change in an issue tracker, so that it says what the board says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.actions import PinIncident, PinMirror, UnpinIncident, UnpinMirror, WriteMirror
from ghstatus.grammar import dialects
from ghstatus.plan import closing, labels, mirrors, notes, pins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghstatus.actions import Plan, TrackerAction
    from ghstatus.model import Board, Site, Snapshot, Tracker


def decide(board: Board, snapshot: Snapshot, site: Site) -> Plan:
    """Work out the plan: labels first, because issues need them; pins last, and never more than there are places."""
    tracker = snapshot.tracker
    return () if tracker is None else tuple(_changes(board, tracker, site))


def _changes(board: Board, tracker: Tracker, site: Site) -> Iterator[TrackerAction]:
    is_kept = dialects.find(site.dialect, site).is_kept
    if is_kept:
        yield from labels.create(tracker, site)
    yield from notes.problems(board, tracker)
    yield from notes.welcome(board, tracker, site, is_kept=is_kept)
    if is_kept:
        yield from labels.keep(board, tracker, site)
    yield from closing.decide(board, tracker)
    shown = tuple(mirrors.decide(board, tracker, site))
    yield from (change for change in shown if isinstance(change, WriteMirror))
    yield from (change for change in shown if isinstance(change, UnpinMirror))
    moved = tuple(pins.decide(board, tracker, site.pins.max, _places(board, tracker, shown)))
    yield from (change for change in moved if isinstance(change, UnpinIncident))
    yield from (change for change in shown if isinstance(change, PinMirror))
    yield from (change for change in moved if isinstance(change, PinIncident))


def _places(board: Board, tracker: Tracker, shown: Sequence[mirrors.Change]) -> int:
    """How many incidents may be pinned beside what stays pinned and the standing issue."""
    ours = [change for change in shown if not change.repository]
    gained = sum(isinstance(change, UnpinMirror) for change in ours) - sum(
        isinstance(change, PinMirror) for change in ours
    )
    return pins.PLACES - len(tracker.pins) + len(pins.movable(board, tracker)) + gained
