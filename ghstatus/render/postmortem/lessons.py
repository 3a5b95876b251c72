"""What teams learnt from incidents, and what is still to be done about it: on incidents' pages, and on one of its own."""

from __future__ import annotations

from datetime import UTC, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.render.page import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from ghstatus.model import Board, FollowUp, Postmortem, Record, Site, Uptime
    from ghstatus.render.looks.templates import Templates
    from ghstatus.render.page import Page

PATH = "postmortems/"


class State(StrEnum):
    """How far a follow-up is."""

    OVERDUE = "overdue"
    OPEN = "open"
    DONE = "done"


class Todo(NamedTuple):
    """A follow-up, as everybody may see it."""

    text: str
    state: State
    due: date | None
    url: str


class Lesson(NamedTuple):
    """A post-mortem that everybody may read."""

    text: str
    published: datetime
    url: str
    """Of its issue; empty for a file."""
    todos: tuple[Todo, ...]


class Entry(NamedTuple):
    """A lesson in a list of several."""

    record: Record
    lesson: Lesson

    @property
    def left(self) -> tuple[Todo, ...]:
        """What is still to be done, what is overdue on top."""
        return tuple(one for state in (State.OVERDUE, State.OPEN) for one in self.lesson.todos if one.state is state)


def of(board: Board, site: Site) -> Mapping[str, Lesson]:
    """The lessons of a board from which names are gone, by the ref of the incident."""
    found = ((ref, about(ref, board, site)) for ref in board.postmortems)
    return {ref: lesson for ref, lesson in found if lesson}


def about(ref: str, board: Board, site: Site) -> Lesson | None:
    """What was learnt from one incident; None as long as not everybody may read it."""
    one = board.postmortems.get(ref)
    if one is None or one.published is None:
        return None
    today = board.now.astimezone(UTC).date()
    todos = tuple(_todo(each, one, site, today) for each in one.follow_ups)
    return Lesson(text=one.text, published=one.published, url=one.url, todos=todos)


def state(follow_up: FollowUp, one: Postmortem, site: Site, today: date) -> State:
    """How far a follow-up is: without a day of its own it is due some days after the post-mortem was begun."""
    due = follow_up.due or one.written.astimezone(UTC).date() + timedelta(days=site.reviews.due_days)
    return State.DONE if follow_up.is_done else State.OVERDUE if due < today else State.OPEN


def entries(board: Board, site: Site) -> tuple[Entry, ...]:
    """The lessons from incidents that are on the page, the newest first."""
    records = {record.ref: record for record in board.past} | {
        ref: story.record for ref, story in board.incidents.items()
    }
    found = [Entry(records[ref], lesson) for ref, lesson in of(board, site).items() if ref in records]
    return tuple(sorted(found, key=lambda one: (one.lesson.published, one.record.ref), reverse=True))


def pages(board: Board, _: Sequence[Uptime], site: Site, templates: Templates) -> Iterator[Page]:
    """A page that lists them all, where there are any."""
    if found := entries(board, site):
        render = partial(templates.page, "postmortems.html.j2", root="../", path=PATH)
        yield told(f"{PATH}index.html", render(entries=found, left=[entry for entry in found if entry.left]))


def _todo(follow_up: FollowUp, one: Postmortem, site: Site, today: date) -> Todo:
    return Todo(follow_up.text, state(follow_up, one, site, today), follow_up.due, follow_up.url)
