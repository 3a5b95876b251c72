"""Which maintenances that come again and again to write down now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ghstatus import recurrence
from ghstatus.actions import OpenIncident
from ghstatus.grammar.recurring import occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Incident, Record, Recurring, Site, Snapshot

MOST = 30
"""How many of one maintenance are written down in advance: one a day, for a month."""


def decide(snapshot: Snapshot, site: Site) -> Iterator[OpenIncident]:
    """Write down each that is announced by now and isn't over, unless it was written down before.

    One that was is left as it is, whatever became of it: somebody may have moved it, prolonged it or called it off.
    """
    present = _Present(snapshot)
    for one in site.recurring:
        for start in _due(one, snapshot.taken):
            incident = occurrence(one, start)
            if incident not in present:
                yield OpenIncident(incident=incident)


def _due(one: Recurring, now: datetime) -> list[datetime]:
    found = recurrence.times(one.rule, one.start, ZoneInfo(one.timezone), now + one.announce)
    return [start for start in found if start + one.duration > now][:MOST]


class _Present:
    """What is written down, be it over, or too broken to be read."""

    def __init__(self, snapshot: Snapshot) -> None:
        everything: tuple[Incident | Record, ...] = (*snapshot.incidents, *snapshot.settled)
        self._sources = {one.source for one in everything}
        self._refs = {one.ref for one in everything}
        self._same = {(one.title, one.started) for one in everything}
        self._broken = {problem.where for problem in snapshot.problems}

    def __contains__(self, incident: Incident) -> bool:
        is_known = incident.source in self._sources or incident.ref in self._refs
        # Somebody may have typed it anew, without what tells where it comes from.
        is_same = (incident.title, incident.started) in self._same
        return is_known or is_same or f"incidents/{incident.ref}.md" in self._broken
