"""Hands requests to a loopback GitHub within the process: no server, no line, a tenth of the time.

What breaks a line is raised as `requests` would raise it. Nothing waits, and a client that should be killed is.
"""

import io
from contextlib import contextmanager
from unittest import mock
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from tests.github.clients import Clients, keys_made_sure_of_once
from tests.github.server import NOWHERE

BROKEN = {
    "drop": requests.ConnectionError("Remote end closed connection without response"),
    "truncate": requests.exceptions.ChunkedEncodingError("IncompleteRead"),
    "delay": requests.ReadTimeout("Read timed out."),
}


class Killed(BaseException):
    """The process ended here."""


@contextmanager
def direct():
    """A loopback GitHub without a server, for clients of this process; it fails at the end if there were violations."""
    github = Clients(port=None)

    def send(adapter, request, **_):
        if not request.url.startswith(NOWHERE):
            raise requests.ConnectionError(f"nothing but {NOWHERE} is there, so not {request.url}")
        headers = {name.lower(): value for name, value in request.headers.items()}
        parts = urlsplit(request.url)
        body = request.body.encode() if isinstance(request.body, str) else request.body
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        written, _ = github.take(request.method, target, headers, body)
        rule = github.requests[-1].fault
        if rule is not None and rule.with_ == "kill":
            raise Killed
        if rule is not None and rule.with_ in BROKEN:
            raise BROKEN[rule.with_]
        raw = HTTPResponse(
            io.BytesIO(written.body), headers=written.headers, status=written.status, preload_content=False
        )
        return adapter.build_response(request, raw)

    with (
        mock.patch.object(HTTPAdapter, "send", send),
        mock.patch("requests.sessions.get_environ_proxies", return_value={}),
        keys_made_sure_of_once(),
    ):
        yield github
    assert github.violations == [], "GitHub would not have accepted this"
