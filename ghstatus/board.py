"""What is true now: component statuses, what goes on, what is to come and what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus import duplicates, milestones, timeline
from ghstatus.errors import Problem
from ghstatus.grammar import moment
from ghstatus.model import (
    Board,
    Component,
    ComponentState,
    ComponentStatus,
    Impact,
    Incident,
    Kind,
    Phase,
    Record,
    Snapshot,
    Story,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ghstatus.model import Span

IMPACTS = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNKNOWN: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.NONE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}
"""Statuspage's indicator for the worst status on the page; it knows no maintenance."""
LATELY = timedelta(days=14)
"""How long what is over may still concern anybody."""


def judge(snapshot: Snapshot, now: datetime) -> Board:
    """Work out the board at `now` from everything that was observed."""
    snapshot = replace(snapshot, unobserved=snapshot.unobserved | _doubtful(snapshot, now))
    there = {record.ref for record in snapshot.settled}
    there |= {incident.ref for incident in snapshot.incidents if _is_shown(incident, now)}
    snapshot, misled = duplicates.led(snapshot, there, lambda one: timeline.record(one, now, snapshot.policy))
    stories = {
        incident.ref: _story(incident, snapshot, now) for incident in snapshot.incidents if _is_shown(incident, now)
    }
    going_on = [story for story in stories.values() if not _is_over(story.record)]
    active = _of_kind(going_on, Kind.INCIDENT)
    maintenance = _of_kind(going_on, Kind.MAINTENANCE)
    running = [story for story in maintenance if story.record.phase is not Phase.SCHEDULED]
    records = (*snapshot.settled, *(story.record for story in stories.values()))
    at_work = [*active, *running]
    states = tuple(_state(component, at_work, records, snapshot, now) for component in snapshot.components)
    worst = _worst(
        [state.status for state in states]
        + [story.status for story in at_work]
        + ([ComponentStatus.UNKNOWN] if snapshot.unobserved else [])
    )
    over = (record for record in records if _is_over(record))
    return Board(
        now=now,
        status=worst,
        impact=IMPACTS[worst],
        since=_since(worst, states, at_work),
        components=states,
        active=tuple(sorted(active, key=_worst_then_newest)),
        in_progress=tuple(sorted(running, key=lambda story: (story.incident.scheduled_until or now, _name(story)))),
        upcoming=tuple(
            sorted(
                (story for story in maintenance if story.record.phase is Phase.SCHEDULED),
                key=lambda story: (story.record.started, _name(story)),
            )
        ),
        announcements=tuple(sorted(_of_kind(going_on, Kind.ANNOUNCEMENT), key=_newest)),
        past=tuple(sorted(over, key=lambda record: (record.started, record.ref), reverse=True)),
        incidents=stories,
        unobserved=snapshot.unobserved,
        problems=(*snapshot.problems, *_ahead_of_time(snapshot.incidents, now), *_about_nothing(snapshot), *misled),
        ignored=snapshot.ignored,
        tracker=snapshot.tracker.url if snapshot.tracker else "",
        postmortems={one.incident: one for one in snapshot.postmortems},
    )


def troubling(board: Board) -> tuple[Problem, ...]:
    """The problems of incidents that go on or were over lately, and of all that is no incident."""
    return tuple(problem for problem in board.problems if not _is_settled(problem, board))


def _is_settled(problem: Problem, board: Board) -> bool:
    story = board.incidents.get(problem.where.removeprefix("#")) if problem.where.startswith("#") else None
    ended = story.record.ended if story else None
    return ended is not None and ended < board.now - LATELY


def _is_shown(incident: Incident, now: datetime) -> bool:
    is_planned = incident.kind is Kind.MAINTENANCE and not incident.is_undated
    return is_planned or timeline.has_begun(incident, now)


def _doubtful(snapshot: Snapshot, now: datetime) -> frozenset[str]:
    """The components of incidents that may well be there already.

    That is what lies far ahead, as nobody plans an outage, and a maintenance of which nobody can tell when it begins.
    """
    everything = [component.id for component in snapshot.components] or [""]
    unplanned = (one for one in snapshot.incidents if one.kind is Kind.INCIDENT or one.is_undated)
    ahead = [one for one in unplanned if not timeline.has_begun(one, now)]
    return frozenset(
        component for one in ahead for component in [hit.component for hit in one.components] or everything
    )


