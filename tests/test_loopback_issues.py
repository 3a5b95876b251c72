"""The loopback GitHub answers PyGithub about issues, comments, labels and their history as GitHub does."""

from datetime import timedelta

import pytest
from github import GithubException

pytestmark = pytest.mark.loopback


@pytest.fixture
def status(github):
    """A repository with a maintainer."""
    repository = github.repository("packit/status")
    repository.grant("jane", "write")
    return repository


@pytest.fixture
def repo(github, status):
    """The same for a workflow's token."""
    return github.client(github.token("packit/status", issues="write")).get_repo("packit/status")


def numbers(issues):
    return [issue.number for issue in issues]


def test_issues_are_listed_newest_first(status, repo):
    for title in ("One", "Two", "Three"):
        status.issue(title)

    assert numbers(repo.get_issues()) == [3, 2, 1]


def test_pull_requests_are_among_the_issues(status, repo):
    status.issue("One")
    status.pull("Two")

    assert [(issue.number, issue.pull_request is not None) for issue in repo.get_issues()] == [(2, True), (1, False)]


@pytest.mark.parametrize(("state", "expected"), [("open", [2]), ("closed", [1]), ("all", [2, 1])])
def test_issues_by_state(status, repo, state, expected):
    status.issue("One").close()
    status.issue("Two")

    assert numbers(repo.get_issues(state=state)) == expected


def test_an_issue_needs_all_labels_of_a_filter(status, repo):
    status.issue("One", labels=["incident"])
    status.issue("Two", labels=["Incident", "severity/major"])

    assert numbers(repo.get_issues(labels=["incident", "severity/major"])) == [2]


def test_no_filter_finds_a_label_with_a_comma(status, repo):
    status.issue("One", labels=["slow, but up"])

    assert numbers(repo.get_issues(labels=["slow, but up"])) == []


def test_since_is_about_the_last_change(github, status, repo):
    old, new = status.issue("One"), status.issue("Two")
    between = github.clock.advance(hours=1)
    new.comment("Still down", by="jane")

    assert numbers(repo.get_issues(since=between)) == [new.number]
    old.label("incident")
    assert numbers(repo.get_issues(since=between, sort="updated", direction="asc")) == [2, 1]


def test_a_pin_changes_no_time(github, status, repo):
    issue = status.issue("One")
    github.clock.advance(hours=1)
    issue.pin()

    assert repo.get_issue(1).updated_at == issue.created_at


def test_a_maintainer_opens_an_issue_with_labels(github, status):
    repo = github.client(github.pat("jane")).get_repo("packit/status")

    issue = repo.create_issue("Copr is down", body="All of it", labels=["incident"])

    assert (issue.user.login, issue.author_association, [label.name for label in issue.labels]) == (
        "jane",
        "MEMBER",
        ["incident"],
    )
    assert status.issues[1].body == "All of it"


def test_labels_of_strangers_are_dropped_without_a_word(github, status):
    repo = github.client(github.pat("stranger")).get_repo("packit/status")

    issue = repo.create_issue("Copr is down", labels=["incident"])
    issue.edit(title="Copr is slow", labels=["incident"])

    assert [label.name for label in status.issues[1].labels] == []
    assert status.issues[1].title == "Copr is slow"


def test_a_form_labels_for_strangers_too(status, repo):
    status.issue("Copr is down", by="stranger", labels=["incident"])

    (event,) = repo.get_issue(1).get_events()

    assert (event.event, event.label.name, event.actor.login) == ("labeled", "incident", "stranger")


def test_strangers_may_not_touch_the_issues_of_others(github, status):
    status.issue("Copr is down", by="jane")
    issue = github.client(github.pat("stranger")).get_repo("packit/status").get_issue(1)

    for attempt in (lambda: issue.edit(title="Fine"), lambda: issue.add_to_labels("fine"), lambda: issue.lock("spam")):
        with pytest.raises(GithubException, match="Must have admin rights") as refused:
            attempt()
        assert refused.value.status == 403


