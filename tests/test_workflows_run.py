"""The job of status.yml that applies and builds, step by step as GitHub Actions runs it, against a loopback GitHub."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.workflows import ROOT, STARTED, Runner, outputs, read

pytestmark = pytest.mark.loopback

STATUS = read(ROOT / ".github" / "workflows" / "status.yml")
CONFIG = """\
title: Example Status
components: [{id: copr, name: Copr}, {id: koji, name: Koji}]
store: github
limits: {wait: 0}
"""
PAGE = "https://packit.github.io/status"
REPOSITORY = {"default_branch": "main"}


class Repository:
    """A status repository whose workflow runs."""

    def __init__(self, github, folder, program):
        self.github = github
        self.issues = github.repository("packit/status")
        self.issues.grant("jane", "write")
        environment = {"GITHUB_API_URL": github.url, "GITHUB_REPOSITORY": "packit/status", "NO_COLOR": "1"}
        files = {"ghstatus.yml": CONFIG}
        self.runner = Runner(folder, files=files, environment=environment, page=PAGE, program=program)
        self.token = github.token("packit/status", issues="write")

    def happen(self, event, action=None, *, inputs=None):
        payload = {"schedule": "*/10 * * * *"} if event == "schedule" else {"action": action, "repository": REPOSITORY}
        job = self.runner.run(STATUS["jobs"]["apply"], event, payload, inputs=inputs, token=self.token)
        self.github.clock.set(datetime.now(UTC))
        return job

    def outage(self, title="Copr is down", *labels, **said):
        labels = ["incident", "severity/major", "component/copr", *labels]
        return self.issues.issue(title, said.get("body", "It is."), by=said.get("by", "jane"), labels=labels)


@pytest.fixture
def repository(github, tmp_path, prepared):
    github.looks_at_answers = False
    github.clock.set(datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2))
    made = Repository(github, tmp_path, prepared)
    made.outage()
    github.clock.advance(minutes=5)
    return made


def is_published(job):
    """Whether the job that deploys would run."""
    (condition,) = re.findall(r"\$\{\{(.*)\}\}", STATUS["jobs"]["deploy"]["if"])
    return bool(job.value(condition.strip(), {"needs": {"apply": {"outputs": job.outputs}}}))


@pytest.mark.parametrize("starts", [True, False], ids=["started", "prepared"])
def test_an_issue_that_was_opened_is_on_the_page_and_pinned(repository, starts):
    """Once with a ghstatus that starts as it does on GitHub's machines; elsewhere that takes too long."""
    if starts:
        repository.runner.program = STARTED

    job = repository.happen("issues", "opened")

    assert (job.failed, is_published(job)) == (False, True), job.text
    assert "Partial outage of Copr" in job.page()
    assert f'<link rel="canonical" href="{PAGE}/' in job.page()
    assert job.outputs == {
        "artifact": "github-pages-1",
        "status": "partial_outage",
        "changed": "true",
        "page-url": f"{PAGE}/",
    }
    (issue,) = repository.issues.issues.values()
    assert issue.pinned_by.login == "github-actions[bot]"
    welcome, reminder = issue.comments  # it was opened a while ago, and nobody has taken the lead since
    assert f"{PAGE}/incidents/1/" in welcome.body
    assert reminder.body.startswith("<!-- ghstatus:reminder ")
    assert f"[{PAGE.replace('://', ':&#8203;//')}/]({PAGE}/)" in job.summary.replace("\\", "")


def labelled(repository, issue):
    issue.unlabel("severity/major", by="jane")
    issue.label("severity/critical", by="jane")


EVENTS = {
    "labeled": (labelled, "Major outage of Copr", "Partial outage", "major_outage"),
    "edited": (lambda _, issue: issue.rename("Copr is slow", by="jane"), "Copr is slow", "Copr is down", None),
    "closed": (lambda _, issue: issue.close(by="jane"), "All systems operational", "Partial outage of", "operational"),
    "deleted": (lambda _, issue: issue.delete(), "All systems operational", "Copr is down", "operational"),
    "transferred": (
        lambda repository, issue: issue.transfer(repository.github.repository("packit/other"), by="jane"),
        "All systems operational",
        "Copr is down",
        "operational",
    ),
}


@pytest.mark.parametrize("action", EVENTS)
def test_what_happened_to_an_issue_is_on_the_page(repository, action):
    do, seen, unseen, status = EVENTS[action]
    repository.happen("issues", "opened")
    do(repository, repository.issues.issues[1])

    job = repository.happen("issues", action)

    assert (job.failed, is_published(job)) == (False, True), job.text
    assert seen in job.page()
    assert unseen not in job.page()
    assert job.outputs["status"] == (status or "partial_outage")
    assert (job.artifact / "incidents" / "1").exists() is (action not in {"deleted", "transferred"})


