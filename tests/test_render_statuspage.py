"""Statuspage's eight files, as strict readers want them."""

import json
import re
from dataclasses import replace

import pytest

from ghstatus.model import ComponentStatus, Response
from ghstatus.render import recent
from tests.builders import at, component, group, incident, site, tracker, update
from tests.test_render_outputs import built, everything, read
from tests.test_site_golden import SITE

FILES = {
    "summary": ["page", "components", "incidents", "scheduled_maintenances", "status"],
    "status": ["page", "status"],
    "components": ["page", "components"],
    "incidents": ["page", "incidents"],
    "incidents/unresolved": ["page", "incidents"],
    "scheduled-maintenances": ["page", "scheduled_maintenances"],
    "scheduled-maintenances/upcoming": ["page", "scheduled_maintenances"],
    "scheduled-maintenances/active": ["page", "scheduled_maintenances"],
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z")
INDICATORS = {"none", "minor", "major", "critical"}
STATUSES = {"operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"}
PAGE = {"id", "name", "url", "time_zone", "updated_at"}
COMPONENT = {
    *("id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date"),
    *("group_id", "page_id", "group", "only_show_if_degraded"),
}
INCIDENT = {
    *("id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink"),
    *("started_at", "page_id", "incident_updates", "components", "reminder_intervals"),
}
UPDATE = {
    *("id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components"),
    *("deliver_notifications", "custom_tweet", "tweet_id"),
}


def v2(files, name):
    return read(files, f"api/v2/{name}.json")


def told(*incidents, on=None, **said):
    return built(on or site(component("copr", name="Copr")), *incidents, **said)


def one(*incidents, kind="incidents", **said):
    (found,) = v2(told(*incidents, **said), kind)[kind.replace("-", "_")]
    return found


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_as_it_was_when_somebody_read_it(name, golden):
    text = json.dumps(v2(everything(), name), indent=1, ensure_ascii=False)

    golden(f"golden/v2-{name.replace('/', '-')}.json", f"{text}\n")


@pytest.mark.parametrize(("name", "keys"), FILES.items())
def test_each_file_has_its_keys_and_no_list_is_missing(name, keys):
    files = v2(everything(), name)

    assert list(files) == keys
    assert [key for key in keys if key not in {"page", "status"} and not isinstance(files[key], list)] == []
    assert files["page"].keys() == PAGE


def everything_in(name):
    files = v2(everything(), name)
    return [*files.get("incidents", []), *files.get("scheduled_maintenances", [])]


@pytest.mark.parametrize("name", FILES)
def test_incidents_are_what_strict_readers_want(name):
    for found in everything_in(name):
        planned = {"scheduled_for", "scheduled_until"}
        assert found.keys() - planned == INCIDENT
        assert (found.keys() & planned == planned) is (found["impact"] == "maintenance")
        assert isinstance(found["id"], str)
        assert found["impact"] in {*INDICATORS, "maintenance"}
        assert all(TIME.fullmatch(found[key]) for key in ("created_at", "updated_at", "started_at"))
        assert found["created_at"] <= found["updated_at"]
        assert (found["resolved_at"] is not None) is (found["status"] in {"resolved", "completed"})
        assert found["shortlink"].startswith(SITE.base_url)
        updates = found["incident_updates"]
        assert [set(update) for update in updates] == [UPDATE] * len(updates)
        assert [update["created_at"] for update in updates] == sorted(
            (update["created_at"] for update in updates), reverse=True
        )
        assert updates[0]["status"] == found["status"]
        assert all(update["body"] and update["incident_id"] == found["id"] for update in updates)
        assert len({update["id"] for update in updates}) == len(updates)


def test_components_are_what_strict_readers_want():
    components = v2(everything(), "components")["components"]
    known = {found["id"]: found for found in components}
    groups = [found for found in components if found["group"]]

    assert [found["id"] for found in components][:3] == ["ours", "service", "dashboard"]
    assert [found["position"] for found in components] == sorted(found["position"] for found in components)
    assert all(found.keys() - {"components"} == COMPONENT and found["status"] in STATUSES for found in components)
    assert all(known[found["group_id"]]["group"] for found in components if found["group_id"])
    assert [(found["id"], found["components"]) for found in groups] == [
        ("ours", ["service", "dashboard", "staging", "docs"]),
        ("others", ["copr", "testing-farm", "koji"]),
    ]
    assert known["dashboard"]["start_date"] == "2026-01-20"
    assert known["dashboard"]["created_at"] == "2026-01-20T00:00:00.000Z"
    assert all(found["created_at"] <= found["updated_at"] for found in components)
    assert "legacy" not in known


def test_a_hidden_component_shows_while_something_is_wrong_with_it():
    hidden = site(component("copr", name="Copr"), component("old", name="Old", hidden=True))
    shown = v2(told(incident(components=["old"]), on=hidden), "components")["components"]

    assert [(found["id"], found["only_show_if_degraded"]) for found in shown] == [("copr", False), ("old", True)]


def test_a_group_without_components_to_show_is_left_out():
    on = site(component("old", group="g", hidden=True), component("copr"), groups=(group("g"), group("empty")))

    assert [found["id"] for found in v2(told(on=on), "components")["components"]] == ["copr"]


def test_a_group_called_like_a_component_gets_another_id():
    on = site(component("copr", group="copr"), groups=(group("copr"),))
    whole, part = v2(told(on=on), "components")["components"]

    assert (whole["id"], part["id"], part["group_id"]) == ("group.copr", "copr", "group.copr")


@pytest.mark.parametrize(
    ("severity", "indicator", "description"),
    [
        ("minor", "minor", "Partially Degraded Service"),
        ("major", "major", "Partial System Outage"),
        ("critical", "critical", "Major Service Outage"),
    ],
)
def test_the_rollup_tells_the_worst(severity, indicator, description):
    status = v2(told(incident(severity=severity)), "status")["status"]

    assert status == {"indicator": indicator, "description": description}


def test_the_rollup_of_a_calm_page():
    assert v2(told(), "status")["status"] == {"indicator": "none", "description": "All Systems Operational"}


def test_maintenance_alone_is_no_trouble():
    files = told(incident(kind="maintenance", started="11:00"))

    assert v2(files, "status")["status"] == {"indicator": "none", "description": "Service Under Maintenance"}
    assert v2(files, "components")["components"][0]["status"] == "under_maintenance"


def test_what_cannot_be_observed_is_never_operational():
    files = told(unobserved=frozenset({"copr"}))

    assert v2(files, "status")["status"] == {"indicator": "minor", "description": "Some systems can't be observed"}
    assert v2(files, "components")["components"][0]["status"] == "degraded_performance"


@pytest.mark.parametrize(
    ("kind", "indicator", "description"),
    [("incident", "major", "Partial System Outage"), ("maintenance", "minor", "Service Under Maintenance")],
)
def test_what_can_be_observed_stays_as_it_is_beside_what_cannot(kind, indicator, description):
    status = v2(told(incident(kind=kind, started="11:00"), unobserved=frozenset({"copr"})), "status")["status"]

    assert status == {"indicator": indicator, "description": f"{description}; some systems can't be observed"}


def test_each_update_tells_what_changed():
    told_ = one(
        incident(
            severity="minor",
            updates=[
                update("09:00", "identified", severity="critical", text="A disk."),
                update("09:30", text="Still."),
                update("10:00", "monitoring", components={"copr": "degraded_performance"}),
                update("11:00", "resolved", text=""),
            ],
        )
    )
    changes = [
        (
            update["status"],
            update["affected_components"][0]["old_status"],
            update["affected_components"][0]["new_status"],
        )
        for update in reversed(told_["incident_updates"])
    ]

    assert changes == [
        ("investigating", "operational", "degraded_performance"),
        ("identified", "degraded_performance", "major_outage"),
        ("identified", "major_outage", "major_outage"),
        ("monitoring", "major_outage", "degraded_performance"),
        ("resolved", "degraded_performance", "operational"),
    ]
    assert told_["incident_updates"][0]["body"] == "Resolved."
    assert told_["monitoring_at"] == "2026-03-02T10:00:00.000Z"
    assert told_["resolved_at"] == told_["updated_at"] == "2026-03-02T11:00:00.000Z"
    assert told_["impact"] == "critical"


def test_an_open_incident_has_the_impact_that_it_has_now():
    calmer = incident(severity="critical", updates=[update("10:00", components={"copr": "degraded_performance"})])

    assert (one(calmer)["impact"], one(calmer)["resolved_at"]) == ("minor", None)


def test_an_incident_without_words_or_components_is_one():
    told_ = one(incident(text="", components=[], updates=[update("09:00", "identified", text="")]))

    assert [update["body"] for update in told_["incident_updates"]] == ["Identified.", "Builds stay pending"]
    assert told_["incident_updates"][0]["affected_components"] is None
    assert told_["components"] == []


def test_the_first_update_says_who_is_affected_and_what_to_do():
    first = one(incident(text="Down.", affects="All.", workaround="Wait."))["incident_updates"][-1]

    assert first["body"] == "Down.\n\nWho is affected: All.\n\nWhat to do meanwhile: Wait."


def test_an_end_that_only_a_key_tells_is_an_update_too():
    told_ = one(incident(ended="11:00"))

    assert [(update["id"], update["status"], update["body"]) for update in told_["incident_updates"]] == [
        ("builds-pending-resolved", "resolved", "Resolved."),
        ("builds-pending-0", "investigating", "Builds stay pending"),
    ]


def test_a_false_alarm_says_why():
    told_ = one(incident(false_alarm="The cable.", ended="11:00"))

    assert (told_["impact"], told_["incident_updates"][0]["body"]) == ("none", "False alarm: The cable.")


def test_a_duplicate_says_of_what():
    other = incident("41", started="2026-02-01", ended="2026-02-02")
    told_, _ = v2(told(incident(duplicate_of="41", ended="11:00"), other), "incidents")["incidents"]

    assert (told_["impact"], told_["incident_updates"][0]["body"]) == ("none", "Duplicate of #41.")


def test_a_maintenance_starts_and_ends_by_the_clock():
    window = incident(kind="maintenance", started="09:00", scheduled_until="10:00", text="Disks.")
    told_ = one(window, kind="scheduled-maintenances")

    assert [update["status"] for update in told_["incident_updates"]] == ["completed", "scheduled"]
    assert (told_["scheduled_for"], told_["scheduled_until"]) == (
        "2026-03-02T09:00:00.000Z",
        "2026-03-02T10:00:00.000Z",
    )
    assert told_["resolved_at"] == "2026-03-02T10:00:00.000Z"


def test_a_maintenance_under_way_says_so():
    told_ = one(incident(kind="maintenance", started="11:00"), kind="scheduled-maintenances")

    assert (told_["status"], told_["incident_updates"][0]["body"]) == ("in_progress", "In progress.")
    assert told_["scheduled_until"] is None


@pytest.mark.parametrize(
    ("declared", "created"), [("2026-02-27 10:00", "2026-02-27T10:00:00.000Z"), (None, "2026-03-07T09:00:00.000Z")]
)
@pytest.mark.parametrize("now", ["2026-03-02 12:00", "2026-03-03 12:00"])
def test_when_a_plan_was_made_never_is_when_the_page_was(declared, created, now):
    response = Response(declared=at(declared) if declared else None)
    plan = incident(kind="maintenance", started="2026-03-07 09:00", response=response)
    told_ = one(plan, kind="scheduled-maintenances", taken=at(now))

    assert (told_["status"], told_["created_at"], told_["updated_at"], told_["started_at"]) == (
        "scheduled",
        created,
        created,
        "2026-03-07T09:00:00.000Z",
    )


@pytest.mark.parametrize(
    ("text", "body"), [("Snow.", "Cancelled. Snow."), ("Cancelled: snow.", "Cancelled: snow."), ("", "Cancelled.")]
)
def test_what_was_called_off_is_completed_and_says_so(text, body):
    off = incident(kind="maintenance", started="2026-03-07 09:00", updates=[update("10:00", "cancelled", text=text)])
    told_ = one(off, kind="scheduled-maintenances")

    assert (told_["status"], told_["incident_updates"][0]["body"]) == ("completed", body)
    assert told_["scheduled_until"] >= told_["scheduled_for"]


@pytest.mark.parametrize(
    ("kind", "phase", "status"),
    [
        ("incident", "in_progress", "identified"),
        ("incident", "completed", "resolved"),
        ("maintenance", "monitoring", "verifying"),
        ("maintenance", "resolved", "completed"),
    ],
)
def test_a_phase_of_the_other_kind_is_taken_as_meant(kind, phase, status):
    path = "incidents" if kind == "incident" else "scheduled-maintenances"
    told_ = one(incident(kind=kind, started="08:00", updates=[update("09:00", phase)]), kind=path)

    assert status in [update["status"] for update in told_["incident_updates"]]
    assert told_["incident_updates"][0]["status"] == told_["status"]


def test_a_name_that_readers_pass_over_is_shown_all_the_same():
    assert one(incident(title="_system_metadata: x"))["name"] == "system_metadata: x"


def test_announcements_are_no_incidents():
    files = told(incident(kind="announcement", started="11:00"))

    assert (v2(files, "summary")["incidents"], v2(files, "incidents")["incidents"]) == ([], [])


def test_lists_end_after_the_newest(monkeypatch):
    monkeypatch.setattr(recent, "LIMIT", 2)
    files = told(*(incident(ref, started=at) for ref, at in [("a", "07:00"), ("b", "08:00"), ("c", "09:00")]))

    assert [found["id"] for found in v2(files, "incidents")["incidents"]] == ["c", "b"]
    assert [found["id"] for found in v2(files, "incidents/unresolved")["incidents"]] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("said", "number", "url", "shortlink"),
    [
        ({}, None, "", ""),
        ({"tracker": tracker()}, 42, "https://github.com/packit/status", "https://github.com/packit/status/issues/42"),
    ],
)
def test_no_address_is_made_up(said, number, url, shortlink):
    files = told(incident("42", number=number), **said)

    assert v2(files, "status")["page"]["url"] == url
    assert v2(files, "incidents")["incidents"][0]["shortlink"] == shortlink


