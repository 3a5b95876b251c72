"""Turns the pages of the open pull requests of many repositories at once, and of the checks of their heads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ghstatus.errors import Overloaded, Problem, StoreError
from ghstatus.heads import batches, queries
from ghstatus.heads.batches import Size
from ghstatus.heads.drafts import Draft, brief, draft
from ghstatus.heads.queries import Ask
from ghstatus.heads.reading import found
from ghstatus.stores.github.reading import as_text, page, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from ghstatus.github.client import Partly
    from ghstatus.heads.batches import Answer
    from ghstatus.heads.drafts import Brief
    from ghstatus.heads.line import Line
    from ghstatus.heads.observed import Bounds
    from ghstatus.heads.reading import Json
    from ghstatus.stores.github.reading import Page

FIRST = 10
"""How many pull requests of each repository are asked for at first."""
_LATER = 50
_PULLS = 250
"""How many pull requests are asked for at a time, of several repositories."""
_HEADS = 10
"""Of how many heads more checks are asked for at a time."""
_CHECKS = 10
"""How many pages of a head's checks are read."""
UNREAD = "its pull requests are not looked at"


class Sweep:
    """Reads many repositories."""

    def __init__(self, line: Line, bounds: Bounds, now: datetime) -> None:
        self._line = line
        self._bounds = bounds
        self._now = now
        self._size = Size(_PULLS)
        self._heads = Size(_HEADS)

    def read(self, repositories: Sequence[str]) -> tuple[list[Draft], list[Problem]]:
        """Every head of these repositories, whole; and what could not be read."""
        reader = _Reader(self._line, self._bounds, self._now)
        asks = [Ask(name, FIRST) for name in repositories]
        while asks:
            answers = batches.each(asks, self._size, lambda ask: ask.size, self._pages)
            asks = [further for answer in answers for further in reader.take(answer)]
        drafts = list(reader.drafts.values())
        self.complete(drafts)
        return drafts, reader.trouble

    def complete(self, drafts: Iterable[Draft]) -> None:
        """Read the checks that didn't fit the first page."""
        waiting = [one for one in drafts if one.cursor]
        for _ in range(_CHECKS - 1):
            for answer in batches.each(waiting, self._heads, lambda _: 1, self._contexts):
                for place, one in enumerate(answer.items):
                    node = answer.answer.data.get(f"c{place}") if answer.answer else None
                    self._more(one, (node or {}).get("statusCheckRollup"))
            waiting = [one for one in waiting if one.cursor]
        for one in waiting:
            one.is_partial = True

    def _more(self, one: Draft, rollup: Json) -> None:
        cursor = one.cursor
        try:
            tried(lambda found: one.take(found["contexts"], self._line.app), rollup, "checks")
        except StoreError:
            one.cursor = cursor
        if one.cursor == cursor:  # GitHub gives the same page again, or one that makes no sense
            one.cursor, one.is_partial = "", True

    def _pages(self, asks: tuple[Ask, ...]) -> Partly:
        is_small = len(asks) == 1 and asks[0].size == 1
        return self._line.ask(asks[0].repository, queries.pages(asks), is_small=is_small)

    def _contexts(self, drafts: tuple[Draft, ...]) -> Partly:
        query = queries.contexts([(one.node_id, one.cursor) for one in drafts])
        return self._line.ask(drafts[0].repository, query, is_small=len(drafts) == 1)


