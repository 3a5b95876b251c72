"""When a team came how far with an incident."""

import pytest

from ghstatus import board, milestones
from ghstatus.model import Assignment, Milestones, Response, Role
from tests.builders import NOW, at, incident, snapshot, update


def reached(now=NOW, **said):
    return milestones.reached(incident(**said), now)


def lead(when, person="jane", role=Role.LEAD):
    return Assignment(at(when), role, person, "jane")


def test_nothing_is_known_of_an_incident_of_which_nothing_was_said():
    assert reached() == Milestones()


def test_a_response_tells_when_somebody_noticed_and_wrote_it_down():
    response = Response(detected=at("08:05"), declared=at("08:20"))

    assert reached(response=response) == Milestones(detected=at("08:05"), declared=at("08:20"))


@pytest.mark.parametrize(
    ("roles", "when"),
    [
        ([lead("08:30"), lead("08:20", "joe")], at("08:20")),
        ([lead("08:20", ""), lead("08:30")], at("08:30")),
        ([lead("08:20", role=Role.OPS), lead("08:25", role=Role.COMMS)], None),
        ([lead("12:01")], None),
    ],
)
def test_it_is_acknowledged_when_somebody_first_takes_the_lead(roles, when):
    assert reached(response=Response(roles=tuple(roles))).acknowledged == when


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ({"updates": [update("09:10", "identified"), update("09:00")]}, at("09:00")),
        ({"text": "Nothing builds.", "updates": [update("09:00")]}, at("09:00")),
        ({"text": "Nothing builds.", "response": Response(declared=at("08:20"))}, at("08:20")),
        ({"response": Response(declared=at("08:20")), "updates": [update("09:00")]}, at("09:00")),
        ({"response": Response(declared=at("08:20"))}, None),
        ({"updates": [update("12:01")]}, None),
    ],
)
def test_users_are_told_by_the_first_update_or_by_the_text_that_declares_it(said, when):
    assert reached(**said).told == when


@pytest.mark.parametrize("kind", ["maintenance", "announcement"])
def test_nobody_has_to_answer_a_plan(kind):
    response = Response(detected=at("08:05"), declared=at("08:20"), roles=(lead("08:30"),))

    assert reached(kind=kind, text="Soon.", response=response) == Milestones()


@pytest.mark.parametrize("response", [Response(declared=at("12:01")), Response(detected=at("12:01"))])
def test_what_lies_ahead_has_not_been_reached(response):
    assert reached(text="Nothing builds.", response=response) == Milestones()


@pytest.mark.parametrize(
    ("said", "is_final"),
    [
        ({}, True),
        ({"response": Response(detected=NOW, declared=NOW, roles=(lead(NOW),))}, True),
        ({"response": Response(declared=at("12:01"))}, False),
        ({"response": Response(detected=at("12:01"))}, False),
        ({"response": Response(roles=(lead("09:00"), lead("12:01")))}, False),
        ({"updates": [update("12:01")]}, False),
    ],
)
def test_time_may_bring_another(said, is_final):
    assert milestones.are_final(incident(**said), NOW) is is_final


def judged(**said):
    return board.judge(snapshot(incident(ended=at("10:00"), **said)), NOW).past[0]


def test_the_board_knows_them():
    assert judged(updates=[update("09:00")]).milestones == Milestones(told=at("09:00"))


def test_a_page_is_kept_only_when_no_other_can_come():
    assert judged().digest
    assert not judged(response=Response(declared=at("12:01"))).digest
