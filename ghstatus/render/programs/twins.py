"""What pages say, for programs: the home page, each component's page and each incident's beside it as a file."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from ghstatus import uptime
from ghstatus.render import recent
from ghstatus.render.page import Twin, address, dump, iso, iso_or_none, not_read, told
from ghstatus.render.programs import incident_json, incident_text
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ghstatus.model import Board, ComponentState, Record, Site, Story, Uptime
    from ghstatus.render.page import Page

_NOT_READ = tuple(Twin(kind, partial(not_read, f"an incident's .{kind}")) for kind in ("json", "md"))


def files(board: Board, uptimes: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """The board, components, and the incidents of which time may tell more.

    Pages of those are written at every build, because they tell the time. What stands beside them doesn't.
    """
    records = (*(story.record for story in (*board.active, *board.in_progress)), *board.past)
    shares = uptime.shares(uptimes, site.components, records, board.now, site.policy)
    yield told("index.json", dump(_board(board, site, shares)))
    for state, days in zip(board.components, uptimes, strict=True):
        hits = (record for record in records if state.component.id in record.components)
        data = dump(_component(state, days, board, site, shares) | _history(hits, site))
        yield told(f"components/{state.component.id}/index.json", data)
    find = _twins(board, site)
    for ref in (ref for ref, story in board.incidents.items() if not story.record.digest):
        for twin in find(ref):
            yield told(f"incidents/{ref}.{twin.kind}", twin.render())


def beside(board: Board, site: Site) -> Callable[[str], tuple[Twin, ...]]:
    """What stands beside the page of an incident, and changes with it, by its ref."""
    find, moving = _twins(board, site), {ref for ref, story in board.incidents.items() if not story.record.digest}
    return lambda ref: () if ref in moving else find(ref)


def _twins(board: Board, site: Site) -> Callable[[str], tuple[Twin, ...]]:
    """What an incident's files are; none where another incident's page has its folder."""
    names = {component.id: component.name for component in site.components}
    refs = board.incidents.keys() | {record.ref for record in board.past}
    taken = {ref for ref in refs if ref.endswith((".json", ".md"))}

    def twins(ref: str) -> tuple[Twin, ...]:
        found = _NOT_READ
        if story := board.incidents.get(ref):
            as_json, as_text = (partial(tell, story, board, site, names) for tell in (_json, incident_text.tell))
            found = (Twin("json", as_json), Twin("md", as_text))
        return tuple(twin for twin in found if f"{ref}.{twin.kind}" not in taken) if taken else found

    return twins


def _json(story: Story, board: Board, site: Site, names: Mapping[str, str]) -> bytes:
    return dump(incident_json.tell(story, board, site, names))


def _board(board: Board, site: Site, shares: Mapping[str, Mapping[str, float | None]]) -> dict[str, Any]:
    first = (board.now - timedelta(days=site.policy.recent_days)).date()
    return {
        "$schema": address(site, "schemas/status.json"),
        "title": site.title,
        "url": site.base_url or None,
        "now": iso(board.now),
        "status": board.status,
        "impact": board.impact,
        "since": iso_or_none(board.since),
        "headline": words.headline(board, language.of(site)),
        "remark": words.remark(board, language.of(site)),
        "groups": [{"id": group.id, "name": group.name, "description": group.description} for group in site.groups],
        "components": [_state(state, site, shares, "") for state in board.components],
        "incidents": [_going_on(story, site) for story in board.active],
        "maintenance": [_going_on(story, site) for story in (*board.in_progress, *board.upcoming)],
        "announcements": [_going_on(story, site) for story in board.announcements],
        "past": [
            incident_json.row(record, site) for record in board.past if (record.ended or record.started).date() > first
        ],
        "unobserved": sorted(filter(None, board.unobserved)),
    }


def _going_on(story: Story, site: Site) -> dict[str, Any]:
    until, telling = story.incident.scheduled_until, story.telling
    return {
        **incident_json.row(incident_json.now_record(story), site),
        "scheduled_until": iso_or_none(until),
        "latest": incident_json.update(telling[-1][1]) if telling else None,
    }


def _state(
    state: ComponentState, site: Site, shares: Mapping[str, Mapping[str, float | None]], root: str
) -> dict[str, Any]:
    component = state.component
    return {
        "id": component.id,
        "name": component.name,
        "description": component.description,
        "group": component.group or None,
        "external": component.external,
        "upstream": component.upstream or None,
        "hidden": component.hidden,
        "only_if_degraded": component.only_if_degraded,
        "start_date": component.start_date.isoformat() if component.start_date else None,
        "status": state.status,
        "since": iso_or_none(state.since),
        "incidents": list(state.refs),
        "uptime": {span: _rounded(share) for span, share in shares[component.id].items()},
        "url": address(site, f"components/{component.id}/", root),
    }


def _component(
    state: ComponentState,
    days: Uptime,
    board: Board,
    site: Site,
    shares: Mapping[str, Mapping[str, float | None]],
) -> dict[str, Any]:
    return {
        "$schema": address(site, "schemas/component.json", "../../"),
        "now": iso(board.now),
        **_state(state, site, shares, "../../"),
        "first_day": days.days[0].date.isoformat(),
        "days": [
            {
                "date": day.date.isoformat(),
                "status": day.status,
                "downtime": int(day.downtime.total_seconds()),
                "incidents": list(day.refs),
            }
            for day in days.days
            if day.refs
        ],
    }


def _history(hits: Iterable[Record], site: Site) -> dict[str, Any]:
    return {"history": [incident_json.row(record, site, "../../") for record in islice(hits, recent.LISTED)]}


def _rounded(share: float | None) -> float | None:
    """Six digits, rounded down, so that only a flawless record is 1."""
    return None if share is None else int(share * 1_000_000 + 1e-6) / 1_000_000
