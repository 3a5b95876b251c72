"""The issues by which ghstatus shows the board: one in the incidents' own repository, one in each that mirrors it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem, StoreError, Unavailable
from ghstatus.grammar import notes
from ghstatus.model import Mirror
from ghstatus.stores.github import queries, reading, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghstatus.github.client import Client
    from ghstatus.model import Pin
    from ghstatus.stores.github.reading import Json
    from ghstatus.stores.github.rows import Candidate

_TOLERATED = ("NOT_FOUND", "FORBIDDEN")


class Found(NamedTuple):
    """What was found in one repository, or what keeps it from being known."""

    mirror: Mirror | None
    problem: Problem | None = None


def choose(repository: str, candidates: Iterable[Candidate], viewer: str, pins: tuple[Pin, ...]) -> Mirror:
    """The oldest issue that ghstatus itself wrote to show the board, or that there is none."""
    ours = (one for one in candidates if one.author == viewer and notes.is_mirror(one.text))
    found = min(ours, key=lambda one: one.number, default=None)
    if found is None:
        return Mirror(repository=repository, pins=pins)
    return Mirror(
        repository=repository,
        number=found.number,
        title=found.title,
        text=found.text,
        is_open=found.is_open,
        events=found.events,
        pins=pins,
    )


def observe(client: Client, repositories: Sequence[str], viewer: str) -> tuple[Found, ...]:
    """Look at all of these repositories, with one request for each owner; the board itself doesn't depend on them."""
    owners = dict.fromkeys(_owner(repository) for repository in repositories)
    of_each = ([one for one in repositories if _owner(one) == owner] for owner in owners)
    return tuple(found for several in of_each for found in _observe(client, several, viewer))


def _observe(client: Client, repositories: Sequence[str], viewer: str) -> list[Found]:
    query = queries.boards(repositories)
    try:
        data = client.query(repositories[0], query.text, query.variables, tolerate=_TOLERATED)
        answers = [reading.item(data, f"mirror{place}") for place in range(len(repositories))]
        return [_found(repository, answer, viewer) for repository, answer in zip(repositories, answers, strict=True)]
    except (StoreError, Unavailable) as error:
        return [_unknown(repository, str(error)) for repository in repositories]


def _found(repository: str, answer: Json, viewer: str) -> Found:
    if answer is None:
        return _unknown(repository, "GitHub knows no such repository, or ghstatus may not see it")
    return Found(choose(repository, rows.candidates(answer), viewer, reading.pins(answer)))


def _unknown(repository: str, seen: str) -> Found:
    accepted = "a repository in which ghstatus may read and write issues"
    outcome = "the board isn't shown there for now"
    return Found(None, Problem(where=repository, key="pins.also", seen=seen, accepted=accepted, outcome=outcome))


def _owner(repository: str) -> str:
    return repository.split("/", 1)[0].casefold()
