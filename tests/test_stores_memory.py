"""The store in memory, where the incidents are issues: it does what GitHub would."""

import pytest

from ghstatus.actions import (
    Assign,
    CloseIncident,
    CreateLabel,
    EditIncident,
    OpenIncident,
    OpenPostmortem,
    PinIncident,
    PinMirror,
    PostComment,
    PostUpdate,
    React,
    Relabel,
    RemoveNote,
    ReopenIncident,
    Topic,
    UnpinIncident,
    UnpinMirror,
    WriteMirror,
    WriteNote,
)
from ghstatus.errors import UsageError
from ghstatus.grammar import learnt, notes
from ghstatus.model import Event, EventKind, Label, Mirror, Phase, Pin
from ghstatus.stores.memory import MemoryStore
from tests.builders import NOW, VIEWER, at, comment, event, incident, issue, site, tracker, update

SITE = site()
ELSEWHERE = "packit/packit"
MIRRORS = (Mirror(repository=""), Mirror(repository=ELSEWHERE, pins=(Pin(1, "jane"),)))
LATER = at("13:00")


def store(*issues, **said):
    made = MemoryStore(SITE, issues=issues, trusted=["jane"], tracker=tracker(mirrors=MIRRORS, **said))
    made.observe(NOW)
    return made


def seen(made):
    return made.observe(NOW).tracker


def only(made):
    (one,) = seen(made).issues.values()
    return one


def ours(kind, detail=""):
    return Event(EventKind(kind), NOW, VIEWER, detail)


def mirrored(made, repository=ELSEWHERE):
    (one,) = [each for each in seen(made).mirrors if each.repository == repository]
    return one


def refused(made, action, words):
    before = made.observe(NOW)
    with pytest.raises(UsageError, match=words):
        made.apply(action)
    assert made.observe(NOW) == before


def test_incidents_without_a_tracker_know_no_labels():
    refused(MemoryStore(SITE, [incident()]), PinIncident(ref="builds-pending"), "only an issue tracker")


def test_issues_are_read_as_github_s_are():
    made = store(issue(), issue(number=7, author="mallory", labels=["incident"]), issue(number=8, labels=["question"]))
    found = made.observe(NOW)

    assert [one.ref for one in found.incidents] == ["42"]
    assert [one.where for one in found.ignored] == ["#7"]
    assert list(found.tracker.issues) == ["42"]
    assert (found.taken, found.components, found.policy) == (NOW, SITE.components, SITE.policy)


def test_their_problems_are_told():
    assert [one.where for one in store(issue(labels=["incident"])).observe(NOW).problems] == ["#42"]


def test_an_incident_is_opened_as_an_issue_under_the_next_number():
    made = store(issue())
    made.apply(OpenIncident(incident=incident("new", title="Slow")))

    assert [(one.ref, one.title) for one in made.observe(NOW).incidents] == [
        ("42", "Builds stay pending"),
        ("43", "Slow"),
    ]
    assert seen(made).issues["43"].closed_at is None
    assert (seen(made).issues["43"].author, seen(made).issues["43"].created_at) == (VIEWER, NOW)


def test_one_that_is_over_is_closed_at_once():
    made = store()
    made.apply(OpenIncident(incident=incident(ended="09:00")))

    assert only(made).closed_at == NOW
    assert made.observe(NOW).incidents[0].ended == at("09:00")


def test_an_incident_is_edited_and_keeps_its_comments_and_labels():
    made = store(issue(comment("Identified: A disk.", "09:00"), labels=["incident", "help wanted"]))
    (before,) = made.observe(NOW).incidents
    told = (*before.updates, update("10:00", "monitoring", text="Mended."))
    made.apply(EditIncident(incident=incident("42", title="Slow", severity="minor", updates=told)))
    (after,) = made.observe(NOW).incidents

    assert (after.title, after.severity.value, after.components) == (
        "Slow",
        "minor",
        incident(components=["copr"]).components,
    )
    assert [one.phase for one in after.updates] == [Phase.IDENTIFIED, Phase.MONITORING]
    assert {label.name for label in only(made).labels} == {
        "incident",
        "help wanted",
        "severity/minor",
        "component/copr",
    }


def test_an_edit_may_end_it():
    made = store(issue())
    made.apply(EditIncident(incident=incident("42", ended="11:00")))

    assert only(made).closed_at == NOW
    assert made.observe(NOW).incidents[0].ended == at("11:00")


def test_an_edit_makes_an_incident_of_what_was_none():
    made = store(issue(labels=["question"]))
    made.apply(EditIncident(incident=incident("42")))

    assert [one.ref for one in made.observe(NOW).incidents] == ["42"]


def test_an_update_is_posted_as_a_comment():
    made = store(issue())
    made.apply(PostUpdate(ref="42", update=update("09:00", "identified", severity="critical")))
    (one,) = made.observe(NOW).incidents

    assert [(each.at, each.phase, each.severity) for each in one.updates] == [(at("09:00"), "identified", "critical")]
    assert [each.author for each in only(made).comments] == [VIEWER]


