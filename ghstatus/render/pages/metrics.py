"""`/metrics/`: how incidents went, in figures and drawings; `metrics.json` says the same to programs."""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import figures
from ghstatus.model import Step
from ghstatus.render.page import Page, digest, dump
from ghstatus.render.pages import charts
from ghstatus.render.programs import metrics_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ghstatus.model import Board, Budget, ComponentFigures, Figures, Site, Uptime
    from ghstatus.render.looks.templates import Templates


class Row(NamedTuple):
    """A component in the table."""

    figures: ComponentFigures
    downtime: timedelta
    bar: charts.Bar


class Promise(NamedTuple):
    """An error budget in the list."""

    figures: ComponentFigures
    target: float
    budget: Budget
    bar: charts.Bar
    month: date | None
    """The calendar month that it is of; None for the days that uptime covers."""


def pages(board: Board, uptimes: Sequence[Uptime], site: Site, templates: Templates) -> Iterator[Page]:
    """Both have one key: they change when a fact does, and not because an hour passes."""
    found = cache(partial(figures.figures, board, uptimes, figures.last_year(board.now)))
    key = _key(board, uptimes)
    yield Page("metrics/index.html", key, lambda: _page(templates, found()))
    yield Page("metrics.json", key, lambda: dump(metrics_json.tell(found(), site)))


def _key(board: Board, uptimes: Sequence[Uptime]) -> str:
    """Of all that figures are worked out from, because that takes longer than to tell that nothing has changed."""
    facts: list[object] = [board.now.astimezone(UTC).date(), bool(board.unobserved)]
    facts += [(one.component, day.date, day.downtime) for one in uptimes for day in one.days if day.downtime]
    facts += [record.digest or record._replace(spans=(), title="") for record in figures.counted(board)]
    return digest(repr(facts))


def _page(templates: Templates, found: Figures) -> bytes:
    components = [one for one in found.components if not one.component.hidden]
    return templates.page(
        "metrics.html.j2",
        root="../",
        path="metrics/",
        figures=found,
        steps=Step,
        columns=charts.columns(found.months),
        whiskers=charts.whiskers(found.months),
        rows=tuple(_rows(components)),
        downs=charts.downs([month.first for month in found.months], found.since, _downtime(components)),
        promises=tuple(promise for one in components for promise in _promises(one)),
    )


def _rows(components: Sequence[ComponentFigures]) -> Iterator[Row]:
    downs = [sum(one.downtime.values(), timedelta()) for one in components]
    most = max(downs, default=timedelta())
    for one, down in zip(components, downs, strict=True):
        yield Row(one, down, charts.bar(down, most, "major_outage"))


def _downtime(components: Sequence[ComponentFigures]) -> Mapping[date, timedelta]:
    """Of all of them, by month."""
    downtime: dict[date, timedelta] = {}
    for one in components:
        for month, down in one.downtime.items():
            downtime[month] = downtime.get(month, timedelta()) + down
    return downtime


def _promises(one: ComponentFigures) -> Iterator[Promise]:
    if one.objective is None:
        return
    target, window, month = one.objective
    if window is not None:
        yield Promise(one, target, window, charts.budget(window), None)
    if month is not None:
        yield Promise(one, target, month, charts.budget(month), month.last.replace(day=1))
