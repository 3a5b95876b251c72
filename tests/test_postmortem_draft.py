"""A post-mortem begins with what is known, and says no more where nobody has written yet."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus import assets, board
from ghstatus.grammar import learnt
from ghstatus.model import Assignment, Detector, FollowUp, Reminders, Response, Role, Task
from ghstatus.render.looks.overrides import Look
from ghstatus.render.postmortem.draft import TEMPLATE, Drafts
from tests.builders import NOW, at, component, incident, site, snapshot, update

SHIPPED = {name: data.decode() for name, data in assets.files(assets.templates())}
TRACKER = "https://github.com/packit/status"
RESPONSE = Response(
    declared=at("08:20"),
    detected=at("08:12"),
    detector=Detector.USERS,
    roles=(Assignment(at("08:31"), Role.LEAD, "jane", "jane"),),
    call="https://meet.example.org/war-room",
    called=at("08:25"),
    tasks=(
        Task(number=1, text="Watch the | disks", at=at("08:40"), by="jane", owner="joe"),
        Task(number=2, text="Restart it", at=at("08:41"), by="jane", owner="joe", done_at=at("09:00")),
    ),
)
OUTAGE = incident(
    "42",
    title="Builds *stay* pending",
    number=42,
    severity="critical",
    affects="Everybody who builds, as @mallory | said.",
    response=RESPONSE,
    updates=(
        update("08:35", "identified", text="A disk is full."),
        update(
            "08:50", "monitoring", text="It was emptied.", severity="minor", components={"copr": "degraded_performance"}
        ),
        update("09:30"),
        update("10:30", "resolved", text="We bought **larger disks**."),
    ),
)
PAGE = site(component(name="Copr"), base_url="https://status.example.org/")


def draft(one=OUTAGE, page=PAGE, tracker=TRACKER, now=NOW, own=None):
    drafts = Drafts(Look(SHIPPED, own or {}), page, tracker=tracker)
    judged = board.judge(snapshot(one, incident("41", started="08:00"), components=page.components), now)
    return drafts.draft(judged.incidents[one.ref], now), drafts.problems


def text(**said):
    return draft(**said)[0].text


def test_it_begins_with_all_that_is_known(golden):
    made, problems = draft()

    assert made.title == "Post-mortem: Builds *stay* pending"
    golden("postmortem/draft.md", f"{made.text}\n")
    assert not problems


def test_what_nobody_wrote_yet_is_not_shown():
    shown = learnt.shown(text())

    assert "<!--" not in shown
    assert re.findall(r"^## (.*)", shown, re.MULTILINE) == [
        "Summary",
        "Impact",
        "Detection",
        "Timeline",
        "What fixed it",
    ]
    assert "#42" not in shown


def test_the_teams_own_is_not_in_it_but_for_what_is_left_to_do():
    made = text()

    assert not re.search(r"jane|meet\.example\.org|Restart it", made)
    assert learnt.follow_ups(made, TRACKER) == (FollowUp(text="Watch the | disks", owner="joe"),)
    assert learnt.incident(made) == "42"


@pytest.mark.parametrize(("every", "silences"), [(None, ["35 min"]), (45, ["1 h"]), (0, ["35 min", "40 min", "1 h"])])
def test_silences_are_marked_by_how_long_users_may_wait(every, silences):
    spans = {} if every is None else {"update_every": dict.fromkeys(["minor", "critical"], timedelta(minutes=every))}

    assert re.findall(r"\*\*(.*) without", text(page=replace(PAGE, reminders=Reminders(**spans)))) == silences


def test_of_one_that_goes_on_it_says_so():
    made = text(one=replace(OUTAGE, updates=OUTAGE.updates[:2], severity=None))

    assert "it has gone on for 4 h, since 2026-03-02 08:00 UTC." in made
    assert "This draft was begun, and it goes on" in made
    assert "| Over |" not in made
    assert learnt.shown(made).endswith("and it goes on |")


def test_one_that_ended_without_a_word_ended():
    made = text(one=replace(OUTAGE, updates=(), ended=at("09:00"), response=Response()))

    assert "| 2026-03-02 09:00 UTC | It was over |" in made
    assert "| Noticed | nobody wrote it down |  |" in made
    assert "found out:" not in made


def test_a_duplicate_did_nothing():
    assert "a duplicate of #41." in text(one=replace(OUTAGE, duplicate_of="41"))
    assert "a duplicate." in text(one=replace(OUTAGE, duplicate_of=""))


def test_a_false_alarm_did_nothing():
    made = text(one=replace(OUTAGE, false_alarm="A *test* rang.", affects=""))

    assert "a false alarm (A test rang.)" in made
    assert "| Component |" not in made
    assert "Who was affected:" not in made


@pytest.mark.parametrize(
    ("page", "tracker", "first"),
    [
        (PAGE, "", "Incident: https://status.example.org/incidents/42/"),
        (replace(PAGE, base_url=""), "", "*Blameless:"),
    ],
)
def test_without_an_issue_it_leads_to_the_page(page, tracker, first):
    assert text(page=page, tracker=tracker).startswith(first)


def test_the_page_s_address_is_one_whatever_a_file_is_called():
    assert text(one=replace(OUTAGE, ref="málo místa"), tracker="").startswith(
        "Incident: https://status.example.org/incidents/m%C3%A1lo%20m%C3%ADsta/"
    )


def test_a_site_may_have_its_own_in_a_sandbox():
    made, problems = draft(own={TEMPLATE: "{{ title }} took {{ lasted }}"})
    assert made.text == "Builds \\*stay\\* pending took 2 h 30 min"
    assert not problems

    made, problems = draft(own={TEMPLATE: "\n{{ title.__class__.mro() }}"})
    assert made.text.startswith("Incident: #42")
    assert [(problem.where, problem.line, problem.outcome) for problem in problems] == [
        ("templates/postmortem.md.j2", 2, "the shipped one is used")
    ]
