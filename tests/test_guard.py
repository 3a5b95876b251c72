"""A command's failure is excused where it is known, and never hidden; nothing of ghstatus's own changes its exit code."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from ghstatus import cli
from ghstatus.cli import access, child, excusing, watching
from ghstatus.errors import StoreError
from ghstatus.known import command

pytest_plugins = ["tests.github.fixture"]

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONFIG = """\
title: Example
base_url: https://status.example.org/
components:
- {id: copr, name: Copr, checks: [packit-copr]}
- {id: testing-farm, name: Testing Farm}
"""
INCIDENT = "---\ntitle: Copr is down\nseverity: major\ncomponents: [copr]\nstarted: 2026-03-02 08:00\n---\nIt is.\n"
NOW = ("--now", "2026-03-02T12:00Z")
UNREACHABLE = "Error: Unable to connect to https://copr.fedorainfracloud.org/api_3/."
THEIRS = f"echo '{UNREACHABLE}' >&2; exit 3"
MINE = f"echo '{UNREACHABLE}'; echo 'error: Bad exit status from /var/tmp/rpm-tmp.1 (%build)'; exit 3"
SHA, HEAD = "a" * 40, "b" * 40


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    (folder / "incidents").mkdir(parents=True)
    (folder / "ghstatus.yml").write_text(CONFIG)
    (folder / "incidents" / "copr.md").write_text(INCIDENT)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def guard(monkeypatch, capfd, site):
    """Runs `ghstatus guard` about Copr; gives exit code, stdout and stderr, as they reached the terminal."""

    def run(*arguments, options=("-c", "copr", "--site", "site", *NOW)):
        monkeypatch.setattr(sys, "argv", ["ghstatus", "guard", *options, "--", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        return left.value.code or 0, out, err

    return run


def shell(script):
    return "sh", "-c", script


def test_what_goes_well_is_left_alone(guard):
    assert guard(*shell("echo fine; echo hm >&2")) == (0, "fine\n", "hm\n")


def test_a_known_failure_is_excused_and_told(guard):
    code, out, err = guard(*shell(f"echo here; {THEIRS}"))

    assert (code, out) == (0, "here\n")
    assert err == (
        f"{UNREACHABLE}\n"
        "ghstatus: sh failed with 3, which doesn't count: The text tells of a failure of copr itself, during an outage "
        "of it. Copr is down (https://status.example.org/incidents/copr/). "
        f"It says {UNREACHABLE!r}. Run it again once Copr is back\n"
    )


def test_an_own_failure_never_is(guard):
    code, out, err = guard(*shell(MINE))

    assert (code, len(out.splitlines())) == (3, 2)
    assert err == (
        "ghstatus: sh failed with 3, and that isn't excused. "
        "The text tells that the pull request, or how it is set up, made it fail.\n"
    )


def test_what_is_long_past_when_it_fails_excuses_nothing(guard):
    code, out, err = guard(*shell(f"{THEIRS.replace('exit 3', ':')}; seq 30; exit 3"))

    assert (code, len(out.splitlines())) == (3, 30)
    assert "nothing that was read tells that it is the reason" in err
    assert guard(*shell(f"{THEIRS.replace('exit 3', ':')}; seq 29; exit 3"))[0] == 0


def test_an_incident_alone_excuses_nothing(guard):
    code, _, err = guard(*shell("exit 3"))

    assert code == 3
    assert "At that time copr had an outage, but nothing that was read tells that it is the reason." in err


def test_an_incident_by_which_everything_fails_excuses_what_is_told_in_full(guard, site):
    (site / "incidents" / "copr.md").write_text(INCIDENT.replace("---\nIt", "all_fail: true\n---\nIt"))

    assert guard(*shell("echo any; exit 3"))[0] == 0
    assert guard(*shell("head -c 200000 /dev/zero | tr '\\0' 'x'; exit 3"))[0] == 3
    assert guard(*shell(MINE))[0] == 3


def test_without_an_incident_nothing_is_excused(guard, site):
    (site / "incidents" / "copr.md").unlink()
    code, _, err = guard(*shell(THEIRS))

    assert code == 3
    assert "no outage of it is known at that time" in err


def test_without_a_site_nothing_is_excused_and_that_is_told(guard):
    code, _, err = guard(*shell(THEIRS), options=("-c", "copr"))

    assert code == 3
    assert err.endswith("No incident is known, because no --site is named.\n")


def test_of_several_components_an_own_failure_counts_most(guard):
    both = ("-c", "testing-farm", "-c", "copr", "--site", "site", *NOW)

    assert guard(*shell(THEIRS), options=both)[0] == 0
    assert guard(*shell(MINE), options=both)[0] == 3


def test_of_several_components_one_whose_outage_lets_everything_fail_is_enough(guard, site):
    (site / "incidents" / "copr.md").write_text(INCIDENT.replace("---\nIt", "all_fail: true\n---\nIt"))

    assert guard("false", options=("-c", "testing-farm", "-c", "copr", "--site", "site", *NOW))[0] == 0
    assert guard("false", options=("-c", "testing-farm", "--site", "site", *NOW))[0] == 1


def test_the_reports_call_it_as_they_are_told(guard):
    named = ("-c", "copr", "--site", "site", *NOW, "--context", "build")

    assert "ghstatus: build failed with 3, which" in guard(*shell(THEIRS), options=named)[2]


def test_what_is_told_begins_a_line_of_its_own(guard):
    assert guard(*shell("printf half; exit 3"))[2].startswith("\nghstatus: sh failed with 3, ")


@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), ("exit 255", 255), ("kill -9 $$", 137)])
def test_the_exit_code_is_the_command_s_own(guard, script, code):
    assert guard(*shell(script))[0] == code


@pytest.mark.parametrize(
    ("command", "code", "reason"),
    [
        ("no-such-command", 127, "there is no such command"),
        ("", 127, "there is no such command"),
        ("./site", 126, "Permission denied"),
    ],
)
def test_what_can_t_run_is_told_and_not_judged(guard, command, code, reason):
    assert guard(command) == (code, "", f"ghstatus: {command!r} can't be run: {reason}\n")


def test_what_hangs_during_an_outage_is_excused(guard):
    late = ("--site", "site", *NOW, "--timeout", "1s")
    code, _, err = guard("sleep", "30", options=("-c", "copr", *late))

    assert code == 0
    assert (
        "sleep failed with 124, which doesn't count: It took longer than it may, and an outage of copr goes on." in err
    )
    assert "Run it again once the outage is over." in err
    assert guard("sleep", "30", options=("-c", "testing-farm", *late))[0] == child.LATE


def test_what_fails_by_itself_and_then_hangs_isn_t(guard):
    late = ("-c", "copr", "--site", "site", *NOW, "--timeout", "1s")

    assert guard(*shell(f"({MINE}); exec sleep 30"), options=late)[0] == child.LATE


@pytest.mark.parametrize(
    ("typed", "seen"), [("1", "'1' has no unit"), ("soon", "'soon' is no span of time"), ("0m", "it is no time at all")]
)
def test_a_wrong_timeout_is_told_before_anything_runs(guard, typed, seen):
    code, out, err = guard("echo", "ran", options=("-c", "copr", "--timeout", typed))

    assert (code, out) == (2, "")
    assert err.startswith(f"--timeout: {seen}")


def test_a_wrong_component_is_told_before_anything_runs(guard):
    code, out, err = guard("echo", "ran", options=("-c", "coper"))

    assert (code, out) == (2, "")
    assert "--component: no component is called 'coper'; accepted: " in err
    assert "did you mean 'copr'?" in err


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        (
            ("-c", "coper", "--site", "site"),
            "--component: no component is called 'coper'; accepted: copr, testing-farm",
        ),
        (("-c", "copr", "--site", "nowhere"), "nowhere is no site folder: it holds no ghstatus.yml"),
    ],
)
def test_what_is_wrong_with_the_site_of_others_keeps_no_command_from_running(guard, options, seen):
    code, out, err = guard(*shell("echo ran; exit 3"), options=options)

    assert (code, out) == (3, "ran\n")
    assert err.startswith(f"ghstatus: {seen}")
    assert err.endswith("; no failure is excused\n")


def test_a_failure_of_ghstatus_itself_changes_nothing(guard, monkeypatch):
    def refuse(*_, **__):
        raise StoreError("not today")

    monkeypatch.setattr(command, "judge", refuse)
    assert guard(*shell(THEIRS))[::2] == (3, f"{UNREACHABLE}\nghstatus: the failure can't be judged: not today\n")


def test_a_bug_of_ghstatus_changes_nothing(guard, monkeypatch):
    monkeypatch.setattr(command, "judge", lambda *_, **__: 1 / 0)
    code, _, err = guard(*shell(THEIRS))

    assert code == 3
    assert "ZeroDivisionError" in err
    assert "This is a bug in ghstatus" in err


def test_an_interrupt_while_it_judges_is_no_success(guard, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "judge", interrupt)
    assert guard(*shell(THEIRS))[0] == 130


def test_incidents_that_could_not_be_read_are_told(guard, monkeypatch):
    incidents = watching.incidents
    monkeypatch.setattr(watching, "incidents", lambda *said: incidents(*said)._replace(partial=("one of them",)))
    code, _, err = guard(*shell(THEIRS))

    assert code == 0
    assert "ghstatus: not every incident could be read: one of them\n" in err


def test_what_somebody_stopped_isn_t_judged(site):
    ghstatus = [sys.executable, "-m", "ghstatus", "guard", "-c", "copr", "--site", "site", *NOW, "--"]
    script = f"trap '{THEIRS.replace(chr(39), chr(34))}' TERM; echo up; sleep 30 & wait"
    with subprocess.Popen(
        [*ghstatus, *shell(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout.readline() == "up\n"
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=60)

    assert (running.returncode, out, err) == (3, "", f"{UNREACHABLE}\n")


def test_it_works_without_any_input_and_where_nobody_reads(site):
    command = f"{shlex.quote(sys.executable)} -m ghstatus guard -c copr --site site {' '.join(NOW)} -- sh -c 'yes; exit 9' <&- | head -1"
    ran = subprocess.run(  # noqa: S602
        command, shell=True, capture_output=True, text=True, timeout=60, check=False
    )

    assert (ran.returncode, ran.stdout) == (0, "y\n")


# In a workflow


@pytest.fixture
def actions(monkeypatch, tmp_path, github):
    """A workflow in packit/ogr, started by a pull request; gives what it leaves behind."""
    monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
    left = SimpleNamespace(
        ogr=github.repository("packit/ogr"),
        summary=tmp_path / "summary",
        output=tmp_path / "output",
        event=tmp_path / "event",
    )
    left.pull = left.ogr.pull("Mend", by="ann")
    said = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": github.url,
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "packit/ogr",
        "GITHUB_RUN_ID": "77",
        "GITHUB_SHA": SHA,
        "GITHUB_EVENT_PATH": str(left.event),
        "GITHUB_STEP_SUMMARY": str(left.summary),
        "GITHUB_OUTPUT": str(left.output),
        "GITHUB_TOKEN": github.token("packit/ogr", checks="write"),
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    left.event.write_text(
        json.dumps({"pull_request": {"number": left.pull.number, "head": {"sha": left.pull.head.oid}}})
    )
    return left


def test_in_a_workflow_it_is_a_neutral_check_on_the_pull_request_s_head(guard, actions):
    code, _, err = guard(*shell(THEIRS))

    (run,) = actions.pull.head.runs
    assert code == 0
    assert (run.name, run.conclusion, run.title) == (
        "ghstatus/guard: sh",
        "neutral",
        "Not your fault: it is Copr's (copr)",
    )
    assert "https://github.com/packit/ogr/actions/runs/77" in run.summary
    assert "::warning title=ghstatus::sh failed with 3, which doesn't count: " in err
    assert "Not your fault" in actions.summary.read_text()
    assert "explained" in actions.output.read_text()
    assert re.search(r"exit-code<<(\S+)\n3\n\1\n", actions.output.read_text())


def test_no_secret_that_a_command_printed_gets_into_a_check(guard, actions, site):
    (site / "incidents" / "copr.md").write_text(INCIDENT.replace("---\nIt", "match: [Connection timed out]\n---\nIt"))
    code, out, err = guard(*shell("echo https://me:s3cret@copr.example: Connection timed out; exit 3"))

    (run,) = actions.pull.head.runs
    assert code == 0
    assert "s3cret" in out  # which the workflow's runner hides, as it stands there
    assert "s3cret" not in err
    assert "s3cret" not in f"{run.title}{run.summary}{actions.summary.read_text()}{actions.output.read_text()}"


def test_in_a_workflow_the_text_is_named_by_which_a_failure_is_known(guard, actions):
    code, _, err = guard(*shell(f"echo {'x' * 500} {UNREACHABLE!r}; exit 3"))

    assert code == 0
    assert re.search(r"during an outage of it\. .* It is known as [\w-]+\. Run it again", err)
    assert "Unable to connect" not in err
    assert "xxx" not in err


def test_a_second_time_nothing_more_is_written_to_other_names(guard, actions):
    guard(*shell(THEIRS))
    guard(*shell(MINE))

    assert len(actions.pull.head.runs) == 1


def test_where_no_check_may_be_written_that_is_told_and_changes_nothing(guard, actions, github, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/ogr", contents="read"))
    code, _, err = guard(*shell(THEIRS))

    assert (code, actions.pull.head.runs) == (0, [])
    assert "ghstatus: that could not be posted: " in err


def test_without_a_token_it_is_told_all_the_same(guard, actions, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN")
    code, _, err = guard(*shell(THEIRS))

    assert code == 0
    assert "could not be posted: nothing says by which right to ask for the checks of packit/ogr" in err


@pytest.mark.parametrize(
    ("event", "sha", "numbers"),
    [
        ({"pull_request": {"number": 7, "head": {"sha": HEAD}}}, HEAD, [7]),
        ({"merge_group": {"head_sha": HEAD}}, HEAD, []),
        ({"ref": "refs/heads/main"}, SHA, []),
        ({"pull_request": {"number": "7", "head": {"sha": "../evil"}}}, "", []),
        ([], SHA, []),
    ],
)
def test_the_commit_is_the_one_that_is_to_be_merged(monkeypatch, tmp_path, event, sha, numbers):
    (tmp_path / "event").write_text(json.dumps(event))
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "event"))
    monkeypatch.setenv("GITHUB_SHA", SHA)
    failure = excusing.Failure(
        "x", ("copr",), child.Ran(1, b"", is_whole=True), datetime(2026, 3, 2, 12, tzinfo=UTC), timedelta(minutes=1)
    )

    head = excusing.head(failure)

    assert (head.sha, [pull.number for pull in head.pulls]) == (sha, numbers)


def test_an_incident_that_is_an_issue_is_read_from_its_repository(guard, actions, site, github):
    (site / "ghstatus.yml").write_text(f"{CONFIG}store: github\nrepository: packit/status\n")
    status = github.repository("packit/status")
    status.grant("jane", "write")
    status.issue("Copr is down", "It is.", by="jane", labels=["incident", "severity/major", "component/copr"])

    assert guard(*shell(THEIRS), options=("-c", "copr", "--site", "site"))[0] == 0
    assert len(actions.pull.head.runs) == 1


def test_what_a_pull_request_is_to_mend_excuses_it_no_more(guard, actions, site, github):
    status = github.repository("packit/status")
    status.grant("jane", "write")
    (site / "ghstatus.yml").write_text(f"{CONFIG}store: github\nrepository: packit/status\n")
    labels = ["incident", "severity/major", "component/copr"]
    issue = status.issue("Copr is down", "It is.", by="jane", labels=labels)
    event = json.loads(actions.event.read_text())
    event["pull_request"]["body"] = f"Fixes Packit/status#{issue.number}"
    options = ("-c", "copr", "--site", "site")

    assert guard(*shell(THEIRS), options=options)[0] == 0
    actions.event.write_text(json.dumps(event))
    assert guard(*shell(THEIRS), options=options)[0] == 3
    assert guard(*shell("sleep 9"), options=(*options, "--timeout", "1s"))[0] == 124
    for odd in ("[]", '{"pull_request": [], "merge_group": 7}', '{"pull_request": {"body": 7, "head": []}}'):
        actions.event.write_text(odd)
        assert guard(*shell(THEIRS), options=options)[0] == 0


def test_the_example_of_the_documentation_says_what_it_shows(tmp_path):
    page = (ROOT / "docs" / "guard.md").read_text(encoding="utf-8")
    command, shown = re.search(r"^\$ (ghstatus guard .*)\n```\n\n((?:    .*\n)+)", page, re.MULTILINE).groups()
    (tmp_path / "site" / "incidents").mkdir(parents=True)
    for name, text in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        (tmp_path / "site" / name).write_text(text)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    ran = subprocess.run(  # noqa: S602
        command.replace("ghstatus guard", f"{shlex.quote(sys.executable)} -m ghstatus guard"), shell=True, cwd=tmp_path,
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert ran.stdout == re.sub("^    ", "", shown, flags=re.MULTILINE)
