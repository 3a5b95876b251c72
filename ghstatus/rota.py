"""Who is on duty: turns, and those who stand in."""

from __future__ import annotations

from datetime import UTC, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Rota


class Turn(NamedTuple):
    """Somebody on duty, for a while."""

    start: datetime
    end: datetime
    person: str
    """A login."""
    stands_in: bool
    """Whether it is somebody else's turn."""


def on_duty(rota: Rota, at: datetime) -> str:
    """Who is on duty at a moment; empty for nobody, before the first turn."""
    return "" if at < rota.start else _person(rota, _reason(rota, at))


def turns(rota: Rota, start: datetime, end: datetime) -> tuple[Turn, ...]:
    """The turns of which any moment lies from `start` up to, but not including, `end`: whole, and in order."""
    met = [swap for swap in rota.swaps if swap.start < end and start < swap.end]
    first = max(rota.start, min([start, *(swap.start for swap in met)]))
    last = max([end, *(swap.end for swap in met)])
    if last <= first:
        return ()
    return tuple(turn for turn in _turns(rota, first, last) if turn.start < end and start < turn.end)


def _turns(rota: Rota, first: datetime, last: datetime) -> Iterator[Turn]:
    """The turns between two moments, of which those at the edges may be cut off."""
    changes = {_change(rota, number) for number in range(_number(rota, first), _number(rota, last) + 2)}
    changes |= {moment for swap in rota.swaps for moment in (swap.start, swap.end)}
    cuts = sorted(moment for moment in changes if moment >= rota.start)
    pieces = [(start, end, _reason(rota, start)) for start, end in pairwise(cuts)]
    for reason, same in groupby(pieces, key=lambda piece: piece[2]):
        whole = list(same)
        yield Turn(whole[0][0], whole[-1][1], _person(rota, reason), reason.is_swap)


class _Reason(NamedTuple):
    """Why somebody is on duty: by the swap, or the turn, of this number."""

    is_swap: bool
    number: int


def _reason(rota: Rota, at: datetime) -> _Reason:
    swaps = [number for number, swap in enumerate(rota.swaps) if swap.start <= at < swap.end]
    return _Reason(is_swap=True, number=swaps[-1]) if swaps else _Reason(is_swap=False, number=_number(rota, at))


def _person(rota: Rota, reason: _Reason) -> str:
    if reason.is_swap:
        return rota.swaps[reason.number].person
    return rota.people[reason.number % len(rota.people)]


def _number(rota: Rota, at: datetime) -> int:
    """Which turn a moment lies in, counted from 0."""
    zone = ZoneInfo(rota.timezone)
    gone = at.astimezone(zone).replace(tzinfo=None) - rota.start.astimezone(zone).replace(tzinfo=None)
    number = gone // timedelta(days=rota.days)
    # Where clocks were set back or forward, the wall's time and the turn may be one apart.
    return next(one for one in (number + 1, number, number - 1) if _change(rota, one) <= at)


def _change(rota: Rota, number: int) -> datetime:
    """When a turn begins: at the same time of day on the zone's clocks; as much later where they skip it."""
    zone = ZoneInfo(rota.timezone)
    wall = rota.start.astimezone(zone).replace(tzinfo=None, fold=0) + timedelta(days=rota.days * number)
    return wall.replace(tzinfo=zone).astimezone(UTC) if number else rota.start
