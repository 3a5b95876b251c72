"""The loopback GitHub keeps GitHub's rules about check runs, suites, statuses and pull requests."""

import json
from datetime import UTC, datetime

import pytest
from github import GithubException

pytestmark = pytest.mark.loopback

OUTPUT = {"title": "Copr is down", "summary": "Not your fault."}
NEUTRAL = {"status": "completed", "conclusion": "neutral", "output": OUTPUT}


@pytest.fixture
def packit(github):
    return github.repository("packit/packit")


@pytest.fixture
def pull(packit):
    return packit.pull("Fix", by="ann", fork=True)


@pytest.fixture
def repo(github, packit):
    """For a workflow's token."""
    return github.client(
        github.token("packit/packit", checks="write", statuses="write", pull_requests="read")
    ).get_repo("packit/packit")


@pytest.fixture
def app_repo(github, packit):
    """For an app's."""
    app = github.app("ghstatus", checks="write")
    token = github.tokens.installation(app.install("packit/packit"), [packit], {})
    return github.client(token.value).get_repo("packit/packit")


def refused(attempt):
    with pytest.raises(GithubException) as error:
        attempt()
    return error.value.status, error.value.data["message"]


def test_a_neutral_check_in_one_request(repo, pull):
    run = repo.create_check_run("ghstatus", pull.head.oid, external_id="incident-7@3", **NEUTRAL)

    assert (run.status, run.conclusion, run.external_id, run.output.title) == (
        "completed",
        "neutral",
        "incident-7@3",
        "Copr is down",
    )
    assert (run.app.slug, run.completed_at, run.pull_requests) == (
        "github-actions",
        datetime(2026, 3, 2, 9, 0, 2, tzinfo=UTC),
        [],
    )


def test_the_link_of_a_workflow_token_is_dropped(repo, app_repo, pull):
    about = {
        "details_url": "https://status.example/7/",
        "actions": [{"label": "Retry", "description": "Again", "identifier": "retry"}],
    }

    ours = repo.create_check_run("ghstatus", pull.head.oid, **about, **NEUTRAL)
    apps = app_repo.create_check_run("ghstatus", pull.head.oid, **about, **NEUTRAL)

    assert ours.details_url == ours.html_url
    assert apps.details_url == "https://status.example/7/"
    assert [(run.suite.app.slug, len(run.actions)) for run in pull.head.runs] == [
        ("github-actions", 0),
        ("ghstatus", 1),
    ]


def test_personal_tokens_write_no_checks(github, packit, pull):
    packit.grant("jane", "admin")
    repo = github.client(github.pat("jane")).get_repo("packit/packit")

    assert refused(lambda: repo.create_check_run("ghstatus", pull.head.oid, **NEUTRAL)) == (
        403,
        "You must authenticate via a GitHub App.",
    )


def test_a_check_needs_a_commit_that_is_there(repo):
    assert refused(lambda: repo.create_check_run("ghstatus", "0" * 40, **NEUTRAL)) == (
        422,
        f"No commit found for SHA: {'0' * 40}",
    )


def test_a_completed_check_needs_a_conclusion(repo, pull):
    status, message = refused(
        lambda: repo.create_check_run("ghstatus", pull.head.oid, status="completed", output=OUTPUT)
    )

    assert (status, "conclusion" in message) == (422, True)


def test_only_its_creator_changes_a_check(repo, packit, pull):
    run = pull.head.check("rpm-build:f40", "failure")
    theirs = repo.get_check_run(run.id)

    assert refused(lambda: theirs.edit(conclusion="neutral")) == (
        403, "Invalid app_id 15368 - check run can only be modified by the GitHub App that created it.",
    )  # fmt: skip
    assert run.conclusion == "failure"


def test_an_app_changes_its_own_check(app_repo, pull):
    run = app_repo.create_check_run("ghstatus", pull.head.oid, status="in_progress")
    assert (run.status, run.conclusion) == ("in_progress", None)

    run.edit(conclusion="neutral", output=OUTPUT, details_url="https://status.example/")
    run.edit(conclusion="success")

    told = app_repo.get_check_run(run.id)
    assert (told.status, told.conclusion, told.output.summary) == ("completed", "success", "Not your fault.")


def test_a_workflow_token_concludes_a_check_once(repo, pull):
    run = repo.create_check_run("ghstatus", pull.head.oid, status="in_progress")
    run.edit(conclusion="neutral")

    status, message = refused(lambda: run.edit(conclusion="success"))

    assert (status, message) == (
        403,
        "Check run status and conclusions can only be updated internally by GitHub Actions.",
    )
    run.edit(output=OUTPUT)
    assert repo.get_check_run(run.id).output.title == "Copr is down"


