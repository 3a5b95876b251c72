"""An issue tracker as it was found: issues with their history, labels, pins.

Accounts are logins; a bot's ends in `[bot]`, whichever interface told of it, and a deleted account's is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Label(NamedTuple):
    """A label of a repository."""

    name: str
    color: str = ""
    """Six lower-case hexadecimal digits."""
    description: str = ""


class EventKind(StrEnum):
    """What somebody did to an issue."""

    LABELED = "labeled"
    UNLABELED = "unlabeled"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENAMED = "renamed"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    COMMENT_DELETED = "comment_deleted"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"


class Event(NamedTuple):
    """One thing that somebody did to an issue."""

    kind: EventKind
    at: datetime
    actor: str
    detail: str = ""
    """The label's name; the title before it was renamed; why it was closed: completed, not_planned or duplicate; the
    author of the comment that was deleted; whom it was assigned to, or no longer."""


class Comment(NamedTuple):
    """A comment on an issue."""

    id: int
    at: datetime
    author: str
    text: str
    is_minimized: bool = False
    edited_at: datetime | None = None
    editor: str = ""
    reactions: tuple[str, ...] = ()
    """What ghstatus itself reacted with, in the words of `actions.React`."""


class Pin(NamedTuple):
    """An issue that is pinned."""

    number: int
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue with all that was said and done about it."""

    number: int
    node_id: str
    title: str
    text: str
    """Markdown as it was typed, with any line endings."""
    author: str
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    """None while it is open."""
    reason: str = ""
    """Why it is closed: completed, not_planned or duplicate."""
    edited_at: datetime | None = None
    """When its text was last edited."""
    editor: str = ""
    """Who did that."""
    labels: tuple[Label, ...] = ()
    comments: tuple[Comment, ...] = ()
    """In the order of their times."""
    events: tuple[Event, ...] = ()
    """In the order of their times."""


class Review(NamedTuple):
    """What was said in comments on a post-mortem's issue to approve of it."""

    issue: Issue
    taken: frozenset[int] = frozenset()
    """The ids of the comments that count."""
    mistaken: frozenset[int] = frozenset()
    """The ids of those that were meant to, and don't."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mirror:
    """The one issue by which ghstatus shows the board in a repository, or that there is none."""

    repository: str
    """`owner/name`; empty for the incidents' own."""
    number: int | None = None
    title: str = ""
    text: str = ""
    is_open: bool = False
    pins: tuple[Pin, ...] = ()
    """All that is pinned in that repository."""
    events: tuple[Event, ...] = ()
    """What was done to the issue, in the order of their times."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tracker:
    """The repository in which the incidents are issues."""

    repository: str
    """`owner/name`."""
    url: str
    """Its address for people, without a trailing slash."""
    viewer: str
    """Whom ghstatus acts as."""
    labels: tuple[Label, ...] = ()
    pins: tuple[Pin, ...] = ()
    """All that is pinned, by whomever."""
    issues: Mapping[str, Issue] = field(default_factory=dict)
    """The issues of the snapshot's incidents, by ref."""
    mirrors: tuple[Mirror, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def program(self) -> str:
        """The program that ghstatus acts as; empty when it acts as a person, who may have done the same by hand."""
        return self.viewer if self.viewer.endswith("[bot]") else ""
