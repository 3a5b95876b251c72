"""The form by which issue-status takes reports of incidents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import words
from ghstatus.grammar.dialects import plain
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghstatus.grammar.fields import Value
    from ghstatus.grammar.recovery import Matter

_TYPE, _TEXT, _LEVEL, _SERVICES = "Incident Type", "Incident Description", "Severity Level", "Affected Services"
_TIMELINE = "Timeline (for scheduled maintenance)"
_KEYS = {"System/Service Name": "components", "User Impact": "affects", "Workaround": "workaround"}
_LABELS = (_TYPE, _TEXT, _LEVEL, _SERVICES, _TIMELINE, "Current Status", *_KEYS)
_HEADING = re.compile(rf"^###[ ]({'|'.join(map(re.escape, _LABELS))})[ \t]{{0,9}}$", re.MULTILINE)
_TIMES = {"start": "scheduled_for", "end": "scheduled_until"}
_NOTHING = frozenset({"_No response_", "None"})

_SEVERITIES = {
    "major_outage": Severity.CRITICAL,
    "partial_outage": Severity.MAJOR,
    "degraded_performance": Severity.MINOR,
    "critical": Severity.CRITICAL,
    "high": Severity.MAJOR,
    "medium": Severity.MINOR,
    "low": Severity.MINOR,
}
_PLANNED = "scheduled_maintenance"
_RANKS = list(Severity)


class _Section(NamedTuple):
    text: str
    line: int
    """Of its heading, counted from 1."""


def read(source: str) -> Matter | None:
    """Take apart what the form made; None when it made something else."""
    sections = _sections(source)
    if _TYPE not in sections:
        return None
    values: dict[str, Value] = _judged(sections)
    lines = {"severity": sections[_TYPE].line, "kind": sections[_TYPE].line}
    for label, key in _KEYS.items():
        if label in sections and sections[label].text:
            values[key] = sections[label].text
            lines[key] = sections[label].line
    for number, line in enumerate(_get(sections, _TIMELINE).split("\n"), 2):
        name, _, value = line.partition(":")
        if (key := _TIMES.get(name.strip().lower(), "")) and value.strip():
            values.setdefault(key, value.strip())
            lines.setdefault(key, sections[_TIMELINE].line + number)
    text = "\n\n".join(filter(None, (_get(sections, _TEXT), _get(sections, _SERVICES))))
    first_line = sections[_TEXT].line + 2 if _TEXT in sections else 1
    return plain.matter(text, values, lines)._replace(first_line=first_line)


def _sections(source: str) -> dict[str, _Section]:
    """What stands under each of the form's headings; a heading that stands twice is text the second time."""
    heads: dict[str, re.Match[str]] = {}
    for match in _HEADING.finditer(source):
        heads.setdefault(match[1], match)
    ends = [match.start() for match in heads.values()] + [len(source)]
    texts = (source[head.end() : end].strip() for head, end in zip(heads.values(), ends[1:], strict=True))
    return {
        label: _Section("" if text in _NOTHING else text, source.count("\n", 0, heads[label].start()) + 1)
        for label, text in zip(heads, texts, strict=True)
    }


def _get(sections: Mapping[str, _Section], label: str) -> str:
    return sections[label].text if label in sections else ""


def _judged(sections: Mapping[str, _Section]) -> dict[str, Value]:
    """The worse of its two severities; an unknown one stays, to be reported."""
    typed = _get(sections, _TYPE)
    kind = words.folded(typed)
    if kind == _PLANNED:
        return {"kind": Kind.MAINTENANCE.value}
    level = words.folded(_get(sections, _LEVEL).partition(" - ")[0])
    said = [_SEVERITIES[word] for word in (kind, level) if word in _SEVERITIES]
    if typed and kind not in _SEVERITIES:
        return {"severity": typed}
    if not said:
        return {}
    return {"severity": max(said, key=_RANKS.index).value}
