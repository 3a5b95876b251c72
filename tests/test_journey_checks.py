"""A newcomer's first outage of somebody else: `init`, a pull request that fails meanwhile, a neutral check, and its end."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from ghstatus import evidence
from ghstatus.cli import access, asking, watching
from ghstatus.grammar import form
from ghstatus.starter import CHECKS, CLOCK
from tests import submissions

pytest_plugins = ["tests.commands", "tests.github.fixture"]
pytestmark = pytest.mark.loopback

INIT = ("--repo", "packit/status", "--title", "Packit Status", "-c", "Website", "--external", "copr")
OWN = "ghstatus/known-failures"
CHROOT = "fedora-rawhide-x86_64"
MUTE = {"title": "RPMs failed to be built.", "summary": "| [build](https://dashboard.packit.dev/jobs/copr/1) |"}
THEIRS = "Backend process error: Three host tried without success: {'2620:52:6:1161:dead:beef:cafe:c14b'}"
OURS = "src/main.c:12:5: error: expected ';' before '}' token\nerror: Bad exit status from /var/tmp/rpm-tmp.x (%build)"
ANSWERS = {
    form.COMPONENTS: ["Copr (copr)"],
    form.SEVERITY: "major \N{EN DASH} it fails for some, or in part",
    form.BROKEN: "Builders can't be reached.",
    form.WORKAROUND: "Wait, then comment `/packit rebuild-failed`.",
}


@pytest.fixture
def here(tmp_path, monkeypatch, run):
    """The clone of an empty repository, made a status page's by one command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(asking, "is_there_anybody", lambda: False)
    assert run("init", *INIT)[0] == 0
    return tmp_path


@pytest.fixture
def status(github, monkeypatch, here, upstream):
    """That repository on GitHub, where jane writes; a run has what the job of its workflow is granted, and no more."""
    monkeypatch.setattr(
        access, "time", SimpleNamespace(time=lambda: github.clock.now().timestamp(), sleep=lambda _: None)
    )
    monkeypatch.setattr(watching, "reader", lambda: evidence.Reader(upstream.fetch, lambda: 0))
    (job,) = yaml.safe_load((here / CHECKS).read_text())["jobs"].values()
    granted = {name.replace("-", "_"): may for name, may in job["permissions"].items()}
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", **granted))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    monkeypatch.setenv("GITHUB_REPOSITORY", "packit/status")
    repository = github.repository("packit/status")
    repository.grant("jane", "write")
    github.looks_at_answers = False
    return repository


@pytest.fixture
def look(run, github):
    """Does what the workflow does; gives the last line of what it said."""

    def look():
        now = f"{github.clock.advance(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
        code, out, err = run("checks", "apply", "--event", "--cache", ".ghstatus", "--now", now)
        assert (code, err) == (0, ""), out + err
        return out.splitlines()[-1]

    return look


@pytest.fixture
def pull(status, upstream):
    """Makes a pull request from a fork, whose build failed with this log."""

    def pull(backend, live=""):
        number = len(status.pulls) + 1
        made = status.pull("Mend what is broken", by="ann", fork=True)
        url = upstream.copr(number, live=live or "Building target platforms: x86_64", backend=backend)
        made.head.check(f"rpm-build:{CHROOT}", "failure", details_url=url, **MUTE)
        made.head.check(f"testing-farm:{CHROOT}", "success")
        return made

    return pull


@pytest.fixture
def outage(status, here, github):
    """Jane opens an outage of Copr by the form, as GitHub renders it."""

    def outage():
        asked = (here / ".github" / "ISSUE_TEMPLATE" / "incident.yml").read_text()
        opened = status.issue("No builders", submissions.submit(asked, ANSWERS), by="jane", labels=["incident"])
        github.clock.advance(minutes=5)
        return opened

    return outage


def posted(pull):
    return [(run.conclusion, run.title) for run in pull.head.runs if run.name == OWN]


def summary(pull):
    return next(run.summary for run in reversed(pull.head.runs) if run.name == OWN)


def writes(github):
    return [request for request in github.requests if request.writes]


def test_init_writes_what_looks_at_checks(here):
    checks, clock = (yaml.safe_load(Path(path).read_text())["jobs"]["checks"] for path in (CHECKS, CLOCK))

    assert re.search(r"/checks\.yml@v\d", checks["uses"])
    assert checks["permissions"] == clock["permissions"]
    assert checks["permissions"]["checks"] == "write"
    assert "packit-copr" in Path("ghstatus.yml").read_text()


def test_a_failure_during_an_outage_gets_a_neutral_check(look, outage, pull):
    incident, failed = outage(), pull(THEIRS)

    assert "1 explained" in look()
    assert posted(failed) == [("neutral", f"Not your fault: it is Copr's (#{incident.number})")]
    assert [run.conclusion for run in failed.head.runs if run.name.startswith("rpm-build")] == ["failure"]
    told = summary(failed)
    assert "Three host tried without success" in told
    assert "/packit rebuild-failed" in told
    assert told.index(f"issues/{incident.number}") < told.index("| Check |")


def test_a_second_run_writes_nothing(look, outage, pull, github):
    outage()
    failed = pull(THEIRS)
    look()
    before = len(writes(github))

    assert look().startswith("nothing to change; ")
    assert len(writes(github)) == before
    assert len(posted(failed)) == 1


def test_an_own_failure_during_an_outage_is_not_excused(look, outage, pull):
    outage()
    failed = pull("Backend process error: No success file => build failure", live=OURS)

    look()

    assert [said for said in posted(failed) if "Not your fault" in said[1]] == []
    assert "1 explained" not in look()


def test_without_an_incident_nothing_is_called_known(look, pull):
    failed = pull("Backend process error: No success file => build failure", live=OURS)

    assert look().startswith("nothing to change; ")
    assert posted(failed) == []


def test_once_it_is_over_the_check_says_so(look, outage, pull):
    incident, failed = outage(), pull(THEIRS)
    look()
    incident.close(by="jane")

    look()

    assert [conclusion for conclusion, _ in posted(failed)] == ["neutral", "neutral"]
    assert "**over** since" in summary(failed)
    assert look().startswith("nothing to change; ")


def test_a_pull_request_that_passes_again_is_told_so(look, outage, pull):
    outage()
    failed = pull(THEIRS)
    look()
    again = "https://dashboard.packit.dev/jobs/copr/2"
    failed.head.check(f"rpm-build:{CHROOT}", "success", details_url=again, title="RPMs were built successfully.")

    look()

    assert posted(failed)[-1] == ("neutral", "No watched check fails any more")


def test_an_author_may_say_that_it_is_wrong(look, outage, pull):
    outage()
    failed = pull(THEIRS)
    look()
    failed.comment("/ghstatus ignore It is my typo.", by="ann")

    look()

    conclusion, title = posted(failed)[-1]
    assert (conclusion, "gnored" in title) == ("neutral", True)
