"""`checks plan` says what is known about failed checks, `checks apply` posts it; both look at no more than they need."""

import json
import re

import pytest

from ghstatus import flow
from ghstatus.cli import noting, watching
from ghstatus.errors import StoreError, Unavailable
from ghstatus.github.client import Client
from ghstatus.heads.github import GitHubHeads
from tests.watched.world import CONFIG, COPR, FARM, GUEST, MINE, UNREACHABLE, ours

pytest_plugins = ["tests.commands", "tests.github.fixture", "tests.upstream.fixture", "tests.watched.fixture"]
pytestmark = pytest.mark.loopback


@pytest.fixture
def outage(world, github):
    """Testing Farm fails; one pull request fails because of it alone, and one of its own, too."""
    incident = world.incident("testing-farm", title="No guests")
    github.clock.advance(minutes=30)
    world.first, world.second = world.pull(world.status), world.pull(world.status)
    world.tests(world.first)
    world.tests(world.second)
    world.build(world.second, live=MINE)
    github.clock.advance(minutes=10)
    return incident


@pytest.fixture
def checks(run, world):
    """Runs `ghstatus checks …` as of GitHub's time."""
    return lambda *said: run("checks", *said, "--now", world.now)


def test_plan_says_what_is_known_and_changes_nothing(checks, world, outage):
    code, out, err = checks("plan")

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert re.fullmatch(r"packit/status #2 \w{10}: Not your fault: it is Testing Farm's \(#1\)", lines[3])
    assert f"  {FARM}: explained, Testing Farm, #1 – The text tells of a failure of testing-farm itself" in lines[4]
    assert any(line.startswith(f"  {COPR}: own, Copr – ") for line in lines)
    assert any(
        re.fullmatch(r"post ghstatus/known-failures on packit/status #2 \w{10}: neutral \(.*\)", x) for x in lines
    )
    assert re.fullmatch(
        r"2 changes to make; 2 commits in 2 repositories: 2 explained, 1 own; \d requests to GitHub, 4 for evidence",
        lines[-1],
    )
    assert ours(world.first) == ours(world.second) == []


def test_of_commits_on_which_all_is_well_nothing_is_told(checks, world):
    world.tests(world.pull(world.status), "success")

    assert checks("plan")[1].startswith("nothing to change; 1 commit in 1 repository; ")


def test_apply_posts_it_once(checks, world, outage):
    code, out, _ = checks("apply")

    assert code == 0
    assert "2 of 2 changes made; 2 commits in 2 repositories: 2 explained, 1 own; " in out
    (run,) = ours(world.first)
    assert (run.conclusion, run.title) == ("neutral", "Not your fault: it is Testing Farm's (#1)")
    code, out, _ = checks("apply")
    assert code == 0
    assert out.splitlines()[-1].startswith("nothing to change; ")
    assert len(ours(world.first)) == len(ours(world.second)) == 1


def test_what_hangs_sooner_than_usual_is_no_excuse_for_what_mends_the_incident(checks, world, github):
    (world.site / "ghstatus.yml").write_text(
        CONFIG.replace("[packit-testing-farm]", "[{rule: packit-testing-farm, hangs_after: 10m}]")
    )
    incident = world.incident("testing-farm")
    hanging, mending = world.pull(world.status), world.pull(world.status)
    mending.body = f"Fixes #{incident.number}"
    for pull in (hanging, mending):
        world.tests(pull, None)
    github.clock.advance(minutes=20)

    assert "1 explained" in checks("apply")[1]
    assert [len(ours(pull)) for pull in (hanging, mending)] == [1, 0]


@pytest.mark.parametrize("how", ["plan", "apply"])
def test_a_known_failure_of_the_configuration_that_tells_too_much_excuses_nothing(checks, world, github, how):
    known = "\nknown_failures:\n- {id: oops, component: copr, text: 'Traceback (most recent call'}\n"
    (world.site / "ghstatus.yml").write_text(f"{CONFIG}{known}")
    world.incident("copr")
    world.build(world.pull(world.status), live="make\nTraceback (most recent call last):\n  in test_it\n")
    github.clock.advance(minutes=10)

    code, out, err = checks(how)

    assert code == 0
    assert "explained" not in out.replace("unexplained", "")
    assert err.startswith("ghstatus.yml: known_failures[0].text: it is too broad: it also tells 'Traceback (most rec")


