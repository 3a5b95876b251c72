"""What an incident becomes by a command: the same on an issue, where comments are its history, and in a file."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment, verbs
from ghstatus.grammar.asking import MisfitError
from ghstatus.model import Assignment, ComponentStatus, Incident, Kind, Link, Phase, Role, Task, Update

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ghstatus.grammar.orders import Command
    from ghstatus.model import Affected, Response


class Saying(NamedTuple):
    """When a command was said, and by whom."""

    at: datetime
    by: str = ""


def carried_out(incident: Incident, command: Command, saying: Saying) -> Incident:
    """What becomes of `incident` by `command`; raises MisfitError when that can't be.

    What only asks for something changes nothing.
    """
    deed = _DEEDS.get(command.verb.name)
    if deed:
        return deed(incident, command, saying)
    return _told(incident, command, saying) if command.verb.is_public else incident


def _told(incident: Incident, command: Command, saying: Saying) -> Incident:
    value = command.value
    phase = verbs.phase(command.verb, incident.kind)
    update = Update(
        at=value.time or saying.at,
        text=value.text,
        phase=phase,
        severity=value.severity,
        components=value.components,
    )
    return updated(_going_on(incident, phase), update)


def updated(incident: Incident, update: Update) -> Incident:
    """`incident` with one more update.

    What says first how bad it is, or what it hits, says what was so from the start: it is named late, and broke before.
    """
    is_first = incident.severity is None and not any(one.severity for one in incident.updates)
    severity = update.severity if is_first and incident.kind is Kind.INCIDENT else incident.severity
    components = incident.components
    if not (components or any(map(hits, incident.updates))):
        components = hits(update)
    return _with(replace(incident, severity=severity, components=components), update)


def hits(update: Update) -> tuple[Affected, ...]:
    """The components of which an update says that something is wrong with them."""
    return tuple(one for one in update.components if one.status is not ComponentStatus.OPERATIONAL)


def _with(incident: Incident, *updates: Update) -> Incident:
    """`incident` with updates in their places."""
    return replace(incident, updates=tuple(sorted((*incident.updates, *updates), key=attrgetter("at"))))


def _going_on(incident: Incident, phase: Phase | None) -> Incident:
    """An incident that was called off and isn't any more, because somebody tells how far along it is."""
    if phase is None or phase.is_over or not incident.is_void:
        return incident
    return replace(incident, ended=None, false_alarm="", duplicate_of=None)


def reopened(incident: Incident, at: datetime, text: str = "") -> tuple[Update, ...]:
    """What tells that it goes on from a time on: the end before that, where no update tells it, and the new beginning.

    Raises MisfitError when it isn't over then.
    """
    told = [update.phase for update in incident.updates if update.phase and update.at <= at]
    is_told = bool(told) and told[-1].is_over
    ended = incident.ended if incident.ended and incident.ended <= at else _end_of_window(incident, at)
    if not (is_told or ended or incident.is_void):
        raise MisfitError("`/reopen`: it goes on", "`/reopen` of what is over")
    before = [phase for phase in told if not phase.is_over]
    again = Update(at=at, phase=before[-1] if before else _first(incident, at), text=text)
    if is_told or incident.is_void or ended is None:
        return (again,)
    return Update(at=ended, phase=_last(incident)), again


def _reopened(incident: Incident, command: Command, saying: Saying) -> Incident:
    updates = reopened(incident, saying.at, command.value.text)
    return _with(replace(incident, ended=None, false_alarm="", duplicate_of=None), *updates)


def _end_of_window(incident: Incident, at: datetime) -> datetime | None:
    until = incident.scheduled_until
    is_past = incident.kind is Kind.MAINTENANCE and until is not None and until <= at
    return until if is_past else None


def _first(incident: Incident, at: datetime) -> Phase:
    if incident.kind is Kind.INCIDENT:
        return Phase.INVESTIGATING
    return Phase.SCHEDULED if at < incident.started else Phase.IN_PROGRESS


def _last(incident: Incident) -> Phase:
    return Phase.RESOLVED if incident.kind is Kind.INCIDENT else Phase.COMPLETED


def _expected(incident: Incident, command: Command, _: Saying) -> Incident:
    return replace(incident, eta=command.value.text)


def _affecting(incident: Incident, command: Command, _: Saying) -> Incident:
    return replace(incident, affects=command.value.text)


def _worked_around(incident: Incident, command: Command, _: Saying) -> Incident:
    return replace(incident, workaround=command.value.text)


def _started(incident: Incident, command: Command, _: Saying) -> Incident:
    started = command.value.time or incident.started
    if incident.ended and started > incident.ended:
        seen = f"`/started`: {moment.write(started)} is after the end, {moment.write(incident.ended)}"
        raise MisfitError(seen, "a time before the end")
    return replace(incident, started=started)


