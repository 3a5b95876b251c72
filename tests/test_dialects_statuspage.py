"""The label dialects that descend from jayfk/statuspage: its own, Corestatus's, conda-forge's."""

import pytest

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import Meaning
from ghstatus.model import Kind, Severity
from tests.builders import component, group, issue, label, site
from tests.hanging import LONG, no_hanging

SITE = site(
    component("website", name="Website", group="ours"),
    component("travis", name="Travis CI"),
    groups=(group("ours", name="Ours"),),
)
JAYFK = dialects.find("jayfk", SITE)
CORESTATUS = dialects.find("corestatus", SITE)
CONDA_FORGE = dialects.find("conda-forge", SITE)

MINOR = Meaning(kind=Kind.INCIDENT, severity=Severity.MINOR)
CRITICAL = Meaning(kind=Kind.INCIDENT, severity=Severity.CRITICAL)
PLANNED = Meaning(kind=Kind.MAINTENANCE)


def kind(dialect, *labels):
    one = issue(labels=labels)
    return dialect.kind(one, tuple(map(dialect.label, one.labels)))


@pytest.mark.parametrize(
    ("name", "color", "meaning"),
    [
        ("investigating", "1192fc", MINOR),
        ("degraded performance", "ffa500", MINOR),
        ("major outage", "ff4d4d", CRITICAL),
        ("Major Outage", "ededed", CRITICAL),
        ("investigating", "ff4d4d", MINOR),
        ("Totalausfall", "FF4D4D", CRITICAL),
        ("langsam", "#FFA500", MINOR),
        ("wir schauen", "1192FC", MINOR),
        ("Website", "171717", Meaning(kind=Kind.INCIDENT, component="Website")),
        ("website", "ededed", Meaning(kind=Kind.INCIDENT, component="website")),
        ("Travis CI", "ff4d4d", Meaning(kind=Kind.INCIDENT, component="Travis CI")),
        ("Blog", "171717", Meaning(kind=Kind.INCIDENT, component="Blog")),
        ("major outage", "171717", CRITICAL),
        ("Ours", "ededed", Meaning()),
        ("docs", "0075ca", Meaning()),
        ("docs", "", Meaning()),
    ],
)
def test_jayfk_goes_by_name_then_by_colour(name, color, meaning):
    assert JAYFK.label(label(name, color)) == meaning


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([label("Website", "171717"), label("major outage", "ff4d4d")], Kind.INCIDENT),
        ([label("Website", "171717")], Kind.INCIDENT),
        ([label("major outage")], Kind.INCIDENT),
        ([label("Website", "171717"), label("Ausfall", "c0ffee")], Kind.INCIDENT),
        ([label("docs")], None),
        ([], None),
    ],
)
def test_jayfk_shows_what_bears_a_severity_or_a_system(labels, expected):
    assert kind(JAYFK, *labels) is expected
    assert JAYFK.gates == ()


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("severity/investigating", MINOR),
        ("severity/degraded performance", MINOR),
        ("severity/partial-outage", Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR)),
        ("severity/major outage", CRITICAL),
        ("Severity/ critical", CRITICAL),
        ("severity/maintenance", PLANNED),
        ("severity", Meaning()),
        ("system/Website", Meaning(component="Website")),
        ("system/a/b", Meaning(component="a/b")),
        ("system/", Meaning()),
        ("Website", Meaning()),
    ],
)
def test_corestatus_goes_by_prefix(name, meaning):
    assert CORESTATUS.label(label(name)) == meaning


