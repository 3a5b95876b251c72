"""The keys of a configuration file, with what each means to the person who types it."""

from __future__ import annotations

from itertools import permutations
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from ghstatus.grammar import dialect
from ghstatus.grammar.checkkeys import KnownFailureKeys, Watched, WatchKeys
from ghstatus.grammar.configvalues import (
    REFUSED,
    ActionCount,
    Anywhere,
    Base,
    Bot,
    Colour,
    Day,
    Hit,
    Id,
    LabelName,
    LabelPrefix,
    Name,
    PinCount,
    Recent,
    Repository,
    Seconds,
    Store,
    Switch,
    Text,
    Title,
    Web,
    Weight,
    Window,
    Zone,
    either,
    show,
    takes,
)
from ghstatus.grammar.keys import Keys
from ghstatus.grammar.teamkeys import MaintenanceKeys, PostmortemKeys, RemindersKeys, RotaKeys
from ghstatus.grammar.teamvalues import Language, Objective, OrOff
from ghstatus.model import ComponentStatus, StoreKind

Hours: TypeAlias = Annotated[int, Field(ge=0, le=720), takes("is no number of hours", "a whole number from 0 to 720")]


class LinkKeys(Keys):
    """A link in the page's head."""

    text: Name = Field(description="The words to click on.")
    url: Anywhere = Field(description="Where it leads: a web address, or mailto: for a mail.")


class GroupKeys(Keys):
    """Components that are shown together."""

    id: Id = Field(description="How components and incidents name the group. Never change it once it is in use.")
    name: Name = Field(description="How people read it.")
    description: Text = Field("", description="What its components are for, in a sentence.")
    aliases: tuple[Name, ...] = Field((), description="Other names by which an incident may mean the whole group.")


class ComponentKeys(Keys):
    """A thing users rely on."""

    id: Id = Field(description="How incidents and addresses name it. Never change it once it is in use.")
    name: Name = Field(description="How people read it.")
    description: Text = Field("", description="What people use it for, in a sentence.")
    group: Text = Field("", description="The id of the group it is shown in.")
    external: Switch = Field(default=False, description="Whether others run it.")
    upstream: Web = Field("", description="The address of its own status page.")
    aliases: tuple[Name, ...] = Field((), description="Other names by which an incident may mean it.")
    hidden: Switch = Field(
        default=False, description="Kept for old incidents only: on the home page only while something hits it."
    )
    only_if_degraded: Switch = Field(
        default=False, description="On the home page only while something is wrong with it."
    )
    start_date: Day = Field(
        None, description="The first day it was watched. Days before it count neither as up nor as down."
    )
    objective: Objective = Field(
        None, description="The share of time for which it is to be up, in percent; what is left is its error budget."
    )
    checks: tuple[Watched, ...] = Field(
        (), description="Which checks of pull requests depend on it. The first that fits a check counts."
    )


class SeveritiesKeys(Keys):
    """What each severity means for the components that an incident hits."""

    minor: Hit = Field(ComponentStatus.DEGRADED_PERFORMANCE, description="The status that a minor incident means.")
    major: Hit = Field(ComponentStatus.PARTIAL_OUTAGE, description="The status that a major incident means.")
    critical: Hit = Field(ComponentStatus.MAJOR_OUTAGE, description="The status that a critical incident means.")


class WeightsKeys(Keys):
    """How much of a moment in each status counts as downtime."""

    degraded_performance: Weight = Field(0.1, description="From 0, not at all, to 1, in full.")
    partial_outage: Weight = Field(0.3, description="From 0, not at all, to 1, in full.")
    major_outage: Weight = Field(1.0, description="From 0, not at all, to 1, in full.")


class UptimeKeys(Keys):
    """How uptime is counted."""

    days: Window = Field(90, description="The days of history that bars and percentages cover, today included.")
    weights: WeightsKeys = Field(
        default_factory=WeightsKeys.usual, description="How much of a moment in each status counts as downtime."
    )


class HistoryKeys(Keys):
    """How long the home page remembers, and how long a page is good for."""

    recent_days: Recent = Field(
        14, description="The days of past incidents that the home page lists, today included; 0 for none."
    )
    announcement_days: Window = Field(14, description="How long an announcement without an end stays up.")
    stale_hours: Hours = Field(
        2,
        description="The hours after which a page that wasn't built again warns that it may be out of date; 0 for never.",
    )


class ThemeKeys(Keys):
    """The page's colours."""

    may_be_empty: ClassVar[bool] = False  # `accent: #06c` is a key with a comment

    accent: Colour = Field("", description='Links and the head, as "#rrggbb" in quotes.')
    operational: Colour = Field("", description='As "#rrggbb" in quotes.')
    under_maintenance: Colour = Field("", description='As "#rrggbb" in quotes.')
    degraded_performance: Colour = Field("", description='As "#rrggbb" in quotes.')
    partial_outage: Colour = Field("", description='As "#rrggbb" in quotes.')
    major_outage: Colour = Field("", description='As "#rrggbb" in quotes.')


def _dialect(name: str) -> str:
    if name not in dialect.NAMES:
        raise ValueError
    return name


Dialect: TypeAlias = Annotated[
    str,
    AfterValidator(_dialect),
    WithJsonSchema({"enum": list(dialect.NAMES)}),
    takes("is no dialect", either(dialect.NAMES), lambda: dialect.NAMES),
]