def test_a_schedule_finds_what_no_event_told_of(repository):
    repository.happen("issues", "opened")
    repository.issues.issues[1].comment("**Identified:** A disk is full.", by="jane")

    job = repository.happen("schedule")
    again = repository.happen("schedule")

    assert "A disk is full." in job.page()
    assert (job.failed, again.failed) == (False, False)
    assert again.outputs["changed"] == "false"
    assert "nothing to change in packit/status; 1 request to GitHub" in again.text


def test_the_runs_of_one_form_come_to_the_same(repository):
    first = repository.happen("issues", "opened")
    last = [repository.happen("issues", "labeled") for _ in range(2)][-1]

    assert [first.outputs["changed"], last.outputs["changed"]] == ["true", "false"]
    assert set(repository.issues.issues) == {1}


def test_a_github_that_is_down_hands_no_page_over(repository):
    repository.happen("issues", "opened")
    kept = dict(repository.runner.kept)
    issues = len(repository.issues.issues)
    repository.github.fail("POST /graphql", with_=503, times=None)

    job = repository.happen("issues", "labeled")

    assert (job.failed, job.artifact, job.outputs["artifact"], is_published(job)) == (True, None, "", False)
    assert not (job.temp / "_site").exists()
    assert repository.runner.kept == kept
    assert len(repository.issues.issues) == issues
    assert job.summary.startswith("### ghstatus stopped\n")
    assert [line for line in job.commands if line.startswith("::error::")]


def test_a_change_that_is_refused_fails_the_run_and_the_page_is_published(repository):
    repository.github.fail("graphql:pinIssue", with_="forbidden", times=None)

    job = repository.happen("issues", "opened")

    assert (job.failed, is_published(job)) == (True, True)
    assert "Partial outage of Copr" in job.page()
    assert any(line.startswith("::error::failed: pin") for line in job.commands)


@pytest.mark.parametrize("action", ["actions/configure-pages", "actions/setup-python"])
def test_a_run_that_fails_before_it_begins_writes_nothing(repository, action):
    repository.runner.broken.add(action)

    job = repository.happen("issues", "opened")

    assert (job.failed, is_published(job), job.artifact) == (True, False, None)
    assert repository.github.requests == []


def test_a_page_that_can_t_be_handed_over_is_not_published(repository):
    repository.runner.broken.add("actions/upload-pages-artifact")

    job = repository.happen("issues", "opened")

    assert (job.failed, is_published(job), job.outputs["artifact"]) == (True, False, "")


def test_a_broken_configuration_is_an_error_beside_its_line(repository):
    repository.runner.files["ghstatus.yml"] = CONFIG.replace("title", "titel")

    job = repository.happen("push")

    assert (job.failed, is_published(job)) == (True, False)
    assert any(line.startswith("::error file=ghstatus.yml,line=1,") for line in job.commands)


def test_a_fork_publishes_and_writes_nothing(repository):
    repository.happen("issues", "opened")
    repository.outage("Koji is down too")
    repository.runner.files["ghstatus.yml"] = f"{CONFIG}repository: packit/status\n"
    repository.runner.environment["GITHUB_REPOSITORY"] = "jane/status"
    repository.github.repository("jane/status")
    repository.token = repository.github.token("jane/status", issues="write")
    before = len(repository.github.requests)

    job = repository.happen("push")

    assert (job.failed, is_published(job)) == (False, True), job.text
    assert "Koji is down too" in job.page()
    assert "nothing is changed: this runs in jane/status" in job.text
    assert "Nothing is changed: this runs in jane/status" in job.summary
    assert job.outputs["changed"] == "false"
    asked = {(record.verb, record.kind) for record in repository.github.requests[before:]}
    assert asked <= {
        ("POST", "graphql:repository"),
        ("POST", "graphql:viewer+rateLimit+repository"),
        ("GET", "repos/get-collaborator-permission-level"),
    }
    assert asked


def test_incidents_in_files_are_published(repository):
    repository.runner.files = {
        "status/ghstatus.yml": CONFIG.replace("store: github\n", ""),
        "status/incidents/a.md": "---\ntitle: Builds pending\nseverity: hihg\ncomponents: [copr]\n"
        "started: 2026-03-02 08:00\n---\nThey wait.\n",
    }

    job = repository.happen("push", inputs={"site": "status"})

    assert (job.failed, is_published(job)) == (False, True), job.text
    assert "Builds pending" in job.page()
    assert any(line.startswith("::warning file=status/incidents/a.md,line=3,") for line in job.commands)
    assert "**Problems** (1)" in job.summary


