"""The changes that ghstatus can make to a store, as data."""

from __future__ import annotations

from typing import TypeAlias

from ghstatus.actions.checks import CheckAction, NeutraliseRun, PostReport, WriteComment
from ghstatus.actions.comments import CommentAction, PostComment, React, RemoveNote, Topic, WriteNote
from ghstatus.actions.incidents import (
    EditIncident,
    FolderAction,
    IncidentAction,
    OpenIncident,
    OpenPostmortem,
    PostUpdate,
)
from ghstatus.actions.issues import (
    Assign,
    CloseIncident,
    CreateLabel,
    IssueAction,
    PinIncident,
    Relabel,
    ReopenIncident,
    UnpinIncident,
)
from ghstatus.actions.mirrors import MirrorAction, PinMirror, UnpinMirror, WriteMirror

TrackerAction: TypeAlias = IssueAction | CommentAction | OpenPostmortem | MirrorAction
"""What only an issue tracker can do."""
Action: TypeAlias = IncidentAction | TrackerAction
Plan: TypeAlias = tuple[Action, ...]

__all__ = [
    "Action",
    "Assign",
    "CheckAction",
    "CloseIncident",
    "CommentAction",
    "CreateLabel",
    "EditIncident",
    "FolderAction",
    "IncidentAction",
    "IssueAction",
    "MirrorAction",
    "NeutraliseRun",
    "OpenIncident",
    "OpenPostmortem",
    "PinIncident",
    "PinMirror",
    "Plan",
    "PostComment",
    "PostReport",
    "PostUpdate",
    "React",
    "Relabel",
    "RemoveNote",
    "ReopenIncident",
    "Topic",
    "TrackerAction",
    "UnpinIncident",
    "UnpinMirror",
    "WriteComment",
    "WriteMirror",
    "WriteNote",
]
