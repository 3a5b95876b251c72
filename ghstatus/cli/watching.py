"""What the commands about checks stand on: incidents, whatever else is known of failures, and who asks for both."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.cli import access, options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

    from ghstatus.cli.access import Place
    from ghstatus.evidence import Reader
    from ghstatus.flow.checks import Watching
    from ghstatus.github.client import Client
    from ghstatus.heads.github import GitHubHeads
    from ghstatus.heads.observed import Bounds
    from ghstatus.known import Known
    from ghstatus.model import Board, Signature
    from ghstatus.report import Setting


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Everything that a look at checks needs."""

    place: Place
    incidents: Incidents
    client: Client
    watching: Watching
    heads: GitHubHeads
    reader: Reader
    setting: Setting

    @property
    def known(self) -> Known:
        """What is known."""
        return self.incidents.known

    @property
    def requests(self) -> int:
        """How many were sent to GitHub."""
        return self.client.requests.total()

    @property
    def asked(self) -> int:
        """How many were sent to services for evidence."""
        return self.reader.requests.total()


class Incidents(NamedTuple):
    """What a site's incidents are, and what else is known of failures."""

    board: Board
    known: Known
    partial: tuple[str, ...]
    """What keeps them from being known in full."""


@contextmanager
def opened(
    site: Path | None,
    *,
    now: str | None = None,
    cache: Path | None = None,
    wait: int | None = None,
    most: int | None = None,
    reach: timedelta | None = None,
) -> Iterator[World]:
    """The site in a folder, its incidents as of now, and who asks for checks, with `most` requests if that is given.

    With `reach`, whatever happened that long ago matters.
    """
    with access.reached(options.settings(site), None, cache=cache, wait=wait) as place:
        found = incidents(place, options.moment(now), reach)
        own = os.environ.get("GITHUB_REPOSITORY") or place.repository
        with access.checks_of(place, own or "the repositories", wait) as client:
            yield _world(place, found, client, own, _bounds(found.known, most, reach))


def incidents(place: Place, now: datetime, reach: timedelta | None = None) -> Incidents:
    """Read a site's incidents, and its known failures; the incidents of that long ago, too."""
    from ghstatus import board
    from ghstatus.flow import checks
    from ghstatus.grammar import catalogue

    snapshot = place.store().observe(now)  # all of it: what is over explains failures still, and has to be read in full
    judged = board.judge(snapshot, now)
    signatures = (*catalogue.shipped().signatures, *_reported(place, now))
    since = now - reach if reach else None
    known = checks.known(judged, place.site, signatures, repository=place.repository, server=server(), since=since)
    return Incidents(judged, known, snapshot.partial)


def reader() -> Reader:
    """Who reads what services tell of failures."""
    from ghstatus import evidence

    return evidence.Reader(evidence.Web(time.monotonic), time.monotonic)


def server() -> str:
    """Where GitHub's pages are."""
    return (os.environ.get("GITHUB_SERVER_URL") or "https://github.com").rstrip("/")


def setting(place: Place, now: datetime) -> Setting:
    """What reports tell beside verdicts."""
    from ghstatus.report import Setting

    return Setting.of(place.site, now=now, repository=place.repository, server=server())


def _reported(_place: Place, _now: datetime) -> tuple[Signature, ...]:
    """The known failures that were reported as issues."""
    return ()


def _bounds(known: Known, most: int | None, reach: timedelta | None) -> Bounds:
    from ghstatus.heads.observed import Bounds

    bounds = Bounds(watched=known.rule, wants=known.rule, requests=most)
    return replace(bounds, reach=reach) if reach else bounds


def _world(place: Place, found: Incidents, client: Client, own: str, bounds: Bounds) -> World:
    from ghstatus.flow.checks import Watching
    from ghstatus.heads.github import GitHubHeads

    told, services = setting(place, found.known.now), reader()
    falls_back = place.site.watch.status_fallback
    return World(
        place=place,
        incidents=found,
        client=client,
        watching=Watching(known=found.known, watch=place.site.watch, evidence=services.read_all, own=own),
        heads=GitHubHeads(client, told, bounds=bounds, falls_back=falls_back),
        reader=services,
        setting=told,
    )