class _Reader:
    """Makes heads of pages."""

    def __init__(self, line: Line, bounds: Bounds, now: datetime) -> None:
        self._line = line
        self._bounds = bounds
        self._now = now
        self._counts: dict[str, int] = {}
        self.drafts: dict[tuple[str, str], Draft] = {}
        """By repository and hash: several pull requests may have the same head."""
        self.trouble: list[Problem] = []

    def take(self, answer: Answer[Ask]) -> list[Ask]:
        """Take an answer, and say what is to be asked next."""
        if answer.answer is None:
            return self._failed(answer.items[0], answer.error)
        why = reasons(answer.answer.errors)
        further = []
        for place, ask in enumerate(answer.items):
            repository = answer.answer.data.get(f"r{place}")
            if repository is None or repository["pulls"] is None:
                self._tell(ask.repository, why.get(f"r{place}") or "GitHub doesn't show it", UNREAD)
            else:
                read = partial(self._page, ask, why.get(f"r{place}", ""))
                further += self._tried(ask.repository, partial(tried, read, repository, "pull requests"))
        return further

    def _tried(self, repository: str, read: Callable[[], list[Ask]]) -> list[Ask]:
        """An answer that makes no sense is one repository's trouble."""
        try:
            return read()
        except StoreError as error:
            self._tell(repository, str(error), UNREAD)
            return []

    def _failed(self, ask: Ask, error: Exception | None) -> list[Ask]:
        if isinstance(error, Overloaded) and ask.size > 1:
            return [ask._replace(size=max(1, ask.size // 3))]
        self._tell(ask.repository, str(error), UNREAD)
        return []

    def _page(self, ask: Ask, why: str, repository: Json) -> list[Ask]:
        name = as_text(repository["nameWithOwner"])
        if repository["isArchived"]:
            self._tell(ask.repository, "it is archived, and nothing can be written there", UNREAD)
            return []
        self._queue(ask, name, repository.get("queue") or {}, why)
        turn = page(repository["pulls"])
        recent = [(one, node) for node in turn.nodes if (one := brief(node)).updated >= self._now - self._bounds.reach]
        for one, node in recent:
            for commit in found(node["commits"], lambda commit: commit["commit"]):
                self._head(name, commit, (one,), why)
        is_last = not turn.cursor or turn.cursor == ask.after or len(recent) < len(turn.nodes)
        return [] if is_last else self._next(ask, name, turn)

    def _queue(self, ask: Ask, name: str, refs: Json, why: str) -> None:
        for ref in found(refs, lambda ref: ref["target"]):
            if ref and "oid" in ref:
                self._head(name, ref, (), why)
        if refs and refs["pageInfo"]["hasNextPage"]:
            self._tell(ask.repository, "its merge queue is longer than is looked at", "the rest is left alone")

    def _next(self, ask: Ask, name: str, turn: Page) -> list[Ask]:
        count = self._counts[name] = self._counts.get(name, 0) + len(turn.nodes)
        if count >= self._bounds.pulls:
            seen = "it has more open pull requests than are looked at"
            self._tell(ask.repository, seen, f"only the {count:,} that changed last are")
            return []
        return [Ask(ask.repository, _LATER if ask.size >= FIRST else ask.size, turn.cursor)]

    def _head(self, repository: str, commit: Json, pulls: Sequence[Brief], why: str) -> None:
        """Take a head, unless GitHub hides its checks: without them it would look well."""
        if why and commit["statusCheckRollup"] is None:
            self._tell(repository, f"the checks of some commits can't be read: {why}", "those commits are left alone")
            return
        key = (repository, as_text(commit["oid"]))
        if key not in self.drafts:
            self.drafts[key] = draft(repository, commit, pulls, self._line.app)
        else:
            known = {one.number for one in self.drafts[key].pulls}
            self.drafts[key].pulls += [one for one in pulls if one.number not in known]

    def _tell(self, repository: str, seen: str, outcome: str) -> None:
        problem = Problem(where=repository, seen=seen, outcome=outcome)
        if problem not in self.trouble:
            self.trouble.append(problem)


def reasons(errors: Iterable[Mapping[str, Json]]) -> dict[str, str]:
    """Why something is missing, by the name of the field at the top; workflows may be."""
    found: dict[str, str] = {}
    for error in errors:
        path = error.get("path") or [""]
        if "workflowRun" in path:
            continue
        found.setdefault(str(path[0]), f"GitHub says {str(error.get('message'))[:200]!r}")
    return found
