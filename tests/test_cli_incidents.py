"""Incidents are opened, updated, resolved and read from a command line, be they files or issues."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from ghstatus.cli import options, telling, typed
from ghstatus.errors import UsageError
from ghstatus.model import Kind, Link
from tests.builders import incident
from tests.examples import CONFIG

pytest_plugins = ["tests.commands", "tests.github.fixture"]

AT = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that goes on by a minute with each command."""
    times = iter(AT + timedelta(minutes=minutes) for minutes in range(100))
    moment = options.moment
    monkeypatch.setattr(options, "moment", lambda now: moment(now) if now else next(times))


@pytest.fixture(params=["files", pytest.param("issues", marks=pytest.mark.loopback)])
def where(request, site):
    """Both kinds of store, each with what its command line says of it."""
    (site / "incidents" / "pending.md").unlink()
    if request.param == "issues":
        status = request.getfixturevalue("status")
        (site / "ghstatus.yml").write_text(CONFIG)
        return ["--repo", status.full_name]
    return ["--site", str(site)]


def opened(run, where, *arguments):
    """Open an incident; the answer is what to call it."""
    code, out, err = run("incident", "open", *arguments, *where)
    assert code == 0
    assert err == "" or ("--until" in arguments and err.startswith("planned from 2026-03-02 "))
    return out.strip().rpartition("/")[2].removesuffix(".md")


def shown(run, where, ref):
    return json.loads(run("incident", "show", ref, "--json", *where)[1])


def test_an_incident_s_life(run, where):
    said = ["-c", "copr=major_outage", "-s", "major", "--started", "20m", "--eta", "1h", "--text", "It is *down*."]
    ref = opened(
        run, where, "Builds  stay pending", *said, "--affects", "You", "--workaround", "Wait", "--link", "a=https://b.c"
    )
    run("incident", "update", ref, "A disk.", "--phase", "identified", "-s", "critical", *where)
    going_on = shown(run, where, f"#{ref}")
    run("incident", "resolve", ref, "A new disk.", *where)

    told = shown(run, where, ref)
    updates, response = told.pop("updates"), told.pop("response")
    assert going_on["phase"] == "identified"
    assert told["ended"] > "2026-03-02T12:02"
    assert response["declared"]
    assert told == {
        "ref": ref,
        "number": told["number"],
        "title": "Builds stay pending",
        "kind": "incident",
        "phase": "resolved",
        "severity": "major",
        "components": {"copr": "major_outage"},
        "started": "2026-03-02T11:40:30Z",
        "ended": told["ended"],
        "scheduled_for": None,
        "scheduled_until": None,
        "text": "It is *down*.",
        "affects": "You",
        "workaround": "Wait",
        "eta": "2026-03-02 13:00 UTC",
        "false_alarm": "",
        "duplicate_of": None,
        "source": "",
        "links": [{"text": "a", "url": "https://b.c"}],
    }
    assert [(one["phase"], one["severity"], one["text"]) for one in updates] == [
        ("identified", "critical", "A disk."),
        ("resolved", None, "A new disk."),
    ]


def test_a_maintenance_that_was_not_begun_is_cancelled(run, where):
    ref = opened(run, where, "New disks", "--from", "2h", "--until", "30m", "-c", "Copr")
    planned = shown(run, where, ref)
    run("incident", "resolve", ref, *where)

    assert (planned["kind"], planned["phase"]) == ("maintenance", "scheduled")
    assert planned["scheduled_for"], planned["scheduled_until"] == ("2026-03-02T14:00:30Z", "2026-03-02T14:30:30Z")
    assert shown(run, where, ref)["phase"] == "cancelled"


def test_a_maintenance_that_goes_on_is_completed(run, where):
    ref = opened(run, where, "New disks", "--kind", "maintenance", "--from", "2026-03-02 11:00", "--until", "9h")
    run("incident", "resolve", ref, *where)

    assert shown(run, where, ref)["phase"] == "completed"


@pytest.mark.parametrize("text", [[], ["That was all."]])
def test_an_announcement_comes_down(run, where, text):
    ref = opened(run, where, "We move", "--kind", "announcement", "--text", "Soon.")
    listed = run("incident", "list", *where)[1]
    assert run("incident", "resolve", ref, *text, *where)[0] == 0

    told = shown(run, where, ref)
    assert "We move" in listed
    assert told["ended"]
    assert [update["text"] for update in told["updates"]] == text


def test_what_is_over_is_resolved_once(run, where):
    ref = opened(run, where, "Builds", "-s", "minor")
    run("incident", "resolve", ref, *where)

    code, _, err = run("incident", "resolve", ref, *where)
    assert code == 1
    assert f"{ref} is over already, since 2026-03-02 12:" in err
    assert run("incident", "update", ref, "It was the cable.", *where)[0] == 0


