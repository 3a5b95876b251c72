"""The loopback GitHub fails when it is told to: before or after the change, on the line, over a limit."""

from datetime import timedelta
from threading import Event
from types import SimpleNamespace

import pytest
import requests
from github import GithubException, GithubRetry, RateLimitExceededException

from tests.github import server

pytestmark = pytest.mark.loopback

LOST = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


@pytest.fixture
def issue(github):
    return github.repository("packit/status").issue("Copr is down")


@pytest.fixture
def token(github):
    return github.token("packit/status", issues="write")


@pytest.fixture
def theirs(github, issue, token):
    """The same issue, as a client has it."""
    return github.client(token).get_repo("packit/status").get_issue(1)


def bodies(issue):
    return [comment.body for comment in issue.comments]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize(("when", "expected"), [("before", []), ("after", ["Hi"])])
def test_a_failing_server_may_have_done_it(github, issue, theirs, status, when, expected):
    github.fail("issues/create-comment", with_=status, when=when)

    with pytest.raises(GithubException) as error:
        theirs.create_comment("Hi")

    assert (error.value.status, bodies(issue)) == (status, expected)


@pytest.mark.parametrize("with_", ["drop", "truncate"])
def test_a_broken_line_loses_the_answer(github, issue, theirs, with_):
    github.fail("issues/create-comment", with_=with_, when="after")

    with pytest.raises(LOST):
        theirs.create_comment("Hi")

    assert bodies(issue) == ["Hi"]


def test_a_line_that_breaks_first_changes_nothing(github, issue, theirs):
    github.fail("issues/create-comment", with_="drop")

    with pytest.raises(LOST):
        theirs.create_comment("Hi")

    assert bodies(issue) == []
    theirs.create_comment("Again")
    assert bodies(issue) == ["Again"]


def test_a_slow_answer_arrives(github, issue, theirs, monkeypatch):
    slept = []
    monkeypatch.setattr(server, "time", SimpleNamespace(sleep=slept.append))
    github.fail("issues/create-comment", with_="delay", seconds=0.2)

    theirs.create_comment("Hi")

    assert slept == [0.2]
    assert bodies(issue) == ["Hi"]


def test_a_client_that_does_not_wait_has_done_it_anyway(github, issue, token, monkeypatch):
    done, gone = Event(), Event()
    monkeypatch.setattr(server, "time", SimpleNamespace(sleep=lambda _: done.set() or gone.wait(60)))
    theirs = github.client(token, timeout=1).get_repo("packit/status").get_issue(1)
    github.fail("issues/create-comment", with_="delay", seconds=1.3)

    with pytest.raises(requests.ReadTimeout):
        theirs.create_comment("Hi")

    assert done.wait(60)
    assert bodies(issue) == ["Hi"]
    gone.set()


def test_retrying_a_lost_post_does_it_twice(github, issue, token):
    theirs = github.client(token, retry=GithubRetry(total=2)).get_repo("packit/status").get_issue(1)
    github.fail("issues/create-comment", with_=502, when="after")

    theirs.create_comment("Hi")

    assert bodies(issue) == ["Hi", "Hi"]
    assert github.counts["issues/create-comment"] == 2


def test_faults_strike_as_often_as_they_are_told(github, issue, theirs):
    rule = github.fail("issues/create-comment", times=2, skip=1, with_=500)

    seen = []
    for body in "abcd":
        try:
            theirs.create_comment(body)
            seen.append("done")
        except GithubException:
            seen.append("failed")
    assert seen == ["done", "failed", "failed", "done"]
    assert (bodies(issue), rule.left, github.faults.unused()) == (["a", "d"], 0, [])


@pytest.mark.parametrize(
    "match",
    [
        "issues/*",
        "POST /repos/packit/status/issues/1/comments",
        "POST *",
        lambda request: request.body == {"body": "Hi"},
    ],
)
def test_faults_find_their_requests(github, theirs, match):
    github.fail(match, with_=500)

    with pytest.raises(GithubException):
        theirs.create_comment("Hi")


def test_faults_leave_others_alone(github, issue, theirs):
    github.fail("issues/update", with_=500)
    github.fail("graphql:*", with_=500)
    theirs.create_comment("Hi")

    assert len(github.faults.unused()) == 2