def test_strangers_may_comment_until_it_is_locked(github, status):
    issue = status.issue("Copr is down")
    stranger = github.client(github.pat("stranger")).get_repo("packit/status").get_issue(1)
    stranger.create_comment("Me too")
    issue.lock("too heated")

    with pytest.raises(GithubException, match="locked"):
        stranger.create_comment("Hello?")
    assert [comment.body for comment in issue.comments] == ["Me too"]


def test_a_body_has_room_for_65536_characters(repo):
    issue = repo.create_issue("Long", body="x" * 65536)

    for attempt in (lambda: issue.edit(body="x" * 65537), lambda: issue.create_comment("x" * 65537)):
        with pytest.raises(GithubException, match="Validation Failed") as refused:
            attempt()
        assert refused.value.status == 422
        assert refused.value.data["errors"][0]["message"] == "body is too long (maximum is 65536 characters)"


def test_history_has_actors_and_times(github, status, repo):
    issue = status.issue("Copr is down", by="jane", labels=["incident"])
    github.clock.advance(minutes=5)
    issue.rename("Copr is slow", by="jane").comment("Better", by="joe")
    github.clock.advance(minutes=5)
    issue.unlabel("incident", by="joe").close("not_planned", by="joe").reopen(by="jane")

    events = list(repo.get_issue(1).get_events())

    assert [(event.event, event.actor.login) for event in events] == [
        ("labeled", "jane"), ("renamed", "jane"), ("unlabeled", "joe"), ("closed", "joe"), ("reopened", "jane"),
    ]  # fmt: skip
    assert events[3].created_at - events[0].created_at == timedelta(minutes=10)
    assert (events[1].rename["from"], events[1].rename["to"]) == ("Copr is down", "Copr is slow")
    timeline = [line.event for line in repo.get_issue(1).get_timeline()]
    assert timeline == ["labeled", "renamed", "commented", "unlabeled", "closed", "reopened"]


def test_closing_through_a_token_is_the_bots_doing(status, repo):
    status.issue("Copr is down")
    issue = repo.get_issue(1)

    issue.edit(state="closed", state_reason="not_planned")

    assert (issue.state, issue.state_reason, issue.closed_by.login) == ("closed", "not_planned", "github-actions[bot]")
    (event,) = issue.get_events()
    assert (event.performed_via_github_app.slug, event.performed_via_github_app.id) == ("github-actions", 15368)


@pytest.mark.parametrize("reason", ["completed", "not_planned", "duplicate"])
def test_an_issue_is_closed_for_one_of_three_reasons(status, repo, reason):
    status.issue("One")

    repo.get_issue(1).edit(state="closed", state_reason=reason)

    assert repo.get_issue(1).state_reason == reason
    query = """{ repository(owner: "packit", name: "status") { issue(number: 1) { stateReason(enableDuplicate: true)
        timelineItems(first: 9, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { stateReason } } } } } }"""
    told = repo.requester.graphql_query(query, {})[1]["data"]["repository"]["issue"]
    assert told == {"stateReason": reason.upper(), "timelineItems": {"nodes": [{"stateReason": reason.upper()}]}}


def test_comments_are_edited_minimized_and_deleted(status, repo):
    status.issue("Copr is down")
    issue = repo.get_issue(1)
    comment, other = issue.create_comment("Dwon"), issue.create_comment("Oops")

    comment.edit("Down")
    comment.minimize("OUTDATED")
    other.delete()

    (left,) = issue.get_comments()
    assert (left.body, left.raw_data["minimized"]) == ("Down", {"reason": "outdated"})
    assert left.updated_at > left.created_at


def test_comments_of_all_issues_by_change(github, status, repo):
    status.issue("One").comment("a")
    between = github.clock.advance(hours=1)
    status.issue("Two").comment("b")

    assert [comment.body for comment in repo.get_issues_comments(sort="updated", direction="desc")] == ["b", "a"]
    assert [comment.body for comment in repo.get_issues_comments(since=between)] == ["b"]


