"""How often a known failure was met, as the hidden part of the comment that tells it; read and written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

MOST_KEYS = 200
"""The checks that are remembered one by one."""
MOST_SHOWN = 10
MOST_REPOSITORIES = 100
_BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
_STATE = re.compile(r"<!-- ghstatus:count (?P<json>\{[^\n]*\}) -->\s*\Z")


class Hit(NamedTuple):
    """One failed check in which a known failure was met."""

    key: str
    """What tells it from all others."""
    at: int
    """When it failed, in seconds since the epoch."""
    repository: str
    """Empty for one that isn't to be named."""
    check: str
    pull: int
    """The number of its pull request; 0 without one."""
    url: str
    """Where GitHub shows the check; empty where nobody knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """All that is known of earlier runs."""

    total: int = 0
    first: int = 0
    """When the first failed, in seconds since the epoch."""
    last: int = 0
    floor: int = 0
    """Up to when all were counted that aren't remembered one by one any more."""
    repositories: tuple[str, ...] = ()
    """Their names, or as many as are remembered."""
    seen: tuple[tuple[str, int], ...] = ()
    """The key and the time of each check that is remembered, the oldest first."""
    shown: tuple[Hit, ...] = ()
    """The latest, the newest first."""

    @property
    def has_more_repositories(self) -> bool:
        """Whether there may be more repositories than are remembered."""
        return len(self.repositories) >= MOST_REPOSITORIES


def read(text: str) -> Count:
    """What a comment holds that `write` wrote; nothing counts where it can't be read."""
    found = _STATE.search(text)
    try:
        return _count(json.loads(found["json"])) if found else Count()
    except (*_BROKEN, RecursionError):
        return Count()


def write(count: Count) -> str:
    """The hidden part of a comment."""
    values = {
        "total": count.total,
        "first": count.first,
        "last": count.last,
        "floor": count.floor,
        "repositories": count.repositories,
        "seen": count.seen,
        "shown": count.shown,
    }
    text = json.dumps(values, separators=(",", ":"))
    # A stranger's name of a check can't end the comment.
    return f"<!-- ghstatus:count {text.replace('<', _escaped('<')).replace('>', _escaped('>'))} -->"


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}"


def _count(values: dict[str, Any]) -> Count:
    count = Count(
        total=int(values["total"]),
        first=int(values["first"]),
        last=int(values["last"]),
        floor=int(values["floor"]),
        repositories=tuple(str(one) for one in values["repositories"])[:MOST_REPOSITORIES],
        seen=tuple((str(key), int(at)) for key, at in values["seen"])[-MOST_KEYS:],
        shown=tuple(
            Hit(str(key), int(at), str(repository), str(check), int(pull), str(url))
            for key, at, repository, check, pull, url in values["shown"]
        )[:MOST_SHOWN],
    )
    for at in (count.first, count.last, *(hit.at for hit in count.shown)):
        time(at)  # some seconds are no time
    return count


def time(seconds: int) -> datetime:
    """When that was."""
    return datetime.fromtimestamp(seconds, UTC)
