"""Changes to the issues that show the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ghstatus.actions.decided import Decided


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteMirror(Decided):
    """Open the issue that shows the board in a repository, or write it anew."""

    repository: str
    """`owner/name`; empty for the incidents' own."""
    title: str
    text: str
    """Markdown, without the marker by which a store finds it again."""
    is_open: bool = True
    number: int | None = None
    """The issue to write anew; None for a new one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PinMirror(Decided):
    """Pin the issue that shows the board in a repository, be it opened just before."""

    repository: str
    number: int | None = None
    """None for the one that was opened just before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpinMirror(Decided):
    """Unpin the issue that shows the board in a repository."""

    repository: str
    number: int


MirrorAction: TypeAlias = WriteMirror | PinMirror | UnpinMirror
