"""Whose post-mortem is believed, and when others may read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import learnt, postmortem, postmortemfile
from ghstatus.grammar.postmortem import House, Reading
from ghstatus.model import FollowUp, Postmortem
from tests.builders import NOW, at, comment, context, event, issue, site
from tests.strategies import markdown, moments

TRACKER = "https://github.com/packit/status"
TEXT = learnt.write("42", "A disk was full.\n\n## Follow-ups\n\n- [ ] Watch the disks (@jane, #12)")
UNREVIEWED = House(tracker=TRACKER)
REVIEWED = House(("rita", "Rob"), TRACKER)
CLOSED = event("closed", "11:00", detail="completed")


def written(*done, **said):
    return issue(*done, labels=("postmortem",), **{"number": 50, "text": TEXT} | said)


def parse(one, house=UNREVIEWED):
    return postmortem.parse(one, context(dialect=postmortem.dialect(site())), house, {}.get)


def test_an_open_one_waits():
    reading = parse(written())

    assert reading.postmortem == Postmortem(
        incident="42",
        ref="50",
        text=TEXT,
        written=at("08:00"),
        url=f"{TRACKER}/issues/50",
        waits_for="that it is closed as completed",
        follow_ups=(FollowUp(text="Watch the disks", owner="jane", url=f"{TRACKER}/issues/12"),),
    )
    assert not reading.problems
    assert not reading.ignored


def test_closed_as_completed_it_is_published():
    assert parse(written(CLOSED)).postmortem.published == at("11:00")
    assert not parse(written(CLOSED)).postmortem.waits_for


@pytest.mark.parametrize(
    ("done", "waits_for"),
    [
        ([event("closed", detail="not_planned")], "that it is closed as completed, not as not planned"),
        ([event("closed", detail="duplicate")], "that it is closed as completed, not as duplicate"),
        ([event("closed", by="stale[bot]", detail="completed")], "that somebody who may publish closes it"),
        ([CLOSED, event("reopened", "11:30")], "that it is closed as completed"),
    ],
)
def test_closed_otherwise_it_waits(done, waits_for):
    found = parse(written(*done)).postmortem

    assert (found.published, found.waits_for) == (None, waits_for)


def test_a_strangers_is_counted_and_not_read():
    for author, who in (("mallory", "@mallory"), ("", "somebody whose account is gone")):
        reading = parse(written(CLOSED, author=author, events=()))

        assert (reading.postmortem, reading.problems) == (None, ())
        assert str(reading.ignored[0]) == (
            f"#50: opened by {who}, who may not publish; "
            "accepted: its label, put on it by somebody who may triage → not shown"
        )


def test_a_strangers_that_somebody_labelled_is_read_until_the_stranger_edits_it():
    labelled = event("labeled", "08:30", by="jane", detail="postmortem")
    closed = event("closed", "11:00", by="jane", detail="completed")
    one = {"author": "mallory", "labels": ()}

    assert parse(issue(labelled, closed, number=50, text=TEXT, **one)).postmortem.published == at("11:00")
    edited = issue(labelled, closed, number=50, text=TEXT, edited_at=at("09:00"), editor="mallory", **one)
    assert parse(edited).postmortem.waits_for == "that somebody who may publish vouches for what was edited since"


def test_one_that_names_no_incident_is_a_problem():
    reading = parse(written(text="A disk was full."))

    assert reading.postmortem is None
    assert [str(problem) for problem in reading.problems] == [
        "#50: it names no incident; accepted: a line `Incident: #42` → not shown"
    ]


@pytest.mark.parametrize(
    ("done", "said", "since"),
    [
        ([comment("/approve", "10:00", by="rita")], {}, "11:00"),
        ([comment("Fine.\r\n /Approve \r\n", "11:30", by="ROB")], {}, "11:30"),
        ([comment("/approve", "10:00", by="rita")], {"edited_at": at("10:30"), "editor": "rita"}, "11:00"),
        ([comment("/approve", "10:00", by="rita")], {"edited_at": at("09:30"), "editor": "jane"}, "11:00"),
        ([comment("/approve", "10:00", by="rita", edited_at="10:10", editor="rita")], {}, "11:00"),
        (
            [comment("/approve", "09:00", by="rita"), comment("/approve", "10:40", by="rita")],
            {"edited_at": at("10:30"), "editor": "jane"},
            "11:00",
        ),
    ],
)
def test_a_reviewer_approves(done, said, since):
    assert parse(written(CLOSED, *done, **said), REVIEWED).postmortem.published == at(since)


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ([], {}),
        ([comment("/approve", by="jane")], {}),
        ([comment("`/approve`", by="rita")], {}),
        ([comment("> /approve", by="rita")], {}),
        ([comment("I'd /approve", by="rita")], {}),
        ([comment("```\n/approve\n```", by="rita")], {}),
        ([comment("/approve", by="rita", is_minimized=True)], {}),
        ([comment("/approve", by="rita", edited_at="10:00", editor="jane")], {}),
        ([comment("/approve", "10:00", by="rita")], {"edited_at": at("10:30"), "editor": "jane"}),
    ],
)
def test_anything_else_is_no_approval(done, said):
    reading = parse(written(CLOSED, *done, **said), REVIEWED)

    assert reading.postmortem.published is None
    assert reading.postmortem.waits_for == "`/approve` in a comment by @rita or @Rob"
    assert [str(problem) for problem in reading.problems] == [
        "#50: no reviewer has approved it; accepted: `/approve` in a comment by @rita or @Rob → not published"
    ]
    assert parse(written(*done, **said), REVIEWED).problems == ()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (comment("/approve", by="rita"), "taken"),
        (comment("/aprove", by="rita"), "mistaken"),
        (comment("/approve", by="jane"), "mistaken"),
        (comment("/approve", by="mallory"), None),
        (comment("`/approve`", by="rita"), None),
        (comment("/packit build", by="rita"), None),
    ],
)
def test_what_is_said_to_approve_is_answered(said, answer):
    review = parse(written(said), REVIEWED).review

    assert {"taken": review.taken, "mistaken": review.mistaken} == {
        "taken": {said.id} if answer == "taken" else frozenset(),
        "mistaken": {said.id} if answer == "mistaken" else frozenset(),
    }
    assert parse(written(said)).review is None


def read(text, house=UNREVIEWED, ref="disk-full"):
    return postmortemfile.read(text, where=f"postmortems/{ref}.md", ref=ref, house=house, now=NOW)


def test_a_file_says_all_that_an_issue_does():
    text = (
        "---\nincident: '#42'\nstatus: published\napproved_by: [rita]\nwritten: 2026-03-03\npublished: 2026-03-05\n"
        "---\nA disk was full.\n\n- [ ] Watch the disks (@jane)\n"
    )
    expected = Postmortem(
        incident="42",
        ref="disk-full",
        text="A disk was full.\n\n- [ ] Watch the disks (@jane)",
        written=at("2026-03-03"),
        published=at("2026-03-05"),
        follow_ups=(FollowUp(text="Watch the disks", owner="jane"),),
    )

    assert read(text).postmortem == expected
    assert read(text, REVIEWED).postmortem.published == expected.published
    assert not read(text).problems


@pytest.mark.parametrize(
    ("front", "since", "waits_for"),
    [
        ("status: draft", None, "`status: published`"),
        ("incident: 42", None, "`status: published`"),
        ("status: published", None, "`approved_by:` @rita or @Rob"),
        ("status: published\napproved_by: jane", None, "`approved_by:` @rita or @Rob"),
        ("status: Published\napproved_by: jane, @ROB\nwritten: 2026-03-01", "2026-03-01", ""),
        ("status: published\napproved_by: rob", NOW, ""),
    ],
)
def test_a_file_waits_as_an_issue_does(front, since, waits_for):
    reading = read(f"---\n{front}\n---\nText\n", REVIEWED)

    found = reading.postmortem
    assert (found.published, found.waits_for) == (since and at(since), waits_for)
    assert [problem.key for problem in reading.problems] == (["approved_by"] if "approved_by" in waits_for else [])


@pytest.mark.parametrize(
    ("text", "incident"),
    [
        ("---\nincident: disk-2026\n---\n", "disk-2026"),
        ("---\nstatus: draft\n---\nIncident: #42\n", "42"),
        ("---\nstatus: draft\n---\n", "disk-full"),
        ("no front matter at all", "disk-full"),
    ],
)
def test_a_file_is_about_what_it_says_or_is_called(text, incident):
    assert read(text).postmortem.incident == incident


def test_what_a_file_says_wrong_is_told_with_its_place():
    reading = read("---\nstatus: done\nwritten: soon\nauthor: jane\n---\nText\n")

    assert [str(problem) for problem in reading.problems] == [
        "postmortems/disk-full.md:4:1: author: unknown key 'author'; accepted: incident, status, approved_by, written, published → ignored",
        "postmortems/disk-full.md:2:1: status: 'done' is no status; accepted: draft or published → not shown",
        "postmortems/disk-full.md:3:1: written: 'soon' is not a time; accepted: a date and time such as 2026-03-02 20:10 UTC or 2026-03-02T20:10:00+01:00 → ignored",
    ]
    assert read("---\nstatus: draft\nstatus: draft\n---\nText\n").problems


@given(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True),
    markdown.map(lambda text: text.replace("\r", "\n").strip()),
    moments,
    st.booleans(),
)
def test_a_file_is_read_as_it_was_written(incident, text, moment, is_published):
    one = Postmortem(
        incident=incident,
        ref="disk-full",
        text=text,
        written=moment,
        published=moment if is_published else None,
        waits_for="" if is_published else "`status: published`",
        follow_ups=learnt.follow_ups(text, TRACKER),
    )

    assert read(postmortemfile.write(one, ("rob",)), House(("rob",), TRACKER)).postmortem == one
    assert read(postmortemfile.write(one)).postmortem == one


def test_of_several_the_published_one_counts_then_the_oldest():
    draft, older, newer = (
        Postmortem(incident="42", ref="50", text="", written=at("08:00"), url="x"),
        Postmortem(incident="42", ref="b", text="", written=at("09:00"), published=NOW),
        Postmortem(incident="42", ref="52", text="", written=at("10:00"), published=NOW, url="y"),
    )
    other = Postmortem(incident="43", ref="53", text="", written=NOW)
    found = postmortem.learn(Reading(one) for one in (draft, newer, other, older))

    assert found.postmortems == (older, other)
    assert [str(problem) for problem in found.problems] == [
        "#52: the post-mortem of 42 is postmortems/b.md already → not shown",
        "#50: the post-mortem of 42 is postmortems/b.md already → not shown",
    ]


def test_it_is_told_by_its_label():
    made = postmortem.dialect(site())

    assert made.gates == ("postmortem",)
    assert made.text("text").content == "text"
    assert made.text("text").place(()) == (1, 1)
    assert made.comment("text", None, None) is None
