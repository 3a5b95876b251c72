"""Which issues to close, and which to open again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.actions import CloseIncident, ReopenIncident
from ghstatus.grammar import comment, moment, openness
from ghstatus.model import EventKind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.model import Board, Issue, Order, Story, Tracker


def decide(board: Board, tracker: Tracker) -> Iterator[CloseIncident | ReopenIncident]:
    """Close what a command ended, each maintenance that is completed, and what ghstatus itself didn't come to close.

    What people say is over without a command is for people to close. So is an issue with a problem, because its window
    may be what was misread; a command is plain. What somebody else did later stands.
    """
    doubtful = {problem.where for problem in board.problems}
    for ref, story in board.incidents.items():
        issue, order = tracker.issues[ref], openness.last(story.incident)
        if issue.closed_at is not None:
            goes_on = story.record.ended is None
            if goes_on and (why := openness.awake(story.incident, issue, tracker.program)):
                yield ReopenIncident(ref=ref, why=why)
        elif order and _is_ended(order, story, issue, tracker.program):
            yield CloseIncident(ref=ref, reason=_reason(story), why=f"`/{order.verb}` was said")
        elif f"#{ref}" not in doubtful:
            yield from _by_itself(ref, story, issue, tracker.program)


def reopened(tracker: Tracker, turned: Iterable[CloseIncident | ReopenIncident]) -> Tracker:
    """The tracker with those issues open that are to be opened again, so that all else is seen to at once."""
    awake = {one.ref for one in turned if isinstance(one, ReopenIncident)}
    issues = {
        ref: replace(issue, closed_at=None, reason="") if ref in awake else issue
        for ref, issue in tracker.issues.items()
    }
    return replace(tracker, issues=issues) if awake else tracker


def _is_ended(order: Order, story: Story, issue: Issue, viewer: str) -> bool:
    return order.verb in openness.ENDING and bool(story.record.ended) and not _reopened(issue, viewer, order.at)


def _reason(story: Story) -> str:
    """Why it is closed, in GitHub's words."""
    if story.record.duplicate_of is not None:
        return "duplicate"
    is_none = story.record.phase is Phase.CANCELLED or story.record.false_alarm
    return "not_planned" if is_none else "completed"


def _by_itself(ref: str, story: Story, issue: Issue, viewer: str) -> Iterator[CloseIncident]:
    ended = story.record.ended
    if ended is None or not (story.record.phase is Phase.COMPLETED or _is_half_closed(story, issue, ended)):
        return
    if not _reopened(issue, viewer, ended):
        yield CloseIncident(ref=ref, reason=_reason(story), why=f"it ended at {moment.write(ended)}")


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
