"""What comments may say of an incident, a command line may say, too: in its file, or by a comment on its issue."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import typer

from ghstatus import cli
from ghstatus.cli import incidents, options, ordering, verbs
from ghstatus.grammar import orders
from ghstatus.grammar.asking import Asking
from ghstatus.grammar.names import Names
from ghstatus.grammar.verbs import ALL

pytest_plugins = ["tests.commands", "tests.github.fixture"]

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SITE = """\
title: Example
components:
- {id: copr, name: Copr}
- {id: koji, name: Koji}
"""
NOTHING = "nothing to change: it is so already\n"
UPDATED = {"phase": None, "severity": None, "components": {}, "text": ""}
ON_INCIDENTS = {
    "investigating": ("It is down.", {"phase": "investigating"}, {"phase": "investigating", "text": "It is down."}),
    "identified": ("A disk is full.", {"phase": "identified"}, {"phase": "identified", "text": "A disk is full."}),
    "monitoring": ("", {"phase": "monitoring"}, {"phase": "monitoring"}),
    "severity": ("critical", {"phase": "investigating"}, {"severity": "critical"}),
    "component": (
        "+koji=degraded_performance -copr",
        {},
        {"components": {"koji": "degraded_performance", "copr": "operational"}},
    ),
    "affects": ("Everybody, *really*", {"affects": "Everybody, *really*"}, None),
    "alternatives": ("Wait", {"workaround": "Wait"}, None),
    "eta": ("2026-03-02 14:02", {"eta": "2026-03-02 14:02 UTC"}, None),
    "upstream": ("https://a.b/c Their page", {"links": [{"text": "Their page", "url": "https://a.b/c"}]}, None),
    "started": ("2026-03-02 10:00", {"started": "2026-03-02T10:00:00Z"}, None),
    "ended": ("2026-03-02 11:50", {"ended": "2026-03-02T11:50:00Z", "phase": "resolved"}, None),
    "false-alarm": ("The alarm was broken.", {"false_alarm": "The alarm was broken.", "phase": "resolved"}, None),
}
ON_MAINTENANCES = {
    "scheduled": ("It may last.", {"phase": "scheduled"}, {"phase": "scheduled", "text": "It may last."}),
    "start": ("", {"phase": "in_progress"}, {"phase": "in_progress"}),
    "verifying": ("", {"phase": "verifying"}, {"phase": "verifying"}),
    "complete": ("Done.", {"phase": "completed"}, {"phase": "completed", "text": "Done."}),
    "cancel": ("No disks.", {"phase": "cancelled"}, {"phase": "cancelled", "text": "No disks."}),
    "extend": ("30m", {"scheduled_until": "2026-03-02T15:30:00Z"}, None),
}
OF_THE_TEAM = {
    "lead": ("@joe", {"roles": {"lead": "joe"}}),
    "comms": ("me", {"roles": {"comms": "jane"}}),
    "ops": ("", {"roles": {"ops": "jane"}}),
    "call": ("https://meet.example.com/x", {"call": "https://meet.example.com/x"}),
    "task": (
        "Ask for a disk @joe",
        {"tasks": [{"number": 1, "text": "Ask for a disk", "owner": "joe", "done_at": None}]},
    ),
    "detected": ("2026-03-02 11:55 by users", {"detected": "2026-03-02T11:55:00Z", "detector": "users"}),
    "snooze": ("2026-03-02 14:01", {"snoozed_until": "2026-03-02T14:01:00Z"}),
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that goes on by a minute with each command."""
    times = iter(AT + timedelta(minutes=minutes) for minutes in range(100))
    moment = options.moment
    monkeypatch.setattr(options, "moment", lambda now: moment(now) if now else next(times))
    for name in ("GITHUB_ACTOR", ordering.WHO):
        monkeypatch.delenv(name, raising=False)


class Place:
    """A store, and what runs commands on it as jane does."""

    def __init__(self, run, site, status=None, github=None):
        self.run, self.site, self.status, self.github = run, site, status, github
        self.where = ["--repo", "packit/status"] if status else ["--site", str(site)]

    def open(self, *arguments):
        """Open something; the answer is what to call it."""
        return (
            self.run("incident", "open", "Copr is down", *arguments, *self.where)[1]
            .strip()
            .rpartition("/")[2]
            .removesuffix(".md")
        )

    def say(self, *arguments):
        """Say something as jane, and let a minute pass."""
        said = self.run("incident", *arguments, *self.where, *([] if self.status else ["--as", "@jane"]))
        if self.github:
            self.github.clock.advance(minutes=1)
        return said

    def told(self, ref):
        return json.loads(self.run("incident", "show", ref, "--json", *self.where)[1])

    def comments(self, ref):
        return [one.body for one in self.status.issues[int(ref)].comments]


