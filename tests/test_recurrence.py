"""A rule of recurrence is refused in words, or comes round when a calendar says; none can make a run hang."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghstatus import recurrence

PRAGUE = ZoneInfo("Europe/Prague")


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def times(rule, start="2026-03-10T05:00", until="2026-12-31T00:00", zone=PRAGUE):
    assert recurrence.fault(rule) == ""
    return [f"{one:%Y-%m-%d %H:%M}" for one in recurrence.times(rule, utc(start), zone, utc(until))]


@pytest.mark.parametrize(
    ("rule", "until", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "2026-04-01T00:00", ["2026-03-10 05:00", "2026-03-17 05:00", "2026-03-24 05:00", "2026-03-31 04:00"]),
        ("FREQ=MONTHLY;BYDAY=2TU", "2026-06-01T00:00", ["2026-03-10 05:00", "2026-04-14 04:00", "2026-05-12 04:00"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "2026-05-01T00:00", ["2026-03-31 04:00", "2026-04-28 04:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-05-01T00:00", ["2026-03-31 04:00", "2026-04-30 04:00"]),
        ("FREQ=DAILY;INTERVAL=3;COUNT=2", "2026-12-31T00:00", ["2026-03-10 05:00", "2026-03-13 05:00"]),
        ("FREQ=DAILY;UNTIL=20260311", "2026-12-31T00:00", ["2026-03-10 05:00", "2026-03-11 05:00"]),
        ("FREQ=DAILY;UNTIL=20260311T060000", "2026-12-31T00:00", ["2026-03-10 05:00", "2026-03-11 05:00"]),
        ("FREQ=DAILY;UNTIL=20260311T045959Z", "2026-12-31T00:00", ["2026-03-10 05:00"]),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "2027-12-31T00:00", ["2026-05-11 04:00", "2027-05-17 04:00"]),
        ("FREQ=YEARLY;BYYEARDAY=100;BYMONTH=4;WKST=SU", "2026-12-31T00:00", ["2026-04-10 04:00"]),
        ("FREQ=DAILY", "2026-03-10T04:59", []),
    ],
)  # fmt: skip
def test_a_rule_comes_round_by_the_wall_s_clock(rule, until, expected):
    assert times(rule, until=until) == expected


def test_an_hour_that_clocks_skip_is_as_much_later_and_one_they_show_twice_comes_once():
    skipped = times("FREQ=DAILY;COUNT=3", "2026-03-28T01:30", "2026-04-10T00:00")
    doubled = times("FREQ=DAILY;COUNT=3", "2026-10-24T00:30", "2026-11-10T00:00")

    assert skipped == ["2026-03-28 01:30", "2026-03-29 01:30", "2026-03-30 00:30"]
    assert doubled == ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"]


def test_an_end_within_the_hour_that_clocks_show_twice_leaves_out_what_comes_after_it():
    zone = ZoneInfo("Europe/Prague")

    assert list(recurrence.times("FREQ=DAILY", utc("2026-10-24T00:45"), zone, utc("2026-10-25T00:40"))) == [
        utc("2026-10-24T00:45")
    ]
    assert list(recurrence.times("FREQ=DAILY", utc("2026-03-28T01:45"), zone, utc("2026-03-29T01:30"))) == [
        utc("2026-03-28T01:45")
    ]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("", "'' is no part of a rule that is taken"),
        ("FOO", "'FOO' is no part of a rule that is taken"),
        ("EVERY TUESDAY, BUT NOT AT NIGHT", "'EVERY TUESDAY, BUT N' is no part of a rule that is taken"),
        ("BYDAY=TU", "FREQ has to be DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=SECONDLY", "FREQ has to be DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=HOURLY", "FREQ has to be DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ stands in it twice"),
        ("FREQ=DAILY;BYSECOND=1,2,3", "'BYSECOND' is no part of a rule that is taken"),
        ("FREQ=DAILY;BYHOUR=1", "'BYHOUR' is no part of a rule that is taken"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL can't be '0'"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL can't be '-1'"),
        ("FREQ=DAILY;INTERVAL=1000000", "INTERVAL can't be '1000000'"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY can't be 'XX'"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY can't be ''"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY can't be '0'"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20260101", "COUNT and UNTIL don't go together"),
        ("FREQ=DAILY;UNTIL=TODAY", "UNTIL can't be 'TODAY'"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day fits it"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH can't be '13'"),
        ("FREQ=YEARLY;BYDAY=54MO", "BYDAY can't be '54MO'"),
        ("FREQ=YEARLY;BYWEEKNO=-54", "BYWEEKNO can't be '-54'"),
        (f"FREQ=DAILY;BYMONTHDAY={','.join(['1'] * 200)}", "it is too long"),
    ],
)
def test_a_rule_that_is_none_is_refused_in_words(rule, fault):
    assert recurrence.fault(rule) == fault


@pytest.mark.parametrize("until", ["20260230", "20261301T000000", "20260101T250000", "20260230T000000Z"])
def test_a_rule_does_not_end_on_a_day_that_does_not_exist(until):
    assert recurrence.fault(f"FREQ=DAILY;UNTIL={until}") == f"UNTIL can't be {until!r}"


@pytest.mark.parametrize("typed", ["RRULE:FREQ=WEEKLY;BYDAY=TU", "freq=weekly; byday=tu;", " FREQ=WEEKLY ;BYDAY=TU"])
def test_a_rule_may_be_typed_as_calendars_write_it(typed):
    assert recurrence.plain(typed) == "FREQ=WEEKLY;BYDAY=TU"


def test_a_rule_without_end_is_followed_no_further_than_is_asked():
    found = recurrence.times("FREQ=DAILY;COUNT=999999999", utc("2000-01-01T00:00"), UTC, utc("2999-01-01T00:00"))

    assert len(list(found)) == 30_000


def test_a_rule_that_fits_no_day_after_its_start_is_looked_through_to_the_end_of_the_calendar():
    assert times("FREQ=DAILY;INTERVAL=7;BYDAY=WE", zone=UTC) == []
    assert recurrence.is_idle("FREQ=DAILY;INTERVAL=7;BYDAY=WE", utc("2026-03-10T05:00"))
    assert not recurrence.is_idle("FREQ=DAILY;INTERVAL=7;BYDAY=TU;UNTIL=20000101", utc("2026-03-10T05:00"))


def test_what_began_long_ago_is_counted_from_the_year_2000_on():
    assert times("FREQ=YEARLY", "1901-05-05T10:00", "2003-01-01T00:00", UTC)[0] == "2000-01-01 00:00"


def numbers(most):
    return st.lists(st.integers(-most, most).filter(bool).map(str), min_size=1, max_size=3).map(",".join)


DAYS = st.lists(st.from_regex(r"(|-?[1-9])(MO|TU|WE|TH|FR|SA|SU)", fullmatch=True), min_size=1).map(",".join)
PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])},
    optional={
        "INTERVAL": st.integers(1, 999).map(str),
        "COUNT": st.integers(1, 10**9 - 1).map(str),
        "BYDAY": DAYS,
        "BYMONTH": st.integers(1, 12).map(str),
        "WKST": st.just("SU"),
    }
    | {
        name: numbers(most)
        for name, most in [("BYMONTHDAY", 31), ("BYYEARDAY", 366), ("BYWEEKNO", 53), ("BYSETPOS", 366)]
    },
)


@settings(max_examples=40, deadline=None)
@given(PARTS, st.sampled_from(["UTC", "Europe/Prague", "Australia/Lord_Howe"]))
def test_a_rule_is_refused_or_comes_round_in_order_at_most_once_a_day(parts, zone):
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    start, until = utc("2026-01-01T10:00"), utc("2028-01-01T00:00")

    if recurrence.fault(rule) == "":
        found = list(recurrence.times(rule, start, ZoneInfo(zone), until))
        assert all(start <= one <= until for one in found)
        assert all(other - one > timedelta(hours=20) for one, other in pairwise(found))


@given(st.text("ABDEFIKLNQRSTUVWY=;,-0123456789", max_size=60))
def test_anything_typed_gets_an_answer(text):
    assert isinstance(recurrence.fault(recurrence.plain(text)), str)
