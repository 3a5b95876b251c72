"""Incidents on the board → outages that may explain failures."""

from datetime import timedelta

import pytest

from ghstatus import board
from ghstatus.known import outages_of
from ghstatus.model import Scope, Watch
from tests.builders import NOW, affected, at, component, incident, phrase, rule, site, snapshot, update

PAGE = site(component("copr"), component("koji"), base_url="https://status.example.org/")
TRACKER = "https://github.com/packit/status"


def outages(*incidents, page=PAGE, tracker="", **said):
    seen = board.judge(snapshot(*incidents, components=page.components), NOW)
    return outages_of(replaced(seen, tracker), page, **said)


def replaced(seen, tracker):
    from dataclasses import replace

    return replace(seen, tracker=tracker)


def test_an_incident_is_an_outage_of_what_it_hits():
    scope = Scope(match=(phrase("disk full"),))
    (one,) = outages(incident(components=["copr", "koji"], workaround="Wait.", eta="soon", scope=scope))

    assert (one.ref, one.title, one.components) == ("builds-pending", "Builds stay pending", {"copr", "koji"})
    assert (one.start, one.end, one.scope, one.remedy, one.eta) == (at("08:00"), None, scope, "Wait.", "soon")
    assert (one.url, one.issue) == ("https://status.example.org/incidents/builds-pending/", "")


def test_an_incident_that_is_an_issue_names_it():
    (one,) = outages(incident("42", number=42), tracker=TRACKER)

    assert (one.url, one.issue) == ("https://status.example.org/incidents/42/", "packit/status#42")


def test_without_a_page_the_issue_is_shown():
    page = site(component("copr"))

    assert outages(incident("42", number=42), page=page, tracker=TRACKER)[0].url == f"{TRACKER}/issues/42"
    assert outages(incident(), page=page, tracker=TRACKER)[0].url == ""
    assert outages(incident("42", number=42), page=page)[0].url == ""


@pytest.mark.parametrize(
    "said",
    [
        {"false_alarm": "It was us."},
        {"components": []},
        {"components": {"copr": "operational"}},
        {"components": {"copr": "unknown"}},
        {"kind": "announcement"},
        {"kind": "maintenance", "started": "2026-03-02 13:00"},
        {"started": "2026-03-04 08:00"},
    ],
)
def test_what_breaks_nothing_explains_nothing(said):
    assert outages(incident(**said)) == ()


def test_a_maintenance_in_progress_is_an_outage_and_says_so():
    (one,) = outages(incident(kind="maintenance", started="11:00", scheduled_until="14:00"))
    (two,) = outages(incident(kind="maintenance", title="Planned Maintenance of Copr", started="11:00"))

    assert (one.title, one.start, one.end) == ("Maintenance: Copr gets new disks", at("11:00"), None)
    assert two.title == "Planned Maintenance of Copr"


def test_an_incident_that_came_back_is_two():
    again = incident(updates=(update("09:00", "resolved"), update("10:00", "identified")))

    assert [(one.start, one.end) for one in outages(again)] == [(at("10:00"), None), (at("08:00"), at("09:00"))]


def test_an_incident_that_gets_better_or_worse_goes_on():
    worse = incident(severity="minor", updates=(update("09:00", severity=None, components=["copr"]), worsened("10:00")))

    assert [(one.start, one.end) for one in outages(worse)] == [(at("08:00"), None)]


def worsened(when):
    return update(when, components={"copr": "major_outage"})


def test_each_component_is_out_for_as_long_as_it_is_hit():
    spreading = incident(
        updates=(update("09:00", components=["koji"]), update("10:00", components={"copr": "operational"}))
    )

    found = {tuple(one.components): (one.start, one.end) for one in outages(spreading)}

    assert found == {("copr",): (at("08:00"), at("10:00")), ("koji",): (at("09:00"), None)}


def test_what_ended_long_ago_is_left_out():
    page = site(
        component("copr"), rules=(rule(grace=1), rule("koji", grace=4)), watch=Watch(look_back=timedelta(hours=2))
    )

    def ended(when):
        return incident(started="2026-03-01 08:00", ended=when)

    assert len(outages(ended("06:00"), page=page)) == 1
    assert outages(ended("05:59"), page=page) == ()
    assert len(outages(ended("05:59"), page=page, since=at("05:00"))) == 1
    lone = site(component("copr"), watch=Watch(look_back=timedelta(hours=2)))
    assert len(outages(ended("08:00"), page=lone)) == 1
    assert outages(ended("07:59"), page=lone) == ()


def test_the_newest_start_comes_first():
    several = [incident("a"), incident("b", started="10:00"), incident("c", components=affected(["koji"]))]

    assert [one.ref for one in outages(*several)] == ["b", "a", "c"]
