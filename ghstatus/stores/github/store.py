"""A store that is a GitHub repository: incidents are its issues."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ghstatus import __version__
from ghstatus.actions import React
from ghstatus.errors import Problem, StoreError
from ghstatus.grammar import dialects
from ghstatus.grammar.issue import Context
from ghstatus.grammar.names import Names
from ghstatus.model import Snapshot, Tracker
from ghstatus.stores.github import cache, meaning, mirrors, queries
from ghstatus.stores.github.doubts import aimless
from ghstatus.stores.github.doubts import find as find_doubts
from ghstatus.stores.github.people import People, permission
from ghstatus.stores.github.postmortems import Postmortems
from ghstatus.stores.github.sync import Sync
from ghstatus.stores.github.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from ghstatus import index
    from ghstatus.actions import Action
    from ghstatus.github.client import Client
    from ghstatus.grammar.postmortem import Learnt
    from ghstatus.model import Board, Site
    from ghstatus.stores.github.cache import Known, Line
    from ghstatus.stores.github.meaning import Meaning
    from ghstatus.stores.github.sync import Synced

_NAMED = 3


class GitHubStore:
    """Incidents in the issues of `repository`.

    `cache` is a file for what was read, `known` what an earlier build left behind; with `fresh` nothing read before
    counts.
    """

    def __init__(
        self,
        client: Client,
        site: Site,
        *,
        repository: str,
        cache: Path | None,
        known: index.Index | None = None,
        fresh: bool = False,
    ) -> None:
        self._client = client
        self._site = site
        self._repository = repository
        self._path = cache
        self._known = known
        self._is_fresh = fresh
        self._names = Names(site.components, site.groups)
        self._dialect = dialects.find(site.dialect, site)
        self._postmortems = Postmortems(site, self._dialect)
        self._writer = Writer(client, repository, site.labels, site.dialect)
        self._before: Known | None = None
        self._meaning: Meaning | None = None

    def observe(self, now: datetime) -> Snapshot:
        """Read every issue for the page: what changed since the last time, or all where that leaves a doubt.

        Raises StoreError, Unavailable when the issues can't be read.
        """
        try:
            return self._observe(now, self._remembered())
        except cache.DamagedError:
            return self._observe(now, None)

    def entries(self, board: Board) -> Mapping[str, index.Entry]:
        """What a later build may rely on: each closed issue whose incident is over, and which had no problem."""
        return meaning.entries(self._meaning, board) if self._meaning else {}

    def apply(self, action: Action) -> None:
        """Make one change.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """
        self._writer.apply(action)
        if isinstance(action, React) and self._before is not None:
            said = int(action.ref), action.comment, action.content
            self._remember(cache.reacted(self._before, *said, is_on=action.is_on))

    def _remember(self, known: Known) -> None:
        """Keep it for the next time, in the file only where something is new."""
        if self._path is not None and known != self._before:
            cache.write(self._path, known)
        self._before = known

    def _remembered(self) -> Known | None:
        if self._before is None and self._path is not None and not self._is_fresh:
            self._before = cache.read(self._path, self._context())
        return self._before

    def _context(self) -> str:
        """What decides which issues are read, and how they are kept."""
        parts = (__version__, queries.ISSUE, self._repository.casefold(), self._dialect.name, *self._postmortems.gates)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def _observe(self, now: datetime, before: Known | None) -> Snapshot:
        synced = Sync(self._client, self._repository, self._postmortems.gates, before).run(now)
        about = synced.about
        if not about.has_issues:
            raise StoreError(
                f"issues are switched off in {about.name}, so nothing is known; switch them on in its settings"
            )
        people = self._people(now, synced, before)
        changed = _written_in(synced, before)
        context = Context(
            names=self._names,
            dialect=self._dialect,
            viewer=about.program,
            bots=self._site.bots,
            trusted=frozenset(people.trusted),
            recurring=self._site.recurring,
            now=now,
        )
        is_sure = before is None or before.viewer == about.viewer
        reader = meaning.Reader(context, self._site.policy, people, self._known, viewer=about.viewer)
        parted = self._postmortems.parted(synced.lines)
        self._meaning = reader.read(parted.incidents, changed, is_sure=is_sure)
        learnt = self._postmortems.read(parted, changed, context, people, about.url)
        self._keep(now, synced, people, {**self._meaning.lines, **parted.postmortems}, before)
        return self._snapshot(now, synced, people, self._meaning, learnt)

    def _people(self, now: datetime, synced: Synced, before: Known | None) -> People:
        """Who may publish is asked again whenever all issues are read; who might not, when they write something."""
        believed = before.trusted if before else frozenset[str]()
        formerly = dict(before.former) if before else {}
        if synced.is_whole:  # what they wrote up to now counts, though they may have left
            formerly |= dict.fromkeys(believed, now.timestamp())
        return People(
            permission(self._client, synced.about.name),
            now=now.timestamp(),
            trusted=() if synced.is_whole else believed,
            untrusted=before.untrusted if before else {},
            formerly=formerly,
        )

    def _keep(
        self, now: datetime, synced: Synced, people: People, lines: Mapping[int, Line], before: Known | None
    ) -> None:
        known = cache.Known(
            context=self._context(),
            repository=synced.about.id,
            viewer=synced.about.viewer,
            synced=before.synced if before and not synced.is_whole else now.timestamp(),
            labels=synced.about.labels,
            marks=synced.marks,
            short=synced.short,
            trusted=frozenset(people.trusted),
            untrusted=people.untrusted,
            former=people.former,
            lost=frozenset(synced.lost),
            lines=lines,
        )
        self._before = before
        self._remember(known)

    def _snapshot(self, now: datetime, synced: Synced, people: People, found: Meaning, learnt: Learnt) -> Snapshot:
        doubts = tuple(find_doubts(self._postmortems.apart(synced), self._repository, self._dialect))
        shown = self._mirrors(synced)
        shown_as = {one.reading.incident.ref: one for one in found.read if one.reading.incident}
        everything = frozenset([component.id for component in self._site.components] or [""])
        unclear = [one.doubtful or everything for one in found.read if one.doubtful is not None]
        tracker = Tracker(
            repository=synced.about.name,
            url=synced.about.url,
            viewer=synced.about.viewer,
            labels=tuple(synced.about.labels.values()),
            pins=synced.about.pins,
            issues={ref: one.issue for ref, one in shown_as.items()},
            mirrors=tuple(one.mirror for one in shown if one.mirror),
            reviews=learnt.reviews,
        )
        self._writer.seen(tracker)
        return Snapshot(
            taken=now,
            components=self._site.components,
            groups=self._site.groups,
            policy=self._site.policy,
            incidents=tuple(one.reading.incident for one in shown_as.values() if one.reading.incident),
            digests={ref: one.digest for ref, one in shown_as.items()},
            settled=found.settled,
            problems=(
                *self._site.left_out,
                *(doubt.problem for doubt in doubts),
                *(one.problem for one in shown if one.problem),
                *_unasked(people, synced.about.name),
                *(problem for one in found.read for problem in one.reading.problems),
                *self._aimless(found, now),
                *learnt.problems,
            ),
            unobserved=frozenset().union(*unclear, *(everything for doubt in doubts if doubt.hides)),
            ignored=(*(problem for one in found.read for problem in one.reading.ignored), *learnt.ignored),
            partial=(
                *(doubt.partial for doubt in doubts if doubt.partial),
                *_unread(people),
            ),
            tracker=tracker,
            postmortems=learnt.postmortems,
        )

    def _aimless(self, found: Meaning, now: datetime) -> Iterator[Problem]:
        """Only ghstatus's own way of writing has a place for components in every incident."""
        if self._dialect.is_kept:
            yield from aimless(((one.issue, one.reading) for one in found.read), self._site, now)

    def _mirrors(self, synced: Synced) -> tuple[mirrors.Found, ...]:
        """The issue that shows the board in the incidents' own repository, then those in others."""
        about = synced.about
        own = mirrors.Found(mirrors.choose("", synced.candidates, about.viewer, about.pins))
        names = {name.casefold(): name for name in self._site.pins.also}
        names.pop(about.name.casefold(), None)
        return (own, *mirrors.observe(self._client, tuple(names.values()), about.viewer))


def _written_in(synced: Synced, before: Known | None) -> frozenset[int]:
    """The issues for whose sake those are asked about again who might not publish before.

    Whoever might not by mistake, or may by now, is found out within a day where an outage may depend on it.
    """
    old = before.lines if before else {}
    return frozenset(
        number
        for number, line in synced.lines.items()
        if number not in old or old[number].text != line.text or (synced.is_whole and line.is_open)
    )


def _unasked(people: People, repository: str) -> Iterator[Problem]:
    """That a crowd is too large to ask about everybody at once."""
    if people.unasked:
        seen = f"{len(people.unasked):,} more people commented than a run asks about"
        yield Problem(where=repository, seen=seen, outcome="what they wrote counts once a later run has asked")


def _unread(people: People) -> Iterator[str]:
    """Whose permission could not be read, and why, without naming hundreds."""
    for why in sorted(set(people.unread.values())):
        who = [f"@{login}" for login in sorted(people.unread) if people.unread[login] == why]
        named = ", ".join(who[:_NAMED]) + (f" and {len(who) - _NAMED} others" if len(who) > _NAMED else "")
        yield f"whether {named} may publish ({why})"
