"""The words of a status page, as frozen data without behaviour of its own; every datetime is aware."""

from ghstatus.model.board import Board, ComponentState, Day, Story, Uptime
from ghstatus.model.incident import Affected, Incident, Update
from ghstatus.model.observed import Record, Snapshot, Span
from ghstatus.model.scale import PHASES, ComponentStatus, Impact, Kind, Phase, Severity
from ghstatus.model.site import Component, Group, Labels, Limits, Link, Pins, Policy, Site, StoreKind, Theme
from ghstatus.model.tracker import Comment, Event, EventKind, Issue, Label, Mirror, Pin, Tracker

__all__ = [
    "PHASES",
    "Affected",
    "Board",
    "Comment",
    "Component",
    "ComponentState",
    "ComponentStatus",
    "Day",
    "Event",
    "EventKind",
    "Group",
    "Impact",
    "Incident",
    "Issue",
    "Kind",
    "Label",
    "Labels",
    "Limits",
    "Link",
    "Mirror",
    "Phase",
    "Pin",
    "Pins",
    "Policy",
    "Record",
    "Severity",
    "Site",
    "Snapshot",
    "Span",
    "StoreKind",
    "Story",
    "Theme",
    "Tracker",
    "Update",
    "Uptime",
]
