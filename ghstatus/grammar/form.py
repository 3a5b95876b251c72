"""The sections of an issue form, which GitHub writes as `### Label` and the answer below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import answers, body
from ghstatus.grammar.fields import Place
from ghstatus.grammar.names import fold
from ghstatus.grammar.recovery import Matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghstatus.grammar.fields import Path, Value
    from ghstatus.grammar.names import Names

BROKEN = "What is broken?"
PLANNED = "What is planned?"
NEWS = "What is new?"
AFFECTS = "Who is affected?"
WORKAROUND = "What to do meanwhile?"
ETA = "When is a fix expected?"
LINKS = "Links upstream"
MATCH = "Error text"
ALL_FAIL = "Does everything fail?"
COMPONENTS = "Components"
SEVERITY = "Severity"
STARTED = "Started"
SCHEDULED_FOR = "Start of the maintenance"
SCHEDULED_UNTIL = "End of the maintenance"
UPDATES = "Updates"

LABELS = {
    BROKEN: "text",
    PLANNED: "text",
    NEWS: "text",
    AFFECTS: "affects",
    WORKAROUND: "workaround",
    ETA: "eta",
    LINKS: "links",
    MATCH: "match",
    ALL_FAIL: "all_fail",
    COMPONENTS: "components",
    SEVERITY: "severity",
    STARTED: "started",
    SCHEDULED_FOR: "scheduled_for",
    SCHEDULED_UNTIL: "scheduled_until",
    UPDATES: "text",
}
"""What each section is called, with the key that it means; `text` is an incident's text."""


def _folded(label: str) -> str:
    return fold(label).rstrip(" ?:.#")


def keys(labels: Mapping[str, str]) -> Mapping[str, str]:
    """What the sections of a form mean, by their labels however people change these."""
    return {_folded(label): key for label, key in labels.items()}


_KEYS = keys(LABELS)
_HEADING = re.compile(r"(?P<escape>\\*)#{2,4}[ \t]{1,9}(?P<label>[^\s#][^\n]{0,60})")
_LONGEST = 100
_LINES = frozenset({"started", "scheduled_for", "scheduled_until"})
"""What is one line; all that stands below it is text."""


class _Section(NamedTuple):
    key: str
    start: int
    """The index of its heading's line."""
    end: int


def read(text: str, names: Names, keys: Mapping[str, str] = _KEYS) -> Matter:
    """Take a text with LF line endings apart: fields, and the Markdown that is left, on the lines where it stood.

    `keys` tells what the sections mean; an incident's, unless another form was filled in.
    """
    lines = text.split("\n")
    if "#" not in text:
        return Matter({}, lambda _: Place(1, 1), text, 1, ())
    values: dict[str, Value] = {}
    places: dict[str, int] = {}
    for section in list(_sections(lines, text, keys)):
        lines[section.start] = ""
        if section.key == "text":
            if answers.is_nothing("\n".join(lines[section.start : section.end])):
                lines[section.start : section.end] = [""] * (section.end - section.start)
            continue
        end = _end_of_line(lines, section) if section.key in _LINES else section.end
        said = _unescaped(lines[section.start : end], keys)
        lines[section.start : end] = [""] * (end - section.start)
        first = next((number for number, line in enumerate(said) if line.strip()), 0)
        if not answers.is_nothing(answer := "\n".join(said)):
            values[section.key] = answers.read(section.key, answer, names)
            places[section.key] = section.start + first + 1

    def place(path: Path) -> Place:
        return Place(places.get(str(path[0]), 1) if path else 1, 1)

    return Matter(values, place, "\n".join(_unescaped(lines, keys)), 1, ())


def _end_of_line(lines: list[str], section: _Section) -> int:
    """Where the first line ends that says something, with the fence around it."""
    told = [number for number in range(section.start + 1, section.end) if lines[number].strip()]
    if told and lines[told[0]].lstrip().startswith("```"):
        told = [number for number in told[1:] if lines[number].lstrip().startswith("```")]
    return (told[0] if told else section.end - 1) + 1


def _sections(lines: list[str], text: str, keys: Mapping[str, str]) -> Iterator[_Section]:
    """Each known section, down to the next one or to the heading of an update; what stands twice is text."""
    updates = set(_headings_of_updates(lines, text))
    seen: set[str] = set()
    key, start = "text", -1
    for number, line in enumerate(lines):
        label = _label(line, keys)
        if label and label not in seen:
            seen.add(label)
            if start >= 0:
                yield _Section(key, start, number)
            key, start = keys[label], number
        elif number in updates and start >= 0:
            yield _Section(key, start, number)
            start = -1
    if start >= 0:
        yield _Section(key, start, len(lines))


def _label(line: str, keys: Mapping[str, str], *, escaped: bool = False) -> str:
    """The label that a line is the heading of; empty when it is none's."""
    found = _HEADING.fullmatch(line.rstrip()) if len(line) <= _LONGEST and "#" in line else None
    if found is None or bool(found["escape"]) is not escaped:
        return ""
    label = _folded(found["label"])
    return label if label in keys else ""


def _headings_of_updates(lines: list[str], text: str) -> Iterator[int]:
    # A line that would have to be escaped in order to be text is such a heading.
    written = body.write(f"text\n{text}", ()).split("\n")[1:] if "##" in text else []
    for number, (line, safe) in enumerate(zip(lines, written, strict=False)):
        if safe == f"\\{line}" and not line.startswith("\\"):
            yield number


def _unescaped(lines: list[str], keys: Mapping[str, str]) -> list[str]:
    return [line[1:] if line.startswith("\\") and _label(line, keys, escaped=True) else line for line in lines]


def escaped(text: str) -> str:
    """`text` with a backslash before each line that would begin a section."""
    if "#" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(
        f"\\{line}" if _label(line, _KEYS) or _label(line, _KEYS, escaped=True) else line for line in lines
    )
