"""What to write down so that a copy of a store tells the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import EditIncident, OpenIncident

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.model import Incident


class Copying(NamedTuple):
    """What makes a copy tell the same."""

    plan: tuple[OpenIncident | EditIncident, ...]
    same: int
    """How many incidents it tells of as the original does."""
    gone: tuple[str, ...]
    """The refs of incidents that only the copy has; they are left to whoever keeps it."""


def decide(original: Iterable[Incident], copy: Iterable[Incident]) -> Copying:
    """Open what the copy lacks, and edit what it tells otherwise."""
    there = {incident.ref: incident for incident in copy}
    wanted = {incident.ref: incident for incident in original}
    plan = tuple(
        EditIncident(incident=incident) if ref in there else OpenIncident(incident=incident)
        for ref, incident in wanted.items()
        if there.get(ref) != incident
    )
    return Copying(plan, len(wanted) - len(plan), tuple(ref for ref in there if ref not in wanted))
