"""One of cState's posts → an incident.

How cState's words become ours:

- `disrupted` is a major incident, `down` a critical one.
- `notice` is whatever cState has no word for. Without components it is an announcement, unless its title says that
  something is broken. With components it is a maintenance if its title has a word for planned work (upgrade,
  maintenance; or update, migration, deployment … if it doesn't say that something is broken) or its text says so
  plainly ("planned outage", "maintenance"), otherwise a minor incident.
- A post without `resolved` is planned, as cState's own template says: a maintenance from `date` to `resolvedWhen`.
- `resolved: false` is not over, even where `resolvedWhen` says when things got better: monitoring began then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar.words import choice, shown
from ghstatus.importers import frontmatter, hugo, phrases, prose, times, values
from ghstatus.importers.unresolved import reopened
from ghstatus.model import Incident, Kind, Phase, Severity, Update

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.grammar.fields import Value
    from ghstatus.importers.result import Notes
    from ghstatus.importers.roster import Roster

_SEVERITIES = {"disrupted": Severity.MAJOR, "down": Severity.CRITICAL}


class File(NamedTuple):
    """A post's file."""

    name: str
    ref: str
    source: str


class _Times(NamedTuple):
    started: datetime
    until: datetime | None
    is_over: bool | None
    """None when the post doesn't say, as posts about planned work don't."""


def read(file: File, text: str, roster: Roster, notes: Notes) -> Incident | None:
    """Read one post; None when it is to be left out, which is noted."""
    fields, body = frontmatter.split(text, notes)
    at = None if _is_left_out(fields, notes) else _times(fields, file.name, notes)
    if at is None:
        return None
    title = values.line(fields.get("title"))
    if not title:
        notes.add("there is no title", "the file's name is the title", key="title")
    body = prose.without_comments(body)
    components = roster.affected(values.texts(fields.get("affected")), notes)
    kind, severity = _judged(fields, title, body, notes, hits=bool(components))
    if at.is_over is None:
        kind, severity = _planned(kind, severity, notes)
    story, updates = _story(body, at, kind, notes)
    return Incident(
        ref=file.ref,
        title=title or file.name,
        kind=kind,
        severity=severity,
        components=components,
        started=at.started,
        ended=_ended(at, kind, notes),
        scheduled_for=at.started if kind is Kind.MAINTENANCE else None,
        scheduled_until=at.until if kind is Kind.MAINTENANCE else None,
        text=story,
        updates=updates,
        source=file.source,
    )


def _is_left_out(fields: dict[str, Value], notes: Notes) -> bool:
    section = values.text(fields.get("section"))
    if values.truth(fields.get("draft")):
        notes.add("is a draft", "left out", key="draft")
        return True
    if section not in {"", "issue", "issues"}:
        notes.add(f"{shown(section)} is no incident", "left out", key="section", accepted="issue")
        return True
    return False


def _times(fields: dict[str, Value], name: str, notes: Notes) -> _Times | None:
    typed = values.text(fields.get("date"))
    named = times.in_name(name)
    fallback = f"taken from the file's name: {named:%Y-%m-%d} 00:00 UTC" if named else "left out"
    if not typed:
        notes.add("there is no date", fallback, key="date")
    started = times.read(typed, notes, key="date", otherwise=fallback) or named
    if started is None:
        return None
    until = values.text(fields.get("resolvedwhen"))
    ended = times.read(until, notes, key="resolvedWhen", otherwise="read as if it were empty")
    return _Times(
        started=started,
        until=times.closed(started, ended, notes, key="resolvedWhen") if ended else None,
        is_over=_is_over(values.text(fields.get("resolved")), notes),
    )


def _is_over(said: str, notes: Notes) -> bool | None:
    found = values.truth(said)
    if said and found is None:
        notes.add(f"{shown(said)} is neither true nor false", "counted as not resolved", key="resolved")
    return bool(found) if said else None


def _judged(
    fields: dict[str, Value], title: str, body: str, notes: Notes, *, hits: bool
) -> tuple[Kind, Severity | None]:
    severity = values.text(fields.get("severity")).lower()
    if values.truth(fields.get("informational")):
        return Kind.ANNOUNCEMENT, None
    if severity == "notice":
        return _noticed(title, body, hits=hits)
    if severity not in _SEVERITIES:
        seen = f"{shown(severity)} is no severity" if severity else "there is no severity"
        notes.add(seen, "counted as major", key="severity", accepted=choice(severity, ("notice", *_SEVERITIES)))
    return Kind.INCIDENT, _SEVERITIES.get(severity)


def _noticed(title: str, body: str, *, hits: bool) -> tuple[Kind, Severity | None]:
    if phrases.is_planned(title, body):
        return (Kind.MAINTENANCE if hits else Kind.ANNOUNCEMENT), None
    return (Kind.INCIDENT, Severity.MINOR) if hits or phrases.is_broken(title) else (Kind.ANNOUNCEMENT, None)


def _planned(kind: Kind, severity: Severity | None, notes: Notes) -> tuple[Kind, Severity | None]:
    if kind is Kind.ANNOUNCEMENT:
        return kind, severity
    if kind is Kind.INCIDENT:
        notes.add(
            "is absent, as in posts about planned work", "taken as a maintenance, without severity", key="resolved"
        )
    return Kind.MAINTENANCE, None


def _ended(at: _Times, kind: Kind, notes: Notes) -> datetime | None:
    if at.is_over and at.until is None:
        notes.add("resolved, and nobody said when", "its end is set to its start", key="resolvedWhen")
        return at.started
    return at.until if at.is_over or (at.is_over is None and kind is Kind.ANNOUNCEMENT) else None


def _story(body: str, at: _Times, kind: Kind, notes: Notes) -> tuple[str, tuple[Update, ...]]:
    """The text, which is what the oldest update says if there is nothing else, and the updates."""
    text, tracked = hugo.tracked(hugo.without_shortcodes(body, notes), kind, notes)
    text, told = prose.updates(text, span=prose.Span(at.started, at.until), kind=kind)
    updates = (*tracked, *told)
    if at.is_over is False:
        updates = (*reopened(updates, kind, notes), *_watched(at, kind, notes))
    updates = tuple(sorted(updates, key=lambda update: update.at))
    if not text and updates and updates[0].at == at.started and updates[0].phase in {None, Phase.INVESTIGATING}:
        return updates[0].text, updates[1:]
    return text, updates


def _watched(at: _Times, kind: Kind, notes: Notes) -> tuple[Update, ...]:
    if at.until is None or kind is Kind.MAINTENANCE:
        return ()
    if kind is Kind.ANNOUNCEMENT:
        notes.add("stands beside resolved: false", "left open", key="resolvedWhen")
        return ()
    return (Update(at=at.until, phase=Phase.MONITORING),)
