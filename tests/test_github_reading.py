"""GitHub's JSON comes out as the words of an issue tracker, or is refused."""

import copy
import json

import pytest

from ghstatus.errors import StoreError
from ghstatus.model import Comment, Event, EventKind, Issue, Label, Pin
from ghstatus.stores.github import reading, rows
from tests.builders import at

JANE = {"__typename": "User", "login": "jane"}
BOT = {"__typename": "Bot", "login": "github-actions"}


def page(*nodes, cursor=None, total=None):
    return {
        "totalCount": len(nodes) if total is None else total,
        "pageInfo": {"hasNextPage": cursor is not None, "endCursor": cursor},
        "nodes": list(nodes),
    }


def happened(kind, when="2026-03-02T09:00:00Z", by=JANE, **about):
    return {"__typename": kind, "createdAt": when, "actor": by, **about}


def said(ident="7", when="2026-03-02T09:00:00Z", **about):
    return {
        "fullDatabaseId": ident, "createdAt": when, "body": "We look into it.", "isMinimized": False, "lastEditedAt": None,
        "author": JANE, "editor": None, "reactionGroups": None,
    } | about  # fmt: skip


def node(**about):
    return {
        "id": "I_1", "number": 1, "title": "Copr is down", "body": "All of it.", "createdAt": "2026-03-02T08:00:00Z",
        "updatedAt": "2026-03-02T10:00:00Z", "state": "OPEN", "closedAt": None, "stateReason": None, "lastEditedAt": None,
        "author": JANE, "editor": None,
        "labels": page({"name": "incident", "color": "D73A4A", "description": None}),
        "comments": page(), "timelineItems": page(),
    } | about  # fmt: skip


def about(**said):
    return {
        "viewer": {"__typename": "User", "login": "github-actions[bot]"},
        "repository": {
            "id": "R_1", "nameWithOwner": "packit/status", "url": "https://github.com/packit/status/",
            "isArchived": False, "hasIssuesEnabled": True,
            "labels": page({"id": "LA_1", "name": "incident", "color": "D73A4A", "description": "Down"}),
            "pinnedIssues": {"nodes": [{"issue": {"number": 1}, "pinnedBy": BOT}]},
        } | said,
    }  # fmt: skip


def issue(**about):
    return rows.issue(json.loads(json.dumps(rows.row(node(**about)))))


def test_an_issue_is_read():
    assert issue() == Issue(
        number=1,
        node_id="I_1",
        title="Copr is down",
        text="All of it.",
        author="jane",
        created_at=at("08:00"),
        updated_at=at("10:00"),
        labels=(Label("incident", "d73a4a", ""),),
    )


def test_every_event_is_read_in_the_order_of_time():
    done = [
        happened("LabeledEvent", "2026-03-02T09:01:00Z", BOT, label={"name": "incident"}),
        happened("UnlabeledEvent", "2026-03-02T09:02:00Z", label={"name": "incident"}),
        happened("ClosedEvent", "2026-03-02T09:03:00Z", stateReason="NOT_PLANNED"),
        happened("ClosedEvent", "2026-03-02T09:04:00Z", stateReason=None),
        happened("ReopenedEvent", "2026-03-02T09:05:00Z", None),
        happened("RenamedTitleEvent", "2026-03-02T09:06:00Z", previousTitle="Cpor"),
        happened("PinnedEvent", "2026-03-02T09:07:00Z"),
        happened("UnpinnedEvent", "2026-03-02T09:08:00Z"),
        happened("CommentDeletedEvent", "2026-03-02T09:08:30Z", deletedCommentAuthor=BOT),
        happened("AssignedEvent", "2026-03-02T09:08:40Z", assignee=BOT),
        happened("UnassignedEvent", "2026-03-02T09:08:50Z", assignee=JANE),
        happened("LockedEvent", "2026-03-02T09:09:00Z"),
        None,
        {},
    ]

    assert issue(timelineItems=page(*done[::-1])).events == (
        Event(EventKind.LABELED, at("09:01"), "github-actions[bot]", "incident"),
        Event(EventKind.UNLABELED, at("09:02"), "jane", "incident"),
        Event(EventKind.CLOSED, at("09:03"), "jane", "not_planned"),
        Event(EventKind.CLOSED, at("09:04"), "jane", "completed"),
        Event(EventKind.REOPENED, at("09:05"), ""),
        Event(EventKind.RENAMED, at("09:06"), "jane", "Cpor"),
        Event(EventKind.PINNED, at("09:07"), "jane"),
        Event(EventKind.UNPINNED, at("09:08"), "jane"),
        Event(EventKind.COMMENT_DELETED, at("09:08:30"), "jane", "github-actions[bot]"),
        Event(EventKind.ASSIGNED, at("09:08:40"), "jane", "github-actions[bot]"),
        Event(EventKind.UNASSIGNED, at("09:08:50"), "jane", "jane"),
    )


