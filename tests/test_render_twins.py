"""What stands beside the pages for programs: the same facts."""

import json
from dataclasses import replace

import pytest

from ghstatus.model import Link
from tests.builders import component, group, incident, site, tracker, update
from tests.test_render_outputs import built, everything, objections, read
from tests.test_site_golden import SITE

TWINS = (
    *("index.json", "components/copr/index.json", "components/dashboard/index.json"),
    *("incidents/2026-03-02-copr-down.json", "incidents/copr-disks.json", "incidents/conference.json"),
)
TEXTS = (
    *("incidents/2026-03-02-copr-down.md", "incidents/copr-disks.md", "incidents/conference.md"),
    *("incidents/farm-nightmare.md", "incidents/no-move.md", "incidents/database-upgrade.md", "incidents/new-year.md"),
)


def told(*incidents, on=None, **said):
    return built(on or site(component("copr", name="Copr")), *incidents, **said)


@pytest.mark.parametrize("path", TWINS)
def test_json_is_as_it_was_when_somebody_read_it(path, golden):
    text = json.dumps(read(everything(), path), indent=1, ensure_ascii=False)

    golden(f"golden/twin-{path.replace('/index', '').replace('/', '-')}", f"{text}\n")


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_is_as_it_was_when_somebody_read_it(path, golden):
    golden(f"golden/twin-{path.replace('/', '-')}", everything()[path].decode())


def test_every_incident_has_both_twins():
    files = everything()
    pages = [
        path.removesuffix("/index.html") for path in files if path.startswith("incidents/") and path.endswith(".html")
    ]

    assert [page for page in pages if f"{page}.json" not in files or f"{page}.md" not in files] == []


def test_an_issue_is_named_beside_its_page():
    files = told(incident("42", number=42), tracker=tracker())

    assert read(files, "incidents/42.json")["issue"] == "https://github.com/packit/status/issues/42"
    assert read(files, "incidents/42.json")["number"] == 42
    assert b"\n- Issue: https://github.com/packit/status/issues/42\n" in files["incidents/42.md"]
    assert list(objections(files)) == []


def test_an_update_that_tells_nothing_is_not_told():
    files = told(incident("a", updates=[update("09:00", text="One."), update("10:00", text="")]))

    assert [one["text"] for one in read(files, "incidents/a.json")["updates"]] == ["One."]
    (active,) = (one for one in read(files, "index.json")["incidents"] if one["ref"] == "a")
    assert active["latest"]["text"] == "One."
    assert files["incidents/a.md"].count(b"### Update") == 1


def test_a_duplicate_leads_to_the_other():
    files = told(incident("a", duplicate_of="41"), incident("b", duplicate_of="nope"), incident("41"))

    assert read(files, "incidents/a.json")["duplicate_of"] == {"ref": "41", "url": "../incidents/41/"}
    assert read(files, "incidents/b.json")["duplicate_of"] == {"ref": None, "url": None}
    assert read(files, "incidents/41.json")["duplicate_of"] is None
    assert "\n- Status: Duplicate of [#41](../incidents/41.md) · Resolved\n" in files["incidents/a.md"].decode()
    assert b"\n- Status: Duplicate \xc2\xb7 Resolved\n" in files["incidents/b.md"]
    assert list(objections(files)) == []


@pytest.mark.parametrize("said", [{"number": 42}, {"tracker": tracker()}])
def test_without_an_issue_none_is_named(said):
    number = {key: said.pop(key) for key in ("number",) if key in said}
    files = told(incident("a", **number), **said)

    assert read(files, "incidents/a.json")["issue"] is None
    assert b"Issue" not in files["incidents/a.md"]


def test_addresses_are_relative_where_nobody_said_the_page_s():
    files = told(incident("a"))

    assert read(files, "incidents/a.json")["url"] == "../incidents/a/"
    assert read(files, "incidents/a.json")["$schema"] == "../schemas/incident.json"
    assert read(files, "index.json")["incidents"][0]["url"] == "incidents/a/"
    assert read(files, "components/copr/index.json")["history"][0]["url"] == "../../incidents/a/"
    assert read(files, "index.json")["url"] is None


def test_an_address_in_full_stays_in_full():
    files = everything()

    assert read(files, "incidents/copr-disks.json")["url"] == f"{SITE.base_url}incidents/copr-disks/"
    assert f"\n- Page: {SITE.base_url}incidents/copr-disks/\n".encode() in files["incidents/copr-disks.md"]


def test_each_component_s_impact_is_told_over_time():
    found = read(
        told(
            incident(
                severity="minor",
                components=["copr"],
                updates=[update("09:00", severity="critical"), update("11:00", "resolved")],
            )
        ),
        "incidents/builds-pending.json",
    )

    assert [tuple(one.values()) for one in found["impacts"]] == [
        ("copr", "degraded_performance", "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"),
        ("copr", "major_outage", "2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z"),
    ]
    assert [one["severity"] for one in found["updates"]] == [None, "critical"]


def test_impacts_older_than_the_bars_are_told():
    found = read(told(incident(started="2024-01-01 08:00", ended="2024-01-01 09:00")), "incidents/builds-pending.json")

    assert [one["start"] for one in found["impacts"]] == ["2024-01-01T08:00:00Z"]


