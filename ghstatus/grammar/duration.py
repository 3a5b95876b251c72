"""Spans of time as people type them ↔ timedeltas."""

from __future__ import annotations

import re
from datetime import timedelta

ACCEPTED = "days, hours, minutes and seconds such as 30m, 4h, 2d or 1h30m"
"""What `parse` takes, in words for a message."""
PATTERN = r"^(?=\d)(\d{1,6}d)?(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$"
"""What `write` writes, for editors."""

_UNITS = {
    "days": r"d(?:ays?)?",
    "hours": r"h(?:ours?|rs?)?",
    "minutes": r"m(?:in(?:ute)?s?)?",
    "seconds": r"s(?:ec(?:ond)?s?)?",
}
_TYPED = re.compile(
    r"\s*".join(rf"(?:(?P<{unit}>\d{{1,6}})\s*{letters})?" for unit, letters in _UNITS.items()),
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 60


def parse(text: str) -> timedelta:
    """Read a span of time: `30m`, `4h`, `2d`, `90s`, or several from the longest to the shortest, such as `1h30m`.

    Raises ValueError when it is none, with a reason to show.
    """
    typed = text.strip()
    match = _TYPED.fullmatch(typed)
    if typed and match:
        return timedelta(**{unit: int(count) for unit, count in match.groupdict(default="0").items()})
    shown = repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
    if typed.isascii() and typed.isdigit():
        raise ValueError(f"{shown} has no unit: {typed[:6]}m, {typed[:6]}h or {typed[:6]}d?")
    raise ValueError(f"{shown} is no span of time")


def write(span: timedelta) -> str:
    """Write a span of whole seconds so that `parse` gives it back: `1h30m`."""
    minutes, seconds = divmod(span // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = zip((days, hours, minutes, seconds), "dhms", strict=True)
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"
