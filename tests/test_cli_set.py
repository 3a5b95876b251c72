"""What is broken, good, planned or new is said in one line, as Fedora's status page takes it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from ghstatus.cli import options
from ghstatus.plan import states

pytest_plugins = ["tests.commands", "tests.github.fixture"]

AT = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)
SITE = """\
title: Example
components:
- {id: wiki, name: Wiki}
- {id: zodbot, name: Zodbot, aliases: [irc bot]}
- {id: old, name: Old, hidden: true}
"""
NOTHING = (0, "nothing to change: it is so already\n", "")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that goes on by a minute with each command."""
    times = iter(AT + timedelta(minutes=minutes) for minutes in range(100))
    moment = options.moment
    monkeypatch.setattr(options, "moment", lambda now: moment(now) if now else next(times))


@pytest.fixture(params=["files", pytest.param("issues", marks=pytest.mark.loopback)])
def where(request, site):
    """Both kinds of store, each with what its command line says of it; nothing goes on there."""
    (site / "incidents" / "pending.md").unlink()
    if request.param == "issues":
        status = request.getfixturevalue("status")
        for issue in status.issues.values():
            issue.close(by="jane")
    (site / "ghstatus.yml").write_text(SITE)
    return ["--repo", "packit/status"] if request.param == "issues" else ["--site", str(site)]


@pytest.fixture
def say(run, where):
    """Runs `ghstatus set`; gives the ref of the last incident that it wrote about."""

    def say(*arguments):
        code, out, err = run("set", *arguments, *where)
        assert (code, err) == (0, "")
        return out.strip().rpartition("/")[2].removesuffix(".md")

    return say


@pytest.fixture
def told(run, where):
    """What is told of an incident."""
    return lambda ref: json.loads(run("incident", "show", ref, "--json", *where)[1])


@pytest.fixture
def going_on(run, where):
    """The titles of what goes on, and is planned or announced."""
    return lambda: [one["title"] for one in json.loads(run("incident", "list", "--json", *where)[1])]


def test_services_break_and_are_good_again(run, where, say, told):
    broken = ["major", "The cause is a disk.", "wiki", "irc bot"]
    ref = say(*broken)
    found = told(ref)
    again = run("set", *broken, *where)
    assert say("good", "-", "-") == ref
    after = told(ref)

    assert (found["title"], found["text"], found["severity"], found["phase"]) == (
        "The cause is a disk.",
        "",
        "major",
        "investigating",
    )
    assert found["components"] == {"wiki": None, "zodbot": None}
    assert again == NOTHING
    assert [(one["phase"], one["text"]) for one in after["updates"]] == [
        ("resolved", "Everything seems to be working.")
    ]
    assert run("set", "good", "-", "-", *where) == NOTHING


def test_the_incident_of_just_these_services_is_told_on(run, where, say, told):
    ref = say("minor", "It is slow.", "wiki")
    assert say("critical", "It is down.", "wiki") == ref
    assert say("critical", "It is back soon.", "wiki") == ref
    assert run("set", "critical", "It is back soon.", "wiki", *where) == NOTHING
    assert run("set", "critical", "wiki", *where) == NOTHING
    assert say("minor", "wiki") == ref
    assert run("set", "minor", "wiki", *where) == NOTHING
    other = say("minor", "-", "wiki", "zodbot")

    assert other != ref
    assert told(other)["title"] == "Disruption: Wiki and Zodbot"
    assert [(one["severity"], one["text"]) for one in told(ref)["updates"]] == [
        ("critical", "It is down."),
        (None, "It is back soon."),
        ("minor", ""),
    ]


def test_a_service_is_good_again_while_others_are_not(run, where, say, told):
    ref = say("major", "A disk is full.", "-")
    assert say("good", "-", "zodbot") == ref
    assert run("set", "good", "-", "zodbot", *where) == NOTHING
    while_it_goes_on = told(ref)
    assert say("good", "wiki") == ref

    assert (while_it_goes_on["phase"], list(while_it_goes_on["components"])) == ("investigating", ["wiki", "zodbot"])
    assert [(one["phase"], one["components"], one["text"]) for one in told(ref)["updates"]] == [
        (None, {"zodbot": "operational"}, "Working again: Zodbot."),
        ("resolved", {}, "Working again: Wiki."),
    ]


def test_a_maintenance_is_scheduled_once(run, where, say, told, going_on):
    window = ["--from", "2026-03-02 14:00", "--until", "2h"]
    ref = say("scheduled", "New disks", "wiki", *window)
    again, usual = (run("set", "scheduled", words, "wiki", *window, *where) for words in ("New disks", "-"))
    assert say("scheduled", "New disks and fans", "wiki", *window) == ref
    say("scheduled", "New disks", "zodbot", *window)

    found = told(ref)
    assert (again, usual) == (NOTHING, NOTHING)
    assert (found["kind"], found["phase"], found["components"]) == ("maintenance", "scheduled", {"wiki": None})
    assert (found["scheduled_for"], found["scheduled_until"]) == ("2026-03-02T14:00:00Z", "2026-03-02T16:00:00Z")
    assert [one["text"] for one in found["updates"]] == ["New disks and fans"]
    assert going_on() == ["New disks", "New disks"]


