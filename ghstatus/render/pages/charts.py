"""Figures laid out as small drawings: numbers only, so that templates stay the one home of words."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ghstatus.model import Budget, ComponentStatus, Measure, Month

WIDTH, HEIGHT = 360, 150
"""Of a chart, in its own units: a phone shows it as it is, and its letters with it."""

_TOP, _BOTTOM, _LEFT = 14, 122, 47
_STEP, _BAR = 26, 16
_TICKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 10, 60, 6 * 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60, 365 * 24 * 60, 10 * 365 * 24 * 60)
)
"""Where lengths are read: from a minute to ten years."""
_CEILINGS = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 4 * 60, 12 * 60)) + tuple(
    timedelta(days=days) for days in (1, 2, 4, 8, 14, 30, 60, 120, 240, 500, 1000)
)
"""Where a scale of downtime ends; half of it can be told, too."""


class Segment(NamedTuple):
    """The incidents of a month that were as bad as one status."""

    status: ComponentStatus
    incidents: int
    y: float
    height: float


class Column(NamedTuple):
    """A month's incidents, the worst at the bottom."""

    x: int
    month: Month
    segments: tuple[Segment, ...]

    @property
    def top(self) -> float:
        """Where the column ends."""
        return self.segments[-1].y if self.segments else _BOTTOM


class Whisker(NamedTuple):
    """How long the incidents of a month took."""

    x: int
    month: Month
    measure: Measure
    shortest: float
    longest: float
    median: float
    middle: tuple[float, float] | None
    """The top and the height of the middle half."""


class Tick(NamedTuple):
    """A line to read a chart by."""

    y: float
    value: int | timedelta


class Columns(NamedTuple):
    """Incidents per month."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


class Whiskers(NamedTuple):
    """How long incidents took, per month; months in which none ended have none."""

    whiskers: tuple[Whisker, ...]
    ticks: tuple[Tick, ...]


class Down(NamedTuple):
    """A month's downtime; None where the page's days don't reach back to it."""

    x: int
    first: date
    length: timedelta | None
    y: float
    height: float


class Downs(NamedTuple):
    """Downtime per month."""

    downs: tuple[Down, ...]
    ticks: tuple[Tick, ...]


class Bar(NamedTuple):
    """A share of something, from 0 to 100."""

    width: float
    tone: str


def columns(months: Sequence[Month]) -> Columns:
    """Stack the incidents of each month by the worst that they did."""
    most = max((month.summary.incidents for month in months), default=0)
    step = _whole_step(most)
    ceiling = max(step, math.ceil(most / step) * step)
    scale = (_BOTTOM - _TOP) / ceiling
    return Columns(
        tuple(Column(_x(place), month, tuple(_segments(month, scale))) for place, month in enumerate(months)),
        tuple(Tick(_round(_BOTTOM - value * scale), value) for value in range(0, ceiling + 1, step)),
    )


def whiskers(months: Sequence[Month]) -> Whiskers:
    """Draw on a scale on which each line is several times the one below: there are minutes, and there are weeks."""
    known = [(place, month, month.summary.took[Step.RESOLVE]) for place, month in enumerate(months)]
    lengths = [one for _, _, measure in known for one in (measure.shortest, measure.longest) if one is not None]
    if not lengths:
        return Whiskers((), ())
    low = max((tick for tick in _TICKS[:-1] if tick <= min(lengths)), default=_TICKS[0])
    high = min((tick for tick in _TICKS if tick >= max(lengths) and tick > low), default=_TICKS[-1])
    scale = _Scale(low, high)
    return Whiskers(
        tuple(one for place, month, measure in known for one in _whisker(place, month, measure, scale)),
        tuple(Tick(scale.y(tick), tick) for tick in _TICKS if low <= tick <= high),
    )


def downs(months: Sequence[date], since: date, downtime: Mapping[date, timedelta]) -> Downs:
    """Draw how much there was in each month; what is known begins with `since`."""
    most = max(downtime.values(), default=timedelta())
    ceiling = min((one for one in _CEILINGS if one >= most), default=most)
    known = [downtime.get(first, timedelta()) if first >= since.replace(day=1) else None for first in months]
    heights = [_round((length or timedelta()) / ceiling * (_BOTTOM - _TOP)) for length in known]
    return Downs(
        tuple(
            Down(_x(place), first, length, _round(_BOTTOM - height), height)
            for place, (first, length, height) in enumerate(zip(months, known, heights, strict=True))
        ),
        (Tick(_BOTTOM, 0), Tick((_TOP + _BOTTOM) / 2, ceiling / 2), Tick(_TOP, ceiling)),
    )


def bar(part: timedelta, whole: timedelta, tone: str) -> Bar:
    """A part as a bar beside others; something is never nothing."""
    width = 100 * min(1.0, part / whole) if whole else 100.0 if part else 0.0
    return Bar(max(_round(width), 0.5) if part else 0, tone)


def budget(one: Budget) -> Bar:
    """How much of a budget is used."""
    spent = one.used / one.allowed if one.allowed else math.inf if one.used else 0
    tone = "operational" if spent < 0.75 else "degraded_performance" if spent < 1 else "major_outage"
    return bar(one.used, one.allowed, tone)


class _Scale(NamedTuple):
    """Lengths as heights, by their logarithm."""

    low: timedelta
    high: timedelta

    def y(self, length: timedelta) -> float:
        within = min(max(length, self.low), self.high)
        share = math.log(within / self.low) / math.log(self.high / self.low)
        return _round(_BOTTOM - share * (_BOTTOM - _TOP))


def _x(place: int) -> int:
    return _LEFT + place * _STEP


def _round(value: float) -> float:
    """One digit behind the point, so that the same drawing has the same bytes everywhere."""
    return round(value, 1)


def _whole_step(most: int) -> int:
    """1, 2 or 5, or ten times that and so on: at most five lines above the first."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if most <= digit * power * 5:
                return digit * power
        power *= 10


def _segments(month: Month, scale: float) -> Iterable[Segment]:
    below = 0
    for status, share in month.summary.statuses.items():
        below += share.incidents
        yield Segment(status, share.incidents, _round(_BOTTOM - below * scale), _round(share.incidents * scale))


def _whisker(place: int, month: Month, measure: Measure, scale: _Scale) -> Iterable[Whisker]:
    if measure.shortest is None or measure.longest is None or measure.median is None:
        return
    middle = None
    if measure.middle is not None:
        bottom, top = (scale.y(one) for one in measure.middle)
        middle = (top, _round(max(bottom - top, 1)))
    yield Whisker(
        _x(place),
        month,
        measure,
        scale.y(measure.shortest),
        scale.y(measure.longest),
        scale.y(measure.median),
        middle,
    )
