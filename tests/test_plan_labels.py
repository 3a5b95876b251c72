"""Which labels to create, and which to put on issues or take off."""

from ghstatus import board
from ghstatus.actions import CreateLabel, Relabel
from ghstatus.grammar import labels as grammar
from ghstatus.model import Label, Labels
from ghstatus.plan import labels
from tests.builders import NOW, VIEWER, event, incident, issue, site, snapshot, tracker, update

SITE = site()
WANTED = grammar.wanted(SITE)


def created(*present):
    return [action.label for action in labels.create(tracker(labels=present), SITE)]


def kept(one, issue):
    judged = board.judge(snapshot(one), NOW)
    return list(labels.keep(judged, tracker(issue), SITE))


def test_a_repository_without_labels_gets_all_that_are_wanted():
    assert created() == list(WANTED)
    assert next(labels.create(tracker(), SITE)) == CreateLabel(label=WANTED[0])


def test_a_label_that_is_there_keeps_its_colour_its_words_and_its_case():
    there = Label("Severity/MAJOR", "123456", "Ours")

    assert {one.name for one in WANTED} - {one.name for one in created(there)} == {"severity/major"}


def test_case_does_not_count_in_the_configuration_either():
    shouting = site(labels=Labels(incident="OUTAGE"))

    assert "OUTAGE" not in {one.label.name for one in labels.create(tracker(labels=(Label("outage"),)), shouting)}


def test_where_all_are_there_none_is_created():
    assert created(*WANTED, Label("wontfix")) == []


def test_labels_come_to_say_what_is_so():
    one = incident("42", updates=(update("09:00", "identified", severity="critical"),))
    (action,) = kept(one, issue(labels=["incident", "severity/major", "component/copr"]))

    assert isinstance(action, Relabel)
    assert (action.ref, set(action.add), action.remove) == (
        "42",
        {"phase/identified", "severity/critical"},
        ("severity/major",),
    )
    assert action.why == "it is identified, major outage"


def test_labels_that_say_what_is_so_stay():
    there = ["incident", "severity/major", "component/copr", "phase/investigating", "help wanted"]

    assert kept(incident("42"), issue(labels=there)) == []


def test_what_is_closed_keeps_its_labels():
    one = incident("42", updates=(update("09:00", "resolved"),))

    assert kept(one, issue(event("closed", "09:00"), labels=["incident"])) == []


def test_an_announcement_has_no_phase_to_tell():
    put = event("labeled", by=VIEWER, detail="severity/major")
    (action,) = kept(incident("42", kind="announcement"), issue(put, labels=["announcement"]))

    assert action == Relabel(ref="42", remove=("severity/major",))
    assert action.why == "it is an announcement"
