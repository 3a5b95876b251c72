"""How failures are recognised: rules for checks, signatures of texts, evidence, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.model.checks import CheckKind


class Phrase(NamedTuple):
    """Words to find in a text, whatever the case of their letters."""

    text: str
    is_pattern: bool = False
    """Whether it is a regular expression in RE2's syntax, whose `^` and `$` stand at every line's ends."""


class Surface(StrEnum):
    """Where a text was read."""

    TITLE = "title"
    SUMMARY = "summary"
    DESCRIPTION = "description"
    """Of a commit status; GitHub and others cut it at 140 characters."""
    LOG = "log"
    """What a command or a job printed."""
    COPR_BUILD_LOG = "copr_builder_live_log"
    COPR_BACKEND_LOG = "copr_backend_log"
    COPR_IMPORT_LOG = "copr_import_log"

    @property
    def is_log(self) -> bool:
        """Whether it is a log: long, and the last lines matter most."""
        return self.value.endswith("log")


class Tier(StrEnum):
    """What a match proves, the strongest first."""

    NEVER = "never"
    """The author's own failure."""
    INFO = "info"
    """The service tries again by itself."""
    INFRA = "infra"
    """The service failed, whatever else is known."""
    INCIDENT = "incident"
    """It may be either."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """A text by which a failure is recognised."""

    id: str
    service: str
    """Whose failure it is: a service's id, or a component's."""
    surfaces: frozenset[Surface]
    """`log` stands for every log."""
    tier: Tier
    phrase: Phrase
    requires: Phrase | None = None
    """What the same text must hold, too."""
    unless: Phrase | None = None
    """What the same text must not hold."""
    needs_incident: bool = False
    """Whether an `infra` one says nothing as long as no incident is open."""
    is_mute: bool = False
    """Whether it only says that something failed, not why."""
    denies: frozenset[Surface] = frozenset()
    """On which surfaces a `never` one overrules the others; empty for all."""
    remedy: str = ""
    """What to do, in words: `/packit retest-failed after the outage`."""
    evidence: str = ""
    """Where such a failure was seen."""
    samples: tuple[str, ...] = ()
    """Texts that it matches."""
    origin: str = ""
    """Whose it is: empty for the shipped catalogue, `ghstatus.yml`, or the number of an issue as `42`."""
    since: datetime | None = None
    """Of an issue's: from when on it explains by itself what it matches."""


class Logs(StrEnum):
    """Where a service keeps what its checks don't say."""

    NONE = ""
    PACKIT_COPR = "packit-copr"
    """Packit's dashboard leads to a build in Copr, whose logs tell."""
    PACKIT_TESTING_FARM = "packit-testing-farm"
    """Packit's dashboard leads to a request in Testing Farm."""
    TESTING_FARM = "testing-farm"
    """The check's address holds the id of a request in Testing Farm."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """How the checks are recognised that depend on a component."""

    id: str
    component: str
    service: str = ""
    """By which id the signatures mean the component; empty for its own."""
    kind: CheckKind | None = None
    app: str = ""
    """The app's slug, or a status's creator; empty for any."""
    name: Phrase | None = None
    url: Phrase | None = None
    is_renamable: bool = False
    """Whether a project may rename the check, so that app and address are enough."""
    logs: Logs = Logs.NONE
    hangs_after: timedelta = timedelta(hours=2)
    """How long it may be pending until it counts as hanging."""
    grace: timedelta = timedelta(hours=1)
    """How long after an incident's end a failure may still be due to it."""
    margin: timedelta = timedelta(minutes=30)
    """How long before an incident's start a failure may already be due to it."""


class Text(NamedTuple):
    """One text that was read."""

    surface: Surface
    text: str
    origin: str = ""
    """Its address, where it isn't the check's own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What was read of one failure, beyond what the check says itself."""

    texts: tuple[Text, ...] = ()
    unread: tuple[str, ...] = ()
    """What could not be read, in words: `Copr's API did not answer within 10 s`."""
    is_complete: bool = False
    """Whether everything was read that tells why it failed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Which failures an incident is about; what isn't given leaves nothing out."""

    match: tuple[Phrase, ...] = ()
    """Texts that tell that a failure is due to it."""
    checks: tuple[str, ...] = ()
    """Names of checks, with `*` for anything."""
    targets: tuple[str, ...] = ()
    """Chroots, composes or the like, as parts of a check's name: `fedora-rawhide-x86_64`."""
    all_fail: bool = False
    """Whether everything fails that depends on the component."""
