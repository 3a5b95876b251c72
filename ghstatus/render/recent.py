"""The newest incidents, with their texts, for whatever shows no more than those."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Board, Kind, Story

LIMIT = 50
"""How many of each kind: what Statuspage lists."""


LISTED = 50
"""How many the home page and a component's page list."""


def going_on(board: Board) -> tuple[Story, ...]:
    """What isn't over, begun and planned."""
    return board.going_on


def stories(board: Board, *kinds: Kind) -> list[Story]:
    """The newest incidents of these kinds, begun, planned and over, at most `LIMIT` of them; newest start first.

    Raises LookupError where one of them wasn't read in full, so that the build starts from nothing.
    """
    found = [story for story in going_on(board) if story.record.kind in kinds]
    found += islice(_over(board, kinds), LIMIT)
    return sorted(found, key=lambda story: (story.record.started, story.record.ref), reverse=True)[:LIMIT]


def _over(board: Board, kinds: tuple[Kind, ...]) -> Iterator[Story]:
    for record in board.past:
        if record.kind in kinds:
            yield board.incidents[record.ref]
