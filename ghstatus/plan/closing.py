"""Which issues to close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.actions import CloseIncident
from ghstatus.grammar import comment, moment
from ghstatus.model import EventKind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Board, Issue, Story, Tracker


def decide(board: Board, tracker: Tracker) -> Iterator[CloseIncident]:
    """Close each maintenance that is completed, and what ghstatus itself wrote an end of and didn't come to close.

    What people say is over is for people to close. So is an issue with a problem, because its window may be what was
    misread.
    """
    doubtful = {problem.where for problem in board.problems}
    for ref, story in board.incidents.items():
        ended, issue = story.record.ended, tracker.issues[ref]
        if ended is None or issue.closed_at is not None or f"#{ref}" in doubtful:
            continue
        is_due = story.record.phase is Phase.COMPLETED or _is_half_closed(story, issue, ended)
        if is_due and not _reopened(issue, tracker.program, ended):
            is_none = story.record.phase is Phase.CANCELLED or story.record.false_alarm
            reason = "not_planned" if is_none else "completed"
            yield CloseIncident(ref=ref, reason=reason, why=f"it ended at {moment.write(ended)}")


def _is_half_closed(story: Story, issue: Issue, ended: datetime) -> bool:
    """Whether a command that resolved it, or an import of something that was over, was cut short."""
    told = [update.at for update in story.told if update.phase and update.phase.is_over]
    by_command = any(at in told for at in map(comment.written_at, (one.text for one in issue.comments)))
    by_import = bool(story.incident.source) and not any(one.at == ended for one in issue.comments)
    return by_command or by_import


def _reopened(issue: Issue, viewer: str, ended: datetime) -> bool:
    """Whether somebody wanted it open after it was over."""
    return any(
        event.kind is EventKind.REOPENED and event.actor != viewer and event.at >= ended for event in issue.events
    )
