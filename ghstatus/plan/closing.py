"""Which issues to close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.actions import CloseIncident
from ghstatus.grammar import moment
from ghstatus.model import EventKind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Board, Issue, Tracker


def decide(board: Board, tracker: Tracker) -> Iterator[CloseIncident]:
    """Close each maintenance that is completed; an incident is for people to close.

    One with a problem stays open, because its window may be what was misread.
    """
    doubtful = {problem.where for problem in board.problems}
    for ref, story in board.incidents.items():
        record, issue = story.record, tracker.issues[ref]
        if record.phase is not Phase.COMPLETED or record.ended is None:
            continue
        if (
            issue.closed_at is None
            and f"#{ref}" not in doubtful
            and not _reopened(issue, tracker.program, record.ended)
        ):
            yield CloseIncident(ref=ref, why=f"it ended at {moment.write(record.ended)}")


def _reopened(issue: Issue, viewer: str, ended: datetime) -> bool:
    """Whether somebody wanted it open after it was over."""
    return any(
        event.kind is EventKind.REOPENED and event.actor != viewer and event.at >= ended for event in issue.events
    )
