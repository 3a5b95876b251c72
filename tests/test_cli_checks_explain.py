"""`checks explain` says what a text, a log or a pull request's failures are; `checks scan` what they were lately."""

import gzip
import io
import json
import re
from types import SimpleNamespace

import pytest

from tests.watched.world import CONFIG, COPR, FARM, GUEST, MINE, MUTE

pytest_plugins = ["tests.commands", "tests.github.fixture", "tests.upstream.fixture", "tests.watched.fixture"]
loopback = pytest.mark.loopback
HOSTS = "Backend process error: Three host tried without success: {'1.2.3.4'}\n"
NOW = ("--now", "2026-03-02T12:00Z")


@pytest.fixture
def explain(run, tmp_path, monkeypatch):
    """Runs `ghstatus checks explain` in an empty folder, with a text on standard input."""
    monkeypatch.chdir(tmp_path)

    def explained(*said, text=""):
        data = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        return run("checks", "explain", *said)

    return explained


def test_a_text_is_explained_without_a_site_and_without_a_token(explain):
    code, out, err = explain("--surface", "title", "--incident", "testing-farm", text=GUEST)

    assert (code, err) == (0, "")
    assert out == (
        "explained (testing-farm, incident assumed-testing-farm)\n"
        "  why: The text tells of a failure of testing-farm itself, during an outage of it.\n"
        "  signature: tf-artemis-error\n"
        f"  line: {GUEST}\n"
        "  do: `/packit retest-failed` after the outage\n"
    )


def test_it_is_for_programs_too(explain):
    told = json.loads(explain("-", "--json", "--incident", "copr", text=MINE)[1])

    assert told == {
        "verdict": "own",
        "component": "copr",
        "rule": "",
        "signature": "own-package",
        "incident": None,
        "reason": "The text tells that the pull request, or how it is set up, made it fail.",
        "remedy": "",
        "quote": MINE,
        "hanging": False,
        "nearly": [],
    }


def test_of_a_text_that_tells_nothing_that_is_said(explain):
    assert explain(text="hi")[1] == "unexplained\n  why: Nothing that was read tells of any service's failure.\n"


def test_what_was_nearly_a_match_is_told(explain):
    code, out, _ = explain(text=HOSTS)

    assert code == 0
    assert "  nearly: copr-three-hosts: it counts only on copr_backend_log, and this is a log\n" in out
    assert json.loads(explain("--json", text=HOSTS)[1])["nearly"][0]["id"] == "copr-three-hosts"


@pytest.mark.parametrize("name", ["backend.log", "backend.log.gz"])
def test_copr_s_logs_are_known_by_their_names(explain, tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(HOSTS.encode()) if name.endswith("gz") else HOSTS.encode())

    assert explain(name, "--incident", "copr")[1].startswith("explained (copr, incident assumed-copr)\n")


def test_by_app_and_name_the_rules_of_the_catalogue_hold(explain):
    who = ("--app", "packit-as-a-service", "--surface", "title", "--incident", "copr")

    assert explain(*who, "--context", COPR, text=MUTE)[1].startswith("suspected (copr, incident assumed-copr)\n")
    assert "  rule: packit-copr\n" in explain(*who, "--context", COPR, text=MUTE)[1]
    assert "why: No rule says on which component such a check depends.\n" in explain("--app", "x", text=MUTE)[1]


NEARLY = "Error: Unable to connect to https://copr.fedorainfracloud.org/api_3/."
GO_ON = "to go on: --incident COMPONENT says what it would be during an outage"


@pytest.mark.parametrize(
    ("said", "text", "remark"),
    [
        ((), "hi", ""),
        ((), " \n", "there is nothing to explain: the text is empty\n"),
        ((), NEARLY, f"{GO_ON}; --app and --context, together, say which check it was\n"),
        ((), "Backend process error: Giving up waiting for copr_base repository", f"{GO_ON}; --app and --context, "),
        (("--app", "packit-as-a-service", "--context", COPR), NEARLY, f"{GO_ON}\n"),
        (("--context", COPR), "hi", f"{GO_ON}; --app and --context, together, say which check it was\n"),
        (("--incident", "copr"), NEARLY, ""),
    ],
)
def test_what_else_may_be_tried_is_said(explain, said, text, remark):
    err = explain(*said, text=text)[2]

    assert err.startswith(remark)
    assert bool(err) == bool(remark)