@pytest.fixture(params=["files", pytest.param("issues", marks=pytest.mark.loopback)])
def place(request, run, site, monkeypatch):
    """Both kinds of store, without any incident."""
    (site / "incidents" / "pending.md").unlink()
    (site / "ghstatus.yml").write_text(SITE)
    if request.param == "files":
        return Place(run, site)
    github, status = request.getfixturevalue("github"), request.getfixturevalue("status")
    (site / "ghstatus.yml").write_text(SITE)
    for issue in status.issues.values():
        issue.close(by="jane")
    monkeypatch.setenv("GITHUB_TOKEN", github.fine_grained("jane", "packit/status", issues="write"))
    github.clock.set(AT)
    return Place(run, site, status, github)


@pytest.fixture
def here(run, site):
    """A folder with an incident that is called `pending`."""
    return Place(run, site)


def last(told):
    """What the last update says, and nothing about when."""
    return {key: value for key, value in told["updates"][-1].items() if key != "at"}


def test_every_verb_is_a_command_but_what_the_command_line_answers_itself():
    names = list(typer.main.get_command(incidents.app).commands)
    questions = [verb.name for verb in ALL if verb.is_request]

    assert sorted(names) == sorted([*(verb.name for verb in ALL if not verb.is_request), "list", "open", "show"])
    assert questions == ["announce", "postmortem", "help"]


def test_every_command_about_incidents_has_its_place():
    names = list(typer.main.get_command(incidents.app).commands)

    assert names == [name for listed in verbs.PANELS.values() for name in listed]


