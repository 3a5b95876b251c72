"""What a plan is made of."""

from __future__ import annotations

from typing import TypeAlias

from ghstatus.actions.comments import CommentAction
from ghstatus.actions.incidents import IncidentAction, OpenPostmortem
from ghstatus.actions.issues import IssueAction
from ghstatus.actions.mirrors import MirrorAction

TrackerAction: TypeAlias = IssueAction | CommentAction | OpenPostmortem | MirrorAction
"""What only an issue tracker can do."""
Action: TypeAlias = IncidentAction | TrackerAction
Plan: TypeAlias = tuple[Action, ...]