def test_a_site_that_stands_there_and_isn_t_read_is_told_of(explain, files):
    unread = "site/ghstatus.yml isn't read: with --site site its known failures and incidents count, too\n"

    assert explain(text="the moon is not where it was")[1:] == (
        "unexplained\n  why: Nothing that was read tells of any service's failure.\n",
        unread,
    )
    assert unread not in explain("--site", "site", *NOW, text="the moon is not where it was")[2]


def test_only_the_end_of_a_long_text_counts(explain):
    begun = f"{MINE}\n" + "x\n" * 200_000

    assert explain("--incident", "copr", text=begun)[1].startswith("unexplained (copr)\n")


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (["nothing.log"], "nothing.log can't be read: No such file or directory"),
        (["."], ". can't be read: Is a directory"),
        (["--surface", "titel"], "--surface: 'titel' is none; accepted: title, summary, "),
        (["--incident", "coper"], "--incident: no component is called 'coper'; accepted: appveyor, "),
        (["--pr", "ogr"], "--pr: 'ogr' is no pull request; accepted: "),
        (["x.log", "--pr", "packit/ogr#1"], "FILE and --pr are two things to explain; name one of them"),
        (["--pr", "packit/ogr#1"], "no site here: looked for "),
    ],
)
def test_what_can_t_be_explained_is_said(explain, said, seen):
    code, out, err = explain(*said)

    assert (code, out) == (2, "")
    assert err.startswith(seen)


def test_what_only_looks_packed_is_said(explain):
    code, _, err = explain(text=b"\x1f\x8bnothing")

    assert code == 2
    assert err.startswith("- ")


@pytest.fixture
def files(explain, tmp_path):
    """A site whose incidents are files, with words of its own."""
    (tmp_path / "site" / "incidents").mkdir(parents=True)
    config = re.sub("store: github\n|repository: .*\n", "", CONFIG)
    (tmp_path / "site" / "ghstatus.yml").write_text(
        f"{config}known_failures:\n- {{id: moon, component: copr, text: the moon is not where it was}}\n"
    )
    (tmp_path / "site" / "incidents" / "farm.md").write_text(
        "---\ntitle: No guests\nseverity: major\ncomponents: [testing-farm]\nstarted: 2026-03-02 10:00\n---\nNone.\n"
    )
    return tmp_path / "site"


def test_a_site_s_own_words_and_incidents_count(explain, files):
    who = ("--site", "site", *NOW)

    assert explain(*who, "--surface", "title", text=GUEST)[1].startswith("explained (testing-farm, incident farm)\n")
    told = explain(*who, "--incident", "Copr", text="oh: the moon is not where it was")[1]
    assert told.startswith("explained (copr, incident assumed-copr)\n")
    assert "signature: moon" in told


def test_a_site_s_components_are_named(explain, files):
    assert explain("--site", "site", "--incident", "koji", text="x")[::2] == (
        2,
        "--incident: no component is called 'koji'; accepted: copr, testing-farm\n",
    )


# Pull requests


@pytest.fixture
def failing(world, github):
    world.incident("testing-farm", title="No guests")
    github.clock.advance(minutes=10)
    pull = world.pull()
    world.tests(pull)
    world.build(pull, live=MINE)
    github.clock.advance(minutes=10)
    return pull


