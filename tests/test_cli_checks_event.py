"""In a workflow `checks apply` looks at what the event is about, and tells the run's page and the steps that follow."""

import json
import os
import re

import pytest

from ghstatus.cli import aiming, verdicts
from ghstatus.cli.aiming import Aim, Event
from ghstatus.errors import StoreError
from ghstatus.heads.github import GitHubHeads
from tests.watched.world import COPR, FARM, ours

pytest_plugins = ["tests.commands", "tests.github.fixture", "tests.upstream.fixture", "tests.watched.fixture"]
loopback = pytest.mark.loopback
SHA = "a" * 40
DASHBOARD = "https://dashboard.packit.dev/jobs/copr/1"


@pytest.fixture
def event(tmp_path, monkeypatch):
    """A workflow in packit/status that an event started."""

    def begin(name, told):
        text = told if isinstance(told, str) else json.dumps(told)
        (tmp_path / "event.json").write_text(text)
        for key, value in {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_REPOSITORY": "packit/status",
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
        }.items():
            monkeypatch.setenv(key, value)

    return begin


@pytest.fixture
def apply(run, world):
    return lambda *said: run("checks", "apply", *said, "--now", world.now)


@pytest.fixture
def pulls(world, github):
    """Two pull requests that fail because of Testing Farm."""
    world.incident("testing-farm", title="No guests")
    github.clock.advance(minutes=10)
    pulls = [world.pull(world.status) for _ in range(2)]
    for pull in pulls:
        world.tests(pull)
    github.clock.advance(minutes=10)
    return pulls


def described(event, sha, number=1, **check):
    run = {"name": FARM, "head_sha": sha, "details_url": "https://dashboard.packit.dev/jobs/testing-farm/1/"} | check
    return {
        "check_run": {"action": "completed", "check_run": run},
        "status": {"sha": sha, "context": run["name"], "target_url": run["details_url"]},
        "workflow_run": {"workflow_run": {"head_sha": sha}},
        "merge_group": {"merge_group": {"head_sha": sha}},
        "pull_request": {"pull_request": {"number": number}},
        "pull_request_target": {"pull_request": {"number": number}},
        "issue_comment": {"issue": {"number": number, "pull_request": {}}},
    }[event]


@loopback
@pytest.mark.parametrize("name", ["check_run", "workflow_run", "merge_group", "pull_request", "issue_comment"])
def test_only_the_commit_of_the_event_is_looked_at(apply, pulls, event, name):
    first, second = pulls
    event(name, described(name, first.head.oid, first.number))

    code, out, _ = apply("--event")

    assert code == 0
    assert "1 commit in 1 repository" in out
    assert (len(ours(first)), len(ours(second))) == (1, 0)


@loopback
@pytest.mark.parametrize("name", ["schedule", "issues", "push", ""])
def test_other_events_are_about_everything(apply, pulls, event, name):
    event(name, {})

    assert "2 commits in 2 repositories" in apply("--event")[1]


@loopback
def test_without_being_told_so_an_event_matters_to_nobody(apply, pulls, event):
    event("check_run", described("check_run", pulls[0].head.oid))

    assert "2 commits in 2 repositories" in apply()[1]


@loopback
@pytest.mark.parametrize("name", ["check_run", "status"])
def test_a_check_on_which_nothing_depends_costs_no_request(apply, pulls, event, github, tmp_path, name):
    before = github.counts.total()
    event(name, described(name, pulls[0].head.oid, name="lint", details_url=None))

    code, _, err = apply("--event")

    assert (code, github.counts.total()) == (0, before)
    assert err == "nothing is looked at: no component depends on the check 'lint' that the event tells of\n"
    assert "no component depends on the check" in (tmp_path / "summary.md").read_text()
    assert "changed" in (tmp_path / "output").read_text()


@loopback
def test_a_commit_that_is_gone_is_nobody_s_fault(apply, pulls, event):
    event("merge_group", described("merge_group", SHA))
    code, out, err = apply("--event")

    assert code == 0
    assert SHA in err
    assert "nothing to change" in out


@loopback
def test_what_else_goes_wrong_with_it_is_told(apply, pulls, event, monkeypatch):
    def refuse(*_):
        raise StoreError("not today", status=403)

    monkeypatch.setattr(GitHubHeads, "commit", refuse)
    event("merge_group", described("merge_group", pulls[0].head.oid))

    assert apply("--event")[::2] == (1, "::error::not today\n")


@loopback
def test_a_commit_that_nobody_wants_to_merge_is_left_alone(apply, world, event, github):
    world.incident("testing-farm")
    commit = world.status.commit("On main")
    commit.check(
        FARM,
        "failure",
        title="Guest couldn't be provisioned",
        summary="",
        details_url="https://dashboard.packit.dev/jobs/testing-farm/1/",
    )
    github.clock.advance(minutes=10)
    event("check_run", described("check_run", commit.oid))

    assert "0 commits in 0 repositories" in apply("--event")[1]
    event("merge_group", described("merge_group", commit.oid))
    assert "1 commit in 1 repository" in apply("--event")[1]


