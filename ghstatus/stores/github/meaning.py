"""What issues mean; those whose meaning can't have changed since an earlier run aren't read again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import index, timeline
from ghstatus.errors import Problem
from ghstatus.grammar import issue as grammar
from ghstatus.grammar import notes, trust
from ghstatus.stores.github import cache, queries, rows

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from ghstatus.grammar.issue import Context, Reading
    from ghstatus.model import Board, Incident, Issue, Policy, Record
    from ghstatus.stores.github.cache import Line
    from ghstatus.stores.github.people import People

_RIPE = timedelta(hours=1)
"""What is said about a younger issue may still depend on its age."""


class Read(NamedTuple):
    """An issue that was read in full."""

    issue: Issue
    reading: Reading
    digest: str
    """Of all that decides what it means; empty while that may be something else at any moment."""
    doubtful: frozenset[str] | None = None
    """The components of which it may say more, or an empty set for all; None where nothing is in doubt."""


class Meaning(NamedTuple):
    """What all issues mean."""

    lines: Mapping[int, Line]
    """With their digests."""
    read: tuple[Read, ...]
    settled: tuple[Record, ...]
    kept: Mapping[str, index.Entry]
    """The index's entries of those that are settled."""


class Reader:
    """Reads issues as `context` says; who is trusted comes from `people`, what an earlier run found from `known`.

    `viewer` is whoever asks, be it a program or a person.
    """

    def __init__(
        self, context: Context, policy: Policy, people: People, known: index.Index | None, *, viewer: str
    ) -> None:
        self._context = context
        self._viewer = viewer
        self._policy = policy
        self._since = timeline.window_start(context.now, policy)
        self._people = people
        self._known = known

    def read(self, lines: Mapping[int, Line], changed: Container[int], *, is_sure: bool) -> Meaning:
        """Read the issues of these lines; `is_sure` says that the digests hold of those that haven't `changed`."""
        settled = dict(self._settled(lines)) if is_sure else {}
        issues = dict(self._issues(lines, settled))
        wrote = {number: self._asked(issue) for number, issue in issues.items()}
        outside = frozenset(self._people.untrusted)
        talkative = Counter(login for logins in wrote.values() for login in sorted(logins))
        self._people.ask(
            talkative.keys() & frozenset().union(*map(_doers, issues.values())),
            (login for login, _ in talkative.most_common()),
            frozenset().union(*(logins for number, logins in wrote.items() if number in changed)),
        )
        if settled and not outside.isdisjoint(self._people.trusted):  # what they wrote elsewhere counts now
            return self.read(lines, changed, is_sure=False)
        return self._meaning(lines, settled, issues, wrote)

    def _meaning(
        self,
        lines: Mapping[int, Line],
        settled: dict[int, tuple[index.Entry, Record]],
        issues: Mapping[int, Issue],
        wrote: Mapping[int, frozenset[str]],
    ) -> Meaning:
        former = {login: datetime.fromtimestamp(until, UTC) for login, until in self._people.former.items()}
        names = self._context.names.beside({str(number) for number in lines})
        context = replace(self._context, names=names, trusted=frozenset(self._people.trusted), former=former)
        new, read = dict(lines), []
        for number, issue in issues.items():
            digest = self._digest(lines[number], wrote[number])
            new[number] = lines[number]._replace(digest=digest)
            if found := self._same(number, new[number]):
                settled[number] = found
            else:
                read.append(self._read(issue, context, digest, wrote[number]))
        return Meaning(
            new,
            tuple(_once(read, (record.source for _, record in settled.values()))),
            tuple(record for _, record in settled.values()),
            {str(number): entry for number, (entry, _) in settled.items()},
        )

    def _settled(self, lines: Mapping[int, Line]) -> Iterator[tuple[int, tuple[index.Entry, Record]]]:
        for number, line in lines.items():
            if found := self._same(number, line):
                yield number, found

    def _same(self, number: int, line: Line) -> tuple[index.Entry, Record] | None:
        """What an earlier run made of an issue, where that is still so."""
        if not line.digest or self._known is None or (entry := self._known.entries.get(str(number))) is None:
            return None
        record = index.unpack(entry.row, self._since)
        return (entry, record) if record and record.digest == line.digest else None

    def _issues(self, lines: Mapping[int, Line], settled: Container[int]) -> Iterator[tuple[int, Issue]]:
        """The issues to read, without those by which ghstatus itself shows the board."""
        for number, line in lines.items():
            if number not in settled:
                issue = rows.issue(line.row())
                if not self._shows_the_board(issue):
                    yield number, issue

    def _shows_the_board(self, issue: Issue) -> bool:
        """Whether ghstatus wrote it, be it by another token, which nobody else's label says."""
        is_labelled = any(label.name.casefold() == queries.BOARD_LABEL for label in issue.labels)
        return notes.is_mirror(issue.text) and (is_labelled or issue.author == self._viewer)

    def _asked(self, issue: Issue) -> frozenset[str]:
        """Whose permission decides something, without those of whom the configuration or common sense tells."""
        return grammar.people(issue, self._context.dialect) - {self._context.viewer, *self._context.bots}

    def _digest(self, line: Line, wrote: frozenset[str]) -> str:
        if not wrote.isdisjoint(self._people.unread.keys() | self._people.unasked):
            return ""
        former = {f"{login} {until}" for login, until in self._people.former.items() if login in wrote}
        return cache.digest(line, (wrote & self._people.trusted) | former, self._context.viewer)

    def _read(self, issue: Issue, context: Context, digest: str, wrote: frozenset[str]) -> Read:
        reading = grammar.parse(issue, context)
        moves = reading.incident is not None and any(update.at == context.now for update in reading.incident.updates)
        unread = wrote & self._people.unread.keys()
        if not unread:
            doubtful = frozenset[str]() if self._may_hit_anything(issue, reading, context) else None
            return Read(issue, reading, "" if moves else digest, doubtful)
        believed = grammar.parse(issue, replace(context, trusted=context.trusted | unread))
        doubtful = None if believed.incident == reading.incident else _named(reading.incident, believed.incident)
        who = ", ".join(f"@{login}" for login in sorted(unread))
        problem = Problem(
            where=f"#{issue.number}",
            seen=f"whether {who} may publish could not be read",
            outcome="what depends on it isn't shown; what it may hit is unknown" if doubtful is not None else "",
        )
        if issue.closed_at and self._goes_on(reading, context) and not self._goes_on(believed, context):
            reading = believed  # it is closed, perhaps by a stranger: neither shown as going on nor as working
        return Read(issue, reading._replace(problems=(*reading.problems, problem)), "", doubtful)

    def _goes_on(self, reading: Reading, context: Context) -> bool:
        incident = reading.incident
        return incident is not None and timeline.record(incident, context.now, self._policy).ended is None

    def _may_hit_anything(self, issue: Issue, reading: Reading, context: Context) -> bool:
        """Whether a stranger took back the text that told what an incident hits, and nothing else tells it."""
        incident = reading.incident
        if incident is None or not trust.is_text_hidden(issue, context) or not self._goes_on(reading, context):
            return False
        return not timeline.record(incident, context.now, self._policy).components