def test_a_label_is_created_once_whatever_its_case():
    made = store()
    made.apply(CreateLabel(label=Label("Incident", "123456")))

    assert seen(made).labels == (Label("Incident", "123456"),)
    refused(made, CreateLabel(label=Label("incident")), "there is a label 'incident' already")


def test_labels_are_put_on_and_taken_off():
    made = store(issue(), labels=(Label("phase/identified", "123456"),))
    made.apply(Relabel(ref="42", add=("phase/identified", "INCIDENT"), remove=("Severity/major",)))

    assert {label.name for label in only(made).labels} == {"incident", "phase/identified"}
    assert only(made).events[-2:] == (ours("unlabeled", "Severity/major"), ours("labeled", "phase/identified"))
    refused(made, Relabel(ref="42", remove=("severity/major",)), "#42 has no label 'severity/major'")


def test_a_label_that_nobody_created_gets_no_colour_of_meaning():
    made = store(issue())
    made.apply(Relabel(ref="42", add=("phase/identified",)))

    assert seen(made).labels == (Label("phase/identified", "ededed"),)


def test_an_issue_is_closed_once():
    made = store(issue())
    made.apply(CloseIncident(ref="42"))
    made.apply(CloseIncident(ref="42"))

    assert (only(made).closed_at, only(made).reason) == (NOW, "completed")
    assert only(made).events.count(ours("closed", "completed")) == 1
    assert only(made).updated_at == NOW


def test_notes_are_written_rewritten_and_removed():
    made = store(issue(comment("Thanks!")))
    made.apply(WriteNote(ref="42", topic=Topic.PROBLEMS, text="Oh."))
    _, note = only(made).comments
    assert (note.text, note.author, note.at) == (notes.write(Topic.PROBLEMS, "Oh."), VIEWER, NOW)

    made.apply(WriteNote(ref="42", topic=Topic.PROBLEMS, text="Ah.", comment=note.id))
    thanks, note = only(made).comments
    assert (thanks.text, note.text, note.editor) == ("Thanks!", notes.write(Topic.PROBLEMS, "Ah."), VIEWER)

    made.apply(RemoveNote(ref="42", topic=Topic.PROBLEMS, comment=note.id))
    assert only(made).comments == (thanks,)
    refused(made, RemoveNote(ref="42", topic=Topic.PROBLEMS, comment=note.id), "#42 has no comment")
    refused(made, WriteNote(ref="42", topic=Topic.PROBLEMS, text="Ah.", comment=1), "#42 has no comment 1")


def test_a_person_s_comment_is_posted_as_it_is():
    made = store(issue())
    made.apply(PostComment(ref="42", text="/lead me"))

    assert [(one.text, one.author) for one in only(made).comments] == [("/lead me", VIEWER)]
    refused(made, PostComment(ref="7", text="/lead me"), "there is no incident '7'")


def test_a_comment_is_reacted_to_once_and_its_issue_stays_as_old():
    said = comment("/lead me")
    made = store(issue(said))
    for content in ("confused", "+1", "+1"):
        made.apply(React(ref="42", comment=said.id, content=content))
    assert [one.reactions for one in only(made).comments] == [("+1", "confused")]

    made.apply(React(ref="42", comment=said.id, content="confused", is_on=False))
    assert [one.reactions for one in only(made).comments] == [("+1",)]
    assert only(made).updated_at < NOW
    refused(made, React(ref="42", comment=1, content="+1"), "#42 has no comment 1")


def test_one_of_several_notes_is_written_and_found_by_its_key():
    made = store(issue())
    made.apply(WriteNote(ref="42", topic=Topic.HELP, text="So.", key="7"))

    assert [one.text for one in only(made).comments] == [notes.write(Topic.HELP, "So.", "7")]


def test_an_issue_is_assigned_once():
    made = store(issue(event("assigned", detail="joe"), event("unassigned", detail="joe")))
    for _ in range(2):
        made.apply(Assign(ref="42", people=("jane", "joe")))

    assert only(made).events[-2:] == (ours("assigned", "jane"), ours("assigned", "joe"))
    assert only(made).events.count(ours("assigned", "jane")) == 1


def test_an_issue_is_reopened_once():
    made = store(issue(event("closed")))
    for _ in range(2):
        made.apply(ReopenIncident(ref="42"))

    assert (only(made).closed_at, only(made).reason) == (None, "")
    assert only(made).events.count(ours("reopened")) == 1


