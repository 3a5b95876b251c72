"""Asks GitHub about heads, as long as one look may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import OutOfBudget, Overloaded, Unavailable
from ghstatus.github.asking import TRIES

if TYPE_CHECKING:
    from ghstatus.github.client import Client, Partly
    from ghstatus.heads.observed import Bounds
    from ghstatus.heads.queries import Query

_HASTY = 2
"""How often several things are asked for before fewer are."""
_RESERVE = 20
"""The points that stay for others who use the same token."""


class Line:
    """The requests of one look; `points` is what they cost of the budget that GitHub gives an hour."""

    def __init__(self, client: Client, bounds: Bounds) -> None:
        self._client = client
        self._bounds = bounds
        self.sent = 0
        self._spent: set[str] = set()
        self.points = 0
        self.viewer = ""

    @property
    def app(self) -> str:
        """The slug of the app by which ghstatus's own checks are known: a person's token writes none."""
        return self.viewer.removesuffix("[bot]") if self.viewer.endswith("[bot]") else "github-actions"

    def account(self, repository: str) -> str:
        """On whose account a repository is asked about: with an App each owner's has a budget of its own."""
        return repository.partition("/")[0].casefold() if self._client.access.is_app else ""

    def ask(self, repository: str, query: Query, *, is_small: bool) -> Partly:
        """Ask.

        Raises OutOfBudget where the look has taken all that it may; what Client.partly raises.
        """
        account = self._allowed(repository)
        self.sent += 1
        answer = self._asked(repository, query, TRIES if is_small else _HASTY)
        limit = answer.data.get("rateLimit") or {}
        self.points += int(limit.get("cost") or 0)
        self.viewer = str((answer.data.get("viewer") or {}).get("login") or self.viewer)
        if int(limit.get("remaining", _RESERVE)) < _RESERVE:
            self._spent.add(account)
        return answer

    def _asked(self, repository: str, query: Query, tries: int) -> Partly:
        """What broke on its way is worth more tries; what took too long isn't, unless it is small."""
        try:
            return self._client.partly(repository, query.text, query.variables, tries=tries)
        except (Overloaded, OutOfBudget):
            raise
        except Unavailable:
            if tries == TRIES:
                raise
            return self._client.partly(repository, query.text, query.variables, tries=TRIES)

    def _allowed(self, repository: str) -> str:
        account, bounds = self.account(repository), self._bounds
        if bounds.requests is not None and self.sent >= bounds.requests:
            raise OutOfBudget(f"this look may send {bounds.requests:,} requests, and has")
        if bounds.until is not None and self._client.now() >= bounds.until:
            raise OutOfBudget("the time for this look is over")
        if account in self._spent:
            raise OutOfBudget(f"GitHub's hourly budget for {repository.partition('/')[0]} is all but spent")
        return account
