"""Changes of services' states → incidents.

An incident begins when services stop being good, takes in what changes until they are good again, and ends there.
Services that one change names share an incident; one that gets well and ill again meanwhile comes back into it.
`major` is critical, `scheduled` a maintenance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import slug
from ghstatus.importers import values
from ghstatus.model import Affected, ComponentStatus, Incident, Kind, Link, Phase, Severity, Update

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ghstatus.importers.result import Notes

GOOD = "good"
LEVELS = {
    "scheduled": ComponentStatus.UNDER_MAINTENANCE,
    "minor": ComponentStatus.DEGRADED_PERFORMANCE,
    "major": ComponentStatus.MAJOR_OUTAGE,
}
_SEVERITIES = {"minor": Severity.MINOR, "major": Severity.CRITICAL}
_ORDER = tuple(LEVELS)
_URL = re.compile(r"https?://[^\s<>()\"']*[^\s<>()\"'.,;:!?]")
_LONGEST = 100


class Change(NamedTuple):
    """Components that took a status at a moment."""

    at: datetime
    status: str
    message: str
    components: tuple[str, ...]
    label: str
    """The service, or `multiple`."""


class _Draft:
    """An incident while its changes come in."""

    def __init__(self, change: Change) -> None:
        self.first = self._last = change
        self.kind = Kind.MAINTENANCE if change.status == "scheduled" else Kind.INCIDENT
        self.levels = dict.fromkeys(change.components, change.status)
        """Of the components that aren't good yet."""
        self.updates: list[Update] = []
        self.ended: datetime | None = None

    def change(self, change: Change, returning: set[str]) -> None:
        hit = [ident for ident in change.components if ident in self.levels or ident in returning]
        moved = [ident for ident in hit if self.levels.get(ident) != change.status]
        if not moved and change.message == self._last.message:
            return
        before = self._severity()
        self._last = change
        self.levels |= dict.fromkeys(hit, change.status)
        severity = self._severity()
        update = Update(
            at=change.at,
            text=change.message,
            severity=severity if severity is not before else None,
            components=tuple(Affected(component=ident, status=LEVELS[change.status]) for ident in moved),
        )
        self.updates.append(update)

    def recover(self, change: Change) -> None:
        hit = [ident for ident in change.components if ident in self.levels]
        self._last = change
        self.levels = {ident: level for ident, level in self.levels.items() if ident not in hit}
        if not self.levels:
            phase = Phase.COMPLETED if self.kind is Kind.MAINTENANCE else Phase.RESOLVED
            self.ended = change.at
            self.updates.append(Update(at=change.at, text=change.message, phase=phase))
            return
        good = tuple(Affected(component=ident, status=ComponentStatus.OPERATIONAL) for ident in hit)
        self.updates.append(Update(at=change.at, text=change.message, components=good))

    def settle(self, now: Mapping[str, str], notes: Notes) -> None:
        """What no change says any more is taken from the states of today."""
        going_on = [ident for ident in self.levels if now.get(ident, GOOD) != GOOD]
        good = ", ".join(ident for ident in self.levels if ident not in going_on)
        if good:
            seen = f"{good}: no change says when {self.first.message!r} was over, yet all is good today"
            notes.add(seen, f"taken as over since the last change, {self._last.at:%Y-%m-%d %H:%M} UTC")
        if not going_on:
            self.ended = self._last.at
        elif good:
            left = [ident for ident in self.levels if ident not in going_on]
            self.recover(self._last._replace(components=tuple(left), message=""))

    def _severity(self) -> Severity | None:
        if self.kind is Kind.MAINTENANCE:
            return None
        return _SEVERITIES.get(max(self.levels.values(), key=_ORDER.index))


def paired(changes: Iterable[Change], now: Mapping[str, str], notes: Notes) -> tuple[Incident, ...]:
    """Pair what stopped being good with what made it good again, in the order of the starts."""
    drafts = _drafts(changes)
    for draft in drafts:
        if draft.levels:
            draft.settle(now, notes)
    _note_unexplained(drafts, now, notes)
    incidents: dict[str, Incident] = {}
    for draft in drafts:
        incident = _incident(draft, incidents)
        incidents[incident.ref] = incident
    return tuple(sorted(incidents.values(), key=lambda incident: (incident.started, incident.ref)))


def _drafts(changes: Iterable[Change]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for change in changes:
        hit = [draft for draft in drafts if not draft.levels.keys().isdisjoint(change.components)]
        if change.status == GOOD:
            for draft in hit:
                draft.recover(change)
            continue
        new = set(change.components).difference(*(draft.levels for draft in hit))
        home = next((draft for draft in hit if new.issubset(draft.first.components)), None)
        for draft in hit:
            draft.change(change, new if draft is home else set())
        if home is None:
            drafts.append(_Draft(change))
    return drafts


def _note_unexplained(drafts: list[_Draft], now: Mapping[str, str], notes: Notes) -> None:
    explained = {ident for draft in drafts for ident in draft.levels}
    for ident, status in now.items():
        if status != GOOD and ident not in explained:
            notes.add(f"{ident} is {status}, and no change says since when", "left out", key=f"services.{ident}")


def _incident(draft: _Draft, others: Mapping[str, Incident]) -> Incident:
    first = draft.first
    is_maintenance = draft.kind is Kind.MAINTENANCE
    source = f"{first.label}@{first.at.timestamp():.0f}"
    title = _title(first.message) or ("Maintenance" if is_maintenance else "Outage")
    return Incident(
        ref=slug.ref(f"{first.at:%Y-%m-%d-%H%M}-{first.label}", taken=others, source=source),
        title=title,
        kind=draft.kind,
        severity=None if is_maintenance else _SEVERITIES[first.status],
        components=tuple(Affected(component=ident) for ident in first.components),
        started=first.at,
        ended=draft.ended,
        scheduled_for=first.at if is_maintenance else None,
        text=first.message if first.message != title else "",
        links=tuple(_links(first.message)),
        updates=tuple(draft.updates),
        source=f"fedora:{source}",
    )


def _title(message: str) -> str:
    """The message without its addresses, cut at a word."""
    words = values.line(re.sub(r"[\s:,(-]*$", "", _URL.sub("", message)))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"


def _links(message: str) -> list[Link]:
    found = []
    for url in dict.fromkeys(_URL.findall(message)):
        ticket = re.search(r"/issues?/(\d+)$", url)
        found.append(Link(text=f"Ticket {ticket[1]}" if ticket else url, url=url))
    return found
