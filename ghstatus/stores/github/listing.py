"""Turns the pages of a repository's issues, until all that was asked for is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Overloaded, StoreError
from ghstatus.stores.github import queries, reading, rows
from ghstatus.stores.github.queries import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ghstatus.github.client import Client
    from ghstatus.model import Label
    from ghstatus.stores.github.queries import Query
    from ghstatus.stores.github.reading import About, Json
    from ghstatus.stores.github.rows import Candidate, Row

_MOST = 50
_HASTY = 2
"""How often a page of several issues is asked for before a smaller one is."""


class Count(NamedTuple):
    """How many issues bear a gate label."""

    total: int
    going: int
    """How many of them are open."""


class Seen(NamedTuple):
    """What one look at a repository came to."""

    about: About
    candidates: tuple[Candidate, ...]
    """The issues that may be the one that shows the board."""
    rows: Mapping[int, Row]
    """The issues that were read, by number."""
    marks: Mapping[str, str]
    """By gate, when the last issue changed that was read, as GitHub writes times."""
    counts: Mapping[str, Count]
    """By gate, of those that the repository has."""


class Listing:
    """Reads the issues of one repository. `known` gives the row of an issue that was read earlier."""

    def __init__(self, client: Client, repository: str, known: Callable[[int], Row | None]) -> None:
        self._client = client
        self._repository = repository
        self._known = known
        self._size = _MOST

    def everything(self, gates: Sequence[str]) -> Seen:
        """Read every issue that bears one of the labels; an empty one stands for every issue."""
        return self._take(gates, {f"all{place}": Ask(gate) for place, gate in enumerate(gates)})

    def changes(self, gates: Sequence[str], since: Mapping[str, str]) -> Seen:
        """Read the issues that are open, and those that changed after `since`, by gate."""
        asks = {f"changed{place}": Ask(gate, since.get(gate, "")) for place, gate in enumerate(gates)}
        return self._take(gates, asks | {f"open{place}": Ask(gate, only_open=True) for place, gate in enumerate(gates)})

    def open(self, gates: Sequence[str]) -> Seen:
        """Read the open issues that bear one of the labels."""
        return self._take(gates, {f"open{place}": Ask(gate, only_open=True) for place, gate in enumerate(gates)})

    def single(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Read some issues, without those that aren't there any more."""
        waiting = sorted(numbers)
        found: dict[int, Row] = {}
        while waiting:
            data = self._ask(partial(_some, self._repository, waiting), ("NOT_FOUND",))
            asked, waiting = waiting[: self._size], waiting[self._size :]
            nodes = [reading.item(data["repository"], f"issue{number}") for number in asked]
            found |= {rows.number(row): row for row in map(self._row, filter(None, nodes))}
        return found

    def _take(self, gates: Sequence[str], asks: Mapping[str, Ask]) -> Seen:
        data = self._ask(partial(_page, self._repository, asks, gates))
        about = self._labelled(reading.about(data))
        candidates = rows.candidates(data["repository"])
        present = present_gates(gates, about.labels.values())
        counts = {gate: _count(data["repository"], place) for place, gate in enumerate(gates) if gate in present}
        asks = {alias: ask for alias, ask in asks.items() if ask.gate in present}
        found: dict[int, Row] = {}
        marks: dict[str, str] = {}
        while True:
            further = {}
            for alias, ask in asks.items():
                page = reading.page(reading.item(data["repository"], alias))
                new = [self._row(node) for node in page.nodes]
                found |= {rows.number(row): row for row in new}
                if new and not ask.only_open:
                    marks[ask.gate] = rows.updated(new[-1])
                if page.cursor:
                    further[alias] = _turned(ask, page.cursor)
            if not further:
                return Seen(about, candidates, found, marks, counts)
            asks = further
            data = self._ask(partial(_page, self._repository, asks, None))

    def _labelled(self, about: About) -> About:
        """Read the labels that didn't fit the first page."""
        while about.more_labels:
            query = queries.labels(self._repository, about.more_labels)
            found, more = reading.labels(self._ask(partial(_whole, query)))
            if more == about.more_labels:
                raise _stuck()
            about = about._replace(labels=about.labels | found, more_labels=more)
        return about

    def _row(self, node: Json) -> Row:
        """A node as a row, with whatever didn't fit the page."""
        row, more = rows.row(node), rows.rest(node)
        if more and (whole := rows.completed(row, node, self._known(rows.number(row)))):
            return whole
        while more:
            query = queries.rest(str(node["id"]), more)
            found = reading.item(self._ask(partial(_whole, query)), "node")
            row = rows.extended(row, found, more)
            further = rows.rest(found)
            if any(further.get(name) == cursor for name, cursor in more.items()):
                raise _stuck()
            more = further
        return row

    def _ask(self, make: Callable[[int], Query], tolerate: Sequence[str] = ()) -> dict[str, Json]:
        """Ask, for half as many issues at a time where GitHub took too long."""
        while True:
            query, is_small = make(self._size), self._size == 1
            tries = {} if is_small else {"tries": _HASTY}
            try:
                return self._client.query(self._repository, query.text, query.variables, tolerate=tolerate, **tries)
            except Overloaded:
                if is_small:
                    raise
                self._size //= 2


def present_gates(gates: Iterable[str], labels: Iterable[Label]) -> frozenset[str]:
    """The gates among a repository's labels; the empty one always is."""
    names = {label.name.casefold() for label in labels}
    return frozenset(gate for gate in gates if not gate or gate.casefold() in names)


def _page(repository: str, asks: Mapping[str, Ask], counts: Sequence[str] | None, size: int) -> Query:
    return queries.listing(repository, asks, size=size, about=counts is not None, counts=counts or ())


def _some(repository: str, numbers: Sequence[int], size: int) -> Query:
    return queries.single(repository, numbers[:size])


def _whole(query: Query, _: int) -> Query:
    return query


def _count(repository: Json, place: int) -> Count:
    return Count(*(reading.count(reading.item(repository, f"{what}{place}")) for what in ("total", "going")))


def _turned(ask: Ask, cursor: str) -> Ask:
    if cursor == ask.after:
        raise _stuck()
    return ask._replace(after=cursor)


def _stuck() -> StoreError:
    return StoreError("GitHub gives the same page of a list again and again; try again later")
