"""The sections of an issue form, which GitHub writes as `### Label` and the answer below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import body, words
from ghstatus.grammar.fields import Place
from ghstatus.grammar.names import fold
from ghstatus.grammar.recovery import Matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.grammar.fields import Path, Value
    from ghstatus.grammar.names import Names

BROKEN = "What is broken?"
PLANNED = "What is planned?"
NEWS = "What is new?"
AFFECTS = "Who is affected?"
WORKAROUND = "What to do meanwhile?"
ETA = "When is a fix expected?"
LINKS = "Links upstream"
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
    COMPONENTS: "components",
    SEVERITY: "severity",
    STARTED: "started",
    SCHEDULED_FOR: "scheduled_for",
    SCHEDULED_UNTIL: "scheduled_until",
    UPDATES: "text",
}
"""What each section is called, with the key that it means; `text` is an incident's text."""

NO_RESPONSE = frozenset({"", "_no response_", "none", "n/a", "-"})
"""What stands below the label of a field that was left empty."""


def _folded(label: str) -> str:
    return fold(label).rstrip(" ?:.#")


_KEYS = {_folded(label): key for label, key in LABELS.items()}
_HEADING = re.compile(r"(?P<escape>\\*)#{2,4}[ \t]{1,9}(?P<label>[^\s#][^\n]{0,60})")
_LONGEST = 100


class _Section(NamedTuple):
    key: str
    start: int
    """The index of its heading's line."""
    end: int


def read(text: str, names: Names) -> Matter:
    """Take a text with LF line endings apart: fields, and the Markdown that is left, on the lines where it stood."""
    lines = text.split("\n")
    if "#" not in text:
        return Matter({}, lambda _: Place(1, 1), text, 1, ())
    values: dict[str, Value] = {}
    places: dict[str, int] = {}
    for section in list(_sections(lines, text)):
        lines[section.start] = ""
        if section.key == "text":
            if _is_nothing("\n".join(lines[section.start : section.end])):
                lines[section.start : section.end] = [""] * (section.end - section.start)
            continue
        said = _unescaped(lines[section.start : section.end])
        lines[section.start : section.end] = [""] * (section.end - section.start)
        first = next((number for number, line in enumerate(said) if line.strip()), 0)
        if not _is_nothing(answer := "\n".join(said)):
            values[section.key] = _value(section.key, answer, names)
            places[section.key] = section.start + first + 1

    def place(path: Path) -> Place:
        return Place(places.get(str(path[0]), 1) if path else 1, 1)

    return Matter(values, place, "\n".join(_unescaped(lines)), 1, ())


def _is_nothing(answer: str) -> bool:
    return answer.strip().lower() in NO_RESPONSE


def _sections(lines: list[str], text: str) -> Iterator[_Section]:
    """Each known section, down to the next one or to the heading of an update; what stands twice is text."""
    updates = set(_headings_of_updates(lines, text))
    seen: set[str] = set()
    key, start = "text", -1
    for number, line in enumerate(lines):
        label = _label(line)
        if label and label not in seen:
            seen.add(label)
            if start >= 0:
                yield _Section(key, start, number)
            key, start = _KEYS[label], number
        elif number in updates and start >= 0:
            yield _Section(key, start, number)
            start = -1
    if start >= 0:
        yield _Section(key, start, len(lines))


def _label(line: str, *, escaped: bool = False) -> str:
    """The label that a line is the heading of; empty when it is none's."""
    found = _HEADING.fullmatch(line.rstrip()) if len(line) <= _LONGEST and "#" in line else None
    if found is None or bool(found["escape"]) is not escaped:
        return ""
    label = _folded(found["label"])
    return label if label in _KEYS else ""


def _headings_of_updates(lines: list[str], text: str) -> Iterator[int]:
    # A line that would have to be escaped in order to be text is such a heading.
    written = body.write(f"text\n{text}", ()).split("\n")[1:] if "##" in text else []
    for number, (line, safe) in enumerate(zip(lines, written, strict=False)):
        if safe == f"\\{line}" and not line.startswith("\\"):
            yield number


