"""What readers of Upptime's files find."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW, component, incident, policy, site
from tests.test_render_outputs import built, everything, read

KEYS = [
    *("name", "url", "icon", "slug", "status", "uptime", "uptimeDay", "uptimeWeek", "uptimeMonth", "uptimeYear"),
    *("time", "timeDay", "timeWeek", "timeMonth", "timeYear", "showAverageResponseTime", "dailyMinutesDown"),
]


def told(*incidents, on=None, **said):
    return built(on or site(component("copr", name="Copr")), *incidents, **said)


def summary(*incidents, **said):
    return read(told(*incidents, **said), "history/summary.json")


def test_the_summary_has_every_key_that_readers_index():
    assert [list(one) for one in read(everything(), "history/summary.json")] == [KEYS] * 8


def test_the_summary_tells_uptime_and_nothing_of_response_times():
    (found,) = summary(incident(severity="critical", started="11:00", ended="11:36"))

    assert found == {
        "name": "Copr",
        "url": "../components/copr/",
        "icon": "../static/operational.svg",
        "slug": "copr",
        "status": "up",
        "uptime": "99.97%",
        "uptimeDay": "97.50%",
        "uptimeWeek": "99.61%",
        "uptimeMonth": "99.91%",
        "uptimeYear": "99.97%",
        **dict.fromkeys(("time", "timeDay", "timeWeek", "timeMonth", "timeYear"), 0),
        "showAverageResponseTime": False,
        "dailyMinutesDown": {"2026-03-02": 36},
    }


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"severity": "critical"}, "down"),
        ({"severity": "major"}, "degraded"),
        ({"severity": "minor"}, "degraded"),
        ({"kind": "maintenance", "severity": None}, "degraded"),
        ({"ended": "10:00"}, "up"),
    ],
)
def test_only_what_works_is_up(said, status):
    assert summary(incident(**said))[0]["status"] == status


def test_what_cannot_be_observed_is_not_up():
    assert summary(unobserved=frozenset({"copr"}))[0]["status"] == "degraded"


def test_hidden_components_and_those_not_watched_yet_are_left_out():
    on = site(component("a", hidden=True), component("b", start_date=date(2026, 4, 1)), component("c"))
    files = told(on=on)

    assert [one["slug"] for one in read(files, "history/summary.json")] == ["c"]
    assert [path for path in files if path.startswith(("api/a/", "api/b/"))] == []


def test_endpoints_are_what_shields_takes():
    files = told(incident(severity="critical", started="09:00", ended="11:00"))

    assert read(files, "api/copr/uptime-day.json") == {
        "schemaVersion": 1,
        "label": "uptime 24h",
        "message": "91.66%",
        "color": "green",
    }
    assert {
        path.removeprefix("api/copr/"): read(files, path)["label"] for path in files if path.startswith("api/copr/")
    } == {
        "uptime.json": "uptime",
        "uptime-day.json": "uptime 24h",
        "uptime-week.json": "uptime 7d",
        "uptime-month.json": "uptime 30d",
    }


@pytest.mark.parametrize(
    ("hours", "color"),
    [(0, "brightgreen"), (1.2, "green"), (2, "green"), (3, "yellowgreen"), (4, "yellow"), (5, "orange"), (8, "red")],
)
def test_the_colours_are_upptime_s(hours, color):
    down = () if not hours else (incident(severity="critical", started=NOW - timedelta(hours=hours), ended="12:00"),)

    assert read(told(*down), "api/copr/uptime-day.json")["color"] == color


def test_a_year_is_told_where_it_is_known():
    files = told(on=site(component("copr"), policy=policy(uptime_days=365)))

    assert read(files, "api/copr/uptime-year.json")["label"] == "uptime 1y"


def test_a_span_that_is_not_known_is_left_out():
    files = told(on=site(component("copr"), policy=policy(uptime_days=10)))

    assert "api/copr/uptime-month.json" not in files
    assert read(files, "history/summary.json")[0]["uptimeMonth"] == "100%"


def test_a_part_of_a_minute_down_is_one():
    assert summary(incident(severity="major", started="11:00", ended="11:01"))[0]["dailyMinutesDown"] == {
        "2026-03-02": 1
    }
