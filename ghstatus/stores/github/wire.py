"""One identity's line to GitHub, through PyGithub; what fails comes back as a value.

Importing this takes a quarter of a second, so `client` does it when it first asks something. Pacing and retries of
PyGithub's are off: they sleep without a word, for up to an hour, and send a POST again after a 5xx.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from github import Auth, GithubException
from github.Requester import HTTPSRequestsConnectionClass, Requester, RequestsResponse
from jwt.exceptions import PyJWTError

from ghstatus import __version__
from ghstatus.errors import UsageError
from ghstatus.stores.github.answers import Answer, Lost, Request

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_API_VERSION = "2022-11-28"
_PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 307, 308})


class _MovedError(Exception):
    """GitHub points elsewhere. PyGithub would follow, and lose the query on its way."""


class _Line(HTTPSRequestsConnectionClass):
    """A connection that doesn't follow redirects, for http as well."""

    def __init__(self, address: SplitResult, timeout: int) -> None:
        super().__init__(str(address.hostname), address.port or _PORTS[address.scheme], timeout=timeout)
        self.protocol = address.scheme

    def getresponse(self) -> RequestsResponse:
        response = super().getresponse()
        if response.status in _MOVED:
            raise _MovedError(response.status, response.headers.get("location", ""))
        return response


class Wire:
    """Sends requests with one `Auth` of PyGithub's, or without any."""

    def __init__(self, api_url: str, auth: Auth.Auth | None, timeout: int) -> None:
        self._host = urlsplit(api_url).netloc
        self._auth = auth
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
        try:
            if self._auth:
                self._auth.authentication({})
        except GithubException as error:
            return Answer(error.status, error.headers or {}, json.dumps(error.data))
        except requests.RequestException as error:
            return self._lost(error)
        except (AssertionError, RuntimeError, ValueError):  # another host, a redirect there, half an answer
            return Lost(f"{self._host} gave the App no token that makes sense")
        return Answer(204, {})

    def send(self, request: Request) -> Answer | Lost:
        """Send a request once."""
        url = request.path or self._requester.graphql_url
        try:
            answer = self._requester.requestJson(request.verb, url, request.parameters, None, request.body, self._line)
        except _MovedError as moved:
            return Answer(moved.args[0], {"location": moved.args[1]})
        except requests.RequestException as error:
            return self._lost(error)
        return Answer(*answer)

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
