"""Markdown without its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.render.text import plain

TEXTS = {
    "marks": ("# Down\n\nHalf of the **builders** are `back`.", "Down\n\nHalf of the builders are back."),
    "lines": ("one\ntwo", "one\ntwo"),
    "links": (
        "[the log](https://a.example/log), https://b.example, [](https://c.example), a@example.org",
        "the log (https://a.example/log), https://b.example, , a@example.org",
    ),
    "lists": ("- one\n- two\n  - three\n\nfour", "- one\n- two\n  - three\n\nfour"),
    "numbers": ("3. one\n4. two", "3. one\n4. two"),
    "loose lists": ("- one\n\n  more\n\n- two", "- one\nmore\n- two"),
    "empty items": ("-\n- two", "-\n- two"),
    "tasks": ("- [x] done", "- ☑ done"),
    "code": ("```\na\n  b\n```\n\nc", "a\n  b\n\nc"),
    "tables": ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
    "what is struck out": ("it is ~~up~~ down", "it is down"),
    "what is hidden": (
        "<details><summary>More</summary>in it</details>\n\n<!-- no -->\n<script>no</script>",
        "More\nin it",
    ),
    "quotes": ("> one\n>\n> two", "one\n\ntwo"),
    "entities": ("a &lt; b &amp; c", "a < b & c"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("what", TEXTS)
def test_the_words_stay(what):
    source, text = TEXTS[what]

    assert plain.text(source) == text


@given(st.text())
def test_any_text_has_some_words(source):
    text = plain.text(source)

    assert text == text.strip()
    assert "\n\n\n" not in text
