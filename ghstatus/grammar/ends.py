"""How an incident ends by a command, is called off, and goes on: the same on an issue and in a file."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from ghstatus.grammar import moment
from ghstatus.grammar.asking import MisfitError, past
from ghstatus.model import Incident, Kind, Phase, Update

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ghstatus.grammar.asking import Saying, Value


def placed(incident: Incident, *updates: Update) -> Incident:
    """`incident` with more updates, each in its place."""
    return replace(incident, updates=tuple(sorted((*incident.updates, *updates), key=attrgetter("at"))))


def going_on(incident: Incident, phase: Phase | None, at: datetime) -> Incident:
    """An incident that was over and isn't any more, because somebody tells how far along it is at a time after that.

    When it was over stays told.
    """
    if phase is None or phase.is_over:
        return incident
    if incident.is_void:
        return _again(incident)
    if incident.ended is None or at < incident.ended:
        return incident
    *before, _ = reopened(incident, at)
    return placed(_again(incident), *before)


def reopened(incident: Incident, at: datetime, text: str = "") -> tuple[Update, ...]:
    """What tells that it goes on from a time on: the end before that, where no update tells it, and the new beginning.

    Raises MisfitError when it isn't over then.
    """
    told = _phases(incident, at)
    is_told = bool(told) and told[-1].is_over
    ended = incident.ended if incident.ended and incident.ended <= at else _end_of_window(incident, at)
    if not (is_told or ended or incident.is_void):
        raise MisfitError("`/reopen`: it goes on", "`/reopen` of what is over")
    before = [phase for phase in told if not phase.is_over]
    again = Update(at=at, phase=before[-1] if before else _first(incident, at), text=text)
    if is_told or incident.is_void or ended is None:
        return (again,)
    return Update(at=ended, phase=_last(incident)), again


def is_over(incident: Incident, at: datetime) -> bool:
    """Whether somebody said before a time that it is over, or none."""
    told = _phases(incident, at)
    return incident.is_void or bool(told and told[-1].is_over) or bool(incident.ended and incident.ended <= at)


def _phases(incident: Incident, at: datetime) -> list[Phase]:
    return [update.phase for update in incident.updates if update.phase and update.at <= at]


def _again(incident: Incident) -> Incident:
    return replace(incident, ended=None, false_alarm="", duplicate_of=None)


def _reopened(incident: Incident, value: Value, saying: Saying) -> Incident:
    return placed(_again(incident), *reopened(incident, saying.at, value.text))


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


def _ended(incident: Incident, value: Value, saying: Saying) -> Incident:
    ended = value.time or saying.at
    if ended < incident.started:
        seen = f"`/ended`: {moment.write(ended)} is before the start, {moment.write(incident.started)}"
        raise MisfitError(seen, "a time after the start")
    if incident.kind is not Kind.ANNOUNCEMENT:  # which hits nothing, and may say until when it stands
        past(ended, saying.at, "ended")
    return replace(incident, ended=ended)


def _called_off(incident: Incident, value: Value, saying: Saying) -> Incident:
    if not value.text:
        raise MisfitError("`/false-alarm` needs a reason", "`/false-alarm REASON`")
    return replace(_off(incident, saying), false_alarm=value.text, duplicate_of=None)


def _told_elsewhere(incident: Incident, value: Value, saying: Saying) -> Incident:
    if value.text in {incident.ref, str(incident.number)}:
        raise MisfitError("`/duplicate`: that is this incident itself", "another incident")
    return replace(_off(incident, saying), false_alarm="", duplicate_of=value.text)


def _off(incident: Incident, saying: Saying) -> Incident:
    """An incident that is over with what is said, unless it was before."""
    told = [update.phase for update in incident.updates if update.phase]
    is_over = bool(told) and told[-1].is_over
    ended = incident.ended or (None if is_over else max(saying.at, incident.started))
    return replace(incident, ended=ended)


DEEDS: dict[str, Callable[[Incident, Value, Saying], Incident]] = {
    "reopen": _reopened,
    "ended": _ended,
    "false-alarm": _called_off,
    "duplicate": _told_elsewhere,
}
"""What a verb makes of an incident."""
