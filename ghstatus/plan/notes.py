"""What to say in comments on issues that aren't as they should be."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.actions import RemoveNote, Topic, WriteNote
from ghstatus.grammar import notes
from ghstatus.model import EventKind
from ghstatus.saying import incidents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ghstatus.errors import Problem
    from ghstatus.model import Board, Comment, Issue, Tracker

RECENT = timedelta(days=1)
"""What is older was there before ghstatus, or was told of by then; a new comment on it would only be noise."""


def problems(board: Board, tracker: Tracker) -> Iterator[WriteNote | RemoveNote]:
    """Keep one comment on each issue with problems; take it away when they are mended, and whatever is there twice."""
    by_issue: dict[str, list[Problem]] = defaultdict(list)
    for problem in board.problems:
        by_issue[problem.where].append(problem)
    for ref, issue in tracker.issues.items():
        for name, copy in notes.copies(issue, tracker.viewer):
            yield RemoveNote(ref=ref, topic=name.topic, comment=copy.id, key=name.key, why="it is there twice")
        note = notes.find(issue, tracker.viewer).get(Topic.PROBLEMS)
        found = by_issue.get(f"#{ref}", ())
        if found:
            if note or not is_unwanted(issue, tracker.viewer):
                yield from _told(ref, found, note, issue, board.now)
        elif note is not None:
            yield RemoveNote(ref=ref, topic=Topic.PROBLEMS, comment=note.id, why="nothing is wrong any more")


def deleted(issue: Issue, viewer: str) -> datetime | None:
    """When somebody last deleted a comment of ours; None when nobody did. What it said isn't known any more."""
    kind = EventKind.COMMENT_DELETED
    times = (one.at for one in issue.events if one.kind is kind and one.detail == viewer != one.actor)
    return max(times, default=None)


_SAYING = frozenset({EventKind.LABELED, EventKind.UNLABELED, EventKind.RENAMED, EventKind.CLOSED, EventKind.REOPENED})


def is_unwanted(issue: Issue, viewer: str) -> bool:
    """Whether somebody deleted a comment of ours, and nobody has written, labelled, renamed or closed anything since.

    Only by that could there be a problem that the deleted one didn't tell.
    """
    at = deleted(issue, viewer)
    if at is None:
        return False
    said = [one.at for one in issue.events if one.kind in _SAYING and one.actor != viewer]
    said += [one.edited_at or one.at for one in issue.comments if one.author != viewer]
    return max([*said, issue.edited_at or issue.created_at]) <= at


def _told(ref: str, found: Sequence[Problem], note: Comment | None, issue: Issue, now: datetime) -> Iterator[WriteNote]:
    text = incidents.problems(found)
    if note is None and issue.closed_at is not None and issue.updated_at < now - RECENT:
        return
    if note is None or not notes.is_same(note.text, notes.write(Topic.PROBLEMS, text)):
        yield WriteNote(
            ref=ref,
            topic=Topic.PROBLEMS,
            text=text,
            comment=None if note is None else note.id,
            why=incidents.first(found),
        )
