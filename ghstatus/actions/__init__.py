"""The changes that ghstatus can make to a store, as data.

Each part is imported when one of its words is asked for, so that a build doesn't pay for what only plans need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.ondemand import parts

if TYPE_CHECKING:
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
    from ghstatus.actions.plan import Action, Plan, TrackerAction

__getattr__ = parts(
    __name__,
    {
        "checks": "CheckAction NeutraliseRun PostReport WriteComment",
        "comments": "CommentAction PostComment React RemoveNote Topic WriteNote",
        "incidents": "EditIncident FolderAction IncidentAction OpenIncident OpenPostmortem PostUpdate",
        "issues": "Assign CloseIncident CreateLabel IssueAction PinIncident Relabel ReopenIncident UnpinIncident",
        "mirrors": "MirrorAction PinMirror UnpinMirror WriteMirror",
        "plan": "Action Plan TrackerAction",
    },
)

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
