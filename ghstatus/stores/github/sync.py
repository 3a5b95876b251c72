"""Brings what is known of a repository's issues up to date, with as few requests as will do."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import EventKind
from ghstatus.stores.github import cache, reading, rows
from ghstatus.stores.github.listing import Count, Listing, present_gates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ghstatus.github.client import Client
    from ghstatus.model import Issue, Label
    from ghstatus.stores.github.cache import Known, Line
    from ghstatus.stores.github.reading import About
    from ghstatus.stores.github.rows import Candidate, Row

_DAY = timedelta(hours=24).total_seconds()
_LATE = timedelta(minutes=1)
"""A change may become visible this much later than the time that it bears."""


class Synced(NamedTuple):
    """All issues as they are now."""

    about: About
    candidates: tuple[Candidate, ...]
    """The issues that may be the one that shows the board."""
    lines: Mapping[int, Line]
    """Those that bear a gate label, by number; one that is new or changed has no digest."""
    marks: Mapping[str, str]
    """By gate, when the last issue changed that was read."""
    short: Mapping[str, Count]
    """By gate, how many more issues GitHub counts than it shows."""
    lost: Mapping[int, Row]
    """Open issues whose gate label vanished without anybody having taken it off."""
    is_whole: bool
    """Whether all of them were read."""


class _Base(NamedTuple):
    """What changes are read on top of."""

    repository: str
    labels: Mapping[str, Label]
    lines: Mapping[int, Line]
    marks: Mapping[str, str]
    short: Mapping[str, Count] | None
    """None where nobody knows."""


class Sync:
    """Reads the issues with one of the labels `gates`; `known` is what an earlier run left."""

    def __init__(self, client: Client, repository: str, gates: Sequence[str], known: Known | None) -> None:
        self._gates = tuple({gate.casefold(): gate for gate in gates}.values()) or ("",)
        self._known = known
        self._listing = Listing(client, repository, self._row)

    def run(self, now: datetime) -> Synced:
        """Read what changed, or everything where that leaves a doubt; raises DamagedError where `known` is."""
        known, synced = self._known, None
        if known and 0 <= now.timestamp() - known.synced < _DAY:
            synced = self._changes(_Base(known.repository, known.labels, known.lines, known.marks, known.short))
        synced = synced or self._everything()
        if known is None or known.repository != synced.about.id:
            return synced
        vanished = {number for number, line in known.lines.items() if line.is_open} | known.lost
        return self._with_lost(synced, vanished - synced.lines.keys())

    def _changes(self, base: _Base) -> Synced | None:
        """Read what changed; None where that isn't the whole story."""
        present = present_gates(self._gates, base.labels.values())
        seen = self._listing.changes([gate for gate in self._gates if gate in present], _since(base.marks))
        lines = _merged(base.lines, seen.rows, self._gates)
        few = short(lines, seen.counts)
        is_same = seen.about.id == base.repository and _is_kept(base.labels, seen.about.labels)
        if (
            not is_same
            or present_gates(self._gates, seen.about.labels.values()) != present
            or (base.short is not None and few != base.short)
        ):
            return None
        return Synced(seen.about, seen.candidates, lines, {**base.marks, **seen.marks}, few, {}, is_whole=False)

    def _everything(self) -> Synced:
        seen = self._listing.everything(self._gates)
        lines = _merged({}, seen.rows, self._gates)
        few = short(lines, seen.counts)
        synced = Synced(seen.about, seen.candidates, lines, seen.marks, few, {}, is_whole=True)
        if any(any(count) for count in few.values()):  # something changed between two pages, or is hidden
            later = self._changes(_Base(seen.about.id, seen.about.labels, lines, seen.marks, None))
            synced = later._replace(is_whole=True) if later else synced
        return synced

    def _with_lost(self, synced: Synced, vanished: Iterable[int]) -> Synced:
        """Find out what became of issues that were open and don't bear a gate label any more."""
        found = self._listing.single(vanished)
        back = _merged({}, found, self._gates)
        lost = {
            number: row
            for number, row in found.items()
            if number not in back and rows.is_open(row) and not _is_taken_off(rows.issue(row), self._gates)
        }
        return synced._replace(lines={**synced.lines, **back} if back else synced.lines, lost=lost)

    def _row(self, number: int) -> Row | None:
        line = self._known.lines.get(number) if self._known else None
        return line.row() if line else None


def short(lines: Mapping[int, Line], counts: Mapping[str, Count]) -> dict[str, Count]:
    """By gate, how many more issues there are than `lines` has."""
    kinds = Counter((line.gates, line.is_open) for line in lines.values())
    few = {}
    for gate, count in counts.items():
        going = sum(times for (gates, is_open), times in kinds.items() if is_open and gate in gates)
        total = sum(times for (gates, _), times in kinds.items() if gate in gates)
        few[gate] = Count(count.total - total, count.going - going)
    return few


def _merged(lines: Mapping[int, Line], read: Mapping[int, Row], gates: Sequence[str]) -> Mapping[int, Line]:
    """The lines with what was read and bears a gate label; one that says the same stays as it is."""
    new = {number: cache.line(row, gates) for number, row in read.items()}
    fresh = {
        number: line
        for number, line in new.items()
        if line.gates and (number not in lines or lines[number].text != line.text)
    }
    return {**lines, **fresh} if fresh else lines


def _since(marks: Mapping[str, str]) -> dict[str, str]:
    return {gate: reading.write(reading.moment(mark) - _LATE) for gate, mark in marks.items()}


def _is_kept(before: Mapping[str, Label], after: Mapping[str, Label]) -> bool:
    """Whether every label is still what it was: changing one changes every issue, and none of their times."""
    return all(after.get(ident) == label for ident, label in before.items())


def _is_taken_off(issue: Issue, gates: Sequence[str]) -> bool:
    """Whether the last that happened to a gate label of an issue is that somebody took it off."""
    names = {gate.casefold() for gate in gates}
    told = [event for event in issue.events if event.detail.casefold() in names and event.kind in _LABELLING]
    return bool(told) and told[-1].kind is EventKind.UNLABELED


_LABELLING = frozenset({EventKind.LABELED, EventKind.UNLABELED})
