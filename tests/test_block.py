"""The hidden block stays hidden, and whatever stands in it is read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import block
from ghstatus.grammar.body import tidy
from tests.strategies import markdown, tidy_markdown

KEYS = ("severity", "eta", "started")


def read(text, **said):
    return block.read(text, known=KEYS, **said)


_VALUES = st.text(st.characters(codec="utf-8")) | markdown
_METADATA = st.dictionaries(
    st.sampled_from(KEYS),
    _VALUES | st.lists(_VALUES, max_size=2) | st.dictionaries(st.sampled_from(["a", "b"]), _VALUES | st.just("")),
)


@given(_METADATA.map(lambda found: {key: value for key, value in found.items() if value}), tidy_markdown)
def test_what_is_written_is_read_as_the_same(values, content):
    for mark in ("", block.UPDATE):
        text = block.write(values, content, mark)
        found = read(text, mark=mark)

        assert (found.values, tidy(found.content), found.first_line) == (values, content, 1)
        assert list(found.faults) == []


@given(_METADATA.filter(lambda found: any(found.values())), tidy_markdown)
def test_no_value_ends_the_comment(values, content):
    hidden = block.write(values, content)[len(block.write({}, content)) :].strip("\n")

    assert hidden.startswith("<!-- ghstatus\n")
    assert re.search("--!?>", hidden).end() == len(hidden)


def test_a_text_without_a_block_has_no_values():
    found = read("severity: minor")

    assert (found.values, found.content, found.place(("eta",)).line) == ({}, "severity: minor", 1)


@pytest.mark.parametrize("opening", ["<!-- ghstatus", "<!--ghstatus", "  <!--  GHSTATUS:  "])
def test_a_block_may_stand_anywhere(opening):
    found = read(f"Above.\n\n{opening}\nSeverity: minor\n-->\nBelow.")

    assert found.values == {"severity": "minor"}
    assert found.content == "Above.\n\n\n\n\nBelow."
    assert (found.place(("severity",)).line, found.place(()).line) == (4, 4)


@pytest.mark.parametrize(
    "text", ["<!-- ghstatus:problems -->\nseverity: minor", "a <!-- ghstatus\nseverity: minor\n-->"]
)
def test_other_comments_are_text(text):
    assert (read(text).values, read(text).content) == ({}, text)


def test_the_block_of_an_update_is_another():
    text = "<!-- ghstatus update\nseverity: minor\n-->"

    assert (read(text).values, read(text, mark=block.UPDATE).values) == ({}, {"severity": "minor"})


@pytest.mark.parametrize("text", ["<!-- ghstatus\n-->", "<!-- ghstatus\n\n-->\n"])
def test_an_empty_block_says_nothing(text):
    assert (read(text).values, list(read(text).faults)) == ({}, [])


def test_fences_within_are_no_harm():
    assert read("<!-- ghstatus\n---\nseverity: minor\n---\n-->").values == {"severity": "minor"}


def test_the_comment_may_end_where_the_last_value_does():
    assert read("<!-- ghstatus\nseverity: minor -->").values == {"severity": "minor"}


def test_a_block_that_is_not_closed_ends_at_an_empty_line():
    found = read("Above.\n<!-- ghstatus\nseverity: minor\n\nBelow.")

    assert (found.values, found.content) == ({"severity": "minor"}, "Above.\n\n\n\nBelow.")
    ((path, fault),) = found.faults
    assert (path, fault[0]) == ((), "no `-->` closes the hidden block")
    assert read("<!-- ghstatus").faults


def test_the_first_of_two_blocks_counts():
    found = read("<!-- ghstatus\nseverity: minor\n-->\n<!-- ghstatus\nseverity: major\n-->\nBelow.")

    assert (found.values, found.content.strip()) == ({"severity": "minor"}, "Below.")
    assert [fault[0] for _, fault in found.faults] == ["a second hidden block"]


def test_an_opening_within_a_block_is_no_second_one():
    found = read("<!-- ghstatus\neta: |\n  x\n<!-- ghstatus\n-->")

    assert [fault[0] for _, fault in found.faults] != ["a second hidden block"]


def test_what_is_no_yaml_is_told_in_words_about_the_block():
    found = read("Above.\n<!-- ghstatus\nseverity: minor\neta: [a\n-->")

    ((path, fault),) = found.faults
    assert fault[0].startswith("the hidden block is no YAML")
    assert found.place(path).line in {4, 5}
    assert found.values["severity"] == "minor"


def test_text_that_looks_like_a_block_is_escaped():
    text = "<!-- ghstatus\nseverity: major\n-->\n\\<!-- ghstatus"

    assert block.write({}, text) == "\\<!-- ghstatus\nseverity: major\n-->\n\\\\<!-- ghstatus"
    assert read(block.write({}, text)).content == text
