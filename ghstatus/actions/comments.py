"""Changes to what is said below an incident's issue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ghstatus.actions.decided import Decided


class Topic(StrEnum):
    """What a comment by ghstatus is about; of most there is one on an issue at most."""

    WELCOME = "welcome"
    """Where users see an incident, and how the team does."""
    PROBLEMS = "problems"
    SIGNATURE = "signature"
    """What became of a known failure's signature: taken or refused, with the reason."""
    HITS = "hits"
    """How often a known failure was met."""
    HELP = "help"
    """What may be said; one for each comment that asks."""
    ANNOUNCEMENT = "announcement"
    """A text to post somewhere; one for each comment that asks, and each channel."""
    REMINDER = "reminder"
    """What the team may have forgotten; one for each reason, and each moment from which it counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteNote(Decided):
    """Write a comment of ghstatus's own, or write it anew."""

    ref: str
    topic: Topic
    text: str
    """Markdown, without the marker by which a store finds it again."""
    comment: int | None = None
    """The id of the comment to write anew; None for a new one."""
    key: str = ""
    """Which of several, where an issue may have several of its topic: letters, digits, - and _."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveNote(Decided):
    """Remove a comment of ghstatus's own."""

    ref: str
    topic: Topic
    comment: int
    key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class React(Decided):
    """React to somebody's comment, or take that back."""

    ref: str
    comment: int
    """The comment's id."""
    content: str
    """As GitHub's REST interface calls it: `+1`, `confused`."""
    is_on: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PostComment(Decided):
    """Comment on an incident's issue in a person's name, as if they had typed it there."""

    ref: str
    text: str
    """Markdown, or commands."""


CommentAction: TypeAlias = WriteNote | RemoveNote | React | PostComment
