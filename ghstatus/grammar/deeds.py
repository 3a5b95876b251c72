"""What an incident becomes by a command: the same on an issue, where comments are its history, and in a file."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from ghstatus.grammar import ends, moment, verbs
from ghstatus.grammar.asking import MisfitError, past
from ghstatus.model import Assignment, ComponentStatus, Incident, Kind, Link, Role, Task, Update

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghstatus.grammar.asking import Saying
    from ghstatus.grammar.orders import Command
    from ghstatus.model import Affected, Response


def carried_out(incident: Incident, command: Command, saying: Saying) -> Incident:
    """What becomes of `incident` by `command`; raises MisfitError when that can't be.

    What only asks for something changes nothing.
    """
    name = command.verb.name
    if name in ends.DEEDS:
        return ends.DEEDS[name](incident, command.value, saying)
    if name in _DEEDS:
        return _DEEDS[name](incident, command, saying)
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
    known = {*incident.components, *(one for told in incident.updates for one in told.components)}
    if known and not known.issuperset(hits(update)) and ends.is_over(incident, update.at):
        raise MisfitError(
            f"`/{command.verb.name}`: it is over, so nothing is hit any more", "`/reopen` before it, or `/identified`"
        )  # what is named late for the first time counts from the start
    return updated(ends.going_on(incident, phase, update.at), update)


def updated(incident: Incident, update: Update) -> Incident:
    """`incident` with one more update.

    What says first how bad it is, or what it hits, says what was so from the start: it is named late, and broke before.
    """
    is_first = incident.severity is None and not any(one.severity for one in incident.updates)
    severity = update.severity if is_first and incident.kind is Kind.INCIDENT else incident.severity
    components = incident.components
    if not (components or any(map(hits, incident.updates))):
        components = hits(update)
    return ends.placed(replace(incident, severity=severity, components=components), update)


def hits(update: Update) -> tuple[Affected, ...]:
    """The components of which an update says that something is wrong with them."""
    return tuple(one for one in update.components if one.status is not ComponentStatus.OPERATIONAL)


def _expected(incident: Incident, command: Command, _: Saying) -> Incident:
    return replace(incident, eta=command.value.text)


def _affecting(incident: Incident, command: Command, _: Saying) -> Incident:
    return replace(incident, affects=command.value.text)


def _worked_around(incident: Incident, command: Command, _: Saying) -> Incident:
    return replace(incident, workaround=command.value.text)


def _started(incident: Incident, command: Command, saying: Saying) -> Incident:
    started = command.value.time or incident.started
    if incident.kind is Kind.INCIDENT:  # a maintenance may be put off
        past(started, saying.at, "started")
    if incident.ended and started > incident.ended:
        seen = f"`/started`: {moment.write(started)} is after the end, {moment.write(incident.ended)}"
        raise MisfitError(seen, "a time before the end")
    return replace(incident, started=started)


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


def _detected(incident: Incident, command: Command, saying: Saying) -> Incident:
    value, response = command.value, incident.response
    past(value.time or saying.at, saying.at, "detected")
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
    "eta": _expected,
    "started": _started,
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
    "snooze": _snoozed,
}
