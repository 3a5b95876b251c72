"""How a team does with an incident, in the one comment that is kept true: facts, roles, tasks, what happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment, ticks
from ghstatus.grammar.quoting import clipped, line, linked, plain, reference
from ghstatus.grammar.sentences import capital, several
from ghstatus.model import PHASES, ComponentStatus, Kind, Role
from ghstatus.saying.room import fitted
from ghstatus.saying.words import login, mention, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ghstatus.model import Response, Story, Update

_MOST_STEPS = 100
_LONGEST = 160
_ROLES = {Role.LEAD: "Lead", Role.COMMS: "Communications", Role.OPS: "Operations"}


class Facts(NamedTuple):
    """What an incident itself doesn't tell."""

    address: str
    """Where users see it; empty when nobody said."""
    names: Mapping[str, str]
    """The components' names, by id."""
    declared: datetime
    author: str
    on_duty: str = ""
    """A login; empty for nobody."""
    due: datetime | None = None
    """When users should hear the next time."""
    snoozed_until: datetime | None = None
    """Until when nobody is reminded; None when that has passed, or nobody asked for it."""


class _Step(NamedTuple):
    at: datetime
    words: str


def state(story: Story, facts: Facts) -> str:
    """The whole comment: absolute times only, so that it changes when a fact does."""
    kind, response = story.record.kind, story.incident.response
    where = f"This {kind.value} is on the status page: {facts.address}" if facts.address else ""
    parts = (
        where,
        _table(("What", "How it is"), _facts(story, facts)),
        _section("Tasks", [ticks.write(task) for task in response.tasks]),
        _section("What happened", _steps(story, facts)),
        _how(kind),
    )
    return fitted("\n\n".join(part for part in parts if part))


def _facts(story: Story, facts: Facts) -> Iterator[tuple[str, str]]:
    record, incident = story.record, story.incident
    if record.phase:
        yield "State", capital(said(record.phase))
    if record.kind is Kind.INCIDENT:
        yield "Severity", story.severity.value if story.severity else "not said, counted as major"
    yield "Components", several([_component(one, story, facts) for one in record.components]) or "none"
    yield from _window(story)
    if incident.eta and record.ended is None:
        yield "Fix expected", plain(clipped(line(incident.eta), _LONGEST))
    if facts.due and record.ended is None:
        yield "Next update due", moment.minute(facts.due)
    yield from _people(incident.response, facts)
    if facts.snoozed_until and record.ended is None:
        yield "No reminders before", moment.minute(facts.snoozed_until)
    if record.duplicate_of is not None:
        yield "Duplicate of", _other(record.duplicate_of)
    elif incident.false_alarm:
        yield "Called off", plain(clipped(line(incident.false_alarm), _LONGEST))


def _other(ref: str) -> str:
    return reference(ref) if ref else "an incident that nobody named"


def _window(story: Story) -> Iterator[tuple[str, str]]:
    incident = story.incident
    if story.record.kind is Kind.MAINTENANCE:
        until = incident.scheduled_until
        start = moment.minute(incident.scheduled_for or incident.started)
        yield "Window", f"{start} to {moment.minute(until)}" if until else f"from {start}"


def _people(response: Response, facts: Facts) -> Iterator[tuple[str, str]]:
    """Whoever leads, and whoever is on duty, is mentioned: GitHub tells them once, however often this is edited."""
    lead = response.holder(Role.LEAD)
    if lead or any(one.role is Role.LEAD for one in response.roles):
        yield "Lead", mention(lead) if lead else "nobody"
    for role in (Role.COMMS, Role.OPS):
        if found := response.holder(role) or lead:
            yield _ROLES[role], login(found)
    if facts.on_duty:
        yield "On duty", mention(facts.on_duty)
    if response.call:
        shown = plain(clipped(line(response.call), _LONGEST))
        yield "Call", linked(shown, response.call)


def _component(ident: str, story: Story, facts: Facts) -> str:
    name = plain(facts.names.get(ident, ident))
    hit = [span.status for span in story.record.spans if span.component == ident and span.end is None]
    return f"{name} ({said(hit[-1])})" if hit and hit[-1] is not ComponentStatus.OPERATIONAL else name


def _steps(story: Story, facts: Facts) -> list[str]:
    steps = sorted(_happened(story, facts), key=lambda step: step.at)
    left_out = len(steps) - _MOST_STEPS
    shown = [(moment.minute(step.at), step.words) for step in steps[max(0, left_out) :]]
    more = [("before", f"{left_out:,} more")] if left_out > 0 else []
    return [_table(("When", "What"), [*more, *shown])] if shown else []


def _happened(story: Story, facts: Facts) -> Iterator[_Step]:
    incident, response, ended = story.incident, story.incident.response, story.record.ended
    if incident.kind is Kind.INCIDENT:
        yield _Step(incident.started, "It began")
    if response.detected:
        by = f" by {response.detector.value}" if response.detector else ""
        yield _Step(response.detected, f"Noticed{by}")
    declared = response.declared or facts.declared
    word = "Declared" if incident.kind is Kind.INCIDENT else "Written down"
    yield _Step(declared, f"{word} by {login(facts.author)}" if facts.author else word)
    for one in response.roles:
        yield _Step(one.at, f"{_ROLES[one.role]}: {login(one.person) if one.person else 'nobody'}")
    for update in story.told:
        yield _Step(update.at, _told(update, facts))
    if ended and not any(update.at == ended and update.phase for update in story.told):
        yield _Step(ended, "It was over")


def _told(update: Update, facts: Facts) -> str:
    """The first line of an update, behind what it changed."""
    hit = [
        f"{plain(facts.names.get(one.component, one.component))} {said(one.status) if one.status else 'hit'}"
        for one in update.components
    ]
    changed = [
        capital(said(update.phase)) if update.phase else "",
        f"severity {update.severity.value}" if update.severity else "",
        *hit,
    ]
    lines = map(line, update.text.splitlines())
    first = next((words for words in lines if words and not words.startswith(("```", "~~~"))), "")
    head = ", ".join(filter(None, changed)) or "Update"
    return f"{head}: {plain(clipped(first, _LONGEST))}" if first else head


def _how(kind: Kind) -> str:
    phases = several([f"`/{said(phase).replace(' ', '-')}`" for phase in PHASES[kind][1:]], 9, "or")
    after = {
        Kind.INCIDENT: "Closing the issue resolves it.",
        Kind.MAINTENANCE: "It starts and ends by its window.",
    }
    told = f"Comments by maintainers become updates; {phases} in front say how far it is, and `/help` tells what else."
    return f"<sub>Kept by ghstatus. {told} {after.get(kind, '')}</sub>"


def _section(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([f"### {heading}", "", *lines]) if lines else ""


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"| {head[0]} | {head[1]} |", "|---|---|", *(f"| {name} | {what} |" for name, what in rows)])
