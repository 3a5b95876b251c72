"""What GitHub's GraphQL interface is asked; every value goes beside a query's text, as a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BOARD_LABEL = "ghstatus"
"""The label of the issue that shows the board."""
CONNECTIONS = ("labels", "comments", "timelineItems")
"""What an issue may have more of than fits one page."""

_PAGE = "pageInfo { hasNextPage endCursor }"
_WHO = "{ __typename login }"
_WHOM = "{ __typename ... on Actor { login } }"
_ACTED = f"createdAt actor {_WHO}"
_EVENTS = {
    "LABELED_EVENT": f"... on LabeledEvent {{ {_ACTED} label {{ name }} }}",
    "UNLABELED_EVENT": f"... on UnlabeledEvent {{ {_ACTED} label {{ name }} }}",
    "CLOSED_EVENT": f"... on ClosedEvent {{ {_ACTED} stateReason }}",
    "REOPENED_EVENT": f"... on ReopenedEvent {{ {_ACTED} }}",
    "RENAMED_TITLE_EVENT": f"... on RenamedTitleEvent {{ {_ACTED} previousTitle }}",
    "PINNED_EVENT": f"... on PinnedEvent {{ {_ACTED} }}",
    "UNPINNED_EVENT": f"... on UnpinnedEvent {{ {_ACTED} }}",
    "COMMENT_DELETED_EVENT": f"... on CommentDeletedEvent {{ {_ACTED} deletedCommentAuthor {_WHO} }}",
    "ASSIGNED_EVENT": f"... on AssignedEvent {{ {_ACTED} assignee {_WHOM} }}",
    "UNASSIGNED_EVENT": f"... on UnassignedEvent {{ {_ACTED} assignee {_WHOM} }}",
}
_SAID = f"fullDatabaseId createdAt body isMinimized lastEditedAt author {_WHO} editor {_WHO}"
_ROWS = {
    "labels": ("", "name color description"),
    "comments": ("", f"{_SAID} reactionGroups {{ content viewerHasReacted }}"),
    "timelineItems": (f", itemTypes: [{' '.join(_EVENTS)}]", f"__typename {' '.join(_EVENTS.values())}"),
}


def _connection(name: str, after: str = "") -> str:
    arguments, fields = _ROWS[name]
    return f"{name}(first: 100{after}{arguments}) {{ totalCount {_PAGE} nodes {{ {fields} }} }}"


ISSUE = (
    "fragment issue on Issue { id number title body createdAt updatedAt state closedAt stateReason(enableDuplicate: true) "
    f"lastEditedAt author {_WHO} editor {_WHO} {' '.join(map(_connection, CONNECTIONS))} }}"
)
"""An issue with all that was said and done about it."""
_PINS = f"pinnedIssues(first: 3) {{ nodes {{ issue {{ number }} pinnedBy {_WHO} }} }}"
_STEPS = ("CLOSED_EVENT", "REOPENED_EVENT", "PINNED_EVENT", "UNPINNED_EVENT")
_STEPPED = " ".join(_EVENTS[step] for step in _STEPS)
_BOARD = (
    "issues(labels: [$board], orderBy: {field: CREATED_AT, direction: ASC}, first: 20) "
    f"{{ nodes {{ number title body state author {_WHO} "
    f"timelineItems(last: 100, itemTypes: [{' '.join(_STEPS)}]) {{ nodes {{ __typename {_STEPPED} }} }} }} }}"
)
_LABELS = f"{{ {_PAGE} nodes {{ id name color description }} }}"
_ABOUT = f"id nameWithOwner url isArchived hasIssuesEnabled labels(first: 100) {_LABELS} {_PINS}"


class Query(NamedTuple):
    """A text, and the values that go with it."""

    text: str
    variables: dict[str, Any]


class Ask(NamedTuple):
    """One list of issues, from some place in it on."""

    gate: str = ""
    """The label that all of them bear; empty for every issue."""
    since: str = ""
    """Only what was changed then or later, as GitHub writes times; empty for always."""
    only_open: bool = False
    after: str = ""
    """The cursor of the last one seen."""


def listing(
    repository: str, asks: Mapping[str, Ask], *, size: int, about: bool = False, counts: Iterable[str] = ()
) -> Query:
    """Ask for a page of each list, under its name, and for how many issues there are of each gate in `counts`.

    With `about`, also who asks, what the repository is and has, and which issues might show the board.
    """
    owner, name = repository.split("/", 1)
    parts, given = [], _Given(owner=owner, name=name, **({"size": size} if asks else {}))
    for alias, ask in asks.items():
        parts.append(f"{alias}: issues({_arguments(ask, given)}) {{ {_PAGE} nodes {{ ...issue }} }}")
    for place, gate in enumerate(counts):
        found = _labels(gate, given)
        parts.append(f"total{place}: issues{found} {{ totalCount }}")
        parts.append(f"going{place}: issues{_labels(gate, given, 'states: OPEN')} {{ totalCount }}")
    if about:
        given.add("board", "String!", BOARD_LABEL)
        parts[:0] = [_ABOUT, f"board: {_BOARD}"]
    beside = f"viewer {_WHO} rateLimit {{ cost remaining resetAt }} " if about else ""
    used = ISSUE if asks else ""
    return given.query(f"{beside}repository(owner: $owner, name: $name) {{ {' '.join(parts)} }}", used)


def single(repository: str, numbers: Sequence[int]) -> Query:
    """Ask for some issues, each as `issue<number>`."""
    owner, name = repository.split("/", 1)
    given = _Given(owner=owner, name=name)
    parts = " ".join(f"issue{number}: issue(number: {number:d}) {{ ...issue }}" for number in numbers)
    return given.query(f"repository(owner: $owner, name: $name) {{ {parts} }}", ISSUE)


def labels(repository: str, after: str) -> Query:
    """Ask for the labels after a cursor."""
    owner, name = repository.split("/", 1)
    given = _Given(owner=owner, name=name, after=after)
    return given.query(f"repository(owner: $owner, name: $name) {{ labels(first: 100, after: $after) {_LABELS} }}")


def rest(node_id: str, cursors: Mapping[str, str]) -> Query:
    """Ask for what comes after a cursor in some of an issue's connections."""
    given = _Given()
    given.add("id", "ID!", node_id)
    parts = []
    for name, cursor in cursors.items():
        given.add(name, "String", cursor)
        parts.append(_connection(name, f", after: ${name}"))
    return given.query(f"node(id: $id) {{ ... on Issue {{ {' '.join(parts)} }} }}")


