"""Which issues to close."""

from dataclasses import replace

import pytest

from ghstatus import board
from ghstatus.actions import CloseIncident, ReopenIncident
from ghstatus.errors import Problem
from ghstatus.grammar import draft, openness
from ghstatus.model import Order, Response
from ghstatus.plan import closing
from tests.builders import NOW, VIEWER, at, comment, event, incident, issue, snapshot, tracker, update

OVER = {"kind": "maintenance", "scheduled_for": "08:00", "scheduled_until": "10:00"}


def planned(one, *done, problems=()):
    judged = board.judge(snapshot(one, problems=problems), NOW)
    return list(closing.decide(judged, tracker(issue(*done))))


def test_a_maintenance_whose_window_ended_is_closed():
    (action,) = planned(incident("42", **OVER))

    assert action == CloseIncident(ref="42")
    assert action.why == "it ended at 2026-03-02 10:00 UTC"


@pytest.mark.parametrize(
    "one",
    [
        incident("42", kind="maintenance", scheduled_for="11:00", scheduled_until="13:00"),
        incident("42", kind="maintenance", started="13:00", scheduled_for="13:00", scheduled_until="14:00"),
        incident("42", **OVER, updates=(update("10:30", "in_progress"),)),
        incident("42", **OVER, updates=(update("07:00", "cancelled"),)),
        incident("42", updates=(update("09:00", "resolved"),)),
        incident("42", kind="announcement", ended="09:00"),
    ],
    ids=["goes on", "is to come", "overran", "cancelled", "incident", "announcement"],
)
def test_what_goes_on_or_is_for_people_to_close_stays_open(one):
    assert planned(one) == []


def test_what_is_closed_stays_so():
    assert planned(incident("42", **OVER), event("closed", "10:00")) == []


@pytest.mark.parametrize("when", ["10:00", "10:30"])
def test_what_a_person_opened_again_after_its_end_stays_open(when):
    assert planned(incident("42", **OVER), event("closed", "09:30", by=VIEWER), event("reopened", when)) == []


@pytest.mark.parametrize(("when", "who"), [("09:00", "jane"), ("10:30", VIEWER)])
def test_what_was_opened_again_before_its_end_or_by_us_is_closed(when, who):
    done = (event("closed", "08:30"), event("reopened", when, by=who))

    assert planned(incident("42", **OVER), *done) == [CloseIncident(ref="42")]


def test_what_may_have_been_misread_is_for_people_to_close():
    doubt, other = Problem(where="#42", seen="a doubt"), Problem(where="#421", seen="another's")

    assert planned(incident("42", **OVER), problems=(doubt,)) == []
    assert planned(incident("42", **OVER), problems=(other,)) == [CloseIncident(ref="42")]


def resolved(text):
    return comment(text, "10:00"), incident("42", updates=(update("10:00", "resolved"),))


def test_what_a_command_resolved_is_closed_though_it_was_cut_short():
    said, one = resolved(draft.write_update(update("10:00", "resolved")))

    assert planned(one, said) == [CloseIncident(ref="42")]
    assert planned(one, said, event("closed", "10:00"), event("reopened", "11:00")) == []


def test_what_a_person_resolved_in_a_comment_is_for_people_to_close():
    said, one = resolved("Resolved: all works.")

    assert planned(one, said) == []
    assert planned(replace(one, source="cstate:a.md"), said) == []


def test_an_update_by_command_that_ends_nothing_closes_nothing():
    told = draft.write_update(update("09:30", "monitoring"))
    one = incident("42", updates=(update("09:30", "monitoring"), update("10:00", "resolved")))

    assert planned(one, comment(told, "09:30")) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [({}, "completed"), ({"false_alarm": "A cable."}, "not_planned"), ({"duplicate_of": ""}, "duplicate")],
    ids=["over", "false alarm", "duplicate"],
)
def test_what_was_imported_as_over_is_closed_though_it_was_cut_short(said, reason):
    one = incident("42", ended="10:00", source="cstate:a.md", **said)

    assert planned(one) == [CloseIncident(ref="42", reason=reason)]


def test_a_maintenance_that_a_command_cancelled_was_not_planned():
    told = update("07:30", "cancelled")
    one = incident("42", **OVER, updates=(told,))

    assert planned(one, comment(draft.write_update(told), "07:30")) == [CloseIncident(ref="42", reason="not_planned")]


def ordered(*orders):
    """What was commanded: when, by which verb."""
    return Response(
        orders=tuple(Order(at(when), "jane", number, verb, "") for number, (when, verb) in enumerate(orders))
    )


RESOLVED = {"updates": (update("09:00", "resolved"),)}
CALLED_OFF = {"false_alarm": "A cable.", "ended": "09:00"}


