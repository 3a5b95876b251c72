"""The open issues about known failures: what they say, and whether they may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem
from ghstatus.grammar import knownfailure, trust
from ghstatus.grammar.names import Names
from ghstatus.grammar.trust import Context
from ghstatus.model import Tracker
from ghstatus.stores.github import rows
from ghstatus.stores.github.listing import Listing
from ghstatus.stores.github.people import People, permission
from ghstatus.stores.github.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.actions import RemoveNote, WriteNote
    from ghstatus.github.client import Client
    from ghstatus.grammar.knownfailure import Reading
    from ghstatus.model import Issue, Site


class Found(NamedTuple):
    """What was found in a repository."""

    repository: str
    """Its name as it is now."""
    viewer: str
    """Whom ghstatus acts as."""
    readings: tuple[Reading, ...]
    """By the numbers of the issues."""


class KnownFailures:
    """The issues of `repository` that bear the label for known failures."""

    def __init__(self, client: Client, site: Site, *, repository: str) -> None:
        self._client = client
        self._site = site
        self._repository = repository
        self._dialect = knownfailure.dialect(site)
        self._writer = Writer(client, repository, site.labels, site.dialect)

    def observe(self, now: datetime) -> Found:
        """Read them all, with one request where they fit a page, and one for each author.

        Raises StoreError, Unavailable when they can't be read.
        """
        seen = Listing(self._client, self._repository, lambda _: None).open(self._dialect.gates)
        issues = [rows.issue(row) for _, row in sorted(seen.rows.items())]
        self._writer.seen(Tracker(repository=seen.about.name, url=seen.about.url, viewer=seen.about.viewer))
        people = self._people(issues, now, seen.about.name)
        context = Context(
            names=Names(self._site.components, self._site.groups),
            dialect=self._dialect,
            viewer=seen.about.program,
            bots=self._site.bots,
            trusted=frozenset(people.trusted),
            now=now,
        )
        readings = (_told(knownfailure.parse(issue, context), people) for issue in issues)
        return Found(seen.about.name, seen.about.viewer, tuple(readings))

    def apply(self, action: WriteNote | RemoveNote) -> None:
        """Make one change.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """
        self._writer.apply(action)

    def _people(self, issues: Iterable[Issue], now: datetime, repository: str) -> People:
        """Only what the authors may decides anything: comments say nothing here."""
        people = People(permission(self._client, repository), now=now.timestamp(), untrusted={})
        silent = (replace(issue, comments=()) for issue in issues)
        people.ask(frozenset[str]().union(*(trust.people(issue, self._dialect) for issue in silent)))
        return people


def _told(reading: Reading, people: People) -> Reading:
    """What an issue says; that it isn't used for once, where nobody could find out whether it may be."""
    author = reading.issue.author
    if reading.signature is not None or author not in people.unread:
        return reading
    seen = f"whether @{author} may publish could not be read ({people.unread[author]})"
    problem = Problem(where=f"#{reading.issue.number}", seen=seen, outcome="not used in this run")
    return reading._replace(problems=(problem,), is_sure=False)
