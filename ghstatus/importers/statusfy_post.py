"""One of Statusfy's posts → an incident."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar.words import choice, shown
from ghstatus.importers import frontmatter, phrases, prose, times, values
from ghstatus.importers.unresolved import reopened
from ghstatus.model import Incident, Kind, Phase, Severity, Update

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ghstatus.grammar.fields import Value
    from ghstatus.importers.result import Notes
    from ghstatus.importers.roster import Roster

_SEVERITIES = {
    "degraded-performance": Severity.MINOR,
    "partial-outage": Severity.MAJOR,
    "major-outage": Severity.CRITICAL,
}
_UPDATE = re.compile(
    r"^[ \t]*:::[ \t]*update[ \t]+(?P<title>\S.*?)[ \t]+\|[ \t]+(?P<time>.*?)[ \t]*\n(?P<text>.*?)(?:^[ \t]*:::[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)


class File(NamedTuple):
    """A post's file."""

    name: str
    ref: str
    source: str


class _Window(NamedTuple):
    start: datetime | None
    end: datetime | None


def read(file: File, text: str, roster: Roster, titles: Mapping[str, str], notes: Notes) -> Incident | None:
    """Read one post; None when it has no time, which is noted."""
    fields, body = frontmatter.split(text, notes)
    date = _date(fields, file.name, notes)
    if date is None:
        return None
    kind, severity = _judged(values.text(fields.get("severity")).lower(), notes)
    window = _window(fields, kind, notes)
    story, updates = _story(prose.without_comments(body), kind, notes)
    if window.start and date < window.start:
        updates = (Update(at=date, phase=Phase.SCHEDULED), *updates)
    started = window.start or date
    systems = values.texts(fields.get("affectedsystems"))
    is_over = values.truth(fields.get("resolved"))
    ended = _ended(fields, started, updates, window, notes) if is_over else None
    return Incident(
        ref=file.ref,
        title=_title(fields, file, notes),
        kind=kind,
        severity=severity,
        components=roster.affected(
            (_known(system, roster, titles) for system in systems), notes, key="affectedsystems"
        ),
        started=started,
        ended=ended,
        scheduled_for=started if kind is Kind.MAINTENANCE else None,
        scheduled_until=window.end,
        text="\n\n".join(filter(None, (values.text(fields.get("description")), story))),
        updates=updates if is_over else reopened(updates, kind, notes),
        source=file.source,
    )


def _date(fields: dict[str, Value], name: str, notes: Notes) -> datetime | None:
    typed = values.text(fields.get("date"))
    named = times.in_name(name)
    fallback = f"taken from the file's name: {named:%Y-%m-%d} 00:00 UTC" if named else "left out"
    if not typed:
        notes.add("there is no date", fallback, key="date")
    return times.read(typed, notes, key="date", otherwise=fallback) or named


def _title(fields: dict[str, Value], file: File, notes: Notes) -> str:
    title = values.line(fields.get("title"))
    if not title:
        notes.add("there is no title", "the file's name is the title", key="title")
    return title or file.name


def _known(system: str, roster: Roster, titles: Mapping[str, str]) -> str:
    """The id if it means something here, otherwise what people read for it."""
    return system if roster.resolve(system) else titles.get(system.lower(), system)


def _judged(severity: str, notes: Notes) -> tuple[Kind, Severity | None]:
    if severity == "under-maintenance":
        return Kind.MAINTENANCE, None
    if severity not in _SEVERITIES:
        seen = f"{shown(severity)} is no severity" if severity else "there is no severity"
        accepted = choice(severity, ("under-maintenance", *_SEVERITIES))
        notes.add(seen, "counted as major", key="severity", accepted=accepted)
    return Kind.INCIDENT, _SEVERITIES.get(severity)


def _window(fields: dict[str, Value], kind: Kind, notes: Notes) -> _Window:
    typed, minutes = values.text(fields.get("scheduled")), values.text(fields.get("duration"))
    if typed and kind is not Kind.MAINTENANCE:
        notes.add(
            "only a maintenance is scheduled", "left out", key="scheduled", accepted="severity: under-maintenance"
        )
        return _Window(None, None)
    start = times.read(typed, notes, key="scheduled", otherwise="read as if it were empty")
    if minutes and not re.fullmatch(r"\d{1,6}", minutes):
        notes.add(f"{shown(minutes)} is no number of minutes", "read as if it were empty", key="duration")
        minutes = ""
    return _Window(start, start + timedelta(minutes=int(minutes)) if start and minutes else None)


def _ended(
    fields: dict[str, Value], started: datetime, updates: tuple[Update, ...], window: _Window, notes: Notes
) -> datetime:
    told = [update.at for update in updates if update.phase and update.phase.is_over]
    if told:
        return times.closed(started, told[-1], notes, key="update")
    modified = times.read(
        values.text(fields.get("modified")), notes, key="modified", otherwise="read as if it were empty"
    )
    ended = modified or window.end
    if ended is None:
        notes.add("resolved, and nobody said when", "its end is set to its start", key="resolved")
        return started
    source = "modified" if modified else "scheduled + duration"
    notes.add("resolved, and no update says when", f"its end is taken from {source}", key="resolved")
    return times.closed(started, ended, notes, key=source)


def _story(body: str, kind: Kind, notes: Notes) -> tuple[str, tuple[Update, ...]]:
    found: list[Update] = []

    def take(match: re.Match[str]) -> str:
        at = times.read(match["time"], notes, key="update", otherwise="the update stays in the text")
        if at is None:
            return match[0]
        title, text = values.line(match["title"]), match["text"].strip()
        phase = phrases.phase(title, kind)
        bold = "" if phase or title.lower() in {"update", "updated"} else f"**{title}**"
        found.append(Update(at=at, phase=phase, text="\n\n".join(filter(None, (bold, text)))))
        return "\n"

    rest = _UPDATE.sub(take, body)
    return re.sub(r"\n{3,}", "\n\n", rest).strip(), tuple(sorted(found, key=lambda update: update.at))
