"""Statuses, phases and people, as people write them in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import plain

if TYPE_CHECKING:
    from ghstatus.model import ComponentStatus, Phase

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,60})")


def said(word: ComponentStatus | Phase) -> str:
    """A status or a phase as people write it: `major outage`."""
    return word.value.replace("_", " ")


def login(person: str) -> str:
    """Somebody's name on GitHub, of which nobody is told."""
    return plain(person.removeprefix("@"))


def mention(person: str) -> str:
    """The same so that GitHub tells them."""
    name = person.removeprefix("@")
    return f"@{name}" if _LOGIN.fullmatch(name) else plain(name)
