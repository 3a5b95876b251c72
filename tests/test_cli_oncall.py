"""Who is on duty is told to the team, at a prompt or in a calendar, and to nobody else."""

import json
from datetime import timedelta
from itertools import pairwise

import icalendar
import pytest

from tests.builders import at
from tests.examples import CONFIG

pytest_plugins = ["tests.commands"]

ROTA = """\
timezone: Europe/Prague
rota:
  people: [alice, bob, carol]
  start: 2026-03-02 09:00
  swaps:
  - {from: 2026-03-10 09:00, until: 2026-03-12 09:00, person: carol}
"""


@pytest.fixture
def oncall(run, site):
    """Asks who is on duty, by a rota."""

    def ask(*arguments, rota=ROTA):
        (site / "ghstatus.yml").write_text(f"{CONFIG}{rota}")
        return run("oncall", "site", *arguments)

    return ask


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-02-01", "nobody is on duty until Mon 2026-03-02 09:00 CET; then alice"),
        ("2026-03-02 08:00", "alice is on duty until Mon 2026-03-09 09:00 CET; then bob until Tue 2026-03-10 09:00 CET"),
        ("2026-03-11", "carol is on duty until Thu 2026-03-12 09:00 CET; then bob until Mon 2026-03-16 09:00 CET"),
        ("2026-03-24", "alice is on duty until Mon 2026-03-30 09:00 CEST; then bob until Mon 2026-04-06 09:00 CEST"),
    ],
)  # fmt: skip
def test_it_says_who_is_on_duty_until_when_and_who_is_next(oncall, at, said):
    assert oncall("--at", at) == (0, f"{said}\n", "")


def test_turns_of_one_person_after_each_other_are_one(oncall):
    twice = ROTA.replace("[alice, bob, carol]", "[alice, alice, bob]")
    alone = ROTA.replace("[alice, bob, carol]", "[carol]")

    assert oncall("--at", "2026-03-03", rota=twice)[1].startswith("alice is on duty until Tue 2026-03-10 09:00 CET")
    assert oncall("--at", "2026-03-03", rota=alone)[1] == "carol is on duty; nobody else is on the rota\n"
    assert json.loads(oncall("--at", "2026-03-03", "--json", rota=alone)[1])["until"] is None


def test_a_week_is_today_and_six_days(oncall):
    assert oncall("--at", "2026-03-09 12:00", "--week")[1].splitlines() == [
        "Mon 2026-03-09  alice until 09:00, then bob",
        "Tue 2026-03-10  bob until 09:00, then carol",
        "Wed 2026-03-11  carol",
        "Thu 2026-03-12  carol until 09:00, then bob",
        "Fri 2026-03-13  bob",
        "Sat 2026-03-14  bob",
        "Sun 2026-03-15  bob",
    ]


def test_a_week_may_begin_before_anybody_s_turn(oncall):
    assert oncall("--at", "2026-03-01 12:00", "--week")[1].splitlines()[:3] == [
        "Sun 2026-03-01  nobody",
        "Mon 2026-03-02  nobody until 09:00, then alice",
        "Tue 2026-03-03  alice",
    ]


def test_programs_are_told_the_same(oncall):
    told = json.loads(oncall("--at", "2026-03-09 12:00", "--json")[1])

    assert {key: told[key] for key in ("at", "timezone", "on_duty", "until", "next")} == {
        "at": "2026-03-09T12:00:00Z",
        "timezone": "Europe/Prague",
        "on_duty": "bob",
        "until": "2026-03-10T08:00:00Z",
        "next": "carol",
    }
    assert told["turns"][1] == {
        "person": "carol",
        "from": "2026-03-10T08:00:00Z",
        "until": "2026-03-12T08:00:00Z",
        "stands_in": True,
    }
    before = json.loads(oncall("--at", "2026-02-01", "--json")[1])
    assert (before["on_duty"], before["until"], before["next"]) == ("", "2026-03-02T08:00:00Z", "alice")


