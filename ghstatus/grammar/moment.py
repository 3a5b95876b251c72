"""Times as people type them ↔ aware datetimes in UTC."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

ACCEPTED = "a date and time such as 2026-03-02 20:10 UTC or 2026-03-02T20:10:00+01:00"
"""What `parse` takes, in words for a message."""

ZONES = {
    **dict.fromkeys(("CET", "CEST"), "Europe/Prague"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Helsinki"),
    **dict.fromkeys(("WET", "WEST"), "Europe/Lisbon"),
    "BST": "Europe/London",
    **dict.fromkeys(("EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT"), "America/Los_Angeles"),
    "JST": "Asia/Tokyo",
}
"""The names of zones that mean one thing, each with a place whose clocks go by it; CST and IST mean several."""
_UTC = ("Z", "UTC", "GMT")
_TYPED = re.compile(
    rf"""(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})
        (?:(?:[Tt]|\s+)(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,](?P<fraction>\d{{1,9}}))?)?
           \s*(?P<zone>(?i:{"|".join((*_UTC, *ZONES))})|[+-]\d{{2}}(?::?[0-5]\d)?)?)?""",
    re.VERBOSE,
)


_PRETTY = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-") | dict.fromkeys("\u201c\u201d\u2018\u2019", " ")
)
"""What a phone makes of hyphens and quotes."""
_WRITTEN = len("2026-03-02 20:10 UTC")


def parse(text: str, zone: tzinfo = UTC) -> datetime:
    """Read a time; without a zone of its own it is in `zone`, without a time of day it is midnight.

    Raises ValueError when it is none, with a reason to show.
    """
    if len(text) == _WRITTEN and text.endswith(" UTC") and text[4] == text[7] == "-":
        with suppress(ValueError):  # as `write` writes it, and so most times: a quarter of the work
            return datetime.fromisoformat(f"{text[:-4]}+00:00")
    match = _TYPED.fullmatch(text.translate(_PRETTY).strip())
    if match is None:
        reason = f"{text!r} is not a time"
        raise ValueError(reason)
    part = match.groupdict()
    try:
        local = datetime(
            int(part["year"]),
            int(part["month"]),
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            int(part["second"] or 0),
            int((part["fraction"] or "0")[:6].ljust(6, "0")),
            tzinfo=zone,
        )
        local = _in_zone(local, part["zone"])
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        reason = f"{text!r} is not a time: {error}"
        raise ValueError(reason) from None


def _in_zone(local: datetime, name: str | None) -> datetime:
    """The same time of day in the zone of that name; raises ValueError where clocks don't go by it then."""
    if name is None:
        return local
    if name.startswith(("+", "-")):
        return local.replace(tzinfo=_offset(name))
    if (typed := name.upper()) in _UTC:
        return local.replace(tzinfo=UTC)
    times = [local.replace(tzinfo=ZoneInfo(ZONES[typed]), fold=fold) for fold in (0, 1)]
    found = next((one for one in times if one.tzname() == typed), None)
    if found is None:
        raise ValueError(f"clocks don't go by {typed} then, but by {times[0].tzname()}")
    return found


def _offset(text: str) -> timezone:
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text.startswith("-") else offset)


def write(moment: datetime) -> str:
    """Write a time so that `parse` gives it back: `2026-03-02 20:10 UTC`, finer only where it has to be."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    finest = "microseconds" if utc.microsecond else "seconds" if utc.second else "minutes"
    return f"{utc.isoformat(sep=' ', timespec=finest)} UTC"


def minute(moment: datetime) -> str:
    """Write a time as people tell it, which is to the minute."""
    return write(moment.replace(second=0, microsecond=0))


def iso(at: datetime) -> str:
    """A time for programs: `2026-03-02T19:10:00Z`."""
    return f"{at.astimezone(UTC).isoformat()[:19]}Z"


def iso_or_none(at: datetime | None) -> str | None:
    """The same; None where there is no time."""
    return None if at is None else iso(at)
