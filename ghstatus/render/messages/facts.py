"""What messages may tell of an incident: its facts, each as words."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from ghstatus.grammar import moment, quoting, sentences
from ghstatus.model import ComponentStatus, Kind, Phase, Role
from ghstatus.render.messages import channels
from ghstatus.render.page import address
from ghstatus.render.text import clock, plain, words
from ghstatus.timeline import severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ghstatus.model import Component, Site, Story

FALSE_ALARM, DUPLICATE, ANNOUNCEMENT = "false-alarm", "duplicate", "announcement"
STATES = (*(phase.value.replace("_", "-") for phase in Phase), FALSE_ALARM, DUPLICATE, ANNOUNCEMENT)
"""What a message may be about."""
_LONGEST_TITLE = 120
_LONGEST_LINE = 400


class Place(NamedTuple):
    """Whose messages they are, and as of when."""

    site: Site
    now: datetime
    tracker: str = ""
    """The address of the repository whose issues the incidents are, without a trailing slash; empty for files."""


def state(story: Story) -> str:
    """The one of `STATES` that a story is in."""
    record = story.record
    if record.is_void:
        return FALSE_ALARM if record.duplicate_of is None else DUPLICATE
    return record.phase.value.replace("_", "-") if record.phase else ANNOUNCEMENT


def public(story: Story, place: Place, harmless: Callable[[str], str]) -> dict[str, Any]:
    """What everybody may know; what isn't known is empty."""
    record, incident, site = story.record, story.incident, place.site
    is_over = record.ended is not None or (record.phase is not None and record.phase.is_over)
    hits = _hits(story, site, is_over=is_over)
    hit = [one for _, several in hits for one in several]
    worst = story.status if story.status.rank > ComponentStatus.UNDER_MAINTENANCE.rank else None
    text = _latest(story, is_over=is_over)

    def line(markdown: str) -> str:
        return harmless(channels.cut(channels.line(markdown), _LONGEST_LINE))

    return {
        "state": state(story),
        "state_words": _in_words(story),
        "kind": str(record.kind),
        "title": harmless(channels.cut(quoting.line(record.title), _LONGEST_TITLE)),
        "site": harmless(quoting.line(site.title)),
        "components": tuple(harmless(quoting.line(one.name)) for one in site.components if one in hit),
        "hits": tuple(
            {"components": tuple(harmless(quoting.line(one.name)) for one in several), "status": status}
            for status, several in hits
        ),
        "status": "" if is_over or worst is None else words.STATUSES[worst].lower(),
        "severity": str(severity(story.incident, story.told)) if record.kind is Kind.INCIDENT else "",
        "is_over": is_over,
        "is_external": bool(hit) and all(one.external for one in hit),
        "text": harmless(plain.text(text)),
        "gist": line(text),
        "affects": line(incident.affects),
        "workaround": line(incident.workaround),
        "reason": sentences.capital(line(incident.false_alarm)),
        "duplicate_of": _other(record.duplicate_of or "", place),
        **_times(story, place, is_over=is_over, line=line),
        "link": link(story, place),
        "upstream": tuple(_upstream(story, hit, harmless)),
    }


def team(story: Story, place: Place, harmless: Callable[[str], str]) -> dict[str, Any]:
    """What only the team may know."""
    response = story.incident.response
    held = dict.fromkeys(Role, "") | {one.role: one.person for one in response.roles}
    lead = held[Role.LEAD]
    return {
        "lead": harmless(quoting.line(lead)),
        "comms": harmless(quoting.line(held[Role.COMMS] or lead)),
        "ops": harmless(quoting.line(held[Role.OPS] or lead)),
        "call": channels.address(response.call),
        "document": _issue(story.incident.number, place) or link(story, place),
        "tasks": tuple(
            harmless(f"{one.number}. {quoting.line(one.text)}{f' ({quoting.line(one.owner)})' if one.owner else ''}")
            for one in response.tasks
            if one.done_at is None
        ),
    }


