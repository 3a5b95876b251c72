"""The words of a status page, as frozen data without behaviour of its own; every datetime is aware."""

from ghstatus.model.board import Board, ComponentState, Day, Story, Uptime
from ghstatus.model.checks import Check, CheckKind, CheckState, Head, Pull, Run, Said
from ghstatus.model.failures import Evidence, Logs, Phrase, Rule, Scope, Signature, Surface, Text, Tier
from ghstatus.model.incident import Affected, Incident, Update
from ghstatus.model.observed import Milestones, Record, Snapshot, Span
from ghstatus.model.postmortem import FollowUp, Postmortem
from ghstatus.model.response import Assignment, Detector, Order, Response, Role, Task
from ghstatus.model.scale import PHASES, ComponentStatus, Impact, Kind, Phase, Severity
from ghstatus.model.site import Component, Group, Labels, Limits, Link, Pins, Policy, Site, StoreKind, Theme
from ghstatus.model.team import Recurring, Reminders, Reviews, Rota, Swap
from ghstatus.model.tracker import Comment, Event, EventKind, Issue, Label, Mirror, Pin, Tracker
from ghstatus.model.verdicts import Mode, Near, Outage, Report, Verdict, VerdictKind, Watch

__all__ = [
    "PHASES",
    "Affected",
    "Assignment",
    "Board",
    "Check",
    "CheckKind",
    "CheckState",
    "Comment",
    "Component",
    "ComponentState",
    "ComponentStatus",
    "Day",
    "Detector",
    "Event",
    "EventKind",
    "Evidence",
    "FollowUp",
    "Group",
    "Head",
    "Impact",
    "Incident",
    "Issue",
    "Kind",
    "Label",
    "Labels",
    "Limits",
    "Link",
    "Logs",
    "Milestones",
    "Mirror",
    "Mode",
    "Near",
    "Order",
    "Outage",
    "Phase",
    "Phrase",
    "Pin",
    "Pins",
    "Policy",
    "Postmortem",
    "Pull",
    "Record",
    "Recurring",
    "Reminders",
    "Report",
    "Response",
    "Reviews",
    "Role",
    "Rota",
    "Rule",
    "Run",
    "Said",
    "Scope",
    "Severity",
    "Signature",
    "Site",
    "Snapshot",
    "Span",
    "StoreKind",
    "Story",
    "Surface",
    "Swap",
    "Task",
    "Text",
    "Theme",
    "Tier",
    "Tracker",
    "Update",
    "Uptime",
    "Verdict",
    "VerdictKind",
    "Watch",
]