def test_a_workflow_token_never_concludes_a_job(repo, pull):
    job = pull.head.check("build", app="github-actions", job=True)

    assert refused(lambda: repo.get_check_run(job.id).edit(conclusion="success"))[0] == 403


def test_the_newest_of_a_name_counts(repo, pull):
    pull.head.check("rpm-build:f40", "failure")
    repo.create_check_run("ghstatus", pull.head.oid, **NEUTRAL)
    repo.create_check_run("ghstatus", pull.head.oid, **{**NEUTRAL, "conclusion": "success"})
    commit = repo.get_commit(pull.head.oid)

    assert [(run.name, run.conclusion) for run in commit.get_check_runs()] == [
        ("ghstatus", "success"),
        ("rpm-build:f40", "failure"),
    ]
    assert [run.conclusion for run in commit.get_check_runs(check_name="ghstatus", filter="all")] == [
        "success",
        "neutral",
    ]
    assert [(suite.app.slug, suite.conclusion) for suite in commit.get_check_suites()] == [
        ("packit-as-a-service", "failure"), ("github-actions", "success"),
    ]  # fmt: skip
    (suite,) = commit.get_check_suites(check_name="ghstatus")
    assert [run.conclusion for run in suite.get_check_runs()] == ["success"]


def test_annotations_are_appended(app_repo, pull):
    line = {"path": "a.spec", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "Look"}
    run = app_repo.create_check_run(
        "ghstatus", pull.head.oid, status="in_progress", output={**OUTPUT, "annotations": [line]}
    )
    run.edit(output={**OUTPUT, "annotations": [line]})

    assert [one.message for one in app_repo.get_check_run(run.id).get_annotations()] == ["Look", "Look"]


def test_statuses_have_no_case_and_no_neutral(repo, pull):
    commit = repo.get_commit(pull.head.oid)
    assert commit.get_combined_status().state == "pending"

    commit.create_status("failure", "https://zuul.example/", "It broke", "CI/zuul")
    commit.create_status("success", context="ci/zuul")

    combined = commit.get_combined_status()
    assert (combined.state, [(status.context, status.state) for status in combined.statuses]) == (
        "success",
        [("ci/zuul", "success")],
    )
    assert [status.state for status in commit.get_statuses()] == ["success", "failure"]


def test_one_failure_fails_a_commit(repo, pull):
    pull.head.status("one", "success")
    pull.head.status("two", "error")

    assert repo.get_commit(pull.head.oid).get_combined_status().state == "failure"


def test_pull_requests_by_head(packit, repo, pull):
    same = packit.pull("Other", by="jane", branch="fix")

    assert [found.number for found in repo.get_pulls(head="ann:patch-1")] == [pull.number]
    assert [found.head.sha for found in repo.get_pulls(head="packit:fix")] == [same.head.oid]
    assert repo.get_pull(1).head.repo.full_name == "ann/packit"


def test_commits_of_forks_lead_to_no_pull_request(packit, repo, pull):
    same = packit.pull("Other", by="jane")

    assert list(repo.get_commit(pull.head.oid).get_pulls()) == []
    assert [found.number for found in repo.get_commit(same.head.oid).get_pulls()] == [2]
    run = repo.create_check_run("ghstatus", same.head.oid, **NEUTRAL)
    assert [found.number for found in run.pull_requests] == [2]


def test_a_push_leaves_the_checks_behind(repo, pull):
    pull.head.check("rpm-build:f40", "failure")
    before = pull.head.oid
    pull.push()

    assert repo.get_pull(1).head.sha != before
    assert repo.get_commit(pull.head.oid).get_check_runs().totalCount == 0


def test_a_merged_pull_request(packit, repo, pull):
    pull.merge(by="jane")

    assert (repo.get_pull(1).merged, repo.get_pull(1).state, list(repo.get_pulls())) == (True, "closed", [])


def test_a_branch_stands_for_its_commit(packit, repo):
    assert repo.get_commit("main").sha == repo.get_commit("heads/main").sha == packit.branches["main"].oid


def test_events_for_other_workflows_are_kept(github, packit):
    repo = github.client(github.token("packit/packit", contents="write")).get_repo("packit/packit")

    assert repo.create_repository_dispatch("rebuild", {"incident": 7}) is True
    assert repo.create_repository_dispatch("rebuild", dict.fromkeys("abcdefghijk")) is False
    assert packit.dispatches == [("rebuild", {"incident": 7})]
    github.violations.clear()