@pytest.mark.parametrize("name", ["severity/major", "good first issue", "Österreich?", "a, b", "50%", "c#"])
def test_labels_of_any_name(status, repo, name):
    label = repo.create_label(name, "FF0000", description="What it says")
    issue = repo.get_issue(status.issue("One").number)
    issue.add_to_labels(name)

    assert (repo.get_label(name).color, repo.get_label(name).description) == ("ff0000", "What it says")
    assert [label.name for label in issue.get_labels()] == [name]
    issue.remove_from_labels(name)
    label.edit("other", "00ff00")
    assert [(label.name, label.color) for label in repo.get_labels()] == [("other", "00ff00")]
    repo.get_label("other").delete()
    assert list(repo.get_labels()) == []


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"name": "incident", "color": "ff0000"}, "name"),
        ({"name": "new", "color": "#ff0000"}, "color"),
        ({"name": "new", "color": "ff0000", "description": "x" * 101}, "description"),
        ({"name": "x" * 51, "color": "ff0000"}, "name"),
    ],
)
def test_labels_that_github_refuses(status, repo, about, field):
    status.label("Incident")

    with pytest.raises(GithubException, match="Validation Failed") as refused:
        repo.create_label(**about)

    assert refused.value.data["errors"][0]["field"] == field


def test_a_label_is_made_when_it_is_first_used(status, repo):
    repo.get_issue(status.issue("One").number).set_labels("new", "newer")

    assert [(label.name, label.color) for label in repo.get_labels()] == [("new", "ededed"), ("newer", "ededed")]


def test_taking_off_a_label_that_is_not_there(status, repo):
    issue = repo.get_issue(status.issue("One").number)

    with pytest.raises(GithubException, match="Label does not exist") as refused:
        issue.remove_from_labels("incident")
    assert refused.value.status == 404


def test_a_deleted_issue_vanishes_from_lists(status, repo):
    status.issue("One").delete()

    assert list(repo.get_issues(state="all")) == []
    with pytest.raises(GithubException, match="deleted") as gone:
        repo.get_issue(1)
    assert gone.value.status == 410
    assert status.issue("Two").number == 2


def test_a_transferred_issue_vanishes_here_and_is_found_there(github, status, repo):
    other = github.repository("packit/other")
    other.label("incident")
    issue = status.issue("One", by="jane", labels=["incident", "here only"])
    issue.comment("Still down", by="jane")
    issue.pin()
    issue.transfer(other)

    assert list(repo.get_issues(state="all")) == []
    moved = repo.get_issue(1)
    assert (moved.repository_url.endswith("/packit/other"), moved.number, moved.title) == (True, 1, "One")
    assert [label.name for label in moved.labels] == ["incident"]
    assert [comment.body for comment in moved.get_comments()] == ["Still down"]
    assert status.pinned == []


def test_pages_are_linked_on_this_server(github, status):
    for number in range(7):
        status.issue(f"Issue {number}")
    client = github.client(github.token("packit/status", issues="read"), per_page=3)

    found = numbers(client.get_repo("packit/status").get_issues(direction="asc"))

    assert found == [1, 2, 3, 4, 5, 6, 7]
    assert [request.query.get("page") for request in github.made("issues/list-for-repo")] == [None, "2", "3"]


def test_reactions(status, repo):
    issue = status.issue("One")
    issue.react("+1", by="joe")
    repo.get_issue(1).create_reaction("eyes")

    assert [(one.content, one.user.login) for one in repo.get_issue(1).get_reactions()] == [
        ("+1", "joe"),
        ("eyes", "github-actions[bot]"),
    ]
    assert repo.get_issue(1).raw_data["reactions"]["total_count"] == 2


def test_node_ids_stay(status, repo):
    issue = status.issue("One", labels=["incident"])
    before = repo.get_issue(1)
    issue.rename("Two").close()

    assert repo.get_issue(1).node_id == before.node_id
    assert before.node_id.startswith("I_kwDO")
    assert repo.get_label("incident").node_id.startswith("LA_kwDO")


