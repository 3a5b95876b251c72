"""`ghstatus doctor` on a repository: what it says of a sick one and of a healthy one, and what it mends."""

import json
from types import SimpleNamespace

import pytest

from ghstatus import __version__, starter
from ghstatus.cli import access, checking, options
from ghstatus.examine import web
from ghstatus.grammar import labels
from ghstatus.model.checkup import Reply
from tests.examples import CONFIG
from tests.github.actions import Pages

pytest_plugins = ["tests.commands", "tests.github.fixture"]
pytestmark = pytest.mark.loopback

PAGE = "https://packit.github.io/status/"
ON_GITHUB = f"{CONFIG}store: github\nrepository: packit/status\nbase_url: {PAGE}\n"
SICK = """\
title: Example
base_url: https://status.packit.dev/
components:
- {id: copr, name: Copr}
- {id: koji, name: Koji, upstream: https://koji.example.com/gone}
- {id: intranet, name: Intranet, upstream: http://10.0.0.1/}
store: github
repository: packit/status
bots: [packit-as-a-servcie]
pins: {also: [packit/packit, packit/nowhere]}
"""
OWN = f"""\
on: {{issues: {{types: [opened]}}}}
permissions: {{}}
jobs:
  status:
    uses: ghstatus/ghstatus/.github/workflows/status.yml@v{__version__}
    permissions: {{contents: read, issues: write, pages: write, id-token: write}}
"""
TICKS = OWN.replace("issues: {types: [opened]}", 'schedule: [{cron: "*/10 * * * *"}]')
OLD = """\
on: [workflow_dispatch]
permissions: {contents: read}
jobs:
  status:
    steps:
      - uses: ghstatus/ghstatus@0123456789012345678901234567890123456789 # v0.0.1
      - run: ghstatus apply && ghstatus build
"""


@pytest.fixture
def repository(status, github, monkeypatch):
    """A repository that nothing was done to yet, without the web around it; our clock goes as GitHub's does."""
    clock = SimpleNamespace(time=lambda: github.clock.now().timestamp(), sleep=lambda _: None)
    monkeypatch.setattr(access, "time", clock)
    monkeypatch.setattr(checking, "time", clock)
    monkeypatch.setattr(web, "ask", lambda urls: {url: the_web(url) for url in urls})
    return status


def the_web(url):
    if "10.0.0.1" in url:
        return Reply(url, is_private=True)
    return Reply(url, trouble="it can't be reached") if "dev" in url else Reply(url, 404 if "gone" in url else 200)


@pytest.fixture
def healthy(repository, site, run):
    """The same, with all that belongs to an installation."""
    (site / "ghstatus.yml").write_text(ON_GITHUB)
    settings = options.settings(site).site
    for label in labels.wanted(settings):
        repository.label(*label)
    for change in starter.changes(settings, "site", {}):
        repository.files[change.path] = change.after
    repository.pages = Pages(url=PAGE)
    repository.workflow(TICKS, "status-clock.yml").run()
    repository.workflow(OWN).run()
    repository.pushed_at = repository.world.clock.now()
    return repository


@pytest.fixture
def sick(repository, site, github):
    """The same, with whatever can go wrong."""
    (site / "ghstatus.yml").write_text(SICK)
    repository.label("component/bodhi")
    for change in starter.changes(options.settings(site).site, "site", {}):
        repository.files[change.path] = change.after
    (site / "ghstatus.yml").write_text(SICK.replace("name: Koji", "name: Koji builds"))
    del repository.files[".github/ISSUE_TEMPLATE/report.yml"]
    repository.files[".github/ISSUE_TEMPLATE/maintenance.yml"] = "name: Ours\n"
    repository.private = True
    repository.pages = Pages(url=PAGE, build_type="legacy", https_enforced=False, status="errored")
    workflow = repository.workflow(OLD)
    workflow.run()
    github.clock.advance(days=3)
    workflow.run("failure")
    workflow.run(None)
    for number in (1, 2):
        repository.issues[number].pin(by="jane")
    repository.issue("Read me first", by="jane").pin(by="jane")
    github.repository("packit/packit", archived=True)
    return repository


def found(out):
    """What a command found, by its name for programs."""
    return {one["about"]: one for one in json.loads(out)["findings"]}


def test_a_healthy_installation_is_well(healthy, run, golden):
    code, out, err = run("doctor", "site")

    assert (code, err) == (0, "")
    golden("doctor/healthy.txt", out)


def test_a_sick_one_is_told_all_that_is_wrong_and_what_to_do(sick, run, github, monkeypatch, golden):
    github.repository("packit/packit").grant("jane", "write")
    monkeypatch.setenv("GITHUB_TOKEN", github.pat("jane", "gist"))

    code, out, err = run("doctor", "site")

    assert (code, err) == (1, "")
    golden("doctor/sick.txt", out)
    assert [request for request in github.requests if request.writes] == []


