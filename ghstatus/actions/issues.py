"""Changes to the state, the labels and the pins of an incident's issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ghstatus.actions.decided import Decided

if TYPE_CHECKING:
    from ghstatus.model import Label


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel(Decided):
    """Create a label that the repository doesn't have."""

    label: Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Relabel(Decided):
    """Make an incident's labels say what is so."""

    ref: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseIncident(Decided):
    """Close the issue of something that is over."""

    ref: str
    reason: str = "completed"
    """Or `not_planned`, for what was cancelled or a false alarm; or `duplicate`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenIncident(Decided):
    """Open the issue of something again that goes on."""

    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Assign(Decided):
    """Assign an incident's issue to people, by their logins."""

    ref: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PinIncident(Decided):
    """Pin an incident's issue."""

    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnpinIncident(Decided):
    """Unpin an issue that ghstatus pinned."""

    number: int


IssueAction: TypeAlias = CreateLabel | Relabel | CloseIncident | ReopenIncident | Assign | PinIncident | UnpinIncident
