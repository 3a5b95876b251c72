"""Kener's issues, and alephdata's."""

import pytest

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import Meaning
from ghstatus.model import Kind, Phase, Severity
from tests.builders import component, issue, label, site
from tests.hanging import LONG, no_hanging

SITE = site(component("earth", name="Earth"), component("google", name="Google Search", aliases=("google-search",)))
KENER = dialects.find("kener", SITE)
ALEPHDATA = dialects.find("alephdata", SITE)


def kind(dialect, *labels):
    one = issue(labels=labels)
    return dialect.kind(one, tuple(map(dialect.label, one.labels)))


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("incident", Meaning(kind=Kind.INCIDENT)),
        ("Maintenance", Meaning(kind=Kind.MAINTENANCE)),
        ("incident-down", Meaning(severity=Severity.CRITICAL)),
        ("incident-degraded", Meaning(severity=Severity.MINOR)),
        ("investigating", Meaning(phase=Phase.INVESTIGATING)),
        ("identified", Meaning(phase=Phase.IDENTIFIED)),
        ("resolved", Meaning(phase=Phase.RESOLVED)),
        ("manual", Meaning()),
        ("earth", Meaning(component="earth")),
        ("google-search", Meaning(component="google-search")),
        ("mars", Meaning()),
    ],
)
def test_what_a_label_of_kener_means(name, meaning):
    assert KENER.label(label(name)) == meaning


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["incident", "incident-down", "earth", "identified"], Kind.INCIDENT),
        (["incident", "incident-degraded", "maintenance", "earth"], Kind.MAINTENANCE),
        (["maintenance", "earth"], None),
        (["incident-down", "earth"], None),
        ([], None),
    ],
)
def test_kener_shows_what_is_called_an_incident(names, expected):
    assert kind(KENER, *names) is expected
    assert KENER.gates == ("incident",)


@pytest.mark.parametrize(
    ("text", "values", "content"),
    [
        (
            "[start_datetime:1703158756]\r\n[end_datetime:1703159856]\r\n\r\nHello",
            {"started": "2023-12-21 11:39:16 UTC", "ended": "2023-12-21 11:57:36 UTC"},
            "\n\n\nHello",
        ),
        (
            "<h1>Test</h1> [start_datetime:1705675160] [end_datetime:1705675250]",
            {"started": "2024-01-19 14:39:20 UTC", "ended": "2024-01-19 14:40:50 UTC"},
            "<h1>Test</h1> ",
        ),
        ("Down [Start_datetime: 0 ]", {"started": "1970-01-01 00:00 UTC"}, "Down "),
        ("[end_datetime:60][end_datetime:120]", {"ended": "1970-01-01 00:01 UTC"}, ""),
        ("[end_datetime:][end_datetime:120]", {"ended": "1970-01-01 00:02 UTC"}, ""),
        ("[start_datetime:2024-01-19]", {"started": "2024-01-19"}, ""),
        (f"[start_datetime:{'9' * 60}]", {"started": "9" * 60}, ""),
        ("[start_datetime:²]", {"started": "²"}, ""),
        ("[started:5]", {}, "[started:5]"),
        ("", {}, ""),
    ],
)
def test_kener_has_its_times_in_the_text(text, values, content):
    found = KENER.text(text)

    assert (found.values, found.content, list(found.faults)) == (values, content, [])


def test_a_time_of_kener_that_is_missing_is_reported_where_it_should_stand():
    found = KENER.text("Down\n[start_datetime:]\n[end_datetime:120]")

    assert found.values["started"] == ""
    ((path, _),) = found.faults
    assert (path, found.place(path).line, found.place(("ended",)).line) == (("started",), 2, 3)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("type:minor", Meaning(kind=Kind.INCIDENT, severity=Severity.MINOR)),
        ("type:major", Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR)),
        ("type:scheduled-maintenance", Meaning(kind=Kind.MAINTENANCE)),
        ("type:announcement", Meaning(kind=Kind.ANNOUNCEMENT)),
        ("Type: Announcement", Meaning(kind=Kind.ANNOUNCEMENT)),
        ("type", Meaning()),
        ("dismissible", Meaning()),
        ("Earth", Meaning(component="Earth")),
    ],
)
def test_what_a_label_of_alephdata_means(name, meaning):
    assert ALEPHDATA.label(label(name)) == meaning


@pytest.mark.parametrize("name", ["type:critical", "type:"])
def test_a_type_that_alephdata_does_not_know_is_an_incident(name):
    meaning = ALEPHDATA.label(label(name))

    assert meaning == Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR, fault=meaning.fault)
    assert meaning.fault[1].startswith("minor, major, scheduled-maintenance or announcement")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], Kind.ANNOUNCEMENT),
        (["dismissible"], Kind.ANNOUNCEMENT),
        (["type:announcement", "type:minor"], Kind.INCIDENT),
        (["type:announcement", "type:scheduled-maintenance"], Kind.MAINTENANCE),
        (["type:critical"], Kind.INCIDENT),
    ],
)
def test_alephdata_shows_every_issue(names, expected):
    assert kind(ALEPHDATA, *names) is expected
    assert ALEPHDATA.gates == ()


def test_alephdata_has_no_fields():
    found = ALEPHDATA.text("It is\r\ndown.")

    assert (found.values, found.content, found.place(("x",))) == ({}, "It is\ndown.", (1, 1))


@pytest.mark.parametrize(
    "piece", ["[start_datetime:1]", "[start_datetime:", "[start_datetime:]\n", "[", "[end_datetime:1] \n"]
)
def test_long_texts_take_no_time(piece):
    text = piece * (LONG // len(piece))

    with no_hanging():
        KENER.text(text)
