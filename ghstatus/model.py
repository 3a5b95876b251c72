"""The words of a status page, as frozen data without behaviour of its own.

Statuses, phases and impacts are Statuspage's words; every datetime is aware.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta

    from ghstatus.errors import Problem


class ComponentStatus(StrEnum):
    """How a component does, from best to worst.

    `UNKNOWN` means that it could not be observed. It is worse than operational, so that it never shows as such, and
    gives way to anything that was observed.
    """

    OPERATIONAL = "operational"
    UNKNOWN = "unknown"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def rank(self) -> int:
        """Its place in the order; a higher rank is worse."""
        return _RANKS[self]


_RANKS = {status: rank for rank, status in enumerate(ComponentStatus)}


class Severity(StrEnum):
    """How bad an incident is, said by a maintainer."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Impact(StrEnum):
    """The page's roll-up, in Statuspage's words."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Kind(StrEnum):
    """What sort of thing an incident is."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    ANNOUNCEMENT = "announcement"


class Phase(StrEnum):
    """How far along an incident or a maintenance is."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing is expected to follow."""
        return self in _OVER


_OVER = frozenset({Phase.RESOLVED, Phase.COMPLETED, Phase.CANCELLED})

PHASES: Mapping[Kind, tuple[Phase, ...]] = {
    Kind.INCIDENT: (Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING, Phase.RESOLVED),
    Kind.MAINTENANCE: (Phase.SCHEDULED, Phase.IN_PROGRESS, Phase.VERIFYING, Phase.COMPLETED, Phase.CANCELLED),
    Kind.ANNOUNCEMENT: (),
}
"""The phases that each kind may be in, in their usual order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A place on the web, with the words to show for it."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Components that are shown together."""

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    """Other names by which an incident may mean every component of the group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """A thing users rely on."""

    id: str
    name: str
    description: str = ""
    group: str = ""
    """The id of its group; empty for none."""
    external: bool = False
    """Whether others run it."""
    upstream: str = ""
    """The address of its own status page."""
    aliases: tuple[str, ...] = ()
    """Other names by which an incident may mean it."""
    hidden: bool = False
    """Kept for old incidents: never on the home page."""
    only_if_degraded: bool = False
    """On the home page only while something is wrong with it."""
    start_date: date | None = None
    """The first day it was watched; days before it count neither as up nor as down."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """By which measure incidents are judged."""

    severities: Mapping[Severity, ComponentStatus]
    """What each severity means for the components it hits."""
    weights: Mapping[ComponentStatus, float]
    """How much of a moment in each status counts as downtime, from 0 to 1."""
    uptime_days: int = 90
    """The days of history that bars and uptime cover, today included."""
    announcement_days: int = 14
    """How long an announcement without an end stays up."""
    recent_days: int = 14
    """The days of past incidents that the home page lists, today included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Colours as `#rrggbb`; empty means the page's own."""

    accent: str = ""
    operational: str = ""
    under_maintenance: str = ""
    degraded_performance: str = ""
    partial_outage: str = ""
    major_outage: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A status page's configuration, checked."""

    title: str
    description: str = ""
    base_url: str = ""
    """Where the page is published, with a trailing slash; empty when nobody said."""
    timezone: str = "UTC"
    """The IANA zone whose times stand beside UTC."""
    links: tuple[Link, ...] = ()
    groups: tuple[Group, ...] = ()
    components: tuple[Component, ...] = ()
    policy: Policy
    theme: Theme = field(default_factory=Theme)


