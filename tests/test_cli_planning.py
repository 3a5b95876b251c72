"""`plan` says what would change on GitHub, `apply` does it, and a workflow's page tells of both."""

import json
from pathlib import Path

import pytest

from ghstatus import flow
from ghstatus.cli import lately, workflow
from ghstatus.errors import Problem, StoreError, Unavailable, UsageError
from ghstatus.stores.github.store import GitHubStore
from tests.examples import CONFIG, NOW

pytest_plugins = ["tests.commands", "tests.github.fixture"]
loopback = pytest.mark.loopback


@loopback
def test_plan_says_what_would_change_and_changes_nothing(run, status, github):
    code, out, err = run("plan", "site", "--now", NOW)

    *changes, last = out.splitlines()
    assert code == 0
    assert any(line.startswith("pin #1 (Copr is down: ") for line in changes)
    assert last == f"{len(changes)} changes to make in packit/status; {sum(github.counts.values())} requests to GitHub"
    assert err == "1 text by people who may not publish left out (-v lists them)\n"
    assert [request.verb for request in github.requests if request.verb not in {"GET", "POST"}] == []
    assert github.made("issues/create-label") == github.made("issues/create-comment") == []


@loopback
def test_apply_says_the_same_and_does_it_once(run, status, github):
    planned = run("plan", "site", "--now", NOW)[1].splitlines()
    code, out, _ = run("apply", "site", "--now", NOW)

    *changes, last = out.splitlines()
    assert (code, changes) == (0, planned[:-1])
    assert last.startswith(f"{len(changes)} of {len(changes)} changes made in packit/status; ")
    assert run("apply", "site", "--now", NOW)[1].startswith("nothing to change in packit/status; ")
    assert run("plan", "site", "--now", NOW)[1] == "nothing to change in packit/status; 1 request to GitHub\n"


@loopback
def test_what_strangers_wrote_is_listed_for_who_asks(run, status):
    assert "#2: opened by @stranger, who may not publish" in run("plan", "site", "--now", NOW, "-v")[2]


@loopback
def test_where_only_maintainers_write_nothing_is_left_out(run, status):
    status.issues[2].delete()

    assert run("plan", "site", "--now", NOW)[2] == ""


@loopback
def test_a_check_tells_by_its_exit_code_whether_there_is_anything_to_do(run, status):
    assert run("plan", "site", "--now", NOW, "--check")[0] == 1
    run("apply", "site", "--now", NOW)
    assert run("plan", "site", "--now", NOW, "--check")[0] == 0


@loopback
def test_the_repository_on_the_command_line_counts(run, status, site):
    (site / "ghstatus.yml").write_text(CONFIG)

    assert "in packit/status; " in run("plan", "--repo", "packit/status", "--now", NOW)[1]
    assert run("plan", "--now", NOW)[2] == (
        "the incidents of site are files, on which there is nothing to pin or to label; name a repository by --repo "
        "owner/name, or by `store: github` and `repository:` in ghstatus.yml\n"
    )


@loopback
def test_a_plan_that_is_too_much_at_once_is_refused(run, status, site, github):
    (site / "ghstatus.yml").write_text(f"{(site / 'ghstatus.yml').read_text()}limits: {{actions: 1}}\n")

    for command in ("plan", "apply"):
        code, out, err = run(command, "--now", NOW)
        assert code == 1
        assert "pin #1" in out
        assert "refused: " in err
        assert "`limits.actions` allows 1; if that is as it should be, say --force\n" in err
    assert out.splitlines()[-1].startswith("0 of ")
    assert github.made("issues/create-label") == []
    assert run("plan", "--now", NOW, "--force")[0] == 0
    assert run("apply", "--now", NOW, "--force")[0] == 0
    assert github.made("issues/create-label") != []


@loopback
def test_plans_are_for_programs_too(run, status):
    code, out, err = run("plan", "--now", NOW, "--json")

    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["repository"], told["now"], told["applied"]) == ("packit/status", "2026-03-02T12:00:00Z", False)
    assert {"action": "pin_incident", "ref": "1", "says": "pin #1", "why": told["plan"][-1]["why"]} == told["plan"][-1]
    assert (told["problems"], len(told["ignored"]), told["requests"] > 0) == ([], 1, True)
    assert json.loads(run("apply", "--now", NOW, "--json")[1])["applied"] is True


