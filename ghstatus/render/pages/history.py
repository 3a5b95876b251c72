"""The history, a page for each year, and who stands beside whom in it."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import ComponentStatus
from ghstatus.render.page import Page, digest
from ghstatus.render.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghstatus.model import Board, Record
    from ghstatus.render.looks.templates import Templates

FILTERS = {
    "outages": frozenset({ComponentStatus.MAJOR_OUTAGE.value, ComponentStatus.PARTIAL_OUTAGE.value}),
    "degraded": frozenset({ComponentStatus.DEGRADED_PERFORMANCE.value}),
    "maintenance": frozenset({ComponentStatus.UNDER_MAINTENANCE.value}),
    "announcements": frozenset({"announcement"}),
}
"""What a reader may want to see alone, with the looks that it has; the style sheet hides the others."""


class Beside(NamedTuple):
    """The neighbours of an incident in the history, by ref; empty where there is none."""

    older: str = ""
    newer: str = ""


def pages(board: Board, records: Sequence[Record], templates: Templates) -> Iterator[Page]:
    """A page for each year in which something began, the newest twice; one without a year where nothing ever did."""
    by_year = [(number, tuple(found)) for number, found in groupby(records, lambda record: record.started.year)]
    counts = [(number, len(found)) for number, found in by_year]
    for number, found in by_year or [(board.now.year, ())]:
        key = _key(found, counts)
        render = partial(_page, templates, number, found, counts)
        yield Page(f"history/{number}/index.html", key, partial(render, root="../../"))
        if not counts or number == counts[0][0]:
            yield Page("history/index.html", key, partial(render, root="../"))


def beside(records: Sequence[Record]) -> Mapping[str, Beside]:
    """Everybody's neighbours, by ref; who isn't in the history yet has none."""
    refs = ["", *[record.ref for record in records], ""]
    return {ref: Beside(older, newer) for newer, ref, older in zip(refs, refs[1:], refs[2:], strict=False)}


def records(board: Board) -> Sequence[Record]:
    """Everything that has begun, newest first."""
    going_on = (story.record for story in (*board.active, *board.in_progress, *board.announcements))
    return sorted((*board.past, *going_on), key=attrgetter("started", "ref"), reverse=True)


def _page(
    templates: Templates, year: int, records: Sequence[Record], counts: Sequence[tuple[int, int]], *, root: str
) -> bytes:
    months = [
        (f"month-{month.month}", templates.language.month(month), tuple(rows))
        for month, rows in groupby(records, lambda record: record.started.date().replace(day=1))
    ]
    looks = [words.look(record) for record in records]
    shown = {name: sum(look in wanted for look in looks) for name, wanted in FILTERS.items()}
    filters = {name: count for name, count in shown.items() if 0 < count < len(records)}
    path = f"history/{year}/"
    return templates.page(
        "history.html.j2", root=root, path=path, year=year, months=months, counts=counts, filters=filters
    )


def _key(records: Sequence[Record], counts: Sequence[tuple[int, int]]) -> str:
    """Of a page that lists these records; empty as long as there are none, one goes on, or one has no digest."""
    if not records or not all(record.digest and record.ended for record in records):
        return ""
    listed = "\0".join(f"{record.ref}\0{record.digest}\0{record.duplicate_of}" for record in records)
    return digest(f"{counts}\0{listed}")
