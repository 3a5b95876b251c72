"""An incident and the issue that is opened for it are the same thing."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus.grammar import comment, draft, facts, form
from ghstatus.grammar import issue as grammar
from ghstatus.model import Labels, Link
from tests.builders import at, context, event, incident, issue, update
from tests.strategies import NAMES, ends_after_its_start, incidents, updates

LABELS = Labels()
LATER = at("2201-01-01 00:00")


def opened(said, **changes):
    """The issue that is opened for an incident, and closed when it says so."""
    found = draft.write(said, LABELS)
    values = {"number": 42, "title": found.title, "text": found.text, "created_at": at("2026-03-02 12:00")} | changes
    closing = [] if found.is_open else [event("closed", LATER, "jane")]
    return issue(*closing, labels=found.labels, **values)


def parse(said, **changes):
    return grammar.parse(opened(said, **changes), context(now=LATER))


def as_issue(said):
    """The incident as an issue tells it: when an issue was opened tells when its incident was declared, but for imports."""
    opened = None if said.source else at("2026-03-02 12:00")
    response = replace(said.response, declared=said.response.declared or opened)
    return replace(said, ref="42", number=42, response=response)


@given(incidents().filter(ends_after_its_start))
@example(incident(title="x" * 300, text="a\n\n### Severity\n\nminor\n\n<!-- ghstatus\nseverity: minor\n-->"))
@example(incident(affects="a --> b", workaround="None", eta="\\### Updates", source="--!>\n- x"))
def test_what_is_written_is_read_as_the_same(said):
    assert parse(said) == grammar.Reading(as_issue(said), (), ())


@given(incidents().filter(ends_after_its_start))
def test_it_is_the_same_after_a_phone_saved_it(said):
    text = draft.write(said, LABELS).text.replace("\n", "\r\n")

    assert parse(said, text=text).incident == as_issue(said)


@given(updates)
@example(update(text="Severity: minor\n<!-- ghstatus update\n-->"))
@example(update(text="**Resolved:** not really", severity="major", components={"copr": None, "testing-farm": None}))
def test_an_update_is_read_as_the_same(said):
    problems = []

    found = comment.read(draft.write_update(said), NAMES, lambda *problem: problems.append(problem))

    assert (found.at, found.text, found.phase) == (said.at, said.text, said.phase)
    assert (found.severity, found.components, problems) == (said.severity, said.components, [])


@given(incidents())
def test_nothing_of_an_incident_ends_its_hidden_block(said):
    text = draft.write(said, LABELS).text

    hidden = text.rpartition("\n<!-- ghstatus\n")[2] if "\n<!-- ghstatus\n" in text else text
    assert hidden.count("-->") == 1
    assert hidden.endswith("\n-->")
    assert "--!>" not in hidden


def test_people_read_it_as_they_would_have_written_it():
    said = incident(
        text="Builds stay pending.",
        affects="Everybody.",
        workaround="Wait.",
        eta="tomorrow",
        links=(Link(text="https://example.org", url="https://example.org"), Link(text="Why", url="https://a.example")),
        updates=(update("09:00", "identified", text="The disk is full."),),
    )

    assert draft.write(said, LABELS).text == (
        "Builds stay pending.\n\n"
        "### Who is affected?\n\nEverybody.\n\n"
        "### What to do meanwhile?\n\nWait.\n\n"
        "### When is a fix expected?\n\ntomorrow\n\n"
        "### Links upstream\n\n- https://example.org\n- [Why](https://a.example)\n\n"
        "### Updates\n\n"
        "## Identified \N{EN DASH} 2026-03-02 09:00 UTC\n\nThe disk is full.\n\n"
        "<!-- ghstatus\nseverity: major\ncomponents:\n- copr\nstarted: 2026-03-02 08:00 UTC\n-->"
    )


def test_people_read_an_update_as_they_would_have_written_it():
    text = draft.write_update(update("09:00", "in_progress", text="Here we go.", components={"copr": "major_outage"}))

    assert text == (
        "**In progress**\nComponents: copr = major_outage\n\nHere we go.\n\n"
        "<!-- ghstatus update\nat: 2026-03-02 09:00 UTC\nphase: in_progress\ncomponents:\n  copr: major_outage\n-->"
    )


def test_it_bears_the_labels_that_say_the_same():
    said = incident(components={"copr": "major_outage", "x" * 50: None}, false_alarm="A cable.")

    assert draft.write(said, LABELS).labels == ("incident", "severity/major", "component/copr", "false-alarm")


@pytest.mark.parametrize("kind", ["maintenance", "announcement"])
def test_other_kinds_have_their_own_label(kind):
    assert draft.write(incident(kind=kind), LABELS).labels[0] == kind


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ({}, True),
        ({"ended": "11:00"}, False),
        ({"ended": "12:00"}, False),
        ({"ended": "13:00"}, True),
        ({"false_alarm": "A cable."}, False),
        ({"updates": (update("09:00", "resolved"),)}, False),
        ({"updates": (update("09:00", "resolved"), update("10:00", "investigating"))}, True),
        ({"updates": (update("13:00", "resolved"),)}, True),
    ],
)
def test_what_is_over_is_closed(said, is_open):
    assert draft.write(incident(**said), LABELS, now=at("12:00")).is_open is is_open


def test_without_a_clock_whatever_has_an_end_is_closed():
    assert not draft.write(incident(ended="2100-01-01 00:00"), LABELS).is_open


@given(st.sampled_from(list(form.LABELS)))
def test_every_section_of_the_form_could_be_text(label):
    said = incident(text=f"Look:\n\n### {label}\n\nis what the form says.")

    assert parse(said).incident.text == said.text


def test_what_nobody_dated_stays_so():
    undated = incident(kind="maintenance", is_undated=True)

    assert "started" not in facts.written(undated)
