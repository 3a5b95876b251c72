"""A story as the steps of its timeline, each with what it changed for which component."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus import timeline
from ghstatus.model import ComponentStatus, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.model import Policy, Record, Span, Story, Update

_PLANNED = frozenset({Phase.SCHEDULED, Phase.CANCELLED})


class Step(NamedTuple):
    """One entry of a timeline."""

    at: datetime
    number: int
    """The place of its update in the order of time, which stays while others follow; 0 where nobody wrote anything."""
    update: Update | None
    """None where something began, or was over, without a word."""
    changes: tuple[tuple[str, ComponentStatus], ...]
    """The components whose status it changed, with the new one."""
    is_end: bool = False


def steps(story: Story, now: datetime, policy: Policy) -> tuple[Step, ...]:
    """Tell a story step by step, newest first; its beginning alone when there is nothing else to tell.

    Updates that say nothing new are left out, and the others keep their numbers.
    """
    record = story.record
    during = timeline.periods(story.incident, now, policy)
    changes = _changes(timeline.spans(story.incident, now, policy, during))
    began = Step(record.started, 0, None, _at(changes, record.started))
    last = {update.at: number for number, update in story.telling}
    told = [
        Step(update.at, number, update, _at(changes, update.at) if last[update.at] == number else ())
        for number, update in story.telling
    ]
    told += _end(story, record, changes)
    if record.phase in _PLANNED:
        return (*_newest_first(told), began)
    return tuple(_newest_first([began, *told]))


def is_worth_telling(told: tuple[Step, ...]) -> bool:
    """Whether a timeline says more than that something began and was over, at one level."""
    began = told[-1].changes
    return any(step.update for step in told) or len({status for _, status in began}) > 1


def _newest_first(told: list[Step]) -> list[Step]:
    """Of two at one moment the later said comes first."""
    return sorted(told, key=lambda step: step.at)[::-1]


def _end(story: Story, record: Record, changes: dict[datetime, dict[str, ComponentStatus]]) -> Iterator[Step]:
    """The end of something that ended without a word about it."""
    phases = [update.phase for update in story.told if update.phase]
    if record.ended and record.phase and not (phases and phases[-1].is_over):
        yield Step(record.ended, 0, None, _at(changes, record.ended), is_end=True)


def _changes(spans: Iterable[Span]) -> dict[datetime, dict[str, ComponentStatus]]:
    """What each moment changes. Spans come in the order of time, so one that follows another at once undoes its end."""
    found: dict[datetime, dict[str, ComponentStatus]] = {}
    for span in spans:
        found.setdefault(span.start, {})[span.component] = span.status
        if span.end is not None:
            found.setdefault(span.end, {})[span.component] = ComponentStatus.OPERATIONAL
    return found


def _at(
    changes: dict[datetime, dict[str, ComponentStatus]], moment: datetime
) -> tuple[tuple[str, ComponentStatus], ...]:
    """Take out what this moment changes, so that no other step tells it again."""
    return tuple(changes.pop(moment, {}).items())
