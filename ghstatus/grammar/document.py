"""A file of the folder store ↔ an incident."""

from __future__ import annotations

import re
from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from ghstatus.grammar import body, fields, moment, recovery
from ghstatus.grammar.front import KEYS, Front, one_line
from ghstatus.grammar.words import shown
from ghstatus.model import Incident, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ghstatus.errors import Problem
    from ghstatus.grammar.names import Names
    from ghstatus.model import Affected, Link


class Reading(NamedTuple):
    """What a file says."""

    incident: Incident | None
    """None when not even its start can be told."""
    problems: tuple[Problem, ...]
    """In the order of their places."""
    extra: Mapping[str, fields.Value]
    """Keys that mean nothing to ghstatus, kept for `write`."""


def parse(text: str, *, where: str, ref: str, names: Names) -> Reading:
    """Read a file; what can't be read is a problem, and everything else counts."""
    matter = _matter(body.newlines(text.removeprefix("\ufeff")))
    front = Front(matter.values, matter.place, where=where, names=names)
    for path, fault in matter.faults:
        front.reporter(*path)(*fault)
    content = body.parse(matter.content, where=where, first_line=matter.first_line, names=names)
    incident = _incident(front, ref, content)
    extra = front.extra()
    problems = sorted((*front.problems, *content.problems), key=attrgetter("line", "column"))
    return Reading(incident, tuple(problems), extra)


_OPENING = re.compile(r"(?:[ \t]*\n)*-{3,}[ \t]*\n")
_CLOSING = re.compile(r"\n-{3,}[ \t]*(?=\n|\Z)")


class _Values(dict[str, fields.Value]):
    """Front matter that knows its places."""

    def __init__(self, found: fields.Fields) -> None:
        if not isinstance(found.value, dict):
            reason = "it has no keys"
            raise fields.FieldsError(reason, fields.Place(1, 1))
        super().__init__(found.value)
        self.found = found


class _Handler(YAMLHandler):
    """Front matter between lines of dashes, whose values stay text."""

    def split(self, text: str) -> tuple[str, str]:
        opening = _OPENING.match(text)
        closing = opening and _CLOSING.search(text, opening.end() - 1)
        if not opening or not closing:
            reason = "no front matter"
            raise ValueError(reason)
        return text[opening.end() : closing.start() + 1], text[closing.end() :]

    def load(self, fm: str, **_: object) -> _Values:
        return _Values(fields.read(fm))

    def export(self, metadata: dict[str, object], **_: object) -> str:
        text: str = yaml.dump(metadata, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
        return text.removesuffix("\n")


_HANDLER = _Handler()


def _matter(text: str) -> recovery.Matter:
    try:
        front, content = _HANDLER.split(text)
    except ValueError:
        return recovery.unfenced(text, known=KEYS)
    offset = text[: text.index("-")].count("\n") + 1
    try:
        values = _HANDLER.load(front)
    except fields.FieldsError as error:
        return recovery.broken(front, content, offset=offset, error=error, known=KEYS)

    def place(path: fields.Path) -> fields.Place:
        line, column = values.found.place(path)
        return fields.Place(line + offset, column)

    repeated = [(path, _REPEATED) for path, _ in values.found.repeated()]
    return recovery.Matter(values, place, content, offset + front.count("\n") + 1, repeated)


_REPEATED = ("it stands twice", "each key once", "its last value counts")


def _incident(front: Front, ref: str, content: body.Body) -> Incident | None:
    kind = front.kind()
    ended = front.time("ended", "ignored: it goes on until an update ends it")
    scheduled_for = front.time("scheduled_for", "ignored")
    guesses = _guesses(front, ref, content, (ended, scheduled_for))
    planned = scheduled_for if kind is Kind.MAINTENANCE else None
    started = _started(front, planned, guesses)
    if started is None:
        return None
    return Incident(
        ref=ref,
        title=_title(front, ref, content.text),
        started=started,
        number=front.number(),
        kind=kind,
        severity=front.severity(kind),
        components=front.components(),
        ended=_ended(front, ended, started),
        scheduled_for=scheduled_for,
        scheduled_until=_until(front, scheduled_for or started),
        text=content.text,
        affects=front.text("affects"),
        workaround=front.text("workaround"),
        eta=front.text("eta"),
        links=front.links(),
        false_alarm=front.false_alarm(),
        updates=content.updates,
        source=front.text("source"),
    )


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


def _ended(front: Front, ended: datetime | None, started: datetime) -> datetime | None:
    if ended is None or ended >= started:
        return ended
    seen = f"{moment.write(ended)} is before the start, {moment.write(started)}"
    front.reporter("ended")(seen, "a time after the start", "counted as ended at its start")
    return started


def _until(front: Front, start: datetime) -> datetime | None:
    until = front.time("scheduled_until", "ignored")
    if until is None or until >= start:
        return until
    seen = f"{moment.write(until)} is before the planned start, {moment.write(start)}"
    front.reporter("scheduled_until")(seen, "a time after scheduled_for", "ignored")
    return None


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


def write(incident: Incident, *, extra: Mapping[str, fields.Value] | None = None) -> str:
    """Write a file that `parse` reads as the same incident."""
    post = frontmatter.Post(body.write(incident.text, incident.updates), _HANDLER)
    post.metadata = {key: value for key, value in _metadata(incident) if value} | dict(extra or {})
    return f"{frontmatter.dumps(post)}\n"


def _metadata(incident: Incident) -> Iterator[tuple[str, object]]:
    planned = incident.kind is Kind.MAINTENANCE and incident.started == incident.scheduled_for
    yield "title", incident.title
    yield "number", str(incident.number or "")
    yield "kind", "" if incident.kind is Kind.INCIDENT else str(incident.kind)
    yield "severity", str(incident.severity or "")
    yield "components", _components(incident.components)
    yield "started", "" if planned else moment.write(incident.started)
    for key in ("ended", "scheduled_for", "scheduled_until"):
        at: datetime | None = getattr(incident, key)
        yield key, moment.write(at) if at else ""
    for key in ("affects", "workaround", "eta"):
        yield key, getattr(incident, key)
    yield "links", [_link(link) for link in incident.links]
    yield "false_alarm", incident.false_alarm
    yield "source", incident.source


def _components(components: tuple[Affected, ...]) -> object:
    if any(one.status for one in components):
        return {one.component: str(one.status) if one.status else None for one in components}
    return [one.component for one in components]


def _link(link: Link) -> object:
    return link.url if link.text == link.url else {"text": link.text, "url": link.url}


class _Dumper(yaml.SafeDumper):
    """Text as people type it: quoted only where it would be read as something else."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


# Everything is read back as text, except for what means nothing at all.
_Dumper.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
    for start, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_LINE_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if _LINE_BREAKS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_nothing(dumper: _Dumper, _: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(type(None), _represent_nothing)