class LabelsKeys(Keys):
    """What the labels are called that mean something to ghstatus."""

    incident: LabelName = Field("incident", description="The label of an incident.")
    maintenance: LabelName = Field("maintenance", description="The label of a maintenance.")
    announcement: LabelName = Field("announcement", description="The label of an announcement.")
    known_failure: LabelName = Field("known-failure", description="The label of a failure that is known.")
    false_alarm: LabelName = Field("false-alarm", description="The label of an incident that was none.")
    postmortem: LabelName = Field("postmortem", description="The label of an incident that wants a look back.")
    reported: LabelName = Field("reported", description="The label of what somebody reported; it isn't published.")
    severity: LabelPrefix = Field("severity/", description="What the labels of severities begin with.")
    component: LabelPrefix = Field("component/", description="What the labels of components begin with.")
    phase: LabelPrefix = Field("phase/", description="What the labels of phases begin with.")

    @model_validator(mode="after")
    def _refuse_clashes(self) -> Self:
        names = {key: name.casefold() for key, name in dict(self).items()}
        for (key, name), (other, longer) in permutations(names.items(), 2):
            if name == longer or (key in _PREFIXES and longer.startswith(name)):
                seen = f"{show(name)} means `{key}`, and {show(longer)} would mean both that and `{other}`"
                raise PydanticCustomError(REFUSED, "{seen}", {"seen": seen, "accepted": "names that differ"})
        return self


_PREFIXES = ("severity", "component", "phase")


class PinsKeys(Keys):
    """What is kept pinned."""

    max: PinCount = Field(3, description="How many incidents are pinned at once, of the three that GitHub allows.")
    status_issue: Switch = Field(default=False, description="Whether one standing issue shows what works now.")
    also: tuple[Repository, ...] = Field(
        (), description="Other repositories, as owner/name, in which an issue shows the current outage."
    )


class LimitsKeys(Keys):
    """What a run may do without being asked."""

    actions: ActionCount = Field(50, description="The changes that one run makes at most.")
    wait: Seconds = Field(60, description="The seconds that one run waits for GitHub at most, all in all.")


class SiteKeys(Keys):
    """The configuration of a status page."""

    model_config = ConfigDict(title="ghstatus.yml")

    title: Title = Field(description="The page's name.")
    description: Text = Field("", description="What the page is about, in a sentence; shown under its name.")
    base_url: Base = Field("", description="Where the page is published. Links on its 404 page need it.")
    timezone: Zone = Field("UTC", description="The IANA time zone whose times stand beside UTC.")
    language: Language = Field("en", description="The language of the pages.")
    links: tuple[LinkKeys, ...] = Field((), description="Links in the page's head: documentation, chat, contact.")
    groups: tuple[GroupKeys, ...] = Field((), description="Groups of components, in the order of the page.")
    components: tuple[ComponentKeys, ...] = Field((), description="What users rely on, in the order of the page.")
    severities: SeveritiesKeys = Field(
        default_factory=SeveritiesKeys.usual, description="What each severity means for the components it hits."
    )
    uptime: UptimeKeys = Field(default_factory=UptimeKeys.usual, description="How uptime is counted.")
    history: HistoryKeys = Field(default_factory=HistoryKeys.usual, description="How long the home page remembers.")
    theme: ThemeKeys = Field(default_factory=ThemeKeys.usual, description="The page's colours, instead of its own.")
    store: Store = Field(StoreKind.FOLDER, description="Where incidents live: in files beside this one, or as issues.")
    repository: Repository = Field(
        "", description="Whose issues are the incidents, as owner/name. A workflow knows its own."
    )
    dialect: Dialect = Field("ghstatus", description="Whose way of writing incidents as issues is read.")
    labels: LabelsKeys = Field(default_factory=LabelsKeys.usual, description="What the labels are called.")
    bots: tuple[Bot, ...] = Field((), description="Bots that may publish, by login.")
    welcome: Switch = Field(
        default=True, description="Whether a new incident gets a comment that tells how it is, and where users see it."
    )
    pins: PinsKeys = Field(default_factory=PinsKeys.usual, description="What is kept pinned.")
    limits: LimitsKeys = Field(default_factory=LimitsKeys.usual, description="What a run may do without being asked.")
    checks: WatchKeys = Field(
        default_factory=WatchKeys.usual, description="How the checks of pull requests are watched."
    )
    known_failures: tuple[KnownFailureKeys, ...] = Field(
        (), description="Texts by which failures are known, beside the catalogue's."
    )
    rota: RotaKeys | None = Field(None, description="Who is on duty, one after another. It isn't published.")
    reminders: Annotated[RemindersKeys, OrOff()] = Field(
        default_factory=RemindersKeys.usual, description="When the team of an open incident is reminded."
    )
    maintenance: tuple[MaintenanceKeys, ...] = Field((), description="Maintenances that come again and again.")
    postmortem: PostmortemKeys = Field(default_factory=PostmortemKeys.usual, description="What becomes of looks back.")


def json_schema() -> dict[str, Any]:
    """Describe the file as a JSON Schema, for editors."""
    schema = SiteKeys.model_json_schema()
    for shape in (schema, *schema["$defs"].values()):
        for key in shape["properties"].values():
            if not key.get("default", True) and key["default"] is not False:
                del key["default"]  # empty: an editor would only type it out
            if {"type": "null"} in key.get("anyOf", ()):
                key.update(key.pop("anyOf")[0])  # to leave it out is not to type `null`
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
