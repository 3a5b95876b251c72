"""One identity's line to GitHub, through PyGithub; what fails comes back as a value.

Importing this takes a quarter of a second, so `client` does it when it first asks something. Pacing and retries of
PyGithub's are off: they sleep without a word, for up to an hour, and send a POST again after a 5xx.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from github import Auth, GithubException
from github.Requester import HTTPSRequestsConnectionClass, Requester, RequestsResponse
from jwt.exceptions import PyJWTError

from ghstatus import __version__
from ghstatus.errors import UsageError
from ghstatus.github.access import port
from ghstatus.github.answers import AT_HAND, MOVED, Answer, Done, Lost, Request, judge

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_API_VERSION = "2022-11-28"
_BY_NUMBER = re.compile(r"/repositories/(\d{1,20})(?:/issues/(\d{1,20}))?")


class _MovedError(Exception):
    """GitHub points elsewhere. PyGithub would follow, and lose the query on its way."""

    def __init__(self, status: int, location: str) -> None:
        super().__init__(status, location)
        self.status = status
        self.location = location


class _Line(HTTPSRequestsConnectionClass):
    """A connection that doesn't follow redirects, for http as well."""

    def __init__(self, address: SplitResult, timeout: int) -> None:
        super().__init__(str(address.hostname), port(address), timeout=timeout)
        self.protocol = address.scheme

    def getresponse(self) -> RequestsResponse:
        response = super().getresponse()
        if response.status in MOVED:
            raise _MovedError(response.status, response.headers.get("location", ""))
        return response


class Wire:
    """Sends requests with one `Auth` of PyGithub's, or without any."""

    def __init__(self, api_url: str, auth: Auth.Auth | None, timeout: int) -> None:
        self._host = urlsplit(api_url).netloc
        self._auth = auth
        self._signed_in: dict[str, str] = {}
        self._line = _Line(urlsplit(api_url), timeout)
        self._requester = Requester(
            auth=auth,
            base_url=api_url,
            timeout=timeout,
            user_agent=f"ghstatus/{__version__}",
            per_page=100,
            verify=True,
            retry=None,
            pool_size=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            lazy=True,
            api_version=_API_VERSION,
        )

    def sign_in(self) -> Answer | Lost:
        """Get an installation's token where there is none yet, or an old one."""
        headers: dict[str, str] = {}
        try:
            if self._auth:
                self._auth.authentication(headers)
        except GithubException as error:
            return Answer(error.status, error.headers or {}, json.dumps(error.data))
        except requests.RequestException as error:
            return self._lost(error)
        except (AssertionError, RuntimeError, ValueError):  # another host, a redirect there, half an answer
            return Lost(f"{self._host} gave the App no token that makes sense")
        is_new = headers != self._signed_in
        self._signed_in = headers
        return Answer(201, {}) if is_new else AT_HAND

    def send(self, request: Request) -> Answer | Lost:
        """Send a request once; a redirect's `location` is the new name of what has moved, where GitHub tells it."""
        answer = self._sent(request)
        if isinstance(answer, Answer) and (place := answer.headers.get("location")) and answer.status in MOVED:
            return Answer(answer.status, {"location": self._new_name(place)})
        return answer

    def _sent(self, request: Request) -> Answer | Lost:
        url = request.path or self._requester.graphql_url
        try:
            answer = self._requester.requestJson(request.verb, url, request.parameters, None, request.body, self._line)
        except _MovedError as moved:
            return Answer(moved.status, {"location": moved.location})
        except requests.RequestException as error:
            return self._lost(error)
        return Answer(*answer)

    def _new_name(self, place: str) -> str:
        """`owner/name` or `owner/name#5` for the address by number to which GitHub redirects."""
        found = _BY_NUMBER.search(urlsplit(place).path)
        if not found or urlsplit(place).netloc != self._host:
            return place
        verdict = judge(self._sent(Request("GET", f"/repositories/{found[1]}")), 0)
        if not isinstance(verdict, Done) or not isinstance(verdict.data, dict):
            return place
        name = str(verdict.data.get("full_name") or place)
        return f"{name}#{found[2]}" if found[2] else name

    def close(self) -> None:
        """Hang up."""
        self._line.close()
        self._requester.close()

    def _lost(self, error: requests.RequestException) -> Lost:
        """What broke, in words of our own: those of requests may hold a header, or a proxy's password."""
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        if isinstance(error, requests.exceptions.SSLError):
            is_known = "CERTIFICATE_VERIFY_FAILED" in str(error)
            return Lost(f"no secure connection to {self._host}", is_sent=not is_known)
        if isinstance(error, requests.exceptions.ProxyError):
            return Lost(f"the proxy to {self._host} doesn't work", is_sent=False)
        if isinstance(error, requests.exceptions.ConnectTimeout) or type(reason).__name__ in _NOT_CONNECTED:
            return Lost(f"{self._host} can't be reached", is_sent=False)
        if isinstance(error, requests.exceptions.Timeout):
            return Lost(f"{self._host} took too long", is_slow=True)
        return Lost(f"the connection to {self._host} broke")


_NOT_CONNECTED = frozenset({"NewConnectionError", "NameResolutionError"})


def app_auth(app_id: str, private_key: str) -> Auth.AppAuth:
    """The right of a GitHub App as such.

    Raises UsageError when the key is none.
    """
    auth = Auth.AppAuth(app_id, private_key.replace("\\n", "\n"))
    try:
        auth.create_jwt()
    except (PyJWTError, ValueError, TypeError, AttributeError):
        raise UsageError(f"the private key of the GitHub App {app_id} is no private key in PEM form") from None
    return auth
