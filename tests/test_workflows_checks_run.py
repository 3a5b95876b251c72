"""The job of checks.yml, step by step as GitHub Actions runs it, against a loopback GitHub with pull requests."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.workflows import ROOT, STARTED, Expression, Runner, expressions, read

pytestmark = pytest.mark.loopback

CHECKS = read(ROOT / ".github" / "workflows" / "checks.yml")
CONFIG = """\
title: Example Status
components:
- {id: copr, name: Copr, checks: [packit-copr]}
- {id: testing-farm, name: Testing Farm, checks: [packit-testing-farm]}
store: github
limits: {wait: 0}
"""
OWN = "ghstatus/known-failures"
LOST = "Failed to provision test environment. Please check https://status.testing-farm.io for possible outages."
KNOWN = "### Component\n\nTesting Farm (testing-farm)\n\n### Text to match\n\nthe machine vanished in a puff of smoke\n"
DASHBOARD = "https://dashboard.packit.dev/jobs/testing-farm/7"


class Repository:
    """A repository whose workflow looks at its own pull requests; its issues are the incidents."""

    def __init__(self, github, folder, program):
        self.github = github
        self.here = github.repository("packit/status")
        self.here.grant("jane", "write")
        environment = {"GITHUB_API_URL": github.url, "GITHUB_REPOSITORY": "packit/status", "NO_COLOR": "1"}
        files = {"ghstatus.yml": CONFIG}
        self.runner = Runner(folder, files=files, environment=environment, page="", program=program)
        permissions = {name.replace("-", "_"): may for name, may in CHECKS["jobs"]["apply"]["permissions"].items()}
        self.token = github.token("packit/status", **permissions)

    def pull(self, called="Mend", **about):
        """A pull request from a fork, one of whose checks Testing Farm lost."""
        pull = self.here.pull(called, by="ann", fork=True)
        said = {"title": LOST, "summary": ""} | about
        pull.head.check("testing-farm:fedora-rawhide-x86_64", "failure", details_url=DASHBOARD, **said)
        pull.head.check("rpm-build:fedora-rawhide-x86_64", "success")
        return pull

    def happen(self, event, *, inputs=None, secrets=None, **payload):
        payload |= {"repository": {"default_branch": "main", "full_name": "packit/status"}}
        job = CHECKS["jobs"]["apply"]
        ran = self.runner.run(job, event, payload, inputs=inputs, token=self.token, secrets=secrets)
        self.github.clock.set(datetime.now(UTC))
        return ran

    def outage(self):
        labels = ["incident", "severity/major", "component/testing-farm"]
        return self.here.issue("Testing Farm has no machines", "It hasn't.", by="jane", labels=labels)


@pytest.fixture
def repository(github, tmp_path, prepared):
    github.looks_at_answers = False
    github.clock.set(datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1))
    return Repository(github, tmp_path, prepared)


def posted(pull):
    return [run for run in pull.head.runs if run.name == OWN]


def told(pull):
    (run,) = posted(pull)
    return run.conclusion, run.title


@pytest.mark.parametrize("starts", [True, False], ids=["started", "prepared"])
def test_the_clock_finds_what_failed_and_writes_nothing_twice(repository, starts):
    """Once with a ghstatus that starts as it does on GitHub's machines; elsewhere that takes too long."""
    if starts:
        repository.runner.program = STARTED

    repository.outage()
    pulls = [repository.pull("One"), repository.pull("Two")]

    job = repository.happen("schedule", schedule="4-59/10 * * * *")
    again = repository.happen("schedule", schedule="4-59/10 * * * *")

    assert (job.failed, again.failed) == (False, False), job.text + again.text
    assert [told(pull)[0] for pull in pulls] == ["neutral", "neutral"]
    assert all("Testing Farm" in told(pull)[1] for pull in pulls)
    assert job.outputs == {"changed": "true", "explained": "2"}
    assert again.outputs == {"changed": "false", "explained": "2"}
    assert job.summary
    assert len(repository.runner.kept) == 2


def events(pull, other):
    sha = pull.head.oid
    return {
        "check_run": {"check_run": {"head_sha": sha, "name": "testing-farm:x", "details_url": DASHBOARD}},
        "workflow_run": {"workflow_run": {"head_sha": sha}},
        "issue_comment": {
            "issue": {"number": pull.number, "pull_request": {"url": "x"}},
            "comment": {"body": "/ghstatus ignore no"},
        },
    }


@pytest.mark.parametrize("event", ["check_run", "workflow_run", "issue_comment"])
def test_an_event_about_one_commit_leaves_the_others_alone(repository, event):
    repository.outage()
    pull, other = repository.pull("One"), repository.pull("Two")

    job = repository.happen(event, **events(pull, other)[event])

    assert not job.failed, job.text
    assert told(pull)[0] == "neutral"
    assert posted(other) == []
    assert repository.runner.kept == {}


def test_what_waits_in_the_merge_queue_is_looked_at(repository):
    repository.outage()
    waiting = repository.here.commit("Merge", by="ann", branch="gh-readonly-queue/main/pr-1")
    waiting.check("testing-farm:fedora-rawhide-x86_64", "failure", details_url=DASHBOARD, title=LOST, summary="")

    job = repository.happen("merge_group", action="checks_requested", merge_group={"head_sha": waiting.oid})

    assert not job.failed, job.text
    assert [run.conclusion for run in waiting.runs if run.name == OWN] == ["neutral"]


