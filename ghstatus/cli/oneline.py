"""What was typed behind `ghstatus set` → what is meant, and what to change for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.cli import opening, typed
from ghstatus.errors import UsageError
from ghstatus.grammar import body
from ghstatus.grammar.names import Names
from ghstatus.grammar.sentences import several
from ghstatus.model import Affected, Incident, Kind, Severity
from ghstatus.plan import states

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ghstatus.actions import IncidentAction
    from ghstatus.model import Board, Site

STATUSES = ("good", "minor", "major", "critical", "scheduled")
_ALL = "-"
_LONGEST = 100
"""A title that would be longer is cut; the whole text stands below it."""


class Said(NamedTuple):
    """A line of words, taken apart."""

    status: str
    message: str
    """Empty for the usual words."""
    components: tuple[str, ...]
    """Ids, in the order of the page."""
    is_everything: bool


def read(words: Sequence[str], site: Site) -> Said:
    """Make out what was typed; where a service's name stands in the place of the message, there is none.

    Raises UsageError.
    """
    status, rest = typed.choice(words[0], STATUSES, "STATUS"), words[1:]
    names = Names(site.components, site.groups)
    has_message = len(rest) > 1 and not all(names.resolve(part) for part in rest[0].split(","))
    message, services = (rest[0], rest[1:]) if has_message else (_ALL, rest)
    if not services:
        raise UsageError(f"no SERVICE is named; accepted: names of components, or {_ALL} for all of them")
    is_everything = _ALL in services
    meant = {one.component for one in typed.components([one for one in services if one != _ALL], site, "SERVICE")}
    return Said(
        status=status,
        message="" if message == _ALL else body.tidy(message).strip(),
        components=tuple(one.id for one in site.components if one.id in meant or (is_everything and not one.hidden)),
        is_everything=is_everything,
    )


def decide(
    said: Said, board: Board, site: Site, window: tuple[datetime, datetime] | None
) -> tuple[IncidentAction, ...]:
    """What to change so that it is as said; `window` is that of what is scheduled."""
    named = several([one.name for one in site.components if one.id in said.components])
    if said.status == "good":
        usual = "Everything seems to be working." if said.is_everything else f"Working again: {named}."
        return states.good(board, None if said.is_everything else said.components, said.message or usual)
    named = "all services" if said.is_everything else named
    title, text = _parted(said.message or f"{'Maintenance' if window else 'Disruption'}: {named}")
    start, until = window or (board.now, None)
    wanted = Incident(
        ref=typed.ref(title, start),
        title=title,
        kind=Kind.MAINTENANCE if window else Kind.INCIDENT,
        started=start,
        severity=None if window else Severity(said.status),
        components=tuple(Affected(component=one) for one in said.components),
        scheduled_for=start if window else None,
        scheduled_until=until,
        text=text,
    )
    change = states.planned if window else states.broken
    return change(board, wanted, is_default=not said.message)


def window(status: str, start: str | None, until: str | None, now: datetime) -> tuple[datetime, datetime] | None:
    """From when to when something is scheduled; None for any other status."""
    if status == "scheduled":
        return opening.window(start, until, now)
    if start or until:
        raise UsageError(
            f"{'--from' if start else '--until'} is not for {status or '--general-info'}; accepted: scheduled"
        )
    return None


def notice(text: str, now: datetime) -> Incident | None:
    """What is announced in a line; None for nothing, which is as usual."""
    said = body.tidy(text).strip()
    if said in {"", _ALL}:
        return None
    title, below = _parted(said)
    source = f"{states.NOTICE}{now:%Y-%m-%dT%H:%M:%SZ}"
    ref = typed.ref(title, now)
    return Incident(ref=ref, title=title, kind=Kind.ANNOUNCEMENT, started=now, text=below, source=source)


def _parted(message: str) -> tuple[str, str]:
    """A title, and the whole text where the title doesn't say all of it."""
    first = " ".join(message.partition("\n")[0].split())
    if len(first) > _LONGEST:
        sentence, stop, _ = first.partition(". ")
        first = sentence if stop else first
    if len(first) > _LONGEST:
        first = f"{first[:_LONGEST].rpartition(' ')[0] or first[:_LONGEST]}…"
    return first, "" if first == message else message
