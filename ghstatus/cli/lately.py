"""Which problems still concern anybody: what is wrong with incidents that are long over is only counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ghstatus.errors import Problem
    from ghstatus.model import Board

_DAYS = 14


class Told(NamedTuple):
    """The problems of a board, as every run tells them."""

    problems: tuple[Problem, ...]
    older: str
    """In words, how many more there are; empty when there are none."""


def told(board: Board) -> Told:
    """The problems of incidents that go on or were over lately, and of all that is no incident; the rest counted."""
    shown = tuple(problem for problem in board.problems if not _is_old(problem, board))
    count = len(board.problems) - len(shown)
    what = f"{count:,} problem{'' if count == 1 else 's'}"
    older = f"{what} of incidents that were over more than {_DAYS} days ago" if count else ""
    return Told(shown, older)


def _is_old(problem: Problem, board: Board) -> bool:
    story = board.incidents.get(problem.where.removeprefix("#")) if problem.where.startswith("#") else None
    ended = story.record.ended if story else None
    return ended is not None and ended < board.now - timedelta(days=_DAYS)
