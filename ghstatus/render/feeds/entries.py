"""Incidents as feeds tell them: what was said about each, in the order of time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ghstatus.grammar import moment, quoting
from ghstatus.model import Kind, Phase
from ghstatus.render.programs.incident_json import now_record
from ghstatus.render.text import words
from ghstatus.render.text.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ghstatus.model import ComponentStatus, Incident, Record, Story, Update
    from ghstatus.render.text.language import Language

_BEGUN = frozenset({Phase.IN_PROGRESS, Phase.VERIFYING, Phase.COMPLETED})


class Said(NamedTuple):
    """One update."""

    id: str
    """Within its incident; it stays while others come and go."""
    at: datetime | None
    """None where nobody said when: of a plan in a file, without updates, only its window is known."""
    word: str
    """The phase that it tells, or what it is instead."""
    text: str
    """Markdown."""
    number: int = 0
    """Of the update on the incident's page; 0 where nobody wrote one."""


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


def entry(story: Story, names: Mapping[str, str], language: Language = ENGLISH, home: str = "") -> Entry:
    """Tell a story; `names` are the components', by id, and `home` is the site's address, where that is known."""
    record = now_record(story)
    return Entry(
        ref=record.ref,
        title=record.title,
        kind=record.kind,
        status=record.status,
        phase=record.phase,
        components=record.components,
        started=record.started,
        said=tuple(_said(story, names, language, home)),
    )


def _said(story: Story, names: Mapping[str, str], language: Language, home: str) -> Iterator[Said]:
    record = story.record
    told = [
        Said(_name(one.at), one.at, words.update(one, language), _text(one, names, language), number)
        for number, one in enumerate(story.told, start=1)
    ]
    told += _moved_on(story, language, home)
    told.sort(key=lambda one: one.at or record.started)
    declared = story.incident.response.declared if record.kind is Kind.MAINTENANCE else None
    times = [at for at in (declared, *(one.at for one in told)) if at]
    heard = min(times if record.phase is Phase.SCHEDULED else [record.started, *times], default=None)
    yield Said("first", heard, _first(record.kind, language), _opening(story.incident, record, language))
    seen: Counter[str] = Counter()
    telling = {0, *(number for number, _ in story.telling)}
    for one in told:
        seen[one.id] += 1
        if one.number not in telling:
            continue  # it keeps the names of the others as they are
        yield one if seen[one.id] == 1 else one._replace(id=f"{one.id}.{seen[one.id]}")


def _first(kind: Kind, language: Language) -> str:
    said = words.capital(language)
    openings = {Kind.INCIDENT: said.phases[Phase.INVESTIGATING], Kind.MAINTENANCE: said.phases[Phase.SCHEDULED]}
    return openings.get(kind) or language.gettext("Announced")


def _moved_on(story: Story, language: Language, home: str) -> Iterator[Said]:
    """Whatever no update says: what the clock did, and what somebody wrote as a fact."""
    said = words.capital(language)
    record, phases = story.record, [one.phase for one in story.told if one.phase]
    if record.phase in _BEGUN and Phase.IN_PROGRESS not in phases:
        yield Said("begun", record.started, said.phases[Phase.IN_PROGRESS], "")
    if record.duplicate_of is not None:
        yield Said("over", record.ended, said.duplicate(""), _told_there(record.duplicate_of, language, home))
    elif record.false_alarm:
        yield Said("over", record.ended, said.false_alarm, story.incident.false_alarm)
    elif record.ended and record.phase and not (phases and phases[-1].is_over):
        yield Said("over", record.ended, said.phases[record.phase], "")


def _told_there(ref: str, language: Language, home: str) -> str:
    """Where the other incident is told; a feed without an address of its own can't lead there."""
    name = quoting.reference(ref)
    there = f"[{name}]({home}incidents/{quote(ref)}/)" if home else name
    return f"{words.capital(language).duplicate(there)}." if ref else ""


def _name(at: datetime) -> str:
    """Updates have nothing else that stays."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(update: Update, names: Mapping[str, str], language: Language) -> str:
    changes = [words.turn(update.severity, language)] if update.severity else []
    for one in update.components:
        name = quoting.plain(names.get(one.component, one.component))
        changes.append(f"{name}: {words.within(language).statuses[one.status]}" if one.status else name)
    return "\n\n".join(filter(None, [update.text, f"({'; '.join(changes)})" if changes else ""]))


def _opening(incident: Incident, record: Record, language: Language) -> str:
    _ = language.gettext
    facts = {
        _("Planned for"): _window(incident, language) if record.kind is Kind.MAINTENANCE else "",
        _("Who is affected"): incident.affects,
        _("What to do meanwhile"): incident.workaround,
        _("When a fix is expected"): incident.eta if record.ended is None else "",
    }
    paragraphs = [incident.text or quoting.plain(incident.title)]
    paragraphs += [f"**{name}:**{_apart(text)}{text}" for name, text in facts.items() if text]
    return "\n\n".join(paragraphs)


def _apart(text: str) -> str:
    """What may be a list or code begins a paragraph of its own."""
    return "\n\n" if "\n" in text else " "


def _window(incident: Incident, language: Language) -> str:
    start, until = moment.write(incident.scheduled_for or incident.started), incident.scheduled_until
    return language.gettext("%(moment)s until %(until)s", moment=start, until=moment.write(until)) if until else start
