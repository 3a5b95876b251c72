"""The commands in the documentation are those that there are."""

import re
from pathlib import Path

import pytest

from ghstatus.grammar import issue as grammar
from ghstatus.grammar import responses, verbs
from ghstatus.model import Phase, Severity
from tests.builders import at, comment, component, context, issue, site

DOCS = Path(__file__).parent.parent / "docs"
TEXT = (DOCS / "github.md").read_text(encoding="utf-8")


def test_every_command_is_told_with_what_it_takes():
    told = [
        tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:3])
        for line in TEXT.split("\n")
        if line.startswith("| `/")
    ]

    assert told == [(f"`/{f'{verb.name} {verb.shape}'.strip()}`", verb.meaning) for verb in verbs.ALL]


def test_the_comment_that_is_shown_does_what_it_says():
    (said,) = re.findall(r"\n\n((?:    [^\n]*\n|\n)*    /identified\n(?:    [^\n]+\n)+)", TEXT)
    page = site(component("copr"), component("website"))

    reading = grammar.parse(issue(comment(re.sub(r"^    ", "", said, flags=re.MULTILINE))), context(on=page))

    (update,) = reading.incident.updates
    assert reading.problems == ()
    assert (update.phase, update.severity) == (Phase.IDENTIFIED, Severity.MAJOR)
    assert update.text == "The disk is full, we are moving builds elsewhere."
    assert reading.incident.eta == "2026-03-02 11:00 UTC"
    assert [(one.text, one.owner) for one in reading.incident.response.tasks] == [("Ask for a bigger disk", "joe")]
    assert reading.incident.response.roles[0].at == at("09:00")


@pytest.mark.parametrize("key", responses.KEYS)
def test_every_key_of_a_team_s_doings_is_told(key):
    text = (DOCS / "incidents.md").read_text(encoding="utf-8").partition("## What the team does")[2]

    assert re.search(rf"^\|[^|]*`{key}`", text, re.MULTILINE)
