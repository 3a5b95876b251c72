"""Who may publish: GitHub is asked for a person's permission once, and only where it decides something."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from ghstatus.errors import StoreError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from ghstatus.github.client import Client
    from ghstatus.stores.github.reading import Json

_ROLES = ("triage", "write", "maintain", "admin")
"""The roles that may publish."""
_GRANTS = ("triage", "push", "maintain", "admin")
"""The same, as an account's own list of permissions calls them; a role of an organization's own making shows there."""


_AUTHORS = 200
"""Of how many authors a run asks at most."""
_CROWD = 50
"""And of how many others: everybody may comment, and GitHub answers only so many questions in an hour."""
_MEMORY = 3600.0
"""The seconds for which a `no` about one of them is believed."""
_TOO_MANY = f"a run asks about {_AUTHORS} people, and these are more; the next run goes on"


class People:
    """Who may publish in a repository, as far as it is known.

    `untrusted` tells when it was asked about each, in seconds since the epoch, as is `now`; `formerly` until when those
    might publish who aren't known to now. Bots have no permission that could be asked for; the configuration says
    which of them may publish.
    """

    def __init__(
        self,
        ask: Callable[[str], Json],
        *,
        now: float,
        trusted: Iterable[str] = (),
        untrusted: Mapping[str, float],
        formerly: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self._get = ask
        self._now = now
        self._formerly = formerly
        self.trusted = set(trusted)
        self.untrusted = dict(untrusted)
        self.unread: dict[str, str] = {}
        """Those of whom it could not be found out, with why."""
        self.unasked: set[str] = set()
        """Those of a crowd whose turn comes in a later run; until then they may not publish."""
        self._asked: set[str] = set()
        self._crowded = 0
        self._refusal = ""
        """Why asking about anybody else makes no sense either."""

    @property
    def former(self) -> Mapping[str, float]:
        """Until when those might publish who, as far as is known, may not any more."""
        return {login: until for login, until in self._formerly.items() if login not in self.trusted}

    def ask(self, authors: Iterable[str], crowd: Iterable[str] = (), again: Iterable[str] = ()) -> None:
        """Find out about those that aren't known yet, and anew about those of `again` who might not publish before.

        An outage may depend on its author; a crowd is asked about in its order, as far as that goes, and about nobody
        twice in an hour.
        """
        others = dict.fromkeys(crowd)
        first = {*authors, *(self._formerly.keys() & others.keys())}
        again = frozenset(again)
        for login in self._wanted(sorted(first), again):
            self._ask_author(login)
        for login in self._wanted((one for one in others if one not in first), again - self._fresh()):
            self._ask_one_of_many(login)

    def _wanted(self, logins: Iterable[str], again: Container[str]) -> list[str]:
        """Those to ask about, the new ones first."""
        known = self.trusted | self.unread.keys() | self._asked
        found = [login for login in logins if login not in known and (login in again or login not in self.untrusted)]
        return sorted(found, key=self.untrusted.__contains__)

    def _fresh(self) -> frozenset[str]:
        return frozenset(login for login, at in self.untrusted.items() if 0 <= self._now - at < _MEMORY)

    def _ask_author(self, login: str) -> None:
        self.untrusted.pop(login, None)
        if len(self._asked) - self._crowded < _AUTHORS:
            self._ask(login)
        else:
            self.unread[login] = _TOO_MANY

    def _ask_one_of_many(self, login: str) -> None:
        if self._crowded < _CROWD:
            self._crowded += 1
            self._ask(login)
        elif login not in self.untrusted:
            self.unasked.add(login)

    def _ask(self, login: str) -> None:
        self._asked.add(login)
        if self._refusal:
            self._failed(login, self._refusal)
            return
        try:
            answer = self._get(login)
        except (StoreError, Unavailable) as error:
            status = error.status if isinstance(error, StoreError) else None
            if status == HTTPStatus.NOT_FOUND:
                self.untrusted[login] = self._now
                return
            self._failed(login, str(error))
            if status in {None, HTTPStatus.FORBIDDEN}:
                self._refusal = str(error)
        else:
            self.untrusted.pop(login, None)
            if may_publish(answer):
                self.trusted.add(login)
            else:
                self.untrusted[login] = self._now

    def _failed(self, login: str, why: str) -> None:
        """Whoever might not publish before may not now, as far as anybody knows."""
        if login not in self.untrusted:
            self.unread[login] = why


def permission(client: Client, repository: str) -> Callable[[str], Json]:
    """What asks GitHub what somebody may do in a repository."""

    def ask(login: str) -> Json:
        path = f"/collaborators/{quote(login, safe='')}/permission"
        return client.get(repository, path, task=f"read what {login} may do")

    return ask


def may_publish(answer: Json) -> bool:
    """Whether GitHub's answer is that of somebody who may triage issues, at least."""
    if not isinstance(answer, dict):
        return False
    user = answer.get("user")
    grants = user.get("permissions") if isinstance(user, dict) else None
    granted = isinstance(grants, dict) and any(grants.get(grant) is True for grant in _GRANTS)
    return granted or any(answer.get(key) in _ROLES for key in ("role_name", "permission"))