def test_a_gate_passes_once_the_checks_are_there_that_it_is_to_wait_for(checks, world, github):
    (world.site / "ghstatus.yml").write_text(
        CONFIG.replace("checks:\n  rep", "checks:\n  mode: gate\n  expect: ['testing-farm:*', 'rpm-*']\n  rep")
    )
    pull = world.pull(world.status)
    world.tests(pull, "success")
    github.clock.advance(hours=2)

    code, out, _ = checks("apply", "--json")
    assert (code, ours(pull, "ghstatus/gate")) == (0, [])
    assert '"title": "Not yet: no check rpm-* is there"' in out
    assert "Not yet" not in checks("plan")[1]
    assert re.match(
        r"packit/status #1 \w{10}: Not yet: no check rpm-\* is there\n", checks("plan", "--pr", "packit/status#1")[1]
    )
    world.build(pull, "success")
    checks("apply")
    assert [run.conclusion for run in ours(pull, "ghstatus/gate")] == ["success"]


def test_when_it_is_over_that_is_said(checks, world, outage, github):
    checks("apply")
    outage.close(by="jane")
    github.clock.advance(minutes=10)
    checks("apply")

    assert ours(world.first)[-1].title.startswith("Over: retry with /packit retest-failed")


def test_incidents_may_be_files(checks, world, outage, monkeypatch):
    (world.site / "incidents").mkdir()
    (world.site / "ghstatus.yml").write_text(CONFIG.replace("store: github\nrepository: packit/status\n", ""))
    (world.site / "incidents" / "farm.md").write_text(
        "---\ntitle: No guests\nseverity: major\ncomponents: [testing-farm]\nstarted: 2026-01-01\n---\nNone.\n"
    )
    monkeypatch.setenv("GITHUB_REPOSITORY", "packit/status")

    assert "Not your fault: it is Testing Farm's (farm)" in checks("plan")[1]
    assert checks("apply")[0] == 0
    assert ours(world.first)[0].conclusion == "neutral"


def test_without_an_incident_only_the_own_repository_is_looked_at(checks, world):
    world.tests(world.pull(world.status))
    world.tests(world.pull(world.ogr))

    assert "1 suspected" in checks("plan")[1]
    assert "2 suspected" in checks("plan", "--all")[1]
    assert "1 commit in 1 repository" in checks("plan", "--repo", "packit/ogr")[1]


def test_where_nothing_is_looked_at_that_is_said(checks, world):
    (world.site / "ghstatus.yml").write_text(CONFIG.replace("[packit/status, packit/ogr]", "[packit/ogr]"))
    code, out, err = checks("apply")

    assert code == 0
    assert out.startswith("nothing to change; 0 commits in 0 repositories; ")
    assert err == "no incident could explain a failure now, so nothing is looked at; --all does nevertheless\n"


def test_all_of_an_owner_s_are_meant_by_a_star(checks, world, outage):
    assert "2 commits in 2 repositories" in checks("plan", "--repo", "packit/*")[1]


@pytest.mark.parametrize("by", [["--pr", "https://github.com/packit/status/pull/2"], ["--pr", "packit/status#2"]])
def test_one_pull_request_may_be_named(checks, world, outage, by):
    code, out, _ = checks("apply", *by)

    assert code == 0
    assert "1 of 1 change made; 1 commit in 1 repository: 1 explained; " in out
    assert (len(ours(world.first)), len(ours(world.second))) == (1, 0)


def test_so_may_one_commit(checks, world, outage, monkeypatch):
    sha = world.first.head.oid
    assert "1 commit in 1 repository" in checks("plan", "--sha", sha, "--repo", "packit/status")[1]
    assert "1 commit in 1 repository" in checks("plan", "--sha", sha.upper())[1]


