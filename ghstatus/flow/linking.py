"""Whether the pull requests that known failures link show those failures."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from ghstatus.errors import StoreError, Unavailable
from ghstatus.grammar import knownfailure
from ghstatus.known import validation
from ghstatus.model import CheckState, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.flow.checks import Watching
    from ghstatus.model import Head, Signature

MOST = 10
"""The pull requests at which one run looks; the others' issues are answered without."""
_FAILED = frozenset({CheckState.FAILED, CheckState.STOPPED})


class Pulls(Protocol):
    """Where pull requests are read from."""

    def pull(self, repository: str, number: int, now: datetime) -> Head:
        """The head of one pull request.

        Raises StoreError when there is none, Unavailable.
        """


def look(signatures: Iterable[Signature], pulls: Pulls, watching: Watching) -> dict[str, bool]:
    """By signature, whether a failed check shows it on the pull request that is linked; of those that can be read."""
    linked = ((signature, place) for signature in signatures if (place := knownfailure.pull(signature.evidence)))
    found: dict[str, bool] = {}
    for signature, place in islice(linked, MOST):
        with suppress(StoreError, Unavailable):  # nobody waits for it
            found[signature.id] = _shows(signature, pulls.pull(*place, watching.known.now), watching)
    return found


def _shows(signature: Signature, head: Head, watching: Watching) -> bool:
    evidence = watching.evidence(watching.known.wanted(head).items())
    failed = (check for check in head.checks if check.state in _FAILED)
    return any(validation.shows(signature, check, evidence.get(check, Evidence())) for check in failed)
