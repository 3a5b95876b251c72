"""Ninety days of a component as one small drawing: the taller a bar, the worse its day."""

from __future__ import annotations

from dataclasses import replace
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
    """`2 Mar 2026: partial outage (counted as 2 h 5 min of downtime)`."""
    ref: str
    """Its first incident."""


class Bars(NamedTuple):
    """A component's drawing."""

    width: int
    calm: str
    """An SVG path of all days without an incident."""
    unseen: str
    """An SVG path of today, where it could not be observed."""
    unwatched: str
    """An SVG path of all days before the component was watched."""
    told: tuple[Bar, ...]
    label: str
    """The whole drawing in one sentence, for those who don't see it."""


def draw(uptime: Uptime, *, unseen: bool = False) -> Bars:
    """Lay out a component's days, oldest on the left; `unseen` says that its present could not be observed."""
    days = list(uptime.days)
    if unseen:
        days[-1] = replace(days[-1], status=ComponentStatus.UNKNOWN)
    label = _label(uptime)
    return Bars(
        width=len(days) * (WIDTH + GAP) - GAP,
        calm=_path(days, ComponentStatus.OPERATIONAL),
        unseen=_path(days, ComponentStatus.UNKNOWN),
        unwatched=_path(days, None),
        told=tuple(_bar(position, day_) for position, day_ in enumerate(days) if day_.refs),
        label=f"{label}; today unknown" if unseen else label,
    )


def _bar(position: int, day_: Day) -> Bar:
    status = day_.status or ComponentStatus.OPERATIONAL
    height = _HEIGHTS[status]
    down = f" (counted as {duration(day_.downtime)} of downtime)" if day_.downtime else ""
    return Bar(
        x=position * (WIDTH + GAP),
        y=HEIGHT - height,
        height=height,
        status=status,
        title=f"{day(day_.date)}: {STATUSES[status].lower()}{down}",
        ref=day_.refs[0],
    )


def _path(days: list[Day], status: ComponentStatus | None) -> str:
    """Draw the days of this status that have nothing to tell."""
    height = _HEIGHTS[status]
    step, top = WIDTH + GAP, HEIGHT - height
    return "".join(
        f"M{position * step} {top}h{WIDTH}v{height}h-{WIDTH}z"
        for position, day_ in enumerate(days)
        if day_.status is status and not day_.refs
    )


def _label(uptime: Uptime) -> str:
    watched = [day_ for day_ in uptime.days if day_.status is not None]
    counted = groupby(sorted(day_.status.rank for day_ in watched if day_.refs and day_.status))
    by_rank = {status.rank: STATUSES[status].lower() for status in ComponentStatus}
    told = ", ".join(
        f"{by_rank[rank]} on {count} {'day' if count == 1 else 'days'}"
        for rank, count in reversed([(rank, len(list(group))) for rank, group in counted])
    )
    return f"The last {'day' if len(watched) == 1 else f'{len(watched)} days'}: {told or 'no incidents'}"
