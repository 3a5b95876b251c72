"""What of a Markdown text its author says: without code, quotes and hidden comments."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_QUOTE = re.compile(r" {0,3}>")
_CODE = re.compile(r"(?: {4}| {0,3}\t)")
_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!(?P=ticks)).){1,1000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<tag>pre|code)>.*?(?:</(?P=tag)>|\Z)", re.DOTALL | re.IGNORECASE)


def own_words(text: str) -> str:
    """The lines that are neither code nor quoted, without code and comments inside them.

    A line that follows a quote without a blank one between belongs to it, as GitHub shows it.
    """
    lines: list[str] = []
    fence, is_quoted = "", False
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _FENCE.match(line)
        if fence:
            fence = "" if found and _closes(found, fence) else fence
        elif found and not ("`" in found["rest"] and found["fence"][0] == "`"):
            fence, is_quoted = found["fence"], False
        else:
            is_quoted = bool(_QUOTE.match(line)) or (is_quoted and bool(line.strip()))
            lines.append("" if is_quoted or _CODE.match(line) else line)
    return _SPAN.sub(" ", _HIDDEN.sub(" ", "\n".join(lines)))


def _closes(found: re.Match[str], fence: str) -> bool:
    return found["fence"].startswith(fence) and not found["rest"].strip()
