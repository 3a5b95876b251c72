"""The sections of an issue form, as GitHub writes them and as people change them."""

from inspect import cleandoc

import pytest
from hypothesis import given

from ghstatus.grammar import form
from ghstatus.grammar.names import Names
from tests.builders import component
from tests.strategies import NAMES, markdown

COMMAS = Names([component("farm", name="Testing Farm, the"), component("copr", name="Copr")])


def read(text, names=NAMES):
    return form.read(cleandoc(text), names)


def answer(label, text, names=NAMES):
    return form.read(f"### {label}\n\n{text}\n", names).values.get(form.LABELS[label])


def test_what_the_form_asks_for_is_read():
    found = read("""
        ### What is broken?

        Builds stay pending.

        ### Who is affected?

        Everybody

        who builds.

        ### When is a fix expected?

        _No response_

        ### Severity

        critical
        """)

    assert found.values == {"affects": "Everybody\n\nwho builds.", "severity": "critical"}
    assert (found.content.strip(), found.first_line) == ("Builds stay pending.", 1)
    assert [found.place((key,)).line for key in ("affects", "severity")] == [7, 17]
    assert (found.place(()).line, found.place(("eta",)).line) == (1, 1)


def test_every_section_has_a_key_in_the_order_in_which_people_ask():
    assert list(dict.fromkeys(form.LABELS.values())) == [
        *("text", "affects", "workaround", "eta", "links", "match", "all_fail"),
        *("components", "severity", "started", "scheduled_for", "scheduled_until"),
    ]


def test_text_keeps_its_lines():
    found = read("Above.\n\n### Severity\n\nminor\n\n### Updates\n\nBelow.")

    assert found.content.split("\n") == ["Above.", "", "", "", "", "", "", "", "Below."]


@pytest.mark.parametrize("empty", ["_No response_", "None", "", "n/a", "-", " none "])
@pytest.mark.parametrize("label", form.LABELS)
def test_a_section_left_empty_says_nothing(label, empty):
    found = form.read(f"### {label}\n\n{empty}\n", NAMES)

    assert (found.values, found.content.strip()) == ({}, "")


def test_a_heading_of_a_user_s_own_is_text():
    found = read(
        "### What is broken?\n\n### Steps\n\n1. x\n\n### Severity of it\n\n# Severity\n\n##### Severity\n\n###Severity"
    )

    assert found.values == {}
    assert found.content.strip().startswith("### Steps")


def test_the_first_section_of_a_name_counts():
    found = read("### Severity\n\nminor\n\n### Who is affected?\n\nAll.\n\n### Severity\n\nmajor")

    assert found.values == {"severity": "minor", "affects": "All.\n\n### Severity\n\nmajor"}


@pytest.mark.parametrize("heading", ["## severity", "#### Severity:", "### SEVERITY ", "###  Severity ##"])
def test_people_who_type_a_heading_type_it_roughly(heading):
    assert form.read(f"{heading}\nminor", NAMES).values == {"severity": "minor"}


@given(markdown)
def test_escaped_text_has_no_sections(text):
    text = text.replace("\r", "\n")
    found = form.read(form.escaped(text), NAMES)

    assert (found.values, found.content) == ({}, text)


def test_a_section_ends_at_an_update():
    found = read("### Who is affected?\n\nAll.\n\n## Identified \N{EN DASH} 2026-03-02 08:30\n\nThe disk.\n\n## Mine")

    assert found.values == {"affects": "All."}
    assert found.content.strip().startswith("## Identified")
    assert found.content.endswith("## Mine")


def test_an_escaped_update_is_text():
    found = read("### Who is affected?\n\nAll.\n\n\\## Identified \N{EN DASH} 2026-03-02 08:30")

    assert found.values["affects"] == "All.\n\n## Identified \N{EN DASH} 2026-03-02 08:30"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("critical", "critical"),
        ("Critical \N{EN DASH} nobody can build", "Critical"),
        ("critical - nobody can build", "critical"),
        ("\N{LARGE RED CIRCLE} critical: nobody", "critical"),
        ("Nobody can build (critical)", "critical"),
        ("**minor**", "**minor**"),
        ("hihg", "hihg"),
        ("not critical", "not critical"),
        ("x" * 9000, "x" * 9000),
    ],
)
def test_a_severity_is_the_leading_word(text, severity):
    assert answer(form.SEVERITY, text) == severity


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("Copr", ["Copr"]),
        ("Copr (copr), Testing Farm", ["Copr", "Testing Farm"]),
        ("Copr (copr), Testing Farm (testing-farm)", ["Copr", "Testing Farm"]),
        ("The builder (copr)", ["copr"]),
        ("Copr \N{EN DASH} the builder", ["Copr"]),
        ("- copr\n- testing-farm", ["copr", "testing-farm"]),
        ("- [x] Copr\n- [ ] Testing Farm\n- [X] Services\n- [] nothing", ["Copr", "Services"]),
        ("copr = major_outage, , cpor", ["copr = major_outage", "cpor"]),
        ("x" * 900, ["x" * 900]),
        (",", []),
    ],
)
def test_components_are_chosen_or_typed(text, components):
    assert answer(form.COMPONENTS, text) == components


def test_a_component_s_name_may_hold_a_comma():
    assert answer(form.COMPONENTS, "Testing Farm, the, Copr", COMMAS) == ["Testing Farm, the", "Copr"]
    assert answer(form.COMPONENTS, "Copr, Testing Farm, the (tests)", COMMAS) == ["Copr", "Testing Farm, the"]


@pytest.mark.parametrize("text", ["Copr (staging) (koji), x", "x, Copr (staging) (koji)", "Copr (staging), x"])
def test_a_component_s_name_may_end_with_parentheses_wherever_it_stands(text):
    names = Names([component("copr", name="Copr"), component("koji", name="Copr (staging)")])

    assert sorted(answer(form.COMPONENTS, text, names)) == ["Copr (staging)", "x"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://a.example", ["https://a.example"]),
        (
            "- https://a.example\n* [B](https://b.example)",
            ["https://a.example", {"text": "B", "url": "https://b.example"}],
        ),
        ("See https://a.example, http://b.example.", ["https://a.example", "http://b.example"]),
        ("the mailing list", ["the mailing list"]),
    ],
)
def test_links_are_addresses_or_markdown(text, links):
    assert answer(form.LINKS, text) == links


@pytest.mark.parametrize("text", ["2026-03-02 08:00", "`2026-03-02 08:00`", "```\n2026-03-02 08:00\n```"])
def test_times_may_be_quoted(text):
    assert answer(form.STARTED, text) == "2026-03-02 08:00"
