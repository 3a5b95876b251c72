"""The configuration, and what it points to: the page, the upstream pages, the folder for notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.model.checkup import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.errors import Problem
    from ghstatus.model.checkup import Facts, Reply

_GONE = frozenset({404, 410})
_BROKEN = 500


def judge(facts: Facts) -> Iterator[Finding]:
    """What is wrong with what the configuration says of the world."""
    if not facts.site.components:
        yield Finding(
            about="components",
            level=Level.WARNING,
            seen="ghstatus.yml names no component",
            why="the page can't say what works, and no incident can say what it hits",
            remedy="add `components:` to ghstatus.yml, each with an `id` and a `name`",
        )
    if facts.page:
        yield from _page(facts.page)
    if facts.cache:
        yield Finding(
            about="cache",
            level=Level.WARNING,
            seen=f"the folder for notes can't be written: {facts.cache}",
            why="every run reads every issue anew",
            remedy="make it writable, or name another one by --cache",
        )
    yield from _upstreams(facts)


def weak(refused: Iterable[Problem]) -> Iterator[Finding]:
    """The known failures that aren't used, each with all that speaks against it."""
    for problem in refused:
        yield Finding(
            about="known-failure-weak",
            level=Level.WARNING,
            seen=f"{problem.where}: {problem.key}: {problem.seen}",
            why="this known failure isn't used: it would excuse failures that are something else",
            remedy=f"mend it: {problem.accepted}",
        )


def _page(page: Reply) -> Iterator[Finding]:
    trouble = fault(page)
    if page.is_private:
        yield Finding(
            about="page-private",
            level=Level.WARNING,
            seen=f"base_url is {page.url}, which is no place on the public web; it wasn't asked",
            why="links in comments lead nobody anywhere",
            remedy="set `base_url:` in ghstatus.yml to the address that visitors use",
        )
    elif trouble:
        yield Finding(
            about="page-unreachable",
            level=Level.ERROR,
            seen=f"the page doesn't answer: {page.url} {trouble}",
            why="nobody can see the status page, and every link to it is dead",
            remedy="open the address; run the status workflow; or mend `base_url:` in ghstatus.yml",
        )


def _upstreams(facts: Facts) -> Iterator[Finding]:
    replies = {reply.url: reply for reply in facts.upstreams.values()}
    for url, reply in replies.items():
        whose = ", ".join(component for component, one in facts.upstreams.items() if one.url == url)
        if reply.is_private:
            seen = f"upstream of {whose} is {url}, which is no place on the public web; it wasn't asked"
        elif trouble := fault(reply):
            seen = f"upstream of {whose} doesn't answer: {url} {trouble}"
        else:
            continue
        yield Finding(
            about="upstream",
            level=Level.HINT if reply.is_private else Level.WARNING,
            seen=seen,
            why="visitors who follow the link learn nothing of the outage they look for",
            remedy=f"mend or remove `upstream:` of {whose} in ghstatus.yml",
        )
    if facts.unasked:
        yield Finding(
            about="upstream-unasked",
            level=Level.HINT,
            seen=f"{facts.unasked} more upstream pages weren't asked",
            why="a checkup stays short",
            remedy="none needed; a link checker of your own may look at them",
        )


def fault(reply: Reply) -> str:
    """What is wrong with an answer, in words that follow an address; empty when nothing is.

    A page that wants to know who asks, or is asked too often, is there.
    """
    if reply.trouble:
        return f"({reply.trouble})"
    return f"(HTTP {reply.status})" if reply.status in _GONE or reply.status >= _BROKEN else ""