@pytest.mark.parametrize(
    ("state", "is_mended"), [("disabled_inactivity", True), ("disabled_manually", False), ("disabled_fork", False)]
)
def test_only_what_github_switched_off_is_switched_on_again(healthy, run, github, monkeypatch, state, is_mended):
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write", actions="write"))
    for workflow in healthy.workflows:
        workflow.state = state

    assert found(run("doctor", "--json")[1])["workflow-off"]["fixable"] is is_mended
    code, out, _ = run("doctor", "--fix")

    assert code == (0 if is_mended else 1)
    assert {workflow.state for workflow in healthy.workflows} == {"active" if is_mended else state}
    for path in (".github/workflows/status.yml", ".github/workflows/status-clock.yml"):
        assert (f"mended: enabled {path}\n" in out) is is_mended
        assert (f"error: {path} doesn't run" in out) is not is_mended
    assert run("doctor")[0] == code


def test_a_clock_that_github_switched_off_is_told_from_the_events_that_live_on(healthy, run, golden):
    healthy.workflows[0].state = "disabled_inactivity"

    code, out, err = run("doctor", "site")

    assert (code, err) == (1, "")
    golden("doctor/clock-off.txt", out)


def test_missing_labels_are_created(healthy, run):
    healthy.remove_label(healthy.find_label("postmortem"))
    healthy.remove_label(healthy.find_label("component/copr"))

    code, out, err = run("doctor", "--fix")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "mended: created the label `postmortem`",
        "mended: created the label `component/copr`",
        "packit/status, asked as @github-actions[bot] by a workflow's own token: all is well",
    ]
    assert healthy.find_label("component/copr").color == "006b75"
    assert "all is well" in run("doctor")[1]


def test_what_cannot_be_mended_is_said_and_the_rest_is_mended(healthy, run, github):
    healthy.remove_label(healthy.find_label("postmortem"))
    healthy.remove_label(healthy.find_label("component/copr"))
    github.fail("issues/create-label", with_="forbidden")

    code, out, err = run("doctor", "--fix")

    assert code == 0
    assert err.startswith("failed: can't create the label 'postmortem' in packit/status: GitHub says ")
    assert healthy.find_label("component/copr")
    assert "mended: created the label `component/copr`\n" in out
    assert "warning: the repository has no label `postmortem`, `component/copr`\n" in out


def test_a_github_that_goes_away_while_mending_leaves_the_findings(healthy, run, github):
    healthy.workflows[1].state = "disabled_inactivity"
    github.fail("actions/enable-workflow", times=None)

    code, out, err = run("doctor", "--fix")

    assert code == 1
    assert "stopped: " in err
    assert "error: .github/workflows/status.yml doesn't run" in out
    assert "; or say --fix\n" in out


def test_programs_get_it_as_json(healthy, run):
    healthy.remove_label(healthy.find_label("postmortem"))

    _, out, _ = run("doctor", "--json", "--fix")

    assert json.loads(out) == {
        "repository": "packit/status",
        "asked_as": "github-actions[bot]",
        "asked_by": "a workflow's own token",
        "errors": 0,
        "findings": [
            {
                "about": "labels-missing",
                "level": "warning",
                "seen": "the repository has no label `postmortem`",
                "why": "nobody can pick them, and a form that names one puts none on its issue",
                "remedy": "`ghstatus apply` creates them",
                "fixable": True,
                "fixed": True,
            }
        ],
    }