def boards(repositories: Sequence[str]) -> Query:
    """Ask several repositories, as `mirror<place>`, which of their issues might show the board and what is pinned."""
    given, parts = _Given(), []
    given.add("board", "String!", BOARD_LABEL)
    for place, repository in enumerate(repositories):
        owner, name = repository.split("/", 1)
        given.add(f"owner{place}", "String!", owner)
        given.add(f"name{place}", "String!", name)
        parts.append(
            f"mirror{place}: repository(owner: $owner{place}, name: $name{place}) {{ {_PINS} board: {_BOARD} }}"
        )
    return given.query(" ".join(parts))


_TYPES = {"owner": "String!", "name": "String!", "size": "Int!", "after": "String"}


class _Given:
    """The variables of one query, collected as its text grows."""

    def __init__(self, **values: str | int) -> None:
        self._types = {name: _TYPES[name] for name in values}
        self._values: dict[str, Any] = dict(values)

    def add(self, name: str, kind: str, value: object) -> str:
        """Take one variable, and say how a text calls it."""
        self._types[name], self._values[name] = kind, value
        return f"${name}"

    def next(self, stem: str, kind: str, value: object) -> str:
        """Take a variable whose name nobody cares about."""
        known = (name for name, held in self._values.items() if name.startswith(stem) and held == value)
        return f"${name}" if (name := next(known, "")) else self.add(f"{stem}{len(self._values)}", kind, value)

    def query(self, fields: str, *fragments: str) -> Query:
        declared = ", ".join(f"${name}: {kind}" for name, kind in self._types.items())
        return Query(" ".join(filter(None, [f"query({declared}) {{ {fields} }}", *fragments])), self._values)


def _labels(gate: str, given: _Given, *more: str) -> str:
    wanted = [f"labels: [{given.next('gate', 'String!', gate)}]"] if gate else []
    arguments = ", ".join([*wanted, *more])
    return f"({arguments})" if arguments else ""


def _arguments(ask: Ask, given: _Given) -> str:
    """The order by time of change loses nothing while pages are turned: what changes meanwhile comes again."""
    order = "CREATED_AT" if ask.only_open else "UPDATED_AT"
    parts = [f"orderBy: {{field: {order}, direction: ASC}}", "first: $size"]
    if ask.gate:
        parts.append(f"labels: [{given.next('gate', 'String!', ask.gate)}]")
    if ask.only_open:
        parts.append("states: OPEN")
    if ask.since:
        parts.append(f"filterBy: {{since: {given.next('since', 'DateTime!', ask.since)}}}")
    if ask.after:
        parts.append(f"after: {given.next('after', 'String!', ask.after)}")
    return ", ".join(parts)
