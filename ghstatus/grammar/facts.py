"""An incident's facts as keys and values, and its times held against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.grammar import moment, responses, scope
from ghstatus.grammar.front import duplicate
from ghstatus.model import Kind

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
        eta=front.text("eta"),
        links=front.links(),
        scope=scope.read(front),
        source=front.text("source"),
        response=responses.read(front),
    )


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
    yield "started", "" if planned else moment.write(incident.started)
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
