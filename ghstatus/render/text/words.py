"""Statuses, phases and whole boards in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import ComponentStatus, Kind, Phase, Severity
from ghstatus.render.text.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghstatus.model import Board, Record, Update
    from ghstatus.render.text.language import Language


class Words(NamedTuple):
    """What statuses, phases, kinds and severities are called."""

    statuses: Mapping[ComponentStatus, str]
    phases: Mapping[Phase, str]
    kinds: Mapping[Kind, str]
    false_alarm: str
    cancelled: str
    duplicates: tuple[str, str]
    """A duplicate of an incident that nobody named; and of another, which takes the place of a NUL."""

    def duplicate(self, other: str) -> str:
        """That it is one of the `other`, which may be words or what leads there; empty where nobody named it."""
        unnamed, named = self.duplicates
        return named.replace(_OTHER, other) if other else unnamed


_OTHER = "\0"


@cache
def capital(language: Language) -> Words:
    """Words that stand alone, or begin a sentence."""
    _ = language.gettext
    return Words(
        statuses={
            ComponentStatus.OPERATIONAL: _("Operational"),
            ComponentStatus.UNKNOWN: _("Unknown"),
            ComponentStatus.UNDER_MAINTENANCE: _("Under maintenance"),
            ComponentStatus.DEGRADED_PERFORMANCE: _("Degraded performance"),
            ComponentStatus.PARTIAL_OUTAGE: _("Partial outage"),
            ComponentStatus.MAJOR_OUTAGE: _("Major outage"),
        },
        phases={
            Phase.INVESTIGATING: _("Investigating"),
            Phase.IDENTIFIED: _("Identified"),
            Phase.MONITORING: _("Monitoring"),
            Phase.RESOLVED: _("Resolved"),
            Phase.SCHEDULED: _("Scheduled"),
            Phase.IN_PROGRESS: _("In progress"),
            Phase.VERIFYING: _("Verifying"),
            Phase.COMPLETED: _("Completed"),
            Phase.CANCELLED: _("Cancelled"),
        },
        kinds={
            Kind.INCIDENT: _("Incident"),
            Kind.MAINTENANCE: _("Maintenance"),
            Kind.ANNOUNCEMENT: _("Announcement"),
        },
        false_alarm=_("False alarm"),
        cancelled=_("Cancelled"),
        duplicates=(_("Duplicate"), _("Duplicate of %(incident)s", incident=_OTHER)),
    )


@cache
def within(language: Language) -> Words:
    """Words within a sentence: which of them keep a capital letter, a language knows."""
    _ = language.gettext
    return Words(
        statuses={
            ComponentStatus.OPERATIONAL: _("operational"),
            ComponentStatus.UNKNOWN: _("unknown"),
            ComponentStatus.UNDER_MAINTENANCE: _("under maintenance"),
            ComponentStatus.DEGRADED_PERFORMANCE: _("degraded performance"),
            ComponentStatus.PARTIAL_OUTAGE: _("partial outage"),
            ComponentStatus.MAJOR_OUTAGE: _("major outage"),
        },
        phases={
            Phase.INVESTIGATING: _("investigating"),
            Phase.IDENTIFIED: _("identified"),
            Phase.MONITORING: _("monitoring"),
            Phase.RESOLVED: _("resolved"),
            Phase.SCHEDULED: _("scheduled"),
            Phase.IN_PROGRESS: _("in progress"),
            Phase.VERIFYING: _("verifying"),
            Phase.COMPLETED: _("completed"),
            Phase.CANCELLED: _("cancelled"),
        },
        kinds={
            Kind.INCIDENT: _("incident"),
            Kind.MAINTENANCE: _("maintenance"),
            Kind.ANNOUNCEMENT: _("announcement"),
        },
        false_alarm=_("false alarm"),
        cancelled=_("cancelled"),
        duplicates=(_("duplicate"), _("duplicate of %(incident)s", incident=_OTHER)),
    )


STATUSES, PHASES, KINDS = capital(ENGLISH)[:3]
"""In English, for programs."""


@cache
def severities(language: Language) -> Mapping[Severity, str]:
    """What an update says that an incident is from now on, within a sentence."""
    _ = language.gettext
    return {Severity.MINOR: _("minor"), Severity.MAJOR: _("major"), Severity.CRITICAL: _("critical")}


def turn(severity: Severity, language: Language) -> str:
    """What an update says of that, within a sentence."""
    return language.gettext("now %(severity)s", severity=severities(language)[severity])


def update(one: Update, language: Language) -> str:
    """What an update is called."""
    return capital(language).phases[one.phase] if one.phase else language.gettext("Update")


def percent(ratio: float, language: Language = ENGLISH) -> str:
    """`99.95 %`, rounded down, so that only a flawless record reads 100 %."""
    return language.percent(ratio)


def headline(board: Board, language: Language = ENGLISH) -> str:
    """One sentence of truth."""
    _ = language.gettext
    hit = [state.component.name for state in board.components if state.status is board.status]
    match board.status:
        case ComponentStatus.OPERATIONAL:
            return _("All systems operational")
        case ComponentStatus.UNKNOWN:
            return _("Status unknown: a part of this page could not be read")
        case ComponentStatus.UNDER_MAINTENANCE if not hit:
            return _("Maintenance in progress")
        case status if not hit:
            return capital(language).statuses[status]
        case status:
            return _trouble(status, language.several(hit), language)


def _trouble(status: ComponentStatus, names: str, language: Language) -> str:
    _ = language.gettext
    told = {
        ComponentStatus.UNDER_MAINTENANCE: _("Maintenance in progress: %(names)s", names=names),
        ComponentStatus.DEGRADED_PERFORMANCE: _("Degraded performance: %(names)s", names=names),
        ComponentStatus.PARTIAL_OUTAGE: _("Partial outage of %(names)s", names=names),
        ComponentStatus.MAJOR_OUTAGE: _("Major outage of %(names)s", names=names),
    }
    return told[status]


def remark(board: Board, language: Language = ENGLISH) -> str:
    """What the headline leaves out; empty when that is nothing."""
    if board.unobserved and board.status is not ComponentStatus.UNKNOWN:
        return language.gettext("A part of this page could not be read, so there may be more.")
    if board.active and board.status in {ComponentStatus.OPERATIONAL, ComponentStatus.UNDER_MAINTENANCE}:
        count = len(board.active)
        return language.ngettext("One incident is still open.", "%(num)s incidents are still open.", count)
    return ""


def outcome(record: Record, language: Language = ENGLISH) -> str:
    """How something that is over is called in a list: its worst status, or what it was instead."""
    return outcome_as(record, capital(language))


def outcome_as(record: Record, words: Words) -> str:
    """How it is called, in these words."""
    if record.duplicate_of is not None:
        return words.duplicate(called(record.duplicate_of))
    if record.false_alarm:
        return words.false_alarm
    if record.phase is Phase.CANCELLED:
        return words.cancelled
    return words.statuses[record.status] if record.kind is Kind.INCIDENT else words.kinds[record.kind]


def called(ref: str) -> str:
    """What an incident is called where its title would be too much: `#41`, or its name."""
    return f"#{ref}" if ref.isdecimal() else ref


LOOKS = (*STATUSES, "announcement")
"""What there are icons and colours for."""


def look(record: Record) -> str:
    """The one of `LOOKS` that an incident has."""
    return "announcement" if record.kind is Kind.ANNOUNCEMENT else record.status
