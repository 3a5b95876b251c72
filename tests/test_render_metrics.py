"""`/metrics/` and `metrics.json`."""

import json
from datetime import date, timedelta

import html5lib
import jsonschema
import pytest

from ghstatus import assets, board, uptime
from ghstatus.model import Assignment, Detector, Response, Role, Task
from ghstatus.render.pages import metrics
from tests.builders import NOW, START, at, component, incident, site, snapshot, update
from tests.test_site_golden import golden_site, templates

SCHEMA = json.loads((assets.schemas() / "metrics.json").read_text(encoding="utf-8"))
PROMISED = site(component("copr", name="Copr", objective=0.99))


def pages(*incidents, on=PROMISED, now=NOW, **said):
    judged = board.judge(snapshot(*incidents, components=on.components, taken=now, **said), now)
    records = [story.record for story in judged.incidents.values()]
    measured = uptime.measure(on.components, records, now, on.policy)
    return {page.path: page for page in metrics.pages(judged, measured, on, templates(on))}


def text(*incidents, **said):
    """What can be read on the page, with single spaces."""
    html = pages(*incidents, **said)["metrics/index.html"].render()
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return " ".join(" ".join(tree.find(".//main").itertext()).split()).replace(" :", ":")


def told(*incidents, **said):
    return json.loads(pages(*incidents, **said)["metrics.json"].render())


def keys(*incidents, **said):
    return {page.key for page in pages(*incidents, **said).values()}


def lasting(minutes, number, **said):
    started = at("2026-01-05 08:00") + timedelta(days=number)
    return incident(f"i{number}", started=started, ended=started + timedelta(minutes=minutes), **said)


def test_the_json_says_what_its_schema_promises():
    for found in (told(), told(*(lasting(30 * number, number) for number in range(7))), told(incident())):
        jsonschema.validate(found, SCHEMA)
    jsonschema.validate(json.loads(golden_site()["metrics.json"]), SCHEMA)


def test_the_schema_refuses_what_it_does_not_know():
    for place in ([], ["months", 0], ["components", 0], ["total", "took"], ["components", 0, "objective"]):
        found = told()
        inner = found
        for step in place:
            inner = inner[step]
        inner["more"] = 1
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(found, SCHEMA)


def test_lengths_are_told_in_seconds():
    found = told(lasting(30, 0), lasting(90, 1))

    assert found["total"]["took"]["resolve"] == {
        "known": 2,
        "few": True,
        "median": 3600,
        "mean": 3600,
        "shortest": 1800,
        "longest": 5400,
        "middle": None,
        "before": 0,
        "after": 0,
    }
    assert [month["month"] for month in found["months"]][-1] == "2026-03"
    assert found["components"][0]["downtime"] == {"2026-01": 36 * 60}
    assert found["total"]["statuses"] == {"partial_outage": {"incidents": 2, "lasted": 7200}}


def test_a_budget_adds_up_in_the_json():
    window = told(lasting(30, 0))["components"][0]["objective"]["window"]

    assert window == {
        "first": "2025-12-03",
        "last": "2026-03-02",
        "allowed": 77760,
        "used": 540,
        "left": 77220,
        "spent": 0.0069,
        "burn": 0.0069,
    }


def test_without_an_objective_there_is_none_in_the_json():
    assert told(on=site(component()))["components"][0]["objective"] is None


def test_both_change_when_a_fact_does_and_not_because_time_passes():
    over, going_on = lasting(30, 0), incident("on")
    later = NOW + timedelta(hours=3)

    assert len(keys(over)) == 1
    assert keys(over) == keys(over, now=later) == keys(over, lasting(30, -300))
    assert keys(over).isdisjoint(keys(over, digests={"i0": "of another text"}))
    assert keys(over).isdisjoint(keys(over, now=NOW + timedelta(days=1)))
    assert keys(over).isdisjoint(keys(over, unobserved=frozenset({"copr"})))
    assert keys(over).isdisjoint(keys(over, going_on))
    assert keys(going_on).isdisjoint(keys(going_on, now=later))  # its downtime grows


def test_what_nobody_can_see_in_the_figures_changes_neither():
    hit = incident("on", components=())
    told = incident("on", components=(), title="Another title", text="More of it.")

    assert keys(hit) == keys(told) == keys(told, now=NOW + timedelta(hours=3))
    assert keys(hit).isdisjoint(keys(incident("on", components=(), updates=[update("09:00")])))


def test_a_page_of_few_incidents_says_that_they_are_few():
    shown = text(lasting(30, 0), lasting(90, 1))

    assert "Over after 1 h few" in shown
    assert "What is marked few comes from fewer than five incidents" in shown
    assert "Over (2) 1 h few 30 min – 1 h 30 min 1 h" in shown


def test_a_page_of_several_shows_the_middle_half():
    shown = text(*(lasting(10 * number + 10, number) for number in range(5)))

    assert "Over (5) 30 min 20 min – 40 min 30 min" in shown
    assert "marked few" not in shown.partition("How soon")[0]


