"""Kener up to 2.0: labels for all that is to say, Unix times in the text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ghstatus.grammar import body, comment, moment
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.grammar.names import fold
from ghstatus.model import Kind, Phase, Severity

if TYPE_CHECKING:
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Issue, Label, Site

_LABELS = {
    "incident": Meaning(kind=Kind.INCIDENT),
    "maintenance": Meaning(kind=Kind.MAINTENANCE),
    "incident-down": Meaning(severity=Severity.CRITICAL),
    "incident-degraded": Meaning(severity=Severity.MINOR),
    "investigating": Meaning(phase=Phase.INVESTIGATING),
    "identified": Meaning(phase=Phase.IDENTIFIED),
    "resolved": Meaning(phase=Phase.RESOLVED),
}


def dialect(site: Site) -> Dialect:
    """Read a repository of Kener's; a label that is a component's name or alias means it, as a monitor's tag does."""
    named = plain.component(site)

    def label(one: Label) -> Meaning:
        return _LABELS.get(fold(one.name)) or Meaning(component=named(one.name))

    return Dialect(
        name="kener",
        gates=("incident",),
        label=label,
        kind=_kind,
        text=_text,
        comment=comment.read,
    )


def _kind(_: Issue, meanings: tuple[Meaning, ...]) -> Kind | None:
    """A maintenance is an incident with one more label."""
    said = {meaning.kind for meaning in meanings}
    if Kind.INCIDENT not in said:
        return None
    return Kind.MAINTENANCE if Kind.MAINTENANCE in said else Kind.INCIDENT


_TIME = re.compile(r"\[(?P<key>start|end)_datetime:(?P<value>[^\]\n]{0,60})\][ \t]{0,9}", re.IGNORECASE)
_KEYS = {"start": "started", "end": "ended"}
_EMPTY = ("nothing stands after the colon", moment.ACCEPTED, "ignored")


def _text(source: str) -> Matter:
    """A text without its `[start_datetime:1702651340]`; the first of each counts."""
    lines = body.newlines(source)
    values: dict[str, str] = {}
    starts: dict[str, int] = {}
    for match in _TIME.finditer(lines):
        key = _KEYS[match["key"].lower()]
        if not values.get(key):
            values[key] = _written(match["value"].strip())
            starts[key] = match.start()
    places = {key: lines.count("\n", 0, start) + 1 for key, start in starts.items()}
    faults = [((key,), _EMPTY) for key, value in values.items() if not value]
    return plain.matter(_TIME.sub("", lines), values, places, faults)


def _written(seconds: str) -> str:
    """A time in seconds since 1970 as people write times; what is none stays, to be reported."""
    if not seconds.isdecimal():
        return seconds
    try:
        return moment.write(datetime.fromtimestamp(int(seconds), UTC))
    except (ValueError, OverflowError, OSError):
        return seconds
