"""A maintenance that comes again and again, as an incident, and as the issue by which a program announced it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ghstatus import recurrence
from ghstatus.grammar import block, body, facts, form, moment, trust
from ghstatus.grammar.trust import Standing
from ghstatus.model import Affected, EventKind, Incident, Kind, Label

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.grammar.trust import Context
    from ghstatus.model import Event, Issue, Recurring

_SOURCE = "recurring"
"""How the sources of such maintenances begin."""


def occurrence(one: Recurring, start: datetime) -> Incident:
    """The maintenance that begins then."""
    return Incident(
        ref=f"{start.astimezone(ZoneInfo(one.timezone)):%Y-%m-%d}-{one.id}",
        title=one.title,
        kind=Kind.MAINTENANCE,
        started=start,
        scheduled_for=start,
        scheduled_until=start + one.duration,
        components=tuple(Affected(component=component) for component in one.components),
        text=one.text,
        source=f"{_SOURCE}:{one.id}/{moment.write(start)}",
    )


def explained(issue: Issue, context: Context) -> tuple[Issue, Standing] | None:
    """A program's issue about what the configuration plans, and why that much of it may be published; None for others.

    Whoever makes a program open one says nothing by it: its words and labels are the configuration's, unless somebody
    trusted gave it others since.
    """
    if not trust.is_bot(issue.author) or (planned := _planned(issue, context)) is None:
        return None
    why = Standing(is_trusted=False, since=issue.created_at)
    title, labels, events = _title(issue, planned, why, context), *_labelled(issue, planned, context)
    found = replace(issue, title=title, labels=labels, events=events)
    if issue.edited_at is None or not trust.is_text_vouched(issue, why, context):
        text = form.escaped(body.write(planned.text, ()))
        found = replace(found, text=block.write(facts.written(planned), text), edited_at=None, editor="")
    return found, why


def _planned(issue: Issue, context: Context) -> Incident | None:
    """What the configuration plans, of all that an issue may be about."""
    kind, _, named = str(context.dialect.text(issue.text).values.get("source", "")).partition(":")
    ident, _, time = named.partition("/")
    one = next((one for one in context.recurring if kind == _SOURCE and one.id == ident), None)
    with suppress(ValueError):
        start = moment.parse(time)
        if one and start in recurrence.times(one.rule, one.start, ZoneInfo(one.timezone), start):
            planned = occurrence(one, start)
            return planned if issue.created_at < start + one.duration else None
    return None


def _title(issue: Issue, planned: Incident, why: Standing, context: Context) -> str:
    renames = (event for event in issue.events if event.kind is EventKind.RENAMED)
    is_renamed = any(trust.may_edit(event.actor, issue, context) for event in renames)
    return trust.title(issue, why, context)[0] if is_renamed else planned.title


def _labelled(issue: Issue, planned: Incident, context: Context) -> tuple[tuple[Label, ...], tuple[Event, ...]]:
    """The labels and what was done, without labels that a program put.

    A planned component that somebody takes off is another matter: the text goes on saying that it is hit.
    """
    hit = {one.component for one in planned.components}
    put: set[str] = set()
    events: list[Event] = []
    for event in issue.events:
        is_foreign = trust.is_bot(event.actor) and not trust.may(event.actor, context)
        if event.kind is EventKind.LABELED:
            put = put | {event.detail} if is_foreign else put - {event.detail}
        is_label = event.kind in {EventKind.LABELED, EventKind.UNLABELED}
        named = context.names.resolve(context.dialect.label(Label(event.detail)).component) if is_label else ()
        is_void = event.detail in put and not (event.kind is EventKind.UNLABELED and hit.intersection(named))
        if not (is_label and (is_foreign or is_void)) and event.kind is not EventKind.RENAMED:
            events.append(event)
    return tuple(label for label in issue.labels if label.name not in put), tuple(events)
