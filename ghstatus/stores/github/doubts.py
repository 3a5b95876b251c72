"""What about a repository keeps its incidents from being known in full, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus import timeline
from ghstatus.errors import Problem
from ghstatus.grammar.issue import GRACE
from ghstatus.model import Kind
from ghstatus.stores.github.listing import present_gates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.grammar.dialect import Dialect
    from ghstatus.grammar.issue import Reading
    from ghstatus.model import Issue, Site
    from ghstatus.stores.github.sync import Synced

_UNKNOWN = "every component that isn't known to be worse is unknown"


class Doubt(NamedTuple):
    """One thing to tell."""

    problem: Problem
    hides: bool = False
    """Whether there may be an outage that nobody can see."""
    partial: str = ""
    """What could not be read, in words."""


def find(synced: Synced, repository: str, dialect: Dialect) -> Iterator[Doubt]:
    """All there is to tell of `repository`, whose incidents are written in `dialect`."""
    about = synced.about
    if about.name.casefold() != repository.casefold():
        yield Doubt(
            Problem(
                where=repository,
                seen=f"it is called {about.name} now",
                accepted=f"`repository: {about.name}`",
                outcome="read there",
            )
        )
    if about.is_archived:
        outcome = "read, but nothing in it can be changed"
        yield Doubt(Problem(where=repository, seen="it is archived", accepted="one that isn't", outcome=outcome))
    if dialect.gates and not dialect.is_kept and not present_gates(dialect.gates, about.labels.values()):
        yield Doubt(_without_gates(repository, dialect), hides=True)
    for number in sorted(synced.lost):
        yield Doubt(_lost(number), hides=True)
    for gate, few in synced.short.items():
        if few.going > 0:
            what = f"{few.going} of the open issues{f' labelled {gate!r}' if gate else ''}"
            seen = f"GitHub counts {what}, but doesn't show them"
            yield Doubt(Problem(where=repository, seen=seen, outcome=_UNKNOWN), hides=True, partial=what)


def aimless(read: Iterable[tuple[Issue, Reading]], site: Site, now: datetime) -> Iterator[Problem]:
    """Incidents that go on and hit nothing: the headline tells of an outage, and the table below it of none.

    One that means a component that there isn't is told of already, and a young one may still be labelled.
    """
    for issue, reading in read:
        incident = reading.incident
        if incident is None or incident.kind is not Kind.INCIDENT or not site.components:
            continue
        record = timeline.record(incident, now, site.policy)
        is_told = any(problem.key.startswith(("components", "a label")) for problem in reading.problems)
        if not (record.ended or record.components or is_told or now - issue.created_at < GRACE):
            label = f"{site.labels.component}{site.components[0].id}"
            yield Problem(
                where=f"#{issue.number}",
                seen="it names no component",
                accepted=f"one below a heading `Components`, or a label such as {label}",
                outcome="the headline tells of an outage, but no component does",
            )


def _without_gates(repository: str, dialect: Dialect) -> Problem:
    return Problem(
        where=repository,
        seen="it has none of the labels by which an issue is for the page",
        accepted=f"at least one of {', '.join(dialect.gates)}, or another `dialect`",
        outcome=_UNKNOWN,
    )


def _lost(number: int) -> Problem:
    return Problem(
        where=f"#{number}",
        seen="the label that made it an incident is gone, though nobody took it off: it was deleted or renamed",
        accepted="that label back on the issue, or a closed issue",
        outcome=f"not shown; {_UNKNOWN}",
    )