def test_every_command_has_its_place():
    group = typer.main.get_command(cli.app)
    listed = [name for names in cli.panels.TOP.values() for name in names]

    assert set(group.commands) <= set(listed)
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize(
    "command", [[], ["incident"], *(["incident", verb.name] for verb in ALL if not verb.is_request)]
)
def test_help_is_readable_where_a_terminal_is_narrow(run, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(*command, "--help")

    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "…" not in out.replace("...", "").replace("NAME …", "")


def test_each_command_says_what_its_verb_says(run):
    for verb in ALL:
        if not (verb.is_request or verb.name in verbs.OWN):
            out = " ".join(run("incident", verb.name, "--help")[1].replace("│", " ").split())
            assert verb.meaning in out
            assert f"Example: ghstatus incident {verb.name}" in out


def test_what_is_github_s_alone_is_named(run):
    assert "reactions, assigned people and pins are GitHub's alone" in " ".join(run("incident", "--help")[1].split())


def test_all_verbs_are_tried():
    mine = {verb.name for verb in ALL if not verb.is_request}

    assert mine == {*ON_INCIDENTS, *ON_MAINTENANCES, *OF_THE_TEAM, "done", "duplicate", "reopen", *verbs.OWN}


@pytest.mark.parametrize("name", ON_INCIDENTS)
def test_what_is_so_with_an_incident_is_said(place, name):
    text, expected, update = ON_INCIDENTS[name]
    ref = place.open("-c", "copr", "-s", "major", "--started", "1h")
    before = place.told(ref)["updates"]
    code, out, _ = place.say(name, ref, *text.split())

    told = place.told(ref)
    assert code == 0
    assert ref in out
    assert {key: told[key] for key in expected} == expected
    assert len(told["updates"]) == len(before) + (update is not None)
    assert update is None or last(told) == UPDATED | update
    if place.status:
        assert place.comments(ref) == [f"/{name} {text}".rstrip()]


@pytest.mark.parametrize("name", ON_MAINTENANCES)
def test_how_far_a_maintenance_is_is_said(place, name):
    text, expected, update = ON_MAINTENANCES[name]
    start = "11:00" if name == "verifying" else "13:00"
    ref = place.open("-c", "copr", "--from", f"2026-03-02 {start}", "--until", "2026-03-02 15:00")
    code, out, _ = place.say(name, ref, *text.split())

    told = place.told(ref)
    assert code == 0
    assert ref in out
    assert {key: told[key] for key in expected} == expected
    assert update is None or last(told) == UPDATED | update


@pytest.mark.parametrize("name", OF_THE_TEAM)
def test_what_the_team_does_is_said(place, name):
    text, expected = OF_THE_TEAM[name]
    ref = place.open("-c", "copr", "-s", "major")
    code, _, _ = place.say(name, ref, *text.split())

    told = place.told(ref)
    assert code == 0
    assert {key: told["response"][key] for key in expected} == expected
    assert told["updates"] == []


def test_a_task_is_done(place):
    ref = place.open("-s", "major")
    place.say("task", ref, "Ask for a disk")
    place.say("done", ref, "1")

    assert place.told(ref)["response"]["tasks"][0]["done_at"]
    assert place.say("done", ref, "1")[1].startswith(NOTHING)
    assert "done: Ask for a disk" in place.run("incident", "show", ref, *place.where)[1]


def test_what_was_called_off_goes_on(place):
    ref = place.open("-c", "copr", "-s", "major")
    place.say("false-alarm", ref, "The alarm was broken.")
    off = place.told(ref)
    place.say("reopen", ref, "It wasn't.")
    on = place.told(ref)

    assert (off["false_alarm"], bool(off["ended"]), off["phase"]) == ("The alarm was broken.", True, "resolved")
    assert (on["false_alarm"], on["ended"], on["phase"]) == ("", None, "investigating")
    assert last(on)["text"] == "It wasn't."


def test_a_duplicate_names_the_other(place):
    first, second = (place.open("-c", "copr", "-s", "major", "--text", text) for text in "ab")
    place.say("duplicate", second, f"#{first}")

    told = place.told(second)
    assert (told["duplicate_of"], told["false_alarm"], told["phase"]) == (first, "", "resolved")
    called = f"#{first}" if first.isdecimal() else first
    assert f"\nduplicate of: {called}\n" in place.run("incident", "show", second, *place.where)[1]
    assert place.say("duplicate", second, "nope")[2].startswith("there is no incident 'nope'; accepted: such as ")


def test_what_is_so_already_is_not_said_again(place):
    ref = place.open("-s", "major", "--eta", "on Friday")
    before = place.told(ref)

    assert place.say("eta", ref, "on Friday")[1].startswith(NOTHING)
    assert place.told(ref) == before
    assert not place.status or place.comments(ref) == []


def test_an_update_that_tells_nothing_new_is_none(place):
    ref = place.open("-c", "copr", "-s", "major")
    for said in (["severity", "critical"], ["monitoring"], ["component", "+koji=degraded_performance"]):
        before = place.told(ref)
        assert not place.say(said[0], ref, *said[1:])[1].startswith(NOTHING)
        after = place.told(ref)
        assert place.say(said[0], ref, *said[1:])[1].startswith(NOTHING)
        assert place.told(ref) == after != before

    assert place.say("severity", ref, "major")[1].startswith("http" if place.status else "/")
    assert not place.say("monitoring", ref, "Still well.")[1].startswith(NOTHING)


def test_a_long_text_stays_text(place, monkeypatch):
    text = "It is down:\n\n/lead @mallory\n\n    /lead @mallory\n\n> /resolve\n"
    ref = place.open("-s", "major")
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    place.say("identified", ref, "-")

    told = place.told(ref)
    assert (told["phase"], told["response"]["roles"]) == ("identified", {})
    assert last(told)["text"].replace("\\", "") == text.rstrip()


@pytest.mark.loopback
@pytest.mark.parametrize("place", ["issues"], indirect=True)
def test_what_is_posted_is_the_person_s_and_that_the_page_follows_is_said(place):
    ref = place.open("-s", "major")
    _, out, err = place.say("lead", ref)

    (comment,) = place.status.issues[int(ref)].comments
    assert (comment.body, comment.author.login) == ("/lead", "jane")
    assert out == f"https://github.com/packit/status/issues/{ref}\n"
    assert err == "posted; the page follows when the workflow has run\n"


@pytest.mark.loopback
@pytest.mark.parametrize("place", ["issues"], indirect=True)
def test_a_program_posts_updates_and_gives_no_other_orders(place, monkeypatch):
    ref = place.open("-s", "major")
    monkeypatch.setenv("GITHUB_TOKEN", place.github.token("packit/status", issues="write"))
    place.say("identified", ref, "A disk.")
    code, _, err = place.say("lead", ref, "@jane")

    assert last(place.told(ref)) == UPDATED | {"phase": "identified", "text": "A disk."}
    assert code == 2
    assert re.fullmatch(r".*\[bot\] is a program, and commands count by the person who gives them; use a .*\n", err)
    assert len(place.comments(ref)) == 1


@pytest.mark.loopback
@pytest.mark.parametrize("place", ["issues"], indirect=True)
def test_a_program_that_the_site_trusts_gives_orders(place, monkeypatch):
    ref = place.open("-s", "major")
    (place.site / "ghstatus.yml").write_text(f"{SITE}bots: ['github-actions[bot]']\n")
    monkeypatch.setenv("GITHUB_TOKEN", place.github.token("packit/status", issues="write"))
    place.say("lead", ref, "@jane")

    assert place.comments(ref) == ["/lead @jane"]


@pytest.mark.loopback
@pytest.mark.parametrize("place", ["issues"], indirect=True)
def test_on_github_nobody_speaks_for_others(place):
    ref = place.open("-s", "major")
    code, _, err = place.say("lead", ref, "--as", "joe")

    assert code == 2
    assert err == "--as is for incidents that are files; on GitHub it is jane who says it\n"


@pytest.mark.parametrize(
    ("environment", "arguments", "person"),
    [
        ({ordering.WHO: "joe", "GITHUB_ACTOR": "jane"}, [], "joe"),
        ({"GITHUB_ACTOR": "jane"}, [], "jane"),
        ({"GITHUB_ACTOR": "jane"}, ["--as", "@mary"], "mary"),
    ],
)
def test_who_says_it_is_known_from_where_it_is_said(run, site, monkeypatch, environment, arguments, person):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run("incident", "lead", "pending", *arguments)

    assert json.loads(run("incident", "show", "pending", "--json")[1])["response"]["roles"] == {"lead": person}


def test_an_update_leaves_the_rest_of_a_file_alone(here):
    path = here.site / "incidents" / "pending.md"
    path.write_text(path.read_text().replace("severity: major", "severity:   major   # says jane"))
    before = path.read_text()
    here.say("severity", "pending", "minor")

    assert path.read_text().startswith(before)
    assert "Severity: minor" in path.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["severity", "pending", "majr"],
            r"`severity`: 'majr' is no severity; accepted: .* \(did you mean 'major'\?\)",
        ),
        (["component", "pending", "+cpor"], r"`component`: no component is called 'cpor'; .*did you mean 'copr'\?\)"),
        (["component", "pending", "+copr", "-cpor"], r"`component`: no component is called 'cpor'; accepted: .*"),
        (["component", "pending", "-hopr"], r"`component`: no component is called 'hopr'; accepted: .*"),
        (["started", "pending", "soon"], r"`started`: 'soon' is not a time; accepted: a time such as .*"),
        (["ended", "pending", "2020-01-01"], r"`ended`: 2020-01-01 00:00 UTC is before the start, .*; accepted: .*"),
        (["done", "pending", "7"], r"`done`: there is no task 7; accepted: `task TEXT` before it"),
        (
            ["extend", "pending", "1h"],
            r"`extend` is for maintenances, not for this incident; accepted: `eta`",
        ),
        (["complete", "pending"], r"`complete` is for maintenances, not for this incident; accepted: `resolve`"),
        (["scheduled", "pending"], r"`scheduled` is for .*, not for this incident; accepted: `investigating`, .*"),
        (["upstream", "pending", "here"], r"`upstream`: 'here' is no address; accepted: .*"),
        (["snooze", "pending", "long"], r"`snooze`: 'long' is .*; accepted: .*"),
        (["lead", "pendng", "@jane"], r"there is no incident 'pendng'; accepted: such as pending .*"),
        (["lead", "pending", "j@ne"], r"`lead`: 'j@ne' is no account; accepted: .*"),
        (
            ["lead", "pending"],
            r"`lead`: nobody knows who says this; accepted: .*; --as LOGIN, or GHSTATUS_LOGIN, says who you are",
        ),
    ],
)
def test_what_can_t_be_meant_is_one_message(run, site, arguments, words):
    path = site / "incidents" / "pending.md"
    before = path.read_text()

    code, out, err = run("incident", *arguments)

    assert (code, out) == (2, "")
    assert re.fullmatch(words, err.rstrip())
    assert path.read_text() == before


@pytest.mark.parametrize("verb", [verb for verb in ALL if verb.is_prose], ids=lambda verb: verb.name)
@pytest.mark.parametrize("text", ["", "A disk.", "A disk\n/lead @mallory\n```\n/resolve\n```\n  /eta 2h"])
def test_what_is_posted_is_read_as_the_one_command(verb, text):
    kind = next(iter(verb.kinds))
    said = orders.read(ordering.written(verb, text), kind, Asking(Names(()), AT, "jane"))

    assert [one.verb.name for one in said.commands] == [verb.name]
    assert said.faults == ()
    assert (said.above + said.prose.strip("\n")).replace("\\/", "/") == text


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (("eta", "16:00"), "eta: 2026-03-02 16:00 UTC"),
        (("started", "11:30"), "started: 2026-03-02 11:30 UTC"),
        (("eta", "on Friday"), "eta: on Friday"),
    ],
)
def test_a_time_is_said_as_it_was_read(place, said, read):
    ref = place.open("-s", "major")

    assert read in place.say(said[0], ref, said[1])[1].splitlines()
    assert "lead:" not in place.say("lead", ref, "@jane")[1]
