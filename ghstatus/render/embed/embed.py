"""What other sites show of a board: `embed/status.json`, for the script and for whoever writes one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.model import ComponentStatus
from ghstatus.render.embed import badges
from ghstatus.render.page import address, dump, iso_or_none, told
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghstatus.model import Board, Site, Uptime
    from ghstatus.render.page import Page

SCRIPT = "banner.js"
"""The static file that reads it; it is published beside it."""


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """One small file: every visitor of another site reads it."""
    said = {
        "$schema": address(site, "schemas/embed.json", "../"),
        "status": board.status,
        "is_wrong": board.status is not ComponentStatus.OPERATIONAL,
        "headline": words.headline(board, language.of(site)),
        "language": language.of(site).tag,
        "since": iso_or_none(board.since),
        "url": site.base_url or None,
        "colours": badges.colours(site.theme, board.status),
    }
    yield told("embed/status.json", dump(said))