def test_a_page_without_incidents_draws_nothing():
    html = pages()["metrics/index.html"].render()

    assert b"<figure" not in html
    assert "Incidents 0 Still open 0" in text()


def test_while_nothing_is_over_no_length_is_drawn():
    assert "None is over yet." in text(incident())


def test_what_was_left_out_is_said():
    early = Response(detected=START - timedelta(minutes=5))
    late = Response(declared=at("10:00"))
    shown = text(
        incident("early", response=early),
        incident("late", ended=at("09:00"), response=late),
        incident("false", false_alarm="A cable."),
        incident("disks", kind="maintenance", started="09:00", scheduled_until="10:00"),
    )

    assert "Left out, because they are no outages: 1 false alarm, 1 maintenance" in shown
    assert "Noticed: 1 left out, because it was before the start." in shown
    assert "Written down: 1 left out, because it was after the end." in shown


def test_only_false_alarms_or_only_maintenances_are_said_alone():
    disks = incident("disks", kind="maintenance", started="09:00", scheduled_until="10:00")

    assert "no outages: 1 maintenance Incidents" in text(disks)
    assert "no outages: 1 false alarm Incidents" in text(incident(false_alarm="A cable."))


def test_a_page_that_could_not_be_read_in_full_says_so():
    assert "could not be read" in text(unobserved=frozenset({"copr"}))
    assert "could not be read" not in text()


@pytest.mark.parametrize(
    ("objective", "minutes", "said"),
    [
        (0.99, 0, "Copr: 99 %, March 2026 7 h 26 min left nothing used burn rate 0.0"),
        (0.99, 93, "Copr: 99 %, March 2026 5 h 53 min left 1 h 33 min of 7 h 26 min used burn rate 3.2"),
        (0.9995, 60, "Copr: 99.95 %, March 2026 37 min too much 1 h of 22 min used burn rate 41.7"),
        (1.0, 60, "Copr: 100 %, March 2026 1 h too much 1 h used, nothing allowed Days count"),
        (1.0, 0, "Copr: 100 %, March 2026 nothing left nothing used Days count"),
    ],
)
def test_a_budget_is_told_in_words(objective, minutes, said):
    on = site(component("copr", name="Copr", objective=objective))
    down = incident(severity="critical", ended=START + timedelta(minutes=minutes))

    assert said in text(*([down] if minutes else []), on=on)


@pytest.mark.parametrize(
    ("language", "objective", "said"),
    [("en", 0.9, "90 %"), ("en", 0.99999, "99.999 %"), ("de", 0.995, "99,5 %"), ("de", 0.9995, "99,95 %")],
)
def test_an_objective_has_all_its_digits_in_the_page_s_language(language, objective, said):
    on = site(component("copr", name="Copr", objective=objective), language=language)

    assert f"Copr: {said}, " in text(on=on)


def test_a_budget_that_nobody_can_know_is_not_shown():
    on = site(component("copr", name="Copr", objective=0.99, start_date=date(2026, 4, 1)))

    assert "What was promised" not in text(on=on)


def test_a_hidden_component_is_in_the_json_only():
    on = site(component(), component("old", name="Old API", hidden=True, objective=0.9))

    assert "Old API" not in text(incident(components=["old"]), on=on)
    assert [one["id"] for one in told(on=on)["components"]] == ["copr", "old"]


def test_a_site_without_components_has_a_page():
    assert "By component" not in text(incident(components=()), on=site(components=()))


def test_nobody_is_named():
    response = Response(
        declared=at("08:10"),
        detected=at("08:05"),
        detector=Detector.USERS,
        roles=(Assignment(at("08:20"), Role.LEAD, "jane-doe", "joe-bloggs"),),
        call="https://meet.example.org/secret",
        tasks=(Task(1, "Call the provider", at("08:30"), "joe-bloggs", owner="jane-doe"),),
    )
    files = pages(incident(title="Down, says jane-doe", response=response, updates=[update("08:15")]))

    for page in files.values():
        assert not {b"jane-doe", b"joe-bloggs", b"secret", b"provider"} & set(page.render().replace(b'"', b" ").split())
        assert b"jane-doe" not in page.render()


def test_every_part_of_the_page_has_its_words_in_a_drawing():
    html = golden_site()["metrics/index.html"].decode()

    assert html.count('role="img" aria-label="') == html.count('<svg class="chart"') == html.count("<details>") == 3
    assert "<script" not in html.partition("<main")[2]


def test_other_pages_lead_to_the_figures():
    built = golden_site()

    assert b'<a href="../../metrics/#component-copr">' in built["components/copr/index.html"]
    assert b'id="component-copr"' in built["metrics/index.html"]
    assert b"metrics/#" not in built["components/legacy/index.html"]
    assert b'<a href="../metrics/">on a page of its own</a>' in built["about/index.html"]
    assert all(b'metrics/">Figures</a>' in built[path] for path in ("index.html", "history/index.html", "404.html"))
