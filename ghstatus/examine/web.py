"""Whether pages on the public web answer."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests

from ghstatus import __version__
from ghstatus.model.checkup import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SECONDS = 5
_AT_ONCE = 8
_NO_HEAD = frozenset({403, 404, 405, 501})
"""What servers answer that don't care for HEAD."""


def ask(urls: Iterable[str], is_public: Callable[[str], bool] | None = None) -> dict[str, Reply]:
    """What each of these answers, several at a time; a redirect is an answer, and isn't followed."""
    several = list(dict.fromkeys(urls))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        replies = pool.map(partial(_ask, is_public=is_public or on_public_web), several)
        return dict(zip(several, replies, strict=True))


def on_public_web(host: str) -> bool:
    """Whether a host is one that everybody can reach, as far as this machine can tell.

    A name that isn't known here may be known to a proxy.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True
    return all(ip_address(str(address[4][0]).partition("%")[0]).is_global for address in found)


def _ask(url: str, is_public: Callable[[str], bool]) -> Reply:
    if not is_public(urlsplit(url).hostname or ""):
        return Reply(url, is_private=True)
    try:
        status = _status("HEAD", url)
        return Reply(url, _status("GET", url) if status in _NO_HEAD else status)
    except (requests.RequestException, ValueError) as error:  # the latter for hosts that can't be one
        return Reply(url, trouble=_reason(error))


def _status(verb: str, url: str) -> int:
    headers = {"User-Agent": f"ghstatus/{__version__} (doctor)"}
    answer = requests.request(verb, url, timeout=_SECONDS, allow_redirects=False, stream=True, headers=headers)
    with answer:
        return answer.status_code


def _reason(error: Exception) -> str:
    """In words of our own: those of requests run over lines and name its classes."""
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate isn't good"
    if isinstance(error, requests.Timeout):
        return f"no answer within {_SECONDS} s"
    return "it can't be reached from here"
