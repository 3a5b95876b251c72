"""The lines to GitHub: one for a token, or one for each owner on whose account the App is installed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ghstatus.github.access import named
from ghstatus.github.answers import Request
from ghstatus.github.wording import Call

if TYPE_CHECKING:
    from github.Auth import AppAuth

    from ghstatus.github.access import Access
    from ghstatus.github.asking import Asking
    from ghstatus.github.wire import Wire


class Lines:
    """Opened when they are first needed, which is also when PyGithub is imported."""

    def __init__(self, access: Access, asking: Asking, timeout: int) -> None:
        self._access = access
        self._asking = asking
        self._timeout = timeout
        self._open: dict[str, Wire] = {}

    def to(self, repository: str) -> Wire:
        """The line by which a repository is asked, signed in."""
        owner = named(repository).partition("/")[0].casefold() if self._access.is_app else ""
        line = self._open.get(owner)
        if line is None:
            line = self._open[owner] = self._installed(repository) if owner else self._plain()
        if owner:
            call = Call("auth", "sign in as the GitHub App", repository)
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

    def _installed(self, repository: str) -> Wire:
        """A line for the owner of a repository; GitHub tells the installation only by one of its repositories."""
        from ghstatus.github.wire import Wire, app_auth

        app = app_auth(self._access.app_id, self._access.app_private_key)
        auth = app.get_installation_auth(self._installation(app, repository))
        return Wire(self._access.api_url, auth, self._timeout)

    def _installation(self, app: AppAuth, repository: str) -> int:
        from ghstatus.github.wire import Wire

        line = Wire(self._access.api_url, app, self._timeout)
        try:
            call = Call("auth", "find the GitHub App's installation", repository, "to be installed there")
            request = Request("GET", f"/repos/{repository}/installation")
            return int(self._asking.repeated(call, partial(line.send, request))["id"])
        finally:
            line.close()
