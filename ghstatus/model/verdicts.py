"""What is known about failed checks, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model.failures import Scope

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.model.checks import Check, Head, Said


@dataclass(frozen=True, kw_only=True, slots=True)
class Outage:
    """An incident as far as it may explain failures."""

    ref: str
    title: str
    components: frozenset[str]
    start: datetime
    end: datetime | None
    """None while it goes on."""
    url: str = ""
    """Of its page, or of its issue where there is no page."""
    issue: str = ""
    """Its issue as `owner/name#42`; empty where incidents are files."""
    scope: Scope = field(default_factory=Scope)
    remedy: str = ""
    """Markdown: what to do meanwhile."""
    eta: str = ""


class VerdictKind(StrEnum):
    """What is known about a failed or hanging check."""

    EXPLAINED = "explained"
    """It fails because of a known outage."""
    SUSPECTED = "suspected"
    """It looks external, and nothing confirms it."""
    OWN = "own"
    """It is the pull request's own failure."""
    UNEXPLAINED = "unexplained"
    RETRYING = "retrying"
    """The service tries again by itself."""


class Near(NamedTuple):
    """A rule or signature that nearly applied, and what was missing."""

    id: str
    missing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What is known about one failed or hanging check."""

    check: Check
    kind: VerdictKind
    component: str
    """Whose failure it is; of an own failure, the component that the check depends on."""
    rule: str
    signature: str = ""
    outage: Outage | None = None
    passed: Outage | None = None
    """One of the component that goes on, and isn't why it fails: the reason says why not."""
    reason: str = ""
    """In a sentence, without strangers' words."""
    quote: str = ""
    """The line that the signature matched, as it stands: a stranger's words."""
    remedy: str = ""
    is_hanging: bool = False
    unread: tuple[str, ...] = ()
    """What could not be read that might tell why, in words: `Copr's log server did not answer within 10 s`."""
    nearly: tuple[Near, ...] = ()


class Mode(StrEnum):
    """What ghstatus posts."""

    ANNOTATE = "annotate"
    """A check beside the failed ones, that explains them."""
    GATE = "gate"
    """A check that a repository can require in place of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """How the checks of pull requests are watched."""

    repositories: tuple[str, ...] = ()
    """`owner/name`, or `owner/*`; empty for the repository in which a workflow runs."""
    mode: Mode = Mode.ANNOTATE
    gates: tuple[str, ...] = ()
    """Repositories whose mode is `gate` whatever `mode` says."""
    accepts_suspected: bool = False
    """Whether a gate counts what is only suspected as explained."""
    comments: bool = False
    """Whether pull requests get a comment, too."""
    own_runs: bool = False
    """Whether explained failures among the App's own check runs are made neutral."""
    status_fallback: bool = False
    """Whether a pending commit status stands in where check runs can't be written."""
    expects: tuple[str, ...] = ()
    """Names of checks, with `*` for anything, that have to be there before a gate passes."""
    settle: timedelta = timedelta(minutes=10)
    """How old a commit is before a gate passes that expects no check by name: until then more may appear."""
    look_back: timedelta = timedelta(hours=24)
    """How long ago a failure may have ended to be looked at still."""
    unhit_days: int = 30
    """The days after which a known failure that nothing matched is proposed for closing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Every verdict on one head."""

    head: Head
    mode: Mode
    verdicts: tuple[Verdict, ...] = ()
    watched: int = 0
    """How many checks on it depend on a component."""
    pending: int = 0
    """How many of those are pending, and not hanging."""
    over: tuple[Outage, ...] = ()
    """Outages of the verdicts that are over."""
    ignored: Said | None = None
    missing: tuple[str, ...] = ()
    """What a gate that would pass expects, and isn't there: names, with `*` for anything."""
    is_early: bool = False
    """Whether a gate that would pass doesn't yet, because more checks may appear."""
