"""A board → its figures, for the command line; the page's are worked out where the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus import figures, uptime

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from ghstatus.model import Board, Figures, Site


def measure(board: Board, site: Site, month: date | None = None, only: Collection[str] = ()) -> Figures:
    """Work out the figures of twelve months up to now, or of one; `only` of these components, if any."""
    records = (*(story.record for story in board.incidents.values() if not story.record.ended), *board.past)
    measured = uptime.measure(site.components, records, board.now, site.policy)
    return figures.figures(board, measured, [month] if month else figures.last_year(board.now), only)
