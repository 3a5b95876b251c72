"""A board → the pages of the site, each rendered when it is asked for."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from datetime import timedelta
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import comrak
import jinja2
import nh3
from markupsafe import Markup

from ghstatus.model import ComponentState, ComponentStatus, Group, Phase, Record, Story
from ghstatus.render import badges, bars, clock, markdown, words
from ghstatus.render.page import Page, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ghstatus.model import Board, Site, Theme, Uptime
    from ghstatus.render.page import Twin

SHAPING = (comrak, jinja2, nh3)
"""Packages whose next version may make another page of the same text."""

_LISTED = 50
"""The incidents that a component's page lists; the history has all."""

# The grammar refuses or reports all of these; the pages don't rely on it.
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
_ASCII = bytes(range(128))


class Section(NamedTuple):
    """A group on the home page, with the components it shows; `group` is None for those without one."""

    group: Group | None
    states: tuple[ComponentState, ...]


class Templates:
    """The page templates, compiled, with everything in reach that they may ask for."""

    def __init__(self, texts: Mapping[str, str], site: Site, *, style: str, tracker: str = "") -> None:
        environment = jinja2.Environment(
            loader=jinja2.DictLoader(texts),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        component_names = {component.id: component.name for component in site.components}
        environment.filters.update(
            moment=partial(clock.moment, zone=site.timezone),
            day=clock.day,
            duration=lambda length: clock.duration(length).replace(" ", "\N{NO-BREAK SPACE}"),
            names=words.names,
            percent=words.percent,
            outcome=words.outcome,
            look=words.look,
            markdown=lambda text, heading=4: Markup(markdown.render(text, heading)),  # noqa: S704 - sanitized
            expected=partial(clock.expected, zone=site.timezone),
            shown=lambda ids: [component_names.get(id_, id_) for id_ in ids],
        )
        environment.tests["address"] = _ADDRESS.match
        environment.globals.update(
            site=site,
            style=style,
            tracker=tracker,
            report=_report(site, tracker),
            colours=[(name, colour) for name, colour in _colours(site.theme) if _COLOUR.fullmatch(colour)],
            statuses=words.STATUSES,
            phases=words.PHASES,
            kinds=words.KINDS,
            component_names=component_names,
        )
        # Drawn once: on a page and in a row of a list, a macro for them would take a tenth of the time.
        icon = environment.get_template("icon.html.j2")
        icons = {name: icon.make_module({"status": name}).__html__() for name in words.LOOKS}
        environment.filters["icon"] = icons.__getitem__
        environment.filters.update(
            badge=badges.path,
            badge_markdown=badges.markdown,
            style_links=_once(environment, "style_links.html.j2", ("root",)),
            header=_once(environment, "header.html.j2", ("root", "here")),
            component_links=_once(environment, "component_links.html.j2", ("root", "ids")),
        )
        self._environment = environment
        self._start = urlsplit(site.base_url).path or "/"

    def page(self, name: str, *, root: str | None, **values: object) -> bytes:
        """Render one page; `root` leads from it to the site's root, such as `../../`.

        Without a root, links start at the address's own path: the page may be shown for any address. What HTML
        doesn't allow as a character is left out.
        """
        start = self._start if root is None else root or "./"
        template = self._environment.get_template(name)
        # As template.render, with the globals merged here: Jinja takes them from a ChainMap, a tenth of a page's time.
        context = template.new_context({**self._environment.globals, "root": start, **values}, shared=True)
        text = "".join(template.root_render_func(context))
        data = text.encode(errors="replace").translate(None, _CONTROLS)
        # Most of a page is ASCII. Looking at what isn't takes a sixth of the time that a look at everything takes.
        return _MORE_CONTROLS.sub(b"", data) if _MORE_CONTROLS.search(data.translate(None, _ASCII)) else data


def _once(environment: jinja2.Environment, name: str, arguments: tuple[str, ...]) -> Callable[..., str]:
    """A template as a function that renders only once for the same values; what many pages share is half of a page."""

    @lru_cache(maxsize=1024)
    def rendered(*values: object) -> str:
        template = environment.get_template(name)
        return template.make_module(dict(zip(arguments, values, strict=True))).__html__()

    return rendered


def _report(site: Site, tracker: str) -> str:
    """Where a visitor reports what the page doesn't say; empty where nothing tells."""
    form = "new?template=report.yml" if site.dialect == "ghstatus" else "new/choose"
    return f"{tracker}/issues/{form}" if _ADDRESS.match(tracker) else ""


def _colours(theme: Theme) -> Iterator[tuple[str, str]]:
    """The site's own colours, by the names that the style sheet has for them."""
    yield "accent", theme.accent
    yield "operational", theme.operational
    yield "maintenance", theme.under_maintenance
    yield "degraded", theme.degraded_performance
    yield "partial", theme.partial_outage
    yield "major", theme.major_outage


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
    told = "\0".join(f"{record.ref}\0{record.digest}" for record in records)
    return hashlib.blake2b(f"{counts}\0{told}".encode(), digest_size=8).hexdigest()


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
        told = {"uptime": uptime, "bars": drawing, "records": found[:_LISTED], "count": len(found)}
        yield Page(f"{path}index.html", "", partial(render, **told))


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
