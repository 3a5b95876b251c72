"""Who may publish: GitHub is asked for a person's permission once, and only where it decides something."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from ghstatus.errors import StoreError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.stores.github.client import Client
    from ghstatus.stores.github.reading import Json

_ROLES = ("triage", "write", "maintain", "admin")
"""The roles that may publish."""
_GRANTS = ("triage", "push", "maintain", "admin")
"""The same, as an account's own list of permissions calls them; a role of an organization's own making shows there."""


class People:
    """Who may publish in a repository, as far as it is known.

    Bots have no permission that could be asked for; the configuration says which of them may publish.
    """

    def __init__(self, client: Client, repository: str, *, trusted: Iterable[str], untrusted: Iterable[str]) -> None:
        self._client = client
        self._repository = repository
        self.trusted = set(trusted)
        self.untrusted = set(untrusted)
        self.unread: dict[str, str] = {}
        """Those of whom it could not be found out, with why."""
        self._asked: set[str] = set()
        self._refusal = ""
        """Why asking about anybody else makes no sense either."""

    def ask(self, logins: Iterable[str], again: Iterable[str] = ()) -> None:
        """Find out about those that aren't known yet, and anew about those of `again` who might not publish before."""
        self.untrusted.difference_update(set(again) - self._asked)
        for login in sorted({*logins, *again} - self.trusted - self.untrusted - self.unread.keys()):
            self._asked.add(login)
            if self._refusal:
                self.unread[login] = self._refusal
            else:
                self._ask(login)

    def _ask(self, login: str) -> None:
        path = f"/collaborators/{quote(login, safe='')}/permission"
        try:
            answer = self._client.get(self._repository, path, task=f"read what {login} may do")
        except (StoreError, Unavailable) as error:
            status = error.status if isinstance(error, StoreError) else None
            if status == HTTPStatus.NOT_FOUND:
                self.untrusted.add(login)
                return
            self.unread[login] = str(error)
            if status in {None, HTTPStatus.FORBIDDEN}:
                self._refusal = str(error)
        else:
            (self.trusted if may_publish(answer) else self.untrusted).add(login)


def may_publish(answer: Json) -> bool:
    """Whether GitHub's answer is that of somebody who may triage issues, at least."""
    if not isinstance(answer, dict):
        return False
    user = answer.get("user")
    grants = user.get("permissions") if isinstance(user, dict) else None
    granted = isinstance(grants, dict) and any(grants.get(grant) is True for grant in _GRANTS)
    return granted or any(answer.get(key) in _ROLES for key in ("role_name", "permission"))
