"""Times as people type them, and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import moment

TEN_PAST_EIGHT = datetime(2026, 3, 2, 20, 10, tzinfo=UTC)
AWARE = st.datetimes(
    datetime.fromisoformat("0001-01-02"),
    datetime.fromisoformat("9999-12-30"),
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 20:10",
        "2026-03-02 20:10 UTC",
        "2026-03-02 20:10 utc",
        "2026-03-02 20:10 GMT",
        " 2026-3-2   20:10Z ",
        "2026-03-02t20:10:00z",
        "\N{LEFT DOUBLE QUOTATION MARK}2026-03-02 20:10\N{RIGHT DOUBLE QUOTATION MARK}",
        "2026\N{EN DASH}03\N{NON-BREAKING HYPHEN}02 20:10 UTC",
        "2026-03-02T21:10:00+01:00",
        "2026-03-02T21:10:00.000+01",
        "2026-03-02 14:40 -0530",
        "2026-03-03 00:10:00,000000000 +04:00",
        "2026-03-02 21:10 CET",
        "2026-03-02 15:10 est",
    ],
)
def test_a_time_is_read_however_it_is_typed(text):
    assert moment.parse(text) == TEN_PAST_EIGHT


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-07-01 16:00 CEST", "2026-07-01 14:00 UTC"),
        ("2026-10-25 02:30 CEST", "2026-10-25 00:30 UTC"),
        ("2026-10-25 02:30 CET", "2026-10-25 01:30 UTC"),
        ("2026-07-01 09:00 PDT", "2026-07-01 16:00 UTC"),
        ("2026-07-01 16:00 BST", "2026-07-01 15:00 UTC"),
    ],
)
def test_a_zone_may_have_its_name(text, time):
    assert moment.write(moment.parse(text)) == time


def test_a_zone_by_which_no_clock_goes_then_is_told():
    with pytest.raises(ValueError, match="not a time: clocks don't go by CET then, but by CEST"):
        moment.parse("2026-07-01 16:00 CET")


@pytest.mark.parametrize("name", ["CST", "IST"])
def test_a_zone_that_may_be_several_is_none(name):
    with pytest.raises(ValueError, match=r"is not a time$"):
        moment.parse(f"2026-03-02 20:10 {name}")


def test_a_date_alone_is_its_midnight_in_utc():
    assert moment.parse("2026-03-02") == datetime(2026, 3, 2, tzinfo=UTC)


def test_what_is_finer_than_a_microsecond_is_cut_off():
    assert moment.parse("2026-03-02 20:10:00.1234567").microsecond == 123456
    assert moment.parse("2026-03-02 20:10:00.5").microsecond == 500000


def test_a_time_is_given_in_utc():
    assert moment.parse("2026-03-02 20:10 +05:00").tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "20:10",
        "02.03.2026 20:10",
        "2026-03-02 20",
        "2026-03-02 20:10 UTC+1",
        "2026-03-02 20:10 +01:60",
        "2026-03-02 20:10 and so on",
        "1772480400",
    ],
)
def test_what_is_no_time_is_said_to_be_none(text):
    with pytest.raises(ValueError, match=r"is not a time$"):
        moment.parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-30", "day"),
        ("2026-13-01", "month"),
        ("2026-03-02 24:00", "hour"),
        ("2026-03-02 20:60", "minute"),
        ("2026-03-02 20:10:60", "second"),
        ("2026-03-02 20:10 +24:00", "offset"),
        ("0001-01-01 00:00 +01:00", "out of range"),
        ("9999-12-31 23:00 -02:00", "out of range"),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_a_reason(text, reason):
    with pytest.raises(ValueError, match=f"is not a time: .*{reason}"):
        moment.parse(text)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("2026-03-02 20:10 UTC", {}),
        ("2026-03-02 20:10:05 UTC", {"second": 5}),
        ("2026-03-02 20:10:00.000007 UTC", {"microsecond": 7}),
        ("0032-03-02 20:10 UTC", {"year": 32}),
    ],
)
def test_a_time_is_written_no_finer_than_it_is(text, changed):
    assert moment.write(TEN_PAST_EIGHT.replace(**changed)) == text


@given(AWARE)
def test_what_is_written_is_read_back(time):
    assert moment.parse(moment.write(time)) == time


@given(AWARE)
def test_what_python_writes_is_read(time):
    assert moment.parse(time.isoformat()) == time


def test_the_words_for_what_is_accepted_tell_the_truth():
    examples = moment.ACCEPTED.removeprefix("a date and time such as ").split(" or ")

    assert [moment.parse(example) for example in examples] == [TEN_PAST_EIGHT, TEN_PAST_EIGHT - timedelta(hours=1)]


def test_a_time_for_programs_is_in_utc_and_to_the_second() -> None:
    """The year has four digits, whichever system writes it."""
    there = datetime(33, 4, 3, 15, 0, 0, 999, tzinfo=timezone(timedelta(hours=2)))

    assert moment.iso(there) == moment.iso_or_none(there) == "0033-04-03T13:00:00Z"
    assert moment.iso_or_none(None) is None