@pytest.mark.parametrize(
    ("said", "code", "seen"),
    [
        (["--pr", "packit/status"], 2, "--pr: 'packit/status' is no pull request; accepted: https://github.com/"),
        (["--pr", "packit/status#1", "--sha", "a" * 40], 2, "--pr and --sha name two things"),
        (["--pr", "packit/status#99"], 1, "packit/status#99"),
        (["--sha", "abc"], 2, "--sha: 'abc' is no commit; accepted: all 40 digits of its hash"),
        (["--sha", "a" * 40], 1, "a" * 40),
        (["--sha", "a" * 40, "--repo", "a/b", "--repo", "a/c"], 2, "--sha names one commit, and --repo several"),
        (["--repo", "packit"], 2, "--repo: 'packit' is no repository; accepted: owner/name, or owner/*"),
        (["--repo", "a b/*"], 2, "--repo: 'a b/*' is no repository"),
        (["--repo", "nobody/nothing"], 1, "nobody/nothing: "),
    ],
)
def test_what_can_t_be_looked_at_is_said(checks, world, said, code, seen):
    got, _, err = checks("plan", *said)

    assert got == code
    assert seen in err
    assert "Traceback" not in err


def test_somebody_has_to_say_whose_pull_requests_are_meant(checks, world, monkeypatch):
    (world.site / "ghstatus.yml").write_text(re.sub("store.*\n|repository:.*\n|checks:\n.*\n", "", CONFIG))
    (world.site / "incidents").mkdir()

    assert checks("plan")[::2] == (
        2,
        NOBODY_S,
    )
    assert checks("plan", "--sha", "a" * 40)[::2] == (2, "--sha needs a repository; say --repo owner/name\n")
    monkeypatch.delenv("GITHUB_TOKEN")
    assert "by which right to ask for the checks of the repositories; set GITHUB_TOKEN" in checks("plan")[2]


def test_plans_are_for_programs_too(checks, world, outage):
    code, out, err = checks("plan", "--json")

    told = json.loads(out)
    assert (code, err, told["applied"], told["incidents"]) == (0, "", False, ["1"])
    assert told["counts"] == {"explained": 2, "own": 1}
    assert {action["action"] for action in told["plan"]} == {"post_report"}
    assert {report["mode"] for report in told["reports"]} == {"annotate"}
    assert told["requests"]["evidence"] == 4
    told = json.loads(checks("apply", "--json")[1])
    assert (told["applied"], told["failed"]) == (True, [])


def test_comments_and_runs_of_its_own_stand_in_the_data_too(checks, world, outage, github):
    app = world.act_as_app()
    own = CONFIG.replace("checks: [packit-testing-farm]", "checks: [packit-testing-farm, {app: ghstatus, name: tests}]")
    (world.site / "ghstatus.yml").write_text(f"{own}  comments: true\n  own_runs: true\n")
    run = world.first.head.check("tests", "failure", app=app, title=GUEST, summary="")

    actions = {one["action"]: one for one in json.loads(checks("plan", "--json")[1])["plan"]}

    assert set(actions) == {"post_report", "write_comment", "neutralise_run"}
    assert (actions["neutralise_run"]["repository"], actions["neutralise_run"]["run"]) == ("packit/status", run.id)
    assert actions["write_comment"]["pull"] in {world.first.number, world.second.number}


def test_one_refusal_stops_no_other_change(checks, world, outage, monkeypatch):
    apply, refused = GitHubHeads.apply, []

    def refuse(heads, action):
        if not refused:
            refused.append(action)
            raise StoreError("not\ntoday")
        apply(heads, action)

    monkeypatch.setattr(GitHubHeads, "apply", refuse)
    code, out, err = checks("apply")

    assert code == 1
    assert re.search(
        r"^failed: post ghstatus/known-failures on packit/status #\d \w+: neutral: not today$", err, re.MULTILINE
    )
    assert "1 of 2 changes made; " in out
    assert len(ours(world.first)) + len(ours(world.second)) == 1
    monkeypatch.undo()


