"""Times as people say them who look at a clock: `14:05`, `20m ago`, `in 2h`, `yesterday 23:10`."""

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
_OF_DAY = re.compile(
    r"""(?:(?P<day>yesterday|today|tomorrow)(?:[ ]at)?[ ])?(?:at[ ])?
        (?P<hour>\d{1,2}):(?P<minute>\d{2})[ ]?(?P<half>[ap]m)?[ ]?(?P<zone>z|utc|gmt|[+-]\d{2}(?::?[0-5]\d)?)?""",
    re.VERBOSE,
)
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
    hour = int(found["hour"])
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    today = at.astimezone(UTC).date()
    rest = f"{hour}:{found['minute']} {(found['zone'] or 'z').upper()}"
    if found["day"]:
        return moment.parse(f"{today + timedelta(days=_DAYS[found['day']])} {rest}")
    times = [moment.parse(f"{today + timedelta(days=days)} {rest}") for days in (-1, 0, 1)]
    if sign < 0:
        return max(time for time in times if time <= at + SLACK)
    return min(time for time in times if time >= at - SLACK)