def test_without_pages_nothing_is_handed_over(repository):
    job = repository.happen("issues", "opened", inputs={"without-pages": True})

    assert (job.failed, job.artifact, is_published(job)) == (False, None, False)
    assert job.outputs["page-url"] == ""


def test_an_address_that_was_given_is_believed(repository):
    job = repository.happen("issues", "opened", inputs={"base-url": "https://status.example.org/at/"})

    assert job.outputs["page-url"] == "https://status.example.org/at/"
    assert 'href="/at/static/' in job.page("404.html")


def test_an_app_writes_elsewhere_and_its_key_stays_out_of_the_log(repository):
    app = repository.github.app("ghstatus", issues="write")
    app.install("packit/status")
    steps = {step.get("id"): step for step in STATUS["jobs"]["apply"]["steps"]}
    contexts = {
        "inputs": {"app-id": str(app.id)},
        "secrets": {"app-private-key": "KEY"},
        "github": {"token": "its own"},
        "steps": {},
    }
    job = repository.happen("schedule")

    for step in ("apply", "build"):
        said = {name: job.said(text, contexts) for name, text in steps[step]["env"].items()}
        assert said == {
            "GITHUB_TOKEN": "",
            "GHSTATUS_APP_ID": str(app.id),
            "GHSTATUS_APP_PRIVATE_KEY": "KEY",
            "GHSTATUS_BASE_URL": "",
        }


def test_a_server_that_tells_no_origin_is_one_message(repository, monkeypatch):
    steps = {step["name"]: step for step in STATUS["jobs"]["apply"]["steps"]}
    job = repository.happen("schedule")
    job.commands.clear()

    outcome, said = job.run(steps["Name what is to come"], job.contexts | {"job": {}, "inputs": {}}, {})

    assert (outcome, said) == ("failure", {})
    assert job.commands[0].endswith("Say tool-repository and tool-ref.")


TRAPS = (
    "::set-output name=status::operational",
    "::error file=ghstatus.yml,line=1::trap",
    "##[error]trap",
    "##[set-output name=status]operational",
    "::add-mask::e",
    "::stop-commands::trap",
    "$(touch pwned) `touch pwned` ; touch pwned && touch pwned | touch pwned",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "${{ github.token }} ${{ secrets.app-private-key }}",
    "status<<EOF\noperational\nEOF",
    "END\nEOF\nstatus=operational\nstatus<<ghstatus-\noperational",
    "%0A::error::trap%0D%25",
    "\r::warning::trap\r\n::notice::trap",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> @packit/team #1 https://evil.example/",
)


def test_nothing_that_strangers_or_maintainers_write_gives_orders(repository):
    everything = "\n".join(TRAPS)
    for number, trap in enumerate(TRAPS):
        line = " ".join(trap.split())
        person = "stranger" if number % 3 == 0 else "jane"
        issue = repository.outage(line[:200], by=person, body=f"{everything}\n\n### Severity\n\n{trap}\n")
        issue.comment(f"{everything}\n\nSeverity: {line}", by="jane")
    for trap in TRAPS[:7]:
        name = f"component/{' '.join(trap.split())}"[:50]
        repository.issues.label(name)
        repository.issues.issues[2].label(name, by="jane")
    repository.runner.files["ghstatus.yml"] = f"{CONFIG.replace('wait: 0', 'wait: 0, actions: 500')}"

    job = repository.happen("issues", "opened")

    assert is_published(job), job.text
    assert {command.split("::")[1].split()[0] for command in job.commands} <= {"warning", "error"}
    assert all(re.match(r"::(warning|error)( title=%?#?\d+)?::", command) for command in job.commands)
    assert not [command for command in job.commands if "::" in command.split("::", 2)[2] or "##[" in command]
    assert not list(repository.runner.folder.rglob("pwned"))
    assert set(job.outputs) == {"artifact", "status", "changed", "page-url"}
    assert job.outputs["status"] == "partial_outage"
    assert job.outputs["page-url"] == f"{PAGE}/"
    assert not re.search(r"<script|<img|(?<!\\)@(?!&#8203;)|https://evil", job.summary)
    assert all(not line.lstrip().startswith("::") for line in job.summary.splitlines())


@pytest.mark.parametrize("text", ["a=b\n", "a<<X\nb\nX\n", "a<<X\nb\nc=d\nX\n"])
def test_outputs_are_read_as_a_runner_reads_them(tmp_path, text):
    (tmp_path / "outputs").write_text(text)

    assert list(outputs(tmp_path / "outputs")) == ["a"]
