"""Names by which programs remember what they have seen: the same for the same incident wherever the page moves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from ghstatus.model import Board, Site

_SINCE = "2026"
"""A tag has to say since when its authority meant what it means. It must never change, or everything would be new."""


def tag(board: Board, site: Site, path: str) -> str:
    """A `tag:` URI for something of this page: by its repository, else its address, else its title."""
    where = urlsplit(board.tracker or site.base_url)
    authority = where.hostname or "ghstatus"
    start = where.path if where.hostname else f"/{quote(site.title, safe='', errors='replace')}"
    return f"tag:{authority},{_SINCE}:{start.strip('/')}/{quote(path, errors='replace')}".replace(":/", ":")
