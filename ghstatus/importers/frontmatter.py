"""The fields above a Markdown text, in each of the fences that Hugo or Statusfy take."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.importers import values

if TYPE_CHECKING:
    from ghstatus.grammar.fields import Value
    from ghstatus.importers.result import Notes

_FENCED = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*(?P<kind>yaml|toml|json)?[ \t]*\n(?P<head>.*?)^(?P=fence)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_OPENING = re.compile(r"\s*(?:---|\+\+\+)[ \t]*(?:yaml|toml|json)?[ \t]*\n")
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*[:=](?:[ \t]+(?P<value>.*?))?[ \t]*")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*?)[ \t]*")


class Document(NamedTuple):
    """A text and its fields, with keys in lower case."""

    fields: dict[str, Value]
    body: str


def split(text: str, notes: Notes) -> Document:
    """Tell the fields from the text; broken fences or fields are mended where it is clear how, and noted."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if match := _FENCED.match(text):
        kind = match["kind"] or ("toml" if match["fence"] == "+++" else "yaml")
        return Document(_fields(match["head"], kind, notes), text[match.end() :])
    if text.lstrip().startswith("{"):
        return _json(text.lstrip(), notes)
    return _unfenced(text, notes)


def _fields(head: str, kind: str, notes: Notes) -> dict[str, Value]:
    try:
        found = values.read(head, kind)
    except ValueError as error:
        notes.add(f"the front matter is no {kind.upper()}: {error}", "read line by line")
        return _line_by_line(head)
    if not isinstance(found, dict):
        notes.add("the front matter holds no fields", "read as if it were empty")
    return values.mapping(found)


def _json(text: str, notes: Notes) -> Document:
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return _unfenced(text, notes)
    return Document(_fields(text[:end], "json", notes), text[end:])


def _unfenced(text: str, notes: Notes) -> Document:
    """Take the lines that look like fields, up to the one fence there is or the first blank line."""
    opening = _OPENING.match(text)
    lines = text[opening.end() if opening else 0 :].lstrip("\n").split("\n")
    end = next((at for at, line in enumerate(lines) if line.rstrip() in {"---", "+++", ""}), len(lines))
    if not all(_looks_like_field(line) for line in lines[:end]) or not _FIELD.fullmatch(lines[0]):
        notes.add("there is no front matter", "all of it is read as text")
        return Document({}, text)
    missing = "closing" if opening else "opening"
    notes.add(f"the front matter has no {missing} fence", "its lines are read as fields")
    rest = lines[end + 1 :]
    return Document(_fields("\n".join(lines[:end]), "yaml", notes), "\n".join(rest))


def _looks_like_field(line: str) -> bool:
    return bool(_FIELD.fullmatch(line) or _ITEM.fullmatch(line)) or line.lstrip().startswith("#")


def _line_by_line(head: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    items: list[Value] = []
    for line in head.split("\n"):
        if field := _FIELD.fullmatch(line):
            items = []
            found[field["key"].lower()] = _unquoted(field["value"]) or items
        elif item := _ITEM.fullmatch(line):
            items.append(_unquoted(item["value"]))
    return found


def _unquoted(text: str | None) -> str:
    bare = (text or "").strip()
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare
