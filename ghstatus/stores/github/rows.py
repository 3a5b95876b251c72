"""An issue as GitHub tells of it → a row, which is small and good to keep → the words of an issue tracker."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ghstatus.model import Comment, Event, EventKind, Issue, Label
from ghstatus.stores.github.queries import CONNECTIONS
from ghstatus.stores.github.reading import as_label, as_login, as_number, as_text, as_time, count, moment, page, tried

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.stores.github.reading import Json

Row: TypeAlias = list[Any]
"""An issue as JSON that holds nothing but what counts: the same issue gives the same text."""

_EVENTS = {
    "LabeledEvent": EventKind.LABELED,
    "UnlabeledEvent": EventKind.UNLABELED,
    "ClosedEvent": EventKind.CLOSED,
    "ReopenedEvent": EventKind.REOPENED,
    "RenamedTitleEvent": EventKind.RENAMED,
    "PinnedEvent": EventKind.PINNED,
    "UnpinnedEvent": EventKind.UNPINNED,
    "CommentDeletedEvent": EventKind.COMMENT_DELETED,
    "AssignedEvent": EventKind.ASSIGNED,
    "UnassignedEvent": EventKind.UNASSIGNED,
}
_REACTIONS = {"THUMBS_UP": "+1", "CONFUSED": "confused"}
"""Those with which ghstatus reacts, in the words of REST; nobody needs the others."""
_KINDS = {kind.value: kind for kind in EventKind}
_NUMBER, _UPDATED, _CLOSED = 0, 6, 7
_PLACES = dict(zip(CONNECTIONS, (11, 12, 13), strict=True))


class Candidate(NamedTuple):
    """An issue that may be the one that shows the board."""

    number: int
    title: str
    text: str
    author: str
    is_open: bool
    events: tuple[Event, ...]


def number(row: Row) -> int:
    """Its number."""
    return int(row[_NUMBER])


def updated(row: Row) -> str:
    """When it last changed, as GitHub writes times."""
    return str(row[_UPDATED])


def is_open(row: Row) -> bool:
    """Whether it is open."""
    return row[_CLOSED] is None


def labels(row: Row) -> frozenset[str]:
    """The names of its labels, in lower case."""
    return frozenset(name.casefold() for name, _, _ in row[_PLACES["labels"]])


def completed(row: Row, node: Json, known: Row | None) -> Row | None:
    """A row that lacks what didn't fit a page, completed from what is known; None where that may be outdated."""
    if known is None or updated(known) != updated(row):
        return None
    whole = list(row)
    for name in rest(node):
        place = _PLACES[name]
        length = len(row[place])
        if known[place][:length] != row[place] or len(known[place]) != count(node[name]):
            return None
        whole[place] = known[place]
    return whole


def rest(node: Json) -> dict[str, str]:
    """The cursors of an issue's comments, labels and events where there are more than it came with."""
    found = {name: page(node[name]).cursor for name in CONNECTIONS if name in node}
    return {name: cursor for name, cursor in found.items() if cursor}


def reacted(row: Row, comment: int, content: str, *, is_on: bool) -> Row:
    """A row after ghstatus reacted to a comment, or took that back."""
    whole, place = list(row), _PLACES["comments"]
    whole[place] = [
        [*rest, sorted({*reactions} | {content} if is_on else {*reactions} - {content})] if rest[0] == comment else one
        for one in row[place]
        for *rest, reactions in [one]
    ]
    return whole


def row(node: Json) -> Row:
    """An issue as a row."""
    return tried(_row, node, "an issue")


def issue(row: Row) -> Issue:
    """A row as an issue."""
    return tried(_issue, row, "an issue")


def extended(row: Row, node: Json, names: Iterable[str]) -> Row:
    """A row with the next page of some of its connections."""
    return tried(partial(_extended, row, names), node, "an issue")


def candidates(repository: Json) -> tuple[Candidate, ...]:
    """The issues that may be the one that shows the board."""
    return tried(_candidates, repository, "the issue that shows the board")


def _candidates(repository: Json) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            number=as_number(node["number"]),
            title=as_text(node["title"]),
            text=as_text(node["body"]),
            author=as_login(node["author"]),
            is_open=node["state"] == "OPEN",
            events=_events(_ordered("timelineItems", _rows_of("timelineItems", node))),
        )
        for node in page(repository["board"]).nodes
    )


def _extended(row: Row, names: Iterable[str], node: Json) -> Row:
    whole = list(row)
    for name in names:
        whole[_PLACES[name]] = _ordered(name, [*row[_PLACES[name]], *_rows_of(name, node)])
    return whole


def _row(node: Json) -> Row:
    is_closed = node["state"] == "CLOSED"
    reason = as_text(node["stateReason"] or "COMPLETED").lower() if is_closed else ""
    return [
        as_number(node["number"]),
        as_text(node["id"]),
        as_text(node["title"]),
        as_text(node["body"]),
        as_login(node["author"]),
        as_time(node["createdAt"]),
        as_time(node["updatedAt"]),
        as_time(node["closedAt"] or node["updatedAt"]) if is_closed else None,
        reason,
        as_time(node["lastEditedAt"]) if node["lastEditedAt"] else None,
        as_login(node["editor"]) if node["lastEditedAt"] else "",
        *(_ordered(name, _rows_of(name, node)) for name in CONNECTIONS),
    ]


def _rows_of(name: str, node: Json) -> list[Row]:
    nodes = page(node[name]).nodes
    if name == "labels":
        return [as_label(one) for one in nodes]
    if name == "comments":
        return [_comment(one) for one in nodes]
    return [_event(one) for one in nodes if one.get("__typename") in _EVENTS]


def _ordered(name: str, found: list[Row]) -> list[Row]:
    """In the order of their times; labels as GitHub lists them."""
    return found if name == "labels" else sorted(found, key=lambda one: moment(one[1]))


def _comment(node: Json) -> Row:
    edited = node["lastEditedAt"]
    return [
        int(node["fullDatabaseId"]),
        as_time(node["createdAt"]),
        as_login(node["author"]),
        as_text(node["body"]),
        bool(node["isMinimized"]),
        as_time(edited) if edited else None,
        as_login(node["editor"]) if edited else "",
        sorted(
            _REACTIONS[one["content"]]
            for one in node["reactionGroups"] or ()
            if one["viewerHasReacted"] and one["content"] in _REACTIONS
        ),
    ]


def _event(node: Json) -> Row:
    kind = _EVENTS[node["__typename"]]
    detail = ""
    if kind in {EventKind.LABELED, EventKind.UNLABELED}:
        detail = as_text(node["label"]["name"])
    elif kind is EventKind.CLOSED:
        detail = as_text(node["stateReason"] or "COMPLETED").lower()
    elif kind is EventKind.RENAMED:
        detail = as_text(node["previousTitle"])
    elif kind is EventKind.COMMENT_DELETED:
        detail = as_login(node["deletedCommentAuthor"])
    elif kind in {EventKind.ASSIGNED, EventKind.UNASSIGNED}:
        detail = as_login(node["assignee"])
    return [kind.value, as_time(node["createdAt"]), as_login(node["actor"]), detail]


def _issue(row: Row) -> Issue:
    number, node_id, title, text, author, created, updated, closed, reason, edited, editor, named, said, done = row
    return Issue(
        number=number,
        node_id=node_id,
        title=title,
        text=text,
        author=author,
        created_at=moment(created),
        updated_at=moment(updated),
        closed_at=moment(closed) if closed else None,
        reason=reason,
        edited_at=moment(edited) if edited else None,
        editor=editor,
        labels=tuple(Label(*one) for one in named),
        comments=tuple(
            Comment(ident, moment(at), by, words, hidden, moment(when) if when else None, whom, tuple(reactions))
            for ident, at, by, words, hidden, when, whom, reactions in said
        ),
        events=_events(done),
    )


def _events(found: list[Row]) -> tuple[Event, ...]:
    return tuple(Event(_KINDS[kind], moment(at), by, detail) for kind, at, by, detail in found)
