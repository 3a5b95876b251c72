"""Waits on GitHub, as long as the user allows, and says so before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import OutOfBudget

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghstatus.github.answers import Limited

_FIRST = 1.0
_LIMITED = 60.0
"""How long GitHub wants to be left alone at least when it doesn't say for how long."""


class Patience:
    """The seconds that a run may wait, all in all."""

    def __init__(self, budget: float, sleep: Callable[[float], None], tell: Callable[[str], None]) -> None:
        self._left = budget
        self._sleep = sleep
        self._tell = tell

    def retry(self, tries: int, why: str) -> None:
        """Wait before asking again what has failed `tries` times, longer each time.

        Raises OutOfBudget.
        """
        self._wait(_FIRST * 2.0 ** (tries - 1), f"GitHub doesn't answer ({why})")

    def limit(self, tries: int, limited: Limited) -> None:
        """Wait as long as GitHub asks for, and longer each time in a row.

        Raises OutOfBudget.
        """
        longer = 2.0 ** (tries - 1)
        asked = _LIMITED * longer if limited.seconds is None else max(limited.seconds, longer)
        self._wait(asked, f"GitHub wants a pause ({limited.why})")

    def _wait(self, seconds: float, why: str) -> None:
        if seconds > self._left:
            raise OutOfBudget(f"{why}: that takes {seconds:.0f} s, and this run may wait {self._left:.0f} s more")
        self._left -= seconds
        self._tell(f"{why}; waiting {seconds:.0f} s")
        self._sleep(seconds)