def test_what_is_left_undone_is_told(checks, world, outage, monkeypatch):
    def stop(_heads, _action):
        raise Unavailable("GitHub is down")

    monkeypatch.setattr(GitHubHeads, "apply", stop)
    code, out, err = checks("apply")

    assert code == 1
    assert err.startswith("stopped: GitHub is down\nleft undone: post ghstatus/known-failures on ")
    assert "0 of 2 changes made; " in out
    told = json.loads(checks("apply", "--json")[1])
    assert (told["stopped"], len(told["left"])) == ("GitHub is down", 2)


def test_a_plan_that_rests_on_half_the_incidents_is_refused(checks, world, outage, monkeypatch):
    incidents = watching.incidents
    monkeypatch.setattr(watching, "incidents", lambda *said: incidents(*said)._replace(partial=("two issues",)))

    for command in ("plan", "apply"):
        code, out, err = checks(command)
        assert code == 1
        assert err == "refused: not every incident could be read: two issues; if that is as it should be, say --force\n"
    assert "0 of 2 changes made" in out
    assert ours(world.first) == []
    assert checks("apply", "--force")[0] == 0
    assert len(ours(world.first)) == 1


def test_a_look_that_may_send_few_requests_is_gone_on_with(checks, world, github, tmp_path):
    world.incident("copr")
    for name in ("packit/status", "packit/ogr"):
        world.build(
            world.pull(github.repository(name)), backend="Backend process error: Three host tried without success: {}"
        )
    note = tmp_path / ".ghstatus" / "packit+status.checks.json"

    code, out, err = checks("apply", "--requests", "2")
    assert (code, json.loads(note.read_text())) == (0, {"left": ["packit/ogr"], "owed": True})
    assert "in 1 repository" in out
    assert "this look may send 2 requests, and has → the next look goes on here" in err
    code, out, _ = checks("apply", "--requests", "2")
    assert "nothing to change" not in out
    checks("apply")
    assert json.loads(note.read_text()) == {"owed": True}


def test_a_look_that_stopped_begins_anew(checks, world, outage, tmp_path, monkeypatch):
    monkeypatch.setattr(flow, "apply", lambda plan, *_, **__: flow.Applied((), tuple(plan), Unavailable("down")))
    checks("apply", "--requests", "3")

    assert not (tmp_path / ".ghstatus" / "packit+status.checks.json").exists()


def test_an_app_writes_anew_what_it_posted(checks, world, outage, github):
    world.act_as_app()
    checks("apply")
    outage.close(by="jane")
    github.clock.advance(minutes=10)
    checks("apply")

    (run,) = ours(world.first)
    assert run.title.startswith("Over: ")


def test_what_the_service_says_itself_in_its_logs_is_read(checks, world, github):
    world.incident("copr")
    pull = world.pull(world.status)
    world.build(pull, live=UNREACHABLE, backend="")
    out = checks("plan")[1]

    assert "for evidence" in out
    assert GUEST not in out


NOBODY_S = (
    "nothing says whose pull requests are meant; say --repo owner/name, or in ghstatus.yml "
    "`checks: {repositories: [owner/name]}`\n"
)


# Known failures

REPORTED = """\
### Component

Copr

### Text to match

The mirror of the moon is not where it was
"""


def test_a_known_failure_s_issue_explains_and_is_answered(checks, world, github):
    issue = world.status.issue("The moon", REPORTED, by="jane", labels=["known-failure"])
    pull = world.pull(world.status)
    world.build(pull, live="oh: The mirror of the moon is not where it was, again")
    github.clock.advance(minutes=5)

    code, out, _ = checks("apply")

    assert code == 0
    assert "1 explained" in out
    assert len(ours(pull)) == 1
    assert len(issue.comments) == 2
    assert {"write_note"} <= {one["action"] for one in json.loads(checks("plan", "--json")[1])["plan"]} | {"write_note"}


def test_notes_stand_in_the_data_too(checks, world):
    world.status.issue("The moon", REPORTED, by="jane", labels=["known-failure"])

    (note, *_) = [one for one in json.loads(checks("plan", "--json")[1])["plan"] if one["action"] == "write_note"]
    assert (note["ref"], note["topic"]) == ("1", "signature")


