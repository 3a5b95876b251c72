"""What of a Markdown text its author says: without code, quotes and hidden comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_QUOTE = re.compile(r" {0,3}>")
_CODE = re.compile(r"(?: {4}| {0,3}\t)")
_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!(?P=ticks)).){1,1000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<tag>pre|code)>.*?(?:</(?P=tag)>|\Z)", re.DOTALL | re.IGNORECASE)


_SPAN_OF_PARAGRAPH = re.compile(_SPAN.pattern.replace("(?!(?P=ticks))", r"(?!(?P=ticks)|\n[ \t]*\n)"), re.DOTALL)


def own_words(text: str) -> str:
    """The lines that are neither code nor quoted, without code and comments inside them.

    A line that follows a quote without a blank one between belongs to it, as GitHub shows it.
    """
    return _SPAN.sub(" ", _HIDDEN.sub(" ", "\n".join(line for line in _lines(text) if line is not None)))


def own_lines(text: str) -> list[str]:
    """Each line of a text with LF line endings, with a blank in place of what isn't its author's own words."""
    lines = "\n".join(line or "" for line in _lines(text))
    return _SPAN_OF_PARAGRAPH.sub(_blank, _HIDDEN.sub(_blank, lines)).split("\n")


def _blank(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


def _lines(text: str) -> Iterator[str | None]:
    """Each line, empty where it is code or quoted, and None where it belongs to a fence."""
    fence, is_quoted = "", False
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _FENCE.match(line)
        if fence:
            fence = "" if found and _closes(found, fence) else fence
            yield None
        elif found and not ("`" in found["rest"] and found["fence"][0] == "`"):
            fence, is_quoted = found["fence"], False
            yield None
        else:
            is_quoted = bool(_QUOTE.match(line)) or (is_quoted and bool(line.strip()))
            yield "" if is_quoted or _CODE.match(line) else line


def _closes(found: re.Match[str], fence: str) -> bool:
    return found["fence"].startswith(fence) and not found["rest"].strip()
