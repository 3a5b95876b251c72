"""What programs that read Upptime's files look for: `history/summary.json`, and uptime as Shields' endpoint JSON.

Nothing here probes anything, so there are no response times: they are 0 where a reader breaks without them, the
summary says that they are not to be shown, and their own files are left out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ghstatus import uptime
from ghstatus.model import ComponentStatus
from ghstatus.render.page import address, dump, told
from ghstatus.render.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghstatus.model import Board, ComponentState, Site, Uptime
    from ghstatus.render.page import Page

_STATUSES = {ComponentStatus.OPERATIONAL: "up", ComponentStatus.MAJOR_OUTAGE: "down"}
"""The rest is `degraded`: no reader knows maintenance or what can't be observed, and neither is `up`."""

_COLOURS = ((0.95, "brightgreen"), (0.90, "green"), (0.85, "yellowgreen"), (0.80, "yellow"), (0.75, "orange"))
_ENDPOINTS = {
    "uptime-day": ("uptime 24h", "24h"),
    "uptime-week": ("uptime 7d", "7d"),
    "uptime-month": ("uptime 30d", "30d"),
    "uptime-year": ("uptime 1y", "365d"),
}
_SPANS = {"uptimeDay": "24h", "uptimeWeek": "7d", "uptimeMonth": "30d", "uptimeYear": "365d"}
_TIMES = ("time", "timeDay", "timeWeek", "timeMonth", "timeYear")


def files(board: Board, uptimes: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """The summary, then the endpoints of every component that was watched."""
    records = (*(story.record for story in (*board.active, *board.in_progress)), *board.past)
    shares = uptime.shares(uptimes, site.components, records, board.now, site.policy)
    whole = f"{site.policy.uptime_days}d"
    summary = []
    for state, days in zip(board.components, uptimes, strict=True):
        known = shares[state.component.id]
        total = known[whole]
        if state.component.hidden or total is None:
            continue
        summary.append(_summary(state, days, known, total, site))
        endpoints = {"uptime": ("uptime", whole), **_ENDPOINTS}
        for name, (label, span) in endpoints.items():
            share = known.get(span)
            if share is not None:
                yield told(f"api/{state.component.id}/{name}.json", dump(_endpoint(label, share)))
    yield told("history/summary.json", dump(summary))


def _summary(
    state: ComponentState, days: Uptime, known: Mapping[str, float | None], total: float, site: Site
) -> dict[str, Any]:
    component = state.component
    shares = {name: known.get(span) for name, span in _SPANS.items()}
    return {
        "name": component.name,
        "url": address(site, f"components/{component.id}/", "../"),
        "icon": address(site, f"static/{state.status}.svg", "../"),
        "slug": component.id,
        "status": _STATUSES.get(state.status, "degraded"),
        "uptime": _percent(total),
        **{name: _percent(total if share is None else share) for name, share in shares.items()},
        **dict.fromkeys(_TIMES, 0),
        "showAverageResponseTime": False,
        "dailyMinutesDown": {
            day.date.isoformat(): -(-day.downtime // timedelta(minutes=1)) for day in days.days if day.downtime
        },
    }


def _endpoint(label: str, share: float) -> dict[str, Any]:
    color = next((name for least, name in _COLOURS if share > least), "red")
    return {"schemaVersion": 1, "label": label, "message": _percent(share), "color": color}


def _percent(share: float) -> str:
    return words.percent(share).replace(" ", "")
