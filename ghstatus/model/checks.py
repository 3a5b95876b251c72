"""The checks of commits that wait to be merged, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class CheckKind(StrEnum):
    """Which of GitHub's two interfaces reported a check."""

    CHECK_RUN = "check_run"
    STATUS = "status"


class CheckState(StrEnum):
    """How a check did; GitHub's conclusions and states in five words."""

    PASSED = "passed"
    SKIPPED = "skipped"
    """Skipped or neutral."""
    PENDING = "pending"
    """Expected, queued, waiting or in progress."""
    FAILED = "failed"
    """Failure, error, timed out, startup failure."""
    STOPPED = "stopped"
    """Cancelled, stale, action required."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """The newest run of one name, app and workflow on one commit."""

    name: str
    kind: CheckKind = CheckKind.CHECK_RUN
    app: str = ""
    """The slug of the app that made a check run; of a status the login of whoever set it."""
    workflow: str = ""
    """Of GitHub Actions the workflow and what started it, `CI (push)`, which tells jobs of one name apart."""
    state: CheckState
    conclusion: str = ""
    """GitHub's own word in lower case: `failure`, `timed_out`, `in_progress`."""
    title: str = ""
    """Of a check run its output's title, of a status its description."""
    summary: str = ""
    """Markdown: a check run's summary with its text."""
    url: str = ""
    """Where its details are."""
    id: int = 0
    """The check run's; 0 for a status."""
    started: datetime | None = None
    ended: datetime | None = None
    """When it was completed, or when a status was set; None while it is pending."""
    is_required: bool = False


class Said(NamedTuple):
    """`/ghstatus ignore …` as somebody said it on a pull request."""

    by: str
    at: datetime
    reason: str
    may_write: bool
    """Whether they may write to the repository; otherwise they are the pull request's author."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pull:
    """A pull request."""

    number: int
    title: str = ""
    author: str = ""
    url: str = ""
    updated: datetime | None = None
    closes: frozenset[str] = frozenset()
    """Issues that it is to close, as `owner/name#42`."""
    ignored: Said | None = None
    comment: int | None = None
    """The id of ghstatus's own comment."""
    comment_text: str = ""


class Run(NamedTuple):
    """A check run of ghstatus's own."""

    name: str
    id: int
    external_id: str
    conclusion: str
    """Empty while it is pending."""
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A commit that pull requests or a merge queue wait to merge."""

    repository: str
    sha: str
    since: datetime
    """When it was pushed, as far as GitHub tells."""
    pulls: tuple[Pull, ...] = ()
    """None for a merge group's."""
    checks: tuple[Check, ...] = ()
    """Others', the newest of each name, app and workflow."""
    posted: tuple[Run, ...] = ()
    """ghstatus's own, the newest of each name."""
    is_partial: bool = False
    """Whether it has more checks than could be read, or more that failed than were read at length."""
