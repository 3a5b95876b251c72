"""In which checks a known failure was met, counted from one run to the next, however often they are told of."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.grammar.hits import MOST_KEYS, MOST_REPOSITORIES, MOST_SHOWN, Hit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ghstatus.grammar.hits import Count
    from ghstatus.model import Check, Head, Report

_LONGEST = 300
_LONGEST_NAME = 100


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
        repositories=tuple(named)[:MOST_REPOSITORIES],
        seen=tuple(kept),
        shown=tuple(newest_first[:MOST_SHOWN]),
    )
