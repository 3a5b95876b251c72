"""Reactions and assignments on the loopback GitHub."""

import pytest

pytestmark = pytest.mark.loopback
QUERY = """query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { issue(number: 1) {
    comments(first: 1) { nodes { reactionGroups { content viewerHasReacted } } }
    timelineItems(first: 9, itemTypes: [ASSIGNED_EVENT, UNASSIGNED_EVENT]) { nodes { __typename
        ... on AssignedEvent { assignee { ... on Actor { login } } }
        ... on UnassignedEvent { assignee { ... on Actor { login } } } } } } } }"""


@pytest.fixture
def status(github):
    found = github.repository("packit/status")
    found.grant("jane", "triage")
    found.issue("Copr is down", by="jane").comment("/lead me", by="jane")
    return found


@pytest.fixture
def client(github, status):
    return github.client(github.token("packit/status", issues="write"))


def asked(client):
    _, answer = client.requester.graphql_query(QUERY, {"owner": "packit", "name": "status"})
    return answer["data"]["repository"]["issue"]


def test_whoever_asks_learns_of_the_own_reactions(status, client):
    comment = client.get_repo("packit/status").get_issue(1).get_comments()[0]
    status.issues[1].comments[0].react("heart", by="joe")
    made = comment.create_reaction("+1")
    assert comment.create_reaction("+1").id == made.id

    groups = asked(client)["comments"]["nodes"][0]["reactionGroups"]
    assert [one["content"] for one in groups if one["viewerHasReacted"]] == ["THUMBS_UP"]
    assert len(groups) == 8
    assert [(one.content, one.user.login) for one in comment.get_reactions()] == [
        ("heart", "joe"),
        ("+1", "github-actions[bot]"),
    ]
    comment.delete_reaction(made.id)
    assert [one.content for one in status.issues[1].comments[0].reactions] == ["heart"]


def test_nobody_takes_back_another_s_reaction(status, client):
    theirs = status.issues[1].comments[0].react("heart", by="joe")
    comment = client.get_repo("packit/status").get_issue(1).get_comments()[0]

    assert comment.delete_reaction(theirs.id) is False
    assert [one.content for one in status.issues[1].comments[0].reactions] == ["heart"]


def test_reacting_leaves_the_time_of_the_issue(github, status, client):
    before = status.issues[1].updated_at
    github.clock.advance(minutes=5)
    client.get_repo("packit/status").get_issue(1).get_comments()[0].create_reaction("eyes")

    assert status.issues[1].updated_at == before


def test_whoever_has_no_access_is_not_assigned(github, status, client):
    issue = client.get_repo("packit/status").get_issue(1)
    issue.add_to_assignees("jane", "stranger")
    assert [one.login for one in client.get_repo("packit/status").get_issue(1).assignees] == ["jane"]
    github.client(github.pat("stranger")).get_repo("packit/status").get_issue(1).add_to_assignees("jane")
    status.issues[1].unassign("jane", by="jane").unassign("jane")

    assert asked(client)["timelineItems"]["nodes"] == [
        {"__typename": "AssignedEvent", "assignee": {"login": "jane"}},
        {"__typename": "UnassignedEvent", "assignee": {"login": "jane"}},
    ]
    assert [(one.event, one.assignee.login) for one in issue.get_events()] == [
        ("assigned", "jane"),
        ("unassigned", "jane"),
    ]
