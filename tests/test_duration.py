"""Spans of time are read as people type them."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import duration

SPANS = st.integers(0, 10**9).map(lambda seconds: timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("30m", 1800),
        ("4h", 14400),
        ("2d", 172800),
        ("90s", 90),
        ("1h30m", 5400),
        ("1d 2h 3m 4s", 93784),
        (" 4 H\n", 14400),
        ("2 hours 5 mins", 7500),
        ("1 day", 86400),
        ("1 minute 1 second", 61),
        ("3hrs", 10800),
        ("0m", 0),
        ("100h", 360000),
    ],
)
def test_a_span_is_read(typed, seconds):
    assert duration.parse(typed) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "typed", ["", " ", "h", "-4h", "4x", "1.5h", "30m1h", "4h4h", "1_0m", "٤h", "4months", "1234567d", "PT4H", "4h,"]
)
def test_anything_else_is_none(typed):
    with pytest.raises(ValueError, match=f"^{re.escape(repr(typed))} is no span of time$"):
        duration.parse(typed)


def test_a_bare_number_is_asked_for_its_unit():
    with pytest.raises(ValueError, match=r"^'30' has no unit: 30m, 30h or 30d\?$"):
        duration.parse("30")


def test_a_long_text_is_shown_in_part():
    with pytest.raises(ValueError, match=f"^'{'x' * 60}…' is no span of time$"):
        duration.parse("x" * 61)


@given(SPANS)
def test_what_is_written_is_read_back(span):
    written = duration.write(span)

    assert duration.parse(written) == span
    assert re.search(duration.PATTERN, written)


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (timedelta(hours=1, minutes=30), "1h30m"),
        (timedelta(minutes=90), "1h30m"),
        (timedelta(days=2), "2d"),
        (timedelta(), "0m"),
        (timedelta(days=1, seconds=5), "1d5s"),
    ],
)
def test_a_span_is_written_shortly(span, written):
    assert duration.write(span) == written


@given(st.text(max_size=30))
def test_nothing_but_a_refusal_comes_of_strange_text(text):
    with suppress(ValueError):
        assert duration.parse(text) >= timedelta()
