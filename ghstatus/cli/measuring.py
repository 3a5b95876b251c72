"""`ghstatus metrics`: how soon incidents were noticed, told and over, in figures."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from ghstatus.cli import access, options, terminal
from ghstatus.errors import UsageError
from ghstatus.model import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghstatus.model import ComponentFigures, Figures, Measure, Site

Component = Annotated[
    str | None,
    typer.Option("--component", "-c", metavar="NAME", show_default=False, help="Only of this component or group."),
]
Month = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM", show_default=False, help="Only of this month in UTC; without it, of twelve up to now."
    ),
]

_STEPS = {
    Step.DETECT: "noticed",
    Step.DECLARE: "written down",
    Step.ACKNOWLEDGE: "somebody took the lead",
    Step.UPDATE: "first update",
    Step.RESOLVE: "over",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus metrics --component copr --month 2026-03")(metrics)


def metrics(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    component: Component = None,
    month: Month = None,
    now: options.Now = None,
    as_json: options.Json = False,
) -> None:
    """Say how soon incidents were noticed, told and over, and what is left of what was promised."""
    from ghstatus import flow
    from ghstatus.flow import measuring
    from ghstatus.render.programs import metrics_json

    wanted = _month(month)
    with access.opened(options.folder(site, at), repo) as place:
        only = _components(component, place.site)
        board = flow.judge(place.store(), options.moment(now))
        found = measuring.measure(board, place.site, wanted, only)
    if as_json:
        terminal.data(metrics_json.summed_up(found))
        return
    _say(found)
    terminal.problems(board.problems, place.settings.folder)


def _month(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = date.min
    if not 1970 <= found.year < 9999:
        raise UsageError(f"--month: {text!r} is no month; accepted: one such as 2026-03")
    return found


def _components(name: str | None, site: Site) -> Sequence[str]:
    if name is None:
        return ()
    from ghstatus.grammar.names import Names

    names = Names(site.components, site.groups)
    found = names.resolve(name)
    if not found:
        known = names.suggest(name) or f"accepted: {', '.join(one.id for one in site.components)}"
        raise UsageError(f"--component: there is no {name!r}; {known}")
    return found


def _say(found: Figures) -> None:
    terminal.say(_heading(found))
    if not found.is_whole:
        terminal.remark("a part could not be read, so there may be more")
    took = found.total.took
    _table(
        ("from its start until …", "known", "median", "middle half", "mean"),
        [(_STEPS[step], *_measured(measure)) for step, measure in took.items()],
    )
    for step, measure in took.items():
        if measure.before or measure.after:
            terminal.say(
                f"left out of '{_STEPS[step]}': {measure.before} before the start, {measure.after} after the end"
            )
    if len(found.months) > 1:
        _table(("month", "incidents", "over", "median"), _months(found))
    _table(("component", "incidents", "over after", "downtime", "left this month"), parts(found))
    terminal.say(f"\ndowntime is known since {found.since}, and counts by how bad it was")
    if any(measure.is_few for measure in took.values()):
        terminal.say("* fewer than five: this says more about chance than about anything else")


def _heading(found: Figures) -> str:
    from ghstatus.render.text import clock

    first, last = (clock.month(month.first) for month in (found.months[0], found.months[-1]))
    when = f"in {last}" if first == last else f"from {first} to {last}"
    text = f"{terminal.counted(found.total.incidents, 'incident')} {when}, {found.total.open} of them open"
    out = {"false alarm": found.false_alarms, "duplicate": found.duplicates, "maintenance": found.maintenances}
    return f"{text}; left out: {', '.join(terminal.counted(count, name) for name, count in out.items())}"


def _months(found: Figures) -> Iterator[tuple[str, ...]]:
    for month in found.months:
        measure = month.summary.took[Step.RESOLVE]
        yield f"{month.first:%Y-%m}", str(month.summary.incidents), str(measure.known), _median(measure)


def parts(found: Figures) -> Iterator[tuple[str, ...]]:
    """Each component as a row of the table."""
    for one in found.components:
        if not one.component.hidden or one.summary.incidents:
            over = _median(one.summary.took[Step.RESOLVE])
            yield one.component.name, str(one.summary.incidents), over, _downtime(one, found), _budget(one)


def _downtime(one: ComponentFigures, found: Figures) -> str:
    """Of the months that are told, as far as the page's days reach back."""
    months = [month.first for month in found.months]
    if months[-1] < found.since.replace(day=1):
        return "not known"
    return _length(sum((one.downtime.get(month, timedelta()) for month in months), timedelta()) or None, "none")


def _budget(one: ComponentFigures) -> str:
    """What is left of this calendar month's."""
    budget = one.objective and one.objective.month
    if not budget:
        return ""
    if budget.left < timedelta():
        return f"{_length(-budget.left)} too much"
    return f"{_length(budget.left or None, 'none')} of {_length(budget.allowed or None, 'none')}"


def _measured(measure: Measure) -> tuple[str, str, str, str]:
    around = measure.middle or (measure.shortest, measure.longest)
    text = " – ".join(_length(one) for one in around) if measure.known > 1 else ""
    return str(measure.known), _median(measure), text, _length(measure.mean)


def _median(measure: Measure) -> str:
    return f"{_length(measure.median)}{'*' if measure.is_few else ''}"


def _length(length: timedelta | None, without: str = "") -> str:
    from ghstatus.render.text import clock

    return without if length is None else clock.duration(length)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for place, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", justify="right" if place else "left")
    for row in rows:
        table.add_row(*(Text(terminal.plain(text)) for text in row))
    terminal.say("")
    Console(no_color="NO_COLOR" in os.environ, highlight=False).print(table)
