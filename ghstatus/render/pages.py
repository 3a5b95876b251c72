"""A board → the pages of the site, each rendered when it is asked for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import comrak
import jinja2
import nh3

from ghstatus.model import ComponentState, ComponentStatus, Group, Phase, Record, Story
from ghstatus.render import bars, clock, words
from ghstatus.render.page import Page, kept, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ghstatus.model import Board, Site, Uptime
    from ghstatus.render.page import Twin
    from ghstatus.render.templates import Templates

SHAPING = (comrak, jinja2, nh3)
"""Packages whose next version may make another page of the same text."""

_LISTED = 50
"""The incidents that a component's page lists; the history has all."""


class Section(NamedTuple):
    """A group on the home page, with the components it shows; `group` is None for those without one."""

    group: Group | None
    states: tuple[ComponentState, ...]


def pages(
    board: Board,
    uptimes: Iterable[Uptime],
    site: Site,
    templates: Templates,
    twins: Callable[[str], tuple[Twin, ...]] = lambda _: (),
) -> Iterator[Page]:
    """Every page of the site, in one order; `twins` are what stands beside the page of an incident, by its ref."""
    unseen = {state.component.id for state in board.components if state.status is ComponentStatus.UNKNOWN}
    drawn = {uptime.component: (uptime, bars.draw(uptime, unseen=uptime.component in unseen)) for uptime in uptimes}
    yield Page("index.html", "", partial(_home, templates, board, site, drawn))
    yield Page("404.html", "", partial(templates.page, "404.html.j2", root=None, **_head(board)))
    yield told("embed/index.html", templates.page("embed.html.j2", root="../", **_head(board)))
    yield from _history(board, templates)
    yield from _components(board, drawn, templates)
    for story in board.incidents.values():
        path = f"incidents/{story.record.ref}/"
        render = partial(templates.page, "incident.html.j2", root="../../", path=path, story=story)
        yield Page(
            f"{path}index.html",
            story.record.digest,
            partial(render, **_incident(story, board)),
            twins(story.record.ref),
        )
    for record in board.past:
        if record.ref not in board.incidents:
            yield kept(f"incidents/{record.ref}/index.html", record.digest, twins(record.ref))


def _home(templates: Templates, board: Board, site: Site, drawn: Mapping[str, tuple[Uptime, bars.Bars]]) -> bytes:
    first = (board.now - timedelta(days=site.policy.recent_days)).date()
    recent = [record for record in board.past if (record.ended or record.started).date() > first]
    return templates.page(
        "home.html.j2",
        root="",
        path="",
        board=board,
        sections=tuple(_sections(board, site)),
        drawn=drawn,
        recent=recent,
        **_head(board),
    )


def _head(board: Board) -> dict[str, object]:
    return {
        "headline": words.headline(board),
        "remark": words.remark(board),
        "status": board.status,
        "since": board.since,
        "now": board.now,
    }


def _sections(board: Board, site: Site) -> Iterator[Section]:
    for group in (*site.groups, None):
        states = tuple(
            state
            for state in board.components
            if state.component.group == (group.id if group else "") and _is_shown(state)
        )
        if states:
            yield Section(group, states)


def _is_shown(state: ComponentState) -> bool:
    quiet = state.component.hidden or state.component.only_if_degraded
    return not quiet or state.status is not ComponentStatus.OPERATIONAL


def _history(board: Board, templates: Templates) -> Iterator[Page]:
    going_on = (story.record for story in (*board.active, *board.in_progress, *board.announcements))
    records = sorted((*board.past, *going_on), key=lambda record: (record.started, record.ref), reverse=True)
    by_year = [(number, tuple(found)) for number, found in groupby(records, lambda record: record.started.year)]
    counts = [(number, len(found)) for number, found in by_year]
    for number, found in by_year or [(board.now.year, ())]:
        key = _key(found, counts)
        months = [(month, tuple(rows)) for month, rows in groupby(found, lambda record: clock.month(record.started))]
        path = f"history/{number}/"
        render = partial(templates.page, "history.html.j2", path=path, year=number, months=months, counts=counts)
        yield Page(f"{path}index.html", key, partial(render, root="../../"))
        if not counts or number == counts[0][0]:
            yield Page("history/index.html", key, partial(render, root="../"))


def _key(records: Sequence[Record], counts: Sequence[tuple[int, int]]) -> str:
    """Of a page that lists these records; empty as long as there are none, one goes on, or one has no digest."""
    if not records or not all(record.digest and record.ended for record in records):
        return ""
    listed = "\0".join(f"{record.ref}\0{record.digest}" for record in records)
    return hashlib.blake2b(f"{counts}\0{listed}".encode(), digest_size=8).hexdigest()


def _components(board: Board, drawn: Mapping[str, tuple[Uptime, bars.Bars]], templates: Templates) -> Iterator[Page]:
    listed: defaultdict[str, list[Record]] = defaultdict(list)
    for record in (*(story.record for story in (*board.active, *board.in_progress)), *board.past):
        for component in record.components:
            listed[component].append(record)
    for state in board.components:
        uptime, drawing = drawn[state.component.id]
        found = listed[state.component.id]
        path = f"components/{state.component.id}/"
        render = partial(templates.page, "component.html.j2", root="../../", path=path, state=state, now=board.now)
        said = {"uptime": uptime, "bars": drawing, "records": found[:_LISTED], "count": len(found)}
        yield Page(f"{path}index.html", "", partial(render, **said))


def _incident(story: Story, board: Board) -> dict[str, object]:
    """What an incident's page needs besides the story; for one that is over, nothing that depends on the moment."""
    record = story.record
    is_upcoming = record.phase is Phase.SCHEDULED
    return {
        "record": record if record.ended or is_upcoming else record._replace(status=story.status),
        "lasted": (record.ended or board.now) - record.started,
        "is_upcoming": is_upcoming,
        "now": None if record.ended else board.now,
    }
