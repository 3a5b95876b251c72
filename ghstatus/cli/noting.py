"""What is said on the issues about known failures: whether they are used, and how often they were met."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.errors import GhstatusError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.actions import WriteNote
    from ghstatus.cli.watching import World
    from ghstatus.github.client import Client
    from ghstatus.model import Report

_MOST = 20
"""About how many repositories is asked whether anybody may see them."""


def decide(world: World, reports: Iterable[Report]) -> tuple[WriteNote, ...]:
    """What to say, after a look that came to these reports."""
    from ghstatus.flow import linking
    from ghstatus.known import shipped
    from ghstatus.plan import known

    reported, reports = world.incidents.reported, tuple(reports)
    if reported is None:
        return ()
    linked = linking.look(known.unanswered(reported.issues, shipped()), world.heads, world.watching)
    issues = replace(reported.issues, linked=linked, private=frozenset(_private(world, reports)))
    return known.decide(issues, reports, world.place.site, world.known.now, shipped())


def _private(world: World, reports: Iterable[Report]) -> Iterator[str]:
    """The repositories in which something was met and which not everybody may see: they aren't to be named."""
    met = {report.head.repository for report in reports if any(verdict.signature for verdict in report.verdicts)}
    others = sorted(met - {world.place.repository})
    for place, name in enumerate(others):
        if place >= _MOST or not _is_public(world.client, name):
            yield name


def _is_public(client: Client, repository: str) -> bool:
    try:
        return client.get(repository, "")["private"] is False
    except (GhstatusError, LookupError, TypeError):
        return False