@pytest.mark.parametrize(
    ("verb", "said", "reason"),
    [
        ("resolve", RESOLVED, "completed"),
        ("complete", {"kind": "maintenance", "updates": (update("09:00", "completed"),)}, "completed"),
        ("cancel", {"kind": "maintenance", "updates": (update("09:00", "cancelled"),)}, "not_planned"),
        ("false-alarm", CALLED_OFF, "not_planned"),
        ("duplicate", {"duplicate_of": "41", "ended": "09:00"}, "duplicate"),
    ],
)
def test_what_a_command_ended_is_closed_for_its_reason(verb, said, reason):
    (action,) = planned(incident("42", **said, response=ordered(("08:30", "lead"), ("09:00", verb))))

    assert action == CloseIncident(ref="42", reason=reason)
    assert action.why == f"`/{verb}` was said"


def test_a_command_is_plain_whatever_else_is_wrong():
    problem = Problem(where="#42", seen="odd")

    assert planned(incident("42", **RESOLVED, response=ordered(("09:00", "resolve"))), problems=[problem])


@pytest.mark.parametrize("orders", [(), (("09:00", "lead"),), (("08:30", "resolve"), ("09:00", "reopen"))])
def test_without_such_a_command_people_close(orders):
    assert planned(incident("42", **RESOLVED, response=ordered(*orders))) == []


def test_what_goes_on_again_is_not_closed():
    again = (*RESOLVED["updates"], update("10:00", "investigating"))

    assert planned(incident("42", updates=again, response=ordered(("09:00", "resolve")))) == []


@pytest.mark.parametrize(
    ("when", "by", "is_closed"), [("10:00", "joe", False), ("08:30", "joe", True), ("10:00", VIEWER, True)]
)
def test_what_somebody_reopened_later_stays_open(when, by, is_closed):
    done = (event("closed", "08:10"), event("reopened", when, by))

    assert bool(planned(incident("42", **RESOLVED, response=ordered(("09:00", "resolve"))), *done)) is is_closed


def test_what_is_closed_is_not_closed_again():
    resolved = incident("42", **RESOLVED, response=ordered(("09:00", "resolve")))

    assert planned(resolved, event("closed", "09:01", VIEWER)) == []


def test_what_somebody_let_go_on_is_opened_again():
    again = incident("42", response=ordered(("09:00", "resolve"), ("10:00", "reopen")))
    (action,) = planned(again, event("closed", "09:30"))

    assert action == ReopenIncident(ref="42")
    assert action.why == "`/reopen` was said"


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ({"response": ordered(("10:00", "reopen"))}, "10:30"),
        ({"response": ordered(("10:00", "reopen"))}, "10:00"),
        ({"response": ordered(("10:00", "reopen"), ("10:05", "resolve")), **RESOLVED}, "09:30"),
        ({"response": ordered(("10:00", "reopen")), **RESOLVED}, "09:30"),
        ({}, "09:30"),
    ],
    ids=["closed later", "at once", "over again", "over otherwise", "nobody said so"],
)
def test_what_is_closed_for_good_stays_closed(said, closed):
    assert planned(incident("42", **said), event("closed", closed)) == []


TAKEN_BACK = [comment("/monitoring", "09:00", edited_at="09:31"), event("comment_deleted", "09:31", detail="jane")]
KEPT = [
    comment("/monitoring", "09:00", edited_at="09:10"),
    comment("What is so.", "09:00", VIEWER, edited_at="09:31"),
    event("comment_deleted", "09:20", detail="jane"),
    event("comment_deleted", "09:31", detail=VIEWER),
]


@pytest.mark.parametrize("done", TAKEN_BACK)
def test_what_we_closed_goes_on_when_the_command_is_taken_back(done):
    (action,) = planned(incident("42"), event("closed", "09:30", VIEWER), done)

    assert action == ReopenIncident(ref="42")
    assert action.why == "what it was closed for was taken back"


@pytest.mark.parametrize("done", KEPT)
def test_otherwise_it_stays_closed(done):
    assert planned(incident("42"), event("closed", "09:30", VIEWER), done) == []


@pytest.mark.parametrize("done", TAKEN_BACK)
def test_what_others_closed_is_not_ours_to_open(done):
    assert planned(incident("42"), event("closed", "09:30", "stale[bot]"), done) == []
    assert planned(incident("42", **RESOLVED), event("closed", "09:30", VIEWER), done) == []


def test_what_we_closed_goes_on_when_its_text_is_edited():
    later = board.judge(snapshot(incident("42", kind="maintenance", scheduled_until="13:00")), NOW)
    closed = event("closed", "09:30", VIEWER)

    assert list(closing.decide(later, tracker(issue(closed, edited_at=at("09:31"))))) == [ReopenIncident(ref="42")]
    assert list(closing.decide(later, tracker(issue(closed, edited_at=at("09:29"))))) == []


def test_what_is_open_waits_for_nothing():
    assert openness.awake(incident("42", response=ordered(("09:00", "reopen"))), issue(), VIEWER) == ""
