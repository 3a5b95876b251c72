"""Observe → judge → decide, for the checks of pull requests; `planning.apply` carries it out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ghstatus.errors import Problem
from ghstatus.known import Known, outages_of, services
from ghstatus.model import CheckState, Mode
from ghstatus.plan import checks as plan
from ghstatus.stores import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ghstatus.actions import CheckAction
    from ghstatus.heads.observed import Cursor, Observed
    from ghstatus.model import Board, Check, Evidence, Head, Report, Rule, Signature, Site, Watch

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
    board: Board,
    site: Site,
    signatures: Iterable[Signature],
    *,
    repository: str = "",
    server: str = "https://github.com",
    since: datetime | None = None,
) -> Known:
    """All that is known: of a site's components, its incidents, and these signatures besides its own.

    `repository` is whose issues the incidents are, on which server, and `since` from when on they matter.
    """
    return Known(
        site.rules,
        (*site.signatures, *signatures),
        outages_of(board, site, repository=repository, server=server, since=since),
        now=board.now,
        services=services(site),
        tracker=repository,
    )


def relevant(watching: Watching, named: Iterable[str], *, everything: bool = False) -> tuple[str, ...]:
    """Which of the repositories are worth a look now.

    Those are the own one, those with a gate, because a gate that says nothing keeps everything from being merged, and
    all others while an incident may explain something.
    """
    every = tuple(dict.fromkeys(named)) or tuple(filter(None, [watching.own]))
    if everything or watching.watch.mode is Mode.GATE or is_needed(watching.known):
        return every
    always = {name.casefold() for name in (watching.own, *watching.watch.gates)}
    return tuple(name for name in every if name.casefold() in always)


def is_needed(known: Known) -> bool:
    """Whether anything is known that could explain a failure: an incident, or a known failure's issue."""
    return bool(known.relevant) or any(signature.since for signature in known.signatures)


def look(
    heads: Heads, watching: Watching, repositories: Sequence[str], cursor: Cursor | None = None
) -> Iterator[Found]:
    """Look at repositories, some at a time, and say of each what to do."""
    for observed in heads.batches(repositories, watching.known.now, cursor):
        yield found(observed, heads, watching)


def found(observed: Observed, heads: Heads, watching: Watching) -> Found:
    """What to do about heads; one that can't be judged stops no other."""
    reports, trouble = [], list(observed.trouble)
    evidence = _evidence(observed.heads, watching, trouble)
    for head in observed.heads:
        try:
            mode = mode_of(watching.watch, head.repository)
            if is_fresh(head, mode, watching):
                reports.append(watching.known.report(head, evidence, mode))
        except _BROKEN as error:
            trouble.append(_unjudged(head, error))
    known, watch = watching.known, watching.watch
    decided = plan.decide(reports, watch, known.now, can_update=heads.can_update, app=heads.app)
    return Found(tuple(reports), decided, tuple(dict.fromkeys(trouble)), observed.repositories, observed.cursor)


def mode_of(watch: Watch, repository: str) -> Mode:
    """What is posted in a repository."""
    gates = {name.casefold() for name in watch.gates}
    return Mode.GATE if repository.casefold() in gates else watch.mode


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


def _evidence(heads: Iterable[Head], watching: Watching, trouble: list[Problem]) -> Mapping[Check, Evidence]:
    pairs: dict[Check, Rule] = {}
    for head in heads:
        try:
            if is_fresh(head, mode_of(watching.watch, head.repository), watching):
                pairs |= wanted(head, watching.known)
        except _BROKEN as error:
            trouble.append(_unjudged(head, error))
    return watching.evidence(pairs.items())


def wanted(head: Head, known: Known) -> dict[Check, Rule]:
    """The failed checks of a head that don't tell themselves why they failed."""
    pull = next(iter(head.pulls), None)
    found = ((check, known.wants(check, pull=pull, since=head.since)) for check in head.checks)
    return {check: rule for check, rule in found if rule}


def _unjudged(head: Head, error: Exception) -> Problem:
    seen = f"{head.sha[:7]} can't be judged: {type(error).__name__}: {error!s:.200}"
    return Problem(where=head.repository, seen=seen, outcome="it is left alone")


def recall(path: Path) -> Cursor | None:
    """Where an earlier look ended; None where it came to its end, or its note can't be read."""
    try:
        noted = json.loads(path.read_bytes())
    except (OSError, RecursionError, ValueError):
        return None
    return noted if isinstance(noted, dict) else None


def note(path: Path, cursor: Cursor | None) -> None:
    """Note down where the next look goes on."""
    if cursor:
        files.replace(path, json.dumps(cursor).encode())
    else:
        path.unlink(missing_ok=True)
