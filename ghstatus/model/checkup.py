"""What an installation was found to be, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from ghstatus.model.site import Site
    from ghstatus.model.tracker import Label, Pin


class Unseen(NamedTuple):
    """Something that could not be looked at."""

    why: str


class Reply(NamedTuple):
    """What an address on the web answered."""

    url: str
    status: int = 0
    """Of HTTP; 0 when there was no answer."""
    trouble: str = ""
    """Why there was none; empty when there was one."""
    is_private: bool = False
    """Whether it wasn't asked, because it is no place on the public web."""


class Token(StrEnum):
    """By which kind of right GitHub was asked."""

    APP = "a GitHub App"
    WORKFLOW = "a workflow's own token"
    CLASSIC = "a classic personal token"
    FINE_GRAINED = "a fine-grained personal token"
    OTHER = "a token"


class Right(NamedTuple):
    """Who asked GitHub, and by which right."""

    token: Token
    login: str = ""
    """Empty where nobody could say."""
    scopes: tuple[str, ...] | None = None
    """What a classic token may do at all; None for every other kind."""
    granted: Mapping[str, str] | None = None
    """What the App's installation may do: `{"issues": "write"}`; None for every other kind."""


class Repository(NamedTuple):
    """A repository's own state, as who asks may see it."""

    name: str
    """`owner/name` as it is now."""
    url: str
    branch: str = "main"
    """The default one."""
    is_private: bool = False
    is_archived: bool = False
    has_issues: bool = True
    has_pages: bool = False
    pushed: datetime | None = None
    may: frozenset[str] = frozenset()
    """What the person who asks may do: pull, triage, push, maintain, admin; of no meaning for a program."""


class Pages(NamedTuple):
    """GitHub Pages of a repository."""

    url: str
    is_by_workflow: bool = True
    """Whether a workflow brings the files, rather than a branch."""
    is_https_enforced: bool = True
    is_public: bool = True
    has_failed: bool = False
    """Whether the last build by GitHub itself failed."""


class Run(NamedTuple):
    """One run of a workflow."""

    conclusion: str
    """`success`, `failure` and so on."""
    at: datetime
    url: str


class Workflow(NamedTuple):
    """A workflow that runs ghstatus."""

    id: int
    path: str
    state: str
    """`active`, `disabled_inactivity` and so on."""
    url: str
    text: str
    last: Run | Unseen | None = None
    """The last run that came to an end; None when there was none yet."""
    succeeded: Run | Unseen | None = None
    """The last one that succeeded."""


class Form(NamedTuple):
    """An issue form that ghstatus would write."""

    path: str
    is_there: bool = True
    is_edited: bool = False
    """Whether somebody else wrote it, or edited it."""
    is_old: bool = False
    """Whether it would be another now."""


class Elsewhere(NamedTuple):
    """Another repository, which is to show the outage."""

    name: str
    found: Repository | Unseen


class Watched(NamedTuple):
    """Another repository, the checks of whose pull requests are looked at."""

    name: str
    granted: Mapping[str, str] | Unseen
    """What the App may do there."""


class Bot(NamedTuple):
    """An account that the configuration calls a bot."""

    login: str
    is_there: bool | Unseen


@dataclass(frozen=True, kw_only=True, slots=True)
class OnGitHub:
    """What GitHub knows of an installation; every part may be missing by itself."""

    right: Right
    repository: Repository | Unseen
    skew: timedelta | None = None
    """By how much our clock is ahead of GitHub's; None when nobody knows."""
    labels: tuple[Label, ...] | Unseen = ()
    pins: tuple[Pin, ...] = ()
    pages: Pages | Unseen | None = None
    workflows: tuple[Workflow, ...] | Unseen = ()
    forms: tuple[Form, ...] | Unseen = ()
    """The issue forms that ghstatus would write for the repository."""
    elsewhere: tuple[Elsewhere, ...] = ()
    bots: tuple[Bot, ...] = ()
    watched: tuple[Watched, ...] = ()
    """Those of which only an App's key can tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Everything that a checkup rests on, as of one moment."""

    now: datetime
    site: Site
    version: str
    """Ghstatus's own."""
    cache: str = ""
    """Why the folder for notes can't be written; empty when it can."""
    page: Reply | None = None
    """What `base_url` answered; None when nobody asked."""
    upstreams: Mapping[str, Reply] = field(default_factory=dict)
    """What the upstream pages answered, by the component's id."""
    unasked: int = 0
    """How many of those were too many to ask."""
    github: OnGitHub | Unseen | None = None
    """None where incidents are files, or where nobody was to be asked."""


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The page is wrong, old, or will be."""
    WARNING = "warning"
    """Something doesn't work as it was meant."""
    HINT = "hint"
    """It could be better, or couldn't be looked at."""


class MakeLabel(NamedTuple):
    """Create a label."""

    label: Label


class EnableWorkflow(NamedTuple):
    """Switch a workflow on that GitHub switched off."""

    id: int
    path: str


Mend: TypeAlias = MakeLabel | EnableWorkflow
"""What can be done about a finding without asking anybody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing about an installation that isn't as it should be."""

    about: str
    """Its name for programs: `labels-missing`."""
    level: Level
    seen: str
    """What was found."""
    why: str
    """Why that matters."""
    remedy: str
    """What to do: the command, or the place in GitHub's settings."""
    mends: tuple[Mend, ...] = ()
    """What `--fix` does about it; empty when that needs a person."""
