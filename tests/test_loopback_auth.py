"""The loopback GitHub lets tokens, apps and people do what GitHub lets them, and no more."""

from datetime import UTC, datetime

import pytest
import requests
from github import Auth, GithubException, GithubIntegration, UnknownObjectException

pytestmark = pytest.mark.loopback


@pytest.fixture
def status(github):
    repository = github.repository("packit/status")
    repository.issue("Copr is down")
    return repository


def refused(attempt):
    with pytest.raises(GithubException) as error:
        attempt()
    return error.value.status, error.value.data["message"]


def comment(github, token, name="packit/status"):
    return github.client(token).get_repo(name).get_issue(1).create_comment("Hi")


@pytest.mark.parametrize("role", ["admin", "maintain", "write", "triage", "read"])
def test_permission_has_four_words_and_role_name_all(github, status, role):
    status.grant("jane", role)
    repo = github.client(github.token("packit/status")).get_repo("packit/status")

    assert repo.get_collaborator_role_name("jane") == role
    assert repo.get_collaborator_permission("jane") == {"maintain": "write", "triage": "read"}.get(role, role)


def test_everybody_may_read_what_is_public(github, status):
    github.world.user("stranger")
    repo = github.client(github.token("packit/status")).get_repo("packit/status")

    assert repo.get_collaborator_permission("stranger") == "read"
    status.private = True
    assert repo.get_collaborator_permission("stranger") == "none"


@pytest.mark.parametrize(("role", "expected"), [("write", None), ("triage", 403)])
def test_a_person_needs_push_access_to_ask_for_permissions(github, status, role, expected):
    status.grant("jane", role)
    repo = github.client(github.pat("jane")).get_repo("packit/status")

    if expected is None:
        assert repo.get_collaborator_role_name("jane") == role
    else:
        with pytest.raises(GithubException, match="Must have push access") as error:
            repo.get_collaborator_permission("jane")
        assert error.value.status == expected


def test_a_bot_has_no_permission_to_ask_for(github, status):
    github.world.app("dependabot")
    repo = github.client(github.token("packit/status")).get_repo("packit/status")

    assert refused(lambda: repo.get_collaborator_permission("dependabot[bot]")) == (
        404,
        "dependabot[bot] is not a user",
    )


def test_an_archived_repository_is_only_read(github, status):
    status.archived = True
    token = github.token("packit/status", issues="write")

    assert github.client(token).get_repo("packit/status").get_issue(1).title == "Copr is down"
    with pytest.raises(GithubException, match="archived") as error:
        comment(github, token)
    assert error.value.status == 403


def test_issues_can_be_switched_off(github, status):
    status.pull("A change")
    status.has_issues = False
    repo = github.client(github.token("packit/status", issues="write")).get_repo("packit/status")

    for forbidden in (lambda: repo.get_issue(1), lambda: repo.create_issue("Two")):
        with pytest.raises(GithubException, match="Issues are disabled") as error:
            forbidden()
        assert error.value.status == 410
    assert [issue.number for issue in repo.get_issues()] == [2]


def test_nobody_knows_an_unknown_person(github, status):
    repo = github.client(github.token("packit/status")).get_repo("packit/status")

    with pytest.raises(UnknownObjectException):
        repo.get_collaborator_permission("nobody")


def test_the_association_of_a_hidden_member_says_none(github, status):
    status.grant("jane", "admin", hidden=True)
    issue = status.issue("Another", by="jane")
    repo = github.client(github.token("packit/status")).get_repo("packit/status")

    assert repo.get_issue(issue.number).raw_data["author_association"] == "NONE"
    assert repo.get_collaborator_permission("jane") == "admin"


@pytest.mark.parametrize(
    ("held", "expected"),
    [({}, 403), ({"issues": "read"}, 403), ({"checks": "write"}, 403), ({"issues": "write"}, None)],
)
def test_a_workflow_writes_what_it_declared(github, status, held, expected):
    token = github.token("packit/status", **held)

    if expected is None:
        assert comment(github, token).user.login == "github-actions[bot]"
    else:
        assert refused(lambda: comment(github, token)) == (403, "Resource not accessible by integration")


def test_a_workflow_writes_in_its_own_repository(github, status):
    github.repository("packit/packit").issue("Other")
    token = github.token("packit/status", issues="write")

    assert refused(lambda: comment(github, token, "packit/packit")) == (403, "Resource not accessible by integration")


def test_private_repositories_are_hidden(github, status):
    status.private = True
    other = github.repository("packit/packit")

    assert refused(lambda: github.client().get_repo("packit/status")) == (404, "Not Found")
    assert refused(lambda: github.client(github.pat("stranger")).get_repo("packit/status")) == (404, "Not Found")
    assert refused(lambda: github.client(github.token("packit/packit")).get_repo("packit/status")) == (404, "Not Found")
    repo = github.client(github.token("packit/status")).get_repo("packit/status")
    assert refused(lambda: repo.get_issue(1)) == (403, "Resource not accessible by integration")
    assert (
        github.client(github.pat(other.grant("jane", "read").login)).get_repo("packit/packit").full_name
        == "packit/packit"
    )


