"""How it went: how soon incidents were noticed, told and mended, and what is left of what was promised.

False alarms, duplicates and maintenances are left out. An incident counts in the month in which it began, in UTC, and everything
is measured from its start. What was reached before the start or after the end contradicts the record, or was written
down afterwards: it is counted apart and is no part of any median.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_left
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import (
    FEW,
    Budget,
    ComponentFigures,
    ComponentStatus,
    Figures,
    Kind,
    Measure,
    Month,
    Objective,
    Share,
    Step,
    Summary,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ghstatus.model import Board, Component, Record, Uptime

_YEAR = 12
_ONE_DAY = timedelta(days=1)
_LATE = math.inf
_NOTHING = Measure()


def last_year(now: datetime) -> tuple[date, ...]:
    """The first days of twelve calendar months in UTC, this one last."""
    today = now.astimezone(UTC)
    number = today.year * _YEAR + today.month - 1
    return tuple(date((number - back) // _YEAR, (number - back) % _YEAR + 1, 1) for back in reversed(range(_YEAR)))


def figures(board: Board, uptimes: Sequence[Uptime], months: Sequence[date], only: Collection[str] = ()) -> Figures:
    """Work out the figures of these calendar months, which follow each other; `only` of these components, if any."""
    during = [record for record in counted(board, months) if not only or not set(only).isdisjoint(record.components)]
    cases = [_Case.of(record) for record in during if record.kind is Kind.INCIDENT and not record.is_void]
    by_month, by_component = _sorted(cases)
    measured = {uptime.component: uptime for uptime in uptimes}
    today = board.now.astimezone(UTC).date()
    return Figures(
        today=today,
        since=min((uptime.days[0].date for uptime in uptimes), default=today),
        total=_summary(cases),
        months=tuple(Month(month, _summary(by_month[month])) for month in months),
        components=tuple(
            _component(state.component, by_component[state.component.id], measured[state.component.id], today)
            for state in board.components
            if not only or state.component.id in only
        ),
        false_alarms=sum(record.false_alarm for record in during),
        duplicates=sum(record.duplicate_of is not None for record in during),
        maintenances=sum(record.kind is Kind.MAINTENANCE for record in during),
        is_whole=not board.unobserved,
    )


def counted(board: Board, months: Sequence[date] = ()) -> list[Record]:
    """What began in these months, twelve up to now unless others are named, and what of it is left out later."""
    months = months or last_year(board.now)
    start = datetime.combine(months[0], time(), UTC)
    end = datetime.combine(_following(months[-1]), time(), UTC)
    records = (*(story.record for story in (*board.active, *board.in_progress)), *board.past)
    return [record for record in records if start <= record.started < end]


class _Case(NamedTuple):
    """An incident that counts."""

    month: date
    record: Record
    elapsed: tuple[float | None, ...]
    """Seconds from its start to each step; `_LATE` for a step after its end."""

    @classmethod
    def of(cls, record: Record) -> _Case:
        start, ended = record.started, record.ended
        return cls(
            start.astimezone(UTC).date().replace(day=1),
            record,
            tuple([_elapsed(start, moment, ended) for moment in (*record.milestones, ended)]),
        )


def _elapsed(start: datetime, moment: datetime | None, ended: datetime | None) -> float | None:
    if moment is None:
        return None
    return _LATE if ended and moment > ended else (moment - start).total_seconds()


def _sorted(
    cases: Iterable[_Case],
) -> tuple[defaultdict[date, list[_Case]], defaultdict[str, list[_Case]]]:
    by_month: defaultdict[date, list[_Case]] = defaultdict(list)
    by_component: defaultdict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        by_month[case.month].append(case)
        for component in case.record.components:
            by_component[component].append(case)
    return by_month, by_component


def _summary(cases: Sequence[_Case]) -> Summary:
    columns = zip(*(case.elapsed for case in cases), strict=True) if cases else [()] * len(Step)
    starts = sorted(case.record.started for case in cases)
    return Summary(
        incidents=len(cases),
        open=sum(case.record.ended is None for case in cases),
        statuses=_statuses(cases),
        took={step: _measure(column) for step, column in zip(Step, columns, strict=True)},
        apart=_measure([(later - earlier).total_seconds() for earlier, later in pairwise(starts)]),
    )


def _statuses(cases: Iterable[_Case]) -> Mapping[ComponentStatus, Share]:
    counts: Counter[ComponentStatus] = Counter()
    lasted: defaultdict[ComponentStatus, timedelta] = defaultdict(timedelta)
    for _, record, _ in cases:
        counts[record.status] += 1
        if record.ended is not None:
            lasted[record.status] += record.ended - record.started
    return {status: Share(counts[status], lasted[status]) for status in reversed(ComponentStatus) if counts[status]}


def _measure(values: Sequence[float | None]) -> Measure:
    known = sorted([value for value in values if value is not None])
    if not known:
        return _NOTHING
    before, until = bisect_left(known, 0), bisect_left(known, _LATE)
    good, after = known[before:until], len(known) - until
    if not good:
        return Measure(before=before, after=after)
    lower, _, upper = statistics.quantiles(good, n=4, method="inclusive") if len(good) >= FEW else (0.0, 0.0, 0.0)
    return Measure(
        known=len(good),
        median=_seconds(statistics.median(good)),
        mean=_seconds(statistics.fmean(good)),
        shortest=_seconds(good[0]),
        longest=_seconds(good[-1]),
        middle=(_seconds(lower), _seconds(upper)) if len(good) >= FEW else None,
        before=before,
        after=after,
    )


def _seconds(value: float) -> timedelta:
    return timedelta(seconds=round(value))


def _component(component: Component, cases: Sequence[_Case], uptime: Uptime, today: date) -> ComponentFigures:
    by_month, _ = _sorted(cases)
    downtime: defaultdict[date, timedelta] = defaultdict(timedelta)
    for day in uptime.days:
        if day.downtime:
            downtime[day.date.replace(day=1)] += day.downtime
    return ComponentFigures(
        component=component,
        summary=_summary(cases),
        months=tuple(Month(month, _summary(by_month[month])) for month in sorted(by_month)),
        downtime=dict(downtime),
        objective=_objective(component, uptime, today),
    )


def _objective(component: Component, uptime: Uptime, today: date) -> Objective | None:
    if component.objective is None:
        return None
    first = today.replace(day=1)
    last = _following(first) - _ONE_DAY
    return Objective(
        target=component.objective,
        window=_budget(component, uptime, uptime.days[0].date, today),
        month=_budget(component, uptime, first, last),
    )


def _budget(component: Component, uptime: Uptime, first: date, last: date) -> Budget | None:
    """Days count whole, today too: what is allowed doesn't change while a day goes on."""
    first = max(first, component.start_date or first)
    today = uptime.days[-1].date
    if first < uptime.days[0].date or first > today:
        return None
    days = (last - first).days + 1
    return Budget(
        first=first,
        last=last,
        allowed=_seconds(days * _ONE_DAY.total_seconds() * (1 - (component.objective or 0))),
        used=sum((day.downtime for day in uptime.days if first <= day.date), timedelta()),
        gone=((today - first).days + 1) / days,
    )


def _following(first: date) -> date:
    return first + timedelta(days=monthrange(first.year, first.month)[1])
