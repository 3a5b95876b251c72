"""The board as JSON."""

import json
from datetime import timedelta, timezone

from ghstatus import board
from ghstatus.render.programs.summary import summary
from tests.builders import NOW, component, incident, snapshot


def judged(*incidents, **said):
    return summary(board.judge(snapshot(*incidents, **said), NOW))


def test_a_calm_page_in_json():
    assert judged() == {
        "now": "2026-03-02T12:00:00Z",
        "status": "operational",
        "impact": "none",
        "since": None,
        "headline": "All systems operational",
        "components": [{"id": "copr", "name": "copr", "status": "operational", "since": None, "incidents": []}],
        "incidents": [],
        "maintenance": [],
        "announcements": [],
        "unobserved": [],
        "problems": [],
    }


def test_an_outage_in_json():
    told = judged(incident("one"), components=(component(name="Copr"),))

    assert told["components"] == [
        {
            "id": "copr",
            "name": "Copr",
            "status": "partial_outage",
            "since": "2026-03-02T08:00:00Z",
            "incidents": ["one"],
        }
    ]
    assert told["incidents"] == [
        {
            "ref": "one",
            "title": "Builds stay pending",
            "kind": "incident",
            "phase": "investigating",
            "status": "partial_outage",
            "started": "2026-03-02T08:00:00Z",
            "scheduled_until": None,
            "components": ["copr"],
        }
    ]


def test_maintenance_and_announcements_have_lists_of_their_own():
    told = judged(
        incident("later", kind="maintenance", started="13:00", scheduled_until="14:00"),
        incident("now", kind="maintenance"),
        incident("news", kind="announcement"),
    )

    assert [one["ref"] for one in told["maintenance"]] == ["now", "later"]
    assert told["maintenance"][1]["scheduled_until"] == "2026-03-02T14:00:00Z"
    assert [one["ref"] for one in told["announcements"]] == ["news"]


def test_times_are_in_utc():
    there = incident("one", started=NOW.astimezone(timezone(timedelta(hours=-5))))

    assert judged(there)["incidents"][0]["started"] == "2026-03-02T12:00:00Z"


def test_what_could_not_be_observed_is_listed():
    told = judged(unobserved=frozenset({"koji", "copr"}))

    assert (told["unobserved"], told["status"]) == (["copr", "koji"], "unknown")


def test_problems_are_told_in_words():
    (problem,) = judged(incident("soon", started="13:00"))["problems"]

    assert problem.startswith("soon: started: 2026-03-02 13:00 UTC lies ahead")


def test_it_is_json():
    assert json.loads(json.dumps(judged(incident()))) == judged(incident())
