"""Everything that a site consists of, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.render.embed import badges, embed
from ghstatus.render.feeds import calendar, feeds
from ghstatus.render.page import told
from ghstatus.render.pages import metrics, pages
from ghstatus.render.postmortem import lessons
from ghstatus.render.programs import cstate, listing, search, statuspage, twins, upptime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ghstatus.model import Board, Site, Uptime
    from ghstatus.render.looks.templates import Templates
    from ghstatus.render.page import Page

OUTPUTS: tuple[Callable[[Board, Sequence[Uptime], Site], Iterator[Page]], ...] = (
    twins.files,
    statuspage.files,
    upptime.files,
    cstate.files,
    feeds.files,
    calendar.files,
    badges.files,
    embed.files,
    listing.files,
    search.files,
)
"""What machines read. Each answers with its files; a file that tells of one settled incident has its digest as key."""


def files(board: Board, uptimes: Sequence[Uptime], site: Site, templates: Templates) -> Iterator[Page]:
    """Every file that is made from the board, in one order."""
    yield from pages.pages(board, uptimes, site, templates, twins.beside(board, site))
    yield from metrics.pages(board, uptimes, site, templates)
    yield from lessons.pages(board, uptimes, site, templates)
    for output in OUTPUTS:
        yield from output(board, uptimes, site)


def static(files: Mapping[str, bytes]) -> Iterator[Page]:
    """The files that a site gets as they are, each in its place."""
    for name, data in files.items():
        yield told(f"embed/{name}" if name == embed.SCRIPT else f"static/{name}", data)
