"""What a run may ask: each page once, few at a time, and not for ever."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import Future
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ghstatus.evidence.services import Answer, Fate

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghstatus.evidence.services import Fetch, Want

_PER_HOST = 4
_IN_A_ROW = 3
_FAILED = frozenset({Fate.DOWN, Fate.BROKEN})


class Budget(NamedTuple):
    """What a run may spend on evidence."""

    requests: int = 300
    seconds: float = 120
    """From the first request on; what is under way then is waited for."""


class Asking:
    """One run's requests."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float], budget: Budget) -> None:
        self._fetch = fetch
        self._clock = clock
        self._budget = budget
        self._lock = Lock()
        self._until: float | None = None
        self._answers: dict[str, Future[Answer]] = {}
        self._slots: defaultdict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(_PER_HOST))
        self._failures: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        """How many there were, by host."""

    def ask(self, want: Want) -> Answer:
        """What a page answers; whoever wants it, too, gets the same."""
        with self._lock:
            known = self._answers.get(want.url)
            coming = self._answers[want.url] = known or Future()
        if known is None:
            try:
                coming.set_result(self._asked(want))
            except BaseException as error:
                coming.set_exception(error)  # others may wait for it
                raise
        return coming.result()

    def _asked(self, want: Want) -> Answer:
        host = urlsplit(want.url).netloc
        with self._lock:
            slot = self._slots[host]
        with slot:
            answer = self._once(want, host)
            if answer.fate is Fate.BROKEN and not self._left_alone(host):
                answer = self._once(want, host)
        return answer

    def _once(self, want: Want, host: str) -> Answer:
        with self._lock:
            if why := self._refusal(host):
                return Answer(Fate.REFUSED, why)
            self.requests[host] += 1
        answer = self._fetch(want)
        with self._lock:
            self.requests.update(answer.hops)
            self._failures[host] = self._failures[host] + 1 if answer.fate in _FAILED else 0
        return answer

    def _left_alone(self, host: str) -> bool:
        with self._lock:
            return bool(self._refusal(host))

    def _refusal(self, host: str) -> str:
        now = self._clock()
        if self._until is None:
            self._until = now + self._budget.seconds
        if self._failures[host] >= _IN_A_ROW:
            return f"wasn't asked: it had failed {_IN_A_ROW} times in a row"
        if self.requests.total() >= self._budget.requests:
            return f"wasn't asked: this run has made its {self._budget.requests} requests for evidence"
        if now > self._until:
            return f"wasn't asked: this run has spent its {self._budget.seconds:g} s on evidence"
        return ""
