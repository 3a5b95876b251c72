"""docs/metrics.md shows what the command says, and what it works out is so."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from ghstatus.model import Step
from tests.builders import at, incident
from tests.test_figures import lasting, objective, worked_out

pytest_plugins = ["tests.commands"]

TEXT = (Path(__file__).parent.parent / "docs" / "metrics.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```(?:yaml|markdown) (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
((COMMAND, SHOWN),) = re.findall(r"^```console\n\$ ghstatus (.*?)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def example(site):
    for old in (site / "incidents").iterdir():
        old.unlink()
    for name, text in FILES:
        (site / name).write_text(text, encoding="utf-8")
    return site


def words(text):
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_command_says_what_is_shown(run, example):
    code, out, err = run(*COMMAND.split())

    assert (code, err) == (0, "")
    assert words(out) == words(SHOWN)


def test_a_budget_is_worked_out_as_told():
    """31 days, 446.4 minutes, 93 used on the tenth: a fifth, with a third of the month gone."""
    down = incident(severity="critical", started=at("2026-03-10 08:00"), ended=at("2026-03-10 09:33"))
    month = objective(down, now=at("2026-03-10 12:00")).month

    assert ((month.last - month.first).days + 1) * 24 * 60 == 44_640
    assert (month.allowed / timedelta(minutes=1), month.used / timedelta(minutes=1)) == (446.4, 93)
    assert (month.first, round(month.burn, 1)) == (date(2026, 3, 1), 0.6)
    assert round(month.spent * 5) == 1
    assert round(month.gone * 3) == 1


def test_a_partial_outage_uses_three_tenths():
    assert objective(lasting(100, 40, severity="major")).window.used == timedelta(minutes=30)


def test_every_figure_has_its_line():
    table = TEXT.partition("from the start of an incident until |\n|---|---|\n")[2].partition("\n\n")[0]
    told = re.findall(r"^\| ([\w ]+) \|", table, re.MULTILINE)

    assert len(told) == len(worked_out().total.took) == len(Step)
