"""How it was: each component's days, and the share of time that it was up.

Downtime is time weighted by status (`Policy.weights`); where incidents overlap, the heaviest counts. Maintenance
does not count, nor does time before a component was watched or after `now`.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import Component, ComponentStatus, Day, Policy, Record, Uptime
from ghstatus.timeline import window_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_ONE_DAY = timedelta(days=1)
_SPANS = (7, 30, 90)
"""The days for which people ask, beside the last 24 hours."""


class _Hit(NamedTuple):
    """The part of an incident's span that falls into one day."""

    began: datetime
    """When the span did."""
    start: datetime
    end: datetime
    status: ComponentStatus
    ref: str


def measure(
    components: Iterable[Component], records: Iterable[Record], now: datetime, policy: Policy
) -> tuple[Uptime, ...]:
    """Work out the days of every component, `policy.uptime_days` of them, today last."""
    first = window_start(now, policy)
    hits: defaultdict[tuple[str, date], list[_Hit]] = defaultdict(list)
    for record in records:
        for component, status, start, end in record.spans:
            _spread(hits, component, _Hit(start, max(start, first), min(end or now, now), status, record.ref))
    return tuple(_component(component, hits, first, now, policy) for component in components)


def shares(
    measured: Iterable[Uptime],
    components: Iterable[Component],
    records: Iterable[Record],
    now: datetime,
    policy: Policy,
) -> Mapping[str, Mapping[str, float | None]]:
    """The share of time that each component was up, for the usual spans of time up to now.

    The first is the last 24 hours; the others begin with a day, as the bars do. None where so many days aren't known,
    or the component wasn't watched.
    """
    known = tuple(measured)
    lately = _last_day(components, records, now, policy)
    spans = dict.fromkeys((*_SPANS, policy.uptime_days))
    return {
        uptime.component: {"24h": lately[uptime.component], **{f"{days}d": _share(uptime, days, now) for days in spans}}
        for uptime in known
    }


def _last_day(
    components: Iterable[Component], records: Iterable[Record], now: datetime, policy: Policy
) -> Mapping[str, float | None]:
    since = now - _ONE_DAY
    clipped = [
        record._replace(spans=tuple(span._replace(start=max(span.start, since)) for span in record.spans))
        for record in records
        if record.spans and (record.ended is None or record.ended > since)
    ]
    born = {component.id: component.start_date for component in components}
    found: dict[str, float | None] = {}
    for uptime in measure(components, clipped, now, replace(policy, uptime_days=2)):
        first = born[uptime.component]
        watched = now - (max(since, datetime.combine(first, time(), UTC)) if first else since)
        down = sum((day.downtime for day in uptime.days), timedelta())
        found[uptime.component] = 1 - down / watched if watched > timedelta() else None
    return found


def _share(uptime: Uptime, days: int, now: datetime) -> float | None:
    watched = [day for day in uptime.days[-days:] if day.status is not None]
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    total = _ONE_DAY * (len(watched) - 1) + (now - midnight)
    if days > len(uptime.days) or not watched or total <= timedelta():
        return None
    return 1 - sum((day.downtime for day in watched), timedelta()) / total


def _spread(hits: defaultdict[tuple[str, date], list[_Hit]], component: str, hit: _Hit) -> None:
    start = hit.start
    while start < hit.end:
        midnight = datetime.combine(start.astimezone(UTC).date() + _ONE_DAY, time(), UTC)
        end = min(midnight, hit.end)
        hits[component, start.astimezone(UTC).date()].append(hit._replace(start=start, end=end))
        start = end


def _component(
    component: Component,
    hits: defaultdict[tuple[str, date], list[_Hit]],
    first: datetime,
    now: datetime,
    policy: Policy,
) -> Uptime:
    days = tuple(
        _day(component, (first + _ONE_DAY * offset).date(), hits, policy) for offset in range(policy.uptime_days)
    )
    born = component.start_date
    watched = max(first, datetime.combine(born, time(), UTC)) if born else first
    total = now - watched
    if total <= timedelta():
        return Uptime(component=component.id, days=days, ratio=None)
    down = sum((day.downtime for day in days), timedelta())
    return Uptime(component=component.id, days=days, ratio=1 - down / total)


def _day(component: Component, date_: date, hits: defaultdict[tuple[str, date], list[_Hit]], policy: Policy) -> Day:
    if component.start_date and date_ < component.start_date:
        return Day(date=date_, status=None, downtime=timedelta(), refs=())
    found = hits.get((component.id, date_))
    if not found:
        return Day(date=date_, status=ComponentStatus.OPERATIONAL, downtime=timedelta(), refs=())
    found.sort()
    return Day(
        date=date_,
        status=max((hit.status for hit in found), key=lambda status: status.rank),
        downtime=_downtime(found, policy),
        refs=tuple(dict.fromkeys(hit.ref for hit in found)),
    )


def _downtime(hits: list[_Hit], policy: Policy) -> timedelta:
    """Sum over the pieces between any two moments at which something changed; in each the heaviest status counts."""
    edges = sorted({edge for hit in hits for edge in (hit.start, hit.end)})
    total = timedelta()
    for start, end in itertools.pairwise(edges):
        weights = [policy.weights.get(hit.status, 0) for hit in hits if hit.start <= start and end <= hit.end]
        total += (end - start) * max(weights, default=0)
    return total
