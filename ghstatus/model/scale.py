"""The scales: statuses, severities, impacts, kinds, phases. They are Statuspage's words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
