"""What docs/known-failures.md shows is taken, or refused, as it says."""

import re
from pathlib import Path

import pytest

from ghstatus.grammar import knownfailure, phrases
from ghstatus.grammar.catalogue import shipped
from ghstatus.known import validation
from ghstatus.model import Signature, Tier
from ghstatus.starter.forms import forms
from tests import submissions
from tests.builders import context, issue, site

PAGE = (Path(__file__).parent.parent / "docs" / "known-failures.md").read_text(encoding="utf-8")


def block(name):
    return re.search(rf"^```text {name}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]


def rows(heading):
    """The first cells of the table below a heading."""
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [row.split(" | ")[0].strip("| ") for row in table.splitlines()[2:]]


def faults(typed):
    phrase = phrases.read(typed)
    surfaces = frozenset(knownfailure.SURFACES.values())
    signature = Signature(id="x", service="copr", surfaces=surfaces, tier=Tier.INFRA, phrase=phrase)
    return validation.validate(signature, shipped()).problems


@pytest.mark.parametrize("typed", block("taken").splitlines())
def test_what_is_said_to_be_taken_is(typed):
    assert faults(typed) == ()


@pytest.mark.parametrize("typed", block("refused").splitlines())
def test_what_is_said_to_be_refused_is(typed):
    assert faults(typed)


def test_the_hidden_block_is_read_and_tells_its_sample():
    page = site()
    opened = issue(text=block("block"), labels=["known-failure"])
    reading = knownfailure.parse(opened, context(on=page, dialect=knownfailure.dialect(page)))

    assert reading.problems == ()
    assert validation.validate(reading.signature, shipped()) == ((), (True,))


def test_every_question_of_the_form_and_every_key_is_explained():
    asked = submissions.fields(forms(site())["known-failure.yml"])

    assert sorted(rows("question")) == sorted(asked)
    assert {word for row in rows("key") for word in re.findall(r"`(\w+)`", row)} == set(knownfailure.KEYS)