def test_the_page_has_an_id_that_stays():
    here, there = (
        v2(told(on=replace(site(), base_url=url)), "status")["page"]["id"]
        for url in ("https://a.example/", "https://b.example/")
    )

    assert re.fullmatch("[0-9a-f]{12}", here)
    assert here != there


def test_times_do_not_move_while_nothing_happens():
    over, plan = incident("a", ended="11:00"), incident("b", kind="maintenance", started="2026-03-07 09:00")
    one_, other = (told(over, plan, taken=at) for at in ("12:00", "13:00"))

    assert {path for path in one_ if path.startswith("api/v2") and one_[path] != other[path]} == set()


def test_a_page_on_which_nothing_ever_happened_was_updated_now():
    page = v2(told(), "status")["page"]

    assert page["updated_at"] == "2026-03-02T12:00:00.000Z"


def test_every_status_has_an_indicator_and_words():
    assert {status.value for status in ComponentStatus} - {"unknown"} == STATUSES


def test_no_update_lies_ahead():
    told_ = one(incident(false_alarm="The cable.", ended="14:00"))

    assert told_["updated_at"] == "2026-03-02T12:00:00.000Z"


def test_an_update_tells_no_status_that_readers_do_not_know():
    found = one(incident(components={"copr": "unknown"}))

    assert [hit["new_status"] for hit in found["incident_updates"][0]["affected_components"]] == [
        "degraded_performance"
    ]
