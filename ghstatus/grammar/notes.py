"""What ghstatus itself writes into issues and pull requests, with hidden markers by which it finds it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.actions import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghstatus.model import Comment, Issue

_MARKERS = {topic: f"<!-- ghstatus:{topic} -->" for topic in Topic}
_BOARD = "<!-- ghstatus:board -->"
_CHECKS = re.compile(r"<!-- ghstatus:checks ([0-9a-f]{1,64}) -->\n")


def write(topic: Topic, text: str) -> str:
    """A comment's text, with its marker in front."""
    return f"{_MARKERS[topic]}\n{text}"


def is_same(stored: str | None, written: str) -> bool:
    """Whether a text came back as it was written; on the way its line endings may change, and its end."""
    return (stored or "").replace("\r\n", "\n").strip() == written.replace("\r\n", "\n").strip()


def find(issue: Issue, viewer: str) -> Mapping[Topic, Comment]:
    """The comments of ghstatus's own on an issue; what others wrote is none, whatever it says."""
    found: dict[Topic, Comment] = {}
    for comment in issue.comments:
        if viewer and comment.author == viewer and (topic := topic_of(comment.text)):
            found.setdefault(topic, comment)
    return found


def topic_of(text: str) -> Topic | None:
    """What a comment with a marker in front is about; None for any other."""
    return next((topic for topic, marker in _MARKERS.items() if text.startswith(marker)), None)


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