def events(text):
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def test_a_calendar_holds_the_turns_of_90_days_without_a_gap(oncall):
    text = oncall("--at", "2026-03-09 12:00", "--ics")[1]
    found = events(text)

    assert [str(one["summary"]) for one in found[:3]] == ["On duty: bob", "On duty: carol", "On duty: bob"]
    assert all(one.end == other.start for one, other in pairwise(found))
    assert found[0].start == at("2026-03-09 08:00")
    assert found[-1].start <= at("2026-03-09 12:00") + timedelta(days=90) <= found[-1].end
    assert {one.start.strftime("%H:%M %Z") for one in found} == {"09:00 CET", "09:00 CEST"}
    assert "TZID:Europe/Prague" in text


def test_a_calendar_that_is_read_again_knows_its_events(oncall):
    one, later = (
        {str(event["uid"]): event.start for event in events(oncall("--at", day, "--ics")[1])}
        for day in ("2026-03-09 12:00", "2026-03-20")
    )

    assert len(one) == 15
    assert len(one.keys() & later.keys()) == 12
    assert oncall("--at", "2026-03-09 12:00", "--ics") == oncall("--at", "2026-03-09 13:00", "--ics")


@pytest.mark.parametrize(
    ("arguments", "rota", "message"),
    [
        ([], "", "ghstatus.yml has no `rota:`, so nobody is on duty; it takes people, start and every"),
        (["--week", "--ics"], ROTA, "--week, --ics and --json are three answers; ask for one"),
        (["--at", "soon"], ROTA, "--at: 'soon' is not a time; accepted: a date and time such as "),
        (["--at", "3000-01-01"], ROTA, "--at: '3000-01-01' is out of reach; accepted: a year from 1970 to 2999"),
        (["--at", "9999-01-01"], ROTA, "--at: '9999-01-01' is out of reach; accepted: a year from 1970 to 9998"),
    ],
)
def test_a_question_without_an_answer_is_one_message(oncall, arguments, rota, message):
    code, out, err = oncall(*arguments, rota=rota)

    assert (code, out) == (2, "")
    assert err.startswith(message)


@pytest.mark.parametrize("kind", [["--json"], ["--week"], ["--ics"], []])
def test_any_time_that_is_taken_has_an_answer(oncall, kind):
    for moment in ("1970-01-01", "2999-12-31 23:59"):
        assert oncall("--at", moment, *kind)[0] == 0


def test_no_page_tells_who_is_on_duty(oncall, site, run):
    people = {"alice": "zelda-77", "bob": "xaver-78", "carol": "quentin-79"}
    rota = ROTA
    for name, odd in people.items():
        rota = rota.replace(name, odd)
    oncall(rota=rota)

    assert run("build", "site", "--now", "2026-03-10 12:00")[0] == 0
    texts = [path.read_bytes() for path in (site.parent / "_site").rglob("*") if path.is_file()]
    assert len(texts) > 20
    assert [odd for odd in people.values() for text in texts if odd.encode() in text] == []


def test_a_mistake_in_a_rota_keeps_nobody_from_the_page(run, site):
    (site / "ghstatus.yml").write_text(f"{CONFIG}{ROTA}  every: fortnight\n")
    text = (site / "incidents" / "pending.md").read_text()
    (site / "incidents" / "pending.md").write_text(f"{text}\nBob looks into it, and alice, and @carol.\n")
    code, _, err = run("build", "site", "--out", "_site")
    page = (site.parent / "_site" / "incidents" / "pending" / "index.html").read_text()

    assert code == 0
    assert "rota.every" in err
    assert "left out until it is mended" in err
    assert "Bob" not in page
    assert "carol" not in page


@pytest.mark.parametrize(
    ("command", "code"), [(["validate", "site"], 1), (["oncall", "site"], 2), (["doctor", "site", "--offline"], 1)]
)
def test_a_mistake_in_a_rota_is_one_all_the_same(run, site, command, code):
    (site / "ghstatus.yml").write_text(f"{CONFIG}{ROTA}  every: fortnight\n")
    found, out, err = run(*command)

    assert found == code
    assert "rota.every" in out + err