def test_a_maintenance_that_goes_on_is_completed(say, told):
    ref = say("scheduled", "-", "wiki", "--from", "2026-03-02 11:00", "--until", "9h")

    assert told(ref)["title"] == "Maintenance: Wiki"
    assert say("good", "Done.", "wiki") == ref
    assert told(ref)["phase"] == "completed"


def test_news_replace_each_other(run, where, say, going_on):
    run("incident", "open", "We move", "--kind", "announcement", *where)
    say("--general-info", "Flock is on")
    assert run("set", "--general-info", "Flock is on", *where) == NOTHING
    say("--general-info", "Flock\nis over, and we are back.")
    shown = going_on()
    say("--general-info", "")

    assert shown == ["Flock", "We move"]
    assert going_on() == ["We move"]
    assert run("set", "--general-info", " ", *where) == NOTHING
    assert run("set", "--general-info", "-", *where) == NOTHING


def test_both_are_said_at_once(say, going_on):
    say("major", "Down", "wiki", "--general-info", "Flock is on")

    assert sorted(going_on()) == ["Down", "Flock is on"]


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("It is down.", "It is down."),
        (f"A disk. {'More words ' * 20}", "A disk"),
        ("word " * 30, f"{'word ' * 19}word…"),
        ("x" * 200, f"{'x' * 100}…"),
        ("A  disk\n\nis full.", "A disk"),
    ],
)
def test_a_long_message_has_a_short_title(run, site, message, title):
    run("set", "major", message, "old")
    (found,) = [one for one in json.loads(run("incident", "list", "--json")[1]) if one["title"] != "Builds pending"]
    text = json.loads(run("incident", "show", found["ref"], "--json")[1])["text"]

    assert found["title"] == title
    assert text == ("" if message == title else message.strip())


def test_what_has_no_components_ends_with_all(run, site):
    (site / "incidents" / "pending.md").write_text("---\ntitle: Builds\nseverity: minor\nstarted: 2026-03-02\n---\n")

    assert run("set", "good", "-", "copr") == NOTHING
    assert run("set", "good", "-", "-")[1].startswith("post resolved on pending")


def test_what_hits_nothing_any_more_ends_with_all_that_it_hit(run, site):
    update = "## Update – 2026-03-02 11:00\nComponents: copr = operational\n"
    path = site / "incidents" / "pending.md"
    path.write_text(
        path.read_text().replace("[copr]", "[copr, old]") + f"\n{update.replace('copr =', 'copr = operational, old =')}"
    )

    assert run("set", "good", "-", "copr") == NOTHING
    assert run("set", "good", "-", "copr", "old")[1].startswith("post resolved on pending")


def test_the_same_words_once_more_get_a_name_of_their_own(run, site):
    run("set", "minor", "Slow", "old")
    run("set", "good", "old")
    out = run("set", "minor", "Slow", "old")[1]

    assert out.startswith("open incident 2026-03-02-slow-2: Slow")


def test_a_notice_bears_a_mark(run, site):
    run("set", "--general-info", "Flock is on")
    (path,) = (site / "incidents").glob("*flock*")

    assert f"source: {states.NOTICE}" in path.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "there is nothing to set; accepted: STATUS [MESSAGE] SERVICE..., or --general-info TEXT"),
        (["god", "-", "-"], "STATUS: 'god' is unknown; accepted: .* (did you mean 'good'?)"),
        (["good"], "no SERVICE is named; accepted: names of components, or - for all of them"),
        (["good", "-", "cpor"], "SERVICE: no component is called 'cpor'; .* (did you mean 'copr'?)"),
        (["major", "cpor"], "SERVICE: no component is called 'cpor'; .* (did you mean 'copr'?)"),
        (["scheduled", "-", "copr"], "a maintenance needs its window: --from TIME --until TIME"),
        (["scheduled", "-", "copr", "--from", "soon", "--until", "1h"], "--from: 'soon' is not a time; accepted: .*"),
        (["major", "-", "copr", "--from", "1h"], "--from is not for major; accepted: scheduled"),
        (["--general-info", "x", "--until", "1h"], "--until is not for --general-info; accepted: scheduled"),
    ],
)
def test_what_can_t_be_meant_is_one_message(run, site, arguments, words):
    before = sorted((site / "incidents").iterdir())

    code, out, err = run("set", *arguments)

    pattern = ".*".join(map(re.escape, words.split(".*")))
    assert (code, out) == (2, "")
    assert re.fullmatch(pattern, err.rstrip())
    assert sorted((site / "incidents").iterdir()) == before
