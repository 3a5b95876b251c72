"""A store that lasts as long as the program: for tests, and for trying things out."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import Action, EditIncident, IncidentAction, OpenIncident, PostUpdate
from ghstatus.errors import UsageError
from ghstatus.grammar import deeds
from ghstatus.model import Incident, Site, Snapshot, Tracker
from ghstatus.stores.issues import Issues

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from ghstatus.model import Issue

_TRACKER = Tracker(repository="owner/status", url="https://github.com/owner/status", viewer="ghstatus[bot]")


class MemoryStore:
    """Incidents in a dictionary, by ref; or issues, which are read as GitHub's are."""

    def __init__(
        self,
        site: Site,
        incidents: Iterable[Incident] = (),
        *,
        issues: Iterable[Issue] | None = None,
        trusted: Collection[str] = (),
        tracker: Tracker = _TRACKER,
    ) -> None:
        """With `issues` it is a tracker: `trusted` may publish, and `tracker` says what there is besides."""
        self._site = site
        self._incidents = {incident.ref: incident for incident in incidents}
        self._issues = None if issues is None else Issues(site, issues, tracker, frozenset(trusted))

    def observe(self, now: datetime) -> Snapshot:
        """Take everything."""
        if self._issues is not None:
            return self._issues.observe(now)
        return Snapshot(
            taken=now,
            components=self._site.components,
            groups=self._site.groups,
            policy=self._site.policy,
            incidents=tuple(self._incidents[ref] for ref in sorted(self._incidents)),
        )

    def apply(self, action: Action) -> None:
        """Make one change; in a tracker it is made at the moment of the last look.

        Raises UsageError when what to change isn't there, or what to create is.
        """
        if self._issues is not None:
            self._issues.apply(action)
        elif isinstance(action, IncidentAction):
            self._write(action)
        else:
            raise UsageError("only an issue tracker has labels, pins and comments")

    def _write(self, action: IncidentAction) -> None:
        match action:
            case OpenIncident(incident=incident):
                if incident.ref in self._incidents:
                    raise UsageError(f"there is an incident {incident.ref!r} already")
                self._incidents[incident.ref] = incident
            case EditIncident(incident=incident):
                self._known(incident.ref)
                self._incidents[incident.ref] = incident
            case PostUpdate(ref=ref, update=update):
                self._incidents[ref] = deeds.updated(self._known(ref), update)
            case _:
                assert_never(action)

    def _known(self, ref: str) -> Incident:
        if ref not in self._incidents:
            raise UsageError(f"there is no incident {ref!r}")
        return self._incidents[ref]
