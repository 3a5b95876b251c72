"""The changes that ghstatus can make to a store, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

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


Action: TypeAlias = OpenIncident | EditIncident | PostUpdate
Plan: TypeAlias = tuple[Action, ...]
