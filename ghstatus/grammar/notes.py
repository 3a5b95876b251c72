"""What ghstatus itself writes into issues and pull requests, with hidden markers by which it finds it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghstatus.model import Comment, Issue

_MARKER = re.compile(rf"<!-- ghstatus:(?P<topic>{'|'.join(Topic)})(?: (?P<key>[\w-]{{1,100}}))? -->", re.ASCII)
_BOARD = "<!-- ghstatus:board -->"
_CHECKS = re.compile(r"<!-- ghstatus:checks ([0-9a-f]{1,64}) -->\n")


class Name(NamedTuple):
    """Which of ghstatus's comments on an issue one is."""

    topic: Topic
    key: str = ""
    """Which of several, where there may be several on one topic."""


def write(topic: Topic, text: str, key: str = "") -> str:
    """A comment's text, with its marker in front."""
    named = f"{topic} {key}" if key else str(topic)
    return f"<!-- ghstatus:{named} -->\n{text}"


def is_same(stored: str | None, written: str) -> bool:
    """Whether a text came back as it was written; on the way its line endings may change, and its end."""
    return (stored or "").replace("\r\n", "\n").strip() == written.replace("\r\n", "\n").strip()


def find(issue: Issue, viewer: str) -> Mapping[Topic, Comment]:
    """The comments of ghstatus's own on an issue of which there is one at most; what others wrote is none."""
    return {name.topic: comment for name, comment in named(issue, viewer).items() if not name.key}


def named(issue: Issue, viewer: str) -> Mapping[Name, Comment]:
    """All comments of ghstatus's own on an issue; what others wrote is none, whatever it says."""
    found: dict[Name, Comment] = {}
    for name, comment in _ours(issue, viewer):
        found.setdefault(name, comment)
    return found


def copies(issue: Issue, viewer: str) -> Iterator[tuple[Name, Comment]]:
    """The comments of ghstatus's own of which there is an older one, as when two runs wrote at the same time."""
    first = named(issue, viewer)
    return ((name, comment) for name, comment in _ours(issue, viewer) if first[name] is not comment)


def _ours(issue: Issue, viewer: str) -> Iterator[tuple[Name, Comment]]:
    for comment in issue.comments:
        if viewer and comment.author == viewer and (name := name_of(comment.text)):
            yield name, comment


def name_of(text: str) -> Name | None:
    """What a comment with a marker in front is about; None for any other."""
    found = _MARKER.match(text)
    return Name(Topic(found["topic"]), found["key"] or "") if found else None


def topic_of(text: str) -> Topic | None:
    """The same, whichever of several it is."""
    name = name_of(text)
    return name.topic if name else None


def mirror(text: str) -> str:
    """The text of the issue that shows the board, with its marker in front."""
    return f"{_BOARD}\n{text}"


def is_mirror(text: str) -> bool:
    """Whether an issue's text is that of the issue that shows the board."""
    return text.startswith(_BOARD)


def report(digest: str, text: str) -> str:
    """The text of a comment on a pull request's checks, with its marker and the digest of what it tells in front."""
    return f"<!-- ghstatus:checks {digest} -->\n{text}"


def digest_of(text: str) -> str:
    """The digest in front of a comment on a pull request's checks; empty for any other text."""
    found = _CHECKS.match(text.replace("\r\n", "\n"))
    return found[1] if found else ""
