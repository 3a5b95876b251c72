"""What people wrote about an incident."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghstatus.model.failures import Scope
from ghstatus.model.response import Response
from ghstatus.model.scale import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.model.scale import ComponentStatus, Phase, Severity
    from ghstatus.model.site import Link


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
    is_undated: bool = False
    """Whether nobody can tell when a maintenance begins: nobody said so that it can be read, nor that it began."""
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
    duplicate_of: str | None = None
    """The ref of the incident that tells of the same; empty where nobody said which, None where there is none."""
    updates: tuple[Update, ...] = ()
    """In the order of their times."""
    source: str = ""
    """Where it was imported from, as `kind:path`: stable, so that a second import finds it."""
    scope: Scope = field(default_factory=Scope)
    """Which failures of checks it is about."""
    response: Response = field(default_factory=Response)
    """What the team does about it; for the team only."""
    revised: datetime | None = field(default=None, compare=False)
    """When anything else than an update last changed it, where somebody keeps account of that; no part of what it is."""

    @property
    def is_void(self) -> bool:
        """Whether it is no incident of its own, so that it counts neither as an outage nor against uptime."""
        return bool(self.false_alarm) or self.duplicate_of is not None

    def severity_after(self, told: Iterable[Update]) -> Severity | None:
        """How bad it is by what these updates, oldest first, and its facts say; None when nobody said."""
        said = [update.severity for update in told if update.severity]
        return said[-1] if said else self.severity