def _story(incident: Incident, snapshot: Snapshot, now: datetime) -> Story:
    record = timeline.record(incident, now, snapshot.policy, digest=snapshot.digests.get(incident.ref, ""))
    record = record._replace(milestones=milestones.reached(incident, now))
    if not (timeline.is_settled(record, incident, now) and milestones.are_final(incident, now)):
        record = record._replace(digest="")  # time may change it still, so no page of it may be kept
    on = {span.component: span.status for span in record.spans if _is_on(span, now)}
    at_present = list(on.values())
    if not record.components and not _is_over(record) and record.phase is not Phase.SCHEDULED:
        at_present.append(timeline.level(incident, now, snapshot.policy))
    told = tuple(update for update in incident.updates if update.at <= now)
    return Story(record=record, incident=incident, status=_worst(at_present), told=told, hits=_by_status(on))


def _by_status(on: Mapping[str, ComponentStatus]) -> tuple[tuple[ComponentStatus, tuple[str, ...]], ...]:
    worst_first = sorted(set(on.values()), key=lambda status: -status.rank)
    return tuple((status, tuple(one for one in on if on[one] is status)) for status in worst_first)


def _is_over(record: Record) -> bool:
    return record.ended is not None


def _is_on(span: Span, now: datetime) -> bool:
    """Whether it is true at `now`; an update to come may have given it an end."""
    return span.start <= now and (span.end is None or now < span.end)


def _of_kind(stories: list[Story], kind: Kind) -> list[Story]:
    return [story for story in stories if story.record.kind is kind]


def _worst(statuses: Iterable[ComponentStatus]) -> ComponentStatus:
    return max(statuses, key=lambda status: status.rank, default=ComponentStatus.OPERATIONAL)


def _name(story: Story) -> str:
    return story.record.ref


def _newest(story: Story) -> tuple[float, str]:
    return -story.record.started.timestamp(), story.record.ref


def _worst_then_newest(story: Story) -> tuple[int, float, str]:
    return -story.status.rank, *_newest(story)


def _state(
    component: Component, stories: list[Story], records: Iterable[Record], snapshot: Snapshot, now: datetime
) -> ComponentState:
    hits = sorted(
        (
            (span, story)
            for story in stories
            for span in story.record.spans
            if span.component == component.id and _is_on(span, now)
        ),
        key=lambda hit: (-hit[0].status.rank, hit[0].start, _name(hit[1])),
    )
    if not hits:
        unseen = component.id in snapshot.unobserved
        status = ComponentStatus.UNKNOWN if unseen else ComponentStatus.OPERATIONAL
        return ComponentState(component=component, status=status, since=None, refs=())
    return ComponentState(
        component=component,
        status=hits[0][0].status,
        since=_down_since(component, records, now),
        refs=tuple(dict.fromkeys(_name(story) for _, story in hits)),
    )


def _since(worst: ComponentStatus, states: Iterable[ComponentState], stories: Iterable[Story]) -> datetime | None:
    """The earliest start of whatever is as bad as the page, be it a component or an incident that names none."""
    components = [state.since for state in states if state.since and state.status is worst]
    nameless = [story.record.started for story in stories if not story.record.components and story.status is worst]
    return min([*components, *nameless], default=None)


def _down_since(component: Component, records: Iterable[Record], now: datetime) -> datetime:
    """When the unbroken row of its spans began that leads to `now`, whichever incidents they are of."""
    rows = [span for record in records for span in record.spans if span.component == component.id and span.start <= now]
    rows.sort(key=lambda span: span.end or now, reverse=True)
    since = now
    for span in rows:
        if span.end is None or span.end >= since:
            since = min(since, span.start)
    return since


def _about_nothing(snapshot: Snapshot) -> Iterable[Problem]:
    """Post-mortems of incidents that aren't there."""
    there = {one.ref for one in snapshot.incidents} | {record.ref for record in snapshot.settled}
    for one in snapshot.postmortems:
        if one.incident not in there:
            yield Problem(
                where=f"#{one.ref}" if one.url else f"postmortems/{one.ref}.md",
                seen=f"it is about {one.incident!r}, and there is no such incident",
                outcome="not shown",
            )


def _ahead_of_time(incidents: Iterable[Incident], now: datetime) -> Iterable[Problem]:
    for incident in incidents:
        if incident.kind is not Kind.INCIDENT or incident.started <= now:
            continue
        shown = timeline.has_begun(incident, now)
        yield Problem(
            where=f"#{incident.number}" if incident.number else incident.ref,
            key="started",
            seen=f"{moment.write(incident.started)} lies ahead",
            accepted="a time that has passed, or `kind: maintenance` for something planned",
            outcome="counted as begun now" if shown else "not shown before that time; what it hits is unknown",
        )