def _unescaped(lines: list[str]) -> list[str]:
    return [line[1:] if line.startswith("\\") and _label(line, escaped=True) else line for line in lines]


def escaped(text: str) -> str:
    """`text` with a backslash before each line that would begin a section."""
    if "#" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(f"\\{line}" if _label(line) or _label(line, escaped=True) else line for line in lines)


def _value(key: str, answer: str, names: Names) -> Value:
    match key:
        case "components":
            return list(_components(answer, names))
        case "links":
            return list(_links(answer))
        case "severity":
            return _severity(answer)
        case "affects" | "workaround" | "eta":
            return body.parse(answer, where="", first_line=1, names=names).text
        case _:
            return answer.strip().strip("`").strip()


_ITEM = re.compile(r"[ \t]{0,9}(?:[-*+][ \t]{1,9})?(?:\[(?P<tick>[ xX]?)\][ \t]{0,9})?(?P<rest>[^\n]*)")
_PARTS = re.compile(r"[ \t][\u2013\u2014|-][ \t]|[()]")


def _components(answer: str, names: Names) -> Iterator[str]:
    """Each name that was chosen or typed: `A, B`, lines of a list, boxes that are ticked."""
    for line in answer.split("\n"):
        item = _ITEM.match(line)
        if item and item["rest"].strip() and (item["tick"] is None or item["tick"] in {"x", "X"}):
            yield from _chosen(item["rest"].split(","), names)


_MOST = 4  # parts of a name that holds commas


def _chosen(parts: list[str], names: Names) -> Iterator[str]:
    position = 0
    while position < len(parts):
        for length in range(_MOST, 0, -1):
            name = ",".join(parts[position : position + length]).strip()
            if known := _whole(name, names) or (_known(name, names) if length == 1 else ""):
                yield known
                position += length
                break
        else:
            if parts[position].strip():
                yield parts[position].strip()
            position += 1


def _whole(name: str, names: Names) -> str:
    """A name that may hold commas and parentheses, be it followed by an explanation in parentheses."""
    candidates = (name, name.rpartition("(")[0] if name.endswith(")") else "")
    return next((one.strip() for one in candidates if names.resolve(one.strip())), "")


def _known(name: str, names: Names) -> str:
    """`Copr` of `Copr (copr)` or `Copr – the builder`; empty when no part of it is known."""
    if len(name) > 3 * _LONGEST:
        return ""
    return next((one.strip() for one in (name, *_PARTS.split(name)) if names.resolve(one.strip())), "")


_SEVERITY = re.compile(r"\W{0,5}(?P<word>[A-Za-z]{1,20})\b")


def _severity(answer: str) -> str:
    """`critical` of `critical – nobody can build`; the whole answer when no such word leads it."""
    first = answer.strip()
    found = _SEVERITY.match(first)
    candidates = [found["word"] if found else "", *(_PARTS.split(first) if len(first) <= 3 * _LONGEST else [])]
    if words.folded(first[:_LONGEST]) in words.SEVERITIES:
        return first
    return next((one.strip() for one in candidates if words.folded(one) in words.SEVERITIES), first)


_LINK = re.compile(
    r"\[(?P<text>[^\[\]\n]{0,200})\]\((?P<url>[^\s()]{1,2000})\)|(?P<bare>(?:https?://|mailto:)[^\s<>\"]{1,2000})",
    re.IGNORECASE,
)


def _links(answer: str) -> Iterator[Value]:
    for line in filter(None, map(str.strip, answer.split("\n"))):
        found = False
        for link in _LINK.finditer(line):
            found = True
            bare = (link["bare"] or "").rstrip(",.;")
            yield bare or {"text": link["text"], "url": link["url"]}
        if not found:
            yield line
