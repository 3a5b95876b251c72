"""Heads that last as long as the program: for tests, and for trying things out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from ghstatus import report as voice
from ghstatus.actions import NeutraliseRun, PostReport, WriteComment
from ghstatus.errors import Problem, StoreError
from ghstatus.heads.observed import Observed, cursor_of, ordered
from ghstatus.model import CheckState, Run
from ghstatus.report import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from ghstatus.actions import CheckAction
    from ghstatus.heads.observed import Cursor
    from ghstatus.model import Check, Head, Pull
    from ghstatus.report import Setting


class MemoryHeads:
    """Heads in a dictionary; of `repositories` those that have none are there, too."""

    def __init__(
        self,
        heads: Iterable[Head] = (),
        setting: Setting = PLAIN,
        *,
        repositories: Iterable[str] = (),
        app: str = "",
        most: int | None = None,
    ) -> None:
        """`app` is the slug of the App as which it acts, empty for a workflow's token.

        A look reads `most` repositories.
        """
        self._heads = {(head.repository, head.sha): head for head in heads}
        names = (*repositories, *(repository for repository, _ in self._heads))
        self._repositories = {name.casefold(): name for name in names}
        self._setting = setting
        self._most = most
        self._made = 1_000_000
        self.app = app

    @property
    def can_update(self) -> bool:
        """Whether a check run that was posted may be written anew: only a GitHub App's may."""
        return bool(self.app)

    def named(self, repositories: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The names of repositories, with all of an owner's in place of `owner/*`."""
        return tuple(name for wanted in repositories for name in self._named(wanted)), ()

    def observe(self, repositories: Sequence[str], now: datetime, cursor: Cursor | None = None) -> Observed:
        """Look at repositories, `owner/*` being all of an owner's; `cursor` is where an earlier look ended."""
        named = [name for wanted in repositories for name in self._named(wanted)]
        names = ordered(named, cursor)
        read = names if self._most is None else names[: self._most]
        there = [self._repositories[name.casefold()] for name in read if name.casefold() in self._repositories]
        heads = (head for name in there for head in self._heads.values() if head.repository == name)
        return Observed(
            heads=tuple(head for head in heads if head.since <= now),
            cursor=cursor_of(names[len(read) :]),
            trouble=tuple(_missing(name) for name in read if name.casefold() not in self._repositories),
            repositories=tuple(read),
        )

    def batches(self, repositories: Sequence[str], now: datetime, cursor: Cursor | None = None) -> Iterator[Observed]:
        """The same, all at once."""
        yield self.observe(repositories, now, cursor)

    def pull(self, repository: str, number: int, now: datetime) -> Head:
        """The head of one pull request.

        Raises StoreError when there is none.
        """
        for head in self.observe([repository], now).heads:
            if any(pull.number == number for pull in head.pulls):
                return head
        raise StoreError(f"there is no pull request {repository}#{number}", status=404)

    def commit(self, repository: str, sha: str, now: datetime) -> Head:
        """One commit.

        Raises StoreError when there is none.
        """
        head = self._heads.get((repository, sha))
        if head is None or head.since > now:
            raise StoreError(f"there is no commit {sha} in {repository}", status=404)
        return head

    def apply(self, action: CheckAction) -> None:
        """Write; a second time it changes nothing more.

        Raises StoreError when there is nothing of the kind.
        """
        match action:
            case PostReport():
                self._post(action)
            case WriteComment():
                self._comment(action)
            case NeutraliseRun():
                self._neutralise(action)
            case _:
                assert_never(action)

    def _post(self, action: PostReport) -> None:
        if not action.conclusion and not self.app:
            return
        head = self._known(action.report.head)
        others = tuple(run for run in head.posted if run.name != action.name)
        ident = action.run if action.run and action.conclusion else self._new()
        title = voice.title(action.report, self._setting)
        run = Run(action.name, ident, action.external_id, action.conclusion, title)
        self._put(replace(head, posted=(*others, run)))

    def _comment(self, action: WriteComment) -> None:
        text = voice.comment(action.report, action.digest, self._setting)

        def written(pull: Pull) -> Pull:
            if pull.number != action.number:
                return pull
            return replace(pull, comment=pull.comment or self._new(), comment_text=text)

        head = self._known(action.report.head)
        self._put(replace(head, pulls=tuple(map(written, head.pulls))))

    def _neutralise(self, action: NeutraliseRun) -> None:
        def neutral(check: Check) -> Check:
            if check.id != action.run:
                return check
            return replace(check, state=CheckState.SKIPPED, conclusion="neutral")

        self._each(action.repository, lambda head: replace(head, checks=tuple(map(neutral, head.checks))))

    def _each(self, repository: str, change: Callable[[Head], Head]) -> None:
        for head in list(self._heads.values()):
            if head.repository == repository:
                self._put(change(head))

    def _named(self, wanted: str) -> list[str]:
        owner, _, name = wanted.partition("/")
        if name != "*":
            return [wanted]
        return sorted(one for key, one in self._repositories.items() if key.partition("/")[0] == owner.casefold())

    def _known(self, head: Head) -> Head:
        found = self._heads.get((head.repository, head.sha))
        if found is None:
            raise StoreError(f"there is no commit {head.sha} in {head.repository}", status=404)
        return found

    def _put(self, head: Head) -> None:
        self._heads[head.repository, head.sha] = head

    def _new(self) -> int:
        self._made += 1
        return self._made


def _missing(name: str) -> Problem:
    return Problem(where=name, seen="it isn't there", outcome="its pull requests are not looked at")
