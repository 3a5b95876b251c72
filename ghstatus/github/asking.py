"""Asks until there is an answer: again where nothing can happen twice, after a look where something could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import GhstatusError, Overloaded, StoreError, Unavailable
from ghstatus.github import wording
from ghstatus.github.answers import AT_HAND, Done, Limited, Refused, judge

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from ghstatus.github.access import Access
    from ghstatus.github.answers import Json, Judging, Send, Unsure
    from ghstatus.github.patience import Patience
    from ghstatus.github.wording import Call

TRIES = 5
"""How often a request that does nothing more by being repeated is sent before it counts as failed."""
_CREATIONS = 3
"""How often a request that creates something is sent, each time after a look whether it is there."""


class Asking:
    """The rules by which requests are repeated; `requests` counts them."""

    def __init__(self, access: Access, patience: Patience, clock: Callable[[], float], requests: Counter[str]) -> None:
        self._access = access
        self._patience = patience
        self._clock = clock
        self._requests = requests

    def repeated(self, call: Call, send: Send, judging: Judging = judge, tries: int = TRIES) -> Json:
        """Send what does nothing more by being repeated, until there is an answer: its JSON.

        Raises Overloaded when the last of `tries` took too long; StoreError, Unavailable.
        """
        failed = 0
        while True:
            verdict = self._verdict(call, send, judging)
            if isinstance(verdict, Done):
                return verdict.data
            failed += 1
            if failed >= tries:
                raise _given_up(call, verdict, failed)
            self._patience.retry(failed, verdict.why)

    def once(self, call: Call, send: Send, look: Callable[[], Json] | None) -> Json:
        """Send what must not happen twice, and give the JSON of the answer or what `look` finds.

        Raises StoreError, also when there is no `look` and nobody knows what happened; Unavailable.
        """
        failed, is_open = 0, False
        while True:
            verdict = self._verdict(call, send, judge)
            if isinstance(verdict, Done):
                return verdict.data
            failed, is_open = failed + 1, is_open or verdict.is_sent
            if is_open and look is None:
                text = f"nobody knows whether GitHub did {call.task} in {call.repository} ({verdict.why}): look first"
                raise StoreError(text)
            # What GitHub is still at should be visible before the look.
            self._patience.retry(failed + 1, verdict.why)
            if is_open and look is not None and (found := look()) is not None:
                return found
            if failed >= _CREATIONS:
                raise _given_up(call, verdict, failed)

    def _verdict(self, call: Call, send: Send, judging: Judging) -> Done | Unsure:
        """What becomes of a request once GitHub's limits let it through; raises what GitHub refuses."""
        limited = 0
        while True:
            answer = send()
            self._requests[call.kind] += answer is not AT_HAND
            verdict = judging(answer, self._clock())
            if isinstance(verdict, Refused):
                raise wording.refusal(call, verdict, self._access)
            if not isinstance(verdict, Limited):
                return verdict
            limited += 1
            self._patience.limit(limited, verdict)


def _given_up(call: Call, unsure: Unsure, tries: int) -> GhstatusError:
    times = "once" if tries == 1 else f"{tries} times"
    kind = Overloaded if unsure.is_slow else Unavailable
    return kind(f"can't {call.task} in {call.repository}: asked {times}, and the last time {unsure.why}")
