"""Maintenances as calendars that programs subscribe to: all of them, and each component's.

The library that writes them takes longer to import than a small build, so a calendar is written only when something
in it changed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from ghstatus.model import Kind, Phase
from ghstatus.render import recent
from ghstatus.render.feeds import entries
from ghstatus.render.feeds.identity import tag
from ghstatus.render.page import Page, address, digest
from ghstatus.render.text import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from icalendar import Calendar as Empty
    from icalendar import Event as Entry
    from icalendar import Timezone, TimezoneStandard

    from ghstatus.model import Board, Site, Story, Uptime

LIBRARY = "icalendar"
"""Whose next version may write the same calendar in other bytes."""

_REFRESH = timedelta(hours=1)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""For an event that has to say when it was written where nobody did: what is heard of it later is newer."""

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""From when revisions count: a sequence has 31 bits, which are enough for 68 years."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class Event(NamedTuple):
    """A maintenance as a calendar tells it."""

    uid: str
    title: str
    start: datetime
    end: datetime | None
    """None where nobody said."""
    status: str
    sequence: int
    changed: datetime | None
    """When it was last heard of; None where nobody said."""
    text: str
    url: str
    """Its page; empty where the site's address isn't known."""
    components: tuple[str, ...]
    """Their ids."""
    categories: tuple[str, ...]


class Calendar(NamedTuple):
    """A calendar that nothing was written of yet."""

    name: str
    zone: str
    url: str
    events: tuple[Event, ...]


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """All maintenances, then each component's."""
    spoken = language.of(site)
    names = {component.id: component.name for component in site.components}
    events = [_event(story, board, site, names) for story in recent.stories(board, Kind.MAINTENANCE)]
    yield _page("calendar.ics", _calendar(spoken.gettext("%(site)s: maintenance", site=site.title), site, events))
    for component in site.components:
        found = [event for event in events if component.id in event.components]
        name = spoken.gettext("%(site)s: maintenance of %(name)s", site=site.title, name=component.name)
        yield _page(f"components/{component.id}/calendar.ics", _calendar(name, site, found))


def _calendar(name: str, site: Site, events: Sequence[Event]) -> Calendar:
    return Calendar(name=name, zone=site.timezone, url=site.base_url, events=tuple(events))


def _page(path: str, calendar: Calendar) -> Page:
    key = digest(repr(calendar))
    return Page(path, key, partial(_written, calendar))


def _event(story: Story, board: Board, site: Site, names: Mapping[str, str]) -> Event:
    record, incident = story.record, story.incident
    start = incident.scheduled_for or incident.started if record.phase is Phase.CANCELLED else record.started
    end = record.ended if record.ended and record.ended > start else incident.scheduled_until
    path, told = f"incidents/{record.ref}", entries.entry(story, names).said
    return Event(
        uid=str(uuid5(NAMESPACE_URL, tag(board, site, path))),
        title=record.title,
        start=start,
        end=end if end and end > start else None,
        status=_status(story),
        sequence=_sequence(story),
        changed=max(filter(None, (incident.revised, *(said.at for said in told))), default=None),
        text=_text(story),
        url=address(site, f"{path}/") if site.base_url else "",
        components=record.components,
        categories=tuple(names.get(one, one) for one in record.components),
    )


def _sequence(story: Story) -> int:
    """How new what is told is (RFC 5545, 3.8.7.4): it grows with each update, each other change, and at the beginning.

    Each revision counts as many as there were seconds, so that the next is sure to be more. An update counts twice,
    because one may take the beginning back.
    """
    revised, has_begun = story.incident.revised, story.record.phase is not Phase.SCHEDULED
    seconds = int((revised - _FIRST).total_seconds()) if revised else 0
    return max(seconds, 0) + 2 * len(story.told) + has_begun


def _status(story: Story) -> str:
    if story.record.phase is Phase.CANCELLED:
        return "CANCELLED"
    is_open = story.record.phase is Phase.SCHEDULED and story.incident.scheduled_until is None
    return "TENTATIVE" if is_open else "CONFIRMED"


def _text(story: Story) -> str:
    """Markdown, as it was written: calendars show plain text."""
    incident = story.incident
    newest = [update.text for update in story.told[-1:]]
    return "\n\n".join(filter(None, (incident.text, incident.affects, incident.workaround, *newest)))


def _written(calendar: Calendar) -> bytes:
    """Lines end in CR and LF and are folded; both are the library's."""
    import icalendar

    made = begun(calendar.name, calendar.zone, "status page")
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(_REFRESH))
    if calendar.url:
        made.add("url", calendar.url)
    for event in calendar.events:
        made.add_component(_entry(event, icalendar.Event()))
    if not calendar.events:
        # A calendar of nothing is refused by some programs, and people subscribe before there is any.
        made.add_component(_clock(icalendar.Timezone(), icalendar.TimezoneStandard()))
    return bytes(made.to_ical())


def begun(name: str, zone: str, product: str) -> Empty:
    """A calendar of which only the head is written; `product` is the part of ghstatus that writes it."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", f"-//ghstatus//{product}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for prefix in ("", "x-wr-cal"):
        made.add(f"{prefix}name", plain(name))
    made.add("x-wr-timezone", zone)
    return made


def _clock(zone: Timezone, always: TimezoneStandard) -> Timezone:
    """Say that UTC is UTC."""
    zone.add("tzid", "UTC")
    always.add("dtstart", NEVER.replace(tzinfo=None))
    always.add("tzoffsetfrom", timedelta())
    always.add("tzoffsetto", timedelta())
    zone.add_component(always)
    return zone


def _entry(event: Event, entry: Entry) -> Entry:
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.changed or NEVER)
    if event.changed:
        entry.add("last-modified", event.changed)
    entry.add("sequence", event.sequence)
    entry.add("status", event.status)
    entry.add("transp", "TRANSPARENT")  # nobody is busy because a server is
    entry.add("dtstart", event.start)
    if event.end:
        entry.add("dtend", event.end)
    entry.add("summary", plain(event.title))
    if event.text:
        entry.add("description", plain(event.text))
    if event.url:
        entry.add("url", event.url)
    if event.categories:
        entry.add("categories", [plain(one) for one in event.categories])
    return entry


def plain(text: str) -> str:
    """With plain line ends, and without characters that a calendar can't hold."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
