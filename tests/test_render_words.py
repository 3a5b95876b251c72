"""Statuses, phases and whole boards in words."""

import pytest

from ghstatus import board, timeline
from ghstatus.model import ComponentStatus, Kind, Phase
from ghstatus.render.text import words
from tests.builders import NOW, component, incident, policy, snapshot, update

ALL = tuple(component(name) for name in ("copr", "koji", "mock", "bodhi"))


def judged(*incidents, **said):
    return board.judge(snapshot(*incidents, **{"components": ALL} | said), NOW)


@pytest.mark.parametrize(
    ("ratio", "told"),
    [
        (1, "100 %"),
        (0.99999, "99.99 %"),
        (0.9995, "99.95 %"),
        (0.7, "70.00 %"),
        (0.123456, "12.34 %"),
        (0, "0.00 %"),
    ],
)
def test_only_a_flawless_record_is_a_hundred_percent(ratio, told):
    assert words.percent(ratio) == told


@pytest.mark.parametrize(
    ("incidents", "told"),
    [
        ([], "All systems operational"),
        ([incident(severity="critical")], "Major outage of copr"),
        ([incident(components=["copr", "koji"])], "Partial outage of copr and koji"),
        ([incident(severity="minor")], "Degraded performance: copr"),
        ([incident(components=[])], "Partial outage"),
        ([incident(components=[], severity="minor")], "Degraded performance"),
        ([incident(kind="maintenance")], "Maintenance in progress: copr"),
        ([incident(kind="maintenance", components=[])], "Maintenance in progress"),
        ([incident(kind="announcement")], "All systems operational"),
        ([incident(), incident("worse", severity="critical", components=["koji"])], "Major outage of koji"),
    ],
)
def test_the_headline_tells_the_worst(incidents, told):
    assert words.headline(judged(*incidents)) == told


def test_what_could_not_be_read_is_never_called_operational():
    unseen = judged(unobserved=frozenset({"copr"}))

    assert words.headline(unseen) == "Status unknown: a part of this page could not be read"
    assert words.remark(unseen) == ""


CALM = {"components": {"copr": "operational"}}


@pytest.mark.parametrize(
    ("incidents", "unobserved", "told"),
    [
        ([], [], ""),
        ([incident()], [], ""),
        ([incident()], ["koji"], "A part of this page could not be read, so there may be more."),
        ([incident(**CALM)], [], "One incident is still open."),
        ([incident(**CALM), incident("two", **CALM), incident(kind="maintenance")], [], "2 incidents are still open."),
    ],
)
def test_the_remark_tells_what_the_headline_leaves_out(incidents, unobserved, told):
    several = [one if one.kind is Kind.INCIDENT else incident("m", kind="maintenance") for one in incidents]

    assert words.remark(judged(*several, unobserved=frozenset(unobserved))) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Partial outage"),
        ({"false_alarm": "A typo."}, "False alarm"),
        ({"duplicate_of": "41"}, "Duplicate of #41"),
        ({"duplicate_of": "copr-down", "false_alarm": "A typo."}, "Duplicate of copr-down"),
        ({"duplicate_of": ""}, "Duplicate"),
        ({"kind": "maintenance"}, "Maintenance"),
        ({"kind": "maintenance", "started": "13:00", "updates": [update("09:00", "cancelled")]}, "Cancelled"),
        ({"kind": "announcement"}, "Announcement"),
    ],
)
def test_a_list_says_what_something_was(said, told):
    assert words.outcome(timeline.record(incident(**said), NOW, policy())) == told


def test_there_is_a_word_for_everything():
    assert words.STATUSES.keys() == set(ComponentStatus)
    assert words.PHASES.keys() == set(Phase)
    assert words.KINDS.keys() == set(Kind)


@pytest.mark.parametrize(("kind", "look"), [("incident", "partial_outage"), ("announcement", "announcement")])
def test_an_announcement_looks_like_no_status(kind, look):
    assert words.look(timeline.record(incident(kind=kind, severity="major"), NOW, policy())) == look
    assert look in words.LOOKS
