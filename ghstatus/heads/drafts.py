"""A commit as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.heads import reading
from ghstatus.stores.github.reading import as_login, as_number, as_text, moment, page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.heads.reading import Json, Row
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
    committed: datetime
    """By the clock of whoever made it."""
    pulls: list[Brief] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    posted: list[Run] = field(default_factory=list)
    cursor: str = ""
    """After what its next checks come; empty when it has no more."""
    is_partial: bool = False

    def since(self, now: datetime) -> datetime:
        """When it was pushed, or a pull request with it opened, which is when most services begin.

        Suites of checks are made when it is pushed. Without any check all that is known is that a push changes a
        pull request.
        """
        suites = [row.at for row in self.rows if row.at]
        if suites or not self.pulls:
            began = min(suites, default=self.committed)
        else:
            began = max(pull.updated for pull in self.pulls)
        return min(now, max(began, min((pull.created for pull in self.pulls), default=began)))

    def take(self, contexts: Json, app: str) -> None:
        """Take a page of its checks; `app` is the slug by which ghstatus's own are known."""
        turn = page(contexts)
        self.cursor = turn.cursor
        self.is_partial |= len(turn.nodes) < len(contexts["nodes"])
        for node in turn.nodes:
            if reading.is_ours_by_name(node):
                mine = reading.own(node, app)
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


def draft(repository: str, commit: Json, pulls: Iterable[Brief], app: str) -> Draft:
    """A commit with the first page of its checks."""
    found = Draft(
        repository=repository,
        sha=as_text(commit["oid"]),
        node_id=as_text(commit["id"]),
        committed=moment(as_text(commit["committedDate"])),
        pulls=list(pulls),
    )
    if rollup := commit["statusCheckRollup"]:
        found.take(rollup["contexts"], app)
    return found
