"""Ninety days of a component as one small drawing."""

from datetime import date, timedelta

import pytest

from ghstatus.model import ComponentStatus, Day, Uptime
from ghstatus.render.pages import bars

MONDAY = date(2026, 3, 2)


def uptime(*days):
    """Each day is its status, or its status and its incidents."""
    told = [one if isinstance(one, tuple) else (one,) for one in days]
    return Uptime(
        component="copr",
        days=tuple(
            Day(
                date=MONDAY + timedelta(days=number),
                status=status and ComponentStatus(status),
                downtime=timedelta(hours=2 if refs else 0),
                refs=tuple(refs),
            )
            for number, (status, *refs) in enumerate(told)
        ),
        ratio=1,
    )


def test_calm_days_are_one_path():
    drawn = bars.draw(uptime("operational", "operational"))

    assert drawn.calm == "M0 14h3v10h-3zM4 14h3v10h-3z"
    assert drawn.width == 7
    assert (drawn.told, drawn.unseen, drawn.unwatched) == ((), "", "")


def test_days_before_a_component_was_watched_are_another():
    drawn = bars.draw(uptime(None, "operational"))

    assert (drawn.unwatched, drawn.calm) == ("M0 21h3v3h-3z", "M4 14h3v10h-3z")


def test_a_day_with_an_incident_tells_of_it_and_leads_there():
    (bar,) = bars.draw(uptime("operational", ("partial_outage", "one", "two"))).told

    assert bar == bars.Bar(4, 4, 20, "partial_outage", "3 Mar 2026: partial outage (counted as 2 h of downtime)", "one")


def test_maintenance_is_no_downtime():
    day = Day(date=MONDAY, status=ComponentStatus.UNDER_MAINTENANCE, downtime=timedelta(), refs=("one",))
    (bar,) = bars.draw(Uptime(component="copr", days=(day,), ratio=1)).told

    assert bar.title == "2 Mar 2026: under maintenance"


def test_the_worse_a_day_the_taller_its_bar():
    drawn = bars.draw(uptime(*((status, "one") for status in list(ComponentStatus)[2:])))

    assert [bar.height for bar in drawn.told] == [14, 16, 20, 24]
    assert all(bar.y + bar.height == bars.HEIGHT for bar in drawn.told)


def test_a_day_that_an_incident_hit_before_the_component_was_watched_can_be_drawn():
    (bar,) = bars.draw(uptime((None, "one"))).told

    assert (bar.status, bar.height) == ("operational", 10)


def test_a_present_that_could_not_be_observed_is_drawn_apart():
    drawn = bars.draw(uptime("operational", "operational"), unseen=True)

    assert (drawn.calm, drawn.unseen) == ("M0 14h3v10h-3z", "M4 14h3v10h-3z")
    assert drawn.label == "The last 2 days: no incidents; today unknown"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["operational"] * 3, "The last 3 days: no incidents"),
        ([None, "operational"], "The last day: no incidents"),
        (
            ["operational", ("degraded_performance", "a"), ("major_outage", "b"), ("major_outage", "c")],
            "The last 4 days: major outage on 2 days, degraded performance on 1 day",
        ),
    ],
)
def test_the_whole_drawing_is_told_in_a_sentence(days, told):
    assert bars.draw(uptime(*days)).label == told
