"""How often a known failure was met: counted from one run to the next in the very comment that tells it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ghstatus.model import Check, Head, Report

MOST_KEYS = 200
"""The checks that are remembered one by one."""
MOST_SHOWN = 10
_MOST_REPOSITORIES = 100
_LONGEST = 300
_LONGEST_NAME = 100
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
        return len(self.repositories) >= _MOST_REPOSITORIES


def find(reports: Iterable[Report], signature: str, private: Collection[str] = ()) -> Iterator[Hit]:
    """Each check that a signature tells of; the repositories in `private` aren't named."""
    for report in reports:
        for verdict in report.verdicts:
            if verdict.signature == signature:
                yield _hit(report.head, verdict.check, is_named=report.head.repository not in private)


def _hit(head: Head, check: Check, *, is_named: bool) -> Hit:
    at = check.ended or check.started or head.since
    named = f"{head.repository}\0{head.sha}\0{check.app}\0{check.name}".encode(errors="replace")
    key = str(check.id) if check.id else hashlib.blake2b(named, digest_size=8).hexdigest()
    pull = next(iter(head.pulls), None) if is_named else None
    return Hit(
        key,
        int(at.timestamp()),
        head.repository if is_named else "",
        check.name[:_LONGEST_NAME] if is_named else "",
        pull.number if pull else 0,
        _page(head, check)[:_LONGEST] if is_named else "",
    )


def _page(head: Head, check: Check) -> str:
    """Where GitHub shows a check: a link to its pull request would be told there, each time."""
    address = next((pull.url for pull in head.pulls), "")
    server, inside, _ = address.partition(f"/{head.repository}/")
    place = f"runs/{check.id}" if check.id else f"commit/{head.sha}"
    return f"{server}{inside}{place}" if inside else ""


def counted(count: Count, hits: Iterable[Hit]) -> Count:
    """`count` with those that are new in it, however often it is told of them."""
    known = {key for key, _ in count.seen}
    new = {hit.key: hit for hit in hits if hit.at > count.floor and hit.key not in known}
    if not new:
        return count
    times = [hit.at for hit in new.values()]
    seen = sorted([*count.seen, *((hit.key, hit.at) for hit in new.values())], key=lambda one: (one[1], one[0]))
    forgotten, kept = seen[:-MOST_KEYS], seen[-MOST_KEYS:]
    named = dict.fromkeys([*count.repositories, *sorted({hit.repository for hit in new.values() if hit.repository})])
    newest_first = sorted([*count.shown, *new.values()], key=lambda hit: (-hit.at, hit.key))
    return replace(
        count,
        total=count.total + len(new),
        first=min(count.first or times[0], *times),
        last=max(count.last, *times),
        floor=max([count.floor, *(at for _, at in forgotten)]),
        repositories=tuple(named)[:_MOST_REPOSITORIES],
        seen=tuple(kept),
        shown=tuple(newest_first[:MOST_SHOWN]),
    )


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
        repositories=tuple(str(one) for one in values["repositories"])[:_MOST_REPOSITORIES],
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
