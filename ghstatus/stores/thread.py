"""What is said on one issue, and who is to see to it, changed as GitHub changes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from ghstatus.actions import Assign, CommentAction, PostComment, React, RemoveNote, WriteNote
from ghstatus.errors import UsageError
from ghstatus.grammar import notes
from ghstatus.model import Comment, Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ghstatus.model import Issue


class Hand(NamedTuple):
    """Whoever changes something."""

    viewer: str
    now: datetime
    numbers: Iterator[int]
    """For new comments."""


def changed(one: Issue, action: CommentAction | Assign, hand: Hand) -> Issue:
    """The issue after a change; raises UsageError where GitHub would refuse it."""
    match action:
        case Assign(people=people):
            return _assigned(one, people, hand)
        case React():
            return _reacted(one, action)
        case WriteNote():
            return _noted(one, action, hand)
        case RemoveNote(comment=number):
            _each(one, number, lambda it: it)
            return replace(one, comments=tuple(each for each in one.comments if each.id != number))
        case PostComment(text=text):
            return _said(one, text, hand)
        case _:
            assert_never(action)


def _noted(one: Issue, action: WriteNote, hand: Hand) -> Issue:
    words = notes.write(action.topic, action.text, action.key)
    if action.comment is None:
        return _said(one, words, hand)
    return _each(one, action.comment, lambda it: it._replace(text=words, edited_at=hand.now, editor=hand.viewer))


def _said(one: Issue, text: str, hand: Hand) -> Issue:
    comment = Comment(id=next(hand.numbers), at=hand.now, author=hand.viewer, text=text)
    return replace(one, comments=(*one.comments, comment))


def _reacted(one: Issue, action: React) -> Issue:
    """Reacting twice is reacting once."""

    def react(comment: Comment) -> Comment:
        others = {content for content in comment.reactions if content != action.content}
        return comment._replace(reactions=tuple(sorted(others | ({action.content} if action.is_on else set()))))

    return _each(one, action.comment, react)


def _each(one: Issue, number: int, change: Callable[[Comment], Comment]) -> Issue:
    if all(comment.id != number for comment in one.comments):
        raise UsageError(f"#{one.number} has no comment {number}")
    return replace(one, comments=tuple(change(it) if it.id == number else it for it in one.comments))


def _assigned(one: Issue, people: tuple[str, ...], hand: Hand) -> Issue:
    last = {event.detail: event.kind for event in one.events if event.kind in _ASSIGNING}
    new = (person for person in people if last.get(person) is not EventKind.ASSIGNED)
    events = tuple(Event(EventKind.ASSIGNED, hand.now, hand.viewer, person) for person in new)
    return replace(one, events=(*one.events, *events))


_ASSIGNING = frozenset({EventKind.ASSIGNED, EventKind.UNASSIGNED})
