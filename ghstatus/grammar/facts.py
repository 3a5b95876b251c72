"""An incident's facts as keys and values, and its times held against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import clock, moment, responses, scope
from ghstatus.grammar.front import duplicate
from ghstatus.model import Kind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.grammar.front import Front
    from ghstatus.model import Affected, Incident, Link, Update


def told(front: Front, incident: Incident) -> Incident:
    """`incident` with those facts that only the keys tell, wherever they stand."""
    return replace(
        incident,
        affects=front.text("affects"),
        workaround=front.text("workaround"),
        eta=_expected(front),
        links=front.links(),
        scope=scope.read(front),
        source=front.text("source"),
        response=responses.read(front),
    )


def _expected(front: Front) -> str:
    """When a fix is expected; what only looks like a time passes without anybody being reminded."""
    text = front.text("eta")
    fault = front.moment("eta")[1] if clock.is_meant(text) else ""
    if fault:
        front.reporter("eta")(fault, f"{moment.ACCEPTED}, or words", "shown as it stands, and nobody is reminded of it")
    return text


class Start(NamedTuple):
    """When an issue's incident begins, by its keys."""

    started: datetime
    planned: datetime | None
    is_unknown: bool
    """Whether nothing tells when a maintenance begins, and `started` is only a guess."""


def start(front: Front, kind: Kind, opened: datetime, *, is_needed: bool) -> Start:
    """When it began or will; what says neither began when its issue was opened.

    But a maintenance of which nobody can read when it begins hasn't; nor has, where that `is_needed`, one that says
    nothing of it. What is wrong about that is told by `dated`.
    """
    if kind is not Kind.MAINTENANCE:
        planned = front.time("scheduled_for", "ignored")
        return Start(front.time("started", f"counted as started {moment.write(opened)}") or opened, planned, False)
    (planned, misread), (started, wrong) = front.moment("scheduled_for"), front.moment("started")
    return Start(
        started or planned or opened, planned, not (started or planned) and bool(is_needed or misread or wrong)
    )


def dated(front: Front, incident: Incident) -> Incident:
    """A maintenance as it was begun by whoever told first how far it is, where nothing else says when it begins."""
    if incident.kind is not Kind.MAINTENANCE:
        return incident
    told = [update for update in incident.updates if update.phase and update.phase is not Phase.SCHEDULED]
    is_known = bool(told) or bool(incident.ended) or incident.is_void or not incident.is_undated
    if incident.is_undated and is_known:
        begun = next((one.at for one in told if one.phase is not Phase.COMPLETED), incident.started)
        incident = replace(incident, started=begun, is_undated=False)
    outcome = f"counted as started {moment.write(incident.started)}" if is_known else _NOBODY_KNOWS
    faults = {key: fault for key in ("scheduled_for", "started") if (fault := front.moment(key)[1])}
    if not (is_known or faults):
        faults = {"scheduled_for": "nothing says when the maintenance starts"}
    for key, fault in faults.items():
        front.reporter(key)(fault, _STARTS if key == "scheduled_for" else moment.ACCEPTED, outcome)
    return incident


_STARTS = f"below `### Start of the maintenance`, {moment.ACCEPTED}"
_NOBODY_KNOWS = "not shown before it says when, or somebody says `/start`; what it hits is unknown"


def said_end(front: Front) -> datetime | None:
    """The end that is written."""
    return front.time("ended", "ignored: it goes on until an update ends it")


def end(
    front: Front, ended: datetime | None, started: datetime, kind: Kind, updates: Iterable[Update]
) -> datetime | None:
    """When it ended, given the end that is written; never before its start."""
    if ended is None and kind is Kind.INCIDENT:
        told = [update.at for update in updates if update.phase and update.phase.is_over]
        if told and told[0] < started:
            seen = f"an update ends it at {moment.write(told[0])}, before the start, {moment.write(started)}"
            front.reporter("started")(seen, "a start before every end", "counted as ended at its start")
    if ended is None or ended >= started:
        return ended
    seen = f"{moment.write(ended)} is before the start, {moment.write(started)}"
    front.reporter("ended")(seen, "a time after the start", "counted as ended at its start")
    return started


def until(front: Front, start: datetime) -> datetime | None:
    """When the window of a maintenance ends; never before it starts."""
    found = front.time("scheduled_until", "ignored")
    if found is None or found >= start:
        return found
    seen = f"{moment.write(found)} is before the planned start, {moment.write(start)}"
    front.reporter("scheduled_until")(seen, "a time after scheduled_for", "ignored")
    return None


def written(incident: Incident) -> dict[str, object]:
    """The facts that its issue's title, number, labels and text don't tell, as YAML takes them."""
    return {key: value for key, value in _written(incident) if value}


def _written(incident: Incident) -> Iterator[tuple[str, object]]:
    planned = incident.kind is Kind.MAINTENANCE and incident.started == incident.scheduled_for
    yield "severity", str(incident.severity or "")
    yield "components", components(incident.components)
    yield "started", "" if planned or incident.is_undated else moment.write(incident.started)
    for key in ("ended", "scheduled_for", "scheduled_until"):
        at: datetime | None = getattr(incident, key)
        yield key, moment.write(at) if at else ""
    for key in ("affects", "workaround", "eta"):
        yield key, getattr(incident, key)
    yield "links", [link(one) for one in incident.links]
    yield from scope.written(incident.scope)
    yield "false_alarm", incident.false_alarm
    yield "duplicate_of", duplicate(incident.duplicate_of)
    yield "source", incident.source
    yield responses.KEY, responses.written(incident.response)


def components(affected: tuple[Affected, ...]) -> object:
    """Components as a list, or with their statuses."""
    if any(one.status for one in affected):
        return {one.component: str(one.status) if one.status else None for one in affected}
    return [one.component for one in affected]


def link(one: Link) -> object:
    """A link as its address, or with its words."""
    return one.url if one.text == one.url else {"text": one.text, "url": one.url}
