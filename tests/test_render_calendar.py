"""Maintenances as calendar programs see them."""

import sys
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import board
from ghstatus.actions import Topic
from ghstatus.grammar import issue as grammar
from ghstatus.grammar import notes
from ghstatus.render.feeds import calendar
from tests.builders import (
    NOW,
    VIEWER,
    at,
    comment,
    component,
    context,
    incident,
    issue,
    site,
    snapshot,
    tracker,
    update,
)
from tests.builders import event as event_of
from tests.test_site_golden import golden_site

PAGE = site(component("copr", name="Copr"), component("koji"), base_url="https://status.example.org/", title="Packit")
AHEAD = {"started": "2026-03-09 13:00"}


def made(*incidents, on=PAGE, **said):
    """Path → page."""
    values = {"components": on.components} | said
    judged = board.judge(snapshot(*incidents, **values), at(said.get("taken", NOW)))
    return {one.path: one for one in calendar.files(judged, (), on)}


def read(page):
    return icalendar.Calendar.from_ical(page.render())


def event(**said):
    """A maintenance as the calendar tells it."""
    (one,) = read(made(incident("disks", kind="maintenance", **said))["calendar.ics"]).walk("VEVENT")
    return one


@pytest.mark.parametrize("path", ["calendar.ics", "components/koji/calendar.ics"])
def test_a_calendar_is_as_it_was_when_somebody_read_it(path, golden):
    golden(f"golden/{path.replace('/', '-')}", golden_site()[path].decode().replace("\r\n", "\n"))


def test_a_calendar_says_what_it_is():
    whole, part = (read(made()[path]) for path in ("calendar.ics", "components/copr/calendar.ics"))

    assert [str(one["x-wr-calname"]) for one in (whole, part)] == ["Packit: maintenance", "Packit: maintenance of Copr"]
    assert str(whole["name"]) == "Packit: maintenance"
    assert (str(whole["version"]), str(whole["method"])) == ("2.0", "PUBLISH")
    assert str(whole["url"]) == "https://status.example.org/"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in made()["calendar.ics"].render()


def test_lines_end_and_fold_as_the_standard_says():
    long = made(incident("disks", kind="maintenance", title="ü" * 200, text="Zeilen\n" * 50))["calendar.ics"].render()

    lines = long.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert str(event(title="ü" * 200)["summary"]) == "ü" * 200


def test_a_calendar_has_maintenances_and_nothing_else():
    down, announced = incident("down"), incident("party", kind="announcement")
    plans = [incident("a", kind="maintenance"), incident("b", kind="maintenance", components=["koji"], **AHEAD)]
    built = made(down, announced, *plans)

    def shown(path):
        return sorted(str(one["url"]).split("/")[-2] for one in read(built[path]).walk("VEVENT"))

    assert shown("calendar.ics") == ["a", "b"]
    assert shown("components/copr/calendar.ics") == ["a"]
    assert shown("components/koji/calendar.ics") == ["b"]


def test_an_event_tells_what_when_and_where():
    one = event(
        title="New disks; bigger, better",
        text="Builds wait.",
        affects="Everybody.",
        workaround="Sleep.",
        updates=[update("08:30", text="Half."), update("09:00", text="Nearly."), update("13:00", text="Done.")],
        scheduled_until="15:30",
        components=["copr", "gone"],
    )

    assert str(one["summary"]) == "New disks; bigger, better"
    assert str(one["description"]) == "Builds wait.\n\nEverybody.\n\nSleep.\n\nNearly."
    assert (one["dtstart"].dt, one["dtend"].dt) == (at("08:00"), at("15:30"))
    assert str(one["url"]) == "https://status.example.org/incidents/disks/"
    assert [str(name) for name in one["categories"].cats] == ["Copr", "gone"]
    assert str(one["transp"]) == "TRANSPARENT"


