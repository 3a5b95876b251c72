"""Who may write to a repository: GitHub is asked where a command stands, and about each person once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from ghstatus.errors import StoreError
from ghstatus.stores.github.people import permission

if TYPE_CHECKING:
    from ghstatus.github.client import Client
    from ghstatus.heads.reading import Json

_MOST = 20
"""About how many people a look asks in one repository: everybody may comment."""
_ROLES = frozenset({"write", "maintain", "admin"})
_GRANTS = ("push", "maintain", "admin")
"""The same, as an account's own list of permissions calls them; a role of an organization's own making shows there."""


class People:
    """What is known of people, by repository; `refused` tells where GitHub doesn't say, and why."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[tuple[str, str], bool] = {}
        self._asked: dict[str, int] = {}
        self.refused: dict[str, str] = {}

    def may_write(self, repository: str, login: str) -> bool:
        """Whether somebody may, as far as is known."""
        key = (repository, login.casefold())
        if key not in self._known:
            self._known[key] = self._ask(repository, login)
        return self._known[key]

    def _ask(self, repository: str, login: str) -> bool:
        count = self._asked[repository] = self._asked.get(repository, 0) + 1
        if repository in self.refused or not login:
            return False
        if count > _MOST:
            self.refused[repository] = f"a look asks about {_MOST} people at most"
            return False
        try:
            return _may_write(permission(self._client, repository)(login))
        except StoreError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                self.refused[repository] = str(error)
            return False


def _may_write(answer: Json) -> bool:
    user = answer.get("user") if isinstance(answer, dict) else None
    if user is None:
        return False
    grants = user.get("permissions") or {}
    return answer.get("permission") in _ROLES or any(grants.get(grant) is True for grant in _GRANTS)
