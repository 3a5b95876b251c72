"""Words to find in a text ↔ how people type them: `/…/` is a pattern, everything else stands for itself."""

from __future__ import annotations

import re

from ghstatus import patterns
from ghstatus.model import Phrase

_PATTERN = re.compile(r"(?P<escape>\\*)/(?P<text>.+)/i?", re.DOTALL)
_BLAND = ("", "0", "/", " \t", "build", "check", "error", "failed", "failure", "killed", "tests", "timeout")
"""Every log holds one of these."""


def read(text: str) -> Phrase:
    """What somebody typed; a backslash in front keeps `/…/` from being a pattern."""
    found = _PATTERN.fullmatch(text)
    if found is None:
        return Phrase(text)
    return Phrase(text[1:]) if found["escape"] else Phrase(found["text"], is_pattern=True)


def write(phrase: Phrase) -> str:
    """What `read` reads as the same phrase."""
    if phrase.is_pattern:
        return f"/{phrase.text}/"
    return f"\\{phrase.text}" if _PATTERN.fullmatch(phrase.text) else phrase.text


def fault(phrase: Phrase) -> str:
    """Why a phrase can't be looked for, or would be found anywhere; empty when it is well."""
    try:
        patterns.check(phrase)
    except ValueError as error:
        return str(error)
    bland = next((word for word in _BLAND if phrase.is_pattern and patterns.find(phrase, word)), None)
    if bland is None:
        return ""
    return f"it is found in {bland!r}, and so nearly everywhere" if bland.strip() else "it is found in an empty line"