def test_a_fine_grained_token_is_narrower_than_its_user(github, status):
    status.grant("jane", "write")
    github.repository("packit/packit").grant("jane", "write")
    github.repository("packit/packit").issue("Other")
    token = github.fine_grained("jane", "packit/status", issues="write")

    assert comment(github, token).user.login == "jane"
    assert refused(lambda: comment(github, token, "packit/packit")) == (
        403,
        "Resource not accessible by personal access token",
    )


def test_a_wrong_token_is_noticed(github, status):
    assert refused(lambda: github.client("ghp_wrong").get_repo("packit/status")) == (401, "Bad credentials")


def test_without_a_token_one_may_read(github, status):
    issue = github.client().get_repo("packit/status").get_issue(1)

    assert issue.title == "Copr is down"
    assert refused(lambda: issue.create_comment("Hi")) == (401, "Requires authentication")


def test_a_request_says_who_it_is_from(github, status):
    answer = requests.get(f"{github.url}/repos/packit/status", headers={"User-Agent": ""}, timeout=5)

    assert answer.status_code == 403


@pytest.fixture
def integration(github, status):
    """A PyGithub that signs as an app."""
    app = github.app("ghstatus", checks="write", issues="read")
    app.install("packit/status")
    made = GithubIntegration(
        auth=Auth.AppAuth(app.id, app.private_key),
        base_url=github.url,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )
    yield made
    made.close()


def test_an_app_finds_its_installations(github, integration):
    installation = integration.get_repo_installation("packit", "status")

    assert integration.get_app().slug == "ghstatus"
    assert [found.id for found in integration.get_installations()] == [installation.id]
    with pytest.raises(UnknownObjectException):
        integration.get_repo_installation("packit", "packit")


def test_an_installation_acts_as_the_apps_bot(github, status, integration):
    installation = integration.get_repo_installation("packit", "status")
    token = integration.get_access_token(installation.id)
    repo = github.client(token.token).get_repo("packit/status")

    run = repo.create_check_run("ghstatus", status.branches["main"].oid, status="in_progress")

    assert run.app.slug == "ghstatus"
    assert token.expires_at > datetime.now(UTC)
    assert token.permissions == {"metadata": "read", "checks": "write", "issues": "read"}
    assert refused(lambda: repo.get_issue(1).create_comment("Hi")) == (403, "Resource not accessible by integration")


def test_an_installation_token_renews_itself(github, integration):
    installation = integration.get_repo_installation("packit", "status")
    client = installation.get_github_for_installation()

    assert client.get_repo("packit/status").full_name == "packit/status"
    assert github.counts["apps/create-installation-access-token"] == 1
    client.close()


def test_an_installation_token_is_made_narrower_not_wider(github, integration):
    installation = integration.get_repo_installation("packit", "status")

    assert integration.get_access_token(installation.id, {"checks": "read"}).permissions["checks"] == "read"
    assert refused(lambda: integration.get_access_token(installation.id, {"contents": "write"}))[0] == 422


def test_an_app_signs_with_its_own_key(github, status):
    app = github.app("ghstatus")
    head, claims, signature = Auth.AppAuth(app.id, app.private_key).token.split(".")
    forged = ".".join([head, claims, signature[::-1]])

    answer = requests.get(f"{github.url}/app", headers={"Authorization": f"Bearer {forged}"}, timeout=5)

    assert (answer.status_code, answer.json()["message"]) == (401, "A JSON web token could not be decoded")


def test_only_an_app_asks_as_an_app(github, status):
    answer = requests.get(f"{github.url}/app", headers={"Authorization": f"Bearer {github.pat('jane')}"}, timeout=5)

    assert (answer.status_code, answer.json()["message"]) == (401, "A JSON web token could not be decoded")


def test_who_am_i(github):
    assert github.client(github.pat("jane")).get_user().login == "jane"
    workflow = github.client(github.token("packit/status")).get_user()
    assert refused(lambda: workflow.login) == (403, "Resource not accessible by integration")


def test_a_repository_says_what_one_may_do_in_it(github, status):
    status.grant("jane", "triage")

    told = github.client(github.pat("jane")).get_repo("packit/status").permissions

    assert (told.pull, told.triage, told.push, told.admin) == (True, True, False, False)


def test_what_an_installation_reaches(github, status, integration):
    token = integration.get_access_token(integration.get_repo_installation("packit", "status").id)

    answer = requests.get(
        f"{github.url}/installation/repositories", headers={"Authorization": f"Bearer {token.token}"}, timeout=5
    )

    assert [found["full_name"] for found in answer.json()["repositories"]] == ["packit/status"]
