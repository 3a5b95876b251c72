"""Ninety days of a component as one small drawing: the taller a bar, the worse its day."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import ComponentStatus
from ghstatus.render.text import words
from ghstatus.render.text.language import ENGLISH

if TYPE_CHECKING:
    from ghstatus.model import Day, Uptime
    from ghstatus.render.text.language import Language

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


def draw(uptime: Uptime, language: Language = ENGLISH, *, unseen: bool = False) -> Bars:
    """Lay out a component's days, oldest on the left; `unseen` says that its present could not be observed."""
    days = list(uptime.days)
    if unseen:
        days[-1] = replace(days[-1], status=ComponentStatus.UNKNOWN)
    label = _label(uptime, language)
    return Bars(
        width=len(days) * (WIDTH + GAP) - GAP,
        calm=_path(days, ComponentStatus.OPERATIONAL),
        unseen=_path(days, ComponentStatus.UNKNOWN),
        unwatched=_path(days, None),
        told=tuple(_bar(position, day_, language) for position, day_ in enumerate(days) if day_.refs),
        label=language.gettext("%(days)s; today unknown", days=label) if unseen else label,
    )


def _bar(position: int, day_: Day, language: Language) -> Bar:
    status = day_.status or ComponentStatus.OPERATIONAL
    height = _HEIGHTS[status]
    return Bar(
        x=position * (WIDTH + GAP),
        y=HEIGHT - height,
        height=height,
        status=status,
        title=_title(day_, words.within(language).statuses[status], language),
        ref=day_.refs[0],
    )


def _title(day_: Day, status: str, language: Language) -> str:
    day = language.day(day_.date)
    if not day_.downtime:
        return language.gettext("%(day)s: %(status)s", day=day, status=status)
    down = language.duration(day_.downtime)
    return language.gettext(
        "%(day)s: %(status)s (counted as %(duration)s of downtime)", day=day, status=status, duration=down
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


def _label(uptime: Uptime, language: Language) -> str:
    watched = [day_ for day_ in uptime.days if day_.status is not None]
    counted = groupby(sorted(day_.status.rank for day_ in watched if day_.refs and day_.status))
    by_rank = {status.rank: word for status, word in words.within(language).statuses.items()}
    told = language.comma.join(
        language.ngettext("%(status)s on %(num)s day", "%(status)s on %(num)s days", count, status=by_rank[rank])
        for rank, count in reversed([(rank, len(list(group))) for rank, group in counted])
    )
    told = told or language.gettext("no incidents")
    days = language.ngettext("The last day", "The last %(num)s days", len(watched))
    return language.gettext("%(days)s: %(told)s", days=days, told=told)