def test_comments_are_read_in_the_order_of_time():
    later = said("3456789012", "2026-03-02T11:00:00Z", isMinimized=True, author=BOT)
    edited = said(8, lastEditedAt="2026-03-02T12:00:00Z", editor=JANE, author=None)

    assert issue(comments=page(later, edited)).comments == (
        Comment(8, at("09:00"), "", "We look into it.", edited_at=at("12:00"), editor="jane"),
        Comment(3456789012, at("11:00"), "github-actions[bot]", "We look into it.", is_minimized=True),
    )


def test_of_reactions_only_our_own_answers_are_read():
    groups = [
        {"content": content, "viewerHasReacted": has}
        for content, has in [("THUMBS_UP", True), ("HEART", True), ("CONFUSED", False), ("ROCKET", False)]
    ]
    both = [{**one, "viewerHasReacted": True} for one in groups]

    assert [one.reactions for one in issue(comments=page(said(reactionGroups=groups))).comments] == [("+1",)]
    assert [one.reactions for one in issue(comments=page(said(reactionGroups=both))).comments] == [("+1", "confused")]


@pytest.mark.parametrize("login", ["github-actions", "github-actions[bot]"])
def test_a_bot_is_called_as_in_rest(login):
    assert issue(author={"__typename": "Bot", "login": login}).author == "github-actions[bot]"


def test_an_edited_issue_says_by_whom():
    found = issue(lastEditedAt="2026-03-02T09:00:00Z", editor=None)

    assert (found.edited_at, found.editor) == (at("09:00"), "")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (("CLOSED", "2026-03-02T09:00:00Z", "DUPLICATE"), (at("09:00"), "duplicate")),
        (("CLOSED", "2026-03-02T09:00:00Z", None), (at("09:00"), "completed")),
        (("CLOSED", None, "COMPLETED"), (at("10:00"), "completed")),
        (("OPEN", None, "REOPENED"), (None, "")),
        (("OPEN", "2026-03-02T09:00:00Z", None), (None, "")),
    ],
)
def test_an_issue_is_closed_where_github_says_so(state, expected):
    found = issue(**dict(zip(("state", "closedAt", "stateReason"), state, strict=True)))

    assert (found.closed_at, found.reason) == expected


def test_a_time_without_a_zone_is_utc():
    assert reading.moment("2026-03-02T09:00:00") == at("09:00")


def test_half_a_surrogate_pair_becomes_text_that_a_file_can_hold():
    found = issue(title="\ud83d down \ud83d\ude00 ü")

    assert found.title == "\N{REPLACEMENT CHARACTER} down 😀 ü"


def broken(path, value):
    made = node(
        comments=page(said()),
        timelineItems=page(happened("ClosedEvent", stateReason=None), happened("LabeledEvent", label={"name": "x"})),
    )
    *path, last = path
    target = made
    for step in path:
        target = target[step]
    target[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["number"], "1"),
        (["number"], True),
        (["title"], None),
        (["body"], 1),
        (["author"], "jane"),
        (["author"], {"login": "jane"}),
        (["author"], {"__typename": "User", "login": 1}),
        (["createdAt"], "yesterday"),
        (["updatedAt"], 0),
        (["state"], {}),
        (["lastEditedAt"], "soon"),
        (["labels"], None),
        (["labels"], []),
        (["labels", "nodes"], {"name": "x"}),
        (["labels", "nodes", 0, "color"], None),
        (["comments", "nodes"], 7),
        (["comments", "nodes", 0, "fullDatabaseId"], None),
        (["comments", "nodes", 0, "fullDatabaseId"], "seven"),
        (["comments", "nodes", 0, "reactionGroups"], [{"content": "THUMBS_UP"}]),
        (["timelineItems", "nodes", 0, "createdAt"], None),
        (["timelineItems", "nodes", 0], "ClosedEvent"),
        (["timelineItems", "nodes", 1, "label"], None),
    ],
)
def test_an_issue_of_another_shape_is_refused(path, value):
    made = broken(path, value)

    if path == ["state"]:
        assert rows.is_open(rows.row(made)), "whatever isn't closed for sure goes on"
        return
    with pytest.raises(
        StoreError, match=r"GitHub.s answer about (an issue|a list) has another shape than its interface"
    ):
        rows.row(made)