@loopback
@pytest.mark.parametrize("as_json", [True, False])
def test_one_refusal_stops_no_other_change(run, status, github, monkeypatch, as_json):
    apply = GitHubStore.apply

    def refuse(store, action):
        if type(action).__name__ == "PinIncident":
            raise StoreError("can't pin #1:\nnot today")
        apply(store, action)

    monkeypatch.setattr(GitHubStore, "apply", refuse)
    code, out, err = run("apply", "--now", NOW, *(["--json"] if as_json else []))

    assert code == 1
    assert "failed: pin #1: can't pin #1: not today\n" in err
    assert github.made("issues/create-label") != []
    if as_json:
        (failed,) = json.loads(out)["failed"]
        assert failed["error"] == "can't pin #1:\nnot today"
    else:
        count = len(out.splitlines()) - 1
        assert out.splitlines()[-1].startswith(f"{count - 1} of {count} changes made")


@loopback
@pytest.mark.parametrize("as_json", [True, False])
def test_when_github_is_gone_it_says_what_is_left(run, status, monkeypatch, as_json):
    def gone(*_):
        raise Unavailable("GitHub doesn't answer")

    monkeypatch.setattr(GitHubStore, "apply", gone)
    code, out, err = run("apply", "--now", NOW, *(["--json"] if as_json else []))

    assert code == 1
    if as_json:
        told = json.loads(out)
        assert (told["left"], told["stopped"]) == (told["plan"], "GitHub doesn't answer")
    else:
        assert "stopped: GitHub doesn't answer\nleft undone: create label " in err
        assert "left undone: pin #1\n" in err
        assert out.splitlines()[-1].startswith("0 of ")


@loopback
def test_a_site_is_built_from_issues_and_the_last_good_one_stays(run, status, site, github):
    assert run("build", "--now", NOW)[0] == 0
    page = (site.parent / "_site" / "index.html").read_text()
    assert "Copr is down" in page
    assert "only me" not in page
    github.fail("POST /graphql", with_=500, times=None)

    code, _, err = run("build", "--now", NOW, "--wait", "0")
    assert (code, err.startswith("GitHub ")) == (1, True)
    assert (site.parent / "_site" / "index.html").read_text() == page


@loopback
def test_status_and_validate_read_issues(run, status):
    assert "1: Copr is down (investigating, since 2026-03-02 08:00 UTC" in run("status", "--now", NOW)[1]
    assert run("validate", "--now", NOW) == (
        0,
        "all good: the configuration and 1 incident\n",
        "1 text by people who may not publish left out (`ghstatus plan -v` lists them)\n",
    )


@loopback
def test_settled_incidents_are_read_once(run, status, monkeypatch):
    status.issue("Old", by="jane", labels=["incident", "severity/minor", "component/copr"]).close(by="jane")
    run("apply", "--now", NOW)
    known = []
    recall = flow.recall
    monkeypatch.setattr(flow, "recall", lambda *what: known.append(recall(*what)) or known[-1])
    run("plan", "--now", NOW)
    run("plan", "--now", NOW, "--fresh")

    assert [list(notes.entries) for notes in known] == [["3"]]


@loopback
@pytest.mark.parametrize(
    ("name", "event", "is_whole"),
    [
        ("issues", '{"action": "deleted"}', True),
        ("issues", '{"action": "opened"}', False),
        ("label", '{"action": "edited"}', True),
        ("label", "[]", True),
        ("label", None, True),
        ("schedule", '{"action": "deleted"}', False),
    ],
)
@pytest.mark.usefixtures("status")
def test_what_vanished_is_noticed_by_the_event(run, tmp_path, monkeypatch, name, event, is_whole):
    run("plan", "--now", NOW)
    if event is not None:
        (tmp_path / "event.json").write_text(event)
    monkeypatch.setenv("GITHUB_EVENT_NAME", name)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "event.json"))

    told = json.loads(run("plan", "--now", NOW, "--json")[1])
    assert (told["requests"] > 1) is is_whole


def summary(tmp_path):
    return (tmp_path / "summary.md").read_text()


