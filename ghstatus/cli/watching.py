"""What the commands about checks stand on: incidents, whatever else is known of failures, and who asks for both."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.cli import access, options, terminal
from ghstatus.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

    from ghstatus.cli.access import Place
    from ghstatus.cli.aiming import Shard
    from ghstatus.errors import Problem
    from ghstatus.evidence import Kept, Reader
    from ghstatus.flow.checks import Watching
    from ghstatus.github.client import Client
    from ghstatus.heads.github import GitHubHeads
    from ghstatus.heads.observed import Bounds
    from ghstatus.known import Known
    from ghstatus.model import Board
    from ghstatus.plan.known import Issues
    from ghstatus.report import Setting
    from ghstatus.stores.github.known import KnownFailures
    from ghstatus.stores.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Everything that a look at checks needs."""

    place: Place
    incidents: Incidents
    client: Client
    watching: Watching
    heads: GitHubHeads
    reader: Reader
    kept: Kept
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

    def named(self, repositories: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The names of repositories, with all of an owner's in place of `owner/*`; and what is wrong with some."""
        names, trouble = self.heads.named(repositories)
        return tuple(names), tuple(trouble)

    def note(self, shard: Shard | None) -> Path:
        """Where is noted how far a look got."""
        name = (self.watching.own or "checks").replace("/", "+")
        part = f".{shard.place}of{shard.many}" if shard else ""
        return self.place.cache / f"{name}.checks{part}.json"


class Incidents(NamedTuple):
    """What a site's incidents are, and what else is known of failures."""

    board: Board
    known: Known
    partial: tuple[str, ...]
    """What keeps them from being known in full."""
    reported: Reported | None = None
    """The issues about known failures, where there may be some."""


class Reported(NamedTuple):
    """The issues about known failures, and where something is said on them."""

    issues: Issues
    store: KnownFailures


@contextmanager
def opened(
    settings: Settings,
    *,
    now: str | None = None,
    cache: Path | None = None,
    wait: int | None = None,
    most: int | None = None,
    reach: timedelta | None = None,
    assumed: Iterable[str] = (),
) -> Iterator[World]:
    """The site in a folder, its incidents as of now, and who asks for checks, with `most` requests if that is given.

    With `reach`, whatever happened that long ago matters; incidents of `assumed` components count as open.
    """
    with access.reached(settings, None, cache=cache, wait=wait) as place:
        found = incidents(place, options.moment(now), reach, assumed)
        own = os.environ.get("GITHUB_REPOSITORY") or place.repository
        with access.checks_of(place, own or "the repositories", wait) as client:
            yield _world(place, found, client, own, _bounds(found.known, most, reach))


def incidents(place: Place, now: datetime, reach: timedelta | None = None, assumed: Iterable[str] = ()) -> Incidents:
    """Read a site's incidents, and its known failures; the incidents of that long ago, too, and assumed ones.

    Known failures of the configuration that can't be used are told.
    """
    from ghstatus import board
    from ghstatus.flow import checks
    from ghstatus.known import assumed as assume
    from ghstatus.known import outages_of, refused, shipped, signatures
    from ghstatus.plan import known as known_issues
    from ghstatus.stores.settings import NAME

    snapshot = place.store().observe(now)  # all of it: what is over explains failures still, and has to be read in full
    judged = board.judge(snapshot, now)
    reported, doubts = _reported(place, now)
    terminal.problems(refused(place.site, NAME), place.settings.folder)
    told = signatures(place.site)
    if reported:
        told = (*told, *known_issues.signatures(reported.issues.readings, shipped()))
    since = now - reach if reach else None
    outages = (*assume(assumed, now), *outages_of(judged, place.site, since=since))
    known = checks.known(place.site, told, outages, now=now, tracker=place.repository)
    return Incidents(judged, known, (*snapshot.partial, *doubts), reported)


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


def _reported(place: Place, now: datetime) -> tuple[Reported | None, tuple[str, ...]]:
    """The known failures that are issues, and what keeps them from being known in full."""
    from ghstatus.plan.known import Issues
    from ghstatus.stores.github.known import KnownFailures

    if place.client is None:
        return None, ()
    store = KnownFailures(place.client, place.site, repository=place.repository)
    try:
        found = store.observe(now)
    except StoreError as error:
        return None, (f"the issues about known failures: {error}",)
    doubts = tuple(str(one.problems[0]) for one in found.readings if not one.is_sure)
    return Reported(Issues(readings=found.readings, viewer=found.viewer), store), doubts


def _bounds(known: Known, most: int | None, reach: timedelta | None) -> Bounds:
    from ghstatus.heads.observed import Bounds

    usual = Bounds(watched=known.rule, wants=known.rule, requests=most)
    bounds = replace(usual, hangs_after=min((rule.hangs_after for rule in known.rules), default=usual.hangs_after))
    return replace(bounds, reach=reach) if reach else bounds


def _world(place: Place, found: Incidents, client: Client, own: str, bounds: Bounds) -> World:
    from ghstatus.evidence import Kept
    from ghstatus.flow.checks import Watching
    from ghstatus.heads.github import GitHubHeads

    told, services = setting(place, found.known.now), reader()
    kept = Kept(place.cache / "evidence", services.read_all, found.known.now)
    falls_back = place.site.watch.status_fallback
    return World(
        place=place,
        incidents=found,
        client=client,
        watching=Watching(known=found.known, watch=place.site.watch, evidence=kept.read_all, own=own),
        heads=GitHubHeads(client, told, bounds=bounds, falls_back=falls_back),
        reader=services,
        kept=kept,
        setting=told,
    )
