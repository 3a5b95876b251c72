"""What a program opened for others, and what of it a person's token believes: as much as somebody trusted said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus.grammar import draft
from ghstatus.grammar import issue as grammar
from ghstatus.grammar.recurring import occurrence
from ghstatus.model import Affected, Labels, Phase, Recurring
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
