"""What an issue's updates, labels, closings and reopenings come to, one after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import deeds, ends, naming, openness, verbs
from ghstatus.grammar.asking import MisfitError, Saying
from ghstatus.grammar.talk import Told
from ghstatus.model import PHASES, Affected, ComponentStatus, EventKind, Incident, Kind, Order, Phase, Update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from ghstatus.grammar.labelled import Statement
    from ghstatus.grammar.orders import Command
    from ghstatus.model import Event, Issue

_TOGETHER = timedelta(seconds=60)
"""How long before a closing its comment may have been made."""
_REASONS = frozenset({"not_planned", "duplicate"})
"""Why an issue is closed that is no incident of its own."""


class Course(NamedTuple):
    """An incident with everything that followed."""

    incident: Incident
    fault: tuple[str, str, str] | None
    """Why it isn't what its issue's state says: what was seen, what is accepted, what happens now."""
    misfits: tuple[tuple[datetime, tuple[str, str, str]], ...] = ()
    """The commands that didn't fit what was so then, with when they were said."""


def follow(
    start: Incident, issue: Issue, viewer: str, told: Iterable[Told], said: Iterable[Statement], turns: Iterable[Event]
) -> Course:
    """What becomes of an incident without updates; `viewer` is the program that ghstatus acts as."""
    run = _Run(start)
    steps: list[tuple[datetime, int, int, Callable[[], None]]] = [
        *((one.update.at, 0, one.comment, partial(run.hear, one)) for one in told),
        *((one.at or start.started, 1, 0, partial(run.label, one)) for one in said),
        *((one.at, 2, 0, partial(run.turn, one)) for one in turns),
    ]
    for _, _, _, step in sorted(steps, key=lambda one: one[:3]):
        step()
    found = run.outcome()
    fault = openness.fault(found, issue, viewer, run.closing, run.is_over)
    return Course(found, fault, tuple(run.misfits))


