"""Words to find in a text are read as they were typed, and what would be found anywhere is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus.grammar import phrases
from ghstatus.model import Phrase

TYPED = st.lists(st.sampled_from(["/", "\\", "i", "a", " ", "\n", "[0-9]+"]), min_size=1, max_size=8).map("".join)


@given(st.builds(Phrase, TYPED, st.booleans()))
@example(Phrase("a/i", is_pattern=True))
@example(Phrase("/a/i"))
@example(Phrase("\\/a/"))
def test_what_is_written_is_read_as_the_same(phrase):
    assert phrases.read(phrases.write(phrase)) == phrase


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("no space left", Phrase("no space left")),
        ("/HTTP 5\\d\\d/", Phrase("HTTP 5\\d\\d", is_pattern=True)),
        ("/HTTP 5\\d\\d/i", Phrase("HTTP 5\\d\\d", is_pattern=True)),
        ("\\/srv/cache/", Phrase("/srv/cache/")),
        ("/srv/cache", Phrase("/srv/cache")),
        ("//", Phrase("//")),
        ("/", Phrase("/")),
        ("", Phrase("")),
    ],
)
def test_slashes_around_it_make_a_pattern(typed, expected):
    assert phrases.read(typed) == expected


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        (Phrase("no space left"), ""),
        (Phrase("error"), ""),
        (Phrase("HTTP 5\\d\\d", is_pattern=True), ""),
        (Phrase("^error: .* from the mirror$", is_pattern=True), ""),
        (Phrase(" \n"), "it is empty"),
        (Phrase("x" * 1001), "it has 1,001 characters, and may have 1,000"),
        (Phrase("[ \\t]", is_pattern=True), "it is found in an empty line"),
        (Phrase("rare words|ERR", is_pattern=True), "it is found in 'error', and so nearly everywhere"),
        (Phrase("\\d", is_pattern=True), "it is found in '0', and so nearly everywhere"),
    ],
)
def test_a_phrase_has_to_tell_one_text_from_another(phrase, fault):
    assert phrases.fault(phrase) == fault


@pytest.mark.parametrize("pattern", ["(", "a(?=b)", "(a)\\1", ".*"])
def test_a_pattern_is_one_of_re2_s_and_holds_something(pattern):
    assert phrases.fault(Phrase(pattern, is_pattern=True))
