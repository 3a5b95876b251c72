"""The words of a status page, as frozen data without behaviour of its own; every datetime is aware."""

from ghstatus.model.board import Board, ComponentState, Day, Story, Uptime
from ghstatus.model.incident import Affected, Incident, Update
from ghstatus.model.observed import Record, Snapshot, Span
from ghstatus.model.scale import PHASES, ComponentStatus, Impact, Kind, Phase, Severity
from ghstatus.model.site import Component, Group, Link, Policy, Site, Theme

__all__ = [
    "PHASES",
    "Affected",
    "Board",
    "Component",
    "ComponentState",
    "ComponentStatus",
    "Day",
    "Group",
    "Impact",
    "Incident",
    "Kind",
    "Link",
    "Phase",
    "Policy",
    "Record",
    "Severity",
    "Site",
    "Snapshot",
    "Span",
    "Story",
    "Theme",
    "Update",
    "Uptime",
]
