"""What of a Markdown text its author says: without code, quotes and hidden comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar.prose import SPAN, fence_after

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTE = re.compile(r" {0,3}>")
_CODE = re.compile(r"(?: {4}| {0,3}\t)")
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<tag>pre|code)>.*?(?:</(?P=tag)>|\Z)", re.DOTALL | re.IGNORECASE)
_SPAN_OF_PARAGRAPH = re.compile(SPAN.pattern.replace("(?!(?P=ticks))", r"(?!(?P=ticks)|\n[ \t]*\n)"), re.DOTALL)


def own_words(text: str) -> str:
    """The lines that are neither code nor quoted, without code and comments inside them.

    A line that follows a quote without a blank one between belongs to it, as GitHub shows it.
    """
    return SPAN.sub(" ", _HIDDEN.sub(" ", "\n".join(line for line in _lines(text) if line is not None)))


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
        within, fence = fence, fence_after(line, fence)
        if within or fence:
            is_quoted = False
            yield None
        else:
            is_quoted = bool(_QUOTE.match(line)) or (is_quoted and bool(line.strip()))
            yield "" if is_quoted or _CODE.match(line) else line
