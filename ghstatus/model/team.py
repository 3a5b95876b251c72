"""What a team has agreed on before anything happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model.scale import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Swap(NamedTuple):
    """Somebody stands in for whoever's turn it is."""

    start: datetime
    end: datetime
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rota:
    """Who is on duty, one after another."""

    people: tuple[str, ...]
    """Logins, in the order of their turns; never empty."""
    start: datetime
    """When the first turn of the first of them began."""
    days: int = 7
    """How long a turn is. Turns change at the same hour of the rota's zone, whatever its clocks do."""
    timezone: str = "UTC"
    swaps: tuple[Swap, ...] = ()
    """The later one counts where two overlap."""


def _silence() -> Mapping[Severity, timedelta]:
    return {
        Severity.CRITICAL: timedelta(minutes=30),
        Severity.MAJOR: timedelta(hours=1),
        Severity.MINOR: timedelta(days=1),
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminders:
    """When the team of an open incident is reminded; a span of zero means never."""

    update_every: Mapping[Severity, timedelta] = field(default_factory=_silence)
    """How long users may wait for the next update."""
    lead_within: timedelta = timedelta(minutes=10)
    """How long an incident may go without a lead."""
    stale_after: timedelta = timedelta(days=7)
    """How long one may be open before somebody asks whether it still is."""
    major_after: timedelta = timedelta(hours=1)
    """From which expected length on one that hits anybody badly is a major one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recurring:
    """A maintenance that comes again and again."""

    id: str
    title: str
    rule: str
    """An RRULE as in RFC 5545, without its name: `FREQ=WEEKLY;BYDAY=TU`."""
    start: datetime
    """The start of the first one, in `timezone`."""
    duration: timedelta
    timezone: str = "UTC"
    components: tuple[str, ...] = ()
    text: str = ""
    """Markdown."""
    announce: timedelta = timedelta(days=7)
    """How long before its start each one is written down."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviews:
    """What becomes of post-mortems."""

    reviewers: tuple[str, ...] = ()
    """Logins, one of whom has to approve before a post-mortem is published; empty where none needs that."""
    due_days: int = 30
    """The days after which a follow-up that isn't done is overdue."""
