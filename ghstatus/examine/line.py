"""Asks GitHub for one thing at a time, and keeps what an answer says beside its text."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import StoreError, Unavailable
from ghstatus.github.answers import Answer, Request, judge
from ghstatus.github.asking import TRIES, Asking
from ghstatus.github.lines import Lines
from ghstatus.github.patience import Patience
from ghstatus.github.wire import Wire, app_auth
from ghstatus.github.wording import Call
from ghstatus.model.checkup import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from ghstatus.github.access import Access
    from ghstatus.github.answers import Json, Lost, Verdict
    from ghstatus.github.client import Client

_TIMEOUT = 10


class Said(NamedTuple):
    """An answer."""

    data: Json
    headers: Mapping[str, str]
    """By name in lower case."""


class Line:
    """GitHub, asked by the right of `client`; `sleep` takes seconds, `tell` gets a line before each wait.

    Raises StoreError when GitHub refuses, Unavailable when it can't be asked any more.
    """

    def __init__(self, client: Client, *, sleep: Callable[[float], None], tell: Callable[[str], None]) -> None:
        self._access = client.access
        self._now = client.now
        self._headers: Mapping[str, str] = {}
        self._gone: Unavailable | None = None
        patience = Patience(client.access.wait, sleep, tell)
        self._asking = Asking(client.access, patience, lambda: client.now().timestamp(), client.requests)
        self._lines = Lines(client.access, self._asking, _TIMEOUT)

    def close(self) -> None:
        """Hang up."""
        self._lines.close()

    def get(
        self, repository: str, path: str, *, task: str, needs: str, parameters: dict[str, str | int] | None = None
    ) -> Said:
        """Read what is at `path`, by the right that holds for a repository."""
        if self._gone:
            raise self._gone
        call, request = Call("get", task, repository, needs), Request("GET", path, parameters)
        try:
            send = partial(self._lines.to(repository).send, request)
            data = self._asking.repeated(call, send, self._keeping, TRIES)
        except Unavailable as error:
            self._gone = error
            raise
        return Said(data, self._headers)

    def find(self, repository: str, path: str, *, task: str, needs: str) -> Said | None:
        """Read what is at `path`; None where there is nothing."""
        try:
            return self.get(repository, path, task=task, needs=needs)
        except StoreError as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    def installation(self, repository: str) -> Json:
        """The App's installation on a repository, which only the App itself may ask for."""
        auth = app_auth(self._access.app_id, self._access.app_private_key)
        wire = Wire(self._access.api_url, auth, _TIMEOUT)
        try:
            call = Call("auth", "read the GitHub App's installation", repository)
            request = Request("GET", f"/repos/{repository}/installation")
            return self._asking.repeated(call, partial(wire.send, request))
        finally:
            wire.close()

    def _keeping(self, answer: Answer | Lost, now: float) -> Verdict:
        self._headers = answer.headers if isinstance(answer, Answer) else {}
        return judge(answer, now)

    def skew(self, said: Said) -> timedelta | None:
        """By how much our clock is ahead of the one that dated an answer just now; None when it bears no date."""
        return ahead(said.headers.get("date", ""), self._now())


def ahead(date: str, now: datetime) -> timedelta | None:
    """How much later it is by `now` than by a date as HTTP writes it; None when it is no date."""
    try:
        return now - parsedate_to_datetime(date)
    except (TypeError, ValueError):  # no date, or one without a zone
        return None


def kind(access: Access) -> Token:
    """By which kind of right GitHub is asked, as far as its looks tell."""
    if access.is_app:
        return Token.APP
    for beginning, token in (
        ("ghs_", Token.WORKFLOW),
        ("github_pat_", Token.FINE_GRAINED),
        ("ghp_", Token.CLASSIC),
        ("gho_", Token.CLASSIC),
    ):
        if access.token.startswith(beginning):
            return token
    return Token.OTHER
