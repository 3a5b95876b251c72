"""What is true now, judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghstatus.model.scale import ComponentStatus, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta

    from ghstatus.errors import Problem
    from ghstatus.model.incident import Incident, Update
    from ghstatus.model.observed import Record
    from ghstatus.model.postmortem import Postmortem
    from ghstatus.model.scale import Impact, Phase, Severity
    from ghstatus.model.site import Component


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
    hits: tuple[tuple[ComponentStatus, tuple[str, ...]], ...] = ()
    """What it does at this moment to which components, the worst on top; a component stands there once."""
    telling: tuple[tuple[int, Update], ...] = field(init=False, repr=False, compare=False)
    """The updates that tell users anything, each with its place in `told` from 1 on, by which links lead to it."""

    def __post_init__(self) -> None:
        so_far = _SoFar(self.incident)
        telling = tuple((number, one) for number, one in enumerate(self.told, start=1) if so_far.learns(one))
        object.__setattr__(self, "telling", telling)  # worked out once, for many pages ask for it

    @property
    def hit(self) -> tuple[str, ...]:
        """The components that it hits at this moment, the worst off first."""
        return tuple(component for _, components in self.hits for component in components)

    @property
    def severity(self) -> Severity | None:
        """How bad it is by what was said up to this moment; None when nobody said."""
        return self.incident.severity_after(self.told)


class _SoFar:
    """What was said of an incident, one update after another."""

    def __init__(self, incident: Incident) -> None:
        self._is_incident = incident.kind is Kind.INCIDENT
        self._phase: Phase | None = None
        self._severity = incident.severity
        self._hit = {one.component: one.status for one in incident.components}

    def learns(self, update: Update) -> bool:
        """Take note of an update; whether it says what wasn't so before."""
        # A maintenance whose window has passed goes on by any word about its phase, be it the same.
        is_further = update.phase is not None and (update.phase is not self._phase or not self._is_incident)
        is_worse = update.severity is not None and update.severity is not self._severity
        hit = {one.component: one.status for one in update.components}
        is_elsewhere = any(self._hit.get(one, _FINE) is not status for one, status in hit.items())
        self._phase = update.phase or self._phase
        self._severity = update.severity or self._severity
        self._hit.update(hit)
        return bool(update.text) or is_further or is_worse or is_elsewhere


_FINE = ComponentStatus.OPERATIONAL


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """What is true at `now`, and what was before."""

    now: datetime
    status: ComponentStatus
    """The worst of all components and active incidents; unknown when part of the page could not be observed."""
    impact: Impact
    since: datetime | None
    """When what makes the status began; None while there is nothing to tell."""
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
    ignored: tuple[Problem, ...] = ()
    """What was written by people who may not publish."""
    tracker: str = ""
    """The address of the repository whose issues the incidents are, without a trailing slash; empty for files."""
    postmortems: Mapping[str, Postmortem] = field(default_factory=dict)
    """By the ref of the incident that each is about."""

    @property
    def going_on(self) -> tuple[Story, ...]:
        """What isn't over, begun and planned."""
        return (*self.active, *self.in_progress, *self.upcoming, *self.announcements)


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
