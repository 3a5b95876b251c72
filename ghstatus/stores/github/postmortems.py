"""The issues that are post-mortems: which they are, and what they say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import issue as grammar
from ghstatus.grammar import postmortem, trust
from ghstatus.model import EventKind
from ghstatus.stores.github import rows

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from ghstatus.grammar.dialect import Dialect
    from ghstatus.grammar.postmortem import Learnt
    from ghstatus.grammar.trust import Context
    from ghstatus.model import Incident, Issue, Site
    from ghstatus.stores.github.cache import Line
    from ghstatus.stores.github.people import People
    from ghstatus.stores.github.rows import Row
    from ghstatus.stores.github.sync import Synced


class Parted(NamedTuple):
    """The lines of two sorts of issues."""

    incidents: dict[int, Line]
    postmortems: dict[int, Line]


class Postmortems:
    """The post-mortems among the issues of a repository whose incidents are written in `dialect`."""

    def __init__(self, site: Site, dialect: Dialect) -> None:
        self._site = site
        self._label = site.labels.postmortem
        self._gates = dialect.gates
        self._incidents = dialect
        self._dialect = postmortem.dialect(site)

    @property
    def gates(self) -> tuple[str, ...]:
        """The labels of all issues to read; none where every issue is read anyway."""
        return (*self._gates, self._label) if self._gates else ()

    def parted(self, lines: Mapping[int, Line]) -> Parted:
        """An issue that has the labels of both is an incident."""
        learnt = {number: line for number, line in lines.items() if self._is_one(line)}
        return Parted({number: line for number, line in lines.items() if number not in learnt}, learnt)

    def apart(self, synced: Synced) -> Synced:
        """What may hide an outage: a post-mortem that GitHub doesn't show, or whose label vanished, doesn't."""
        lost = {number: row for number, row in synced.lost.items() if not self._was_one(row)}
        short = {gate: few for gate, few in synced.short.items() if gate != self._label or gate in self._gates}
        return synced._replace(lost=lost, short=short)

    def read(self, parted: Parted, changed: Container[int], context: Context, people: People, tracker: str) -> Learnt:
        """Read them; only what the authors may decides anything, and who reviews says the configuration."""
        issues = [rows.issue(line.row()) for line in parted.postmortems.values()]
        authors = {issue.number: frozenset(_author(issue, context)) for issue in issues}
        again = (logins for number, logins in authors.items() if number in changed)
        people.ask(frozenset[str]().union(*authors.values()), again=frozenset[str]().union(*again))
        former = {login: datetime.fromtimestamp(until, UTC) for login, until in people.former.items()}
        context = replace(context, trusted=frozenset(people.trusted), former=former)
        incidents = partial(_incident, {str(number): line for number, line in parted.incidents.items()}, context)
        context = replace(context, dialect=self._dialect)
        house = postmortem.House(self._site.reviews.reviewers, tracker)
        return postmortem.learn(postmortem.parse(issue, context, house, incidents) for issue in issues)

    def _is_one(self, line: Line) -> bool:
        if self._gates:
            return line.gates == {self._label}
        # Every issue is read, and most are none: a look at the text is cheaper than taking it apart.
        may_be = json.dumps(self._label)[1:-1].encode() in line.text
        return may_be and postmortem.is_one(rows.issue(line.row()), self._site, self._incidents)

    def _was_one(self, lost: Row) -> bool:
        """Whether the label of post-mortems is the only one of these that an issue ever bore."""
        events = rows.issue(lost).events
        borne = {event.detail.casefold() for event in events if event.kind is EventKind.LABELED}
        return self._label.casefold() in borne and borne.isdisjoint(gate.casefold() for gate in self._gates)


def _incident(lines: Mapping[str, Line], context: Context, ref: str) -> Incident | None:
    """An incident with all that was said about it, be it one that isn't read any more because it is over."""
    line = lines.get(ref)
    return grammar.parse(rows.issue(line.row()), context).incident if line else None


def _author(issue: Issue, context: Context) -> Iterator[str]:
    own = {issue.author} - {context.viewer, *context.bots, ""}
    return (login for login in own if not trust.is_bot(login))
