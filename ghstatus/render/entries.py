"""Incidents as feeds tell them: what was said about each, in the order of time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment, quoting
from ghstatus.model import Kind, Phase
from ghstatus.render import words
from ghstatus.render.incident_json import now_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ghstatus.model import ComponentStatus, Incident, Record, Story, Update

_OPENINGS = {Kind.INCIDENT: "Investigating", Kind.MAINTENANCE: "Scheduled", Kind.ANNOUNCEMENT: "Announced"}

_BEGUN = frozenset({Phase.IN_PROGRESS, Phase.VERIFYING, Phase.COMPLETED})


class Said(NamedTuple):
    """One update."""

    id: str
    """Within its incident; it stays while others come and go."""
    at: datetime | None
    """None where nobody said when: of a plan without updates only its window is known."""
    word: str
    """The phase that it tells, or what it is instead."""
    text: str
    """Markdown."""


class Entry(NamedTuple):
    """One incident, maintenance or announcement; equal ones look the same in a feed."""

    ref: str
    title: str
    kind: Kind
    status: ComponentStatus
    """The worst that it does now, or did."""
    phase: Phase | None
    components: tuple[str, ...]
    started: datetime
    said: tuple[Said, ...]
    """In the order of time, with a word about whatever only the clock moved on."""

    @property
    def published(self) -> datetime | None:
        """When it was first heard of; None where nobody said."""
        return self.said[0].at

    @property
    def updated(self) -> datetime:
        """When it was last heard of; of a plan without updates, when it begins."""
        return max((said.at for said in self.said if said.at), default=self.started)


def entry(story: Story, names: Mapping[str, str]) -> Entry:
    """Tell a story; `names` are the components', by id."""
    record = now_record(story)
    return Entry(
        ref=record.ref,
        title=record.title,
        kind=record.kind,
        status=record.status,
        phase=record.phase,
        components=record.components,
        started=record.started,
        said=tuple(_said(story, names)),
    )


def _said(story: Story, names: Mapping[str, str]) -> Iterator[Said]:
    record = story.record
    told = [Said(_name(one.at), one.at, _word(one), _text(one, names)) for one in story.told]
    told += _moved_on(story)
    told.sort(key=lambda one: one.at or record.started)
    times = [one.at for one in told if one.at]
    heard = min(times if record.phase is Phase.SCHEDULED else [record.started, *times], default=None)
    yield Said("first", heard, _OPENINGS[record.kind], _opening(story.incident, record))
    seen: Counter[str] = Counter()
    for one in told:
        seen[one.id] += 1
        yield one if seen[one.id] == 1 else one._replace(id=f"{one.id}.{seen[one.id]}")


def _moved_on(story: Story) -> Iterator[Said]:
    """Whatever no update says: what the clock did, and what somebody wrote as a fact."""
    record, phases = story.record, [one.phase for one in story.told if one.phase]
    if record.phase in _BEGUN and Phase.IN_PROGRESS not in phases:
        yield Said("begun", record.started, words.PHASES[Phase.IN_PROGRESS], "")
    if record.false_alarm:
        yield Said("over", record.ended, "False alarm", story.incident.false_alarm)
    elif record.ended and record.phase and not (phases and phases[-1].is_over):
        yield Said("over", record.ended, words.PHASES[record.phase], "")


def _name(at: datetime) -> str:
    """Updates have nothing else that stays."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _word(update: Update) -> str:
    return words.PHASES[update.phase] if update.phase else "Update"


def _text(update: Update, names: Mapping[str, str]) -> str:
    changes = [f"now {update.severity}"] if update.severity else []
    for one in update.components:
        name = quoting.plain(names.get(one.component, one.component))
        changes.append(f"{name}: {words.STATUSES[one.status].lower()}" if one.status else name)
    return "\n\n".join(filter(None, [update.text, f"({'; '.join(changes)})" if changes else ""]))


def _opening(incident: Incident, record: Record) -> str:
    facts = {
        "Planned for": _window(incident) if record.kind is Kind.MAINTENANCE else "",
        "Who is affected": incident.affects,
        "What to do meanwhile": incident.workaround,
        "When a fix is expected": incident.eta if record.ended is None else "",
    }
    paragraphs = [incident.text or quoting.plain(incident.title)]
    paragraphs += [f"**{name}:**{_apart(text)}{text}" for name, text in facts.items() if text]
    return "\n\n".join(paragraphs)


def _apart(text: str) -> str:
    """What may be a list or code begins a paragraph of its own."""
    return "\n\n" if "\n" in text else " "


def _window(incident: Incident) -> str:
    start, until = incident.scheduled_for or incident.started, incident.scheduled_until
    return f"{moment.write(start)} until {moment.write(until)}" if until else moment.write(start)
