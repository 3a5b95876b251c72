"""How to answer commands in comments: a reaction to each comment with some, a reply where one asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import React, RemoveNote, Topic, WriteNote
from ghstatus.errors import UsageError
from ghstatus.grammar import notes
from ghstatus.model import Review
from ghstatus.plan.notes import RECENT, deleted
from ghstatus.saying import answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from typing import TypeAlias

    from ghstatus.model import Board, Comment, Issue, Order, Story, Tracker

    Messages: TypeAlias = Callable[[Story, str], str]
    """What to post about an incident in a channel; raises UsageError where there is no such channel."""

TAKEN, MISTAKEN = "+1", "confused"
_ON_COMMANDS = {TAKEN: "its commands were taken", MISTAKEN: "one of its commands was not"}
_ON_REVIEWS = {TAKEN: "it approves of the post-mortem", MISTAKEN: "it was meant to approve, and doesn't"}
_TOPICS = frozenset({Topic.HELP, Topic.ANNOUNCEMENT})
_ODD = re.compile(r"[^a-z0-9]+")


class _Wish(NamedTuple):
    order: Order
    at: datetime
    """When it was asked for."""


def decide(
    board: Board, tracker: Tracker, messages: Messages | None = None
) -> Iterator[React | WriteNote | RemoveNote]:
    """Answer what was said lately; what is older was answered by then, or was there before ghstatus."""
    for ref, story in board.incidents.items():
        issue = tracker.issues[ref]
        said = story.incident.response
        if said.orders or said.mistaken or any(map(_is_ours, issue.comments)):
            yield from _reactions(ref, story, _misdirected(story, issue, board.now, messages), tracker, board.now)
            yield from _replies(ref, story, issue, board.now, tracker.viewer, messages)
    for review in tracker.reviews:
        yield from _reacted(review, tracker.program, board.now, _ON_REVIEWS)


def _is_ours(comment: Comment) -> bool:
    return bool(comment.reactions) or notes.topic_of(comment.text) in _TOPICS


def _said(comment: Comment) -> datetime:
    return comment.edited_at or comment.at


def _misdirected(story: Story, issue: Issue, now: datetime, messages: Messages | None) -> frozenset[int]:
    """The comments of late that ask for a text in a channel that isn't there."""
    late = {comment.id for comment in issue.comments if now - _said(comment) <= RECENT}
    asked = (order for order in story.incident.response.orders if order.verb == "announce" and order.comment in late)
    return frozenset(order.comment for order in asked if messages and not _is_there(story, order.text, messages))


def _is_there(story: Story, channel: str, messages: Messages) -> bool:
    try:
        messages(story, channel)
    except UsageError:
        return False
    return True


def _reactions(ref: str, story: Story, misdirected: frozenset[int], tracker: Tracker, now: datetime) -> Iterator[React]:
    response = story.incident.response
    taken = frozenset(order.comment for order in response.orders)
    heard = Review(tracker.issues[ref], taken, misdirected.union(response.mistaken))
    yield from _reacted(heard, tracker.program, now, _ON_COMMANDS)


def _reacted(heard: Review, program: str, now: datetime, why: Mapping[str, str]) -> Iterator[React]:
    """React to what was said lately in one issue."""
    for comment in heard.issue.comments:
        if now - _said(comment) > RECENT:
            continue
        wanted = MISTAKEN if comment.id in heard.mistaken else TAKEN if comment.id in heard.taken else ""
        if not wanted and not (program and comment.edited_at):
            continue  # a person's own reaction, or another program's
        for content in (MISTAKEN, TAKEN):
            if (content in comment.reactions) != (content == wanted):
                is_on = content == wanted
                reason = why[content] if is_on else "it was edited, or what it says is read otherwise now"
                yield React(ref=str(heard.issue.number), comment=comment.id, content=content, is_on=is_on, why=reason)


def _replies(
    ref: str, story: Story, issue: Issue, now: datetime, viewer: str, messages: Messages | None
) -> Iterator[WriteNote | RemoveNote]:
    """One reply to each comment that asks, which stays as it is; it goes with the command."""
    present = notes.named(issue, viewer)
    said = {comment.id: _said(comment) for comment in issue.comments}
    wished = {
        _name(order): _Wish(order, said.get(order.comment, order.at))
        for order in story.incident.response.orders
        if order.verb in _TEXTS
    }
    gone = deleted(issue, viewer)
    for name, wish in wished.items():
        if name in present or now - wish.at > RECENT or (gone and wish.at <= gone):
            continue
        if text := _TEXTS[wish.order.verb](story, wish.order.text, messages):
            why = f"{wish.order.by} asks for it"
            yield WriteNote(ref=ref, topic=name.topic, text=text, key=name.key, why=why)
    for name, note in present.items():
        if name.topic in _TOPICS and name not in wished and now - note.at <= RECENT:
            yield RemoveNote(ref=ref, topic=name.topic, comment=note.id, key=name.key, why="nobody asks any more")


def _name(order: Order) -> notes.Name:
    if order.verb == "help":
        return notes.Name(Topic.HELP, str(order.comment))
    channel = _ODD.sub("-", order.text.lower()).strip("-")[:40]
    return notes.Name(Topic.ANNOUNCEMENT, f"{order.comment}-{channel}")


def _help(story: Story, _: str, __: Messages | None) -> str:
    return answers.help_on(story.incident.kind)


def _announcement(story: Story, channel: str, messages: Messages | None) -> str:
    if messages is None:
        return ""
    try:
        return answers.announcement(channel, messages(story, channel))
    except UsageError as error:
        return answers.no_channel(str(error))


_TEXTS = {"help": _help, "announce": _announcement}
