"""Made-up incidents in every state: what messages are tried on before the day on which they matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ghstatus.model import (
    PHASES,
    Assignment,
    ComponentStatus,
    Incident,
    Kind,
    Link,
    Phase,
    Record,
    Response,
    Role,
    Story,
    Task,
    Update,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Site

_WORDS = "It is slow."


def stories(site: Site, now: datetime) -> Iterator[Story]:
    """Each state twice: once with everything said that can be said, once with nothing but a title."""
    hit = tuple(component.id for component in site.components)
    for kind, phases in PHASES.items():
        for phase in phases or (None,):
            yield _story(_full(kind, now), phase, hit, now)
            yield _story(Incident(ref="1", title=_WORDS, kind=kind, started=now), phase, (), now)
    yield _story(Incident(ref="1", title=_WORDS, started=now, false_alarm=_WORDS), Phase.RESOLVED, (), now)
    for other in ("2", ""):
        yield _story(Incident(ref="1", title=_WORDS, started=now, duplicate_of=other), Phase.RESOLVED, (), now)


def _full(kind: Kind, now: datetime) -> Incident:
    return Incident(
        ref="1",
        number=1,
        kind=kind,
        title=_WORDS,
        text=_WORDS,
        affects=_WORDS,
        workaround=_WORDS,
        eta=_WORDS,
        started=now,
        scheduled_for=now,
        scheduled_until=now + timedelta(hours=1),
        links=(Link(text="Another page", url="https://status.example.org/"),),
        response=Response(
            roles=(Assignment(now, Role.LEAD, "somebody", ""),),
            call="https://call.example.org/",
            tasks=(Task(1, _WORDS, now, "", owner="somebody"),),
        ),
    )


def _story(incident: Incident, phase: Phase | None, hit: tuple[str, ...], now: datetime) -> Story:
    record = Record(
        ref=incident.ref,
        title=incident.title,
        kind=incident.kind,
        phase=phase,
        status=ComponentStatus.MAJOR_OUTAGE,
        started=incident.started,
        ended=now if phase and phase.is_over else None,
        components=hit,
        spans=(),
        digest="",
        false_alarm=bool(incident.false_alarm),
        duplicate_of=incident.duplicate_of,
    )
    told = (Update(at=now, text=incident.text, phase=phase),)
    hits = ((record.status, hit),) if hit and record.ended is None else ()
    return Story(record=record, incident=incident, status=record.status, told=told, hits=hits)
