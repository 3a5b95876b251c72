"""Which incidents are duplicates of others: each leads to one that has a page, and never in a circle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.errors import Problem
from ghstatus.grammar.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from datetime import datetime

    from ghstatus.model import Incident, Record, Snapshot


def led(
    snapshot: Snapshot, there: Container[str], record: Callable[[Incident], Record]
) -> tuple[Snapshot, tuple[Problem, ...]]:
    """The snapshot with duplicates of the incidents that are `there`, and what is wrong with others.

    No duplicate is kept from run to run, because what it leads to may change.
    """
    settled = {one.ref: one for one in snapshot.settled}
    incidents = {one.ref: one for one in snapshot.incidents}
    named = {ref: one.duplicate_of for ref, one in (settled | incidents).items() if one.duplicate_of}
    if not named:
        return snapshot, ()
    lost = {ref: other for ref, other in named.items() if other == ref or other not in there}
    circular = set(_last_in_circles({ref: other for ref, other in named.items() if ref not in lost}, incidents))
    for ref in lost.keys() & incidents.keys():
        incidents[ref] = replace(incidents[ref], duplicate_of="")
    for ref in circular:
        incidents[ref] = _going_on(incidents[ref])
    found = replace(
        snapshot,
        settled=tuple(one._replace(duplicate_of="") if ref in lost else one for ref, one in settled.items()),
        incidents=tuple(incidents.values()),
        digests={ref: digest for ref, digest in snapshot.digests.items() if ref not in named},
    )
    judged = settled | {ref: record(incidents[ref]) for ref in {*named, *named.values()} if ref in incidents}
    problems = [
        *(_dead_end(ref, other) for ref, other in lost.items()),
        *(_circle(ref, named[ref]) for ref in named if ref in circular),
        *_doubtful({ref: other for ref, other in named.items() if ref not in {*lost, *circular}}, judged),
    ]
    return found, tuple(problems)


def _last_in_circles(named: Mapping[str, str], incidents: Mapping[str, Incident]) -> Iterator[str]:
    """Of each circle the one that was called a duplicate last, when the other was one already."""
    seen: set[str] = set()
    for start in named:
        path: list[str] = []
        ref = start
        while ref in named and ref not in seen:
            seen.add(ref)
            path.append(ref)
            ref = named[ref]
        if ref in path:
            circle = [incidents[one] for one in path[path.index(ref) :] if one in incidents]
            yield from sorted((one.ref for one in circle), key=lambda one: _said(incidents[one]))[-1:]


def _said(incident: Incident) -> tuple[datetime, int, str]:
    """When somebody said that it is a duplicate, as far as anybody knows."""
    orders = [one.at for one in incident.response.orders if one.verb == "duplicate"]
    return max(orders, default=incident.ended or incident.started), len(incident.ref), incident.ref


def _going_on(incident: Incident) -> Incident:
    mistaken = [one.comment for one in incident.response.orders if one.verb == "duplicate"]
    response = replace(incident.response, mistaken=tuple(dict.fromkeys((*incident.response.mistaken, *mistaken[-1:]))))
    return replace(incident, duplicate_of=None, ended=None, response=response)


def _doubtful(named: Mapping[str, str], judged: Mapping[str, Record]) -> Iterator[Problem]:
    for ref, other in named.items():
        one, that = judged[ref], judged[other]
        if that.false_alarm and that.duplicate_of is None:
            yield _problem(ref, f"{shown(other)} is a false alarm", "counted as a duplicate")
        elif that.ended and that.ended <= one.started and not that.is_void:
            yield _problem(ref, f"{shown(other)} was over before this one began", "counted as a duplicate")


def _dead_end(ref: str, other: str) -> Problem:
    seen = "it is a duplicate of itself" if other == ref else f"there is no incident {shown(other)}"
    return _problem(ref, seen, "shown as a duplicate, without a link")


def _circle(ref: str, other: str) -> Problem:
    return _problem(ref, f"{shown(other)} is itself called a duplicate of this one", "it goes on")


def _problem(ref: str, seen: str, outcome: str) -> Problem:
    where = f"#{ref}" if ref.isdecimal() else ref
    accepted = "the number or the name of another incident"
    return Problem(where=where, key="duplicate_of", seen=seen, accepted=accepted, outcome=outcome)
