"""Which comments are updates."""

import pytest

from ghstatus.actions import Topic
from ghstatus.grammar import draft, notes
from ghstatus.grammar import issue as grammar
from ghstatus.model import Phase
from tests.builders import VIEWER, comment, context, issue, update


def parse(*done, on=None, **said):
    return grammar.parse(issue(*done, **said), on or context())


def updates(*done, **said):
    reading = parse(*done, **said)
    assert reading.problems == ()
    assert reading.ignored == ()
    return reading.incident.updates


def test_a_comment_of_somebody_trusted_is_an_update():
    assert updates(comment("Half of it works.", "09:00")) == (update("09:00", text="Half of it works."),)


@pytest.mark.parametrize("login", ["mallory", "", "stale[bot]"])
def test_a_stranger_s_comment_is_counted_and_never_shown(login):
    reading = parse(comment("Resolved: buy now", by=login))

    (ignored,) = reading.ignored
    assert reading.incident.updates == reading.problems == ()
    assert (ignored.where, ignored.outcome) == ("#42", "not shown")
    assert "buy" not in str(ignored)


def test_a_minimized_comment_says_nothing():
    assert updates(comment("Oops.", is_minimized=True), comment("Buy.", by="eve", is_minimized=True)) == ()


def test_a_command_says_nothing():
    assert updates(comment("/packit rebuild-failed\n/cc @joe"), comment("  ")) == ()


def test_a_bot_of_the_configuration_may_say_something():
    assert len(updates(comment(by="checks[bot]"), on=context(bots=("checks[bot]",)))) == 1


def test_ghstatus_says_something_only_by_its_marker():
    said = update("09:30", "in_progress", severity="minor", components={"copr": "partial_outage"})
    done = (
        comment(draft.write_update(said), "10:00", VIEWER),
        comment("Deployed!", by=VIEWER),
        comment(notes.write(Topic.WELCOME, "Resolved: no"), by=VIEWER),
    )

    assert updates(*done) == (said,)


def test_a_person_who_ran_ghstatus_says_what_the_marker_says():
    said = update("09:30", "identified")

    assert updates(comment(draft.write_update(said), "10:00", "joe")) == (said,)


def test_a_person_as_whom_ghstatus_acts_may_comment_too():
    done = comment("Half works.", "09:00", "joe"), comment(notes.write(Topic.PROBLEMS, "Oh."), "09:30", "joe")

    assert updates(*done, on=context(viewer="joe")) == (update("09:00", text="Half works."),)


def test_a_bot_as_whom_ghstatus_acts_may_be_let_comment():
    assert len(updates(comment("Deployed!", by=VIEWER), on=context(bots=(VIEWER,)))) == 1


@pytest.mark.parametrize("by", ["joe", "another-app[bot]"])
def test_what_ghstatus_wrote_by_another_account_is_neither_an_update_nor_a_stranger_s(by):
    reading = parse(comment(notes.write(Topic.PROBLEMS, "Oh."), by=by))

    assert (reading.incident.updates, reading.ignored) == ((), ())


def test_a_stranger_who_copies_the_marker_says_nothing():
    done = comment(draft.write_update(update()), by="mallory"), comment(notes.write(Topic.WELCOME, ""), by="mallory")
    reading = parse(*done)

    assert (reading.incident.updates, len(reading.ignored)) == ((), 2)


@pytest.mark.parametrize(
    ("label", "word", "phase"),
    [
        ("maintenance", "Resolved", Phase.COMPLETED),
        ("incident", "Completed", Phase.RESOLVED),
        ("maintenance", "Verifying", Phase.VERIFYING),
    ],
)
def test_people_say_of_one_kind_what_belongs_to_another(label, word, phase):
    assert updates(comment(f"{word}: yes"), labels=[label, "severity/major"]) == (update(phase=phase, text="yes"),)


@pytest.mark.parametrize(("label", "accepted"), [("maintenance", "scheduled"), ("announcement", "text; closing")])
def test_a_phase_of_another_kind_is_text(label, accepted):
    text = "### Started\n\n2026-03-02 08:00"
    reading = parse(comment("Identified: the disk\n"), labels=[label], text=text)

    (wrong,) = reading.problems
    assert accepted in wrong.accepted
    assert wrong.key == "the comment of 2026-03-02 09:00 UTC"
    assert reading.incident.updates == (update(text="Identified: the disk"),)


def test_a_mistake_in_a_comment_names_the_comment():
    (wrong,) = parse(comment("Identified: disk\nSeverity: hihg", "09:10")).problems

    assert (wrong.where, wrong.key) == ("#42", "the comment of 2026-03-02 09:10 UTC")
    assert "'hihg' is unknown" in wrong.seen


def test_a_comment_made_before_somebody_vouched_counts():
    found = grammar.parse(issue(comment("Ours.", "08:10"), author="jane", number=7), context()).incident

    assert found.updates == (update("08:10", text="Ours."),)
