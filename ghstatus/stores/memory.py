"""A store that lasts as long as the program: for tests, and for trying things out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import Action, EditIncident, OpenIncident, PostUpdate
from ghstatus.errors import UsageError
from ghstatus.model import Incident, Site, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class MemoryStore:
    """Incidents in a dictionary, by ref."""

    def __init__(self, site: Site, incidents: Iterable[Incident] = ()) -> None:
        self._site = site
        self._incidents = {incident.ref: incident for incident in incidents}

    def observe(self, now: datetime) -> Snapshot:
        """Take everything."""
        return Snapshot(
            taken=now,
            components=self._site.components,
            groups=self._site.groups,
            policy=self._site.policy,
            incidents=tuple(self._incidents[ref] for ref in sorted(self._incidents)),
        )

    def apply(self, action: Action) -> None:
        """Make one change.

        Raises UsageError when the incident to change isn't there, or the one to open is.
        """
        match action:
            case OpenIncident(incident=incident):
                if incident.ref in self._incidents:
                    raise UsageError(f"there is an incident {incident.ref!r} already")
                self._incidents[incident.ref] = incident
            case EditIncident(incident=incident):
                self._known(incident.ref)
                self._incidents[incident.ref] = incident
            case PostUpdate(ref=ref, update=update):
                incident = self._known(ref)
                updates = sorted((*incident.updates, update), key=lambda each: each.at)
                self._incidents[ref] = replace(incident, updates=tuple(updates))
            case _:
                assert_never(action)

    def _known(self, ref: str) -> Incident:
        if ref not in self._incidents:
            raise UsageError(f"there is no incident {ref!r}")
        return self._incidents[ref]
