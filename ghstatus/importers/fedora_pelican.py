"""Fedora's Pelican site, or a fork of it: the folder a file lies in says whether the outage is over.

Nothing says how severe an outage is or what it hits. Components are those that a title mentions by name; an outage
is a maintenance if it lies in `planned/` or its words say so, otherwise a major incident.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import slug
from ghstatus.grammar.config import POLICY
from ghstatus.grammar.words import shown
from ghstatus.importers import folder, phrases, prose, times, values
from ghstatus.importers.result import Import, Notes
from ghstatus.importers.roster import Roster
from ghstatus.importers.unresolved import reopened
from ghstatus.model import Incident, Kind, Link, Severity, Site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


_FOLDERS = ("resolved", "ongoing", "planned")
_TRACKER = "https://pagure.io/fedora-infrastructure/issue/"
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")
_RST_FIELD = re.compile(r"[ \t]*:(?P<key>[A-Za-z][\w-]*):[ \t]*(?P<value>.*)")
_RST_TITLE = re.compile(r"\s*(?P<title>\S[^\n]*)\n([#=*~^\"-])\2{2,}[ \t]*\n")


def find(source: Path) -> Path | None:
    """The folder that holds the outages' folders."""
    places = (source / "content", source)
    return next((place for place in places if any((place / name).is_dir() for name in _FOLDERS)), None)


def read(source: Path, content: Path, *, known: Site | None = None) -> Import:
    """Read every file in the three folders, whatever its ending."""
    notes = Notes()
    roster = Roster(known or Site(title=_title(source, notes) or "Status", policy=POLICY))
    incidents: dict[str, Incident] = {}
    places: dict[str, str] = {}
    for path in (path for state in _FOLDERS for path in folder.files(content / state)):
        called = path.name.removesuffix(path.suffix if path.suffix in {*folder.MARKDOWN, ".rst"} else "")
        about = notes.about(folder.name(path, source))
        if called.lower() == "readme":
            continue
        if called in places:
            about.add(f"is also {places[called]}", "left out")
        elif text := folder.text(path, about):
            places[called] = about.where
            ref = slug.ref(called, taken=incidents, source=called)
            found = _read(_File(called, ref, path.parent.name, path.suffix == ".rst"), text, roster, about)
            incidents |= {ref: found} if found else {}
    if incidents:
        notes.about(folder.name(content, source)).add(
            "no outage says how severe it was", "incidents are taken as major"
        )
    ordered = sorted(incidents.values(), key=lambda incident: (incident.started, incident.ref))
    return Import(site=roster.site, incidents=tuple(ordered), problems=tuple(notes.problems))


class _File(NamedTuple):
    name: str
    ref: str
    state: str
    is_rst: bool


def _title(source: Path, notes: Notes) -> str:
    path = folder.first(source, ("pelicanconf.py",))
    text = folder.text(path, notes.about("pelicanconf.py")) if path else ""
    match = re.search(r"""^SITENAME\s*=\s*u?(["'])(?P<title>.*?)\1""", text or "", re.MULTILINE)
    return match["title"] if match else ""


def _read(file: _File, text: str, roster: Roster, notes: Notes) -> Incident | None:
    fields, body = _rst(text, notes) if file.is_rst else _split(text)
    if fields.get("status", "").lower() == "draft":
        notes.add("is a draft", "left out", key="Status")
        return None
    started = _started(fields, file.name, notes)
    if started is None:
        return None
    title = values.line(fields.get("title"))
    if not title:
        notes.add("there is no title", "the file's name is the title", key="Title")
    until = _until(fields, started, notes)
    kind = Kind.MAINTENANCE if file.state == "planned" or phrases.is_planned(title, body) else Kind.INCIDENT
    story, updates = prose.updates(prose.without_comments(body), span=prose.Span(started, until), kind=kind)
    mentioned = roster.mentioned(title)
    if mentioned:
        notes.add(f"mentions {', '.join(mentioned)}", "taken as affected", key="Title")
    return Incident(
        ref=file.ref,
        title=title or file.name,
        kind=kind,
        severity=Severity.MAJOR if kind is Kind.INCIDENT else None,
        components=roster.affected(mentioned, notes),
        started=started,
        ended=_ended(file.state, started, until, notes),
        scheduled_for=started if kind is Kind.MAINTENANCE else None,
        scheduled_until=until if kind is Kind.MAINTENANCE else None,
        text=story,
        links=_links(fields.get("ticket", ""), notes),
        updates=updates if file.state == "resolved" else reopened(updates, kind, notes),
        source=f"fedora:{file.name}",
    )


def _split(text: str) -> tuple[dict[str, str], str]:
    """The `Key: value` lines up to the first other line; a fence around them, which Pelican takes too, is passed over."""
    lines = re.sub(r"\A\s*(?:---[ \t]*\n)?", "", text.replace("\r\n", "\n")).split("\n")
    fields: dict[str, str] = {}
    for at, line in enumerate(lines):
        match = _FIELD.fullmatch(line)
        if match is None:
            rest = lines[at:] if line.strip() not in {"---", "..."} else lines[at + 1 :]
            return fields, "\n".join(rest).strip()
        fields[match["key"].lower()] = match["value"].strip()
    return fields, ""


def _rst(text: str, notes: Notes) -> tuple[dict[str, str], str]:
    text = text.replace("\r\n", "\n")
    title = _RST_TITLE.match(text)
    fields = {"title": title["title"].strip()} if title else {}
    rest: list[str] = []
    for line in text[title.end() if title else 0 :].split("\n"):
        if (match := _RST_FIELD.fullmatch(line)) and not "".join(rest).strip():
            fields[match["key"].lower()] = match["value"].strip()
        else:
            rest.append(line)
    body = "\n".join(rest).strip()
    if body:
        notes.add("is reStructuredText", "its text is kept as it is, and shown as Markdown")
    return fields, body


def _started(fields: Mapping[str, str], name: str, notes: Notes) -> datetime | None:
    key = "OutageStart" if fields.get("outagestart") else "Date"
    typed, named = fields.get(key.lower(), ""), times.in_name(name)
    fallback = f"taken from the file's name: {named:%Y-%m-%d} 00:00 UTC" if named else "left out"
    if not typed:
        notes.add("there is no date", fallback, key=key)
    return times.read(typed, notes, key=key, otherwise=fallback) or named


def _until(fields: Mapping[str, str], started: datetime, notes: Notes) -> datetime | None:
    typed = fields.get("outagefinish", "")
    until = times.read(typed, notes, key="OutageFinish", otherwise="read as if it were empty")
    return times.closed(started, until, notes, key="OutageFinish") if until else None


def _ended(state: str, started: datetime, until: datetime | None, notes: Notes) -> datetime | None:
    if state != "resolved":
        return None
    if until is None:
        notes.add("resolved, and nobody said when", "its end is set to its start", key="OutageFinish")
    return until or started


def _links(ticket: str, notes: Notes) -> tuple[Link, ...]:
    if ticket.lower() in {"", "n/a", "none", "-"}:
        return ()
    if re.fullmatch(r"#?\d+", ticket):
        number = ticket.lstrip("#")
        return (Link(text=f"Ticket {number}", url=f"{_TRACKER}{number}"),)
    url = ticket if re.match(r"https?://", ticket) else f"https://{ticket}"
    if re.fullmatch(r"https?://[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", url):
        return (Link(text="Ticket", url=url),)
    notes.add(f"{shown(ticket)} is no ticket", "left out", key="Ticket", accepted="a number or an address")
    return ()
