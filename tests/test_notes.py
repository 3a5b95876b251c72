"""What ghstatus writes into issues, it finds again; what others write is never its own."""

import pytest

from ghstatus.actions import Topic
from ghstatus.grammar import notes
from tests.builders import VIEWER, comment, issue


@pytest.mark.parametrize("topic", Topic)
def test_a_note_is_found_again(topic):
    note = comment(notes.write(topic, "Hello.\n<!-- ghstatus:board -->"), by=VIEWER)

    assert note.text.startswith(f"<!-- ghstatus:{topic} -->\n")
    assert notes.find(issue(comment(), note), VIEWER) == {topic: note}


def test_the_first_of_several_counts():
    first, second = (comment(notes.write(Topic.PROBLEMS, "x"), when, VIEWER) for when in ("09:00", "10:00"))
    welcome = comment(notes.write(Topic.WELCOME, "x"), "11:00", VIEWER)

    assert notes.find(issue(second, first, welcome), VIEWER) == {Topic.PROBLEMS: first, Topic.WELCOME: welcome}


@pytest.mark.parametrize("viewer", [VIEWER, ""])
def test_a_note_by_anybody_else_is_none(viewer):
    done = (comment(notes.write(Topic.PROBLEMS, "x"), by=login) for login in ("mallory", ""))

    assert notes.find(issue(*done), viewer) == {}


def test_one_of_several_is_found_by_its_key():
    seventh, eighth = (comment(notes.write(Topic.HELP, "x", key), by=VIEWER) for key in ("7", "mail-8"))
    found = issue(seventh, eighth, comment(notes.write(Topic.HELP, "x", "7"), "10:00", "mallory"))

    assert notes.named(found, VIEWER) == {
        notes.Name(Topic.HELP, "7"): seventh,
        notes.Name(Topic.HELP, "mail-8"): eighth,
    }
    assert notes.find(found, VIEWER) == {}, "of a topic that may have several there is no single one"
    assert notes.topic_of(seventh.text) is Topic.HELP


@pytest.mark.parametrize(
    "text", ["<!-- ghstatus:help a b -->", "<!-- ghstatus:help", "<!-- ghstatus:gone 7 -->", "Help"]
)
def test_what_is_no_marker_names_nothing(text):
    assert notes.name_of(text) is None


def test_a_marker_within_text_is_none():
    assert notes.find(issue(comment("> <!-- ghstatus:problems -->", by=VIEWER)), VIEWER) == {}


def test_the_issue_that_shows_the_board_is_found_again():
    assert notes.is_mirror(notes.mirror("All works."))
    assert not notes.is_mirror("All works.\n<!-- ghstatus:board -->")
    assert not notes.is_mirror(notes.write(Topic.WELCOME, ""))


@pytest.mark.parametrize(("stored", "is_same"), [("a\r\nb", True), ("a\nb\n", True), ("a b", False), ("a\n\nb", False)])
def test_line_endings_and_ends_do_not_count(stored, is_same):
    assert notes.is_same(stored, "a\nb") is is_same