def test_what_goes_on_is_told_as_it_is_now():
    calmer = incident(severity="critical", updates=[update("10:00", components={"copr": "degraded_performance"})])
    files = told(calmer)

    assert read(files, "incidents/builds-pending.json")["status"] == "degraded_performance"
    assert read(files, "index.json")["incidents"][0]["impact"] == "minor"
    assert files["incidents/builds-pending.md"].startswith(
        b"# Builds stay pending\n\n- Status: Degraded performance \xc2\xb7 Investigating\n"
    )


def test_strangers_cannot_format_a_title():
    text = told(incident(title="# [x](y)\n*b*"), on=site(component("copr", name="<b>")))["incidents/builds-pending.md"]

    assert text.startswith(b"# # \\[x\\](y) \\*b\\*\n\n- Status: Partial outage")
    assert b"\n- Components: &lt;b&gt;\n" in text


def test_only_an_address_of_a_page_becomes_a_link():
    links = [Link(text="a", url="javascript:alert(1)"), Link(text="b", url="https://example.org/b")]
    text = told(incident(links=links))["incidents/builds-pending.md"]

    assert b"\n- a\n- [b](https://example.org/b)\n" in text


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ({}, "since 2026-03-02 08:00 UTC"),
        ({"ended": "10:30"}, "2026-03-02 08:00 UTC until 2026-03-02 10:30 UTC (2 h 30 min)"),
        (
            {"kind": "maintenance", "scheduled_until": "14:00"},
            "since 2026-03-02 08:00 UTC, planned until 2026-03-02 14:00 UTC",
        ),
        (
            {"kind": "maintenance", "started": "13:00", "scheduled_until": "14:00"},
            "2026-03-02 13:00 UTC until 2026-03-02 14:00 UTC (1 h)",
        ),
        (
            {"kind": "maintenance", "started": "13:00", "updates": [update("09:00", "cancelled")]},
            "was planned for 2026-03-02 13:00 UTC",
        ),
    ],
)
def test_a_text_says_when(said, when):
    assert f"\n- When: {when}\n" in told(incident(**said))["incidents/builds-pending.md"].decode()


def test_a_text_tells_what_an_update_changed():
    text = told(
        incident(
            updates=[
                update("09:00", "identified", severity="critical", components={"copr": None, "gone": "major_outage"})
            ]
        )
    )["incidents/builds-pending.md"].decode()

    assert (
        "### Identified: 2026-03-02 09:00 UTC\n\n- Now critical\n\n- Copr\n\n- gone: major outage\n\nWe look into it."
        in text
    )


def test_a_fix_is_expected_only_while_it_goes_on():
    on, over = (
        told(incident(eta="tonight", **said))["incidents/builds-pending.md"] for said in ({}, {"ended": "11:00"})
    )

    assert (b"## When a fix is expected\n\ntonight" in on, b"tonight" in over) == (True, False)


def test_uptime_is_told_for_the_usual_spans():
    found = read(told(incident(severity="critical", started="11:00", ended="11:36")), "components/copr/index.json")

    assert found["uptime"] == {"24h": 0.975, "7d": 0.996153, "30d": 0.999152, "90d": 0.999720}
    assert found["days"] == [
        {"date": "2026-03-02", "status": "major_outage", "downtime": 2160, "incidents": ["builds-pending"]}
    ]
    assert found["first_day"] == "2025-12-03"


def test_a_component_says_what_it_is():
    on = site(component("copr", group="g", external=True, upstream="https://up.example/"), groups=(group("g"),))
    found = read(told(on=on), "index.json")

    assert (found["components"][0]["group"], found["components"][0]["upstream"]) == ("g", "https://up.example/")
    assert found["groups"] == [{"id": "g", "name": "g", "description": ""}]


def test_what_could_not_be_observed_is_named():
    assert read(told(unobserved=frozenset({"copr"})), "index.json")["unobserved"] == ["copr"]
    assert read(told(on=replace(site(), components=()), unobserved=frozenset({""})), "index.json")["unobserved"] == []


def test_the_newest_update_stands_beside_what_goes_on():
    (found,) = read(told(incident(updates=[update("09:00"), update("10:00", text="Two.")])), "index.json")["incidents"]

    assert (found["latest"]["text"], found["scheduled_until"]) == ("Two.", None)


def test_a_maintenance_stands_with_its_end():
    files = told(incident(kind="maintenance", started="13:00", scheduled_until="14:00"))
    (found,) = read(files, "index.json")["maintenance"]

    assert (found["scheduled_until"], found["latest"]) == ("2026-03-02T14:00:00Z", None)
    assert list(objections(files)) == []


def test_a_component_lists_the_newest_that_hit_it():
    several = (
        incident(f"{day:02}", started=f"2026-01-{day:02} 08:00", ended=f"2026-01-{day:02} 09:00")
        for day in range(1, 32)
    )
    more = (
        incident(f"x{day:02}", started=f"2025-01-{day:02} 08:00", ended=f"2025-01-{day:02} 09:00")
        for day in range(1, 32)
    )
    history = read(told(*several, *more), "components/copr/index.json")["history"]

    assert (len(history), history[0]["ref"], history[-1]["ref"]) == (50, "31", "x13")