def test_without_a_token_the_rest_is_looked_at(repository, site, run, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN")
    (site / "ghstatus.yml").write_text(SICK)

    code, out, _ = run("doctor", "--json", "--fix")

    assert code == 1
    assert json.loads(out)["asked_as"] == ""
    assert list(found(out)) == ["page-unreachable", "token", "upstream"]
    assert found(out)["token"]["seen"].startswith("nothing says by which right to ask for the issues of packit/status")


def test_offline_nobody_is_asked(repository, site, run, github, monkeypatch):
    (site / "ghstatus.yml").write_text(SICK)
    monkeypatch.setattr(web, "ask", lambda urls: {url: pytest.fail(url) for url in urls})

    looked = "only this machine was looked at: neither GitHub nor the web was asked, and no incident was read\n"
    assert run("doctor", "--offline") == (0, "all is well\n", looked)
    assert github.requests == []
    code, _, err = run("doctor", "--offline", "--fix")
    assert (code, err) == (2, "--fix changes things on GitHub, and --offline leaves it alone; say one of them\n")


def test_offline_the_configuration_s_known_failures_are_looked_at(repository, site, run):
    known = "known_failures:\n- {id: a, component: copr, text: lost disk}\n"
    (site / "ghstatus.yml").write_text(f"title: Example\ncomponents: [{{id: copr, name: Copr}}]\n{known}")

    code, out, _ = run("doctor", "--offline")

    assert (code, out.splitlines()[-1]) == (0, "1 warning")
    assert out.startswith("warning: ghstatus.yml: known_failures[0].text: it is too short: 8 characters")


def test_what_is_to_be_done_about_several_mistakes_is_said_once(site, run):
    (site / "ghstatus.yml").write_text("titel: Example\nstore: x\n")

    lines = run("doctor", "--offline")[1].splitlines()

    assert [line.split(":")[0] for line in lines] == ["error", "error", "error", "  why", "  do", "3 errors"]


def test_files_need_no_github(site, run, monkeypatch):
    (site / "ghstatus.yml").write_text("title: Example\n")
    (site.parent / "taken").write_text("")

    code, out, _ = run("doctor", "--cache", "taken/notes", "--json")

    assert code == 0
    assert list(found(out)) == ["components", "cache"]
    assert found(out)["cache"]["seen"].endswith("taken is no folder")


def test_a_configuration_that_cannot_be_used_is_all_there_is_to_say(site, run):
    (site / "ghstatus.yml").write_text("title: Example\ncomponents: 5\ntimezone: Mars\n")

    code, out, _ = run("doctor")

    assert code == 1
    assert out.startswith("error: site/ghstatus.yml:2:1: components: ")
    assert out.endswith("\n2 errors\n")
    assert run("doctor", "nowhere")[0] == 2


def test_a_repository_that_is_not_there_is_one_finding(healthy, run):
    code, out, _ = run("doctor", "--repo", "packit/stat", "--json")

    assert code == 1
    assert list(found(out)) == ["repository"]


def test_a_token_that_github_does_not_know_is_one_finding(healthy, run, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "wrong")

    code, out, _ = run("doctor", "--json")

    assert code == 1
    assert list(found(out)) == ["token"]
    assert found(out)["token"]["seen"].endswith("it doesn't accept the token")


def test_a_clock_that_is_off_is_noticed(healthy, run, github, monkeypatch):
    ahead = SimpleNamespace(time=lambda: github.clock.now().timestamp() + 180, sleep=lambda _: None)
    monkeypatch.setattr(access, "time", ahead)

    code, out, _ = run("doctor", "--json")

    assert code == 1
    assert found(out)["clock"]["seen"] == "this machine's clock is 3 minutes ahead of GitHub's"


def test_what_a_token_may_not_read_is_a_hint_each(healthy, run, github, monkeypatch):
    healthy.private = True
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write"))

    code, out, _ = run("doctor", "--json")

    hints = [one for one in json.loads(out)["findings"] if one["about"] == "unseen"]
    assert code == 0
    assert [one["seen"].partition(":")[0] for one in hints] == [
        "couldn't find out how Pages is set up",
        "couldn't find out which workflows there are",
        "couldn't find out which issue forms there are",
    ]
    assert "the token needs `pages: read`" in hints[0]["seen"]


def test_an_answer_of_another_shape_is_a_hint_too(healthy, run, github):
    for match in ("graphql:*", "repos/get-pages", "actions/list-workflow-runs"):
        github.fail(match, with_="half", times=None)

    code, out, err = run("doctor", "--json")

    assert code == 0
    assert json.loads(out)["asked_as"] == ""
    assert [one["about"] for one in json.loads(out)["findings"]] == ["unseen"] * 4
    assert "waiting" in err


def test_an_app_tells_what_its_installation_may_do(healthy, run, github, monkeypatch):
    app = github.app("status-app", issues="read", contents="read", actions="read", pages="read")
    app.install("packit/status")
    monkeypatch.delenv("GITHUB_TOKEN")
    monkeypatch.setenv("GHSTATUS_APP_ID", str(app.id))
    monkeypatch.setenv("GHSTATUS_APP_PRIVATE_KEY", app.private_key)

    code, out, _ = run("doctor", "--json")

    assert code == 1
    assert json.loads(out)["asked_as"] == "status-app[bot]"
    assert found(out)["token-lacks"]["seen"] == "the App's installation has `issues: read`"
    for installation in app.installations.values():
        installation.permissions["issues"] = "write"
    assert run("doctor")[1] == "packit/status, asked as @status-app[bot] by a GitHub App: all is well\n"


def test_the_token_of_an_app_that_a_workflow_asked_for_is_told_from_its_own(healthy, site, run, github, monkeypatch):
    (site / "ghstatus.yml").write_text(f"{ON_GITHUB}pins: {{also: [packit/packit]}}\n")
    github.repository("packit/packit")
    app = github.app("status-app", issues="write")
    installation = app.install("packit/status", "packit/packit")
    token = github.tokens.installation(installation, installation.repositories, {})
    own = run("doctor", "--json")[1]

    monkeypatch.setenv("GITHUB_TOKEN", token.value)

    assert "reaches its own repository only" in found(own)["mirror"]["seen"]
    code, out, _ = run("doctor")
    assert (code, out) == (0, "packit/status, asked as @status-app[bot] by a GitHub App: all is well\n")


@pytest.mark.parametrize(
    ("role", "may"), [("read", "may only read in packit/status"), ("triage", "may only triage in packit/status")]
)
def test_a_person_needs_a_role(healthy, run, github, monkeypatch, role, may):
    healthy.grant("kim", role)
    monkeypatch.setenv("GITHUB_TOKEN", github.fine_grained("kim", "packit/status", issues="write"))

    code, out, _ = run("doctor", "--json")

    assert code == 0
    assert found(out)["token-lacks"]["seen"] == f"@kim {may}"


def test_what_a_fine_grained_token_may_do_is_not_known(healthy, run, github, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", github.fine_grained("jane", "packit/status", issues="write"))

    assert list(found(run("doctor", "--json")[1])) == ["token-unknown"]


def test_a_classic_token_of_a_maintainer_will_do(healthy, run, github, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", github.pat("jane", "public_repo", "workflow"))

    assert run("doctor")[1] == "packit/status, asked as @jane by a classic personal token: all is well\n"


def test_the_workflow_is_found_by_what_it_does(healthy, run):
    healthy.workflows.clear()
    healthy.files = {path: text for path, text in healthy.files.items() if "ISSUE" in path}
    healthy.workflow("on: push\n", "lint.yml")
    healthy.workflow("on: push\n", "gone.yml", state="deleted")
    healthy.workflow("on: push\n", "forgotten.yml")
    del healthy.files[".github/workflows/forgotten.yml"]
    missing = run("doctor", "--json")[1]
    healthy.workflow(OWN, "page.yml").run()
    events = run("doctor", "--json")[1]
    healthy.workflow(TICKS, "nightly.yml").run()

    assert list(found(missing)) == ["workflow-missing"]
    assert found(events)["workflow-trigger"]["seen"] == "`schedule` doesn't start .github/workflows/page.yml"
    assert run("doctor")[1].endswith(": all is well\n")


def test_of_many_workflows_the_likely_ones_are_read_first(healthy, run, github):
    healthy.workflows.clear()
    for number in range(20):
        healthy.workflow("on: push\n", f"a{number}.yml")
    healthy.workflow(TICKS, "status-clock.yml").run()
    healthy.workflow(OWN).run()

    assert run("doctor")[1].endswith(": all is well\n")
    assert len([one for one in github.made("repos/get-content") if "workflows" in one.path]) == 20


def test_a_bot_that_cannot_be_asked_about_is_a_hint(healthy, site, run, github):
    (site / "ghstatus.yml").write_text(f"{ON_GITHUB}bots: [packit]\n")
    github.fail("users/get-by-username", with_="secondary", times=None)

    out = run("doctor", "--json")[1]

    assert found(out)["unseen"]["seen"].startswith("couldn't find out whether the bot packit[bot] is there: ")


def test_a_bot_that_is_there_is_well(healthy, site, run, github):
    (site / "ghstatus.yml").write_text(f"{ON_GITHUB}bots: [packit]\n")
    github.app("packit")

    assert run("doctor")[1].endswith("all is well\n")


def test_once_github_is_gone_it_is_asked_nothing_more(healthy, run, github):
    github.fail("repos/get-pages", times=None)

    out = run("doctor", "--json")[1]

    assert [one["about"] for one in json.loads(out)["findings"]] == ["unseen"] * 3
    assert github.made("actions/list-repo-workflows") == github.made("repos/get-content") == []


def test_runs_that_may_not_be_read_leave_the_workflow_known(healthy, run, github, monkeypatch):
    healthy.private, healthy.pages.public = True, False
    rights = dict.fromkeys(("actions", "contents", "pages"), "read")
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write", **rights))
    assert run("doctor")[1].endswith("all is well\n")

    github.fail("actions/list-workflow-runs", with_="forbidden", times=None)

    (one,) = json.loads(run("doctor", "--json")[1])["findings"]
    assert one["seen"].startswith("couldn't find out how the workflow's runs went: can't read the runs")


def test_where_another_tool_has_its_own_forms_none_are_missed(healthy, site, run, github):
    (site / "ghstatus.yml").write_text(f"{ON_GITHUB}dialect: upptime\n")
    healthy.label("status")

    assert run("doctor")[1].endswith("all is well\n")
    assert [one.path for one in github.made("repos/get-content") if "ISSUE" in one.path] == []
