"""A board → the pages of the site, each rendered when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import comrak
import jinja2
import nh3

from ghstatus import uptime
from ghstatus.model import ComponentState, ComponentStatus, Group, Kind, Phase, Record, Story
from ghstatus.render import recent
from ghstatus.render.page import Page, digest, kept, told
from ghstatus.render.pages import bars, history, steps
from ghstatus.render.postmortem import lessons
from ghstatus.render.text import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ghstatus.model import Board, Site, Uptime
    from ghstatus.render.looks.templates import Templates
    from ghstatus.render.page import Twin
    from ghstatus.render.postmortem.lessons import Lesson
    from ghstatus.render.text.language import Language

SHAPING = (comrak, jinja2, nh3)
"""Packages whose next version may make another page of the same text."""

_SPANS = {1: "24h", 7: "7d", 30: "30d", 90: "90d"}
"""The days for which people ask, and what `uptime.shares` calls them."""


class Drawn(NamedTuple):
    """How a component was."""

    uptime: Uptime
    bars: bars.Bars
    shares: Mapping[int, float | None]
    """The share of time that it was up, by so many days; as far as the page's days go."""


class Section(NamedTuple):
    """A group on the home page, with the components it shows; `group` is None for those without one."""

    group: Group | None
    states: tuple[ComponentState, ...]


def pages(
    board: Board,
    uptimes: Sequence[Uptime],
    site: Site,
    templates: Templates,
    twins: Callable[[str], tuple[Twin, ...]] = lambda _: (),
) -> Iterator[Page]:
    """Every page of the site, in one order; `twins` are what stands beside the page of an incident, by its ref."""
    language = templates.language
    drawn = _drawn(board, uptimes, site, language)
    yield Page("index.html", "", partial(_home, templates, board, site, drawn))
    yield Page("404.html", "", partial(templates.page, "404.html.j2", root=None, **_head(board, language)))
    yield told("embed/index.html", templates.page("embed.html.j2", root="../", **_head(board, language)))
    begun = history.records(board)
    yield from history.pages(board, begun, templates)
    yield Page("maintenance/index.html", "", partial(_maintenance, templates, board))
    about = partial(templates.page, "about.html.j2", root="../", path="about/")
    yield Page("about/index.html", "fixed", about)
    yield from _components(board, drawn, templates)
    beside, learnt = history.beside(begun), lessons.of(board, site)
    for story in board.incidents.values():
        ref = story.record.ref
        around = beside.get(ref, history.Beside())
        render = partial(_incident, templates, story, board, site, around, learnt.get(ref))
        yield Page(f"incidents/{ref}/index.html", _key(story.record, around, learnt.get(ref)), render, twins(ref))
    for record in board.past:
        if record.ref not in board.incidents:
            key = _key(record, beside[record.ref], learnt.get(record.ref))
            yield kept(f"incidents/{record.ref}/index.html", key, twins(record.ref))


def _key(record: Record, around: history.Beside, lesson: Lesson | None) -> str:
    """Of an incident's page: it leads to its neighbours, and to what it is a duplicate of. Empty as long as time may change it."""
    told = f"{record.digest}\0{around.older}\0{around.newer}\0{record.duplicate_of}"
    return record.digest and digest(f"{told}\0{lesson}" if lesson else told)


def _drawn(board: Board, uptimes: Sequence[Uptime], site: Site, language: Language) -> dict[str, Drawn]:
    unseen = {state.component.id for state in board.components if state.status is ComponentStatus.UNKNOWN}
    records = (*(story.record for story in (*board.active, *board.in_progress)), *board.past)
    shares = uptime.shares(uptimes, site.components, records, board.now, site.policy)
    known = {days: name for days, name in _SPANS.items() if days <= site.policy.uptime_days}
    return {
        one.component: Drawn(
            one,
            bars.draw(one, language, unseen=one.component in unseen),
            {days: shares[one.component][name] for days, name in known.items()},
        )
        for one in uptimes
    }


def _home(templates: Templates, board: Board, site: Site, drawn: Mapping[str, Drawn]) -> bytes:
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
        **_head(board, templates.language),
    )


def _head(board: Board, language: Language) -> dict[str, object]:
    return {
        "headline": words.headline(board, language),
        "remark": words.remark(board, language),
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


def _maintenance(templates: Templates, board: Board) -> bytes:
    past = [record for record in board.past if record.kind is Kind.MAINTENANCE]
    values = {"now": board.now, "board": board, "records": past[: recent.LISTED], "count": len(past)}
    return templates.page("maintenance.html.j2", root="../", path="maintenance/", **values)


def _components(board: Board, drawn: Mapping[str, Drawn], templates: Templates) -> Iterator[Page]:
    listed: defaultdict[str, list[Record]] = defaultdict(list)
    for record in (*(story.record for story in (*board.active, *board.in_progress)), *board.past):
        for component in record.components:
            listed[component].append(record)
    for state in board.components:
        found = listed[state.component.id]
        path = f"components/{state.component.id}/"
        render = partial(templates.page, "component.html.j2", root="../../", path=path, state=state, now=board.now)
        said = {"drawn": drawn[state.component.id], "records": found[: recent.LISTED], "count": len(found)}
        yield Page(f"{path}index.html", "", partial(render, **said))


def _incident(
    templates: Templates, story: Story, board: Board, site: Site, around: history.Beside, lesson: Lesson | None
) -> bytes:
    """An incident's page; of one that is over, nothing on it depends on the moment."""
    record = story.record
    is_upcoming = record.phase is Phase.SCHEDULED
    timeline = steps.steps(story, board.now, site.policy)
    return templates.page(
        "incident.html.j2",
        root="../../",
        path=f"incidents/{record.ref}/",
        story=story,
        record=record if record.ended or is_upcoming else record._replace(status=story.status),
        lasted=(record.ended or board.now) - record.started,
        is_upcoming=is_upcoming,
        now=None if record.ended else board.now,
        timeline=timeline if steps.is_worth_telling(timeline) else (),
        around=around,
        lesson=lesson,
    )
