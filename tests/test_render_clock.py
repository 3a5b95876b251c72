"""Times and durations in words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ghstatus.render.text import clock
from tests.builders import at

EVENING = at("2026-03-02 19:10")


@pytest.mark.parametrize(
    ("date_", "short", "long"),
    [
        (date(2026, 1, 1), "1 Jan 2026", "January 2026"),
        (date(2026, 3, 2), "2 Mar 2026", "March 2026"),
        (date(2025, 12, 31), "31 Dec 2025", "December 2025"),
        (date(987, 6, 5), "5 Jun 987", "June 987"),
    ],
)
def test_a_day_and_a_month_have_names(date_, short, long):
    assert (clock.day(date_), clock.month(date_)) == (short, long)


def test_a_moment_is_in_utc():
    shown = '<time datetime="2026-03-02T19:10:00Z">2 Mar 2026, 19:10 UTC</time>'

    assert clock.moment(EVENING) == shown
    assert clock.moment(EVENING.astimezone(timezone(timedelta(hours=9)))) == shown


def test_a_moment_tells_the_pages_own_zone_beside():
    shown = '<time datetime="2026-03-02T19:10:00Z" title="3 Mar 2026, 04:10 JST">2 Mar 2026, 19:10 UTC</time>'

    assert clock.moment(EVENING, "Asia/Tokyo") == shown


def test_a_moment_is_told_to_the_minute_and_meant_to_the_second():
    moment = datetime(2026, 3, 2, 19, 10, 59, 999999, tzinfo=UTC)

    assert clock.moment(moment) == '<time datetime="2026-03-02T19:10:59Z">2 Mar 2026, 19:10 UTC</time>'


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_time_are_moments_too(year):
    assert f"{year:04}-06-01T00:00:00Z" in clock.moment(datetime(year, 6, 1, tzinfo=UTC), "Europe/Prague")


def test_an_expected_time_is_shown_as_one():
    assert clock.expected("2026-03-02T20:10:00+01:00") == clock.moment(EVENING)


@pytest.mark.parametrize("words", ["after lunch", "", "2026-13-45", "<b>now</b>"])
def test_an_expectation_in_words_stays_as_it_is(words):
    assert clock.expected(words) == words
    assert type(clock.expected(words)) is str


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(), "under a minute"),
        (timedelta(seconds=59), "under a minute"),
        (timedelta(hours=-3), "under a minute"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=5, seconds=59), "2 h 5 min"),
        (timedelta(days=3, minutes=59), "3 d"),
        (timedelta(days=3, hours=4, minutes=5), "3 d 4 h"),
        (timedelta(days=1000), "1000 d"),
    ],
)
def test_a_duration_has_the_two_units_that_matter(length, told):
    assert clock.duration(length) == told