@pytest.mark.parametrize("name", ["severity/armageddon", "severity/", "severity/major-outrage"])
def test_a_severity_that_corestatus_does_not_know_is_one_all_the_same(name):
    meaning = CORESTATUS.label(label(name))

    assert meaning == Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR, fault=meaning.fault)
    assert name in meaning.fault[0]
    assert ("did you mean 'major-outage'?" in meaning.fault[1]) is (name == "severity/major-outrage")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["severity/major outage", "system/website"], Kind.INCIDENT),
        (["severity/armageddon"], Kind.INCIDENT),
        (["severity/maintenance", "severity/major outage"], Kind.INCIDENT),
        (["severity/maintenance", "system/website"], Kind.MAINTENANCE),
        (["system/website"], None),
    ],
)
def test_corestatus_shows_what_has_a_severity(names, expected):
    assert kind(CORESTATUS, *names) is expected
    assert CORESTATUS.gates == ()


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("investigating", MINOR),
        ("degraded performance", MINOR),
        ("major outage", CRITICAL),
        ("maintenance", PLANNED),
        ("Maintenance", PLANNED),
        ("Travis CI", Meaning(component="Travis CI")),
        ("Anaconda.org", Meaning()),
        ("docs", Meaning()),
    ],
)
def test_conda_forge_goes_by_name(name, meaning):
    assert CONDA_FORGE.label(label(name, "171717")) == meaning


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["degraded performance", "docs"], Kind.INCIDENT),
        (["maintenance"], Kind.MAINTENANCE),
        (["maintenance", "investigating"], Kind.INCIDENT),
        (["Travis CI"], None),
    ],
)
def test_conda_forge_shows_outages_rather_than_maintenances(names, expected):
    assert kind(CONDA_FORGE, *names) is expected
    assert set(CONDA_FORGE.gates) == {"major outage", "degraded performance", "investigating", "maintenance"}


@pytest.mark.parametrize("dialect", [JAYFK, CORESTATUS, CONDA_FORGE], ids=lambda one: one.name)
def test_texts_are_text(dialect):
    found = dialect.text("It is\r\ndown <!-- start: now -->")

    assert found.content == "It is\ndown <!-- start: now -->"
    assert (found.values, tuple(found.faults), found.first_line) == ({}, (), 1)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("**2025-01-25T12:23:06Z**: Back.", "## Update – 2025-01-25 12:23:06 UTC\nBack."),
        ("**2025-01-25T12:23:06Z:** Back.", "## Update – 2025-01-25 12:23:06 UTC\nBack."),
        ("**2025-01-25 13:23+01:00**:Back.", "## Update – 2025-01-25 12:23 UTC\nBack."),
        ("__2025-01-25 12:23__:", "## Update – 2025-01-25 12:23 UTC\n"),
        ("Since **2025-01-25T12:23:06Z**: Back.", None),
        ("**2025-01-25**: Back.", None),
        ("**Note**: Back.", None),
        ("- Update 2026-04-21 4:30 CST: Back.", None),
    ],
)
def test_conda_forge_dates_paragraphs(line, heading):
    found = CONDA_FORGE.text(f"The bot is down.\r\n\r\n{line}\r\n")

    assert found.content == f"The bot is down.\n\n{heading or line}\n"
    assert found.faults == []


def test_conda_forge_reports_a_time_that_is_none_and_keeps_the_text():
    text = "Down.\n\n**2025-13-25T12:23:06Z**: One.\n\n**2025-14-25T12:23:06Z**: Two.\n\n**2025-01-25T12:23Z**: Three."
    found = CONDA_FORGE.text(text)

    assert found.content == text.replace("**2025-01-25T12:23Z**: ", "## Update – 2025-01-25 12:23 UTC\n")
    ((path, fault),) = found.faults
    assert found.place(path).line == 3
    assert fault[0].startswith("'2025-13-25T12:23:06Z' is not a time")


@pytest.mark.parametrize(
    "piece", ["**2025-01-25T12:23:06Z**: ", "\n**2025-13-25T1", "**", "\n**2025-13-25T1**: x", "<!--"]
)
def test_long_texts_take_no_time(piece):
    text = piece * (LONG // len(piece))

    with no_hanging():
        CONDA_FORGE.text(text)
        JAYFK.text(text)
