"""devkanro/setup-statusfy: labels for severity and systems, front matter in the text, headed comments as updates."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.grammar import body, matter, moment, words
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from ghstatus.grammar.fields import Path, Place, Value
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Label, Site

_SEVERITIES = {
    "degraded_performance": Severity.MINOR,
    "partial_outage": Severity.MAJOR,
    "major_outage": Severity.CRITICAL,
}
_PLANNED = "under_maintenance"


def dialect(_: Site) -> Dialect:
    """Read a repository of the action's."""
    return Dialect(
        name="statusfy-action",
        gates=(),  # a severity that the action doesn't know is one all the same
        label=_label,
        kind=plain.kind,
        text=_text,
        comment=_comment,
    )


def _label(label: Label) -> Meaning:
    prefix, _, rest = label.name.partition(":")
    word, value = prefix.strip().lower(), rest.strip()
    if word == "system":
        return Meaning(component=value)
    if word != "severity":
        return Meaning()
    severity = words.folded(value)
    if severity == _PLANNED:
        return Meaning(kind=Kind.MAINTENANCE)
    return Meaning(kind=Kind.INCIDENT, severity=_SEVERITIES.get(severity))


_KEYS = {
    "title": "title",
    "date": "started",
    "affectedsystems": "components",
    "scheduled": "scheduled_for",
    "severity": "severity",
}
_KNOWN = (*_KEYS, "description", "duration", "modified", "resolved")
_YES = frozenset({"true", "yes", "on"})


def _text(source: str) -> Matter:
    """A text with Statusfy's front matter, if it has any; keys that mean nothing here are left out."""
    lines = body.newlines(source)
    if not lines.lstrip().startswith("---"):
        return plain.matter(lines)
    found = matter.read(lines, known=_KNOWN)
    told = {key: value for key, value in found.values.items() if key in _KNOWN}
    if not told:
        return plain.matter(lines)
    values = {name: told[key] for key, name in _KEYS.items() if key in told}
    faults = [*found.faults, *_judge(values), *_end(values, told)]
    typed = {name: key for key, name in _KEYS.items()} | {"scheduled_until": "duration", "ended": "resolved"}

    def place(path: Path) -> Place:
        return found.place(tuple(typed.get(str(step), step) for step in path[:1]) + path[1:])

    description = told.get("description", "")
    above = f"{description}\n\n" if isinstance(description, str) and description.strip() else ""
    return found._replace(values=values, place=place, content=above + found.content, faults=faults)


def _judge(values: dict[str, Value]) -> list[plain.Fault]:
    """Put this program's words for the severity."""
    severity = values.get("severity", "")
    word = words.folded(severity) if isinstance(severity, str) else ""
    if word == _PLANNED:
        del values["severity"]
        values["kind"] = Kind.MAINTENANCE.value
    elif word in _SEVERITIES:
        values["severity"] = _SEVERITIES[word].value
    return []


def _end(values: dict[str, Value], told: dict[str, Value]) -> list[plain.Fault]:
    """Work out the end of the window and, of what is over, when that was."""
    faults: list[plain.Fault] = []
    minutes = _line(told, "duration")
    start = _time(told, "scheduled")
    if re.fullmatch(r"[0-9]{1,6}", minutes) and start:
        values["scheduled_until"] = moment.write(start + timedelta(minutes=int(minutes)))
    elif minutes:
        faults.append((("scheduled_until",), (f"the duration is {words.shown(minutes)}", *_MINUTES)))
    return faults


_MINUTES = ("a number of minutes, beside the start in `scheduled`", "ignored")
