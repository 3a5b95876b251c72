"""Statuses and phases, as people write them in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ghstatus.model import ComponentStatus, Phase


def said(word: ComponentStatus | Phase) -> str:
    """A status or a phase as people write it: `major outage`."""
    return word.value.replace("_", " ")