def test_what_nobody_said_is_left_out():
    built = made(incident("disks", kind="maintenance", components=[], **AHEAD), on=site())["calendar.ics"]
    (one,) = read(built).walk("VEVENT")

    assert {"dtend", "description", "url", "categories", "last-modified"}.isdisjoint(key.lower() for key in one)
    assert "url" not in read(built)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (AHEAD, "TENTATIVE"),
        (AHEAD | {"scheduled_until": "2026-03-09 14:00"}, "CONFIRMED"),
        ({}, "CONFIRMED"),
        ({"scheduled_until": "11:00"}, "CONFIRMED"),
        (AHEAD | {"updates": [update("09:00", "cancelled")]}, "CANCELLED"),
    ],
    ids=["end unknown", "to come", "goes on", "over", "cancelled"],
)
def test_an_event_is_as_certain_as_the_maintenance(said, status):
    assert str(event(**said)["status"]) == status


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        (AHEAD | {"scheduled_until": "2026-03-09 14:00"}, "2026-03-09 13:00", "2026-03-09 14:00"),
        ({"scheduled_until": "11:00"}, "08:00", "11:00"),
        ({"ended": "10:00", "scheduled_until": "11:00"}, "08:00", "10:00"),
        ({"started": "09:00", "updates": [update("08:30", "in_progress")], "ended": "10:00"}, "08:30", "10:00"),
        (
            {"started": "13:00", "scheduled_until": "14:00", "updates": [update("09:00", "cancelled")]},
            "13:00",
            "14:00",
        ),
        ({"started": "13:00", "scheduled_for": "12:30", "updates": [update("09:00", "cancelled")]}, "12:30", None),
        (AHEAD | {"scheduled_until": "2026-03-09 12:00"}, "2026-03-09 13:00", None),
    ],
    ids=["to come", "over by the clock", "over early", "early", "cancelled", "cancelled without end", "ends before it begins"],
)  # fmt: skip
def test_an_event_is_when_the_maintenance_was_or_will_be(said, start, end):
    one = event(**said)

    assert (one["dtstart"].dt, one["dtend"].dt if "dtend" in one else None) == (at(start), at(end) if end else None)


def test_a_newer_event_has_a_higher_number_and_a_later_stamp_and_the_same_name():
    steps = [[], [update("09:00")], [update("09:00"), update("10:00", "cancelled")]]
    seen = [event(updates=updates, **AHEAD) for updates in steps]

    assert len({str(one["uid"]) for one in seen}) == 1
    assert [one["sequence"] for one in seen] == [0, 2, 5]
    assert [one["dtstamp"].dt for one in seen] == [datetime(1970, 1, 1, tzinfo=UTC), at("09:00"), at("10:00")]
    assert seen[2]["last-modified"].dt == at("10:00")


PLAN = "<!-- ghstatus\nscheduled_for: 2026-03-02 10:00 UTC\n{}-->"
DEEDS = (
    *("/extend 30m", "/extend 2026-03-02 13:00 UTC", "/started 08:30", "/ended 11:30", "/start", "/verifying", "Soon."),
    *("/complete", "/cancel", "/scheduled", "/reopen", "/update It takes longer.", "/affects All.", "/lead me", "Hi"),
)


def shown(*done, now, **said):
    """What matters of an issue's maintenance in the calendar, and its number."""
    text = PLAN.format("scheduled_until: 2026-03-02 12:00 UTC\n" if said.pop("has_end", True) else "")
    one = grammar.parse(issue(*done, labels=["maintenance"], text=text, **said), context(now=at(now))).incident
    (found,) = read(made(one, taken=now)["calendar.ics"]).walk("VEVENT")
    what = [found[key].to_ical() for key in ("dtstart", "dtend", "status", "summary") if key in found]
    return what, int(found["sequence"]), found["dtstamp"].dt


def test_what_moves_a_maintenance_without_a_word_counts():
    before, first, _ = shown(now="10:30")
    after, second, stamp = shown(comment("/extend 30m", "10:29"), now="10:30")

    assert (before != after, second > first, stamp) == (True, True, at("10:29"))


