"""Fedora's status page before 2021: two JSON files with the states of services as they changed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from ghstatus.grammar.config import POLICY
from ghstatus.grammar.words import choice, shown
from ghstatus.importers import fedora_incidents, folder, values
from ghstatus.importers.fedora_incidents import GOOD, LEVELS, Change
from ghstatus.importers.result import Import, Notes
from ghstatus.importers.roster import Roster
from ghstatus.importers.sites import Taken, component
from ghstatus.model import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghstatus.grammar.fields import Value

_STATUSES, _CHANGES = "statuses.json", "changes.json"


def find(source: Path) -> Path | None:
    """The folder that holds the two files."""
    places = (source / "wsgi", source)
    return next((place for place in places if all((place / name).is_file() for name in (_STATUSES, _CHANGES))), None)


def read(source: Path, inside: Path, *, known: Site | None = None) -> Import:
    """Read the two files; a record that can't be read is left out."""
    notes = Notes()
    now = notes.about(folder.name(inside / _STATUSES, source))
    statuses = values.mapping(_json(inside / _STATUSES, now))
    services = {ident: values.mapping(service) for ident, service in values.mapping(statuses.get("services")).items()}
    if information := values.line(statuses.get("global_info")):
        now.add(f"says {shown(information)}", "left out", key="global_info")
    roster = Roster(known or _site(services, now))
    then = notes.about(folder.name(inside / _CHANGES, source))
    changes = tuple(_merged(_changes(_json(inside / _CHANGES, then), services, roster, then)))
    statuses_now = {
        ident: values.text(service.get("status")).lower()
        for name, service in services.items()
        for ident in roster.resolve(name) or roster.resolve(values.line(service.get("name")))
    }
    incidents = fedora_incidents.paired(changes, statuses_now, now)
    return Import(site=roster.site, incidents=incidents, problems=tuple(notes.problems))


def _json(path: Path, notes: Notes) -> Value:
    try:
        return values.read(folder.text(path, notes) or "", "json")
    except ValueError as error:
        notes.add(f"can't be read: {error}", "left out")
        return ""


def _site(services: dict[str, dict[str, Value]], notes: Notes) -> Site:
    taken = Taken()
    found = (
        component(ident, values.line(service.get("name")) or ident, values.line(service.get("url")), taken, notes)
        for ident, service in services.items()
    )
    return Site(title="Fedora Status", components=tuple(filter(None, found)), policy=POLICY)


def _changes(records: Value, services: dict[str, dict[str, Value]], roster: Roster, notes: Notes) -> list[Change]:
    """The changes, the oldest first; the file has the newest on top."""
    found = []
    for number, record in enumerate(values.mappings(records)):
        key = f"[{number}]"
        at = _moment(values.text(record.get("changedate")))
        written = values.texts(record.get("services") or record.get("service"))
        if at is None or not written:
            seen = "names no service" if at else f"{shown(values.text(record.get('changedate')))} is no time"
            notes.add(seen, "left out", key=key)
            continue
        names = (name if roster.resolve(name) else _name(services, name) for name in written)
        change = Change(
            at=at,
            status=_status(values.text(record.get("status")).lower(), notes, key),
            message=values.text(record.get("message")),
            components=tuple(hit.component for hit in roster.affected(names, notes, key=key)),
            label=written[0] if len(written) == 1 else "multiple",
        )
        found.append(change)
    found.reverse()
    return sorted(found, key=lambda change: change.at)


def _name(services: dict[str, dict[str, Value]], ident: str) -> str:
    return values.line(services.get(ident.lower(), {}).get("name")) or ident


def _moment(epoch: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(epoch), UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None


def _status(status: str, notes: Notes, key: str) -> str:
    if status == GOOD or status in LEVELS:
        return status
    notes.add(f"{shown(status)} is no status", "counted as major", key=key, accepted=choice(status, (GOOD, *LEVELS)))
    return "major"


def _merged(changes: list[Change]) -> Iterator[Change]:
    """Changes of several services by the same words at the same moment are one."""
    for _, same in groupby(changes, key=lambda change: (change.at, change.status, change.message)):
        first, *others = same
        components = tuple(dict.fromkeys(ident for change in (first, *others) for ident in change.components))
        yield first._replace(components=components, label="multiple" if others else first.label)