@loopback
def test_a_pull_request_s_failures_are_explained_one_by_one(run, world, failing):
    code, out, err = run("checks", "explain", "--pr", "packit/ogr#1", "--now", world.now)

    assert (code, err) == (0, "")
    assert re.match(r"packit/ogr #1 \w{10}: 1 of 2 failures is Testing Farm's: #1\n", out)
    assert f"\n\n{FARM}\nexplained (testing-farm, incident 1)\n  why: " in out
    assert f"\n\n{COPR}\nown (copr)\n" in out
    assert f"  line: {MINE}\n" in out


@loopback
def test_one_of_them_may_be_named(run, world, failing):
    who = ("checks", "explain", "--pr", "https://github.com/packit/ogr/pull/1", "--now", world.now)

    told = json.loads(run(*who, "--context", COPR, "--json")[1])
    assert (told["repository"], told["pull"], [one["check"] for one in told["verdicts"]]) == ("packit/ogr", 1, [COPR])
    assert run(*who, "--context", "lint")[1].endswith("nothing to explain about the check 'lint'\n")


@loopback
def test_where_nothing_fails_that_is_said(run, world):
    world.tests(world.pull(), "success")

    assert run("checks", "explain", "--pr", "packit/ogr#1")[1].endswith("\nnothing to explain about 1 watched check\n")


@loopback
def test_an_incident_may_be_assumed_for_a_pull_request_too(run, world):
    world.build(world.pull(), backend=HOSTS)
    who = ("checks", "explain", "--pr", "packit/ogr#1", "--now", world.now)

    assert "suspected (copr)" in run(*who)[1]
    assert "explained (copr, incident assumed-copr)" in run(*who, "--incident", "copr")[1]


# Lately


@pytest.fixture
def past(world, github, failing):
    """The outage is long over, and a pull request of another repository failed after it."""
    github.clock.advance(hours=1)
    world.status.issues[1].close(by="jane")
    github.clock.advance(days=3)
    world.tests(world.pull(world.status))
    github.clock.advance(minutes=10)


@loopback
def test_a_scan_looks_back_and_changes_nothing(run, world, past, github):
    code, out, err = run("checks", "scan", "--since", "7d", "--now", world.now)

    assert (code, err) == (0, "")
    assert re.search(r"^component +explained +suspected +retrying +own +unexplained$", out, re.MULTILINE)
    assert re.search(r"^Copr +0 +0 +0 +1 +0$", out, re.MULTILINE)
    assert re.search(r"^Testing Farm +1 +1 +0 +0 +0$", out, re.MULTILINE)
    assert re.search(r"^3 watched checks on 2 commits; \d requests to GitHub, \d for evidence$", out, re.MULTILINE)
    assert github.made("checks/create") == []


@loopback
def test_a_scan_looks_no_further_back_than_it_is_told(run, world, past):
    assert "1 watched check on 1 commit" in run("checks", "scan", "--since", "1d", "--now", world.now)[1]
    assert "1 watched check on 1 commit" in run("checks", "scan", "--repo", "packit/status", "--now", world.now)[1]


@loopback
def test_a_scan_is_for_programs_too(run, world, past):
    told = json.loads(run("checks", "scan", "--json", "--repo", "packit/ogr", "--now", world.now)[1])

    kinds = {"explained": 0, "suspected": 0, "retrying": 0, "own": 0, "unexplained": 0}
    assert told["components"] == {"copr": kinds | {"own": 1}, "testing-farm": kinds | {"explained": 1}}
    assert (told["repositories"], len(told["reports"]), told["trouble"]) == (1, 1, [])


@loopback
def test_a_scan_of_nothing_draws_no_table(run, world):
    code, out, err = run("checks", "scan", "--repo", "no/body")

    assert code == 0
    assert out.startswith("0 watched checks on 0 commits; ")
    assert err.startswith("no/body: ")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("7", "'7' has no unit"),
        ("0d", "'0d' is out of reach; accepted: up to 90d"),
        ("91d", "'91d' is out of reach"),
    ],
)
def test_a_while_that_is_none_is_said(run, typed, seen):
    code, _, err = run("checks", "scan", "--since", typed)

    assert code == 2
    assert err.startswith(f"--since: {seen}")
