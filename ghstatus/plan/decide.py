"""What to change in a store, so that it says what the board and the configuration say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ghstatus import rota
from ghstatus.actions import PinIncident, PinMirror, UnpinIncident, UnpinMirror, WriteMirror
from ghstatus.grammar import dialects
from ghstatus.plan import answers, closing, labels, mirrors, notes, pins, postmortems, recurring, reminders, response

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ghstatus.actions import Plan, TrackerAction
    from ghstatus.model import Board, Site, Snapshot, Tracker
    from ghstatus.plan.answers import Messages
    from ghstatus.plan.postmortems import Drafted


def decide(
    board: Board,
    snapshot: Snapshot,
    site: Site,
    messages: Messages | None = None,
    drafted: Drafted | None = None,
) -> Plan:
    """Work out the plan: labels first, because issues need them; pins last, and never more than there are places.

    `messages` gives the words for those who ask what to post somewhere, `drafted` how a post-mortem begins.
    """
    planned = tuple(recurring.decide(snapshot, site))
    tracker = snapshot.tracker
    if tracker is None:
        return planned
    is_kept = dialects.find(site.dialect, site).is_kept
    created = tuple(labels.create(tracker, site)) if is_kept else ()
    changes = _changes(board, tracker, site, messages, is_kept=is_kept)
    return (*created, *(planned if is_kept else ()), *changes, *postmortems.decide(board, drafted))


def _changes(
    board: Board, tracker: Tracker, site: Site, messages: Messages | None, *, is_kept: bool
) -> Iterator[TrackerAction]:
    turned = tuple(closing.decide(board, tracker))
    tracker = closing.reopened(tracker, turned)
    yield from notes.problems(board, tracker)
    on_duty = partial(_on_duty, site)
    yield from response.decide(board, tracker, site, on_duty, is_kept=is_kept)
    if is_kept:
        yield from answers.decide(board, tracker, messages)
        yield from reminders.decide(board, tracker, site, on_duty)
        yield from labels.keep(board, tracker, site)
    yield from turned
    shown = tuple(mirrors.decide(board, tracker, site))
    yield from (change for change in shown if isinstance(change, WriteMirror))
    yield from (change for change in shown if isinstance(change, UnpinMirror))
    moved = tuple(pins.decide(board, tracker, site.pins.max, _places(board, tracker, shown)))
    yield from (change for change in moved if isinstance(change, UnpinIncident))
    yield from (change for change in shown if isinstance(change, PinMirror))
    yield from (change for change in moved if isinstance(change, PinIncident))


def _on_duty(site: Site, at: datetime) -> str:
    return rota.on_duty(site.rota, at) if site.rota else ""


def _places(board: Board, tracker: Tracker, shown: Sequence[mirrors.Change]) -> int:
    """How many incidents may be pinned beside what stays pinned and the standing issue."""
    ours = [change for change in shown if not change.repository]
    gained = sum(isinstance(change, UnpinMirror) for change in ours) - sum(
        isinstance(change, PinMirror) for change in ours
    )
    return pins.PLACES - len(tracker.pins) + len(pins.movable(board, tracker)) + gained
