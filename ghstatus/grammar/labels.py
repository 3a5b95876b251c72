"""ghstatus's own labels: what they are, what they say, and which of them an issue should bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import words
from ghstatus.grammar.dialect import Meaning
from ghstatus.model import ComponentStatus, EventKind, Kind, Label, Phase, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ghstatus.model import Event, Incident, Issue, Labels, Record, Site, Update

_SHOWN = (Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING)
_PHASES = {phase.value: phase for phase in Phase}
_COLORS = {Severity.MINOR: "fbca04", Severity.MAJOR: "e36209", Severity.CRITICAL: "b60205"}
_EFFECTS = {
    Severity.MINOR: "Works, but badly",
    Severity.MAJOR: "Fails for some, or in part",
    Severity.CRITICAL: "Doesn't work",
}
_LONGEST = 50  # what GitHub takes as a label's name
_WORDS = 100  # and as its description


def wanted(site: Site) -> tuple[Label, ...]:
    """Every label that ghstatus uses; a component whose label's name would be too long has none."""
    names = site.labels
    fixed = (
        Label(names.incident, "d73a4a", "An outage, shown on the status page"),
        Label(names.maintenance, "0366d6", "Planned work, shown on the status page"),
        Label(names.announcement, "5319e7", "News, shown on the status page"),
        Label(names.known_failure, "c5def5", "A failure that is known, with how to tell it"),
        Label(names.false_alarm, "cfd3d7", "It was none; it doesn't count as an outage"),
        Label(names.postmortem, "bfd4f2", "Wants a look back"),
        Label(names.reported, "ededed", "Reported by somebody; not on the status page"),
    )
    severities = (Label(names.severity + one, _COLORS[one], _EFFECTS[one]) for one in Severity)
    phases = (Label(names.phase + one, "d4c5f9", "How far along an incident is") for one in _SHOWN)
    parts = (
        Label(names.component + one.id, "006b75", " ".join(f"It hits {one.name}".split())[:_WORDS])
        for one in site.components
    )
    return tuple(label for label in (*fixed, *severities, *phases, *parts) if len(label.name) <= _LONGEST)


def meaning(label: Label, labels: Labels) -> Meaning:
    """What a label says; its case doesn't matter."""
    name = label.name.casefold()
    for kind, called in (
        (Kind.INCIDENT, labels.incident),
        (Kind.MAINTENANCE, labels.maintenance),
        (Kind.ANNOUNCEMENT, labels.announcement),
    ):
        if name == called.casefold():
            return Meaning(kind=kind)
    if name == labels.false_alarm.casefold():
        return Meaning(false_alarm=True)
    if severity := _below(label.name, labels.severity):
        found = words.SEVERITIES.get(words.folded(severity))
        return Meaning(severity=found, fault=None if found else _fault(label, severity, words.SEVERITIES))
    if phase := _below(label.name, labels.phase):
        named = _PHASES.get(words.folded(phase))
        return Meaning(phase=named, fault=None if named else _fault(label, phase, _PHASES))
    return Meaning(component=_below(label.name, labels.component))


def _below(name: str, prefix: str) -> str:
    """What follows a label's prefix; empty when it has another."""
    return name[len(prefix) :].strip() if name.casefold().startswith(prefix.casefold()) else ""


def _fault(label: Label, word: str, known: dict[str, Severity] | dict[str, Phase]) -> tuple[str, str, str]:
    return f"the label {words.shown(label.name)} means nothing", words.choice(word, known), "ignored"


def upkeep(
    issue: Issue, incident: Incident, record: Record, labels: Labels, viewer: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels to add and to remove, so that an issue's labels say what is so.

    Removes only what ghstatus put there itself or what somebody's newer words contradict, and doesn't put back what
    somebody took off since the words that it mirrors. A closed issue only loses the phase that ghstatus put there.
    `viewer` is the program that ghstatus acts as; empty when it acts as a person.
    """
    about = _about(incident)
    last = {event.detail.casefold(): event for event in issue.events if event.kind in _LABELLING}
    if issue.closed_at is not None:
        own = {key for key, event in last.items() if viewer and event.actor == viewer}
        return (), tuple(
            label.name for label in issue.labels if label.name.casefold() in own and meaning(label, labels).phase
        )
    wants = {name.casefold(): name for name in _wanted(incident, record, labels) if len(name) <= _LONGEST}
    present = {label.name.casefold(): label for label in issue.labels}
    add = [
        name
        for key, name in wants.items()
        if key not in present and not _is_taken_off(last.get(key), about(meaning(Label(name), labels)), viewer)
    ]
    remove = [
        label.name
        for key, label in present.items()
        if key not in wants
        and _tells_state(said := meaning(label, labels))
        and _is_outdated(issue, last.get(key), about(said), viewer)
    ]
    return tuple(add), tuple(remove)


_LABELLING = frozenset({EventKind.LABELED, EventKind.UNLABELED})


def _wanted(incident: Incident, record: Record, labels: Labels) -> Iterator[str]:
    if incident.kind is Kind.ANNOUNCEMENT:
        return
    if record.phase in _SHOWN:
        yield f"{labels.phase}{record.phase}"
    severity = incident.severity
    hit = {one.component: one.status for one in incident.components}
    for update in incident.updates:
        severity = update.severity or severity
        hit.update((one.component, one.status) for one in update.components)
    if severity:
        yield f"{labels.severity}{severity}"
    yield from (f"{labels.component}{one}" for one in hit if hit[one] is not ComponentStatus.OPERATIONAL)


def _about(incident: Incident) -> Callable[[Meaning], datetime | None]:
    """What tells when somebody last said something about what a label of a meaning says; None for the start."""

    def speaks(update: Update, meant: Meaning) -> bool:
        if meant.phase:
            return update.phase is not None
        if meant.severity:
            return update.severity is not None
        return any(one.component == meant.component.casefold() for one in update.components)

    def last(meant: Meaning) -> datetime | None:
        return max((update.at for update in incident.updates if speaks(update, meant)), default=None)

    return last


def _tells_state(said: Meaning) -> bool:
    """Whether a label is one of those that follow an incident; the one that makes it an incident never goes."""
    return bool(said.phase or said.severity or said.component)


def _is_taken_off(last: Event | None, about: datetime | None, viewer: str) -> bool:
    """Whether a person took a label off, and nothing was said about it since."""
    if last is None or last.kind is not EventKind.UNLABELED or last.actor == viewer:
        return False
    return about is None or about <= last.at


def _is_outdated(issue: Issue, last: Event | None, about: datetime | None, viewer: str) -> bool:
    """Whether a label that isn't so any more is ghstatus's own, or older than what was said since."""
    if last is not None and viewer and last.actor == viewer:
        return True
    return about is not None and about > (last.at if last else issue.created_at)
