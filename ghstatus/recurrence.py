"""Rules of recurrence, as calendars have them: what is wrong with one, and when it comes round.

A rule may come from anybody's pull request, so none can make a run hang: one a day at the most, nothing but what is
known to end, and never further than is asked.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from dateutil.rrule import rrule

ACCEPTED = "a rule such as FREQ=WEEKLY;BYDAY=TU or FREQ=MONTHLY;BYDAY=-1SU, at most once a day"
"""What `fault` finds no fault with, in words for a message."""

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBERS = r"[+-]?[1-9]\d{0,2}(?:,[+-]?[1-9]\d{0,2})*"
_PARTS = {
    "FREQ": r"[A-Z]+",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,8}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "BYDAY": rf"(?:[+-]?[1-9]\d?)?{_DAY}(?:,(?:[+-]?[1-9]\d?)?{_DAY})*",
    "BYMONTH": r"[1-9]\d?(?:,[1-9]\d?)*",
    "BYMONTHDAY": _NUMBERS,
    "BYYEARDAY": _NUMBERS,
    "BYWEEKNO": _NUMBERS,
    "BYSETPOS": _NUMBERS,
    "WKST": _DAY,
}
_LARGEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366, "BYDAY": 53}
_LONGEST = 300
_MOST = 30_000
"""Eighty years of one a day."""
_LAST_YEAR = 9990
_EARLIEST = datetime.fromisoformat("2000-01-01")
"""As clocks on a wall show it; nothing is counted from before."""
_PATIENCE = timedelta(days=366 * 28)
"""How long a rule may wait for its first day: for one weekday of 29 February, as long as this."""


def plain(rule: str) -> str:
    """A rule as it is kept: in capitals, without spaces and without its name."""
    return re.sub(r"\s+", "", rule).upper().removeprefix("RRULE:").strip(";")


def fault(rule: str) -> str:
    """What is wrong with a plain rule, in words; empty when it is one."""
    if len(rule) > _LONGEST:
        return "it is too long"
    names: set[str] = set()
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            return f"{name[:20]!r} is no part of a rule that is taken"
        if name in names:
            return f"{name} stands in it twice"
        names.add(name)
        if not re.fullmatch(_PARTS[name], value, re.ASCII) or _is_out_of_range(name, value):
            return f"{name} can't be {value[:20]!r}"
    return _whole(_parts(rule))


def _is_out_of_range(name: str, value: str) -> bool:
    return name in _LARGEST and any(int(number) > _LARGEST[name] for number in re.findall(r"\d+", value))


def _whole(parts: dict[str, str]) -> str:
    if parts.get("FREQ") not in _FREQUENCIES:
        return f"FREQ has to be {', '.join(_FREQUENCIES[:-1])} or {_FREQUENCIES[-1]}"
    if {"COUNT", "UNTIL"} <= parts.keys():
        return "COUNT and UNTIL don't go together"
    try:
        _last(parts, UTC)
    except ValueError as error:
        return str(error)
    anyhow = {name: value for name, value in parts.items() if name != "INTERVAL"}  # it depends on the start
    return "" if any(_walls(anyhow, _EARLIEST, _EARLIEST + _PATIENCE)) else "no day fits it"


def is_idle(rule: str, start: datetime) -> bool:
    """Whether a plain rule without fault never comes round from a start on, not even if it didn't end."""
    wall = max(_wall(start, UTC), _EARLIEST)
    return not any(_walls(_parts(rule), wall, wall + _PATIENCE))


def times(rule: str, start: datetime, zone: tzinfo, until: datetime) -> Iterator[datetime]:
    """When a plain rule without fault comes round, from `start` up to `until`, in UTC and in order.

    The days and the time of day are the zone's. Where its clocks skip that time, it is as much later; where they show
    it twice, the first one counts.
    """
    parts = _parts(rule)
    last = _last(parts, zone)
    ends = [_wall(until, zone), *([last] if last else [])]
    for wall in islice(_walls(parts, max(_wall(start, zone), _EARLIEST), min(ends)), int(parts.get("COUNT", _MOST))):
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment <= until:
            yield moment


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    """What the zone's clocks show, in whole seconds, without telling which zone."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _last(parts: dict[str, str], zone: tzinfo) -> datetime | None:
    """The last moment that may count, on the zone's clocks; a day counts whole."""
    text = parts.get("UNTIL")
    if not text:
        return None
    day, _, clock = text.partition("T")
    try:
        last = datetime.fromisoformat(f"{day}T{clock or '235959'}")
        return _wall(last, zone) if last.tzinfo else last
    except (OverflowError, ValueError):
        raise ValueError(f"UNTIL can't be {text!r}") from None


def _walls(parts: dict[str, str], start: datetime, until: datetime) -> Iterator[datetime]:
    """Follow a rule, without its end, on the wall's clock.

    dateutil looks for the next day up to the year 9999, even beyond an end that it was told, and in a rule that fits
    no day that is millions of them. So it is asked about the last years that there are: after whole cycles of 400
    years, every date falls on the same weekday.
    """
    from dateutil.rrule import rrulestr

    cycles = (_LAST_YEAR - until.year) // 400
    endless = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL"})
    rule = cast("rrule", rrulestr(endless, dtstart=start.replace(year=start.year + 400 * cycles)))
    with suppress(LookupError, OverflowError, ValueError):  # the calendar ends
        for found in islice(rule, _MOST):
            wall = found.replace(year=found.year - 400 * cycles)
            if wall > until:
                return
            yield wall
