"""Times as people say them who look at a clock."""

import pytest
from hypothesis import given

from ghstatus.grammar import clock, moment
from tests.builders import at
from tests.strategies import moments

NOW = at("2026-03-02 14:20")


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("14:05", "2026-03-02 14:05", "2026-03-03 14:05"),
        ("at 14:05", "2026-03-02 14:05", "2026-03-03 14:05"),
        ("16:00 CET", "2026-03-01 15:00", "2026-03-02 15:00"),
        ("4pm", "2026-03-01 16:00", "2026-03-02 16:00"),
        ("4 PM CET", "2026-03-01 15:00", "2026-03-02 15:00"),
        ("12am", "2026-03-02 00:00", "2026-03-03 00:00"),
        ("9:00 tomorrow", "2026-03-03 09:00", "2026-03-03 09:00"),
        ("tomorrow 9am", "2026-03-03 09:00", "2026-03-03 09:00"),
        ("14:25", "2026-03-02 14:25", "2026-03-02 14:25"),  # a clock is some minutes wrong
        ("23:50 UTC", "2026-03-01 23:50", "2026-03-02 23:50"),
        ("3:05 PM", "2026-03-01 15:05", "2026-03-02 15:05"),
        ("12:30am", "2026-03-02 00:30", "2026-03-03 00:30"),
        ("15:05+01:00", "2026-03-02 14:05", "2026-03-03 14:05"),
        ("Yesterday, 23:50", "2026-03-01 23:50", "2026-03-01 23:50"),
        ("tomorrow at 8:00", "2026-03-03 08:00", "2026-03-03 08:00"),
        ("now", "2026-03-02 14:20", "2026-03-02 14:20"),
        ("20m ago", "2026-03-02 14:00", "2026-03-02 14:00"),
        ("in 2 hours", "2026-03-02 16:20", "2026-03-02 16:20"),
        ("1h30m", "2026-03-02 12:50", "2026-03-02 15:50"),
        ("2026-01-05", "2026-01-05 00:00", "2026-01-05 00:00"),
        ("2026-03-02 20:10 UTC", "2026-03-02 20:10", "2026-03-02 20:10"),
    ],
)
def test_what_is_meant_depends_on_whether_it_was_or_will_be(text, past, coming):
    assert (clock.past(text, NOW), clock.coming(text, NOW)) == (at(past), at(coming))


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "14:61", "20 ago", "in a while", "999999d ago", "9" * 100, "14:05 CEST"]
)
def test_what_is_no_time_is_refused_with_a_reason(text):
    for read in (clock.past, clock.coming):
        with pytest.raises(ValueError, match=r"."):
            read(text, NOW)


@given(moments, moments)
def test_a_written_time_is_read_as_it_was_whenever_it_is_read(time, now):
    assert clock.past(moment.write(time), now) == clock.coming(moment.write(time), now) == time


def test_a_time_that_no_calendar_has_is_none():
    with pytest.raises(ValueError, match="'in 9999d' is not a time"):
        clock.past("in 9999d", at("9990-01-01"))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("16:00 CET", "2026-03-02 15:00"),
        ("by 4pm", "2026-03-02 16:00"),
        ("until tomorrow 9:00", "2026-03-03 09:00"),
        ("14:15", "2026-03-02 14:15"),  # a clock is some minutes wrong
        ("2h", "2026-03-02 16:20"),
    ],
)
def test_a_time_by_when_something_is_expected_is_read(text, time):
    assert clock.expected(text, NOW) == at(time)


@pytest.mark.parametrize(
    "text",
    [
        "when the disks arrive",
        "soon",
        "",
        "3-4 hours",
        "in a while",
        "Friday afternoon",
        "2 disks",
        "tomorrow, or never",
    ],
)
def test_what_is_expected_may_be_said_in_words(text):
    assert clock.expected(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("25:00", "hour must be in"),
        ("16:00 CST", "is not a time"),
        ("16:00 UTC+1", "is not a time"),
        ("16.30", "is not a time"),
        ("tomorrow", "is not a time"),
        ("Tonight", "is not a time"),
        ("16:00 CEST", "clocks don't go by CEST then, but by CET"),
        ("2026-03-32", "is not a time"),
        ("1.4.2026", "is not a time"),
        ("30", "has no unit|is not a time"),
        ("20m ago", "2026-03-02 14:00 UTC has passed"),
        ("yesterday 9:00", "2026-03-01 09:00 UTC has passed"),
        ("2026-03-02 14:09", "2026-03-02 14:09 UTC has passed"),
    ],
)
def test_what_is_meant_for_a_time_and_is_none_or_has_passed_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        clock.expected(text, NOW)