class _Run:
    """The state of an incident as its history goes by."""

    def __init__(self, start: Incident) -> None:
        self.start = start
        self.incident = start  # with what commands made of it
        self.orders: list[Order] = []
        self.mistaken: dict[int, None] = {}
        self.misfits: list[tuple[datetime, tuple[str, str, str]]] = []
        self.told: list[Told] = []
        self.severity = start.severity
        self.hit = {one.component: one.status for one in start.components}
        self.phase = Phase.INVESTIGATING if start.kind is Kind.INCIDENT else None
        self.going_on = self.phase  # the last phase before it was over
        self.was_reopened = False
        self.closing: Event | None = None

    def hear(self, said: Told) -> None:
        """Carry out what somebody commands, one by one, and tell users what they are to be told."""
        if said.is_mistaken:
            self.mistaken[said.comment] = None
        phase = said.update.phase
        if any(verbs.phase(command.verb, self.start.kind) for command in said.commands):
            phase = None  # each in its turn
        elif self._is_over_by_command():
            self._go_on(phase, said.update.at)
        count = len(self.orders)
        for command in said.commands:
            misfits = len(self.misfits)
            phase = self._order(command, said, phase) or phase
            if command.value.components and len(self.misfits) > misfits:
                said = said._replace(update=replace(said.update, components=()))
        if said.update.phase or any(one.verb == "reopen" for one in self.orders[count:]):
            said = said._replace(update=replace(said.update, phase=phase))
        if said.is_public:
            self.tell(said)

    def _order(self, command: Command, said: Told, so_far: Phase | None) -> Phase | None:
        try:
            phase = self._obey(command, said, so_far)
        except MisfitError as error:
            self.misfits.append((said.update.at, (error.seen, error.accepted, "not carried out")))
            self.mistaken[said.comment] = None
            return None
        self.orders.append(Order(said.update.at, said.by, said.comment, command.verb.name, command.typed))
        return phase

    def _obey(self, command: Command, said: Told, so_far: Phase | None) -> Phase | None:
        """Carry out a command of a comment that said a phase `so_far`; the phase that it says itself."""
        saying = Saying(said.update.at, said.by)
        if command.verb.name == "reopen":
            return self._resume(saying.at, so_far)
        phase = verbs.phase(command.verb, self.start.kind)
        if phase:
            self._go_on(phase, command.value.time or saying.at)
            if not phase.is_over:
                self.closing = None
            return phase
        found = deeds.carried_out(self._so_far(saying.at, so_far), command, saying)
        if _end(found) != _end(self.incident):
            self.was_reopened = False
        self.incident = replace(found, updates=())
        return None

    def _so_far(self, at: datetime, phase: Phase | None = None) -> Incident:
        """The incident with its updates, and with the phase that the comment at hand says before what is to be judged."""
        updates = (*self._updates(), Update(at=at, phase=phase)) if phase else self._updates()
        return replace(self.incident, updates=updates)

    def _resume(self, at: datetime, so_far: Phase | None = None) -> Phase | None:
        """Let it go on that was over, whatever said so."""
        before = self._so_far(at, so_far)
        if self.closing and self.closing.detail in _REASONS and not before.is_void:
            before = self._none_of_its_own(before, self.closing)
        *others, last = ends.reopened(before, at)
        for update in others:
            self.tell(Told(update))
        self.incident = replace(self.incident, ended=None, false_alarm="", duplicate_of=None)
        self.closing = None
        return last.phase

    def _go_on(self, phase: Phase | None, at: datetime) -> None:
        """Let it go on that was over, where somebody tells how far along it is."""
        before = self._so_far(at)
        after = ends.going_on(before, phase, at)
        for update in after.updates:
            if update not in before.updates:
                self.tell(Told(update))
        self.incident = replace(after, updates=())

    def tell(self, told: Told) -> None:
        update = told.update
        self.told.append(told)
        self.severity = update.severity or self.severity
        self.hit.update((one.component, one.status) for one in update.components)
        self.phase = update.phase or self.phase
        if self.phase and not self.phase.is_over:
            self.going_on = self.phase

    def label(self, said: Statement) -> None:
        """Make an update of what labels change; what they repeat is none."""
        changed = {one: said.status for one in said.hit if self.hit.get(one, _FINE) is _FINE} | {
            one: _FINE for one in said.fine if self.hit.get(one, _FINE) is not _FINE
        }
        if said.status:
            changed |= {one: said.status for one, status in self.hit.items() if status not in {_FINE, said.status}}
        phase = said.phase if said.phase in PHASES[self.start.kind] and said.phase is not self.phase else None
        if phase and self.closing and not phase.is_over:
            phase = None  # somebody tidied up
        severity = said.severity if said.severity is not self.severity else None
        at = said.at or self.start.started
        if phase and self._is_over_by_command():
            self._go_on(phase, at)
        if changed or phase or severity:
            components = tuple(Affected(component=one, status=status) for one, status in changed.items())
            self.tell(Told(Update(at=at, phase=phase, severity=severity, components=components)))

    def turn(self, event: Event) -> None:
        if event.kind is EventKind.REOPENED:
            self._reopen(event)
            return
        self.closing = event
        is_wrong = event.detail in _REASONS
        if self.is_over(event.at) or self.start.kind is Kind.ANNOUNCEMENT:
            return
        if self.start.kind is Kind.MAINTENANCE:
            self._end(event, Phase.CANCELLED if is_wrong or not self._has_begun(event.at) else Phase.COMPLETED)
        elif not is_wrong:
            self._end(event, Phase.RESOLVED)

    def _has_begun(self, at: datetime) -> bool:
        """Whether a maintenance was under way by a time, be it that somebody said so before its window."""
        return self.start.started <= at or self.phase in {Phase.IN_PROGRESS, Phase.VERIFYING}

    def _end(self, event: Event, phase: Phase) -> None:
        """Close it by the comment that its closer made with the closing, or by an update without words."""
        for position in range(len(self.told) - 1, -1, -1):
            update, by = self.told[position][:2]
            if event.at - update.at > _TOGETHER:
                break
            if by == event.actor and update.phase is None:
                del self.told[position]
                self.tell(Told(replace(update, at=event.at, phase=phase), by))
                return
        self.tell(Told(Update(at=event.at, phase=phase)))

    def _reopen(self, event: Event) -> None:
        was_over = self.is_over(event.at)
        if self._is_over_by_command():
            self.tell(Told(Update(at=event.at, phase=self._resume(event.at))))
            return
        self.closing = None
        if self.start.kind is Kind.ANNOUNCEMENT or not was_over:
            return
        self.was_reopened = True
        default = Phase.SCHEDULED if event.at < self.start.started else Phase.IN_PROGRESS
        self.tell(Told(Update(at=event.at, phase=self.going_on or default)))

    def _is_over_by_command(self) -> bool:
        is_over = bool(self.incident.ended or self.incident.is_void)
        return is_over and _end(self.incident) != _end(self.start)

    def is_over(self, at: datetime) -> bool:
        """Whether it was over at a time without its closing."""
        if (self.phase and self.phase.is_over) or self._is_past(at):
            return True
        return not self.was_reopened and bool(self.incident.ended or self.incident.is_void)

    def _is_past(self, at: datetime) -> bool:
        """Whether the window of a maintenance had ended, and nobody said that it goes on."""
        until = self.incident.scheduled_until
        if self.start.kind is not Kind.MAINTENANCE or until is None or until > at:
            return False
        return not any(until < one.update.at and one.update.phase for one in self.told)

    def _updates(self) -> tuple[Update, ...]:
        return tuple(sorted((one.update for one in self.told), key=lambda update: update.at))

    def outcome(self) -> Incident:
        """The incident with its updates."""
        response = replace(self.incident.response, orders=tuple(self.orders), mistaken=tuple(self.mistaken))
        found = replace(self.incident, updates=self._updates(), response=response)
        closing = self.closing
        if closing is None or found.kind is Kind.MAINTENANCE:
            return found
        is_told = self.phase is not None and self.phase.is_over
        if found.kind is Kind.ANNOUNCEMENT:
            return replace(found, ended=found.ended or closing.at)
        if closing.detail not in _REASONS or found.is_void:
            return found
        return replace(self._none_of_its_own(found, closing), ended=found.ended or (None if is_told else closing.at))

    def _none_of_its_own(self, incident: Incident, closing: Event) -> Incident:
        """What is closed as a duplicate, or as not planned."""
        if closing.detail == "not_planned":
            return replace(incident, false_alarm="closed as not planned")
        return replace(incident, duplicate_of=naming.original(one.update.text for one in self.told))


def _end(incident: Incident) -> tuple[datetime | None, str, str | None]:
    """What says that it is over, but for its updates."""
    return incident.ended, incident.false_alarm, incident.duplicate_of


_FINE = ComponentStatus.OPERATIONAL