def test_an_event_about_nobody_s_check_costs_no_request(repository):
    pull = repository.pull()
    run = {"head_sha": pull.head.oid, "name": "spelling", "details_url": "https://spelling.example.org/"}

    job = repository.happen("check_run", check_run=run)

    assert (job.failed, job.outputs["changed"], posted(pull)) == (False, "false", []), job.text
    assert repository.github.requests == []


def test_a_person_asks_about_one_pull_request(repository):
    repository.outage()
    pull, other = repository.pull("One"), repository.pull("Two")
    address = f"https://github.com/packit/status/pull/{pull.number}"

    job = repository.happen("workflow_dispatch", inputs={"pr": address})

    assert not job.failed, job.text
    assert (told(pull)[0], posted(other)) == ("neutral", [])


def test_what_is_no_pull_request_is_refused_and_runs_nothing(repository):
    job = repository.happen("workflow_dispatch", inputs={"pr": "'; touch pwned; $(touch pwned) #1"})

    assert job.failed
    assert any(line.startswith("::error::--pr: ") for line in job.commands)
    assert not list(repository.runner.folder.rglob("pwned"))


def test_an_app_reaches_other_repositories(repository):
    github = repository.github
    repository.outage()
    pull = github.repository("packit/ogr").pull("Far away", by="ann", fork=True)
    said = {"title": LOST, "summary": ""}
    pull.head.check("testing-farm:fedora-rawhide-x86_64", "failure", details_url=DASHBOARD, **said)
    may = {"checks": "write", "contents": "read", "issues": "write", "pull_requests": "read", "statuses": "read"}
    app = github.app("ghstatus-of-packit", **may)
    app.install("packit/status", "packit/ogr")
    repository.runner.files["ghstatus.yml"] = f"{CONFIG}checks: {{repositories: [packit/ogr]}}\n"

    job = repository.happen(
        "schedule", inputs={"app-id": str(app.id)}, secrets={"app-private-key": app.private_key}, schedule="x"
    )

    assert not job.failed, job.text
    assert told(pull)[0] == "neutral"
    assert posted(pull)[0].suite.app is app


def test_another_repository_s_incidents_explain_and_are_left_alone(repository):
    """As in a project that has no status page of its own: its token writes nothing there."""
    repository.outage()
    repository.here.issue("Lost machines", KNOWN, by="jane", labels=["known-failure"])
    github, ogr = repository.github, repository.github.repository("packit/ogr")
    there, repository.here = repository.here, ogr
    pull = repository.pull()
    granted = {"checks": "write", "contents": "read", "issues": "write", "pull_requests": "read", "statuses": "read"}
    repository.token = github.token("packit/ogr", **granted)
    repository.runner.environment["GITHUB_REPOSITORY"] = "packit/ogr"
    repository.runner.files["ghstatus.yml"] = f"{CONFIG}repository: packit/status\n"

    job = repository.happen("schedule", schedule="x")

    assert not job.failed, job.text
    assert told(pull)[0] == "neutral"
    assert [issue.comments for issue in there.issues.values()] == [[], []]


def test_without_the_right_to_write_checks_the_run_fails_and_says_why(repository):
    repository.outage()
    pull = repository.pull()
    repository.token = repository.github.token("packit/status", issues="write", pull_requests="read", statuses="read")

    job = repository.happen("schedule", schedule="x")

    assert (job.failed, posted(pull), job.outputs["changed"]) == (True, [], "false")
    assert "checks: write" in job.text


def test_a_github_that_is_down_is_an_error_and_nothing_is_noted(repository):
    repository.github.fail("POST /graphql", with_=503, times=None)

    job = repository.happen("schedule", schedule="x")

    assert job.failed
    assert job.summary.startswith("### ghstatus stopped\n")
    assert [line for line in job.commands if line.startswith("::error::")]


def test_what_a_check_or_a_stranger_says_gives_no_orders(repository):
    trap = "::error::trap ##[error]trap $(touch pwned) `touch pwned`"
    repository.outage()
    pull = repository.pull(trap, title=f"{LOST} {trap}", summary=f"{trap}\nchanged=false\n")
    pull.head.check(f"testing-farm:{trap}"[:90], "failure", details_url=DASHBOARD, title=trap, summary="")

    job = repository.happen("schedule", schedule="x")

    assert not job.failed, job.text
    assert not [line for line in job.commands if "trap" in line and not line.startswith("::warning")]
    assert not list(repository.runner.folder.rglob("pwned"))
    assert set(job.outputs) == {"changed", "explained"}
    assert job.outputs["changed"] == "true"


def test_a_fork_s_and_a_person_s_runs_are_of_the_default_branch():
    (ref,) = [step["with"]["ref"] for step in CHECKS["jobs"]["apply"]["steps"] if "configuration" in step["name"]]
    event = {"repository": {"default_branch": "trunk"}}

    assert Expression(expressions(ref)[0], {"github": {"event": event, "ref": "x"}}, {}).value() == "trunk"
