"""Times and durations in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import escape

from ghstatus.grammar import moment as times
from ghstatus.render.text.language import ENGLISH
from ghstatus.render.text.markup import html

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from ghstatus.render.text.language import Language


def day(date_: date, language: Language = ENGLISH) -> str:
    """`2 Mar 2026`."""
    return language.day(date_)


def month(date_: date, language: Language = ENGLISH) -> str:
    """`March 2026`."""
    return language.month(date_)


@lru_cache(maxsize=4096)
def moment(when: datetime, zone: str = "UTC", language: Language = ENGLISH) -> Markup:
    """`2 Mar 2026, 19:10 UTC` as a time element, with the page's own zone in its tooltip."""
    # Five of these stand on a usual page, and strftime and Markup.format would take five times as long.
    utc = when.astimezone(UTC)
    text = escape(f"{language.minute(utc)} UTC")
    title = ""
    if zone != "UTC":
        there = when.astimezone(ZoneInfo(zone))
        title = f' title="{escape(f"{language.minute(there)} {there.tzname()}")}"'
    return html(f'<time datetime="{utc.isoformat()[:19]}Z"{title}>{text}</time>')


def expected(text: str, zone: str = "UTC", language: Language = ENGLISH) -> Markup | str:
    """A time where the text is one, otherwise the text."""
    try:
        return moment(times.parse(text), zone, language)
    except ValueError:
        return text


def duration(length: timedelta, language: Language = ENGLISH) -> str:
    """The two coarsest units that matter: `3 d 4 h`, `2 h 5 min`, `under a minute`."""
    return language.duration(length)
