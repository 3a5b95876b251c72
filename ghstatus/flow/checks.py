"""Observe → judge → decide, for the checks of pull requests; `planning.apply` carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ghstatus.errors import Problem
from ghstatus.known import Known, services
from ghstatus.model import CheckState, Mode
from ghstatus.plan import checks as plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ghstatus.actions import CheckAction
    from ghstatus.heads.observed import Cursor, Observed
    from ghstatus.model import Check, Evidence, Head, Outage, Report, Rule, Signature, Site, Watch

_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a check that nobody imagined may lead to; the others are judged nevertheless."""


class Heads(Protocol):
    """Where heads are read from."""

    @property
    def can_update(self) -> bool:
        """Whether a check run that was posted may be written anew."""

    @property
    def app(self) -> str:
        """The slug of the App as which it acts, once something was read."""

    def batches(self, repositories: Sequence[str], now: datetime, cursor: Cursor | None = None) -> Iterator[Observed]:
        """Look at some repositories at a time; each answer tells where the next look would go on after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watching:
    """By what heads are judged, and what is done about them."""

    known: Known
    watch: Watch
    evidence: Callable[[Iterable[tuple[Check, Rule]]], Mapping[Check, Evidence]]
    """Reads what services tell of failures."""
    own: str = ""
    """The repository in which it runs, which is always looked at."""


class Found(NamedTuple):
    """What is known about the checks of some heads, and what to do about it."""

    reports: tuple[Report, ...] = ()
    plan: tuple[CheckAction, ...] = ()
    trouble: tuple[Problem, ...] = ()
    """What could not be read or judged."""
    repositories: tuple[str, ...] = ()
    """Those that were read."""
    cursor: Cursor | None = None
    """Where the next look goes on, once this is done."""


def known(
    site: Site, signatures: Iterable[Signature], outages: Iterable[Outage], *, now: datetime, tracker: str = ""
) -> Known:
    """All that is known: of the checks of a site's components, by these signatures, and of these outages.

    `tracker` is the repository whose issues the incidents are.
    """
    return Known(site.rules, signatures, outages, now=now, services=services(site), tracker=tracker)


def relevant(watching: Watching, named: Iterable[str], *, everything: bool = False) -> tuple[str, ...]:
    """Which of the repositories are worth a look now.

    Those are the own one, those with a gate, because a gate that says nothing keeps everything from being merged, and
    all others while an incident may explain something.
    """
    every = tuple(dict.fromkeys(named))
    if everything or watching.watch.mode is Mode.GATE or is_needed(watching.known):
        return every
    covered = {name.casefold() for name in every}
    always = dict.fromkeys(filter(None, (watching.own, *watching.watch.gates)))
    return tuple(name for name in always if covered & _names(name))


def is_needed(known: Known) -> bool:
    """Whether anything is known that could explain a failure: an incident, or a known failure's issue."""
    return bool(known.relevant) or any(signature.since for signature in known.signatures)


def look(
    heads: Heads, watching: Watching, repositories: Sequence[str], cursor: Cursor | None = None
) -> Iterator[Found]:
    """Look at repositories, some at a time, and say of each what to do."""
    for observed in heads.batches(repositories, watching.known.now, cursor):
        yield found(observed, heads, watching)


def review(heads: Heads, watching: Watching, repositories: Sequence[str]) -> Iterator[Found]:
    """What is known about every head, however long ago something failed on it; nothing is to be done about it."""
    for observed in heads.batches(repositories, watching.known.now):
        reports, trouble = judged(observed.heads, watching)
        yield Found(reports, (), (*observed.trouble, *trouble), observed.repositories)


def found(observed: Observed, heads: Heads, watching: Watching) -> Found:
    """What to do about heads that matter still."""
    known, watch = watching.known, watching.watch
    fresh = [head for head in observed.heads if is_fresh(head, mode_of(watch, head.repository), watching)]
    reports, trouble = judged(fresh, watching)
    reports = tuple(plan.held(one, watch, known.now) for one in reports)
    decided = plan.decide(reports, watch, known.now, can_update=heads.can_update, app=heads.app)
    return Found(reports, decided, (*observed.trouble, *trouble), observed.repositories, observed.cursor)


def judged(heads: Sequence[Head], watching: Watching) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """What is known about heads, and what went wrong; one that can't be judged stops no other."""
    known, trouble = watching.known, []
    pairs: dict[Check, Rule] = {}
    sound, reports = [], []
    for head in heads:
        try:
            pairs |= known.wanted(head)
            sound.append(head)
        except _BROKEN as error:
            trouble.append(_unjudged(head, error))
    evidence = watching.evidence(pairs.items())
    for head in sound:
        try:
            reports.append(known.report(head, evidence, mode_of(watching.watch, head.repository)))
        except _BROKEN as error:
            trouble.append(_unjudged(head, error))
    return tuple(reports), tuple(trouble)


def mode_of(watch: Watch, repository: str) -> Mode:
    """What is posted in a repository."""
    gates = {name.casefold() for name in watch.gates}
    return watch.mode if gates.isdisjoint(_names(repository)) else Mode.GATE


def _names(repository: str) -> set[str]:
    """By which names a configuration may mean a repository: its own, and all of its owner's."""
    name = repository.casefold()
    return {name, f"{name.partition('/')[0]}/*"}


def is_fresh(head: Head, mode: Mode, watching: Watching) -> bool:
    """Whether a head is looked at still: it has a gate, or ghstatus's word, or something failed there lately."""
    earliest = watching.known.now - watching.watch.look_back
    return (
        mode is Mode.GATE
        or bool(head.posted)
        or any(check.state is CheckState.PENDING or _ended(check, head) >= earliest for check in head.checks)
    )


def _ended(check: Check, head: Head) -> datetime:
    return check.ended or check.started or head.since


def _unjudged(head: Head, error: Exception) -> Problem:
    seen = f"{head.sha[:7]} can't be judged: {type(error).__name__}: {error!s:.200}"
    return Problem(where=head.repository, seen=seen, outcome="it is left alone")