def at(when: datetime, zone: str) -> str:
    """`2 Mar 2026, 19:10 UTC (20:10 CET)`."""
    utc, there = when.astimezone(UTC), when.astimezone(ZoneInfo(zone))
    here = f"{clock.day(utc)}, {utc:%H:%M} UTC"
    if zone == "UTC":
        return here
    that_day = f"{clock.day(there)}, " if there.date() != utc.date() else ""
    return f"{here} ({that_day}{there:%H:%M} {there.tzname()})"


def link(story: Story, place: Place) -> str:
    """Where everybody can follow it: its page, else its issue; empty where neither is known."""
    return _page(story.record.ref, story.incident.number, place)


def _other(ref: str, place: Place) -> str:
    return _page(ref, int(ref) if ref.isdecimal() else None, place) if ref else ""


def _page(ref: str, number: int | None, place: Place) -> str:
    return address(place.site, f"incidents/{ref}/") if place.site.base_url else _issue(number, place)


def _issue(number: int | None, place: Place) -> str:
    return f"{place.tracker}/issues/{number}" if place.tracker and number else ""


def _in_words(story: Story) -> str:
    record = story.record
    if record.is_void:
        return words.outcome(record)
    return words.PHASES[record.phase] if record.phase else words.KINDS[record.kind]


def _hits(story: Story, site: Site, *, is_over: bool) -> list[tuple[str, list[Component]]]:
    """Which components have which status at this moment, the worst on top; of what is over or to come, all it names."""
    if is_over or story.record.phase in {None, Phase.SCHEDULED}:
        hits: tuple[tuple[ComponentStatus, tuple[str, ...]], ...] = (
            (ComponentStatus.OPERATIONAL, story.record.components),
        )
    else:
        hits = story.hits
    untold = {ComponentStatus.OPERATIONAL}
    if story.record.kind is Kind.MAINTENANCE:
        untold.add(ComponentStatus.UNDER_MAINTENANCE)
    named = (
        ("" if status in untold else words.STATUSES[status].lower(), [one for one in site.components if one.id in hit])
        for status, hit in hits
    )
    return [(status, several) for status, several in named if several]


def _latest(story: Story, *, is_over: bool) -> str:
    """The newest text that is still about the state that it is in."""
    phased = [number for number, update in enumerate(story.told) if update.phase]
    since = story.told[phased[-1] :] if phased else story.told
    if is_over:
        said_so = bool(since) and since[0].phase is not None and since[0].phase.is_over
        return next((update.text for update in reversed(since) if update.text), "") if said_so else ""
    return next((update.text for update in reversed(since) if update.text), story.incident.text)


def _times(story: Story, place: Place, *, is_over: bool, line: Callable[[str], str]) -> dict[str, object]:
    record, incident = story.record, story.incident
    start, until = incident.scheduled_for or record.started, incident.scheduled_until
    due = None if is_over else _due(story, place)

    def told(when: datetime | None) -> str:
        return at(when, place.site.timezone) if when else ""

    return {
        "started": told(record.started),
        "ended": told(record.ended),
        "start": told(start),
        "until": told(until),
        "is_late": bool(until and until < place.now and not is_over),
        "eta": "" if is_over else _eta(incident.eta, place, line),
        "next_update": told(due),
    }


def _eta(text: str, place: Place, line: Callable[[str], str]) -> str:
    """When a fix is expected; a time that has passed says nothing any more."""
    try:
        when = moment.parse(text)
    except ValueError:
        return line(text)
    return f"by {at(when, place.site.timezone)}" if when > place.now else ""


def _due(story: Story, place: Place) -> datetime | None:
    """Until when users may wait for the next update; None where nobody said, and where that has passed."""
    if story.record.kind is not Kind.INCIDENT:
        return None
    every = place.site.reminders.update_every.get(severity(story.incident, story.told), timedelta())
    due = max([story.record.started, *(update.at for update in story.told)]) + every
    return due if due > place.now else None


def _upstream(story: Story, hit: list[Component], harmless: Callable[[str], str]) -> Iterator[str]:
    """Where others tell of it: their pages, as people named them, and those of the components that they run."""
    named = {one.url: one.text for one in story.incident.links}
    named |= {one.upstream: one.name for one in hit if one.external and one.upstream not in named}
    for url, name in named.items():
        if where := channels.address(url):
            words_ = harmless(quoting.line(name))
            yield where if name == url or not words_ else f"{words_}: {where}"
