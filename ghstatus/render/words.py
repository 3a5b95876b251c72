"""Statuses, phases and whole boards in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.sentences import several
from ghstatus.model import ComponentStatus, Kind, Phase

if TYPE_CHECKING:
    from ghstatus.model import Board, Record

STATUSES = {
    ComponentStatus.OPERATIONAL: "Operational",
    ComponentStatus.UNKNOWN: "Unknown",
    ComponentStatus.UNDER_MAINTENANCE: "Under maintenance",
    ComponentStatus.DEGRADED_PERFORMANCE: "Degraded performance",
    ComponentStatus.PARTIAL_OUTAGE: "Partial outage",
    ComponentStatus.MAJOR_OUTAGE: "Major outage",
}
PHASES = {
    Phase.INVESTIGATING: "Investigating",
    Phase.IDENTIFIED: "Identified",
    Phase.MONITORING: "Monitoring",
    Phase.RESOLVED: "Resolved",
    Phase.SCHEDULED: "Scheduled",
    Phase.IN_PROGRESS: "In progress",
    Phase.VERIFYING: "Verifying",
    Phase.COMPLETED: "Completed",
    Phase.CANCELLED: "Cancelled",
}
KINDS = {Kind.INCIDENT: "Incident", Kind.MAINTENANCE: "Maintenance", Kind.ANNOUNCEMENT: "Announcement"}


def percent(ratio: float) -> str:
    """`99.95 %`, rounded down, so that only a flawless record reads 100 %."""
    hundredths = int(ratio * 10_000 + 1e-6)
    return f"{hundredths / 100:.2f} %" if hundredths < 10_000 else "100 %"


def headline(board: Board) -> str:
    """One sentence of truth."""
    hit = [state.component.name for state in board.components if state.status is board.status]
    match board.status:
        case ComponentStatus.OPERATIONAL:
            return "All systems operational"
        case ComponentStatus.UNKNOWN:
            return "Status unknown: a part of this page could not be read"
        case ComponentStatus.UNDER_MAINTENANCE:
            return f"Maintenance in progress: {several(hit)}" if hit else "Maintenance in progress"
        case _:
            word = STATUSES[board.status]
            return (
                f"{word} of {several(hit)}" if hit and "outage" in word else f"{word}: {several(hit)}" if hit else word
            )


def remark(board: Board) -> str:
    """What the headline leaves out; empty when that is nothing."""
    if board.unobserved and board.status is not ComponentStatus.UNKNOWN:
        return "A part of this page could not be read, so there may be more."
    if board.active and board.status in {ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE}:
        count = len(board.active)
        return "One incident is still open." if count == 1 else f"{count} incidents are still open."
    return ""


def outcome(record: Record) -> str:
    """How something that is over is called in a list: its worst status, or what it was instead."""
    if record.false_alarm:
        return "False alarm"
    if record.phase is Phase.CANCELLED:
        return "Cancelled"
    if record.kind is not Kind.INCIDENT:
        return KINDS[record.kind]
    return STATUSES[record.status]


LOOKS = (*STATUSES, "announcement")
"""What there are icons and colours for."""


def look(record: Record) -> str:
    """The one of `LOOKS` that an incident has."""
    return "announcement" if record.kind is Kind.ANNOUNCEMENT else record.status
