"""The keys of a configuration about the team: who is on duty, when it is reminded, what it plans, what it looks back on."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from ghstatus import recurrence
from ghstatus.grammar import moment
from ghstatus.grammar.checkvalues import lasting, refuse
from ghstatus.grammar.configvalues import Id, Name, Text, Zone, show
from ghstatus.grammar.keys import Keys
from ghstatus.grammar.teamvalues import NEVER, Ahead, Due, Every, Lasting, Login, Moment, OrOff, Pause, Repeat, is_off
from ghstatus.model import Reminders, Severity


class SwapKeys(Keys):
    """Somebody stands in for whoever's turn it is."""

    start: Moment = Field(alias="from", description="When they begin.")
    until: Moment = Field(description="When they end.")
    person: Login = Field(description="Who stands in, by login.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if moment.parse(self.start) >= moment.parse(self.until):
            raise refuse(f"{show(self.until)} is not after {show(self.start)}", "`until` after `from`")
        return self


class RotaKeys(Keys):
    """Who is on duty, one after another."""

    people: tuple[Login, ...] = Field(
        description="Their logins, in the order of their turns.", json_schema_extra={"minItems": 1}
    )
    start: Moment = Field(
        description="When the first turn of the first of them began. All turns change at this time of day."
    )
    every: Every = Field(7, description="How long a turn is.", json_schema_extra={"default": "week"})
    timezone: Zone = Field("", description="The IANA time zone of the rota; the page's, where it isn't said.")
    swaps: tuple[SwapKeys, ...] = Field((), description="Who stands in for whom. Of two at once the later one counts.")


_USUAL = Reminders()


class _Silenceable(Keys):
    @model_validator(mode="before")
    @classmethod
    def _silenced(cls, value: object) -> object:
        return dict.fromkeys(cls.model_fields, NEVER[0]) if is_off(value) else value


class SilenceKeys(_Silenceable):
    """How long users may wait for the next update; `never` is a value, too."""

    critical: Pause = lasting(_USUAL.update_every[Severity.CRITICAL], "During a critical incident.")
    major: Pause = lasting(_USUAL.update_every[Severity.MAJOR], "During a major one.")
    minor: Pause = lasting(_USUAL.update_every[Severity.MINOR], "During a minor one.")


class RemindersKeys(_Silenceable):
    """When the team of an open incident is reminded; each may be `never`."""

    update: Annotated[SilenceKeys, OrOff()] = Field(
        default_factory=SilenceKeys.usual, description="How long users may wait for the next update, by severity."
    )
    lead: Pause = lasting(_USUAL.lead_within, "How long an incident may go without a lead.")
    stale: Pause = lasting(_USUAL.stale_after, "How long one may be open before somebody asks whether it still is.")
    major: Pause = lasting(
        _USUAL.major_after, "From which expected length on an incident that hits users badly is proposed as major."
    )


class MaintenanceKeys(Keys):
    """A maintenance that comes again and again."""

    id: Id = Field(description="How ghstatus tells it from others. Never change it once it is in use.")
    title: Name = Field(description="What is done.")
    repeat: Repeat = Field(description="When it comes again: an RRULE, as calendars have it.")
    start: Moment = Field(description="The first day that may be one, and the time of day at which each begins.")
    duration: Lasting = Field(description="How long it takes.")
    timezone: Zone = Field("", description="The IANA time zone of its start; the page's, where it isn't said.")
    components: tuple[Name, ...] = Field((), description="What it hits: ids or names of components or groups.")
    text: Text = Field("", description="What users should know, as Markdown.")
    announce: Ahead = lasting(timedelta(days=7), "How long before its start each one is written down.")

    @model_validator(mode="after")
    def _comes_round(self) -> Self:
        if recurrence.is_idle(self.repeat, moment.parse(self.start)):
            seen = f"{show(self.repeat)} never comes round from {show(self.start)} on"
            raise refuse(seen, "a `start` on one of its days")
        return self


class PostmortemKeys(Keys):
    """What becomes of a look back on an incident."""

    reviewers: tuple[Login, ...] = Field(
        (), description="Who has to approve one, any of them, before it is published. Without any, nobody has to."
    )
    due_days: Due = Field(30, description="The days after which a follow-up that isn't done is overdue.")
