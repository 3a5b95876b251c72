"""YAML read as text, with the place of everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import fields
from ghstatus.grammar.fields import FieldsError, Place

DOCUMENT = """\
title: no
components:
  - id: copr
    aliases: [a, 1:30]
  - {id: 007, start_date: 2026-02-30}
"""


def refused(text):
    with pytest.raises(FieldsError) as caught:
        fields.read(text)
    return str(caught.value), tuple(caught.value.place)


def test_every_scalar_stays_what_was_typed():
    entries = [{"id": "copr", "aliases": ["a", "1:30"]}, {"id": "007", "start_date": "2026-02-30"}]

    assert fields.read(DOCUMENT).value == {"title": "no", "components": entries}


@pytest.mark.parametrize("typed", ["yes", "0x1F", "1_000", "+.inf", "!!int 5", "=", "2026-03-02 20:10:00"])
def test_yaml_guesses_nothing(typed):
    assert fields.read(f"a: {typed}").value == {"a": typed.removeprefix("!!int ")}


@pytest.mark.parametrize("typed", ["", "~", "null", '""'])
def test_nothing_is_an_empty_text(typed):
    assert fields.read(f"a: {typed}").value == {"a": ""}


@pytest.mark.parametrize("typed", ["'~'", '"null"'])
def test_a_quoted_null_is_text(typed):
    assert fields.read(f"a: {typed}").value == {"a": typed[1:-1]}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n"])
def test_an_empty_document_is_an_empty_mapping(text):
    assert fields.read(text).value == {}


def test_a_document_may_be_a_list_or_a_text():
    assert fields.read("- a\n- [b]").value == ["a", ["b"]]
    assert fields.read("just words").value == "just words"


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert fields.read("\ufefftitle: x").value == {"title": "x"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("title",), (1, 1)),
        (("components",), (2, 1)),
        (("components", 0), (3, 5)),
        (("components", 0, "aliases"), (4, 5)),
        (("components", 0, "aliases", 1), (4, 18)),
        (("components", 1, "start_date"), (5, 15)),
    ],
)
def test_every_value_knows_its_place(path, place):
    assert tuple(fields.read(DOCUMENT).place(path)) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("components", 1, "name"), (5, 5)),
        (("components", 7, "name"), (2, 1)),
        (("components", "id"), (2, 1)),
        (("title", "id"), (1, 1)),
        (("none",), (1, 1)),
    ],
)
def test_what_is_not_there_has_the_place_where_it_is_missing(path, place):
    assert tuple(fields.read(DOCUMENT).place(path)) == place


def test_an_empty_document_begins_at_the_beginning():
    assert fields.read("").place(("title",)) == Place(1, 1)


def test_a_repeated_key_is_told_with_its_place():
    document = fields.read("a: 1\nb:\n  - c: 1\n    c: 2\na: 3\na: 4\n")

    assert list(document.repeated()) == [
        (("b", 0, "c"), Place(4, 5)),
        (("a",), Place(5, 1)),
        (("a",), Place(6, 1)),
    ]


def test_of_a_repeated_key_the_last_counts():
    document = fields.read("a: 1\nb: 2\na: 3\n")

    assert document.value == {"a": "3", "b": "2"}
    assert document.place(("a",)) == Place(3, 1)


def test_keys_that_differ_are_no_repetition():
    assert list(fields.read(DOCUMENT).repeated()) == []
    assert list(fields.read("").repeated()) == []


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("a: b: c", "a `: ` stands inside a value", (1, 5)),
        ("a: 1\n b: 2", "a `: ` stands inside a value", (2, 3)),
        ("a: 1\n\tb: 2", "a tab stands where only spaces may", (2, 1)),
        ("a: 1\nb\nc: 2", "this line is no `key: value`", (2, 1)),
        ("- a\nb: 1", "this line stands too far to the left or to the right", (2, 1)),
        ("  a: 1\nb: 2", "this line stands too far to the left or to the right", (2, 1)),
        ("a: 1\n- b", "this line stands too far to the left or to the right, or is no `key: value`", (2, 1)),
        ("a: [1\nb: 2", "a `[` is opened here and never closed", (1, 4)),
        ("a: {b\nc: 2", "a `{` is opened here and never closed", (1, 4)),
        ('a: "x\nb: 1', "a quote is opened here and never closed", (1, 4)),
        ("a: [", "while parsing a flow node, did not find expected node content", (2, 1)),
        ("--- a\n--- b", "expected a single document in the stream, but found another document", (2, 1)),
        ("a: *other", "found undefined alias", (1, 4)),
        ("a: 1\n? [x]\n: 2", "a key must be plain text", (2, 3)),
        ("a: é\n b: x\x07", "the character '\\x07' is not allowed", (2, 6)),
        ("\ud800", "the character '\\ud800' is not allowed", (1, 1)),
    ],
)
def test_what_is_no_yaml_is_refused_where_it_breaks_off(text, reason, place):
    said, where = refused(text)

    assert said.startswith(reason)
    assert where == place


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x", "&x [*x]"])
def test_an_alias_of_more_than_a_text_is_refused(text):
    assert "an alias (`*name`) is not taken" in refused(text)[0]


def test_twenty_levels_are_deep_enough():
    assert fields.read("[" * 20 + "]" * 20).value != []
    assert refused("[" * 21 + "]" * 21) == ("nested more than 20 levels deep", (1, 21))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_nesting_without_end_does_not_end_the_process(text):
    assert refused(text)[0] == "nested more than 20 levels deep"


def test_neighbours_are_not_nested():
    assert fields.read("- [a]\n" * 30).value == [["a"]] * 30


@given(st.text())
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        place = fields.read(text).place(())
    except FieldsError as error:
        place = error.place

    assert place >= (1, 1)


def test_a_long_text_is_read_if_it_is_shallow():
    entries = "".join(f"- [a, {number}]\n" for number in range(1500))

    assert fields.read(f"list:\n{entries}").value == {"list": [["a", str(number)] for number in range(1500)]}
