"""The lines to GitHub: one for a token, or one for each owner on whose account the App is installed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ghstatus.errors import StoreError
from ghstatus.github.access import named
from ghstatus.github.answers import Request
from ghstatus.github.wording import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from github.Auth import AppAuth

    from ghstatus.github.access import Access
    from ghstatus.github.answers import Json
    from ghstatus.github.asking import Asking
    from ghstatus.github.wire import Wire

_PAGE = 100


class Lines:
    """Opened when they are first needed, which is also when PyGithub is imported."""

    def __init__(self, access: Access, asking: Asking, timeout: int) -> None:
        self._access = access
        self._asking = asking
        self._timeout = timeout
        self._open: dict[str, Wire] = {}

    def to(self, repository: str) -> Wire:
        """The line by which a repository is asked, signed in."""
        owner = named(repository).partition("/")[0]
        if self._access.is_app:
            return self._signed_in(owner, partial(self._by_repository, repository), repository)
        if "" not in self._open:
            self._open[""] = self._plain()
        return self._open[""]

    def of(self, owner: str) -> Wire:
        """The line of an owner on whose account the App is installed, signed in."""
        return self._signed_in(owner, partial(self._by_owner, owner), owner)

    def _signed_in(self, owner: str, installation: Callable[[], int], place: str) -> Wire:
        line = self._open.get(owner.casefold())
        if line is None:
            line = self._open[owner.casefold()] = self._installed(installation())
        call = Call("auth", "sign in as the GitHub App", place)
        self._asking.repeated(call, line.sign_in)
        return line

    def close(self) -> None:
        """Hang up everywhere."""
        for line in self._open.values():
            line.close()
        self._open.clear()

    def _plain(self) -> Wire:
        from github.Auth import Token

        from ghstatus.github.wire import Wire

        auth = Token(self._access.token) if self._access.token else None
        return Wire(self._access.api_url, auth, self._timeout)

    def _app(self) -> AppAuth:
        from ghstatus.github.wire import app_auth

        return app_auth(self._access.app_id, self._access.app_private_key)

    def _installed(self, installation: int) -> Wire:
        from ghstatus.github.wire import Wire

        auth = self._app().get_installation_auth(installation)
        return Wire(self._access.api_url, auth, self._timeout)

    def _by_repository(self, repository: str) -> int:
        """The installation on one repository's account."""
        call = Call("auth", "find the GitHub App's installation", repository, "to be installed there")
        found = self._as_app(call, Request("GET", f"/repos/{repository}/installation"))
        return int(found["id"])

    def _by_owner(self, owner: str) -> int:
        """The installation on an account, which GitHub gives away only in the list of all."""
        call = Call("auth", "list the GitHub App's installations", owner)
        page, found = 0, [None] * _PAGE
        while len(found) == _PAGE:
            page += 1
            request = Request("GET", "/app/installations", {"per_page": _PAGE, "page": page})
            found = self._as_app(call, request)
            for one in found:
                if str((one["account"] or {}).get("login")).casefold() == owner.casefold():
                    return int(one["id"])
        raise StoreError(f"the GitHub App {self._access.app_id} isn't installed on the account of {owner}", status=404)

    def _as_app(self, call: Call, request: Request) -> Json:
        from ghstatus.github.wire import Wire

        line = Wire(self._access.api_url, self._app(), self._timeout)
        try:
            return self._asking.repeated(call, partial(line.send, request))
        finally:
            line.close()
