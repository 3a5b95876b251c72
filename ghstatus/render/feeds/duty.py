"""The rota as a calendar for the team's own programs; it stands on no page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar

from ghstatus.render.feeds.calendar import NEVER, begun, plain
from ghstatus.rota import turns

if TYPE_CHECKING:
    from ghstatus.model import Rota, Site
    from ghstatus.rota import Turn

AHEAD = timedelta(days=90)


def calendar(rota: Rota, site: Site, now: datetime) -> bytes:
    """The turns of the next 90 days, and the one that goes on.

    A turn is known again by its start, so that a program that reads the calendar anew sees who stands in.
    """
    made = begun(f"{site.title}: on duty", rota.timezone, "rota")
    for turn in turns(rota, now, now + AHEAD):
        made.add_component(_event(turn, rota, site))
    made.add_missing_timezones(first_date=date(now.year - 1, 1, 1), last_date=date(now.year + 2, 1, 1))
    return bytes(made.to_ical())


def _event(turn: Turn, rota: Rota, site: Site) -> icalendar.Event:
    zone, home = ZoneInfo(rota.timezone), site.base_url or site.repository or site.title
    event = icalendar.Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{home} rota {turn.start:%Y%m%dT%H%M%SZ}")))
    event.add("dtstamp", NEVER)
    event.add("dtstart", turn.start.astimezone(zone))
    event.add("dtend", turn.end.astimezone(zone))
    event.add("summary", plain(f"On duty: {turn.person}"))
    event.add("transp", "TRANSPARENT")
    return event
