"""Incidents as far as they may explain failures: what they hit, from when to when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ghstatus.model import ComponentStatus, Kind, Outage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, timedelta

    from ghstatus.model import Board, Incident, Site, Span, Story

_HARMLESS = {ComponentStatus.OPERATIONAL, ComponentStatus.UNKNOWN}


def outages(board: Board, site: Site, *, since: datetime | None = None) -> tuple[Outage, ...]:
    """What is going on, or ended so recently that a failure may still be due to it; the newest start first.

    An incident that was over and came back is two. `since` looks back further. Only incidents that were read in full
    count, for their scope has to be known.
    """
    since = since or board.now - site.watch.look_back - _longest_grace(site)
    found = [
        outage
        for story in board.incidents.values()
        for outage in _of(story, site, board.tracker)
        if outage.end is None or outage.end >= since
    ]
    return tuple(sorted(found, key=lambda outage: (-outage.start.timestamp(), outage.ref)))


def _longest_grace(site: Site) -> timedelta:
    return max((rule.grace for rule in site.rules), default=site.watch.look_back)


def _of(story: Story, site: Site, tracker: str) -> Iterator[Outage]:
    incident = story.incident
    number = incident.number if tracker else None
    hit: defaultdict[tuple[datetime, datetime | None], set[str]] = defaultdict(set)
    for component, start, end in _hits(story.record.spans):
        hit[start, end].add(component)
    for (start, end), components in hit.items():
        yield Outage(
            ref=incident.ref,
            title=_title(incident),
            components=frozenset(components),
            start=start,
            end=end,
            url=f"{site.base_url}incidents/{incident.ref}/" if site.base_url else _issue(tracker, number, "/issues/"),
            issue=_issue("/".join(tracker.split("/")[-2:]), number, "#"),
            scope=incident.scope,
            remedy=incident.workaround,
            eta=incident.eta,
        )


def _hits(spans: Iterable[Span]) -> Iterator[tuple[str, datetime, datetime | None]]:
    """Each component with the whiles during which anything was wrong with it, however bad it was."""
    whiles: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for span in spans:
        if span.status in _HARMLESS:
            continue
        known = whiles.setdefault(span.component, [])
        if known and known[-1][1] == span.start:
            known[-1] = (known[-1][0], span.end)
        else:
            known.append((span.start, span.end))
    for component, several in whiles.items():
        for start, end in several:
            yield component, start, end


def _title(incident: Incident) -> str:
    is_told = "maintenance" in incident.title.casefold()
    return incident.title if is_told or incident.kind is not Kind.MAINTENANCE else f"Maintenance: {incident.title}"


def _issue(repository: str, number: int | None, before: str) -> str:
    return f"{repository}{before}{number}" if number else ""