def _once(read: Iterable[Read], known: Iterable[str]) -> Iterator[Read]:
    """What was read, in the order of the issues, without what announces a maintenance again that is `known`."""
    found = sorted(read, key=lambda one: one.issue.number)
    for one, reading in zip(found, grammar.once((one.reading for one in found), known), strict=True):
        yield one._replace(reading=reading)


def _doers(issue: Issue) -> frozenset[str]:
    """Who did more than comment, which everybody may."""
    return frozenset({issue.author, *(event.actor for event in issue.events)})


def entries(meaning: Meaning, board: Board) -> dict[str, index.Entry]:
    """What a later build may rely on: each closed issue whose incident is over, and which had no problem."""
    found = dict(meaning.kept)
    for one in meaning.read:
        incident = one.reading.incident
        if incident is None or one.reading.problems or one.issue.closed_at is None:
            continue
        story = board.incidents.get(incident.ref)
        if story and story.record.digest and one.issue.created_at <= board.now - _RIPE:
            found[str(one.issue.number)] = index.Entry(0, 0, 0, index.pack(story.record))
    return found


def _named(*incidents: Incident | None) -> frozenset[str]:
    """The components that incidents name; none stands for all, where one of them names none."""
    told = [
        [
            hit.component
            for several in (one.components, *(update.components for update in one.updates))
            for hit in several
        ]
        for one in incidents
        if one is not None
    ]
    return frozenset(component for several in told for component in several) if all(told) else frozenset()
