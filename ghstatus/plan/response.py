"""The one comment on an incident that tells how its team does, kept true; and who is to see to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.actions import Assign, Topic, WriteNote
from ghstatus.grammar import notes
from ghstatus.model import EventKind, Kind
from ghstatus.plan.notes import RECENT, deleted
from ghstatus.plan.reminders import next_update, snoozed
from ghstatus.saying import boards, incidents, response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ghstatus.model import Board, Issue, Site, Story, Tracker

_PATIENCE = timedelta(hours=1)
"""How long an assignment is tried where no comment tells that it was: GitHub may leave people out without a word."""


def decide(
    board: Board, tracker: Tracker, site: Site, on_duty: Callable[[datetime], str], *, is_kept: bool
) -> Iterator[Assign | WriteNote]:
    """Tell where users see each new incident, and keep that true; `is_kept` where comments are read as ours.

    A team needs the comment as well where nobody said at which address the page is.
    """
    links = boards.links(site, tracker)
    names = {state.component.id: state.component.name for state in board.components}
    new = {story.record.ref for story in board.going_on}
    for ref, story in board.incidents.items():
        issue = tracker.issues[ref]
        has_note = site.welcome and bool(site.base_url or (is_kept and story.record.kind is not Kind.ANNOUNCEMENT))
        person = on_duty(issue.created_at) if is_kept and story.record.kind is Kind.INCIDENT else ""
        if ref in new:
            yield from _assigned(ref, issue, person, board.now, has_note=has_note)
        if not has_note:
            continue
        facts = response.Facts(
            address=links.to(ref) if site.base_url else "",
            names=names,
            declared=story.incident.response.declared or issue.created_at,
            author=issue.author,
            on_duty=person,
            due=next_update(story, issue, site.reminders),
            snoozed_until=snoozed(story, board.now),
        )
        if ref in new and _is_awaited(issue, board.now, tracker.viewer):
            yield WriteNote(ref=ref, topic=Topic.WELCOME, text=_text(story, facts, is_kept=is_kept), why="it is new")
        elif is_kept and story.record.kind is not Kind.ANNOUNCEMENT and _is_of_now(issue, board.now):
            yield from _kept(ref, story, facts, issue, tracker.viewer)


def _text(story: Story, facts: response.Facts, *, is_kept: bool) -> str:
    if is_kept and story.record.kind is not Kind.ANNOUNCEMENT:
        return response.state(story, facts)
    return incidents.welcome(story.record.kind, facts.address, is_kept=is_kept)


def _is_awaited(issue: Issue, now: datetime, viewer: str) -> bool:
    """Whether it is new and was told nothing by anybody: ghstatus may have had another token when it wrote."""
    return issue.created_at >= now - RECENT and not _is_told(issue) and not deleted(issue, viewer)


def _is_told(issue: Issue) -> bool:
    return any(notes.topic_of(comment.text) is Topic.WELCOME for comment in issue.comments)


def _is_of_now(issue: Issue, now: datetime) -> bool:
    """Whether what it tells may still change: what is closed says once more how it ended, and then stays."""
    return issue.closed_at is None or issue.closed_at >= now - RECENT


def _kept(ref: str, story: Story, facts: response.Facts, issue: Issue, viewer: str) -> Iterator[WriteNote]:
    note = notes.find(issue, viewer).get(Topic.WELCOME)
    text = response.state(story, facts)
    if note and not notes.is_same(note.text, notes.write(Topic.WELCOME, text)):
        why = "what it tells has changed"
        yield WriteNote(ref=ref, topic=Topic.WELCOME, text=text, comment=note.id, why=why)


def _assigned(ref: str, issue: Issue, person: str, now: datetime, *, has_note: bool) -> Iterator[Assign]:
    """Assign whoever is on duty, once, before the comment that tells so is written; people may decide otherwise."""
    was = any(event.kind in _ASSIGNING and event.detail.casefold() == person.casefold() for event in issue.events)
    is_late = issue.created_at < now - (RECENT if has_note else _PATIENCE)
    if person and not (_is_told(issue) or was or is_late):
        yield Assign(ref=ref, people=(person,), why="who was on duty when it was declared")


_ASSIGNING = frozenset({EventKind.ASSIGNED, EventKind.UNASSIGNED})
