"""A Markdown text as lines that know whether they are code, without the comments that nobody is to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!(?P=ticks)).){1,1000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
"""Code inside a paragraph."""
_OPENING = "<!--"
_CLOSING = re.compile(r"--!?>")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>.*?))?(?:[ \t]+#+)?[ \t]*")


class Line(NamedTuple):
    """A line of what people read."""

    text: str
    is_code: bool = False


class Heading(NamedTuple):
    """A heading."""

    level: int
    title: str


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text; a comment goes, with the lines that hold nothing else. One without an end takes the rest."""
    return tuple(_lines(text.replace("\r\n", "\n").replace("\r", "\n")))


def _lines(text: str) -> Iterator[Line]:
    place, before, fence = 0, "", ""
    while place < len(text):
        end = _end(text, place)
        line = before + text[place:end]
        within, fence = fence, fence_after(line, fence)
        if within or fence:
            yield Line(line, is_code=True)
        elif (start := _comment(line)) is not None:
            place = _after(text, max(place, place + start - len(before)))
            before = line[:start]
            if not before.strip():
                place, before = _skipped(text, place), ""
            continue
        else:
            yield Line(line)
        place, before = end + 1, ""
    if before:
        yield Line(before)


def fence_after(line: str, fence: str) -> str:
    """The fence of the code that the next line belongs to; empty where it is none. `fence` is that of this line."""
    mark = _FENCE.fullmatch(line)
    if fence:
        is_end = mark and mark["fence"].startswith(fence) and not mark["rest"].strip()
        return "" if is_end else fence
    return mark["fence"] if mark and not ("`" in mark["rest"] and mark["fence"][0] == "`") else ""


def heading(line: Line) -> Heading | None:
    """The heading that a line is; None for any other."""
    found = None if line.is_code else _HEADING.fullmatch(line.text)
    return Heading(len(found["marks"]), (found["title"] or "").strip()) if found else None


def _comment(line: str) -> int | None:
    """Where a comment begins in a line that isn't code."""
    start = line.find(_OPENING)
    if start < 0:
        return None
    spans = [span.span() for span in SPAN.finditer(line)]
    while start >= 0 and any(first < start < end for first, end in spans):
        start = line.find(_OPENING, start + 1)
    return None if start < 0 else start


def _after(text: str, start: int) -> int:
    """Where the comment ends that begins at `start`."""
    closing = _CLOSING.search(text, start + len(_OPENING))
    return closing.end() if closing else len(text)


def _skipped(text: str, place: int) -> int:
    """Where the text goes on after a comment that had nothing before it in its line."""
    rest = text[place : _end(text, place)]
    return place + (len(rest) - len(rest.lstrip(" \t")) if rest.strip() else len(rest) + 1)


def _end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end
