"""`ghstatus metrics`: figures in a terminal, and for programs."""

import json
from datetime import timedelta

import jsonschema
import pytest

from ghstatus import assets
from ghstatus.cli import measuring
from tests.builders import START, component, incident
from tests.examples import NOW
from tests.test_figures import worked_out

pytest_plugins = ["tests.commands"]

AT = ["--now", NOW]
CONFIG = """
title: Example
groups: [{id: builds, name: Builds}]
components:
- {id: copr, name: Copr, group: builds, start_date: 2026-01-01}
- {id: koji, name: Koji, group: builds}
- {id: old, name: Old, hidden: true}
"""


@pytest.fixture
def put(site):
    (site / "ghstatus.yml").write_text(CONFIG)

    def write(name, started, ended, component="copr", **said):
        keys = {"title": name, "severity": "critical", "components": f"[{component}]", "started": started} | said
        text = "".join(f"{key}: {value}\n" for key, value in (keys | ({"ended": ended} if ended else {})).items())
        (site / "incidents" / f"{name}.md").write_text(f"---\n{text}---\nIt is down.\n")

    return write


def rows(out):
    """The lines, with single spaces."""
    return [" ".join(line.split()) for line in out.splitlines()]


def test_a_table_tells_steps_months_and_components(run, site, put):
    put("one", "2026-02-01 08:00", "2026-02-01 09:00")
    put("two", "2026-02-02 08:00", "2026-02-02 11:00", component="koji")
    code, out, _ = run("metrics", *AT)

    assert code == 0
    assert rows(out)[0] == (
        "3 incidents from April 2025 to March 2026, 1 of them open; left out: 0 false alarms, 0 duplicates, 0 maintenances"
    )
    assert "over 2 2 h* 1 h – 3 h 2 h" in rows(out)
    assert "2026-02 2 2 2 h*" in rows(out)
    assert "Copr 2 1 h* 2 h 12 min" in rows(out)
    assert "Koji 1 3 h* 3 h" in rows(out)
    assert "Old" not in out
    assert "* fewer than five: this says more about chance than about anything else" in rows(out)
    assert "downtime is known since 2025-12-03, and counts by how bad it was" in rows(out)


def test_of_five_the_middle_half_is_told_and_nothing_is_few(run, site, put):
    (site / "incidents" / "pending.md").unlink()
    for number in range(1, 6):
        put(f"i{number}", f"2026-02-0{number} 08:00", f"2026-02-0{number} {8 + number // 2:02d}:{number % 2 * 3}0")
    _, out, _ = run("metrics", *AT)

    assert "over 5 1 h 30 min 1 h – 2 h 1 h 30 min" in rows(out)
    assert "*" not in out


def test_one_component_or_group_is_told_alone(run, site, put):
    put("two", "2026-02-02 08:00", "2026-02-02 11:00", component="koji")

    assert rows(run("metrics", "--component", "Koji", *AT)[1])[0].startswith("1 incident from")
    assert rows(run("metrics", "-c", "builds", *AT)[1])[0].startswith("2 incidents from")
    assert "Copr" not in run("metrics", "-c", "koji", *AT)[1]


def test_one_month_is_told_alone_with_its_own_downtime(run, site, put):
    put("one", "2026-01-31 23:00", "2026-02-01 02:00")
    _, out, _ = run("metrics", "--month", "2026-01", *AT)

    assert rows(out)[0].startswith("1 incident in January 2026, 0 of them open;")
    assert "Copr 1 3 h* 1 h" in rows(out)
    assert "month" not in out.partition("component")[0]


def test_downtime_of_long_ago_is_not_known(run, site, put):
    put("one", "2024-05-05 08:00", "2024-05-05 09:00")

    assert "Copr 1 1 h* not known" in rows(run("metrics", "--month", "2024-05", *AT)[1])
    assert "Copr 0 none" in rows(run("metrics", "--month", "2025-12", *AT)[1])


def test_a_hidden_component_is_told_where_something_hit_it(run, site, put):
    put("one", "2026-02-01 08:00", "2026-02-01 09:00", component="old")

    assert "Old 1 1 h* 1 h" in rows(run("metrics", *AT)[1])


@pytest.mark.parametrize(
    ("objective", "left"),
    [("0.99", "7 h 26 min of 7 h 26 min"), ("0.9999", "4 min of 4 min"), ("1", "none of none")],
)
def test_what_is_left_of_this_month_is_told(objective, left):
    assert told_budget(objective, used=0) == left


@pytest.mark.parametrize(("objective", "left"), [("0.99", "6 h 26 min of 7 h 26 min"), ("0.9999", "55 min too much")])
def test_what_was_used_of_it_is_gone(objective, left):
    assert told_budget(objective, used=60) == left


def told_budget(objective, used):
    down = incident(severity="critical", started=START, ended=START + timedelta(minutes=used))
    found = worked_out(*([down] if used else []), components=[component(objective=float(objective))])
    return next(row[-1] for row in measuring.parts(found))


def test_what_was_left_out_of_a_step_is_said(run, site, put):
    text = (site / "incidents" / "pending.md").read_text()
    head, body = text.removeprefix("---\n").split("---\n", 1)
    (site / "incidents" / "pending.md").write_text(
        f"---\n{head}ended: 2026-03-02 09:00\n---\n{body}\n## Update – 2026-03-02 09:30 UTC\nLate.\n"
    )

    assert "left out of 'first update': 0 before the start, 1 after the end" in run("metrics", *AT)[1]


def test_programs_get_what_the_page_says(run, site, put):
    put("one", "2026-02-01 08:00", "2026-02-01 09:00")
    found = json.loads(run("metrics", "--json", *AT)[1])

    schema = json.loads((assets.schemas() / "metrics.json").read_text(encoding="utf-8"))
    jsonschema.validate({"$schema": "x", **found}, schema)
    assert found["total"]["incidents"] == 2


def test_what_could_not_be_read_is_said(run, site, put):
    (site / "incidents" / "broken.md").write_text("no front matter")
    _, _, err = run("metrics", *AT)

    assert "a part could not be read, so there may be more" in err
    assert "broken.md" in err


@pytest.mark.parametrize("month", ["2026-13", "march", "2026", "1969-12", "9999-01", "2026-03-01"])
def test_what_is_no_month_is_a_mistake(run, site, month):
    assert run("metrics", "--month", month) == (
        2,
        "",
        f"--month: {month!r} is no month; accepted: one such as 2026-03\n",
    )


def test_an_unknown_component_is_a_mistake(run, site, put):
    assert run("metrics", "-c", "kojj", *AT)[2] == "--component: there is no 'kojj'; did you mean 'koji'?\n"
    assert run("metrics", "-c", "zzz", *AT)[2] == "--component: there is no 'zzz'; accepted: copr, koji, old\n"
