"""What to say in comments on issues."""

import pytest

from ghstatus import board
from ghstatus.actions import RemoveNote, Topic, WriteNote
from ghstatus.errors import Problem
from ghstatus.grammar import notes as grammar
from ghstatus.plan import notes
from ghstatus.saying import incidents
from tests.builders import NOW, VIEWER, at, comment, event, incident, issue, site, snapshot, tracker, update

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


def welcomed(one, *done, site=SITE, created_at="08:00", is_kept=True):
    judged = board.judge(snapshot(one), NOW)
    seen = tracker(issue(*done, created_at=created_at))
    return list(notes.welcome(judged, seen, site, is_kept=is_kept))


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


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (incident("42"), "This incident is"),
        (incident("42", kind="maintenance", scheduled_until="13:00"), "This maintenance is"),
        (incident("42", kind="maintenance", started="13:00"), "This maintenance is"),
        (incident("42", kind="announcement"), "This announcement is"),
    ],
)
def test_what_is_new_is_welcomed_with_its_page(one, words):
    (action,) = welcomed(one)

    assert action == WriteNote(ref="42", topic=Topic.WELCOME, text=action.text)
    assert action.text.startswith(f"{words} on the status page: https://status.packit.dev/incidents/42/\n\n")
    assert action.why == "it is new"


def test_only_the_page_is_told_where_comments_are_read_otherwise():
    (action,) = welcomed(incident("42"), is_kept=False)

    assert action.text.endswith("/incidents/42/")


def test_there_is_one_welcome_whatever_it_says():
    assert welcomed(incident("42"), note(Topic.WELCOME, "Hello.")) == []
    assert welcomed(incident("42"), note(Topic.WELCOME, "Hello.", by="jane")) == [], "written with another token"
    assert len(welcomed(incident("42"), note(Topic.PROBLEMS, "Hello."))) == 1


def test_what_is_over_is_not_welcomed():
    assert welcomed(incident("42", updates=(update("09:00", "resolved"),))) == []


@pytest.mark.parametrize(("created_at", "count"), [("2026-03-01 12:00", 1), (OLD, 0)])
def test_what_was_there_before_is_not_welcomed(created_at, count):
    assert len(welcomed(incident("42"), created_at=created_at)) == count


@pytest.mark.parametrize("said", [{"welcome": False, "base_url": "https://x.org/"}, {"base_url": ""}])
def test_where_there_is_no_page_or_nobody_wants_it_there_is_no_welcome(said):
    assert welcomed(incident("42"), site=site(**said)) == []


def deleted(when="09:00", by="jane", whose=VIEWER):
    return event("comment_deleted", when, by, whose)


def test_a_welcome_that_somebody_deleted_is_not_written_again():
    assert welcomed(incident("42"), deleted()) == []
    assert welcomed(incident("42"), deleted(), comment("Thanks.", "10:00")) == []


@pytest.mark.parametrize("done", [deleted(by=VIEWER), deleted(whose="joe")], ids=["by ghstatus", "another's"])
def test_what_else_is_deleted_is_no_reason_to_be_silent(done):
    assert len(welcomed(incident("42"), done)) == 1
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