def asked(github, token, text, **variables):
    """The data and the errors of a query."""
    answer = github.client(token).requester.requestJson(
        "POST", f"{github.url}/graphql", input={"query": text, "variables": variables}
    )
    found = json.loads(answer[2])
    return found.get("data"), found.get("errors", [])


ROLLUP = """{ repository(owner: "packit", name: "packit") { pullRequest(number: 1) {
    statusCheckRollup { contexts(first: 9) { nodes { __typename } } } } } }"""


@pytest.mark.parametrize(
    ("permissions", "expected", "paths"),
    [
        ({"checks": "read", "statuses": "read"}, ["CheckRun", "StatusContext"], []),
        ({"checks": "read"}, ["CheckRun", None], [["contexts", "nodes", 1]]),
        ({"statuses": "read"}, None, [[]]),
    ],
)
def test_what_may_not_be_read_of_a_private_commit_is_missing(github, packit, pull, permissions, expected, paths):
    packit.private = True
    pull.head.check("tests", "success")
    pull.head.status("ci/zuul", "failure")

    data, errors = asked(github, github.token("packit/packit", pull_requests="read", **permissions), ROLLUP)

    rollup = data["repository"]["pullRequest"]["statusCheckRollup"]
    found = rollup and [node and node["__typename"] for node in rollup["contexts"]["nodes"]]
    assert (found, [error["path"][3:] for error in errors]) == (expected, paths)
    assert {error["type"] for error in errors} <= {"FORBIDDEN"}


def test_what_a_pull_request_closes_and_what_is_said_on_it(github, packit, pull):
    pull.closes += [
        github.repository("packit/status").issue("Copr is down"),
        github.repository("secret/status", private=True).issue("Hidden"),
    ]
    pull.comment("Hello", by="jane")
    text = """{ repository(owner: "packit", name: "packit") { pullRequest(number: 1) { comments(last: 5) { nodes { body } }
        closingIssuesReferences(first: 5) { nodes { number repository { nameWithOwner } } } } } }"""

    data, errors = asked(github, github.token("packit/packit"), text)

    found = data["repository"]["pullRequest"]
    assert (found["comments"]["nodes"], errors) == ([{"body": "Hello"}], [])
    assert found["closingIssuesReferences"]["nodes"] == [
        {"number": 1, "repository": {"nameWithOwner": "packit/status"}}
    ]


def test_a_merge_queue_stands_among_the_refs(github, packit):
    merged = packit.commit("Merge", branch="gh-readonly-queue/main/pr-1-abc")
    text = """{ repository(owner: "packit", name: "packit") {
        refs(refPrefix: "refs/heads/gh-readonly-queue/", first: 5) { nodes { name prefix target { oid } } } } }"""

    data, _ = asked(github, github.token("packit/packit"), text)

    assert data["repository"]["refs"]["nodes"] == [
        {"name": "main/pr-1-abc", "prefix": "refs/heads/gh-readonly-queue/", "target": {"oid": merged.oid}}
    ]


def test_commits_checks_and_statuses_are_nodes(github, packit, pull):
    run, status = pull.head.check("tests", "success"), pull.head.status("ci/zuul", "failure")
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    ids = [pull.head.node_id, run.node_id, status.node_id]

    data, _ = asked(github, github.token("packit/packit"), text, ids=ids)
    assert data["nodes"] == [
        {"__typename": kind, "id": ident}
        for kind, ident in zip(("Commit", "CheckRun", "StatusContext"), ids, strict=True)
    ]
    packit.private = True
    data, errors = asked(github, github.token("packit/status"), text, ids=ids)
    assert (data["nodes"], len(errors)) == ([None] * 3, 3)


@pytest.mark.parametrize(("archived", "expected"), [("", 3), ("isArchived: false, ", 2)])
def test_an_owner_has_the_repositories_that_can_be_seen(github, packit, archived, expected):
    github.repository("packit/old", archived=True)
    github.repository("packit/secret", private=True)
    text = f'{{ repositoryOwner(login: "Packit") {{ repositories({archived}first: 9) {{ nodes {{ name }} }} }} }}'

    data, _ = asked(github, github.token("packit/status"), text)

    assert len(data["repositoryOwner"]["repositories"]["nodes"]) == expected
    assert asked(github, github.token("packit/status"), text.replace("Packit", "nobody"))[0]["repositoryOwner"] is None