@loopback
def test_an_event_names_its_commit_itself(apply, world, event):
    event("check_run", described("check_run", SHA))

    assert apply("--event", "--sha", SHA)[::2] == (
        2,
        "::error::--event names a commit by itself; leave out --pr and --sha\n",
    )


@loopback
def test_the_run_s_page_tells_it_all(apply, pulls, event, tmp_path):
    event("schedule", {})
    apply()

    summary = (tmp_path / "summary.md").read_text()
    assert summary.startswith(
        "### 2 of 2 changes made; 2 commits in 2 repositories: 2 explained\n\n**What fails** (2)\n\n- packit/status"
    )
    assert "**Changed** (2)" in summary
    outputs = (tmp_path / "output").read_text()
    for name, value in {"changed": "true", "explained": "2", "suspected": "0", "own": "0", "unexplained": "0"}.items():
        assert re.search(rf"^{name}<<(\S+)\n{value}\n\1$", outputs, re.MULTILINE)


@loopback
def test_the_run_s_page_tells_what_went_wrong(apply, world, pulls, event, tmp_path, github):
    event("schedule", {})
    world.act_as("packit/status", issues="read", checks="read", pull_requests="read", statuses="read")
    code, _, err = apply("--repo", "packit/status", "--repo", "no/body")

    summary = (tmp_path / "summary.md").read_text()
    assert code == 1
    assert err.count("::error::failed: post ghstatus/known-failures on ") == 2
    assert "::warning title=no/body::no/body: " in err
    assert "**Failed** (2)" in summary
    assert "**Could not be read** (1)" in summary
    assert "**To change** (2)" in summary


@loopback
def test_a_run_that_came_to_no_end_says_so_on_its_page(apply, world, event, tmp_path, monkeypatch):
    event("schedule", {})
    monkeypatch.delenv("GITHUB_TOKEN")
    assert apply()[0] == 2

    assert (tmp_path / "summary.md").read_text().startswith("### ghstatus stopped\n")


@loopback
def test_a_summary_lists_no_more_than_it_should(apply, pulls, event, tmp_path, monkeypatch):
    monkeypatch.setattr(verdicts, "_MOST", 1)
    event("schedule", {})
    apply()

    assert (tmp_path / "summary.md").read_text().count("- and 1 more\n") == 2


# Events, read


@pytest.mark.parametrize(
    ("name", "aim"),
    [
        ("check_run", Aim("packit/status", SHA, needs_pull=True)),
        ("status", Aim("packit/status", SHA, needs_pull=True)),
        ("workflow_run", Aim("packit/status", SHA, needs_pull=True)),
        ("merge_group", Aim("packit/status", SHA)),
        ("pull_request", Aim("packit/status", number=1)),
        ("pull_request_target", Aim("packit/status", number=1)),
        ("issue_comment", Aim("packit/status", number=1)),
    ],
)
def test_events_name_what_they_are_about(event, name, aim):
    event(name, described(name, SHA))

    assert aiming.event(os.environ).aim == aim


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("status", "{"),
        ("status", {"sha": SHA}),
        ("status", {"sha": "main", "context": "x", "target_url": None}),
        ("merge_group", []),
        ("issue_comment", {"issue": {"number": 1}}),
        ("pull_request", {"pull_request": {"number": 0}}),
        ("push", {}),
    ],
)
def test_what_names_no_commit_is_about_everything(event, name, told):
    event(name, told)

    assert aiming.event(os.environ) == Event(None)


def test_without_a_repository_an_event_is_about_everything(event, monkeypatch):
    event("merge_group", described("merge_group", SHA))
    monkeypatch.delenv("GITHUB_REPOSITORY")

    assert aiming.event(os.environ) == Event(None)


@pytest.mark.parametrize(
    ("typed", "aim"),
    [
        ("https://github.com/packit/ogr/pull/12", Aim("packit/ogr", number=12)),
        (" https://github.com/packit/ogr/pull/12/files?w=1#diff ", Aim("packit/ogr", number=12)),
        ("https://ghe.example.org/packit/o.g-r/pull/12/", Aim("packit/o.g-r", number=12)),
        ("packit/ogr#12", Aim("packit/ogr", number=12)),
    ],
)
def test_pull_requests_are_named_as_people_copy_them(typed, aim):
    assert aiming.pull(typed) == aim


def test_parts_are_the_same_in_whatever_order_and_miss_nothing():
    names = [f"{owner}/{number}" for owner in "aBc" for number in range(7)]
    parts = [aiming.Shard(place, 4).of(names[::-1]) for place in range(4)]

    assert parts == [aiming.Shard(place, 4).of([*names, *names]) for place in range(4)]
    assert sorted(name for part in parts for name in part) == sorted(names)
    assert {len(part) for part in parts} == {5, 6}


@loopback
def test_a_renamed_check_is_known_by_its_address(event, world):
    from ghstatus.stores import settings

    rules = settings.read(world.site).site.rules
    event("check_run", described("check_run", SHA, name="my own name", details_url=DASHBOARD))
    assert aiming.event(os.environ).is_watched(rules)
    event("check_run", described("check_run", SHA, name=COPR, details_url="https://example.org"))
    assert not aiming.event(os.environ).is_watched(rules)
    event("workflow_run", described("workflow_run", SHA))
    assert aiming.event(os.environ).is_watched(())
