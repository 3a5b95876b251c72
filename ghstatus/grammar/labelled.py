"""What labels said about an incident, and when."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ghstatus.grammar import trust
from ghstatus.model import ComponentStatus, EventKind, Label, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from ghstatus.grammar.dialect import Meaning
    from ghstatus.grammar.trust import Context
    from ghstatus.model import Event, Issue, Phase

Level = TypeVar("Level", Severity, ComponentStatus)
SLIP = timedelta(minutes=5)
"""How long after an issue was opened a component still counts from the start, and how soon a slip is mended."""


class Statement(NamedTuple):
    """What labels said from a time on; None for the start."""

    at: datetime | None
    severity: Severity | None = None
    status: ComponentStatus | None = None
    hit: tuple[str, ...] = ()
    """The ids of components that it hits from then on."""
    fine: tuple[str, ...] = ()
    """And of those that it doesn't hit any more."""
    phase: Phase | None = None


class Labelled(NamedTuple):
    """What all labels said."""

    start: Statement
    """At the start."""
    later: tuple[Statement, ...]
    """In the order of their times."""
    false_alarm: str
    """The name of the label that says that it was none; empty when none does."""


class _Put(NamedTuple):
    """A label put on an issue, or taken off."""

    at: datetime | None
    name: str
    meaning: Meaning
    is_on: bool
    counts: bool
    """Whether it says something; otherwise ghstatus mirrored what is known."""
    is_first: bool
    """Whether it came with the issue."""


def read(issue: Issue, context: Context, resolve: Callable[[str], tuple[str, ...]]) -> Labelled:
    """Read an issue's labels and their history; `resolve` finds the components that a name means."""
    puts = list(_puts(issue, context))
    told: defaultdict[datetime | None, dict[str, Any]] = defaultdict(dict)
    for at, severity in _worst((put, put.meaning.severity) for put in puts):
        told[at]["severity"] = severity
    for at, status in _worst((put, put.meaning.status) for put in puts):
        told[at]["status"] = status
    hit, fine = _components(puts, resolve)
    for at, ids in hit:
        since = None if at and at - issue.created_at <= SLIP else at
        told[since]["hit"] = (*told[since].get("hit", ()), *ids)
    for at, ids in fine:
        told[at]["fine"] = (*told[at].get("fine", ()), *ids)
    for put in puts:
        if put.is_on and put.counts and put.meaning.phase:
            told[put.at]["phase"] = put.meaning.phase
    start = Statement(None, **told.pop(None, {}))
    later = sorted((Statement(at, **said) for at, said in told.items()), key=lambda one: one.at or issue.created_at)
    return Labelled(start, tuple(later), _false_alarm(issue, puts))


def from_the_start(said: Labelled) -> Labelled:
    """`said`, with the components that labels named first counted from the start.

    For an issue that named none before: whoever labels it later says what is broken, not that it broke just then.
    """
    first = next((one.at for one in said.later if one.hit), None)
    early = [one for one in said.later if one.hit and _is_soon(first, one.at)]
    later = tuple(one._replace(hit=()) if one in early else one for one in said.later)
    return said._replace(start=said.start._replace(hit=tuple(id_ for one in early for id_ in one.hit)), later=later)


def _puts(issue: Issue, context: Context) -> Iterator[_Put]:
    known = {label.name: label for label in issue.labels}
    events = [event for event in issue.events if event.kind in {EventKind.LABELED, EventKind.UNLABELED}]
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.detail, event)
    unseen = [name for name in known if name not in first]
    unseen += [name for name, event in first.items() if event.kind is EventKind.UNLABELED]
    for name in unseen:
        label = known.get(name, Label(name))
        yield _Put(None, name, context.dialect.label(label), is_on=True, counts=True, is_first=True)
    is_hidden = trust.is_text_hidden(issue, context)
    for event in events:
        is_on = event.kind is EventKind.LABELED
        is_own = event.actor == context.viewer
        is_opening = is_on and event.at - issue.created_at <= trust.OPENING
        is_first = is_opening and (not is_own or event.actor == issue.author)
        counts = is_first or (trust.may_label(event, issue, context) and not is_own)
        if counts or is_own:
            meaning = context.dialect.label(known.get(event.detail, Label(event.detail)))
            # Nothing but ghstatus's own labels tells what a text said before a stranger took it back.
            counts = counts or (is_hidden and meaning.phase is None)
            yield _Put(event.at, event.detail, meaning, is_on, counts, is_first)


_RANKS: dict[str, int] = {one: rank for words in (Severity, ComponentStatus) for rank, one in enumerate(words)}


def _worst(said: Iterable[tuple[_Put, Level | None]]) -> Iterator[tuple[datetime | None, Level]]:
    """The worst level of the labels that were there, each time when a person changed it."""
    puts = [(put, level) for put, level in said if level is not None]
    present = {put.name: level for put, level in puts if put.is_first}
    worst = max(present.values(), key=_RANKS.__getitem__, default=None)
    if worst is not None:
        yield None, worst
    for put, level in puts:
        if put.is_first:
            continue
        before = max(present.values(), key=_RANKS.__getitem__, default=None)
        if put.is_on:
            present[put.name] = level
        else:
            present.pop(put.name, None)
        worst = max(present.values(), key=_RANKS.__getitem__, default=None)
        if put.counts and worst is not None and worst is not before:
            yield put.at, worst


_Timed = list[tuple["datetime | None", tuple[str, ...]]]


def _components(puts: list[_Put], resolve: Callable[[str], tuple[str, ...]]) -> tuple[_Timed, _Timed]:
    """When which components were said to be hit, and not to be hit any more."""
    present: dict[str, _Put] = {}
    hit: list[_Put] = []
    fine: _Timed = []
    for put in puts:
        if not put.meaning.component:
            continue
        if put.is_on:
            present[put.name] = put
            hit += [put] if put.counts else []
            continue
        was = present.pop(put.name, None)
        if not put.counts:
            continue
        is_slip = was is not None and was.counts and _is_soon(was.at, put.at)
        hit = [one for one in hit if one is not was] if is_slip else hit
        # A label that came with the issue says the same as its text, which goes on saying it.
        if not is_slip or (was is not None and was.is_first):
            others = {one for other in present.values() if other.counts for one in resolve(other.meaning.component)}
            fine.append((put.at, tuple(one for one in resolve(put.meaning.component) if one not in others)))
    return [(put.at, resolve(put.meaning.component)) for put in hit], fine


def _is_soon(start: datetime | None, end: datetime | None) -> bool:
    return start is not None and end is not None and end - start <= SLIP


def _false_alarm(issue: Issue, puts: list[_Put]) -> str:
    last = {put.name: put for put in puts if put.meaning.false_alarm and put.is_on}
    present = (label.name for label in issue.labels)
    return next((name for name in present if name in last and last[name].counts), "")