@loopback
def test_a_workflow_s_page_tells_of_the_run(run, status, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    status.issue("Koji", "### Severity\n\nhigh <b> @jane", by="jane", labels=["incident", "severity/minor"])
    run("plan", "--now", NOW)
    run("apply", "--now", NOW)
    run("apply", "--now", NOW)

    first, second, third = summary(tmp_path).split("### Partial outage of Copr\n")[1:]
    assert "**To change** (" in first
    assert "- pin #&#8203;1 (Copr is down" in first
    assert "**Changed** (" in second
    assert "Nothing to change." in third
    assert "**Not published, because of who wrote it** (1)\n\n- #&#8203;2: opened by @&#8203;stranger" in third


@loopback
def test_a_run_that_can_t_read_says_so_on_its_page(run, status, github, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    github.fail("POST /graphql", with_=500, times=None)

    assert run("plan", "--now", NOW, "--wait", "0")[0] == 1
    assert summary(tmp_path).startswith("### ghstatus stopped\n\nGitHub ")


def judged(**said):
    from ghstatus import board
    from tests.builders import snapshot

    return board.judge(snapshot(**said), snapshot().taken)


def planned(**said):
    from ghstatus.actions import UnpinIncident

    values = {"board": judged(), "plan": (UnpinIncident(number=1, why="<b>it</b> is over"),), "refusal": ""} | said
    return flow.Planned(tracker=None, entries={}, **values)


def test_a_summary_tells_what_failed_and_what_was_left():
    plan = planned().plan
    applied = flow.Applied(((plan[0], StoreError("no `way`")),), plan, Unavailable("gone"))

    text = workflow.summary(planned(refusal="*too* much"), applied)

    assert "**Changed** (1)\n\n- unpin #&#8203;1 (&lt;b&gt;it&lt;/b&gt; is over)\n" in text
    assert "**Refused:** \\*too\\* much\n" in text
    assert "**Failed** (1)\n\n- unpin #&#8203;1 (&lt;b&gt;it&lt;/b&gt; is over): no \\`way\\`\n" in text
    assert "**Left undone** (1)\n\n- unpin" in text
    assert "**Stopped:** gone\n" in text


def test_a_long_summary_is_cut():
    problems = tuple(Problem(where=f"#{n}", seen="x" * 10_000) for n in range(150))

    text = workflow.summary(planned(board=judged(problems=problems)), None)

    assert "**Problems** (150)" in text
    assert "- and 50 more\n" in text
    assert len(text) < 60_000


def test_a_summary_that_can_t_be_written_is_one_message(tmp_path):
    with pytest.raises(UsageError, match=r"GITHUB_STEP_SUMMARY: .* can't be written"):
        workflow.summarize({"GITHUB_STEP_SUMMARY": str(tmp_path)}, "text")


@loopback
@pytest.mark.parametrize(("days", "is_told"), [(14, True), (15, False)])
def test_what_is_wrong_with_old_incidents_is_counted(run, status, monkeypatch, days, is_told):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary")
    old = status.issue("Koji is down", "### Severity\n\nhihg", by="jane", labels=["incident", "component/copr"])
    old.close(by="jane")
    status.issue("Nobody knows", "### Severity\n\nlwo", by="stranger", labels=["incident"])
    now = f"{status.world.clock.advance(days=days):%Y-%m-%dT%H:%M:%SZ}"

    err = run("plan", "site", "--now", now)[2]
    summary = Path("summary").read_text()
    counted = "1 problem of incidents that were over more than 14 days ago"

    assert ("#3:3:1: severity: 'hihg' is" in err) is ("hihg" in summary) is is_told
    assert (f"{counted} left out (`ghstatus plan -v` lists them)\n" in err) is not is_told
    assert (f"Not listed: {counted}.\n" in summary) is not is_told
    assert "#3:3:1: severity: 'hihg' is" in run("plan", "site", "--now", now, "-v")[2]
    assert ("hihg" in run("build", "site", "--now", now)[2]) is is_told
    assert run("build", "site", "--now", now, "--strict")[0] == 1


def test_problems_of_what_is_no_incident_are_always_told():
    problems = (Problem(where="ghstatus.yml", seen="odd"), Problem(where="#99", seen="gone"))

    assert lately.told(judged(problems=problems)) == (problems, "")
    assert "2 problems" not in workflow.summary(planned(board=judged(problems=problems)), None)
