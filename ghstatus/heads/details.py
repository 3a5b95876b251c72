"""What is said on pull requests whose checks failed, and what those checks say at length."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from ghstatus.errors import Problem, StoreError
from ghstatus.grammar import closes, ignoring, notes
from ghstatus.heads import batches, queries, reading
from ghstatus.heads.batches import Size
from ghstatus.heads.queries import Details
from ghstatus.heads.reading import found
from ghstatus.model import Check, CheckState, Head, Pull, Said
from ghstatus.stores.github.reading import as_login, as_number, as_text, moment, tried

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from ghstatus.github.client import Partly
    from ghstatus.heads.batches import Answer
    from ghstatus.heads.drafts import Brief, Draft
    from ghstatus.heads.line import Line
    from ghstatus.heads.observed import Bounds
    from ghstatus.heads.people import People
    from ghstatus.heads.reading import Json, Row

_WEIGHT = 400
"""How much is asked for at a time: a pull request counts four, a check one."""
_CHECKS = 100
"""How many checks of one head are read at length."""
_BAD = frozenset({CheckState.FAILED, CheckState.STOPPED})
_NOTHING = Details((), (), (), None)
_Told: TypeAlias = dict[str, Any]
"""GitHub's JSON by node ids."""


class Reader:
    """Makes heads of drafts."""

    def __init__(self, line: Line, bounds: Bounds, people: People, now: datetime) -> None:
        self._line = line
        self._bounds = bounds
        self._people = people
        self._now = now
        self._size = Size(_WEIGHT)
        self._doubted: set[str] = set()

    def read(self, drafts: Sequence[Draft]) -> tuple[list[Head], list[Problem]]:
        """Every head, and what could not be read; one on which it isn't known what was said is left out."""
        rows = [reading.newest(one.rows) for one in drafts]
        wanted = [(place, self._details(one, rows[place])) for place, one in enumerate(drafts)]
        asked = [(place, one) for place, one in wanted if one != _NOTHING]
        told: dict[int, _Told] = {place: {} for place, one in wanted if one == _NOTHING}
        trouble = []
        for answer in batches.each(asked, self._size, _weight, partial(self._ask, drafts)):
            for number, (place, one) in enumerate(answer.items):
                known = _by_id(answer, number)
                if answer.answer is None or not known.keys() >= {*one.pulls}:
                    trouble.append(_left_alone(drafts[place], str(answer.error or "GitHub doesn't show it")))
                else:
                    told[place] = known
        heads = []
        for place in sorted(told):
            try:
                heads.append(self._head(drafts[place], rows[place], told[place]))
            except StoreError as error:
                trouble.append(_left_alone(drafts[place], str(error)))
        return heads, trouble + self._doubts()

    def _ask(self, drafts: Sequence[Draft], items: tuple[tuple[int, Details], ...]) -> Partly:
        query = queries.details([one for _, one in items])
        return self._line.ask(drafts[items[0][0]].repository, query, is_small=len(items) == 1)

    def _details(self, one: Draft, rows: Iterable[Row]) -> Details:
        watched = [row for row in rows if row.check.state is not CheckState.PASSED and self._bounds.watched(row.check)]
        bad = [row for row in watched if row.check.state in _BAD]
        is_told = any(run.conclusion != "success" for run in one.posted)
        if not (bad or is_told or any(self._is_slow(row) for row in watched)):
            return _NOTHING
        wanted = [row.node_id for row in self._telling(bad)][:_CHECKS]
        number = one.pulls[0].number if one.pulls else None
        others = [row.node_id for row in bad if row.node_id not in wanted][:_CHECKS] if number else []
        return Details(tuple(pull.node_id for pull in one.pulls), tuple(wanted), tuple(others), number)

    def _telling(self, rows: Iterable[Row]) -> list[Row]:
        """The failed checks that say more at length, and matter."""
        bad = (row for row in rows if row.check.state in _BAD and row.check.id)
        return [row for row in bad if self._bounds.watched(row.check) and self._bounds.wants(row.check)]

    def _is_slow(self, row: Row) -> bool:
        began = row.check.started or row.at
        return row.check.state is CheckState.PENDING and (
            began is None or began <= self._now - self._bounds.hangs_after
        )

    def _head(self, one: Draft, rows: Sequence[Row], told: _Told) -> Head:
        return Head(
            repository=one.repository,
            sha=one.sha,
            since=one.since(self._now),
            pulls=tuple(self._pull(one.repository, brief, told.get(brief.node_id)) for brief in one.pulls),
            checks=tuple(tried(partial(_check, row), told.get(row.node_id), "a check") for row in rows),
            posted=reading.of_each_name(one.posted),
            is_partial=one.is_partial or len(self._telling(rows)) > _CHECKS,
        )

    def _pull(self, repository: str, brief: Brief, node: Json) -> Pull:
        known = Pull(number=brief.number, title=brief.title, author=brief.author, url=brief.url, updated=brief.updated)
        return tried(partial(self._said, repository, known), node, "a pull request") if node else known

    def _said(self, repository: str, pull: Pull, node: Json) -> Pull:
        linked = found(node["closingIssuesReferences"], _reference)
        said = [one for part in ("early", "late") for one in found(node[part], _same)]
        comments = {as_text(one["fullDatabaseId"]): one for one in said}
        latest = frozenset(found(node["late"], _number))
        comment = next((one for one in comments.values() if self._is_ours(one)), None)
        return replace(
            pull,
            closes=closes.find(as_text(node["body"] or ""), repository) | frozenset(linked),
            ignored=self._ignored(repository, pull.author, comments.values(), latest),
            comment=int(comment["fullDatabaseId"]) if comment else None,
            comment_text=as_text(comment["body"]) if comment else "",
        )

    def _is_ours(self, comment: Json) -> bool:
        is_mine = bool(self._line.viewer) and as_login(comment["author"]) == self._line.viewer
        return is_mine and bool(notes.digest_of(as_text(comment["body"])))

    def _ignored(self, repository: str, author: str, comments: Iterable[Json], latest: frozenset[str]) -> Said | None:
        """The newest command counts of those who may give one.

        What took back a command that isn't among the latest comments may be out of sight: it opens no gate.
        """
        for comment in sorted(comments, key=lambda one: moment(as_text(one["createdAt"])), reverse=True):
            command = None if comment["isMinimized"] else ignoring.read(as_text(comment["body"]))
            by = as_login(comment["author"])
            if command is None or not by:
                continue
            may_write = self._people.may_write(repository, by)
            if may_write or by == author:
                at = moment(as_text(comment["createdAt"]))
                is_near = as_text(comment["fullDatabaseId"]) in latest
                return Said(by, at, command.reason, may_write and is_near) if command.is_ignoring else None
        return None

    def _doubts(self) -> list[Problem]:
        """Whose permissions could not be read, told once."""
        refused = self._people.refused
        new = [repository for repository in refused if repository not in self._doubted]
        self._doubted.update(new)
        seen = "who may write there isn't known: {}".format
        return [Problem(where=one, seen=seen(refused[one]), outcome="as if those might not") for one in new]


def _weight(item: tuple[int, Details]) -> int:
    _, one = item
    return 4 * len(one.pulls) + len(one.checks) + len(one.others) // 4


def _by_id(answer: Answer[tuple[int, Details]], number: int) -> _Told:
    """What came of one head, by node ids."""
    data = answer.answer.data if answer.answer else {}
    return {str(node["id"]): node for key in "pcq" for node in data.get(f"{key}{number}") or () if node}


def _left_alone(one: Draft, why: str) -> Problem:
    seen = f"what is said about {one.sha[:7]} can't be read: {why}"
    return Problem(where=one.repository, seen=seen, outcome="it is left alone")


def _same(node: Json) -> Json:
    return node


def _number(comment: Json) -> str:
    return as_text(comment["fullDatabaseId"])


def _reference(issue: Json) -> str:
    return f"{as_text(issue['repository']['nameWithOwner'])}#{as_number(issue['number'])}"


def _check(row: Row, node: Json) -> Check:
    if node is None:
        return row.check
    return replace(row.check, summary=reading.summary(node), is_required=bool(node.get("isRequired")))
