"""devkanro/setup-statusfy: labels for severity and systems, front matter in the text, headed comments as updates."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.grammar import body, comment, matter, moment, words
from ghstatus.grammar.dialect import Dialect, Meaning, Remark
from ghstatus.grammar.dialects import plain
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ghstatus.grammar.fields import Path, Place, Value
    from ghstatus.grammar.names import Names
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Label, Phase, Site

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
    prefix, colon, rest = label.name.partition(":")
    word, value = prefix.lower() if colon else "", rest.strip()
    if word == "system":
        return Meaning(component=value)
    if word != "severity":
        return Meaning()
    said = words.folded(value)
    if said == _PLANNED:
        return Meaning(kind=Kind.MAINTENANCE)
    if severity := _SEVERITIES.get(said):
        return Meaning(kind=Kind.INCIDENT, severity=severity)
    return plain.unknown(label, value, (*_SEVERITIES, _PLANNED))


_KEYS = {"title": "title", "date": "started", "affectedsystems": "components", "scheduled": "scheduled_for"}
_ORIGINS = {name: key for key, name in _KEYS.items()} | {"scheduled_until": "duration", "ended": "resolved"}
_KNOWN = (*_KEYS, "description", "duration", "modified", "resolved", "severity")
_YES = frozenset({"true", "yes", "on"})


def _text(source: str) -> Matter:
    """A text below Statusfy's front matter, if it has any; keys that mean nothing here are left out."""
    lines = body.newlines(source)
    found = matter.read(lines, known=_KNOWN) if lines.lstrip().startswith("---") else None
    if found is None or not any(key in found.values for key in _KNOWN):
        return plain.matter(lines)
    told = found.values
    window, fault = _window(told)
    end, doubt = _end(told)
    values = {name: told[key] for key, name in _KEYS.items() if key in told} | _severity(told) | window | end
    if _time(told, "scheduled"):
        values.pop("started", None)  # the date is then that of the announcement

    def place(path: Path) -> Place:
        step = path[0] if path else ""
        return found.place((_ORIGINS.get(str(step), step), *path[1:]) if path else path)

    description = _line(told, "description")
    above = f"{description}\n\n" if description else ""
    return found._replace(
        values=values,
        place=place,
        content=above + found.content,
        first_line=max(1, found.first_line - above.count("\n")),
        faults=(*found.faults, *fault, *doubt),
    )


def _line(told: Mapping[str, Value], key: str) -> str:
    value = told.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _time(told: Mapping[str, Value], key: str) -> datetime | None:
    with suppress(ValueError):
        return moment.parse(_line(told, key))
    return None


def _severity(told: Mapping[str, Value]) -> dict[str, Value]:
    """Statusfy's severity in the words that are read here; an unknown one stays, to be reported."""
    if "severity" not in told:
        return {}
    word = words.folded(_line(told, "severity"))
    if word == _PLANNED:
        return {"kind": Kind.MAINTENANCE.value}
    return {"severity": _SEVERITIES[word].value if word in _SEVERITIES else told["severity"]}


def _window(told: Mapping[str, Value]) -> tuple[dict[str, Value], list[plain.Fault]]:
    start, minutes = _time(told, "scheduled"), _line(told, "duration")
    with suppress(OverflowError):  # a window may end after the year 9999
        if start and re.fullmatch(r"[0-9]{1,6}", minutes):
            return {"scheduled_until": moment.write(start + timedelta(minutes=int(minutes)))}, []
    return {}, [(("scheduled_until",), (f"the duration is {words.shown(minutes)}", *_MINUTES))] if minutes else []


_MINUTES = ("a number of minutes, beside a time in `scheduled`", "ignored")


def _end(told: Mapping[str, Value]) -> tuple[dict[str, Value], list[plain.Fault]]:
    if _line(told, "resolved").lower() not in _YES:
        return {}, []
    at = _time(told, "modified")
    return ({"ended": moment.write(at)}, []) if at else ({}, [(("ended",), _NO_END)])


_NO_END = ("it is resolved, and nothing says when", "`modified:` with a time, or a closed issue", "ignored")

_PHASES: dict[str, Phase | None] = comment.PHASES | {"updated": None}


def _comment(source: str, names: Names, report: words.Report) -> Remark | None:
    """An update where it begins with a heading; other comments are talk."""
    if told := plain.own(source, names, report):
        return told
    lines = body.newlines(source)
    at = None
    if lines.lstrip().startswith("---"):
        found = matter.read(lines, known=("title", "description", "date"))
        lines, at = found.content.lstrip("\n"), _time(found.values, "date")
    first, _, rest = lines.partition("\n")
    title = first.strip("# \t")
    if not first.startswith("#") or not title:
        return None
    word = words.folded(title)
    head = "" if word in _PHASES else f"**{title}**"
    text = "\n\n".join(filter(None, (head, body.tidy(rest))))
    return Remark(text=text, phase=_PHASES.get(word), at=at)
