"""Reads the evidence of failures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ghstatus.evidence import packit, testing_farm
from ghstatus.evidence.asking import Asking, Budget
from ghstatus.model import Evidence, Logs

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable

    from ghstatus.evidence.services import Course, Fetch
    from ghstatus.model import Check, Rule

_AT_ONCE = 8
_COURSES: dict[Logs, Callable[[Check], Course]] = {
    Logs.PACKIT_COPR: packit.builds,
    Logs.PACKIT_TESTING_FARM: packit.tests,
    Logs.TESTING_FARM: testing_farm.status,
}


class Reader:
    """Reads during one run, and forgets nothing meanwhile: make another for the next.

    `clock` tells the seconds, from whenever on.
    """

    def __init__(self, fetch: Fetch, clock: Callable[[], float], budget: Budget | None = None) -> None:
        self._asking = Asking(fetch, clock, budget or Budget())

    @property
    def requests(self) -> Counter[str]:
        """How many requests there were, by host."""
        return self._asking.requests

    def read(self, check: Check, rule: Rule) -> Evidence:
        """What the service that failed a check tells about it; what can't be read is said, and nothing is raised."""
        course = _COURSES.get(rule.logs)
        return self._follow(course(check)) if course else Evidence()

    def read_all(self, pairs: Iterable[tuple[Check, Rule]]) -> dict[Check, Evidence]:
        """The same for many checks, several at a time."""
        several = dict(pairs)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(zip(several, pool.map(self.read, several, several.values()), strict=True))

    def _follow(self, course: Course) -> Evidence:
        try:
            want = next(course)
            while True:
                want = course.send(self._asking.ask(want))
        except StopIteration as found:
            evidence: Evidence = found.value
            return evidence
