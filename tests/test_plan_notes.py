"""What to say in comments on issues."""

import pytest

from ghstatus import board
from ghstatus.actions import RemoveNote, Topic, WriteNote
from ghstatus.errors import Problem
from ghstatus.grammar import notes as grammar
from ghstatus.plan import notes
from ghstatus.saying import incidents
from tests.builders import NOW, VIEWER, at, comment, event, issue, site, snapshot, tracker

SITE = site(base_url="https://status.packit.dev/")
SEVERITY = Problem(where="#42", key="severity", seen="'hihg' is unknown")
OTHER = Problem(where="#43", seen="something else")
OLD = "2026-03-01 11:59"
TEXT = incidents.problems([SEVERITY])


def note(topic, text, by=VIEWER, **said):
    return comment(grammar.write(topic, text), by=by, **said)


def told(*issues, problems=(SEVERITY,)):
    judged = board.judge(snapshot(problems=problems), NOW)
    return list(notes.problems(judged, tracker(*issues)))


def test_problems_are_told_on_their_issue():
    (action,) = told(issue(), issue(number=44))

    assert action == WriteNote(ref="42", topic=Topic.PROBLEMS, text=TEXT)
    assert action.why == "severity: 'hihg' is unknown"


def test_each_issue_is_told_its_own_problems_at_once():
    plan = told(issue(), issue(number=43), problems=(SEVERITY, OTHER, SEVERITY))

    assert [(action.ref, action.text) for action in plan] == [
        ("42", incidents.problems([SEVERITY, SEVERITY])),
        ("43", incidents.problems([OTHER])),
    ]


def test_what_is_told_already_is_not_told_again():
    assert told(issue(note(Topic.PROBLEMS, TEXT))) == []


def test_a_note_that_came_back_with_other_line_endings_is_the_same():
    there = note(Topic.PROBLEMS, TEXT)

    assert told(issue(there._replace(text=there.text.replace("\n", "\r\n")))) == []


def test_other_problems_are_told_in_the_same_note():
    there = note(Topic.PROBLEMS, "Something else.")

    assert told(issue(there)) == [WriteNote(ref="42", topic=Topic.PROBLEMS, text=TEXT, comment=there.id)]


def test_what_is_mended_is_told_no_more():
    there = note(Topic.PROBLEMS, TEXT)
    (action,) = told(issue(there), issue(number=44), problems=())

    assert action == RemoveNote(ref="42", topic=Topic.PROBLEMS, comment=there.id)
    assert action.why == "nothing is wrong any more"


def test_somebody_elses_comment_with_our_marker_is_not_ours():
    assert told(issue(note(Topic.PROBLEMS, TEXT, by="mallory")), problems=()) == []


def test_what_is_there_twice_goes():
    first, second, other = note(Topic.PROBLEMS, TEXT), note(Topic.PROBLEMS, TEXT), note(Topic.WELCOME, "Hi.")

    assert told(issue(first, second, other, note(Topic.WELCOME, "Hi.", by="jane"))) == [
        RemoveNote(ref="42", topic=Topic.PROBLEMS, comment=second.id)
    ]


def test_problems_elsewhere_are_not_told_on_issues():
    assert told(issue(), problems=(Problem(where="ghstatus.yml", seen="odd"), OTHER)) == []


@pytest.mark.parametrize(
    ("updated_at", "is_told"), [("2026-03-01 12:00", True), (OLD, False)], ids=["lately", "before that"]
)
def test_what_is_closed_is_told_only_if_somebody_touched_it_lately(updated_at, is_told):
    closed = issue(event("closed", OLD), created_at=OLD, updated_at=at(updated_at))

    assert bool(told(closed)) is is_told


def test_what_is_open_is_told_however_old_it_is():
    assert told(issue(labels=[], created_at=OLD))


def test_a_note_on_something_closed_long_ago_is_kept_true():
    there = note(Topic.PROBLEMS, "Something else.", when=OLD)
    closed = issue(there, event("closed", OLD), created_at=OLD)

    assert [action.comment for action in told(closed)] == [there.id]
    assert told(closed, problems=()) == [RemoveNote(ref="42", topic=Topic.PROBLEMS, comment=there.id)]


def deleted(when="09:00", by="jane", whose=VIEWER):
    return event("comment_deleted", when, by, whose)


@pytest.mark.parametrize("done", [deleted(by=VIEWER), deleted(whose="joe")], ids=["by ghstatus", "another's"])
def test_what_else_is_deleted_is_no_reason_to_be_silent(done):
    assert len(told(issue(done))) == 1


def test_problems_whose_note_somebody_deleted_are_not_told_again():
    assert told(issue(deleted())) == []


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ((comment(when="10:00"),), {}),
        ((comment(when="08:30", edited_at="10:00"),), {}),
        ((event("labeled", "10:00", detail="severity/hihg"),), {}),
        ((event("renamed", "10:00", detail="Copr"),), {}),
        ((), {"edited_at": "10:00", "editor": "jane"}),
    ],
    ids=["comment", "edited comment", "label", "title", "text"],
)
def test_problems_are_told_again_once_somebody_wrote_something(later, said):
    assert len(told(issue(deleted(), *later, **said))) == 1


@pytest.mark.parametrize(
    "later",
    [
        comment(by=VIEWER, when="10:00"),
        event("labeled", "10:00", VIEWER, "phase/identified"),
        event("pinned", "10:00"),
        deleted("10:00"),
    ],
    ids=["our comment", "our label", "pin", "deletion"],
)
def test_what_says_nothing_new_brings_no_note_back(later):
    assert told(issue(deleted(), later)) == []


def test_a_note_that_is_there_is_kept_true_whatever_was_deleted():
    there = note(Topic.PROBLEMS, "Something else.", when="08:30")

    assert [action.comment for action in told(issue(there, deleted()))] == [there.id]