def test_what_is_over_is_listed_for_who_asks(run, where):
    ref = opened(run, where, "[red]Builds[/]", "-s", "minor")
    other = opened(run, where, "Tests", "-s", "minor", "-c", "copr")
    run("incident", "resolve", ref, *where)

    going_on, everything = run("incident", "list", *where)[1], run("incident", "list", "--all", *where)[1]
    assert "Tests" in going_on
    assert "[red]Builds[/]" not in going_on
    assert "[red]Builds[/]" in everything
    (one,) = [one for one in json.loads(run("incident", "list", "--json", *where)[1]) if one["title"] == "Tests"]
    assert (one["ref"], one["components"], one["phase"]) == (other, ["copr"], "investigating")


def test_showing_tells_everything(run, site):
    said = ["-c", "copr", "-c", "old=operational", "-s", "minor", "--text", "Down."]
    ref = opened(run, [], "Builds", *said, "--affects", "You", "--link", "https://b.c")
    run("incident", "update", ref, "--phase", "monitoring", "-s", "major", "-c", "old=partial_outage")
    run("incident", "update", ref, "More.")
    run("incident", "resolve", ref)

    assert (
        run("incident", "show", ref)[1]
        == f"""\
{ref}: Builds
kind: incident
phase: resolved
severity: minor
components: copr, old = operational
started: 2026-03-02 12:00:30 UTC
ended: 2026-03-02 12:03:30 UTC
affects: You
links: https://b.c

Down.

Monitoring, 2026-03-02 12:01:30 UTC: severity major, old = partial_outage

Update, 2026-03-02 12:02:30 UTC
More.

Resolved, 2026-03-02 12:03:30 UTC

site/incidents/{ref}.md
"""
    )


def test_what_lies_ahead_is_shown_and_resolved(run, site):
    (site / "incidents" / "ahead.md").write_text("---\ntitle: Ahead\nseverity: minor\nstarted: 2026-04-01\n---\n")
    (site / "incidents" / "moving.md").write_text("---\ntitle: Moving\nkind: announcement\nstarted: 2026-04-01\n---\n")

    assert "started: 2026-04-01 00:00 UTC" in run("incident", "show", "ahead")[1]
    assert json.loads(run("incident", "show", "moving", "--json")[1])["phase"] is None
    assert run("incident", "resolve", "ahead")[0] == 0


def test_a_page_s_address_is_told(run, site):
    (site / "ghstatus.yml").write_text(CONFIG + "base_url: https://status.example.org\n")

    assert run("incident", "open", "Builds", "-s", "minor")[1] == (
        "site/incidents/2026-03-02-builds.md\nhttps://status.example.org/incidents/2026-03-02-builds/\n"
    )


@pytest.mark.loopback
def test_an_issue_that_isn_t_listed_yet_is_told_of_by_the_list(run, status, monkeypatch):
    look = telling.look
    first = []

    def late(place, now):
        first.append(look(place, now))
        return first[0]

    monkeypatch.setattr(telling, "look", late)
    assert run("incident", "open", "Copr is down", "-s", "minor")[1] == "https://github.com/packit/status/issues\n"


def test_a_severity_that_nobody_gave_is_remarked(run, site):
    assert run("incident", "open", "Builds")[2].startswith("no severity is given, so it counts as major; ")


def test_text_may_come_from_standard_input(run, site, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("\nIt is\nslow.\n"))
    ref = opened(run, [], "Builds", "-s", "minor", "--text", "-")

    assert shown(run, [], ref)["text"] == "It is\nslow."


def test_incidents_of_one_name_are_told_apart(run, site):
    assert [opened(run, [], "Builds", "-s", "minor") for _ in range(2)] == ["2026-03-02-builds", "2026-03-02-builds-2"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["open", " "], "TITLE is empty"),
        (["open", "x", "-c", "cpor"], "--component: no component is called 'cpor'; accepted: .*did you mean 'copr'"),
        (
            ["open", "x", "-c", "copr=majr_outage"],
            "--component: 'majr_outage' is unknown; .*did you mean 'major_outage'",
        ),
        (["open", "x", "-s", "crtical"], r"--severity: 'crtical' is unknown; .*did you mean 'critical'\?"),
        (["open", "x", "--kind", "incidnt"], r"--kind: 'incidnt' is unknown; .*did you mean 'incident'\?"),
        (
            ["open", "x", "--started", "soon"],
            "--started: 'soon' is not a time; accepted: .*, a time of day such as 14:05, or a ",
        ),
        (
            ["open", "x", "--started", "0001-01-01"],
            "--started: '0001-01-01' is out of reach; accepted: a year from 1970",
        ),
        (["open", "x", "--from", "9999d", "--until", "9999-01-01"], "--until: '9999-01-01' is out of reach"),
        (["open", "x", "--link", "here"], "--link: 'here' is no address; accepted: https://…, or words=https://…"),
        (["open", "x", "--text", "-", "--affects", "-"], "--text and --affects can't both be read from standard input"),
        (["open", "x", "--from", "1h"], "a maintenance needs its window: --from TIME --until TIME"),
        (["open", "x", "--until", "1h"], "a maintenance needs its window: --from TIME --until TIME"),
        (["open", "x", "--kind", "maintenance"], "a maintenance needs its window"),
        (
            ["open", "x", "--from", "1h", "--until", "2026-03-02"],
            "--until: 2026-03-02 00:00 UTC is not after the start, ",
        ),
        (["open", "x", "--from", "2026-03-03", "--until", "2026-03-03"], "--until: 2026-03-03 00:00 UTC is not after"),
        (["open", "x", "--from", "1h", "--until", "0m"], "--until: .* is not after the start, "),
        (
            ["open", "x", "--kind", "announcement", "-s", "minor"],
            "--severity is not for --kind announcement; accepted: ",
        ),
        (["open", "x", "--kind", "announcement", "-c", "copr"], "accepted: --kind incident or maintenance"),
        (["open", "x", "--kind", "incident", "--from", "1h"], "--from is not for --kind incident; accepted: --kind m"),
        (["open", "x", "--started", "1h", "--from", "1h", "--until", "1h"], "--started is not for --kind maintenance"),
        (["update", "pending"], "there is nothing to say; accepted: TEXT, --phase, --severity or --component"),
        (
            ["update", "pending", "--phase", "fixed"],
            "--phase: 'fixed' is unknown; accepted: investigating, identified, ",
        ),
        (["update", "pending", "--phase", "completed"], "--phase: 'completed' is unknown; accepted: investigating, "),
        (
            ["update", "pendng", "x"],
            r"there is no incident 'pendng'; accepted: such as pending \(Builds pending\) \(did ",
        ),
        (["resolve", "#7"], r"there is no incident '#7'; accepted: such as pending \(Builds pending\)$"),
    ],
)
def test_what_can_t_be_meant_is_one_message(run, site, monkeypatch, arguments, words):
    before = sorted((site / "incidents").iterdir())

    code, out, err = run("incident", *arguments)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert re.search(words, err.rstrip())
    assert sorted((site / "incidents").iterdir()) == before


