"""A file of the folder store ↔ an incident."""

from __future__ import annotations

import re
from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem, few
from ghstatus.grammar import body, deeds, facts, matter, moment
from ghstatus.grammar.front import KEYS, Front, one_line
from ghstatus.grammar.words import shown
from ghstatus.model import Incident, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ghstatus.grammar import fields
    from ghstatus.grammar.names import Names
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Update


class Reading(NamedTuple):
    """What a file says."""

    incident: Incident | None
    """None when not even its start can be told."""
    problems: tuple[Problem, ...]
    """In the order of their places."""
    extra: Mapping[str, fields.Value]
    """Keys that mean nothing to ghstatus, kept for `write`."""


def parse(text: str, *, where: str, ref: str, names: Names, now: datetime | None = None) -> Reading:
    """Read a file; what can't be read is a problem, and everything else counts.

    A last update that doesn't say its time counts as of `now`.
    """
    found = matter.read(body.newlines(text.removeprefix("\ufeff")), known=KEYS)
    front = Front(found.values, found.place, where=where, names=names)
    for path, fault in found.faults:
        front.reporter(*path)(*fault)
    content = body.parse(found.content, where=where, first_line=found.first_line, names=names, now=now)
    incident = _incident(front, ref, content)
    line = _line_that_ends(incident, found) if incident else None
    if line and line not in {problem.line for problem in content.problems}:
        front.problems.append(Problem(where=where, line=line, column=1, **_UNHEARD))
    extra = front.extra()
    problems = sorted((*front.problems, *content.problems), key=attrgetter("line", "column"))
    return Reading(incident, few(problems), extra)


_OVER = re.compile(
    r"^[ \t>]{0,3}(?:\#{1,6}[ \t]{0,3}|/|[*_]{1,3})?(?:resolved?|fixed|solved|closed|completed?)"
    r"(?:[ \t]{0,3}(?:[:*_\u2013\u2014-]|\d{4}-|$)|[ \t]{1,3}\()",
    re.IGNORECASE | re.MULTILINE,
)
_UNHEARD = {
    "seen": "the text says that it is over, but not as an update",
    "accepted": "`ended:`, or a heading such as `## Resolved \N{EN DASH} 2026-03-02 20:10 UTC`",
    "outcome": "it goes on",
}


def _line_that_ends(incident: Incident, found: Matter) -> int | None:
    """The last line by which somebody may have meant to end it, where nothing else does."""
    is_told = any(update.phase and update.phase.is_over for update in incident.updates)
    if is_told or incident.ended or incident.scheduled_until or incident.kind is Kind.ANNOUNCEMENT:
        return None
    lines = [found.content.count("\n", 0, match.start()) for match in _OVER.finditer(found.content)]
    return found.first_line + lines[-1] if lines else None


def _incident(front: Front, ref: str, content: body.Body) -> Incident | None:
    kind = front.kind()
    ended = facts.said_end(front)
    scheduled_for = front.time("scheduled_for", "ignored")
    guesses = _guesses(front, ref, content, (ended, scheduled_for))
    planned = scheduled_for if kind is Kind.MAINTENANCE else None
    started = _started(front, planned, guesses)
    if started is None:
        return None
    incident = Incident(
        ref=ref,
        title=_title(front, ref, content.text),
        started=started,
        number=front.number(),
        kind=kind,
        severity=front.severity(kind),
        components=front.components(),
        ended=facts.end(front, ended, started, kind, content.updates),
        scheduled_for=scheduled_for,
        scheduled_until=facts.until(front, scheduled_for or started),
        text=content.text,
        false_alarm=front.false_alarm(),
        duplicate_of=front.duplicate_of(),
        updates=content.updates,
    )
    return facts.told(front, incident)


def _started(front: Front, planned: datetime | None, guesses: Iterator[tuple[datetime, str]]) -> datetime | None:
    found, fault = front.moment("started")
    if found or (planned and not fault):
        return found or planned
    guess, origin = (planned, "as planned") if planned else next(guesses, (None, ""))
    counted = f"counted as started {moment.write(guess)}, {origin}" if guess else ""
    outcome = counted or "not shown, and the page says 'unknown' because of it"
    front.reporter("started")(fault or "no start is given", moment.ACCEPTED, outcome)
    return guess


def _guesses(
    front: Front, ref: str, content: body.Body, others: tuple[datetime | None, datetime | None]
) -> Iterator[tuple[datetime, str]]:
    with suppress(ValueError):
        yield moment.parse(ref[:10]), "the date in its name"
    candidates = {
        "its date": front.moment("date")[0],
        "the time of its first update": content.updates[0].at if content.updates else None,
        "its end": others[0],
        "as planned": others[1],
    }
    yield from ((at, origin) for origin, at in candidates.items() if at)


_HEADING = re.compile(r"^#[ \t]([^\n]+)$", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-?")


def _title(front: Front, ref: str, text: str) -> str:
    if title := front.line("title"):
        return title
    heading = _HEADING.search(text)
    found = one_line(heading[1]).rstrip("# ") if heading else ""
    title = found or _DATE.sub("", ref, count=1).replace("-", " ").strip() or ref
    if isinstance(front.values.get("title", ""), str):
        front.reporter("title")("no title is given", "a title in one line", f"shown as {shown(title)}")
    return title


def updated(text: str, update: Update, *, ref: str, names: Names) -> str | None:
    """A file with one more update, where that tells what the file doesn't: how bad it was from the start, or what it hit.

    None where an update can be added that leaves the rest as somebody wrote it, or where something would get lost.
    """
    found, reading = matter.read(body.newlines(text), known=KEYS), parse(text, where="", ref=ref, names=names)
    if reading.incident is None or found.faults:
        return None
    after = deeds.updated(reading.incident, update)
    filled = [key for key in ("severity", "components") if getattr(after, key) != getattr(reading.incident, key)]
    is_unread = any(problem.key not in {"severity", *reading.extra} for problem in reading.problems)
    if not filled or is_unread or found.values.keys() & filled:
        return None
    return write(after, extra=reading.extra)


def write(incident: Incident, *, extra: Mapping[str, fields.Value] | None = None) -> str:
    """Write a file that `parse` reads as the same incident."""
    is_said = incident.kind is not Kind.INCIDENT or incident.scheduled_for
    names = {
        "title": incident.title,
        "number": str(incident.number or ""),
        "kind": str(incident.kind) if is_said else "",
    }
    metadata = {key: value for key, value in names.items() if value} | facts.written(incident) | dict(extra or {})
    return matter.write(metadata, body.write(incident.text, incident.updates))
