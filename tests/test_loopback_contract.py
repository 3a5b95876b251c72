"""The loopback GitHub notices what GitHub's published descriptions don't allow, in requests and in its own answers."""

import json

import pytest
import requests

from tests.github import contract, graphql, rest
from tests.github.clients import running
from tests.github.clock import moment, stamp
from tests.github.fields import RESOLVERS

pytestmark = pytest.mark.loopback


@pytest.fixture
def send(github):
    """A raw request as a workflow of packit/status."""
    github.repository("packit/status").issue("Copr is down")
    token = github.token("packit/status", issues="write", checks="write")

    def sent(verb, path, **options):
        headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
        return requests.request(verb, github.url + path, headers=headers, timeout=5, **options)

    return sent


@pytest.mark.parametrize(
    ("verb", "path", "body", "expected"),
    [
        (
            "POST",
            "/repos/packit/status/issues",
            {"body": "No title"},
            "issues/create: body: 'title' is a required property",
        ),
        ("POST", "/repos/packit/status/issues", {"title": None}, "issues/create: body/title: "),
        ("POST", "/repos/packit/status/issues", None, "issues/create: needs a body"),
        (
            "PATCH",
            "/repos/packit/status/issues/1",
            {"state": "nope"},
            "issues/update: body/state: 'nope' is not one of",
        ),
        ("GET", "/repos/packit/status/issues?state=nope", None, "issues/list-for-repo: state: 'nope' is not one of"),
        ("GET", "/repos/packit/status/issues?label=incident", None, "issues/list-for-repo: no parameter 'label'"),
        (
            "GET",
            "/repos/packit/status/issues?since=yesterday",
            None,
            "issues/list-for-repo: since: 'yesterday' is not a 'date-time'",
        ),
        ("GET", "/repos/packit/status/issues/one", None, "issues/get: issue_number: 'one' is not of type 'integer'"),
        ("GET", "/repos/packit/status/issues/1", {}, "issues/get: takes no body"),
        ("PUT", "/repos/packit/status/issues/1/lock", {"lock_reason": "boring"}, "issues/lock: body"),
        (
            "POST",
            "/repos/packit/status/check-runs",
            {"name": "x", "head_sha": "x", "conclusion": "fine"},
            "checks/create: body/conclusion: 'fine' is not one of",
        ),
        (
            "POST",
            "/repos/packit/status/check-runs",
            {"name": "x", "head_sha": "x", "output": {"title": "x", "summary": "x" * 65536}},
            "checks/create: body/output/summary: ",
        ),
    ],
)
def test_requests_that_github_would_not_take(github, send, verb, path, body, expected):
    answer = send(verb, path, json=body)

    (violation,) = github.violations
    assert violation.startswith(expected)
    assert answer.status_code == 422
    github.violations.clear()


def test_what_nobody_serves_is_noticed(github, send):
    answer = send("GET", "/repos/packit/status/nope")

    assert (answer.status_code, answer.json()["message"]) == (404, "Not Found")
    assert github.violations == ["GET /repos/packit/status/nope: nothing that the loopback GitHub serves"]
    github.violations.clear()


def test_pages_are_at_most_a_hundred_long(github, send):
    send("GET", "/repos/packit/status/issues?per_page=200")

    assert github.violations == ["issues/list-for-repo: per_page is more than 100, which GitHub takes as 100"]
    github.violations.clear()


@pytest.mark.parametrize(("raw", "status"), [(b"{", 400), (b'{"query": 1}', 200), (b'{"query": "{"}', 200)])
def test_broken_bodies_are_noticed(github, send, raw, status):
    assert send("POST", "/graphql", data=raw).status_code == status
    assert len(github.violations) == 1
    github.violations.clear()


def test_variables_are_of_their_types(github, send):
    answer = send(
        "POST",
        "/graphql",
        json={
            "query": 'query($a: Int!) { repository(owner: "packit", name: "status") { issue(number: $a) { id } } }',
            "variables": {"a": "x"},
        },
    )

    assert "errors" in answer.json()
    assert len(github.violations) == 1
    github.violations.clear()


def test_answers_of_our_own_are_looked_at_too(github, send, monkeypatch):
    monkeypatch.setitem(rest.ROUTES, "issues/get", lambda _: rest.Answer(200, {"number": "one"}))
    send("GET", "/repos/packit/status/issues/1")

    assert any("answer 200" in violation for violation in github.violations)
    github.violations.clear()


