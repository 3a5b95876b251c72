"""Observe → judge → decide → apply."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ghstatus import board, index
from ghstatus.errors import StoreError, Unavailable
from ghstatus.flow.notes import digest, still_true
from ghstatus.plan import decide, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import TypeAlias

    from ghstatus.actions import Plan
    from ghstatus.flow.stores import Sink, Store
    from ghstatus.model import Board, Site, Story, Tracker

    Words: TypeAlias = Callable[[str, Story, str], str]
    """The tracker's address, an incident and a channel → what to post. Raises UsageError where there is none."""
    Drafting: TypeAlias = Callable[[str, Story], tuple[str, str]]
    """The tracker's address and an incident → the title and the text of its post-mortem."""

Change = TypeVar("Change")


class Notes(NamedTuple):
    """The file in which a plan leaves notes for the next one."""

    path: Path
    digest: str
    """Of the configuration file, and of whatever else tells one store from another."""


class Planned(NamedTuple):
    """What is true, and what to do about it."""

    board: Board
    plan: Plan
    refusal: str
    """Why the plan isn't to be carried out without being asked; empty when it may."""
    tracker: Tracker | None
    entries: Mapping[str, index.Entry]
    """What a later run may rely on: the incidents that are over, and on which nothing is left to do."""


def recall(notes: Notes, now: datetime) -> index.Index | None:
    """What an earlier plan noted, where it still holds."""
    return still_true(index.read(notes.path), digest(notes.digest), now)


def plan(
    store: Store,
    site: Site,
    now: datetime,
    notes: Notes,
    words: Words | None = None,
    drafts: Drafting | None = None,
) -> Planned:
    """Observe, judge and decide; and note down the incidents that are over and done with, for the next time.

    `words` gives what to post elsewhere, to those who ask for it on an issue, and `drafts` how a post-mortem begins.
    """
    snapshot = store.observe(now)
    judged = board.judge(snapshot, now)
    messages = partial(words, judged.tracker) if words else None
    drafted = partial(drafts, judged.tracker) if drafts else None
    decided = decide.decide(judged, snapshot, site, messages, drafted)
    busy = {str(getattr(action, key, "")) for action in decided for key in ("ref", "number", "incident")}
    entries = {name: entry for name, entry in store.entries(judged).items() if entry.row[0] not in busy}
    index.write(notes.path, index.Index(context=digest(notes.digest), site="", taken=now, entries=entries))
    return Planned(judged, decided, refusal.refusal(decided, snapshot, site.limits), snapshot.tracker, entries)


class Applied(NamedTuple, Generic[Change]):
    """What became of a plan."""

    failed: tuple[tuple[Change, StoreError], ...]
    """What was refused, and why."""
    left: tuple[Change, ...]
    """What wasn't tried, because of `stopped`."""
    stopped: Unavailable | None


def apply(
    plan: Iterable[Change], sink: Sink[Change], *, told: Callable[[Change, StoreError | None], None] = lambda *_: None
) -> Applied[Change]:
    """Do what was planned, and tell of each change once it was made or refused; one refusal stops no other."""
    todo, failed = deque(plan), []
    while todo:
        refused = None
        try:
            sink.apply(todo[0])
        except StoreError as error:
            refused = error
            failed.append((todo[0], error))
        except Unavailable as error:
            return Applied(tuple(failed), tuple(todo), error)
        told(todo.popleft(), refused)
    return Applied(tuple(failed), (), None)
