"""A page in numbers: how soon incidents were noticed, told and mended, and what is left of what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, timedelta

    from ghstatus.model.scale import ComponentStatus
    from ghstatus.model.site import Component

FEW = 5
"""Below so many a median says more about chance than about the team."""


class Step(StrEnum):
    """How far an incident got; each is measured from its start."""

    DETECT = "detect"
    DECLARE = "declare"
    ACKNOWLEDGE = "acknowledge"
    """Somebody takes the lead."""
    UPDATE = "update"
    """Users get the first one."""
    RESOLVE = "resolve"


class Measure(NamedTuple):
    """How long something took, over several incidents; None for all of it where nobody knows."""

    known: int = 0
    """Of how many incidents."""
    median: timedelta | None = None
    mean: timedelta | None = None
    shortest: timedelta | None = None
    longest: timedelta | None = None
    middle: tuple[timedelta, timedelta] | None = None
    """Between these lies the middle half; None for too few."""
    before: int = 0
    """Left out: reached before the incident began."""
    after: int = 0
    """Left out: reached after it was over."""

    @property
    def is_few(self) -> bool:
        """Whether there are some, and too few to rely on."""
        return 0 < self.known < FEW


class Share(NamedTuple):
    """The incidents that were as bad as one status."""

    incidents: int
    lasted: timedelta
    """Those that are over, added up."""


class Summary(NamedTuple):
    """Several incidents, in numbers."""

    incidents: int
    open: int
    """How many of them go on; they have no time to resolve yet."""
    statuses: Mapping[ComponentStatus, Share]
    """By the worst that each did, worst first."""
    took: Mapping[Step, Measure]
    apart: Measure
    """From one's start to the next one's. What came before the first, or comes after the last, nobody knows."""


class Month(NamedTuple):
    """The incidents that began in it."""

    first: date
    summary: Summary


class Budget(NamedTuple):
    """How much of a span of days a component may be down, and how much it was."""

    first: date
    last: date
    """Inclusive."""
    allowed: timedelta
    used: timedelta
    """Weighted, as uptime counts it."""
    gone: float
    """The share of its days that have begun, today included."""

    @property
    def left(self) -> timedelta:
        """Below zero where more was used than there was."""
        return self.allowed - self.used

    @property
    def spent(self) -> float | None:
        """The share that was used; None where nothing was allowed."""
        return self.used / self.allowed if self.allowed else None

    @property
    def burn(self) -> float | None:
        """How fast: at 1 it lasts to the end of its days exactly, at 2 for half of them."""
        return None if self.spent is None else self.spent / self.gone


class Objective(NamedTuple):
    """What was promised of a component; a budget is None where the page's days don't reach back to its first."""

    target: float
    """The share of time for which it is to be up."""
    window: Budget | None
    """The days that uptime covers, up to today."""
    month: Budget | None
    """This calendar month, to its end."""


class ComponentFigures(NamedTuple):
    """One component in numbers."""

    component: Component
    summary: Summary
    months: tuple[Month, ...]
    """Only those in which an incident hit it."""
    downtime: Mapping[date, timedelta]
    """Weighted, by the first day of each month; only of the days that uptime covers."""
    objective: Objective | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """A page in numbers."""

    today: date
    since: date
    """The first of the days that uptime and downtime cover."""
    total: Summary
    months: tuple[Month, ...]
    """Oldest first, those without an incident too."""
    components: tuple[ComponentFigures, ...]
    false_alarms: int
    """Left out, as are duplicates and maintenances."""
    duplicates: int
    maintenances: int
    is_whole: bool
    """Whether everything could be observed; otherwise there may be more."""
