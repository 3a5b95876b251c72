"""A status page's configuration, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ghstatus.model.team import Recurring, Reminders, Reviews, Rota
from ghstatus.model.verdicts import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ghstatus.errors import Problem
    from ghstatus.model.failures import Rule, Signature
    from ghstatus.model.scale import ComponentStatus, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A place on the web, with the words to show for it."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Components that are shown together."""

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    """Other names by which an incident may mean every component of the group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """A thing users rely on."""

    id: str
    name: str
    description: str = ""
    group: str = ""
    """The id of its group; empty for none."""
    external: bool = False
    """Whether others run it."""
    upstream: str = ""
    """The address of its own status page."""
    aliases: tuple[str, ...] = ()
    """Other names by which an incident may mean it."""
    hidden: bool = False
    """Kept for old incidents: on the home page only while something hits it."""
    only_if_degraded: bool = False
    """On the home page only while something is wrong with it."""
    start_date: date | None = None
    """The first day it was watched; days before it count neither as up nor as down."""
    objective: float | None = None
    """The share of time for which it is to be up, from 0 to 1; None where nobody promised any."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """By which measure incidents are judged."""

    severities: Mapping[Severity, ComponentStatus]
    """What each severity means for the components it hits."""
    weights: Mapping[ComponentStatus, float]
    """How much of a moment in each status counts as downtime, from 0 to 1."""
    uptime_days: int = 90
    """The days of history that bars and uptime cover, today included."""
    announcement_days: int = 14
    """How long an announcement without an end stays up."""
    recent_days: int = 14
    """The days of past incidents that the home page lists, today included."""
    stale_hours: int = 2
    """The hours after which a page that wasn't built again says so; 0 means never."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """Colours as `#rrggbb`; empty means the page's own."""

    accent: str = ""
    operational: str = ""
    under_maintenance: str = ""
    degraded_performance: str = ""
    partial_outage: str = ""
    major_outage: str = ""


class StoreKind(StrEnum):
    """Where incidents live."""

    FOLDER = "folder"
    GITHUB = "github"


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """What the labels are called that mean something to ghstatus.

    `severity`, `component` and `phase` are what such labels begin with.
    """

    incident: str = "incident"
    maintenance: str = "maintenance"
    announcement: str = "announcement"
    known_failure: str = "known-failure"
    false_alarm: str = "false-alarm"
    postmortem: str = "postmortem"
    reported: str = "reported"
    severity: str = "severity/"
    component: str = "component/"
    phase: str = "phase/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pins:
    """What is kept pinned."""

    max: int = 3
    """How many incidents at once, of the three that GitHub allows."""
    status_issue: bool = False
    """Whether a standing issue shows the board."""
    also: tuple[str, ...] = ()
    """Other repositories, as `owner/name`, that show the current outage."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a run may do without being asked."""

    actions: int = 50
    """The changes of one plan."""
    wait: int = 60
    """The seconds for which it waits on GitHub's limits and failures, all in all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A status page's configuration, checked."""

    title: str
    description: str = ""
    base_url: str = ""
    """Where the page is published, with a trailing slash; empty when nobody said."""
    timezone: str = "UTC"
    """The IANA zone whose times stand beside UTC."""
    links: tuple[Link, ...] = ()
    groups: tuple[Group, ...] = ()
    components: tuple[Component, ...] = ()
    policy: Policy
    theme: Theme = field(default_factory=Theme)
    store: StoreKind = StoreKind.FOLDER
    repository: str = ""
    """Whose issues are the incidents, as `owner/name`; empty for the repository in which a workflow runs."""
    dialect: str = "ghstatus"
    """How its labels and texts are read: the name of one of `grammar.dialects`."""
    labels: Labels = field(default_factory=Labels)
    bots: tuple[str, ...] = ()
    """Bots that may publish, by login, as `name[bot]`."""
    welcome: bool = True
    """Whether a new incident gets a comment that tells how it is, and where users see it."""
    pins: Pins = field(default_factory=Pins)
    limits: Limits = field(default_factory=Limits)
    watch: Watch = field(default_factory=Watch)
    rules: tuple[Rule, ...] = ()
    """Which checks depend on which component; the first that fits a check counts."""
    signatures: tuple[Signature, ...] = ()
    """Of its own, beside the shipped catalogue's."""
    language: str = "en"
    """In which its pages are: one of `languages.LANGUAGES`."""
    rota: Rota | None = None
    reminders: Reminders = field(default_factory=Reminders)
    recurring: tuple[Recurring, ...] = ()
    """Maintenances that come again and again."""
    reviews: Reviews = field(default_factory=Reviews)
    left_out: tuple[Problem, ...] = ()
    """What is wrong with parts that only the team needs: they are left out, and the rest counts."""
    unread: frozenset[str] = frozenset()
    """The logins in such a part: whoever stands there is nobody on a page all the same."""
