"""How verdicts are written to GitHub: once, however answers get lost, and with words where that isn't allowed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus.actions import NeutraliseRun, PostReport, WriteComment
from ghstatus.errors import StoreError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.grammar import notes
from ghstatus.heads.github import GitHubHeads
from ghstatus.model import Run
from tests.github.direct import direct
from tests.reports import FARM, SETTING, head, report, verdict

REPOSITORY = "packit/ogr"
NAME = "ghstatus/known-failures"


@pytest.fixture
def github():
    with direct() as made:
        made.clock.step = timedelta(0)
        yield made


@pytest.fixture
def pull(github):
    return github.repository(REPOSITORY).pull("Mend", by="ann", fork=True)


@pytest.fixture
def heads(github):
    """Makes heads by a workflow's token, or by an App."""

    def make(token=None, *, app=None, setting=SETTING, falls_back=False):
        right = {"app_id": str(app.id), "app_private_key": app.private_key} if app else {}
        token = {} if app else {"token": token or github.token(REPOSITORY, checks="write", pull_requests="write")}
        client = Client(
            Access(api_url=github.url, wait=600, **right, **token),
            sleep=lambda seconds: github.clock.advance(seconds=seconds),
            clock=lambda: github.clock.now().timestamp(),
            tell=print,
        )
        github.open.callback(client.close)
        return GitHubHeads(client, setting, falls_back=falls_back)

    return make


@pytest.fixture
def app(github, pull):
    made = github.app("ghstatus", checks="write", pull_requests="write")
    made.install(REPOSITORY)
    return made


def about(pull, *verdicts, **said):
    found = report(*(verdicts or (verdict("explained", outage=FARM),)), **said)
    return replace(found, head=head(repository=REPOSITORY, sha=pull.head.oid))


def post(pull, external_id="a1", conclusion="neutral", **said):
    one = said.pop("report", None) or about(pull)
    return PostReport(report=one, name=NAME, conclusion=conclusion, external_id=external_id, **said)


def observed(made, github):
    return made.observe([REPOSITORY], github.clock.now()).heads[0]


def test_a_check_is_posted_completed(github, pull, heads):
    heads().apply(post(pull))

    (run,) = pull.head.runs
    assert (run.name, run.status, run.conclusion, run.external_id) == (NAME, "completed", "neutral", "a1")
    assert (run.completed_at, run.details_url) == (github.clock.now(), None)
    assert run.summary.startswith("[") or FARM.url in run.summary.split("\n\n")[0]
    assert [request.kind for request in github.requests] == ["checks/create"]