@pytest.mark.parametrize("row", [None, [], {}, [1] * 14, "x" * 14, 3])
def test_a_row_of_another_shape_is_refused(row):
    with pytest.raises(StoreError):
        rows.issue(row)


def test_a_repository_is_read():
    found = reading.about(about())

    assert (found.id, found.name, found.url) == ("R_1", "packit/status", "https://github.com/packit/status")
    assert (found.viewer, found.is_archived, found.has_issues) == ("github-actions[bot]", False, True)
    assert (found.labels, found.more_labels) == ({"LA_1": Label("incident", "d73a4a", "Down")}, "")
    assert found.pins == (Pin(1, "github-actions[bot]"),)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"repository": None, "viewer": {"login": "x"}},
        about() | {"viewer": None},
        about(labels=None),
        about(pinnedIssues={"nodes": [{"issue": None, "pinnedBy": None}]}),
    ],
)
def test_a_repository_of_another_shape_is_refused(data):
    with pytest.raises(StoreError, match="answer about a repository"):
        reading.about(data)


def test_labels_of_another_page_are_read():
    data = {"repository": {"labels": page({"id": "LA_1", "name": "x", "color": "", "description": None}, cursor="abc")}}

    assert reading.labels(data) == ({"LA_1": Label("x")}, "abc")


def test_a_list_is_counted_and_turned():
    assert reading.count(page(1, total=5)) == 5
    assert reading.page(page(1, None, 2, cursor="abc")) == ([1, 2], "abc")
    assert reading.page({"nodes": []}) == ([], "")
    for wrong in (None, {}, {"totalCount": "5"}, {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": None}}):
        with pytest.raises(StoreError):
            reading.page(wrong)
        with pytest.raises(StoreError):
            reading.count(wrong)
    with pytest.raises(StoreError, match="all0"):
        reading.item({}, "all0")


def test_what_did_not_fit_is_named():
    assert rows.rest(node()) == {}
    assert rows.rest(node(comments=page(said(), cursor="abc"))) == {"comments": "abc"}
    assert rows.rest({"labels": page(cursor="x")}) == {"labels": "x"}


def test_a_row_is_extended_page_by_page():
    row = rows.row(node(comments=page(said("1", "2026-03-02T09:00:00Z"), cursor="abc")))
    more = {"comments": page(said("2", "2026-03-02T08:30:00Z"))}

    assert [comment.id for comment in rows.issue(rows.extended(row, more, ["comments"])).comments] == [2, 1]
    with pytest.raises(StoreError):
        rows.extended(row, None, ["comments"])


def test_a_row_is_completed_from_what_is_known():
    first, second = said("1"), said("2", "2026-03-02T09:30:00Z")
    known = rows.row(node(comments=page(first, second)))
    now = node(comments=page(first, cursor="abc", total=2))

    assert rows.completed(rows.row(now), now, known) == known
    assert rows.completed(rows.row(now), now, None) is None


@pytest.mark.parametrize(
    "change",
    [
        {"updatedAt": "2026-03-02T10:00:01Z"},
        {"comments": page(said("1"), cursor="abc", total=3)},
        {"comments": page(said("1", isMinimized=True), cursor="abc", total=2)},
    ],
)
def test_a_row_that_may_be_outdated_completes_nothing(change):
    known = rows.row(node(comments=page(said("1"), said("2"))))
    now = node(**({"comments": page(said("1"), cursor="abc", total=2)} | copy.deepcopy(change)))

    assert rows.completed(rows.row(now), now, known) is None


def test_the_issues_that_may_show_the_board_are_read():
    found = {
        "number": 3, "title": "Status", "body": "All well", "state": "OPEN", "author": BOT,
        "timelineItems": {"nodes": [happened("PinnedEvent"), happened("ClosedEvent", stateReason=None)]},
    }  # fmt: skip

    (one,) = rows.candidates({"board": {"nodes": [found]}})
    assert (one.number, one.title, one.text, one.author, one.is_open) == (
        3, "Status", "All well", "github-actions[bot]", True,
    )  # fmt: skip
    assert [event.kind for event in one.events] == [EventKind.PINNED, EventKind.CLOSED]
    with pytest.raises(StoreError, match="shows the board"):
        rows.candidates({})
