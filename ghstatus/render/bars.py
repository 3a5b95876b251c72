"""Ninety days of a component as one small drawing: the taller a bar, the worse its day."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import ComponentStatus
from ghstatus.render.clock import day, duration
from ghstatus.render.words import STATUSES

if TYPE_CHECKING:
    from ghstatus.model import Day, Uptime

WIDTH, GAP, HEIGHT = 3, 1, 24
"""Of a bar, between bars, of the drawing; in its own units."""

_HEIGHTS = {
    None: 3,
    ComponentStatus.OPERATIONAL: 10,
    ComponentStatus.UNKNOWN: 10,
    ComponentStatus.UNDER_MAINTENANCE: 14,
    ComponentStatus.DEGRADED_PERFORMANCE: 16,
    ComponentStatus.PARTIAL_OUTAGE: 20,
    ComponentStatus.MAJOR_OUTAGE: 24,
}


class Bar(NamedTuple):
    """A day with something to tell."""

    x: int
    y: int
    height: int
    status: str
    title: str
    """`2 Mar 2026: partial outage (2 h 5 min of downtime)`."""
    ref: str
    """Its first incident."""


class Bars(NamedTuple):
    """A component's drawing."""

    width: int
    calm: str
    """An SVG path of all days without an incident."""
    unwatched: str
    """An SVG path of all days before the component was watched."""
    told: tuple[Bar, ...]
    label: str
    """The whole drawing in one sentence, for those who don't see it."""


def draw(uptime: Uptime) -> Bars:
    """Lay out a component's days, oldest on the left."""
    days = list(enumerate(uptime.days))
    told = tuple(_bar(position, day_) for position, day_ in days if day_.refs)
    return Bars(
        width=len(days) * (WIDTH + GAP) - GAP,
        calm=_path([position for position, day_ in days if not day_.refs and day_.status], ComponentStatus.OPERATIONAL),
        unwatched=_path([position for position, day_ in days if day_.status is None], None),
        told=told,
        label=_label(uptime),
    )


def _bar(position: int, day_: Day) -> Bar:
    status = day_.status or ComponentStatus.OPERATIONAL
    height = _HEIGHTS[status]
    down = f" ({duration(day_.downtime)} of downtime)" if day_.downtime else ""
    return Bar(
        x=position * (WIDTH + GAP),
        y=HEIGHT - height,
        height=height,
        status=status,
        title=f"{day(day_.date)}: {STATUSES[status].lower()}{down}",
        ref=day_.refs[0],
    )


def _path(positions: list[int], status: ComponentStatus | None) -> str:
    height = _HEIGHTS[status]
    step, top = WIDTH + GAP, HEIGHT - height
    return "".join(f"M{position * step} {top}h{WIDTH}v{height}h-{WIDTH}z" for position in positions)


def _label(uptime: Uptime) -> str:
    watched = [day_ for day_ in uptime.days if day_.status is not None]
    counted = groupby(sorted(day_.status.rank for day_ in watched if day_.refs and day_.status))
    by_rank = {status.rank: STATUSES[status].lower() for status in ComponentStatus}
    told = ", ".join(
        f"{by_rank[rank]} on {count} {'day' if count == 1 else 'days'}"
        for rank, count in reversed([(rank, len(list(group))) for rank, group in counted])
    )
    return f"The last {len(watched)} days: {told or 'no incidents'}"
