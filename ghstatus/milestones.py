"""When a team came how far with an incident: noticed, written down, led by somebody, told to users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.model import Kind, Milestones, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Incident


def reached(incident: Incident, now: datetime) -> Milestones:
    """Those that had been reached at `now`; none of a maintenance or an announcement, which nobody has to answer."""
    if incident.kind is not Kind.INCIDENT:
        return Milestones()
    response = incident.response
    return Milestones(
        detected=_by(now, response.detected),
        declared=_by(now, response.declared),
        acknowledged=_by(now, *_leads(incident)),
        told=_by(now, *_told(incident)),
    )


def are_final(incident: Incident, now: datetime) -> bool:
    """Whether time alone can't bring another."""
    response = incident.response
    ahead = (response.detected, response.declared, *_leads(incident), *_told(incident))
    return all(time is None or time <= now for time in ahead)


def _leads(incident: Incident) -> Iterator[datetime]:
    return (one.at for one in incident.response.roles if one.role is Role.LEAD and one.person)


def _told(incident: Incident) -> Iterator[datetime]:
    """An incident's own text is its first update, as of when it was written down."""
    if incident.text and incident.response.declared:
        yield incident.response.declared
    for update in incident.updates:
        yield update.at


def _by(now: datetime, *times: datetime | None) -> datetime | None:
    return min((time for time in times if time is not None and time <= now), default=None)