def test_a_mistake_of_our_own_fails_the_test(github, send, monkeypatch):
    monkeypatch.setitem(rest.ROUTES, "issues/get", lambda _: 1 / 0)
    answer = send("GET", "/repos/packit/status/issues/1")

    assert answer.status_code == 500
    assert "ZeroDivisionError" in github.violations[0]
    github.violations.clear()


def test_a_mistake_in_graphql_fails_the_test_too(github, send, monkeypatch):
    monkeypatch.setitem(RESOLVERS, "Query.repository", lambda *_, **__: 1 / 0)
    answer = send("POST", "/graphql", json={"query": '{ repository(owner: "packit", name: "status") { id } }'})

    assert answer.status_code == 500
    assert "ZeroDivisionError" in github.violations[0]
    github.violations.clear()


def test_a_test_that_breaks_the_contract_fails():
    with pytest.raises(AssertionError, match="GitHub would not have accepted this"), running() as github:
        requests.get(f"{github.url}/nope", timeout=5)


def test_every_operation_that_is_described_is_served():
    assert {operation.name for operation in contract.operations()} == set(rest.ROUTES)


def test_every_field_of_the_schema_has_a_type_that_is_there():
    types = graphql.schema().type_map

    assert {"Issue", "PullRequest", "CheckRun", "StatusContext", "PinIssuePayload"} <= set(types)
    assert types["Issue"].fields["isPinned"].type is types["Boolean"]


def test_etags_are_good_for_one_token(github, send):
    first = send("GET", "/repos/packit/status/issues/1")
    again = send("GET", "/repos/packit/status/issues/1", headers={"If-None-Match": first.headers["ETag"]})
    other = requests.get(
        f"{github.url}/repos/packit/status/issues/1",
        headers={"Authorization": f"Bearer {github.pat('jane')}", "If-None-Match": first.headers["ETag"]},
        timeout=5,
    )

    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.content == b""
    assert again.headers["X-RateLimit-Used"] == first.headers["X-RateLimit-Used"]


def test_an_etag_changes_with_what_it_tells(github, send):
    etag = send("GET", "/repos/packit/status/issues/1").headers["ETag"]
    github.repository("packit/status").issues[1].comment("Hi")

    assert send("GET", "/repos/packit/status/issues/1", headers={"If-None-Match": etag}).status_code == 200


def test_links_of_pages_keep_what_was_asked(github, send):
    for number in range(4):
        github.repository("packit/status").issue(f"Issue {number}")

    answer = send("GET", "/repos/packit/status/issues?state=all&per_page=2&page=2")

    assert {rel: link["url"] for rel, link in answer.links.items()} == {
        rel: f"{github.url}/repos/packit/status/issues?state=all&per_page=2&page={page}"
        for rel, page in {"prev": 1, "next": 3, "last": 3, "first": 1}.items()
    }


def test_a_label_may_stand_in_the_address_with_its_slash(github, send):
    github.repository("packit/status").label("severity/major")

    for name in ("severity/major", "severity%2Fmajor"):
        assert send("GET", f"/repos/packit/status/labels/{name}").json()["name"] == "severity/major"


def test_requests_are_logged(github, send):
    send("GET", "/repos/packit/status/issues?state=all")
    send("POST", "/repos/packit/status/issues/1/comments", json={"body": "Hi"})

    assert [(one.kind, one.verb, one.status) for one in github.requests] == [
        ("issues/list-for-repo", "GET", 200),
        ("issues/create-comment", "POST", 201),
    ]
    assert github.requests[0].query == {"state": "all"}
    assert github.requests[1].body == {"body": "Hi"}


def test_every_request_takes_a_second(github, send):
    before = github.clock.now()
    send("GET", "/repos/packit/status")
    send("GET", "/repos/packit/status")

    assert (github.clock.now() - before).total_seconds() == 2
    github.clock.set(moment("2026-06-01T12:00:00+02:00"))
    assert stamp(github.clock.now()) == "2026-06-01T10:00:00Z"


def test_an_enterprise_server_has_its_api_elsewhere():
    with running(prefix="/api/v3") as github:
        issue = github.repository("packit/status").issue("Copr is down")
        client = github.client(github.token("packit/status", issues="write"))
        theirs = client.get_repo("packit/status").get_issue(1)
        client.requester.graphql_named_mutation("pinIssue", {"issueId": theirs.node_id}, "issue { id }")

        assert issue.pinned_by is not None
        assert theirs.url == f"{github.url}/repos/packit/status/issues/1"


def test_the_published_descriptions_say_where_they_come_from():
    text = (contract.DATA / "ORIGIN.md").read_text(encoding="utf-8")

    assert json.loads((contract.DATA / "rest.json").read_text(encoding="utf-8"))["info"]["version"] in text
    assert "MIT" in text
