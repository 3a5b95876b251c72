"""Times as people say them who look at a clock: `14:05`, `4pm CET`, `20m ago`, `in 2h`, `yesterday 23:10`."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from ghstatus.grammar import duration, moment

ACCEPTED = "a time such as 14:05, 20m ago, in 2h or 2026-03-02 20:10 UTC"
"""What is taken, in words for a message."""

_LONGEST = 60
SLACK = timedelta(minutes=10)
"""By how much a clock may be wrong before a time of day is taken for another day's."""
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_ZONE = "|".join(("z", "utc", "gmt", *map(str.lower, moment.ZONES)))
_OF_DAY = re.compile(
    rf"""(?:(?P<day>yesterday|today|tomorrow)(?:[ ]at)?[ ])?(?:at[ ])?
        (?P<hour>\d{{1,2}})(?::(?P<minute>\d{{2}})(?:[ ]?(?P<half>[ap]m))?|[ ]?(?P<whole>[ap]m))
        [ ]?(?P<zone>{_ZONE}|[+-]\d{{2}}(?::?[0-5]\d)?)?(?:[ ](?P<late_day>yesterday|today|tomorrow))?""",
    re.VERBOSE,
)
_LIKE_A_TIME = re.compile(
    r"""(?:(?:by|at|on|until|about|around)[ ]|~[ ]?)?
        (?:(?:yesterday|today|tonight|tomorrow)(?:[ ]at)?
         | (?:(?:yesterday|today|tonight|tomorrow)[ ](?:at[ ])?)?
           (?:\d{1,2}[:.h]\d\d|\d{1,2}(?:[:.]\d\d)?[ ]?[ap]\.?m\.?|\d{4}-\d\d?-\d\d?(?:[ t]\d[\d:.]*)?
            | \d\d?[./]\d\d?[./](?:\d{2,4})?)
           (?:[ ]?(?:[a-z]{1,4}|[a-z]{0,3}[+-][\d:]{1,5}))?)
        (?:[ ](?:yesterday|today|tonight|tomorrow))?""",
    re.VERBOSE,
)
_BY = re.compile(r"(?:by|until) (?=\S)", re.IGNORECASE)
_SINCE = re.compile(r"(?P<span>.{1,40}?) ago")
_AHEAD = re.compile(r"in (?P<span>.{1,40})")


def past(text: str, at: datetime) -> datetime:
    """The time that somebody means at `at` who talks of what was.

    Raises ValueError when it is none, with a reason to show.
    """
    return _read(text, at, -1)


def coming(text: str, at: datetime) -> datetime:
    """The time that somebody means at `at` who talks of what will be.

    Raises ValueError when it is none, with a reason to show.
    """
    return _read(text, at, 1)


def expected(text: str, at: datetime) -> datetime | None:
    """The time that somebody names at `at` by when something should be so; None where they say it in other words.

    Raises ValueError when it is meant for a time and is none, or has passed, with a reason to show.
    """
    try:
        found = coming(_BY.sub("", text.strip(), count=1), at)
    except ValueError:
        if is_meant(text) or text.strip().isdecimal():
            raise
        return None
    if found < at - SLACK:
        reason = f"{moment.minute(found)} has passed"
        raise ValueError(reason)
    return found


def is_meant(text: str) -> bool:
    """Whether it looks like a time, be it one that can be read or not."""
    return len(text) <= _LONGEST and _LIKE_A_TIME.fullmatch(" ".join(text.lower().split())) is not None


def _read(text: str, at: datetime, sign: int) -> datetime:
    typed = " ".join(text[: _LONGEST + 1].split()).lower().replace(",", "")
    if len(text) > _LONGEST:
        reason = f"{typed[:_LONGEST]!r} is not a time"
        raise ValueError(reason)
    if typed == "now":
        return at
    try:
        return _from_now(typed, at, sign) or _of_day(typed, at, sign) or moment.parse(text)
    except OverflowError:
        reason = f"{text!r} is not a time"
        raise ValueError(reason) from None


def _from_now(typed: str, at: datetime, sign: int) -> datetime | None:
    for pattern, direction in ((_SINCE, -1), (_AHEAD, 1)):
        if found := pattern.fullmatch(typed):
            return at + direction * duration.parse(found["span"])
    with suppress(ValueError):
        return at + sign * duration.parse(typed)
    return None


def _of_day(typed: str, at: datetime, sign: int) -> datetime | None:
    found = _OF_DAY.fullmatch(typed)
    if found is None:
        return None
    hour, half, day = int(found["hour"]), found["half"] or found["whole"], found["day"] or found["late_day"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    today = at.astimezone(UTC).date()
    rest = f"{hour}:{found['minute'] or '00'} {(found['zone'] or 'z').upper()}"
    if day:
        return moment.parse(f"{today + timedelta(days=_DAYS[day])} {rest}")
    times = [moment.parse(f"{today + timedelta(days=days)} {rest}") for days in (-1, 0, 1)]
    if sign < 0:
        return max(time for time in times if time <= at + SLACK)
    return min(time for time in times if time >= at - SLACK)
