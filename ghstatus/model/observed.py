"""What was observed at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ghstatus.errors import Problem
    from ghstatus.model.incident import Incident
    from ghstatus.model.postmortem import Postmortem
    from ghstatus.model.scale import ComponentStatus, Kind, Phase
    from ghstatus.model.site import Component, Group, Policy
    from ghstatus.model.tracker import Tracker


class Span(NamedTuple):
    """One component in one status, for a while."""

    component: str
    status: ComponentStatus
    start: datetime
    end: datetime | None
    """None while it goes on."""


class Milestones(NamedTuple):
    """When a team came how far with an incident; None for what didn't happen, or what nobody knows."""

    detected: datetime | None = None
    declared: datetime | None = None
    acknowledged: datetime | None = None
    """When somebody took the lead."""
    told: datetime | None = None
    """When users got the first update."""


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
    """Of the text it was made from: the same digest gives the same page. Empty while time alone may change it."""
    false_alarm: bool = False
    milestones: Milestones = Milestones()
    source: str = ""
    """What it was written down from; empty where somebody thought of it."""
    duplicate_of: str | None = None
    """The ref of the incident that tells of the same; empty where nobody said which, None where there is none."""

    @property
    def is_void(self) -> bool:
        """Whether it is no incident of its own, so that it counts neither as an outage nor against uptime."""
        return self.false_alarm or self.duplicate_of is not None


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
    """The ids of components of which something could not be observed; an empty one where there is no component."""
    ignored: tuple[Problem, ...] = ()
    """What was written by people who may not publish: counted, never shown."""
    partial: tuple[str, ...] = ()
    """What could not be read this time, in words; no plan is carried out on such a basis."""
    tracker: Tracker | None = None
    """Where the incidents are issues; None in a store of another kind."""
    postmortems: tuple[Postmortem, ...] = ()