@pytest.mark.parametrize(
    "done",
    [
        [comment("/extend 30m", "10:20", edited_at="10:29")],
        [event_of("comment_deleted", "10:29")],
        [event_of("renamed", "10:29", detail="Disks")],
    ],
)
def test_what_was_changed_afterwards_counts_from_then_on(done):
    assert shown(*done, now="10:30")[2] == at("10:29")
    assert shown(edited_at="10:29", now="10:30")[2] == at("10:29")


@pytest.mark.parametrize(
    "done",
    [
        comment("/lead me", "10:29"),
        comment("Hello!", "09:00", by="mallory", edited_at="10:29"),
        comment(notes.write(Topic.WELCOME, "So."), "09:00", VIEWER, edited_at="10:29"),
    ],
)
def test_what_moves_nothing_doesnt_count(done):
    assert shown(done, now="10:30") == shown(now="10:30")


@given(
    deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(1, 90)), max_size=8),
    has_end=st.booleans(),
)
def test_whatever_changes_has_a_higher_number_than_before(deeds, has_end):
    now, done, before = at("08:00"), [], None
    for text, minutes in deeds:
        now += timedelta(minutes=minutes)
        done.append(comment(text, now))
        what, number, _ = shown(*done, now=now, has_end=has_end)
        if before:
            assert number > before[1] if what != before[0] else number >= before[1]
        before = what, number


def test_an_update_to_come_doesnt_count_yet():
    assert event(updates=[update("13:00")])["sequence"] == event()["sequence"]


def test_an_event_keeps_its_name_when_the_page_moves():
    one = incident("7", number=7, kind="maintenance")
    pages = [site(component("copr"), base_url=base) for base in ("https://a.example/", "https://b.example/")]
    names = {made(one, on=page, tracker=tracker())["calendar.ics"].render().split(b"UID:")[1][:36] for page in pages}

    assert len(names) == 1
    assert names != {made(one)["calendar.ics"].render().split(b"UID:")[1][:36]}


@pytest.mark.parametrize(
    ("wild", "shown"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\0b\x1bc\x7f\ud800", "abc"),
        ("\U0001f469\u200d\U0001f4bb \u200f\u05d0\u200e",) * 2,
        ("a\\n;,b", "a\\n;,b"),
    ],
    ids=["line ends", "controls", "joined", "what is escaped"],
)
def test_a_text_comes_through(wild, shown):
    assert str(event(text=wild)["description"]) == shown


def test_a_calendar_without_a_maintenance_is_one_nevertheless():
    found = read(made()["calendar.ics"])

    assert [part.name for part in found.subcomponents] == ["VTIMEZONE"]
    assert found.subcomponents[0].to_tz().utcoffset(NOW).total_seconds() == 0


def test_a_calendar_is_written_again_only_when_it_says_something_else():
    plan = incident("disks", kind="maintenance", **AHEAD)
    early, late = (made(plan, taken=taken)["calendar.ics"] for taken in ("09:00", "11:00"))
    moved = made(incident("disks", kind="maintenance", started="2026-03-10 13:00"))["calendar.ics"]

    assert early.key == late.key != moved.key
    assert early.render() == late.render() != moved.render()
    assert made()["calendar.ics"].key != made(on=site(title="Another"))["calendar.ics"].key


def test_the_library_waits_until_it_is_needed(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    page = made(incident("disks", kind="maintenance"))["calendar.ics"]

    with pytest.raises(ImportError):
        page.render()


def test_a_program_of_nodes_reads_the_same(node_reads):
    data = golden_site()["calendar.ics"]
    ours = icalendar.Calendar.from_ical(data).walk("VEVENT")

    def moment(property_):
        return f"{property_.dt:%Y-%m-%dT%H:%M:%S}.000Z"

    assert [
        (one["uid"], one["summary"], one["start"], one["status"], int(one["sequence"]))
        for one in node_reads("calendar", data)
    ] == [
        (str(one["uid"]), str(one["summary"]), moment(one["dtstart"]), str(one["status"]), one["sequence"])
        for one in ours
    ]