def test_a_post_mortem_is_opened_once_for_each_incident():
    made = store(issue())
    for ref, title in (("42", "Why"), ("42", "Why again"), ("41", "Why not")):
        made.apply(OpenPostmortem(incident=ref, title=title, text="So."))

    for number in ("43", "44"):
        made.apply(Relabel(ref=number, add=("announcement",)))  # so that it can be seen
    opened = [seen(made).issues[number] for number in ("43", "44")]
    assert [(one.title, one.text, [each.name for each in one.labels]) for one in opened] == [
        ("Why", learnt.write("42", "So."), ["postmortem", "announcement"]),
        ("Why not", learnt.write("41", "So."), ["postmortem", "announcement"]),
    ]
    refused(made, CloseIncident(ref="45"), "there is no incident")


def test_only_a_post_mortem_tells_in_words_whose_it_is():
    made = store(issue(text="Incident: #41"))  # which tells of another, and is none
    made.apply(OpenPostmortem(incident="41", title="Why", text="So."))
    made.apply(Relabel(ref="43", add=("announcement",)))
    assert sorted(seen(made).issues) == ["42", "43"]

    made = store(issue(text="Incident: #41"))
    made.apply(Relabel(ref="42", add=("postmortem",)))
    made.apply(OpenPostmortem(incident="41", title="Why", text="So."))
    refused(made, CloseIncident(ref="43"), "there is no incident")


def test_an_issue_is_pinned_and_unpinned_once():
    made = store(issue())
    made.apply(PinIncident(ref="42"))
    made.apply(PinIncident(ref="42"))
    assert seen(made).pins == (Pin(42, VIEWER),)

    made.apply(UnpinIncident(number=42))
    made.apply(UnpinIncident(number=42))
    assert seen(made).pins == ()
    assert only(made).events[-2:] == (ours("pinned"), ours("unpinned"))
    assert only(made).updated_at < NOW


def test_what_is_no_issue_of_ours_is_unpinned_too():
    made = store(pins=(Pin(7, "jane"),))
    made.apply(UnpinIncident(number=7))

    assert seen(made).pins == ()


def test_there_is_no_fourth_pin():
    made = store(issue(), pins=tuple(Pin(number, "jane") for number in (1, 2, 3)))

    refused(made, PinIncident(ref="42"), "3 issues are pinned already")


@pytest.mark.parametrize("ref", ["7", "builds-pending", ""])
def test_what_is_not_there_cannot_be_changed(ref):
    refused(store(issue()), CloseIncident(ref=ref), "there is no incident")


def test_the_issue_that_shows_the_board_is_opened_pinned_closed_unpinned_and_opened_again():
    made = store(issue())
    board = WriteMirror(repository=ELSEWHERE, title="Outage", text="Copr.")
    made.apply(board)
    made.apply(PinMirror(repository=ELSEWHERE))
    shown = mirrored(made)
    assert (shown.number, shown.title, shown.text, shown.is_open) == (43, "Outage", notes.mirror("Copr."), True)
    assert shown.pins == (Pin(1, "jane"), Pin(43, VIEWER))

    made.apply(PinMirror(repository=ELSEWHERE, number=43))
    made.apply(WriteMirror(repository=ELSEWHERE, title="Well", text="Well.", is_open=False, number=43))
    made.apply(UnpinMirror(repository=ELSEWHERE, number=43))
    made.apply(WriteMirror(repository=ELSEWHERE, title="Outage", text="Koji.", number=43))
    shown = mirrored(made)
    assert (shown.title, shown.is_open, shown.pins) == ("Outage", True, (Pin(1, "jane"),))
    assert shown.events == tuple(map(ours, ["pinned", "closed", "unpinned", "reopened"]))
    assert mirrored(made, "") == MIRRORS[0]


def test_its_pin_in_the_incidents_own_repository_is_one_of_the_three():
    made = store(issue())
    made.apply(WriteMirror(repository="", title="Status", text="Well."))
    made.apply(PinMirror(repository=""))

    assert seen(made).pins == mirrored(made, "").pins == (Pin(43, VIEWER),)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (WriteMirror(repository="a/b", title="", text=""), "there is no repository 'a/b'"),
        (WriteMirror(repository="", title="", text="", number=7), "the issue that shows the board is None, not 7"),
        (PinMirror(repository=""), "there is no issue to pin"),
    ],
)
def test_what_shows_nothing_cannot_be_changed(action, words):
    refused(store(), action, words)


def test_new_numbers_and_comments_follow_the_old():
    made = MemoryStore(
        SITE,
        issues=[issue(comment(id=900))],
        trusted=["jane"],
        tracker=tracker(mirrors=(Mirror(repository="", number=50, is_open=True),)),
    )
    made.observe(LATER)
    made.apply(OpenIncident(incident=incident()))
    made.apply(WriteNote(ref="51", topic=Topic.WELCOME, text="Hello."))
    (note,) = made.observe(LATER).tracker.issues["51"].comments

    assert (note.id, note.at) == (901, LATER)


def test_what_people_did_is_as_it_was():
    one = issue(event("labeled", detail="help wanted"), comment("Thanks!"))
    made = store(one)
    made.apply(PostUpdate(ref="42", update=update()))

    assert only(made).events == one.events
    assert only(made).comments[:1] == one.comments
