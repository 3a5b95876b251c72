"""ghstatus's own dialect."""

import pytest

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import NAMES
from ghstatus.model import Kind, Label, Labels
from tests.builders import issue, site


def test_it_is_found_by_its_name():
    found = dialects.find("ghstatus", site(labels=Labels(incident="outage")))

    assert (found.name, found.is_kept, found.gates) == ("ghstatus", True, ("outage", "maintenance", "announcement"))
    assert found.label(Label("outage")).kind is Kind.INCIDENT


@pytest.mark.parametrize("name", NAMES)
def test_every_dialect_is_found_by_its_name(name):
    assert dialects.find(name, site()).name == name


def test_only_a_label_makes_an_issue_something_for_the_page():
    found = dialects.find("ghstatus", site())

    assert found.kind(issue(title="incident", text="<!-- ghstatus\nkind: incident\n-->"), ()) is None


def test_fields_of_the_block_and_of_the_form_know_their_places():
    text = (
        "### Severity\r\n\r\nminor\r\n\r\n### Who is affected?\r\n\r\nAll.\r\n<!-- ghstatus\r\nseverity: major\r\n-->"
    )
    found = dialects.find("ghstatus", site()).text(text)

    assert found.values == {"severity": "major", "affects": "All."}
    assert [found.place((key,)).line for key in ("severity", "affects")] == [9, 7]
    assert found.place(()).line == 9
    assert (found.content.strip(), found.first_line) == ("", 1)
