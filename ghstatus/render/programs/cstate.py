"""The board as cState's API tells it, for programs that read cState's `index.json`.

It stands in a folder of its own, because `/index.json` is ghstatus's: a reader that is given the address of that folder
as the page's finds it.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from ghstatus.model import ComponentStatus, Kind
from ghstatus.render.page import address, dump, told
from ghstatus.render.text import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from ghstatus.model import Board, Site, Story, Uptime
    from ghstatus.render.page import Page

_SEVERITIES = {
    ComponentStatus.OPERATIONAL: "ok",
    ComponentStatus.UNKNOWN: "notice",
    ComponentStatus.UNDER_MAINTENANCE: "notice",
    ComponentStatus.DEGRADED_PERFORMANCE: "disrupted",
    ComponentStatus.PARTIAL_OUTAGE: "disrupted",
    ComponentStatus.MAJOR_OUTAGE: "down",
}
_OTHERS = "Other"
"""The category of components without a group; cState has none without a category."""


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """The one file."""
    yield told("cstate/index.json", dump(_index(board, site)))


def _index(board: Board, site: Site) -> dict[str, Any]:
    going_on = (*board.active, *board.in_progress, *board.announcements)
    names = {component.id: component.name for component in site.components}
    issues = {story.record.ref: _issue(story, site, names) for story in going_on}
    now = board.now.astimezone(UTC)
    return {
        "is": "index",
        "cStateVersion": "6.0.1",
        "apiVersion": "2.0",
        "title": site.title,
        "languageCodeHTML": language.of(site).tag,
        "languageCode": language.of(site).tag,
        "baseURL": site.base_url,
        "description": site.description,
        "summaryStatus": _SEVERITIES[board.status],
        "categories": list(_categories(site)),
        "pinnedIssues": [issues[story.record.ref] for story in board.announcements],
        "systems": list(_systems(board, site, issues)),
        "buildDate": f"{now:%Y-%m-%d}",
        "buildTime": f"{now:%H:%M}",
        "buildTimezone": "UTC",
    }


def _categories(site: Site) -> Iterator[dict[str, Any]]:
    for group in site.groups:
        yield {"name": group.name, "description": group.description, "hideTitle": False, "closedByDefault": False}
    if any(not (component.group or component.hidden) for component in site.components):
        yield {"name": _OTHERS, "description": "", "hideTitle": True, "closedByDefault": False}


def _systems(board: Board, site: Site, issues: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    groups = {group.id: group.name for group in site.groups}
    for state in board.components:
        if not state.component.hidden:
            yield {
                "name": state.component.name,
                "description": state.component.description,
                "category": groups.get(state.component.group, _OTHERS),
                "status": _SEVERITIES[state.status],
                "unresolvedIssues": [issues[ref] for ref in state.refs],
            }


def _issue(story: Story, site: Site, names: Mapping[str, str]) -> dict[str, Any]:
    record = story.record
    at = max([record.started, *(update.at for update in story.told)])
    return {
        "is": "issue",
        "title": record.title,
        "createdAt": _written(record.started),
        "lastMod": _written(at),
        "permalink": address(site, f"incidents/{record.ref}/", "../"),
        "severity": _SEVERITIES[story.status].replace("ok", "notice"),
        "resolved": False,
        "informational": record.kind is Kind.ANNOUNCEMENT,
        "resolvedAt": "",
        "affected": [names[one] for one in record.components if one in names],
        "filename": f"{record.ref}.md",
    }


def _written(moment: datetime) -> str:
    """A time as Go prints it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} +0000 UTC"
