"""The heads of repositories on GitHub."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ghstatus.errors import OutOfBudget, Problem, StoreError, Unavailable
from ghstatus.heads import queries
from ghstatus.heads.details import Reader
from ghstatus.heads.drafts import brief, draft
from ghstatus.heads.line import Line
from ghstatus.heads.observed import Bounds, Observed, cursor_of, ordered
from ghstatus.heads.people import People
from ghstatus.heads.reading import found
from ghstatus.heads.roster import Roster
from ghstatus.heads.sweep import Sweep, reasons
from ghstatus.heads.writing import Writer
from ghstatus.report import PLAIN
from ghstatus.stores.github.reading import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from ghstatus.actions import CheckAction
    from ghstatus.github.client import Client
    from ghstatus.heads.drafts import Brief
    from ghstatus.heads.observed import Cursor
    from ghstatus.heads.queries import Query
    from ghstatus.heads.reading import Json
    from ghstatus.model import Head
    from ghstatus.report import Setting

_AT_ONCE = 32
"""How many repositories are read together, once it is clear that a look gets that far."""
_ACCOUNTS = 3
"""After how many accounts in a row that can't be asked no other one is tried."""


class GitHubHeads:
    """Reads heads, and writes what is known about their checks."""

    def __init__(
        self, client: Client, setting: Setting = PLAIN, *, bounds: Bounds | None = None, falls_back: bool = False
    ) -> None:
        """`setting` is what reports tell beside verdicts.

        With `falls_back` a commit status stands in where check runs can't be written.
        """
        self._client = client
        self._bounds = bounds or Bounds()
        self._line = Line(client, self._bounds)
        self._people = People(client)
        self._roster = Roster(client, self._line)
        self._writer = Writer(client, setting, falls_back=falls_back)

    @property
    def can_update(self) -> bool:
        """Whether a check run that was posted may be written anew: only a GitHub App's may."""
        return self._client.access.is_app

    @property
    def app(self) -> str:
        """The slug of the App as which it acts, once something was read; empty for a workflow's token."""
        return self._line.app if self.can_update and self._line.viewer else ""

    @property
    def points(self) -> int:
        """What the looks have cost of the budget that GitHub gives an hour."""
        return self._line.points

    def named(self, repositories: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The names of repositories, with all of an owner's in place of `owner/*`; and what is wrong with some.

        Raises Unavailable.
        """
        names, trouble = self._roster.named(repositories)
        return tuple(names), tuple(trouble)

    def observe(self, repositories: Sequence[str], now: datetime, cursor: Cursor | None = None) -> Observed:
        """Look at repositories, `owner/*` being all of an owner's; `cursor` is where an earlier look ended.

        Raises Unavailable when GitHub can't be asked anything.
        """
        seen = list(self.batches(repositories, now, cursor))
        return Observed(
            heads=tuple(head for one in seen for head in one.heads),
            cursor=seen[-1].cursor if seen else None,
            trouble=tuple(dict.fromkeys(problem for one in seen for problem in one.trouble)),
            repositories=tuple(name for one in seen for name in one.repositories),
        )

    def batches(self, repositories: Sequence[str], now: datetime, cursor: Cursor | None = None) -> Iterator[Observed]:
        """The same, some repositories at a time; each tells where the next look would go on after it."""
        names, trouble = self._roster.named(repositories)
        left, late = ordered(names, cursor), _Late()
        if trouble:
            yield Observed((), cursor_of(left), tuple(trouble))
        sweep, size = Sweep(self._line, self._bounds, now), 1
        reader = self._reader(now)
        while left and not late.is_over():
            group = self._group(left, size)
            left = _without(left, frozenset(group))
            account = self._line.account(group[0])
            if account in late.accounts:
                late.first += group
                continue
            sent = self._line.sent
            try:
                drafts, troubles = sweep.read(group)
                heads, more = reader.read(drafts)
            except Unavailable as error:
                late.add(account, group, has_begun=self._line.sent > sent)
                if size == 1 and late.is_over() and not isinstance(error, OutOfBudget):
                    raise
                problem = Problem(where=group[0], seen=str(error), outcome="the next look goes on here")
                yield Observed((), late.cursor(left), (problem,))
            else:
                late.in_a_row, size = 0, min(size * 2, _AT_ONCE)
                yield Observed(tuple(heads), late.cursor(left), (*troubles, *more), tuple(group))

    def pull(self, repository: str, number: int, now: datetime) -> Head:
        """The head of one pull request.

        Raises StoreError when there is none, Unavailable.
        """
        data, why = self._ask(repository, queries.pull(repository, number))
        node = data["pullRequest"]
        if node is None:
            raise StoreError(f"can't read the pull request {repository}#{number}: {why}", status=404)
        return self._whole(data, found(node["commits"], lambda one: one["commit"])[0], [brief(node)], why, now)

    def commit(self, repository: str, sha: str, now: datetime) -> Head:
        """One commit, with the open pull requests whose head it is, those in forks too.

        Raises StoreError when there is none, Unavailable.
        """
        data, why = self._ask(repository, queries.commit(repository, sha))
        node = data["object"]
        if node is None or "committedDate" not in node:
            raise StoreError(f"there is no commit {sha} in {repository}", status=404)
        pulls = [brief(one) for one in found(data["pulls"], lambda one: one) if one["headRefOid"] == node["oid"]]
        return self._whole(data, node, pulls, why, now)

    def apply(self, action: CheckAction) -> None:
        """Write; a second time it changes nothing more.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """
        self._writer.apply(action)

    def _group(self, left: Sequence[str], size: int) -> list[str]:
        """The next repositories that can be asked about together."""
        account = self._line.account(left[0])
        return list(islice((name for name in left if self._line.account(name) == account), size))

    def _reader(self, now: datetime) -> Reader:
        return Reader(self._line, self._bounds, self._people, now)

    def _ask(self, repository: str, query: Query) -> tuple[Json, str]:
        """What is there of a repository, and why something isn't."""
        answer = self._line.ask(repository, query, is_small=True)
        found, why = answer.data.get("repository"), "; ".join(reasons(answer.errors).values())
        if found is None:
            raise StoreError(f"can't read checks in {repository}: {why or 'GitHub does not show it'}", status=404)
        return found, why

    def _whole(self, repository: Json, commit: Json, pulls: list[Brief], why: str, now: datetime) -> Head:
        name = as_text(repository["nameWithOwner"])
        if why and commit["statusCheckRollup"] is None:
            raise StoreError(f"can't read checks in {name}: {why}")
        drafts = [draft(name, commit, pulls, self._line.app)]
        Sweep(self._line, self._bounds, now).complete(drafts)
        heads, trouble = self._reader(now).read(drafts)
        if not heads:
            raise StoreError("; ".join(map(str, trouble)))
        return heads[0]


class _Late:
    """What this look doesn't come to, because the accounts can't be asked about any more."""

    def __init__(self) -> None:
        self.first: list[str] = []
        """What the next look begins with."""
        self.last: list[str] = []
        """What takes more than a look may: it must not keep others from their turn."""
        self.accounts: set[str] = set()
        self.in_a_row = 0

    def is_over(self) -> bool:
        """Whether asking about any other account makes no sense either."""
        return "" in self.accounts or self.in_a_row >= _ACCOUNTS

    def add(self, account: str, names: Sequence[str], *, has_begun: bool) -> None:
        """An account's budget is spent, or it can't be reached."""
        self.accounts.add(account)
        if has_begun and len(names) == 1:
            self.last += names
        else:
            self.first += names
        self.in_a_row += 1

    def cursor(self, left: Sequence[str]) -> Cursor | None:
        """Where the next look goes on."""
        return cursor_of([*self.first, *left, *self.last])


def _without(names: Sequence[str], group: frozenset[str]) -> list[str]:
    return [name for name in names if name not in group]
