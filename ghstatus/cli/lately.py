"""Problems as each run tells them: those of incidents that are long over are only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.board import LATELY, troubling
from ghstatus.grammar.sentences import counted

if TYPE_CHECKING:
    from ghstatus.errors import Problem
    from ghstatus.model import Board


class Told(NamedTuple):
    """The problems of a board, as every run tells them."""

    problems: tuple[Problem, ...]
    older: str
    """In words, how many more there are; empty when there are none."""


def told(board: Board) -> Told:
    """The problems that still concern anybody; the rest counted."""
    shown = troubling(board)
    count = len(board.problems) - len(shown)
    what = counted(count, "problem")
    return Told(shown, f"{what} of incidents that were over more than {LATELY.days} days ago" if count else "")
