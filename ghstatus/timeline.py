"""What one incident says over time: its phase, its periods, what it did to each component.

Updates count from their own time on, so the same incident can be judged at any moment.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import ComponentStatus, Incident, Kind, Phase, Policy, Record, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ghstatus.model import Update

SLIP = timedelta(hours=24)
"""How far ahead an unplanned incident may start and still count as begun: a wrong zone, not a plan."""


class Period(NamedTuple):
    """A while during which an incident went on."""

    start: datetime
    end: datetime | None
    """None while it goes on."""


def has_begun(incident: Incident, now: datetime) -> bool:
    """Whether it is to be shown as going on, or as over."""
    if incident.kind is Kind.INCIDENT:
        return incident.started <= now + SLIP
    return not incident.is_undated and _start(incident, now) <= now


def periods(incident: Incident, now: datetime, policy: Policy) -> tuple[Period, ...]:
    """When it went on, as far as `now` can tell, in order; empty when it hasn't begun or was called off before."""
    if not has_begun(incident, now):
        return ()
    start = min(_start(incident, now), now)
    if incident.is_void:
        told = max((update.at for update in incident.updates if update.at <= now), default=start)
        return (Period(start, max(start, incident.ended or told)),)
    found = _by_updates(incident, start, now)
    last = found[-1]
    end = incident.ended or (last.end or _end_by_the_clock(incident, now, policy))
    if end is not None and last.start <= end <= now:
        found[-1] = Period(last.start, end)
    return () if _called_off(incident, now, found[0]) else tuple(found)


def phase(incident: Incident, now: datetime, policy: Policy) -> Phase | None:
    """How far along it is at `now`; None for an announcement, which has no phases."""
    return _phase(incident, now, periods(incident, now, policy))


def _phase(incident: Incident, now: datetime, going_on: tuple[Period, ...]) -> Phase | None:
    if incident.kind is Kind.ANNOUNCEMENT:
        return None
    told = [update.phase for update in incident.updates if update.phase and update.at <= now]
    last = told[-1] if told else None
    if incident.kind is Kind.INCIDENT:
        is_over = bool(going_on) and going_on[-1].end is not None
        return Phase.RESOLVED if is_over else last if last and not last.is_over else Phase.INVESTIGATING
    if last and last.is_over:
        return last
    if not going_on:
        return Phase.SCHEDULED
    if going_on[-1].end is not None:
        return Phase.COMPLETED
    return Phase.VERIFYING if last is Phase.VERIFYING else Phase.IN_PROGRESS


def spans(incident: Incident, now: datetime, policy: Policy, during: tuple[Period, ...]) -> tuple[Span, ...]:
    """What it did to each component in its periods `during`, in the order of the components, then of time."""
    if incident.kind is Kind.ANNOUNCEMENT or incident.is_void or not during:
        return ()
    levels = list(_levels(incident, now, policy))
    if len(levels) == 1 and len(during) == 1:
        start, end = during[0]
        return tuple(
            Span(component, status, start, end)
            for component, status in levels[0][1].items()
            if status is not ComponentStatus.OPERATIONAL
        )
    components = dict.fromkeys(component for _, level in levels for component in level)
    return tuple(span for component in components for span in _merged(_clipped(component, levels, during)))


def level(incident: Incident, now: datetime, policy: Policy) -> ComponentStatus:
    """What it does at `now` by its severity alone: the status of a component that has none of its own."""
    if incident.kind is Kind.ANNOUNCEMENT or incident.is_void:
        return ComponentStatus.OPERATIONAL
    if incident.kind is Kind.MAINTENANCE:
        return ComponentStatus.UNDER_MAINTENANCE
    return policy.severities[severity(incident, [update for update in incident.updates if update.at <= now])]


def severity(incident: Incident, told: Iterable[Update]) -> Severity:
    """How bad it is by what these updates, oldest first, and its facts say; nobody's word counts as major."""
    return incident.severity_after(told) or Severity.MAJOR


def record(incident: Incident, now: datetime, policy: Policy, *, digest: str = "") -> Record:
    """Judge one incident at `now`."""
    during = periods(incident, now, policy)
    hit = spans(incident, now, policy, during)
    worst = max((span.status for span in hit), key=lambda status: status.rank, default=None)
    first = window_start(now, policy)
    return Record(
        ref=incident.ref,
        title=incident.title,
        kind=incident.kind,
        phase=_phase(incident, now, during),
        status=worst or level(incident, now, policy),
        started=min(_start(incident, now), now) if during else incident.started,
        ended=during[-1].end if during else _cancelled_at(incident, now),
        components=_components(incident, now),
        spans=tuple(span for span in hit if span.end is None or span.end > first),
        digest=digest,
        false_alarm=bool(incident.false_alarm),
        source=incident.source,
        duplicate_of=incident.duplicate_of,
    )


