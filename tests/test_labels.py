"""Labels: which there are, what they say, and which an issue should bear."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import timeline
from ghstatus.grammar import issue as grammar
from ghstatus.grammar import labels
from ghstatus.grammar.dialect import Meaning
from ghstatus.model import EventKind, Kind, Label, Labels, Phase, Severity
from tests.builders import NOW, START, VIEWER, comment, component, context, event, issue, policy, site

NAMES = Labels()


def test_there_is_a_label_for_everything():
    names = [label.name for label in labels.wanted(site(component("copr"), component("x" * 50)))]

    assert names == [
        *("incident", "maintenance", "announcement", "known-failure", "false-alarm", "postmortem", "reported"),
        *("severity/minor", "severity/major", "severity/critical"),
        *("phase/investigating", "phase/identified", "phase/monitoring", "component/copr"),
    ]


def test_github_takes_them_all():
    for label in labels.wanted(site(component("copr", name="A very\nlong name " * 20))):
        assert len(label.name) <= 50
        assert 0 < len(label.description) <= 100
        assert "\n" not in label.description
        assert len(bytes.fromhex(label.color)) == 3
        assert label.color == label.color.lower()


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("incident", Meaning(kind=Kind.INCIDENT)),
        ("Maintenance", Meaning(kind=Kind.MAINTENANCE)),
        ("announcement", Meaning(kind=Kind.ANNOUNCEMENT)),
        ("False-Alarm", Meaning(false_alarm=True)),
        ("severity/minor", Meaning(severity=Severity.MINOR)),
        ("Severity/ Critical", Meaning(severity=Severity.CRITICAL)),
        ("phase/in-progress", Meaning(phase=Phase.IN_PROGRESS)),
        ("component/Testing Farm", Meaning(component="Testing Farm")),
        *(
            (name, Meaning())
            for name in ("reported", "postmortem", "known-failure", "severity/", "component/", "bug", "")
        ),
    ],
)
def test_a_label_means_what_its_name_says(name, meaning):
    assert labels.meaning(Label(name, "d73a4a", "critical"), NAMES) == meaning


def test_names_follow_the_configuration():
    called = Labels(incident="outage", severity="sev: ", component="area-", phase="is ")

    assert labels.meaning(Label("Outage"), called).kind is Kind.INCIDENT
    assert labels.meaning(Label("incident"), called) == Meaning()
    assert labels.meaning(Label("sev: major"), called).severity is Severity.MAJOR
    assert labels.meaning(Label("area-copr"), called).component == "copr"
    assert labels.meaning(Label("is monitoring"), called).phase is Phase.MONITORING


@pytest.mark.parametrize("name", ["severity/majro", "phase/resovled"])
def test_a_label_that_should_mean_something_says_why_it_does_not(name):
    seen, accepted, outcome = labels.meaning(Label(name), NAMES).fault

    assert (repr(name) in seen, "did you mean" in accepted, outcome) == (True, True, "ignored")


# --- Upkeep


def upkeep(one, viewer=VIEWER):
    read = grammar.parse(one, context(viewer=viewer)).incident
    return labels.upkeep(one, read, timeline.record(read, NOW, policy()), NAMES, viewer)


def applied(one, add, remove, when=NOW, by=VIEWER):
    """The issue after somebody changed its labels."""
    events = [event("labeled", when, by, name) for name in add] + [
        event("unlabeled", when, by, name) for name in remove
    ]
    kept = (label for label in one.labels if label.name not in remove)
    return replace(one, labels=(*kept, *map(Label, add)), events=(*one.events, *events))


OPENED = ("incident", "severity/major", "component/copr")


def test_what_is_missing_is_added():
    text = "<!-- ghstatus\nseverity: minor\ncomponents: [copr]\n-->"

    assert upkeep(issue(labels=["incident"], text=text)) == (
        ("phase/investigating", "severity/minor", "component/copr"),
        (),
    )


def test_what_is_so_stays():
    assert upkeep(issue(labels=[*OPENED, "Phase/Investigating", "bug"])) == ((), ())


def test_newer_words_supersede_older_labels():
    said = "Identified: better\nSeverity: minor\nComponents: copr = operational, testing-farm"
    found = upkeep(issue(comment(said), labels=[*OPENED, "phase/investigating"]))

    assert found == (
        ("phase/identified", "severity/minor", "component/testing-farm"),
        ("severity/major", "component/copr", "phase/investigating"),
    )


def test_labels_without_an_event_are_as_old_as_their_issue():
    found = upkeep(issue(comment("Severity: minor\nBetter."), labels=["incident"], unseen=["severity/major"]))

    assert found[1] == ("severity/major",)


def test_what_a_person_put_stays_where_nobody_said_otherwise():
    beside = issue(event("labeled", "10:00", detail="severity/minor"), labels=OPENED)
    alias = issue(labels=["incident", "severity/major", "component/Copr", "component/services", "severity/foo"])

    assert upkeep(beside)[1] == ()
    assert upkeep(alias)[1] == ()


def test_what_ghstatus_put_goes_once_it_is_not_so():
    text = "### Severity\n\nminor"
    one = applied(
        issue(labels=["incident"], text=text), ["severity/critical", "component/copr", "phase/monitoring"], []
    )

    assert upkeep(one)[1] == ("severity/critical", "component/copr", "phase/monitoring")


def test_what_a_person_took_off_stays_off_until_something_is_said():
    one = issue(labels=["incident"], text="### Severity\n\nminor\n\n### Components\n\ncopr")
    one = applied(one, *upkeep(one), when=START)
    one = applied(one, [], ["phase/investigating"], when=NOW, by="jane")
    assert upkeep(one) == ((), ())

    one = issue(comment("Identified: disk", "10:00"), labels=OPENED)
    one = applied(one, ["phase/identified"], [], when="10:01")
    one = applied(one, [], ["phase/identified"], when="10:02", by="jane")
    assert upkeep(one) == ((), ())

    later = comment("Monitoring: ok", "10:30"), comment("Identified: no", "10:40")
    assert upkeep(replace(one, comments=(*one.comments, *later)))[0] == ("phase/identified",)


def test_what_ghstatus_took_off_comes_back():
    one = applied(issue(labels=OPENED), [], ["phase/investigating"])

    assert upkeep(one)[0] == ("phase/investigating",)


def test_what_is_over_bears_no_phase():
    assert upkeep(issue(comment("Resolved: ok"), labels=[*OPENED, "phase/investigating"])) == (
        (),
        ("phase/investigating",),
    )


def test_a_closed_issue_is_left_alone():
    assert upkeep(issue(event("closed"), labels=["incident", "phase/monitoring"])) == ((), ())


def test_a_closed_issue_loses_the_phase_that_ghstatus_put_there():
    put = [event("labeled", "09:00", VIEWER, one) for one in ("phase/monitoring", "severity/major")]
    one = issue(*put, event("closed"), labels=["incident", "severity/major", "phase/monitoring"])

    assert upkeep(one) == ((), ("phase/monitoring",))


def test_a_person_as_whom_ghstatus_acts_keeps_what_they_put_on_a_closed_issue():
    one = issue(
        event("labeled", "09:00", "", "phase/monitoring"), event("closed"), labels=["incident", "phase/monitoring"]
    )

    assert upkeep(one, viewer="") == ((), ())


def test_an_announcement_bears_nothing():
    text = "<!-- ghstatus\nseverity: minor\ncomponents: [copr]\n-->"

    assert upkeep(issue(labels=["announcement"], text=text)) == ((), ())


def test_a_maintenance_bears_its_components():
    assert upkeep(issue(labels=["maintenance"], text="### Components\n\ncopr"))[0] == ("component/copr",)


def test_a_label_whose_name_github_would_not_take_is_not_wanted():
    page = site(component("x" * 50))
    one = issue(text=f"### Components\n\n{'x' * 50}")
    read = grammar.parse(one, context(on=page)).incident

    assert [part.component for part in read.components] == ["x" * 50]
    found = labels.upkeep(one, read, timeline.record(read, NOW, policy()), NAMES, VIEWER)
    assert found == (("phase/investigating",), ())


_WORDS = st.sampled_from([*(f"severity/{one}" for one in Severity), "phase/identified", "phase/monitoring"])
_PARTS = st.sampled_from(["component/copr", "component/Testing Farm", "component/services", "phase/resolved"])
_TIMES = st.sampled_from(["08:00", "08:02", "08:04", "08:30", "09:00", "09:03", "10:00"])
_EVENTS = st.builds(
    event, st.sampled_from(["labeled", "unlabeled"]), _TIMES, st.sampled_from(["jane", "eve", VIEWER]), _WORDS | _PARTS
)
_SAID = st.sampled_from(
    ["Identified: x", "Resolved: y", "Severity: minor", "Components: copr = operational", "Monitoring: z"]
)
_COMMENTS = st.builds(comment, _SAID, _TIMES)


@given(st.lists(_EVENTS | _COMMENTS, max_size=8), st.lists(_WORDS | _PARTS, max_size=2, unique=True))
def test_once_is_enough_and_changes_nothing(done, opened):
    one = issue(*done, labels=["incident", *opened])
    after = applied(one, *upkeep(one))

    assert upkeep(after) == ((), ())
    assert grammar.parse(after, context()).incident == grammar.parse(one, context()).incident
    assert {one.kind for one in after.events} <= {EventKind.LABELED, EventKind.UNLABELED}