def test_without_incidents_there_is_none_to_name(run, site):
    (site / "incidents" / "pending.md").unlink()

    assert run("incident", "show", "x")[2] == "there is no incident 'x'; accepted: none, for there are no incidents\n"


def test_a_file_is_meant_without_its_date_where_only_one_is():
    old, new = incident("2026-01-05-copr-down"), incident("2026-03-02-copr-down")
    other, plain = incident("2026-03-02-farm-down"), incident("copr-up")

    assert typed.named("farm-down", [old, new, other]) is other
    assert typed.named("copr-up", [plain, incident("2026-03-02-copr-up")]) is plain
    with pytest.raises(UsageError, match="there is no incident 'copr-down'"):
        typed.named("copr-down", [old, new, other])


def test_an_announcement_has_no_phases():
    with pytest.raises(UsageError, match="--phase: an announcement has no phases"):
        typed.phase("resolved", Kind.ANNOUNCEMENT)


@pytest.mark.parametrize(
    "text", ["42", "#42", " 42 ", "https://github.com/o/r/issues/42", "https://s.org/incidents/42/", "incidents/42.md"]
)
def test_an_incident_goes_by_many_names(text):
    assert typed.named(text, [incident("41"), incident("42")]).ref == "42"


@pytest.mark.parametrize(
    ("text", "minutes"), [("20m", 20), ("90min", 90), ("1h", 60), ("1h30m", 90), ("1H 5M", 65), ("2d", 2880)]
)
def test_a_while_is_short_to_type(text, minutes):
    assert typed.past(text, "--started", AT) == AT - timedelta(minutes=minutes)
    assert typed.later(text, "--from", AT) == AT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "ago", "later"),
    [("11:00", "2026-03-02 11:00", "2026-03-03 11:00"), ("yesterday 9:30", *["2026-03-01 09:30"] * 2)],
)
def test_a_time_of_day_is_the_nearest_one(text, ago, later):
    times = [typed.past(text, "--started", AT), typed.later(text, "--from", AT)]

    assert [f"{time:%Y-%m-%d %H:%M}" for time in times] == [ago, later]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("2h", "2026-03-02 14:00 UTC"),
        ("14:05", "2026-03-02 14:05 UTC"),
        (" on Friday ", "on Friday"),
        ("9999d 9999d", "9999d 9999d"),
        ("2026-03-05 10:00", "2026-03-05 10:00 UTC"),
    ],
)
def test_what_is_expected_is_a_time_or_words(text, expected):
    assert typed.expected(text, AT) == expected


@pytest.mark.parametrize("text", ["25:00", "tomorrow", "yesterday 9:00"])
def test_what_is_expected_is_no_time_that_nobody_can_read_or_that_has_passed(text):
    with pytest.raises(UsageError, match=r"^--eta: .*; accepted: a time such as .*, or words$"):
        typed.expected(text, AT)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://a.b/?c=d", Link(text="https://a.b/?c=d", url="https://a.b/?c=d")),
        ("The cable=https://a.b/?c=d", Link(text="The cable", url="https://a.b/?c=d")),
        ("mailto:a@b.c", Link(text="mailto:a@b.c", url="mailto:a@b.c")),
    ],
)
def test_a_link_may_have_words(text, link):
    assert typed.link(text) == link