def _ended(incident: Incident, command: Command, _: Saying) -> Incident:
    ended = command.value.time or incident.ended
    if ended and ended < incident.started:
        seen = f"`/ended`: {moment.write(ended)} is before the start, {moment.write(incident.started)}"
        raise MisfitError(seen, "a time after the start")
    return replace(incident, ended=ended)


def _extended(incident: Incident, command: Command, saying: Saying) -> Incident:
    span = command.value.span
    try:
        until = (incident.scheduled_until or saying.at) + span if span is not None else command.value.time
    except OverflowError:
        until = None
    start = incident.scheduled_for or incident.started
    if until is None or until < start:
        raise MisfitError("`/extend`: that is no end of this maintenance", f"a time after {moment.write(start)}")
    return replace(incident, scheduled_until=until)


def _linked(incident: Incident, command: Command, _: Saying) -> Incident:
    value = command.value
    link = Link(text=value.label or value.text, url=value.text)
    others = tuple(one for one in incident.links if one.url != link.url)
    if not link.url:
        raise MisfitError("`/upstream`: no address is given", "`/upstream URL`")
    return replace(incident, links=(*others, link))


def _called_off(incident: Incident, command: Command, saying: Saying) -> Incident:
    if not command.value.text:
        raise MisfitError("`/false-alarm` needs a reason", "`/false-alarm REASON`")
    return replace(_off(incident, saying), false_alarm=command.value.text, duplicate_of=None)


def _told_elsewhere(incident: Incident, command: Command, saying: Saying) -> Incident:
    ref = command.value.text
    if ref in {incident.ref, str(incident.number)}:
        raise MisfitError("`/duplicate`: that is this incident itself", "another incident")
    return replace(_off(incident, saying), false_alarm="", duplicate_of=ref)


def _off(incident: Incident, saying: Saying) -> Incident:
    """An incident that is over with what is said, unless it was before."""
    told = [update.phase for update in incident.updates if update.phase]
    is_over = bool(told) and told[-1].is_over
    ended = incident.ended or (None if is_over else max(saying.at, incident.started))
    return replace(incident, ended=ended)


def _detected(incident: Incident, command: Command, _: Saying) -> Incident:
    value, response = command.value, incident.response
    return _responding(
        incident,
        replace(response, detected=value.time or response.detected, detector=value.detector or response.detector),
    )


def _taken(incident: Incident, command: Command, saying: Saying) -> Incident:
    role, roles = Role(command.verb.name), incident.response.roles
    if incident.response.holder(role).casefold() == command.value.person.casefold():
        return incident
    assignment = Assignment(saying.at, role, command.value.person, saying.by)
    told = tuple(sorted((*roles, assignment), key=attrgetter("at")))
    return _responding(incident, replace(incident.response, roles=told))


def _met(incident: Incident, command: Command, saying: Saying) -> Incident:
    call, response = command.value.text, incident.response
    called = response.called or (saying.at if call else None)
    return _responding(incident, replace(response, call=call, called=called))


def _noted(incident: Incident, command: Command, saying: Saying) -> Incident:
    tasks, value = incident.response.tasks, command.value
    number = max(value.number, tasks[-1].number + 1 if tasks else 1)
    task = Task(number, value.text, saying.at, saying.by, value.person)
    return _responding(incident, replace(incident.response, tasks=(*tasks, task)))


def _done(incident: Incident, command: Command, saying: Saying) -> Incident:
    tasks, number = incident.response.tasks, command.value.number
    if all(one.number != number for one in tasks):
        accepted = f"a number from {tasks[0].number} to {tasks[-1].number}" if tasks else "`/task TEXT` before it"
        raise MisfitError(f"`/done`: there is no task {number}", accepted)
    done = tuple(
        one._replace(done_at=saying.at) if one.number == number and one.done_at is None else one for one in tasks
    )
    return _responding(incident, replace(incident.response, tasks=done))


def _snoozed(incident: Incident, command: Command, _: Saying) -> Incident:
    return _responding(incident, replace(incident.response, snoozed_until=command.value.time))


def _responding(incident: Incident, response: Response) -> Incident:
    return replace(incident, response=response)


_DEEDS: dict[str, Callable[[Incident, Command, Saying], Incident]] = {
    "reopen": _reopened,
    "eta": _expected,
    "started": _started,
    "ended": _ended,
    "detected": _detected,
    "extend": _extended,
    "affects": _affecting,
    "alternatives": _worked_around,
    "upstream": _linked,
    "lead": _taken,
    "comms": _taken,
    "ops": _taken,
    "call": _met,
    "task": _noted,
    "done": _done,
    "false-alarm": _called_off,
    "duplicate": _told_elsewhere,
    "snooze": _snoozed,
}
