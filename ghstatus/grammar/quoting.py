"""Strangers' words as Markdown in which they stay words: nobody is notified, nothing is linked, fetched or formatted."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_LIVE = re.compile(r"[\\`*_\[\]~$|&<>@]|#(?=\d)|gh-(?=\d)|:(?=//)|www(?=\.)", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_GAP = "&#8203;"
"""No width, no meaning: GitHub looks for mentions and references after it has read the Markdown, so a backslash is no help."""


def plain(text: str) -> str:
    """Markdown for a place inside a line that reads as `text`, on one line."""
    return _LIVE.sub(_defused, line(text))


def line(text: str) -> str:
    """`text` on one line, without characters that steer a terminal or turn the line around."""
    return " ".join(_CONTROL.sub("", text).split())


def clipped(text: str, longest: int) -> str:
    """`text`, not longer than it may be."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _defused(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in _ENTITIES:
        return _ENTITIES[sign]
    return f"\\{sign}" if sign in "\\`*_[]~$|" else f"{sign}{_GAP}"
