"""Strangers' answers, taken for what they should be and nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ghstatus.evidence.services import Fate
from ghstatus.model import Evidence

if TYPE_CHECKING:
    from ghstatus.evidence.services import Answer, Service

_NUMBER = re.compile(r"[1-9][0-9]{0,9}")


def facts(answer: Answer) -> dict[str, object]:
    """The keys of a JSON object; none where there is no such thing."""
    if answer.fate is not Fate.GOT:
        return {}
    try:
        found = json.loads(answer.text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def number(value: object) -> int:
    """An id, be it a number or its digits; 0 for anything else."""
    text = str(value) if isinstance(value, str | int) else ""
    return int(text) if _NUMBER.fullmatch(text) else 0


def words(value: object) -> str:
    """A text that can be written down again, which half a character of UTF-16 can't; empty for anything else."""
    return value.encode("utf-8", "replace").decode("utf-8").strip() if isinstance(value, str) else ""


def unread(service: Service, answer: Answer) -> Evidence:
    """Why an answer told nothing."""
    why = "answered what isn't understood" if answer.fate is Fate.GOT else answer.text
    return Evidence(unread=(f"{service.name} {why}",))


def joined(*several: Evidence) -> Evidence:
    """All that was read and not read; it is complete as soon as one is."""
    return Evidence(
        texts=tuple(dict.fromkeys(text for one in several for text in one.texts)),
        unread=tuple(dict.fromkeys(why for one in several for why in one.unread)),
        is_complete=any(one.is_complete for one in several),
    )