def test_one_may_look_at_a_single_comment(status, repo):
    comment = status.issue("One").comment("Hi", by="jane")

    assert repo.get_issue(1).get_comment(comment.id).user.login == "jane"


def test_comments_are_changed_by_their_author_or_a_maintainer(github, status, repo):
    comment = status.issue("One").comment("Hi", by="stranger")
    other = github.client(github.pat("other")).get_repo("packit/status").get_issue(1).get_comment(comment.id)

    with pytest.raises(GithubException, match="Must have admin rights"):
        other.edit("Bye")
    repo.get_issue(1).get_comment(comment.id).edit("Moderated")
    assert (comment.body, comment.editor.login) == ("Moderated", "github-actions[bot]")


def test_authors_close_and_reopen_their_own(github, status):
    status.issue("One", by="stranger")
    issue = github.client(github.pat("stranger")).get_repo("packit/status").get_issue(1)

    issue.edit(state="closed")
    issue.edit(state="open")

    assert (issue.state, issue.state_reason) == ("open", "reopened")
    assert [(event.event, event.actor.login) for event in issue.get_events()] == [
        ("closed", "stranger"),
        ("reopened", "stranger"),
    ]


def test_a_refused_change_changes_nothing(status, repo):
    issue = repo.get_issue(status.issue("One").number)

    with pytest.raises(GithubException, match="Validation Failed"):
        issue.edit(title="Two", body="x" * 65537)

    assert status.issues[1].title == "One"


def test_nothing_is_no_text(status, repo):
    status.issue("One")

    for attempt in (lambda: repo.create_issue(" "), lambda: repo.get_issue(1).create_comment(" ")):
        with pytest.raises(GithubException, match="Validation Failed"):
            attempt()


def test_issues_by_their_comments_and_authors(status, repo):
    status.issue("One", by="jane")
    status.issue("Two", by="joe").comment("Hi")
    status.issue("Three", by="joe")

    assert numbers(repo.get_issues(sort="comments")) == [2, 3, 1]
    assert numbers(repo.get_issues(creator="joe")) == [3, 2]


def test_locking_is_in_the_history(status, repo):
    status.issue("One")
    issue = repo.get_issue(1)
    issue.lock("off-topic")
    assert (repo.get_issue(1).locked, repo.get_issue(1).active_lock_reason) == (True, "off-topic")
    issue.unlock()

    events = repo.requester.requestJsonAndCheck("GET", f"{issue.url}/events")[1]
    assert [(event["event"], event.get("lock_reason")) for event in events] == [
        ("locked", "off-topic"),
        ("unlocked", None),
    ]


def test_events_of_a_repository_come_newest_first(status, repo):
    status.issue("One", labels=["incident"])
    status.issue("Two").pin()

    assert [(event.event, event.issue.number) for event in repo.get_issues_events()] == [("pinned", 2), ("labeled", 1)]


def test_all_labels_at_once(status, repo):
    issue = repo.get_issue(status.issue("One", labels=["a", "b"]).number)

    issue.delete_labels()

    assert list(issue.get_labels()) == []


def test_a_renamed_label_takes_no_other_name(status, repo):
    status.label("incident")

    with pytest.raises(GithubException, match="Validation Failed"):
        repo.create_label("other", "ff0000").edit("Incident", "ff0000")


def test_a_deleted_label_leaves_no_trace_on_issues(status, repo):
    status.issue("One", labels=["incident"])
    repo.get_label("incident").delete()

    assert list(repo.get_issue(1).labels) == []
    assert [(event.event, event.label.name) for event in repo.get_issue(1).get_events()] == [("labeled", "incident")]


def test_a_pull_request_takes_labels_and_comments(github, status, repo):
    status.pull("Fix", by="ann", fork=True)
    token = github.client(github.token("packit/status", pull_requests="write"))

    token.get_repo("packit/status").get_issue(1).add_to_labels("bug")
    repo.get_pull(1).create_issue_comment("Copr is down")

    assert [label.name for label in repo.get_pull(1).labels] == ["bug"]
    assert [comment.body for comment in status.issues[1].comments] == ["Copr is down"]
