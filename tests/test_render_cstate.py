"""The board as cState's API tells it."""

import pytest

from tests.builders import component, group, incident, site, update
from tests.test_render_outputs import built, everything, read

ISSUE = {
    *("is", "title", "createdAt", "lastMod", "permalink", "severity", "resolved", "informational", "resolvedAt"),
    *("affected", "filename"),
}


def told(*incidents, on=None, **said):
    return read(built(on or site(component("copr", name="Copr")), *incidents, **said), "cstate/index.json")


def test_the_whole_has_cstate_s_keys():
    found = read(everything(), "cstate/index.json")

    assert (found["is"], found["apiVersion"], found["summaryStatus"]) == ("index", "2.0", "down")
    assert [system["name"] for system in found["systems"]][-1] == "Website"
    assert [one["name"] for one in found["categories"]] == ["Our services", "Run by others", "Other"]
    assert {system["category"] for system in found["systems"]} == {one["name"] for one in found["categories"]}
    assert "Old API" not in [system["name"] for system in found["systems"]]
    assert (found["buildDate"], found["buildTime"], found["buildTimezone"]) == ("2026-03-02", "12:00", "UTC")
    assert all(issue.keys() == ISSUE for system in found["systems"] for issue in system["unresolvedIssues"])


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"severity": "critical"}, "down"),
        ({"severity": "major"}, "disrupted"),
        ({"severity": "minor"}, "disrupted"),
        ({"kind": "maintenance", "severity": None}, "notice"),
        ({"ended": "10:00"}, "ok"),
    ],
)
def test_a_system_has_a_status_of_cstate_s(said, status):
    found = told(incident(**said))

    assert (found["summaryStatus"], found["systems"][0]["status"]) == (status, status)
    assert [issue["severity"] for issue in found["systems"][0]["unresolvedIssues"]] == (
        [] if status == "ok" else [status]
    )


def test_what_cannot_be_observed_is_a_notice():
    assert told(unobserved=frozenset({"copr"}))["systems"][0]["status"] == "notice"


def test_an_issue_is_told_as_cstate_does():
    ((issue,),) = (system["unresolvedIssues"] for system in told(incident(updates=[update("09:00")]))["systems"])

    assert issue == {
        "is": "issue",
        "title": "Builds stay pending",
        "createdAt": "2026-03-02 08:00:00 +0000 UTC",
        "lastMod": "2026-03-02 09:00:00 +0000 UTC",
        "permalink": "../incidents/builds-pending/",
        "severity": "disrupted",
        "resolved": False,
        "informational": False,
        "resolvedAt": "",
        "affected": ["Copr"],
        "filename": "builds-pending.md",
    }


def test_announcements_are_pinned():
    (issue,) = told(incident(kind="announcement", started="11:00", components=[]))["pinnedIssues"]

    assert (issue["informational"], issue["severity"]) == (True, "notice")


def test_there_is_no_other_category_where_everything_has_a_group():
    on = site(component("copr", group="g"), groups=(group("g"),))

    assert [one["name"] for one in told(on=on)["categories"]] == ["g"]
