"""Times and durations in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from ghstatus.grammar import moment as times

if TYPE_CHECKING:
    from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(date_: date) -> str:
    """`2 Mar 2026`."""
    return f"{date_.day} {_MONTHS[date_.month - 1]} {date_.year}"


def month(date_: date) -> str:
    """`March 2026`."""
    return f"{_LONG_MONTHS[date_.month - 1]} {date_.year}"


@lru_cache(maxsize=4096)
def moment(when: datetime, zone: str = "UTC") -> Markup:
    """`2 Mar 2026, 19:10 UTC` as a time element, with the page's own zone in its tooltip."""
    # Five of these stand on a usual page, and strftime and Markup.format would take five times as long.
    utc = when.astimezone(UTC)
    iso = utc.isoformat()
    text = f"{day(utc)}, {iso[11:16]} UTC"
    title = ""
    if zone != "UTC":
        there = when.astimezone(ZoneInfo(zone))
        title = f' title="{escape(f"{day(there)}, {there:%H:%M} {there.tzname()}")}"'
    return Markup(f'<time datetime="{iso[:19]}Z"{title}>{text}</time>')  # noqa: S704 - digits and escaped names


def expected(text: str, zone: str = "UTC") -> Markup | str:
    """A time where the text is one, otherwise the text."""
    try:
        return moment(times.parse(text), zone)
    except ValueError:
        return text


def duration(length: timedelta) -> str:
    """The two coarsest units that matter: `3 d 4 h`, `2 h 5 min`, `under a minute`."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    first = next(position for position, (count, _) in enumerate(parts) if count)
    return " ".join(f"{count} {unit}" for count, unit in parts[first : first + 2] if count)
