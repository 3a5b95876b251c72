"""Who is asked for evidence, what, and what comes back, as data."""

from __future__ import annotations

from collections.abc import Callable, Generator
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from ghstatus.model import Evidence


class Service(NamedTuple):
    """One of a service's servers."""

    name: str
    """As a sentence begins with it: `Packit's API`."""
    hosts: frozenset[str]
    """No other host is asked in its name, whatever an answer or a redirect says."""


PACKIT = Service("Packit's API", frozenset({"prod.packit.dev", "stg.packit.dev"}))
COPR = Service("Copr's API", frozenset({"copr.fedorainfracloud.org"}))
COPR_LOGS = Service("Copr's log server", frozenset({"download.copr.fedorainfracloud.org"}))
COPR_IMPORTS = Service("Copr's import server", frozenset({"copr-dist-git.fedorainfracloud.org"}))
TESTING_FARM = Service("Testing Farm's API", frozenset({"api.dev.testing-farm.io", "api.testing-farm.io"}))
SERVICES = (PACKIT, COPR, COPR_LOGS, COPR_IMPORTS, TESTING_FARM)


class Want(NamedTuple):
    """A page that tells something."""

    url: str
    service: Service
    is_log: bool = False
    """Whether it is text of which the end matters; otherwise it is JSON, and short."""


class Fate(StrEnum):
    """What became of a request."""

    GOT = "got"
    MISSING = "missing"
    """There is no such page."""
    REFUSED = "refused"
    """It wasn't asked, or may not be read; that says nothing about the host."""
    DOWN = "down"
    """The host failed, and had better be left alone."""
    BROKEN = "broken"
    """The host failed, and may be asked once more."""


class Answer(NamedTuple):
    """What a page holds, or why that isn't known."""

    fate: Fate
    text: str = ""
    """The page; otherwise what went wrong, as it goes on after the service's name: `answered 503`."""
    hops: tuple[str, ...] = ()
    """The hosts that were asked besides, because redirects led there."""


Fetch: TypeAlias = Callable[[Want], Answer]
"""Asks once. It doesn't raise because of what a service does."""
Course: TypeAlias = Generator[Want, Answer, Evidence]
"""The way to one failure's evidence: what to ask next, as far as the answers lead."""
