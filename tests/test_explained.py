"""What a program opened for others, and what of it a person's token believes: as much as somebody trusted said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus.grammar import draft, learnt, postmortem
from ghstatus.grammar import issue as grammar
from ghstatus.grammar.postmortem import House
from ghstatus.grammar.recurring import occurrence
from ghstatus.model import Affected, FollowUp, Labels, Phase, Recurring
from tests.builders import VIEWER, at, comment, component, context, event, issue, site, update

DATABASE = Recurring(
    id="database",
    title="Update of the database",
    rule="FREQ=WEEKLY;BYDAY=TU",
    start=at("2026-03-03 05:00"),
    duration=timedelta(hours=2),
    components=("copr",),
    text="Nothing can be *changed*.\n\n### Severity\n\nNone.",
)
SITE = site(component("copr"), component("website"), recurring=(DATABASE,))
START = at("2026-03-03 05:00")
PLANNED = occurrence(DATABASE, START)
WRITTEN = draft.write(PLANNED, Labels())
MARKETING = "Buy pills at https://pills.example.org"


def opened(*done, **said):
    """The issue that the workflow opened, after what was `done` to it since."""
    values = {"title": WRITTEN.title, "text": WRITTEN.text, "labels": WRITTEN.labels, "author": VIEWER}
    return issue(*done, **values | said)


def reading(*done, viewer="", **said):
    return grammar.parse(opened(*done, **said), context(on=SITE, viewer=viewer))


def shown(*done, **said):
    found = reading(*done, **said)
    assert found.problems == ()
    return found.incident


def told(one):
    """All but what tells which issue it is."""
    return replace(one, ref=PLANNED.ref, number=None)


@pytest.mark.parametrize("author", [VIEWER, "status-page[bot]"])
@pytest.mark.parametrize("viewer", ["", "another-app[bot]"])
def test_a_planned_maintenance_is_the_same_whoever_looks(author, viewer):
    workflow = grammar.parse(opened(), context(on=SITE, viewer=VIEWER)).incident

    assert told(shown(author=author, viewer=viewer)) == told(workflow) == PLANNED


def test_what_people_do_to_it_counts_as_on_any_issue():
    found = shown(comment("/extend 30m\nIt takes longer."), event("labeled", detail="component/website"))

    assert found.scheduled_until == START + timedelta(hours=2, minutes=30)
    assert [one.text for one in found.updates if one.text] == ["It takes longer."]
    assert {one.component for each in found.updates for one in each.components} == {"website"}
    assert shown(event("closed", detail="not_planned")).updates[-1].phase is Phase.CANCELLED
    assert shown(comment("/cancel")).updates[-1].phase is Phase.CANCELLED


def test_a_title_and_a_text_that_somebody_trusted_gave_it_count():
    text = WRITTEN.text.replace("Nothing", "Much").replace("05:00 UTC\n-->", "05:00 UTC\naffects: Everybody\n-->")
    edited = shown(
        event("renamed", detail=WRITTEN.title), title="New disks", text=text, edited_at="09:00", editor="joe"
    )

    assert (edited.title, edited.text, edited.affects) == (
        "New disks",
        DATABASE.text.replace("Nothing", "Much"),
        "Everybody",
    )


def test_whoever_takes_a_planned_component_off_says_that_it_works():
    done = event("unlabeled", "09:00", detail="component/copr")
    found = shown(done)

    assert found.components == (Affected(component="copr"),)
    assert [(one.component, str(one.status)) for each in found.updates for one in each.components] == [
        ("copr", "operational")
    ]


# --- Whoever makes another workflow open an issue


def test_a_stranger_s_words_in_it_are_not_shown():
    text = f"{MARKETING}\n\n### Affects\n\n{MARKETING}\n\n## Update – 2026-03-02 08:30 UTC\n\n{MARKETING}\n\n{WRITTEN.text}"
    text = text.replace("source:", f"severity: critical\nfalse_alarm: {MARKETING}\nended: 2026-03-02\nsource:")

    assert told(shown(title=MARKETING, text=text)) == PLANNED
    assert told(shown(title=MARKETING, text=text, edited_at="09:00", editor=VIEWER)) == PLANNED
    for before, after in ((WRITTEN.title, MARKETING), (MARKETING, WRITTEN.title)):
        assert told(shown(event("renamed", by=VIEWER, detail=before), title=after)) == PLANNED


def test_what_a_program_made_of_it_after_somebody_trusted_had_edited_it_is_not_shown():
    done = event("renamed", "08:30", "jane", WRITTEN.title), event("renamed", "08:40", VIEWER, "New disks")

    assert shown(*done, title=MARKETING).title == "New disks"


def test_a_stranger_s_labels_on_it_say_nothing():
    labels = (*WRITTEN.labels, "component/website", "severity/critical", "false-alarm", "phase/completed")
    gone = (
        event("unlabeled", "09:00", detail="component/website"),
        event("unlabeled", "09:10", detail="severity/critical"),
    )

    assert told(shown(labels=labels)) == PLANNED
    assert told(shown(*gone, labels=labels)) == PLANNED
    assert told(shown(event("unlabeled", by=VIEWER, detail="component/copr"))) == PLANNED
    again = shown(event("labeled", "09:00", detail="component/website"), labels=labels)
    assert {one.component for each in again.updates for one in each.components} == {"website"}


@pytest.mark.parametrize(
    "source",
    [
        "recurring:pills/2026-03-03 05:00 UTC",
        "recurring:database/2026-03-04 05:00 UTC",
        "recurring:database/2026-03-03 06:00 UTC",
        "recurring:database/soon",
        "recurring:database",
        "import:database/2026-03-03 05:00 UTC",
        "",
    ],
)
def test_what_nobody_planned_is_not_published(source):
    text = WRITTEN.text.replace(PLANNED.source, source)
    for said in ({"text": text}, {"text": text, "edited_at": "09:00", "editor": "joe"}):
        found = reading(**said)
        assert found.incident is None
        assert [one.seen for one in found.ignored] == [f"opened by @{VIEWER}, who may not publish"]


@pytest.mark.parametrize(
    "said",
    [
        {"author": "mallory"},
        {"author": ""},
        {"labels": ("incident", "component/copr")},
        {"labels": ("announcement",)},
        {"created_at": "2026-03-03 07:00"},
    ],
)
def test_only_a_program_announces_only_a_maintenance_and_only_in_time(said):
    assert reading(**said).incident is None


def test_what_is_not_in_the_configuration_any_more_is_not_believed():
    assert grammar.parse(opened(), context(viewer="")).incident is None


def test_a_program_s_comment_is_no_update_whatever_it_bears():
    words = draft.write_update(update("08:30", "completed", text=MARKETING))
    found = reading(comment(words, by=VIEWER))

    assert found.incident.updates == ()
    assert len(found.ignored) == 1


def test_a_program_ends_and_reopens_nothing():
    found = reading(event("closed", by=VIEWER, detail="completed"))

    assert found.incident.updates == ()
    assert [one.seen for one in found.problems] == [f"closed by @{VIEWER}, who may not"]


def test_a_copy_of_one_that_was_called_off_is_not_shown():
    first, other = reading(comment("/cancel")), reading(number=43)
    by_hand = reading(number=44, author="jane")
    found = list(grammar.once([first, other, by_hand]))

    assert found == [first, grammar.Reading(None, (), found[1].ignored), by_hand]
    assert [(one.where, one.outcome) for one in found[1].ignored] == [("#43", "not shown")]
    assert next(grammar.once([other], [PLANNED.source])).incident is None
    unread = reading(author="mallory")
    assert list(grammar.once([unread, other])) == [unread, other]


# --- Post-mortems that a program began

ORDERED = comment("/task Watch the disks @joe\n/task Sleep\n/done 2\n/postmortem", "09:00")
INCIDENT = issue(ORDERED, labels=("incident", "severity/major", "component/copr"))
TEXT = learnt.write("42", "Nobody watched.\n\n## Follow-ups\n\n- [ ] Add disks (@jane)\n")
TASKS = (FollowUp(text="Watch the disks", owner="joe"),)
ADDED = (FollowUp(text="Add disks", owner="jane"),)


def began(*done, about=INCIDENT, viewer="", **said):
    values = {"number": 50, "author": VIEWER, "labels": ("postmortem",), "text": TEXT, "created_at": "09:01"} | said
    incidents = {str(about.number): grammar.parse(about, context(viewer=viewer)).incident}
    found = context(dialect=postmortem.dialect(site()), viewer=viewer)
    return postmortem.parse(issue(*done, **values), found, House(), incidents.get)


@pytest.mark.parametrize(("author", "viewer"), [(VIEWER, ""), ("status-page[bot]", "another-app[bot]")])
def test_one_that_somebody_asked_for_has_begun(author, viewer):
    found = began(author=author, viewer=viewer).postmortem

    assert (found.incident, found.ref, found.published) == ("42", "50", None)
    assert found.waits_for == "that it is closed as completed"


def test_of_its_text_nothing_counts_that_nobody_looked_at():
    for said in ({}, {"edited_at": "09:30", "editor": VIEWER}):
        found = began(**said).postmortem
        assert (found.text, found.follow_ups) == ("", TASKS)


def test_what_somebody_trusted_edited_counts():
    found = began(edited_at="09:30", editor="joe").postmortem

    assert (found.text, found.follow_ups, found.published) == (TEXT, ADDED, None)


def test_whoever_closes_it_publishes_what_they_saw():
    closed = event("closed", "11:00", detail="completed")
    found = began(closed).postmortem

    assert (found.text, found.follow_ups, found.published) == (TEXT, ADDED, at("11:00"))
    later = began(closed, edited_at="11:30", editor=VIEWER).postmortem
    assert (later.text, later.follow_ups, later.published) == ("", TASKS, None)
    assert began(event("closed", "11:00", by=VIEWER, detail="completed")).postmortem.published is None


@pytest.mark.parametrize(
    "said",
    [
        {"text": learnt.write("43", MARKETING)},
        {"text": learnt.write("9" * 5000, MARKETING)},
        {"text": MARKETING},
        {"author": "mallory"},
        {"author": ""},
        {"created_at": "08:59"},
        {"about": issue(comment("/help", "09:00"))},
        {"about": issue(comment("/postmortem", "09:00", by="mallory"))},
        {"about": issue(comment("/postmortem", "09:00", by=VIEWER))},
        {"about": issue(ORDERED, author="mallory", labels=["incident"])},
    ],
)
def test_one_that_nobody_asked_for_is_counted_and_not_read(said):
    found = began(**said)

    assert (found.postmortem, found.problems) == (None, ())
    assert [(one.where, one.outcome) for one in found.ignored] == [("#50", "not shown")]


def test_a_person_s_own_comes_first():
    by_hand = began(number=51, author="jane", created_at="10:00")
    found = postmortem.learn([began(), by_hand])

    assert found.postmortems == (by_hand.postmortem,)
    assert [one.where for one in found.problems] == ["#50"]
    closed = began(event("closed", "11:00", detail="completed"))
    assert postmortem.learn([by_hand, closed]).postmortems == (closed.postmortem,)
