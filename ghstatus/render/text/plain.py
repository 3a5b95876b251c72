"""Markdown → plain text, for places that show no markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ghstatus.render.text import markdown

_GAPS = re.compile(r"\s+")
_MANY = re.compile(r"\n{3,}")
_PARAGRAPHS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "table", "dl", "details", "hr"}
)
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "summary"})
_LISTS = frozenset({"ol", "ul"})
_BREAKING = _PARAGRAPHS | _LINES | _LISTS
_CELLS = frozenset({"td", "th"})
_STRUCK = frozenset({"del", "s"})


def text(source: str) -> str:
    """What Markdown says, without its marks: paragraphs and lists stay, links stand in brackets behind their words."""
    reader = _Reader()
    reader.feed(markdown.render(source))
    reader.close()
    return _MANY.sub("\n\n", "\n".join(line.rstrip() for line in reader.found.strip().split("\n")))


class _Reader(HTMLParser):
    """Reads what the sanitizer wrote, so every tag has its end."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self._breaks = 0
        self._is_marked = False
        self._lists: list[int | None] = []
        self._link = ("", 0)
        self._kept = 0
        self._struck = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where the tag does, and number the items of lists."""
        given = dict(attrs)
        self._break(tag)
        if tag in _LISTS:
            self._lists.append(int(given.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._put(self._mark())
            self._is_marked = True
        elif tag == "a":
            self._link = (given.get("href") or "", len(self.found))
        elif tag in _CELLS and not self._breaks:
            self.found = f"{self.found.rstrip()} | "
        self._kept += tag == "pre"
        self._struck += tag in _STRUCK

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began; a link says where it leads unless its words are the address."""
        self._kept -= tag == "pre"
        self._is_marked &= tag != "li"
        self._struck -= tag in _STRUCK
        if tag in _LISTS:
            self._lists.pop()
        address, start = self._link
        if tag == "a" and address.removeprefix("mailto:") != self.found[start:].strip():
            self._put(f" ({address})")
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Take words as HTML shows them: gaps are one blank, and none at a line's beginning. What is struck out is gone."""
        if self._struck:
            return
        if self._kept:
            self._put(data)
            return
        words = _GAPS.sub(" ", data)
        is_start = self._breaks or not self.found or self.found.endswith((" ", "\n"))
        if words := words.lstrip() if is_start else words:
            self._put(words)

    def _break(self, tag: str) -> None:
        # The words of an item follow its mark on one line, whatever tag stands between.
        if tag in _BREAKING and not self._is_marked:
            self._breaks = max(self._breaks, 1 if tag in _LINES or self._lists else 2)

    def _mark(self) -> str:
        """What an item begins with."""
        deep = "  " * (len(self._lists) - 1)
        number = self._lists[-1]
        if number is None:
            return f"{deep}- "
        self._lists[-1] = number + 1
        return f"{deep}{number}. "

    def _put(self, words: str) -> None:
        gap = "\n" * self._breaks if self.found else ""
        self.found += f"{gap}{words}"
        self._breaks, self._is_marked = 0, False
