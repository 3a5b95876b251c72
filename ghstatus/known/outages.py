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


def outages(
    board: Board, site: Site, *, repository: str = "", server: str = "https://github.com", since: datetime | None = None
) -> tuple[Outage, ...]:
    """What is going on, or ended so recently that a failure may still be due to it; the newest start first.

    An incident that was over and came back is two. `repository` is where the issues are, if the configuration doesn't
    say; `since` looks back further. Only incidents that were read in full count: their scope has to be known.
    """
    since = since or board.now - site.watch.look_back - _longest_grace(site)
    place = repository or site.repository
    found = [
        outage
        for story in board.incidents.values()
        for outage in _of(story, site, place, server)
        if outage.end is None or outage.end >= since
    ]
    return tuple(sorted(found, key=lambda outage: (-outage.start.timestamp(), outage.ref)))


def _longest_grace(site: Site) -> timedelta:
    return max((rule.grace for rule in site.rules), default=site.watch.look_back)


def _of(story: Story, site: Site, repository: str, server: str) -> Iterator[Outage]:
    incident = story.incident
    issue = f"{repository}#{incident.number}" if repository and incident.number else ""
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
            url=_url(site, incident, repository, server),
            issue=issue,
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


def _url(site: Site, incident: Incident, repository: str, server: str) -> str:
    if site.base_url:
        return f"{site.base_url}incidents/{incident.ref}/"
    return f"{server}/{repository}/issues/{incident.number}" if repository and incident.number else ""
