"""Which issues to close."""

from dataclasses import replace

import pytest

from ghstatus import board
from ghstatus.actions import CloseIncident
from ghstatus.errors import Problem
from ghstatus.grammar import draft
from ghstatus.plan import closing
from tests.builders import NOW, VIEWER, comment, event, incident, issue, snapshot, tracker, update

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
    [({}, "completed"), ({"false_alarm": "A cable."}, "not_planned")],
    ids=["over", "false alarm"],
)
def test_what_was_imported_as_over_is_closed_though_it_was_cut_short(said, reason):
    one = incident("42", ended="10:00", source="cstate:a.md", **said)

    assert planned(one) == [CloseIncident(ref="42", reason=reason)]


def test_a_maintenance_that_a_command_cancelled_was_not_planned():
    told = update("07:30", "cancelled")
    one = incident("42", **OVER, updates=(told,))

    assert planned(one, comment(draft.write_update(told), "07:30")) == [CloseIncident(ref="42", reason="not_planned")]
