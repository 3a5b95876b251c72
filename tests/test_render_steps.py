"""A timeline's steps: what each update, each beginning and each end changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import board
from ghstatus.model import ComponentStatus
from ghstatus.render.pages import steps
from tests.builders import NOW, at, incident, policy, snapshot, update


def told(one):
    story = board.judge(snapshot(one), NOW).incidents[one.ref]
    return steps.steps(story, NOW, policy())


def lines(one):
    """`09:00 1 copr major_outage`, newest first."""
    return [
        " ".join([f"{step.at:%H:%M}", "end" if step.is_end else str(step.number), *map(" ".join, step.changes)])
        for step in told(one)
    ]


def test_a_severity_that_changes_changes_its_components():
    worse = update("09:00", "identified", severity="critical")

    assert lines(incident(components=["copr", "koji"], updates=[worse])) == [
        "09:00 1 copr major_outage koji major_outage",
        "08:00 0 copr partial_outage koji partial_outage",
    ]


def test_only_the_components_that_change_are_told():
    better = update("10:00", components={"koji": "degraded_performance"})
    joined = update("09:00", components={"web": "major_outage"})

    assert lines(incident(components=["copr", "koji"], updates=[joined, update("09:30"), better])) == [
        "10:00 3 koji degraded_performance",
        "09:30 2",
        "09:00 1 web major_outage",
        "08:00 0 copr partial_outage koji partial_outage",
    ]


def test_what_is_said_again_changes_nothing():
    assert lines(incident(updates=[update("09:00", severity="major", components={"copr": None})]))[0] == "09:00 1"


def test_the_end_brings_everything_back_and_opening_again_takes_it():
    updates = [update("09:00", "resolved"), update("10:00", "identified"), update("11:00", "resolved")]

    assert lines(incident(updates=updates)) == [
        "11:00 3 copr operational",
        "10:00 2 copr partial_outage",
        "09:00 1 copr operational",
        "08:00 0 copr partial_outage",
    ]


def test_an_end_without_a_word_is_a_step():
    assert lines(incident(ended="10:00", updates=[update("09:00"), update("11:00", text="Post-mortem.")])) == [
        "11:00 2",
        "10:00 end copr operational",
        "09:00 1",
        "08:00 0 copr partial_outage",
    ]


def test_an_end_without_a_word_may_follow_one_with_words():
    updates = [update("09:00", "resolved"), update("10:00", "identified")]

    assert lines(incident(ended="11:00", updates=updates))[0] == "11:00 end copr operational"


def test_of_two_updates_at_once_the_last_tells():
    updates = [update("09:00", text="One."), update("09:00", "resolved", text="Two.")]

    assert lines(incident(updates=updates))[:2] == ["09:00 2 copr operational", "09:00 1"]


def test_what_an_update_says_at_the_very_beginning_is_how_it_began():
    work = incident(kind="maintenance", started="08:00", updates=[update("08:00", "in_progress")])

    assert lines(work) == ["08:00 1", "08:00 0 copr under_maintenance"]


@pytest.mark.parametrize("phase", [None, "cancelled"])
def test_what_is_planned_stands_below_what_was_said_about_it(phase):
    plan = incident(kind="maintenance", started="2026-03-07 06:00", updates=[update("09:00", phase)])

    assert lines(plan) == ["09:00 1", "06:00 0"]


def test_what_was_said_before_it_began_stands_below():
    work = incident(kind="maintenance", started="11:00", updates=[update("09:00", text="Soon.")])

    assert lines(work) == ["11:00 0 copr under_maintenance", "09:00 1"]


def test_a_false_alarm_did_nothing():
    assert lines(incident(false_alarm="No.", updates=[update("09:00")])) == ["09:00 end", "09:00 1", "08:00 0"]


def test_an_announcement_ends_without_a_step():
    assert lines(incident(kind="announcement", started="2026-01-01 09:00")) == ["09:00 0"]


@pytest.mark.parametrize(
    ("said", "is_worth"),
    [
        ({}, False),
        ({"ended": "10:00"}, False),
        ({"updates": [update("09:00")]}, True),
        ({"components": {"copr": "major_outage", "koji": "major_outage"}}, False),
        ({"components": {"copr": "major_outage", "koji": "degraded_performance"}}, True),
    ],
)
def test_a_timeline_is_shown_where_it_says_more_than_the_facts(said, is_worth):
    assert steps.is_worth_telling(told(incident(**said))) is is_worth


PHASES = st.sampled_from([None, "investigating", "identified", "monitoring", "resolved"])
STATUSES = st.dictionaries(st.sampled_from(["copr", "koji"]), st.sampled_from([None, *ComponentStatus]), max_size=2)
UPDATES = st.lists(
    st.builds(
        lambda minute, phase, severity, components: update(
            at(f"09:{minute:02}"), phase, severity=severity, components=components
        ),
        st.integers(0, 20),
        PHASES,
        st.sampled_from([None, "minor", "major", "critical"]),
        STATUSES,
    ),
    max_size=6,
).map(lambda found: sorted(found, key=lambda one: one.at))


@given(UPDATES)
def test_the_steps_lead_to_what_is_true_now(updates):
    one = incident(components=["copr"], updates=updates)
    judged = board.judge(snapshot(one), NOW)
    reached = {}
    for step in reversed(told(one)):
        reached |= dict(step.changes)

    now = {span.component: span.status for span in judged.incidents[one.ref].record.spans if span.end is None}
    assert {name: status for name, status in reached.items() if status is not ComponentStatus.OPERATIONAL} == now
