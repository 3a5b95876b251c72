"""Of what to remind the team of an incident, worked out from facts: so nothing has to be kept from run to run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import RemoveNote, Topic, WriteNote
from ghstatus.grammar import moment, notes
from ghstatus.model import ComponentStatus, Kind, Role, Severity
from ghstatus.plan.notes import deleted
from ghstatus.saying import reminders as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ghstatus.model import Board, Issue, Reminders, Site, Story, Tracker

_FORGOTTEN = timedelta(days=30)
"""What nobody touched for so long was there before ghstatus, and nobody waits for it."""
_DOWN = frozenset({ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE})


class Reminder(NamedTuple):
    """Something that is to be said once, unless it is settled by then."""

    reason: str
    since: datetime
    """From when it counts."""
    due: datetime
    text: str

    @property
    def name(self) -> notes.Name:
        """By what the comment is found again."""
        return notes.Name(Topic.REMINDER, f"{self.reason}-{self.since:%Y%m%dT%H%M%S}")


def decide(
    board: Board, tracker: Tracker, site: Site, on_duty: Callable[[datetime], str]
) -> Iterator[WriteNote | RemoveNote]:
    """Remind of one thing at a time, and take away what is settled."""
    going_on = {story.record.ref: story for story in (*board.active, *board.in_progress)}
    for ref, story in board.incidents.items():
        issue = tracker.issues[ref]
        due = _due(story, issue, site.reminders, board.now) if ref in going_on else ()
        person = story.incident.response.holder(Role.LEAD) or on_duty(board.now)
        why = "somebody wants silence" if ref in going_on and snoozed(story, board.now) else "it is settled"
        yield from _changes(ref, issue, due, tracker.viewer, _Wish(person, why))


class _Wish(NamedTuple):
    """What else decides about the comments of an incident."""

    person: str
    """Whom to remind; empty for nobody in particular."""
    gone: str
    """Why what isn't due any more goes away."""


def snoozed(story: Story, now: datetime) -> datetime | None:
    """Until when somebody wants no reminders; None when that has passed."""
    until = story.incident.response.snoozed_until
    return until if until and until > now else None


def next_update(story: Story, issue: Issue, reminders: Reminders) -> datetime | None:
    """When users should hear the next time; None where nobody promised."""
    span = reminders.update_every.get(story.severity or Severity.MAJOR, timedelta())
    if story.record.kind is not Kind.INCIDENT or not span:
        return None
    return _heard(story, issue) + span


def _changes(
    ref: str, issue: Issue, due: tuple[Reminder, ...], viewer: str, wish: _Wish
) -> Iterator[WriteNote | RemoveNote]:
    """Of what is due at once the last is said; the others wait until that is settled, and what is due later doesn't."""
    present = notes.named(issue, viewer)
    named, gone = {one.name for one in due}, deleted(issue, viewer)
    for name, note in present.items():
        if name.topic is Topic.REMINDER and name not in named:
            yield RemoveNote(ref=ref, topic=name.topic, comment=note.id, key=name.key, why=wish.gone)
    told = [*(one.due for one in due if one.name in present), *([gone] if gone else [])]
    last = max(told, default=None)
    new = max((one for one in due if last is None or one.due > last), key=lambda one: one.due, default=None)
    if new:
        text = words.addressed(new.text, wish.person)
        why = f"due at {moment.write(new.due)}"
        yield WriteNote(ref=ref, topic=Topic.REMINDER, text=text, key=new.name.key, why=why)


def _due(story: Story, issue: Issue, reminders: Reminders, now: datetime) -> tuple[Reminder, ...]:
    """All that is due, what matters most on top; nothing while somebody wants silence."""
    until = story.incident.response.snoozed_until
    if snoozed(story, now) or now - _heard(story, issue) > _FORGOTTEN or issue.closed_at:
        return ()
    every = _of_incident if story.record.kind is Kind.INCIDENT else _of_maintenance
    found = every(story, issue, reminders)
    if until:
        found = (one._replace(due=max(one.due, until)) for one in found)
    return tuple(one for one in found if one.due <= now)


def _of_incident(story: Story, issue: Issue, reminders: Reminders) -> Iterator[Reminder]:
    heard, declared = _heard(story, issue), _declared(story, issue)
    if due := next_update(story, issue, reminders):
        yield Reminder("update", heard, due, words.update(heard, due))
    expected = _expected(story)
    if expected:
        yield Reminder("eta", expected, expected, words.expected(expected))
    if reminders.lead_within and not story.incident.response.holder(Role.LEAD):
        yield Reminder("lead", declared, declared + reminders.lead_within, words.lead())
    if reminders.major_after and story.severity is Severity.MINOR and _is_down(story):
        start, end = story.incident.started, story.incident.started + reminders.major_after
        yield Reminder("major", start, start if expected and expected > end else end, words.major())
    if reminders.stale_after:
        yield Reminder("stale", declared, declared + reminders.stale_after, words.stale(declared))


def _of_maintenance(story: Story, issue: Issue, reminders: Reminders) -> Iterator[Reminder]:
    """Only somebody who says that it goes on keeps one from ending with its window; without an end nothing ends it."""
    begun, until = story.incident.started, story.incident.scheduled_until
    span = reminders.update_every.get(Severity.MAJOR)
    if until and span:
        since = max(until, _heard(story, issue))
        yield Reminder("window", since, since + span, words.overdue(until))
    elif until is None and reminders.stale_after:
        yield Reminder("stale", begun, begun + reminders.stale_after, words.endless(begun))


def _declared(story: Story, issue: Issue) -> datetime:
    return story.incident.response.declared or issue.created_at


def _heard(story: Story, issue: Issue) -> datetime:
    return max([_declared(story, issue), *(update.at for update in story.told)])


def _expected(story: Story) -> datetime | None:
    try:
        return moment.parse(story.incident.eta)
    except ValueError:
        return None


def _is_down(story: Story) -> bool:
    return any(span.end is None and span.status in _DOWN for span in story.record.spans)