def test_graphql_fails_by_its_fields(github, issue, theirs):
    github.fail("graphql:pinIssue", with_=502, when="after")
    pin = ("pinIssue", {"issueId": theirs.node_id}, "issue { id }")

    with pytest.raises(GithubException):
        theirs.requester.graphql_named_mutation(*pin)

    assert (issue.pinned_by.login, github.counts["graphql:pinIssue"]) == ("github-actions[bot]", 1)


@pytest.mark.parametrize(
    ("with_", "error", "headers"),
    [
        ("secondary", RateLimitExceededException, {"retry-after": "60"}),
        ("rate_limited", RateLimitExceededException, {"x-ratelimit-remaining": "0"}),
        (429, GithubException, {}),
    ],
)
def test_limits_on_demand(github, theirs, with_, error, headers):
    github.fail("issues/create-comment", with_=with_)

    with pytest.raises(error) as refused:
        theirs.create_comment("Hi")

    assert refused.value.status == (429 if with_ == 429 else 403)
    assert {
        name: value for name, value in refused.value.headers.items() if name in {"retry-after", *headers}
    } == headers
    assert list(theirs.get_comments()) == []


def test_graphql_tells_its_limit_with_200(github, theirs):
    github.fail("graphql:rateLimit", with_="rate_limited", retry_after=30)

    with pytest.raises(GithubException) as refused:
        theirs.requester.graphql_query("{ rateLimit { cost } }", {})

    assert refused.value.data["errors"][0]["type"] == "RATE_LIMITED"
    assert int(refused.value.headers["x-ratelimit-reset"]) == int(github.clock.now().timestamp()) + 30
    assert refused.value.status == 400  # PyGithub's own: the answer was a 200


@pytest.mark.parametrize(("with_", "when"), [("lightning", "before"), (500, "never"), ("secondary", "after")])
def test_faults_that_do_not_exist(github, with_, when):
    with pytest.raises(ValueError, match=r"fault|when"):
        github.fail(with_=with_, when=when)


def test_an_hours_budget_is_spent_and_comes_back(github, theirs):
    github.limits.caps["core"] = 3
    theirs.create_comment("Third")

    with pytest.raises(RateLimitExceededException, match="API rate limit exceeded for installation ID"):
        theirs.create_comment("Fourth")
    github.clock.advance(hours=1)
    theirs.create_comment("Fifth")

    assert theirs.requester.rate_limiting == (2, 3)


def test_looking_at_the_budget_is_free(github, theirs):
    client = github.client(github.token("packit/status"))

    assert client.get_rate_limit().resources.core.remaining == client.get_rate_limit().resources.core.limit == 1000


@pytest.mark.parametrize(("kind", "expected"), [("token", 1000), ("pat", 5000), ("nobody", 60)])
def test_budgets_differ(github, issue, kind, expected):
    token = {"token": github.token("packit/status"), "pat": github.pat("jane"), "nobody": None}[kind]

    assert github.client(token).get_rate_limit().resources.core.limit == expected


def test_eighty_writes_in_a_minute_are_enough(github, issue, theirs):
    github.clock.step = timedelta(0)
    for number in range(80):
        theirs.create_comment(str(number))

    with pytest.raises(RateLimitExceededException, match="secondary rate limit"):
        theirs.create_comment("One more")
    github.clock.advance(minutes=1)
    theirs.create_comment("Later")

    assert len(issue.comments) == 81


def test_queries_cost_points(github, theirs):
    query = """{ repository(owner: "packit", name: "status") { issues(first: 100) { nodes {
        a: comments(first: 1) { nodes { id } } b: comments(first: 1) { nodes { id } } } } } rateLimit { cost remaining } }"""
    github.limits.caps["graphql"] = 10

    assert theirs.requester.graphql_query(query, {})[1]["data"]["rateLimit"]["cost"] == 2
    assert github.client(github.token("packit/status")).get_rate_limit().resources.graphql.remaining == 10
    headers, _ = theirs.requester.graphql_query("{ rateLimit { cost } }", {})
    assert headers["x-ratelimit-remaining"] == "7"


@pytest.mark.parametrize(("who", "expected"), [("jane", "user ID"), (None, "127.0.0.1")])
def test_a_spent_budget_says_whose(github, issue, who, expected):
    github.limits.caps["core"] = 0

    with pytest.raises(RateLimitExceededException, match=expected):
        github.client(github.pat(who) if who else None).get_repo("packit/status")
