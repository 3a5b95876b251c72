"""The eight files of Statuspage's status API, version 2, for programs that read any status page.

It has no word for what can't be observed: such a component counts as degraded, and the description says why. It knows
no announcements either.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from ghstatus.board import IMPACTS
from ghstatus.model import ComponentStatus, Kind
from ghstatus.render import recent
from ghstatus.render.page import dump, told
from ghstatus.render.programs.statuspage_story import Json, View, incident, shown, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghstatus.model import Board, ComponentState, Group, Record, Site, Uptime
    from ghstatus.render.page import Page

_DESCRIPTIONS = {
    ComponentStatus.OPERATIONAL: "All Systems Operational",
    ComponentStatus.UNDER_MAINTENANCE: "Service Under Maintenance",
    ComponentStatus.DEGRADED_PERFORMANCE: "Partially Degraded Service",
    ComponentStatus.PARTIAL_OUTAGE: "Partial System Outage",
    ComponentStatus.MAJOR_OUTAGE: "Major Service Outage",
}
_UNSEEN = "Some systems can't be observed"


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """All of them; each is written only where it says something new."""
    page_id = _page_id(board, site)
    components = {one["id"]: one for one in _components(board, site, page_id)}
    listed = _listed(View(board=board, site=site, page_id=page_id, components=components))
    unresolved, upcoming, active = listed["unresolved"], listed["upcoming"], listed["active"]
    page = {"page": _page(board, site, page_id, [*components.values(), *_moved(listed)])}
    status = {"status": _status(board)}
    quiet = {state.component.id for state in board.components if _is_quiet(state)}
    shown = {"components": [one for key, one in components.items() if key not in quiet]}
    contents: dict[str, Json] = {
        "summary": shown | {"incidents": unresolved, "scheduled_maintenances": [*active, *upcoming]} | status,
        "status": status,
        "components": shown,
        "incidents": {"incidents": listed["incidents"]},
        "incidents/unresolved": {"incidents": unresolved},
        "scheduled-maintenances": {"scheduled_maintenances": listed["maintenances"]},
        "scheduled-maintenances/upcoming": {"scheduled_maintenances": upcoming},
        "scheduled-maintenances/active": {"scheduled_maintenances": active},
    }
    for name, content in contents.items():
        yield told(f"api/v2/{name}.json", dump(page | content))


def _listed(view: View) -> Mapping[str, list[Json]]:
    """Incidents and maintenances by the list that they stand in."""
    board = view.board
    lists = {
        "unresolved": sorted(board.active, key=lambda story: story.record.started, reverse=True),
        "upcoming": board.upcoming,
        "active": board.in_progress,
        "incidents": recent.stories(board, Kind.INCIDENT),
        "maintenances": recent.stories(board, Kind.MAINTENANCE),
    }
    stories = {story.record.ref: story for several in lists.values() for story in several}
    made = {ref: incident(story, view) for ref, story in stories.items()}
    return {name: [made[story.record.ref] for story in several] for name, several in lists.items()}


def _moved(listed: Mapping[str, list[Json]]) -> Iterator[Json]:
    """Those of which something is known to have happened; nobody tells when a plan was made."""
    for one in (*listed["incidents"], *listed["maintenances"]):
        if one["status"] != "scheduled" or len(one["incident_updates"]) > 1:
            yield one


def _page_id(board: Board, site: Site) -> str:
    """A page has to have an id of letters and digits; this one stays the same as long as the page is where it is."""
    where = site.base_url or board.tracker or site.title
    return hashlib.blake2b(where.encode(errors="replace"), digest_size=6).hexdigest()


def _page(board: Board, site: Site, page_id: str, parts: Sequence[Json]) -> Json:
    return {
        "id": page_id,
        "name": site.title,
        "url": site.base_url or board.tracker,
        "time_zone": site.timezone,
        "updated_at": max((part["updated_at"] for part in parts), default=stamp(board.now)),
    }


def _status(board: Board) -> Json:
    """The worst of everything; maintenance alone is no trouble, and what can't be observed is."""
    seen = _DESCRIPTIONS.get(board.status, "")
    described = f"{seen}; {_UNSEEN[0].lower()}{_UNSEEN[1:]}" if seen else _UNSEEN
    least = ComponentStatus.DEGRADED_PERFORMANCE if board.unobserved else ComponentStatus.OPERATIONAL
    return {
        "indicator": IMPACTS[max(shown(board.status), least, key=lambda status: status.rank)],
        "description": described if board.unobserved else seen,
    }


def _is_quiet(state: ComponentState) -> bool:
    """Whether it is kept for old incidents only."""
    return state.component.hidden and state.status is ComponentStatus.OPERATIONAL


def _components(board: Board, site: Site, page_id: str) -> Iterator[Json]:
    """Groups and components in the page's order, each group right before its own."""
    records = (*(story.record for story in (*board.active, *board.in_progress)), *board.past)
    first = min([board.now, *(record.started for record in records)])
    changed = _changed(records, board.now)
    names = _group_ids(site)
    position = 0
    for group in (*site.groups, None):
        states = [state for state in board.components if state.component.group == (group.id if group else "")]
        made = [_component(state, names, first, changed) for state in states]
        if group and not all(_is_quiet(state) for state in states):
            made.insert(0, _group(group, names[group.id], made, states))
        for one in made:
            position += 1
            yield one | {"position": position, "page_id": page_id}


def _component(
    state: ComponentState, groups: Mapping[str, str], first: datetime, changed: Mapping[str, datetime]
) -> Json:
    component = state.component
    born = datetime.combine(component.start_date, time(), UTC) if component.start_date else first
    return {
        "id": component.id,
        "name": component.name,
        "status": shown(state.status),
        "created_at": stamp(born),
        "updated_at": stamp(max(changed.get(component.id, born), born)),
        "position": 0,
        "description": component.description or None,
        "showcase": True,
        "start_date": component.start_date.isoformat() if component.start_date else None,
        "group_id": groups.get(component.group),
        "page_id": "",
        "group": False,
        "only_show_if_degraded": component.only_if_degraded or component.hidden,
    }


def _group(group: Group, group_id: str, members: Sequence[Json], states: Sequence[ComponentState]) -> Json:
    """A group is as bad as its worst component."""
    return members[0] | {
        "id": group_id,
        "name": group.name,
        "status": max((shown(state.status) for state in states), key=lambda status: status.rank),
        "created_at": min(one["created_at"] for one in members),
        "updated_at": max(one["updated_at"] for one in members),
        "description": group.description or None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "group": True,
        "only_show_if_degraded": False,
        "components": [state.component.id for state in states if not _is_quiet(state)],
    }


def _group_ids(site: Site) -> Mapping[str, str]:
    """Groups and components share one list, so a group that is called like a component gets another id."""
    taken = {component.id for component in site.components}
    return {group.id: f"group.{group.id}" if group.id in taken else group.id for group in site.groups}


def _changed(records: Sequence[Record], now: datetime) -> Mapping[str, datetime]:
    """When an incident last changed what a component does, as far back as the bars go."""
    found: dict[str, datetime] = {}
    for record in records:
        for component, _, start, end in record.spans:
            at = start if end is None or end > now else end
            found[component] = max(found.get(component, at), at)
    return found
