"""Asks services' servers, and never takes more time or memory than it may."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from ghstatus import __version__
from ghstatus.evidence.services import Answer, Fate
from ghstatus.evidence.unpacking import UnpackError, end
from ghstatus.starter.home import HOME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ghstatus.evidence.services import Want

_HEADERS = {
    "User-Agent": f"ghstatus/{__version__} (+https://github.com/{HOME})",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
}
_REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_STEP = 64 << 10


class Bounds(NamedTuple):
    """What one page may take."""

    connect: float = 5
    read: float = 10
    """The seconds in which nothing comes."""
    total: float = 30
    """The seconds until it is there."""
    packed: int = 16 << 20
    unpacked: int = 128 << 20
    json: int = 256 << 10
    keep: int = 128 << 10
    """The bytes from a log's end."""


class _SlowError(Exception):
    """A page takes too long as a whole."""


class _Session(requests.Session):
    """Leaves redirects alone. The original looks where one leads even if it isn't to follow, and reads its body whole."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Lead nowhere."""


class Web:
    """Asks the public web; `origins` says where a test's servers stand in for others, as `https://host` → address."""

    def __init__(
        self, clock: Callable[[], float], origins: Mapping[str, str] | None = None, bounds: Bounds | None = None
    ) -> None:
        self._clock = clock
        self._origins = origins or {}
        self._bounds = bounds or Bounds()
        self._session = _Session()
        self._session.auth = _as_nobody
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def __call__(self, want: Want) -> Answer:
        """Ask for a page once, wherever it has moved among the service's own hosts."""
        until = self._clock() + self._bounds.total
        url = want.url
        hops: list[str] = []
        for _ in range(_REDIRECTS + 1):
            host = _host(url)
            if host not in want.service.hosts:
                return Answer(Fate.REFUSED, "leads to a place that isn't its own", tuple(hops[1:]))
            hops.append(host)
            found = self._asked(url, host, want, until)
            if isinstance(found, Answer):
                return found._replace(hops=tuple(hops[1:]))
            url = _joined(url, found)
        return Answer(Fate.REFUSED, "redirects too often", tuple(hops[1:]))

    def _asked(self, url: str, host: str, want: Want, until: float) -> Answer | str:
        """The answer, or where it has moved."""
        place = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
        origin = self._origins.get(f"https://{host}", f"https://{host}")
        timeout = (self._bounds.connect, self._bounds.read)
        try:
            answer = self._session.get(
                origin + place, headers=_HEADERS, timeout=timeout, stream=True, allow_redirects=False
            )
            with answer:
                if answer.status_code in _MOVED:
                    return str(answer.headers.get("Location", ""))
                return _trouble(answer.status_code) or self._read(answer, want, until)
        except (requests.RequestException, HTTPError, ValueError) as error:
            return self._broken(error)
        except _SlowError:
            return Answer(Fate.DOWN, f"took longer than {self._bounds.total:g} s")
        except UnpackError as error:
            return Answer(Fate.REFUSED, str(error))

    def _read(self, answer: requests.Response, want: Want, until: float) -> Answer:
        if answer.headers.get("Content-Encoding", "").strip().lower() not in {"", "identity", "gzip"}:
            return Answer(Fate.REFUSED, "answered in an encoding that it wasn't asked for")
        bounds = self._bounds
        packed, most, keep = bounds.json, bounds.json, bounds.json
        if want.is_log:
            packed, most, keep = bounds.packed, bounds.unpacked, bounds.keep
        found = end(self._chunks(answer, packed, until), most=most, keep=keep)
        text = found.data.decode("utf-8", "replace")
        if found.is_cut:  # a line's rest would look like a line
            text = text.partition("\n")[2] or text
        return Answer(Fate.GOT, text)

    def _chunks(self, answer: requests.Response, most: int, until: float) -> Iterator[bytes]:
        length = 0
        while chunk := answer.raw.read1(_STEP, decode_content=False):
            length += len(chunk)
            if length > most:
                raise UnpackError(f"sent more than {most >> 10:,} KiB")
            if self._clock() > until:
                raise _SlowError
            yield chunk

    def _broken(self, error: Exception) -> Answer:
        """In words of our own: those of requests run over lines and name its classes."""
        if isinstance(error, requests.exceptions.ConnectTimeout):
            return Answer(Fate.DOWN, f"did not answer within {self._bounds.connect:g} s")
        if isinstance(error, (requests.Timeout, ReadTimeoutError)):
            return Answer(Fate.DOWN, f"did not answer within {self._bounds.read:g} s")
        if isinstance(error, requests.exceptions.SSLError):
            return Answer(Fate.DOWN, "has no good certificate")
        if isinstance(error, HTTPError):
            return Answer(Fate.BROKEN, "broke off its answer")
        return Answer(Fate.BROKEN, "can't be reached")


def _as_nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without it, requests would look for a password in ~/.netrc."""
    return request


def _host(url: str) -> str:
    """The host of a plain https address; empty for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme == "https" else ""


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def _trouble(status: int) -> Answer | None:
    """What a status says, unless there is a page to read."""
    if status == requests.codes.ok:
        return None
    if status in _GONE:
        return Answer(Fate.MISSING, f"answered {status}")
    if status == requests.codes.too_many:
        return Answer(Fate.DOWN, "wants to be left alone")
    return Answer(Fate.BROKEN if status >= 500 else Fate.REFUSED, f"answered {status}")
