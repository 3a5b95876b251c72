"""The words of a status page, as frozen data without behaviour of its own; every datetime is aware.

Each part is imported when one of its words is asked for: to make them all takes a tenth of a small build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.ondemand import parts

if TYPE_CHECKING:
    from ghstatus.model.board import Board, ComponentState, Day, Story, Uptime
    from ghstatus.model.checks import Check, CheckKind, CheckState, Head, Pull, Run, Said
    from ghstatus.model.failures import Evidence, Logs, Phrase, Rule, Scope, Signature, Surface, Text, Tier
    from ghstatus.model.figures import (
        FEW,
        Budget,
        ComponentFigures,
        Figures,
        Measure,
        Month,
        Objective,
        Share,
        Step,
        Summary,
    )
    from ghstatus.model.incident import Affected, Incident, Update
    from ghstatus.model.observed import Milestones, Record, Snapshot, Span
    from ghstatus.model.postmortem import FollowUp, Postmortem
    from ghstatus.model.response import Assignment, Detector, Order, Response, Role, Task
    from ghstatus.model.scale import PHASES, ComponentStatus, Impact, Kind, Phase, Severity
    from ghstatus.model.site import Component, Group, Labels, Limits, Link, Pins, Policy, Site, StoreKind, Theme
    from ghstatus.model.team import Recurring, Reminders, Reviews, Rota, Swap
    from ghstatus.model.tracker import Comment, Event, EventKind, Issue, Label, Mirror, Pin, Review, Tracker
    from ghstatus.model.verdicts import Mode, Near, Outage, Report, Verdict, VerdictKind, Watch

__getattr__ = parts(
    __name__,
    {
        "board": "Board ComponentState Day Story Uptime",
        "checks": "Check CheckKind CheckState Head Pull Run Said",
        "failures": "Evidence Logs Phrase Rule Scope Signature Surface Text Tier",
        "figures": "FEW Budget ComponentFigures Figures Measure Month Objective Share Step Summary",
        "incident": "Affected Incident Update",
        "observed": "Milestones Record Snapshot Span",
        "postmortem": "FollowUp Postmortem",
        "response": "Assignment Detector Order Response Role Task",
        "scale": "PHASES ComponentStatus Impact Kind Phase Severity",
        "site": "Component Group Labels Limits Link Pins Policy Site StoreKind Theme",
        "team": "Recurring Reminders Reviews Rota Swap",
        "tracker": "Comment Event EventKind Issue Label Mirror Pin Review Tracker",
        "verdicts": "Mode Near Outage Report Verdict VerdictKind Watch",
    },
)

__all__ = [
    "FEW",
    "PHASES",
    "Affected",
    "Assignment",
    "Board",
    "Budget",
    "Check",
    "CheckKind",
    "CheckState",
    "Comment",
    "Component",
    "ComponentFigures",
    "ComponentState",
    "ComponentStatus",
    "Day",
    "Detector",
    "Event",
    "EventKind",
    "Evidence",
    "Figures",
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
    "Measure",
    "Milestones",
    "Mirror",
    "Mode",
    "Month",
    "Near",
    "Objective",
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
    "Review",
    "Reviews",
    "Role",
    "Rota",
    "Rule",
    "Run",
    "Said",
    "Scope",
    "Severity",
    "Share",
    "Signature",
    "Site",
    "Snapshot",
    "Span",
    "Step",
    "StoreKind",
    "Story",
    "Summary",
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
