"""Everything that a site consists of, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.render import badges, calendar, cstate, feeds, listing, pages, statuspage, twins, upptime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ghstatus.model import Board, Site, Uptime
    from ghstatus.render.page import Page

OUTPUTS: tuple[Callable[[Board, Sequence[Uptime], Site], Iterator[Page]], ...] = (
    twins.files,
    statuspage.files,
    upptime.files,
    cstate.files,
    feeds.files,
    calendar.files,
    badges.files,
    listing.files,
)
"""What machines read. Each answers with its files; a file that tells of one settled incident has its digest as key."""


def files(board: Board, uptimes: Sequence[Uptime], site: Site, templates: pages.Templates) -> Iterator[Page]:
    """Every file that is made from the board, in one order."""
    yield from pages.pages(board, uptimes, site, templates, twins.beside(board, site))
    for output in OUTPUTS:
        yield from output(board, uptimes, site)
