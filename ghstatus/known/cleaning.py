"""Texts as they are looked at: one kind of line ending, no escapes, and never more than is worth reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.model import CheckKind, Surface, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.model import Check, Evidence

TAIL = 128 * 1024
"""The characters of a text that are looked at: its last ones, because a log ends with the reason."""
WIDTH = 2000
"""The characters of a line that are looked at."""
LAST = 30
"""The lines at the end of a plain log that may say why it failed; a command goes on after most of what it prints."""
_QUOTED = 300
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # colours and the cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*+(?:\x07|\x1b\\|\x9c)?"  # titles and links
    r"|\x1b[ -/]*+[0-Z\\^-~]?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """A text without what only a terminal understands: its last lines, none of them too long."""
    tail = text[-TAIL:]
    if len(text) > TAIL:
        tail = tail.partition("\n")[2] or tail  # what is left of a line says something else than the line
    tail = tail.replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in tail or "\x9b" in tail or "\x9d" in tail:
        tail = _ESCAPES.sub("", tail)
    return "\n".join(line[:WIDTH] for line in tail.split("\n"))


def ending(text: Text) -> str:
    """What of a text may excuse a failure: of a plain log its last lines that aren't empty, of any other all."""
    if text.surface is not Surface.LOG:
        return text.text
    place, left = len(text.text), LAST
    while left and place > 0:
        before = text.text.rfind("\n", 0, place)
        left -= bool(text.text[before + 1 : place].strip())
        place = before
    return text.text[place + 1 :]


def own(check: Check) -> tuple[Text, ...]:
    """What a check says itself, cleaned."""
    first = Surface.DESCRIPTION if check.kind is CheckKind.STATUS else Surface.TITLE
    return _cleaned((Text(first, check.title), Text(Surface.SUMMARY, check.summary)))


def told(evidence: Evidence) -> tuple[Text, ...]:
    """What was read beyond that, cleaned."""
    return _cleaned(evidence.texts)


def _cleaned(texts: Iterable[Text]) -> tuple[Text, ...]:
    cleaned = (text._replace(text=clean(text.text)) for text in texts)
    return tuple(text for text in cleaned if text.text.strip())


def line(text: str, start: int, end: int) -> str:
    """The line on which something stands, cut around it where it is long."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(start, end - 1))
    whole = text[first : None if last < 0 else last].partition("\n")[0]
    if len(whole) > _QUOTED:
        whole = whole[max(0, min(start - first, len(whole) - _QUOTED)) :][:_QUOTED]
    return " ".join(_CONTROLS.sub(" ", whole).split())
