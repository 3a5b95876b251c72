"""A commit as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.heads import reading
from ghstatus.stores.github.reading import as_login, as_number, as_text, moment, page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.heads.reading import Json, Own, Row
    from ghstatus.model import Run


class Brief(NamedTuple):
    """A pull request, without what is said on it."""

    node_id: str
    number: int
    title: str
    url: str
    author: str
    created: datetime
    updated: datetime


@dataclass(kw_only=True, slots=True)
class Draft:
    """A commit of which more may still be read."""

    repository: str
    sha: str
    node_id: str
    since: datetime
    pulls: list[Brief] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    posted: list[Run] = field(default_factory=list)
    cursor: str = ""
    """After what its next checks come; empty when it has no more."""
    is_partial: bool = False

    def take(self, contexts: Json, own: Own) -> None:
        """Take a page of its checks."""
        turn = page(contexts)
        self.cursor = turn.cursor
        self.is_partial |= len(turn.nodes) < len(contexts["nodes"])
        for node in turn.nodes:
            if reading.is_ours_by_name(node):
                mine = reading.own(node, own)
                self.posted += [mine] if mine else []
            else:
                self.rows.append(reading.row(node))


def brief(node: Json) -> Brief:
    """A pull request as the list has it."""
    return Brief(
        as_text(node["id"]),
        as_number(node["number"]),
        as_text(node["title"]),
        as_text(node["url"]),
        as_login(node["author"]),
        moment(as_text(node["createdAt"])),
        moment(as_text(node["updatedAt"])),
    )


def draft(repository: str, commit: Json, pulls: Iterable[Brief], own: Own, now: datetime) -> Draft:
    """A commit with the first page of its checks.

    A suite is made when a commit is pushed. Where there is none, nothing is older than the commit or the pull request.
    """
    pulls = list(pulls)
    suites = reading.found(commit["checkSuites"], lambda suite: moment(as_text(suite["createdAt"])))
    made = max([moment(as_text(commit["committedDate"])), *(pull.created for pull in pulls)])
    found = Draft(
        repository=repository,
        sha=as_text(commit["oid"]),
        node_id=as_text(commit["id"]),
        since=min([now, *(suites or [made])]),
        pulls=pulls,
    )
    if rollup := commit["statusCheckRollup"]:
        found.take(rollup["contexts"], own)
    return found