@dataclass(frozen=True, kw_only=True, slots=True)
class Affected:
    """A component that an incident hits; without a status of its own it takes the severity's."""

    component: str
    status: ComponentStatus | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Update:
    """A dated piece of public text; what it doesn't say stays as it was."""

    at: datetime
    text: str = ""
    """Markdown."""
    phase: Phase | None = None
    severity: Severity | None = None
    components: tuple[Affected, ...] = ()
    """The components whose status it changes; the others stay."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """What people wrote about one incident, maintenance or announcement."""

    ref: str
    """Its name in addresses and on the command line: the issue's number, or the file's name without `.md`."""
    title: str
    started: datetime
    """When it began, or when an announcement was made; of a maintenance, its actual or planned start."""
    number: int | None = None
    kind: Kind = Kind.INCIDENT
    severity: Severity | None = None
    """None when nobody said; judged as major."""
    components: tuple[Affected, ...] = ()
    ended: datetime | None = None
    """When it ended, where somebody said so; otherwise the updates and the window tell."""
    scheduled_for: datetime | None = None
    scheduled_until: datetime | None = None
    text: str = ""
    """Markdown: what is broken."""
    affects: str = ""
    """Markdown: who is affected."""
    workaround: str = ""
    """Markdown: what to do meanwhile."""
    eta: str = ""
    """When a fix is expected: a time, or words."""
    links: tuple[Link, ...] = ()
    """Upstream outages and the like."""
    false_alarm: str = ""
    """Why it was none; empty when it was one."""
    updates: tuple[Update, ...] = ()
    """In the order of their times."""
    source: str = ""
    """Where it was imported from, as `kind:path`: stable, so that a second import finds it."""


class Span(NamedTuple):
    """One component in one status, for a while."""

    component: str
    status: ComponentStatus
    start: datetime
    end: datetime | None
    """None while it goes on."""


class Record(NamedTuple):
    """One incident as lists and bars need it: judged, small, without its text.

    A named tuple and no dataclass, because an index of ten thousand of them is made from rows at every build.
    """

    ref: str
    title: str
    kind: Kind
    phase: Phase | None
    """None for an announcement."""
    status: ComponentStatus
    """The worst that it did to any component, or that its severity means if it names none."""
    started: datetime
    ended: datetime | None
    """None while it goes on."""
    components: tuple[str, ...]
    spans: tuple[Span, ...]
    """Newest history only: spans that ended before the uptime window are left out."""
    digest: str
    """Of the text it was made from: the same digest gives the same page."""
    false_alarm: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """Everything observed at one moment, with the measure to judge it by."""

    taken: datetime
    components: tuple[Component, ...]
    groups: tuple[Group, ...] = ()
    policy: Policy
    incidents: tuple[Incident, ...] = ()
    """Read in full."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of the text of each incident in `incidents`, by ref."""
    settled: tuple[Record, ...] = ()
    """Over, unchanged since an earlier run judged them, and therefore not read again."""
    problems: tuple[Problem, ...] = ()
    unobserved: frozenset[str] = frozenset()
    """The ids of components of which something could not be observed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComponentState:
    """A component as it does now."""

    component: Component
    status: ComponentStatus
    since: datetime | None
    """When it last was operational; None when it is, or when nothing says so."""
    refs: tuple[str, ...]
    """The active incidents that hit it, worst first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """An incident with all that was written about it."""

    record: Record
    incident: Incident
    status: ComponentStatus
    """The worst that it does at this moment."""
    told: tuple[Update, ...]
    """Its updates up to this moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """What is true at `now`, and what was before."""

    now: datetime
    status: ComponentStatus
    """The worst of all components and active incidents; unknown when part of the page could not be observed."""
    impact: Impact
    components: tuple[ComponentState, ...]
    active: tuple[Story, ...] = ()
    """Incidents that go on, worst first, then newest."""
    in_progress: tuple[Story, ...] = ()
    """Maintenances that go on, the one that ends first on top."""
    upcoming: tuple[Story, ...] = ()
    """Maintenances to come, the next one on top."""
    announcements: tuple[Story, ...] = ()
    """Newest first."""
    past: tuple[Record, ...] = ()
    """Everything that is over, newest start first."""
    incidents: Mapping[str, Story] = field(default_factory=dict)
    """Everything that was read in full, by ref."""
    unobserved: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """One UTC day of one component."""

    date: date
    status: ComponentStatus | None
    """The worst of the day; None when the component was not watched yet."""
    downtime: timedelta
    """Weighted."""
    refs: tuple[str, ...]
    """The incidents that hit it that day, in the order of their start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Uptime:
    """A component's days, oldest first, and what they come to."""

    component: str
    days: tuple[Day, ...]
    ratio: float | None
    """The share of the watched time that counts as up, from 0 to 1; None when it was not watched."""