@pytest.mark.parametrize("with_", [502, "drop"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_makes_no_second_check(github, pull, heads, with_, when):
    github.fail("checks/create", with_=with_, when=when)
    heads().apply(post(pull))

    assert [run.external_id for run in pull.head.runs] == ["a1"]


def test_another_check_is_not_taken_for_the_lost_one(github, pull, heads):
    made = heads()
    made.apply(post(pull))
    github.fail("checks/create", with_=502)
    made.apply(post(pull, "b2"))

    assert [run.external_id for run in pull.head.runs] == ["a1", "b2"]


def test_an_app_leads_to_the_incident(pull, heads, app):
    heads(app=app).apply(post(pull))

    assert pull.head.runs[0].details_url == FARM.url


def test_an_app_leads_to_the_page_where_there_is_no_incident(pull, heads, app):
    made = heads(app=app)
    made.apply(post(pull, report=about(pull, verdict("own"))))
    heads(app=app, setting=SETTING._replace(page="")).apply(post(pull, "b2", report=about(pull, verdict("own"))))

    first, second = pull.head.runs
    assert (first.details_url, second.details_url) == (SETTING.page, None)


def test_an_app_writes_its_run_anew(github, pull, heads, app):
    made = heads(app=app)
    made.apply(post(pull))
    (run,) = pull.head.runs
    made.apply(post(pull, "b2", "success", run=run.id))

    assert [(one.id, one.external_id, one.conclusion) for one in pull.head.runs] == [(run.id, "b2", "success")]


@pytest.mark.parametrize("by", ["github-actions", None])
def test_an_app_posts_beside_what_is_not_its_own(github, pull, heads, app, by):
    """Such a run was posted by a workflow before there was an App, or is gone."""
    run = pull.head.check(NAME, "neutral", app=by).id if by else 99
    heads(app=app).apply(post(pull, run=run))

    assert [one.suite.app.slug for one in pull.head.runs] == [*([by] if by else []), "ghstatus"]


def test_an_app_that_fails_is_no_reason_to_post_beside(github, pull, heads, app):
    run = pull.head.check(NAME, "neutral", app=app)
    github.fail("checks/update", with_=502, times=None)

    made = heads(app=app)
    with pytest.raises(Exception, match="502 Bad Gateway"):
        made.apply(post(pull, "b2", run=run.id))
    assert pull.head.runs == [run]


def test_a_change_that_is_refused_for_another_reason_is_told(github, pull, heads, app):
    run = pull.head.check(NAME, "neutral", app=app)
    made = heads(app=app)
    made.apply(post(pull, run=run.id))
    github.repository(REPOSITORY).rename("renamed")

    with pytest.raises(StoreError, match="it has moved to packit/renamed"):
        made.apply(post(pull, "b2", run=run.id))
    assert github.counts["checks/create"] == 0
    github.violations.clear()  # GitHub's description knows no redirect there


def test_a_summary_is_as_long_as_github_takes(pull, heads, monkeypatch):
    monkeypatch.setattr("ghstatus.report.summary", lambda *_: "ä" * 65_000)
    heads().apply(post(pull))

    assert pull.head.runs[0].summary == "ä" * 32_767


def test_whoever_may_not_write_checks_learns_why_and_is_not_asked_again(github, pull, heads):
    made = heads(github.token(REPOSITORY, checks="read"))

    for external_id in ("a1", "b2"):
        with pytest.raises(
            StoreError, match=r"needs `checks: write`.*`permissions: checks: write`.*from a fork"
        ) as error:
            made.apply(post(pull, external_id))
        assert error.value.status == 403
    assert len(github.requests) == 1


def test_a_person_writes_no_checks(github, pull, heads):
    github.repository(REPOSITORY).grant("jane", "admin")

    with pytest.raises(StoreError, match=r"You must authenticate via a GitHub App.*written by a GitHub App"):
        heads(github.pat("jane")).apply(post(pull))


def test_a_status_stands_in_where_that_is_wished(github, pull, heads):
    made = heads(github.token(REPOSITORY, statuses="write"), falls_back=True)
    made.apply(post(pull))
    made.apply(post(pull, "b2", "success"))
    made.apply(post(pull, "c3", report=about(pull)))
    well = replace(about(pull), verdicts=())
    made.apply(post(pull, "d4", report=well))

    assert [(one.context, one.state, one.target_url) for one in pull.head.statuses] == [
        (NAME, "pending", f"{FARM.url}#ghstatus=a1"),
        (NAME, "success", f"{FARM.url}#ghstatus=b2"),
        (NAME, "pending", f"{FARM.url}#ghstatus=c3"),
        (NAME, "success", f"{SETTING.page}#ghstatus=d4"),
    ]
    assert all(len(one.description) <= 140 for one in pull.head.statuses)
    assert github.counts["checks/create"] == 1
    found = observed(heads(), github).posted
    assert found == (Run(NAME, 0, "d4", "success", pull.head.statuses[-1].description),)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_makes_no_second_status(github, pull, heads, when):
    github.fail("repos/create-commit-status", with_=502, when=when)
    heads(github.token(REPOSITORY, statuses="write"), falls_back=True).apply(post(pull))

    assert len(pull.head.statuses) == 1


def test_a_status_that_may_not_be_written_is_told(github, pull, heads):
    with pytest.raises(StoreError, match="needs `statuses: write`"):
        heads(github.token(REPOSITORY, checks="read"), falls_back=True).apply(post(pull))


def test_a_gate_of_a_workflow_waits_without_a_word(github, pull, heads):
    heads().apply(post(pull, conclusion=""))

    assert github.requests == []


def comment(pull, digest="aa", **said):
    return WriteComment(report=about(pull), number=pull.number, digest=digest, **said)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_comment_is_written_once(github, pull, heads, when):
    made = heads()
    github.fail("issues/create-comment", with_=502, when=when)
    made.apply(comment(pull))
    made.apply(comment(pull))

    assert [notes.digest_of(one.body) for one in pull.comments] == ["aa"]


def test_a_comment_is_written_anew(pull, heads):
    made = heads()
    made.apply(comment(pull))
    made.apply(comment(pull, "bb", comment=pull.comments[0].id))

    assert [notes.digest_of(one.body) for one in pull.comments] == ["bb"]


def test_a_comment_that_was_deleted_is_written_again(pull, heads):
    heads().apply(comment(pull, comment=123))

    assert [notes.digest_of(one.body) for one in pull.comments] == ["aa"]


def test_a_fake_of_its_comment_keeps_it_from_nothing(pull, heads):
    pull.comment(notes.report("aa", "All is well"), by="stranger")
    heads().apply(comment(pull))

    assert [one.author.login for one in pull.comments] == ["stranger", "github-actions[bot]"]


def test_an_apps_own_run_is_made_neutral_with_the_reason_in_front(github, pull, heads, app):
    run = pull.head.check("testing-farm:f41", "failure", app=app, title="Tests failed", summary="2 of 3")
    made = heads(app=app)
    (check,) = observed(made, github).checks
    made.apply(NeutraliseRun(repository=REPOSITORY, run=run.id, verdict=verdict("explained", outage=FARM, check=check)))

    assert (run.conclusion, run.title) == ("neutral", made_title(run))
    assert run.summary.endswith("\n\n---\n\n**Tests failed**\n\n2 of 3")
    assert FARM.url in run.summary


def made_title(run):
    assert "Tests failed" not in run.title
    return run.title


def test_another_apps_run_is_never_made_neutral(github, pull, heads, app):
    run = pull.head.check("testing-farm:f41", "failure")
    one = verdict("explained", check=replace(verdict("own").check, title="", summary="", ended=None))

    with pytest.raises(StoreError, match="can only be modified by the GitHub App that created it"):
        heads(app=app).apply(NeutraliseRun(repository=REPOSITORY, run=run.id, verdict=one))
    assert run.conclusion == "failure"


def test_checks_are_written_no_faster_than_github_likes(github, pull, heads):
    made = heads()
    begun = github.clock.now()
    for number in range(100):
        made.apply(post(pull, f"{number:02x}"))

    assert (github.clock.now() - begun).total_seconds() == 90
    assert len(pull.head.runs) == 100