def test_repositories_that_not_everybody_may_see_are_not_named(checks, world, github):
    secret = github.repository("packit/secret", private=True)
    world.act_as_app().install("packit/secret")
    issue = world.status.issue("The moon", REPORTED, by="jane", labels=["known-failure"])
    for repository in (secret, world.ogr):
        world.build(world.pull(repository), live="oh: The mirror of the moon is not where it was, again")
    github.clock.advance(minutes=5)
    checks("apply", "--repo", "packit/secret", "--repo", "packit/ogr")

    told = "\n".join(comment.body for comment in issue.comments)
    assert "packit/ogr" in told
    assert "secret" not in told


@pytest.mark.parametrize("doubt", ["error", "many"])
def test_nor_are_those_of_which_that_isn_t_known(checks, world, github, monkeypatch, doubt):
    get = Client.get

    def refuse(client, repository, path, *more, **said):
        if not path:
            raise StoreError("not today")
        return get(client, repository, path, *more, **said)

    if doubt == "error":
        monkeypatch.setattr(Client, "get", refuse)
    else:
        monkeypatch.setattr(noting, "_MOST", 0)
    issue = world.status.issue("The moon", REPORTED, by="jane", labels=["known-failure"])
    world.act_as_app()
    world.build(world.pull(), live="oh: The mirror of the moon is not where it was, again")
    github.clock.advance(minutes=5)
    checks("apply")

    assert len(issue.comments) == 2
    assert "packit/ogr" not in "\n".join(comment.body for comment in issue.comments)


def test_known_failures_that_can_t_be_read_refuse_a_plan(checks, world, outage, monkeypatch):
    def refuse(*_):
        raise StoreError("not today")

    monkeypatch.setattr("ghstatus.stores.github.known.KnownFailures.observe", refuse)

    assert "refused: not every incident could be read: the issues about known failures: not today" in checks("plan")[2]


# Parts


def test_repositories_are_parted_for_a_matrix(checks, world, outage, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    code, out, _ = checks("shard", "--of", "3")

    rows = json.loads(out)["include"]
    assert code == 0
    assert rows == [{"shard": 0, "repositories": "packit/ogr"}, {"shard": 1, "repositories": "packit/status"}]
    assert re.search(r"^shards<<(\S+)\n2\n\1$", (tmp_path / "output").read_text(), re.MULTILINE)
    assert json.dumps({"include": rows}) in (tmp_path / "output").read_text()


def test_where_nothing_is_worth_a_look_there_are_no_parts(checks, world, tmp_path, monkeypatch):
    (world.site / "ghstatus.yml").write_text(CONFIG.replace("[packit/status, packit/ogr]", "[packit/ogr]"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))

    assert checks("shard", "--of", "3")[1] == '{"include": []}\n'
    assert re.search(r"^shards<<(\S+)\n0\n\1$", (tmp_path / "output").read_text(), re.MULTILINE)


def test_each_part_looks_at_its_own(checks, world, outage):
    assert "0 commits in 1 repository" in checks("apply", "--shard", "0/2")[1]
    assert "2 commits in 1 repository" in checks("apply", "--shard", "1/2")[1]
    assert "0 commits in 0 repositories" in checks("apply", "--shard", "2/3")[1]


@pytest.mark.parametrize("said", ["2/2", "1", "a/b", "0/0", "-1/2"])
def test_a_part_that_is_none_is_said(checks, world, said):
    code, _, err = checks("apply", "--shard", said)

    assert code == 2
    assert err == f"--shard: {said!r} is none; accepted: 0/4 to 3/4 for one of four\n"


def test_what_is_wrong_with_a_part_is_told(checks, world, outage):
    assert "nobody" in checks("shard", "--of", "2", "--repo", "packit/ogr", "--repo", "nobody/*")[2]
    assert "nobody" in checks("apply", "--shard", "0/2", "--repo", "packit/ogr", "--repo", "nobody/*")[2]
