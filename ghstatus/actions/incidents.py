"""Changes to what is written about incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ghstatus.actions.decided import Decided

if TYPE_CHECKING:
    from ghstatus.model import Incident, Update


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIncident:
    """Write down an incident that the store doesn't have."""

    incident: Incident


@dataclass(frozen=True, kw_only=True, slots=True)
class EditIncident:
    """Replace what is written about an incident."""

    incident: Incident


@dataclass(frozen=True, kw_only=True, slots=True)
class PostUpdate:
    """Add an update to an incident."""

    ref: str
    update: Update


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPostmortem(Decided):
    """Open the issue in which a post-mortem is written, unless there is one."""

    incident: str
    """The ref of the incident that it is about."""
    title: str
    text: str
    """Markdown, without the marker by which a store finds it again."""


IncidentAction: TypeAlias = OpenIncident | EditIncident | PostUpdate
"""What every store can do."""
FolderAction: TypeAlias = IncidentAction | OpenPostmortem
"""What a folder can do."""