def _components(incident: Incident, now: datetime) -> tuple[str, ...]:
    if not any(update.components for update in incident.updates):
        return tuple(affected.component for affected in incident.components)
    told = (update.components for update in incident.updates if update.at <= now)
    named = (affected.component for several in (incident.components, *told) for affected in several)
    return tuple(dict.fromkeys(named))


def is_settled(record: Record, incident: Incident, now: datetime) -> bool:
    """Whether time alone can't change anything about it any more."""
    if record.ended is None:
        return False
    last = incident.updates[-1].at if incident.updates else None
    times = (incident.started, record.ended, incident.ended, incident.scheduled_until, last)
    return all(time is None or time <= now for time in times)


def window_start(now: datetime, policy: Policy) -> datetime:
    """Midnight UTC at which the days of the bars begin."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=policy.uptime_days - 1)


_UNDER_WAY = frozenset({Phase.IN_PROGRESS, Phase.VERIFYING, Phase.COMPLETED})
"""What is said of a maintenance only when it has begun, be it before its window."""


def _start(incident: Incident, now: datetime) -> datetime:
    if incident.kind is not Kind.MAINTENANCE:
        return incident.started
    told = (update.at for update in incident.updates if update.phase in _UNDER_WAY and update.at <= now)
    return min(incident.started, next(told, incident.started))


def _by_updates(incident: Incident, start: datetime, now: datetime) -> list[Period]:
    found = [Period(start, None)]
    for update in incident.updates:
        if update.phase is None or update.at > now:
            continue
        last = found[-1]
        if update.phase.is_over and last.end is None:
            found[-1] = Period(last.start, max(last.start, update.at))
        elif not update.phase.is_over and last.end is not None:
            found.append(Period(max(last.end, update.at), None))
    return found


def _end_by_the_clock(incident: Incident, now: datetime, policy: Policy) -> datetime | None:
    """When it ends if nobody says anything; None for an incident, which goes on."""
    if incident.kind is Kind.ANNOUNCEMENT:
        return incident.started + timedelta(days=policy.announcement_days)
    if incident.kind is Kind.MAINTENANCE and not _overruns(incident, now):
        return incident.scheduled_until
    return None


def _overruns(incident: Incident, now: datetime) -> bool:
    """Whether somebody posted after the window's end, so that the updates tell its end and not the clock."""
    until = incident.scheduled_until
    return until is not None and any(until < update.at <= now and update.phase for update in incident.updates)


def _called_off(incident: Incident, now: datetime, first: Period) -> bool:
    """Whether a maintenance was cancelled before its window, and not scheduled again."""
    told = [update.phase for update in incident.updates if update.phase and update.at <= now]
    return bool(told) and told[-1] is Phase.CANCELLED and first.end == first.start


def _cancelled_at(incident: Incident, now: datetime) -> datetime | None:
    told = [update for update in incident.updates if update.phase and update.at <= now]
    return told[-1].at if told and told[-1].phase and told[-1].phase.is_over else None


def _levels(
    incident: Incident, now: datetime, policy: Policy
) -> Iterator[tuple[datetime, Mapping[str, ComponentStatus]]]:
    """Each moment at which what it does changes, with the status of every component it names from then on."""
    severity = incident.severity or Severity.MAJOR
    chosen = {affected.component: affected.status for affected in incident.components}
    is_maintenance = incident.kind is Kind.MAINTENANCE

    def statuses() -> Mapping[str, ComponentStatus]:
        default = ComponentStatus.UNDER_MAINTENANCE if is_maintenance else policy.severities[severity]
        return {component: status or default for component, status in chosen.items()}

    yield incident.started, statuses()
    for update in incident.updates:
        if update.at <= now and (update.severity or update.components):
            severity = update.severity or severity
            chosen.update((affected.component, affected.status) for affected in update.components)
            yield update.at, statuses()


def _clipped(
    component: str,
    levels: list[tuple[datetime, Mapping[str, ComponentStatus]]],
    during: tuple[Period, ...],
) -> Iterator[Span]:
    for period in during:
        for position, (at, statuses) in enumerate(levels):
            until = levels[position + 1][0] if position + 1 < len(levels) else None
            start = period.start if position == 0 else max(at, period.start)
            ends = [end for end in (until, period.end) if end is not None]
            end = min(ends) if ends else None
            status = statuses.get(component, ComponentStatus.OPERATIONAL)
            if status is not ComponentStatus.OPERATIONAL and (end is None or start < end):
                yield Span(component, status, start, end)


def _merged(spans_in_order: Iterator[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans_in_order:
        if last is not None and last.end == span.start and last.status is span.status:
            last = last._replace(end=span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
