"""What can be saved of front matter that is broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence


class Matter(NamedTuple):
    """A file's front matter, apart from its content."""

    values: Mapping[str, fields.Value]
    place: Callable[[fields.Path], fields.Place]
    """Where a value stands in the file."""
    content: str
    first_line: int
    """Of the content, in the file."""
    faults: Sequence[tuple[fields.Path, tuple[str, str, str]]]
    """What is wrong with it: where, and what was seen, what is accepted, what happens now."""


_KEY = re.compile(r"([A-Za-z_][\w-]{0,63})[ \t]{0,9}:(?!//)(.*)", re.DOTALL)
_CONTINUES = (" ", "\t", "- ")
_FENCE = re.compile(r"-{3,}[ \t]*\Z")
_LIKE_A_FENCE = re.compile(r"[ \t]{0,3}(?:-{2,}|[-\u2013\u2014]{1,3}(?<!-)-?|\*{3}|\+{3}|```[ \t]*(?:ya?ml)?)[ \t]*\Z")
"""What is taken for a fence above and below keys; phones make dashes of hyphens."""
_ITEM = re.compile(r"\A([ \t]*-)(?=[^\s-])")
_SAVED = "what could be read of it counts"


_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
_MARK = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: [^\n]*)?$", re.MULTILINE)


def unmarked(text: str) -> tuple[str, int]:
    """A file without the marks of a merge in its front matter, and the line of the first mark; 0 when there is none."""
    found = _CONFLICT.search(text) if "<<<<<<< " in text else None
    if found is None:
        return text, 0
    front, fence, rest = text.partition("\n---")
    return _MARK.sub("", front) + fence + rest, text.count("\n", 0, found.start()) + 1


def conflicting(matter: Matter, line: int) -> Matter:
    """`matter` with the fault that a merge left marks, the first of them on `line`."""
    fault = ("a merge left its conflict here", "one side of it, without the lines of < = >", "both sides count")

    def place(path: fields.Path) -> fields.Place:
        return matter.place(path) if path != _MERGE else fields.Place(line, 1)

    return matter._replace(place=place, faults=[(_MERGE, fault), *matter.faults])


_MERGE: fields.Path = ("",)  # which is no key


def broken(front: str, content: str, *, offset: int, error: fields.FieldsError, known: Collection[str]) -> Matter:
    """Read what is no YAML though it stands between fences, below `offset` lines."""
    lines = front.split("\n")
    lost = set(known) - {_key(line, known) for line in lines}
    lines = [_straight(line, lost) for line in lines]
    length = recoverable = _extent(lines, known)
    if not length or any(_key(line, known) in known for line in lines[length:]):
        length, recoverable = len(lines) - 1, len(lines)
    # Else the fence below may be a rule in the text of a file whose front matter was never closed.
    content = "\n".join(lines[length:]) + content
    at = fields.Place(error.place.line + offset, error.place.column)
    accepted = "`key: value` lines; a value that holds `: ` or starts with a sign stands in quotes"
    fault = (f"the front matter is no YAML: {error}", accepted, _SAVED)
    return _matter(lines[:recoverable], known, offset, at, (content, offset + length + 1), fault)


def unfenced(text: str, *, known: Collection[str]) -> Matter:
    """Read the keys at the top of a file that doesn't hold front matter between fences."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    is_fence = _FENCE.match(lines[first])
    is_meant = _LIKE_A_FENCE.match(lines[first]) and _extent(lines[first + 1 :], known)
    start = first + 1 if is_fence or is_meant else 0
    end = start + _extent(lines[start:], known)
    below = end + 1 if end > start and _LIKE_A_FENCE.match("".join(lines[end : end + 1])) else end
    fault = (
        "no `---` closes the front matter" if is_fence else "no `---` opens front matter",
        "`key: value` lines between two lines of `---`",
        _SAVED if end > start else "the whole text is shown",
    )
    return _matter(lines[start:end], known, start, fields.Place(1, 1), ("\n".join(lines[below:]), below + 1), fault)


def _matter(
    lines: Sequence[str],
    known: Collection[str],
    offset: int,
    at: fields.Place,
    content: tuple[str, int],
    fault: tuple[str, str, str],
) -> Matter:
    saved = {known_as(key, known): (value, line) for key, value, line in _save(lines)}

    def place(path: fields.Path) -> fields.Place:
        found = saved.get(str(path[0])) if path else None
        return fields.Place(found[1] + offset + 1, 1) if found else at

    return Matter({key: value for key, (value, _) in saved.items()}, place, *content, faults=[((), fault)])


def _save(lines: Sequence[str]) -> Iterator[tuple[str, fields.Value, int]]:
    """Read each key on its own, together with the lines down to the next key."""
    starts = [number for number, line in enumerate(lines) if _KEY.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        key, rest = _parted(lines[start])
        value = _value(key, "\n".join(lines[start:end]))
        if value is None:
            value = _value(key, lines[start])
        yield key, rest.strip().strip("\"'") if value is None else value, start


def _value(key: str, text: str) -> fields.Value | None:
    try:
        found = fields.read(text).value
    except fields.FieldsError:
        return None
    return found.get(key) if isinstance(found, dict) else None


def _extent(lines: Sequence[str], known: Collection[str]) -> int:
    """How many of the first lines look like front matter; 0 when no known key is among them."""
    length = 0
    after_blank = found = False
    for number, line in enumerate(lines):
        key = _key(line, known)
        if _LIKE_A_FENCE.match(line):
            break
        if not line.strip():
            after_blank = True
        elif key in known or (not after_blank and (key or (number and line.startswith(_CONTINUES)))):
            length, after_blank, found = number + 1, False, found or key in known
        else:
            break
    return length if found else 0


def known_as(key: str, known: Collection[str]) -> str:
    """The key that is meant, whatever its case."""
    return key.lower() if key.lower() in known else key


def _straight(line: str, lost: Collection[str]) -> str:
    """A line without the slips that keep YAML from reading it: an indented key, a tab, a `-` without its space.

    Only a `lost` key, one that doesn't stand at the start of any line, is taken for an indented one.
    """
    stripped = line.lstrip()
    if _key(stripped, lost) in lost:
        return stripped
    indentation = line[: len(line) - len(stripped)].replace("\t", "  ")
    return _ITEM.sub(r"\1 ", indentation + stripped)


def _key(line: str, known: Collection[str]) -> str:
    return known_as(_parted(line)[0], known)


def _parted(line: str) -> tuple[str, str]:
    match = _KEY.match(line)
    return (match[1], match[2]) if match else ("", "")
