"""Who is on duty follows from the rota, whatever clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import rota
from ghstatus.model import Rota, Swap


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WEEKLY = Rota(people=("alice", "bob", "carol"), start=utc("2026-03-02T08:00"), timezone="Europe/Prague")
DAY = timedelta(days=1)
MOMENTS = st.integers(0, 500_000).map(lambda minutes: utc("2025-12-30T00:00") + timedelta(minutes=minutes))
ZONES = st.sampled_from(
    ["UTC", "Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland", "America/Santiago"]
)
SWAPS = st.builds(
    lambda start, hours, person: Swap(start, start + timedelta(hours=hours), person),
    MOMENTS,
    st.integers(1, 900),
    st.sampled_from(["bob", "dave"]),
)
ROTAS = st.builds(
    Rota,
    people=st.sampled_from([("alice",), ("alice", "bob"), ("alice", "bob", "carol")]),
    start=MOMENTS,
    days=st.integers(1, 20),
    timezone=ZONES,
    swaps=st.lists(SWAPS, max_size=4).map(tuple),
)


@pytest.mark.parametrize(
    ("at", "person"),
    [
        ("2026-03-02T07:59:59", ""),
        ("2026-03-02T08:00", "alice"),
        ("2026-03-09T07:59:59", "alice"),
        ("2026-03-09T08:00", "bob"),
        ("2026-03-16T08:00", "carol"),
        ("2026-03-23T08:00", "alice"),
        ("2026-03-30T06:59:59", "alice"),
        ("2026-03-30T07:00", "bob"),  # summer time: nine o'clock in Prague is an hour earlier
        ("2026-11-02T07:59:59", "bob"),
        ("2026-11-02T08:00", "carol"),
    ],
)
def test_turns_change_at_the_same_hour_of_the_wall(at, person):
    assert rota.on_duty(WEEKLY, utc(at)) == person


def test_who_stands_in_is_on_duty_and_the_later_one_counts():
    swaps = (
        Swap(utc("2026-03-03T00:00"), utc("2026-03-10T00:00"), "dave"),
        Swap(utc("2026-03-05T00:00"), utc("2026-03-06T00:00"), "erin"),
    )
    mine = Rota(people=WEEKLY.people, start=WEEKLY.start, timezone=WEEKLY.timezone, swaps=swaps)

    found = rota.turns(mine, utc("2026-03-01T00:00"), utc("2026-03-17T00:00"))

    assert [(turn.person, turn.start.strftime("%d %H"), turn.stands_in) for turn in found] == [
        ("alice", "02 08", False),
        ("dave", "03 00", True),
        ("erin", "05 00", True),
        ("dave", "06 00", True),
        ("bob", "10 00", False),
        ("carol", "16 08", False),
    ]


def test_a_turn_is_told_whole_however_little_of_it_is_asked_for():
    swap = Swap(utc("2026-03-03T00:00"), utc("2026-03-20T00:00"), "dave")
    mine = Rota(people=WEEKLY.people, start=WEEKLY.start, timezone=WEEKLY.timezone, swaps=(swap,))

    assert rota.turns(mine, utc("2026-03-10T00:00"), utc("2026-03-10T00:01")) == (rota.Turn(*swap, stands_in=True),)
    assert rota.turns(WEEKLY, utc("2026-03-10T00:00"), utc("2026-03-10T00:01"))[0].start == utc("2026-03-09T08:00")


def test_nobody_is_on_duty_before_the_first_turn_even_by_a_swap():
    swap = Swap(utc("2026-02-01T00:00"), utc("2026-03-03T00:00"), "dave")
    mine = Rota(people=WEEKLY.people, start=WEEKLY.start, timezone=WEEKLY.timezone, swaps=(swap,))

    assert rota.on_duty(mine, utc("2026-02-15T00:00")) == ""
    assert rota.turns(mine, utc("2026-02-01T00:00"), utc("2026-03-02T08:00")) == ()
    assert rota.turns(mine, utc("2026-02-01T00:00"), utc("2026-03-02T09:00"))[0] == (
        *(utc("2026-03-02T08:00"), utc("2026-03-03T00:00")),
        *("dave", True),
    )


def test_an_hour_that_clocks_skip_is_as_much_later():
    early = Rota(people=("alice", "bob"), start=utc("2026-03-28T01:30"), days=1, timezone="Europe/Prague")

    found = rota.turns(early, utc("2026-03-28T02:00"), utc("2026-03-31T00:00"))

    assert [turn.start for turn in found] == [
        *(utc("2026-03-28T01:30"), utc("2026-03-29T01:30"), utc("2026-03-30T00:30"))
    ]


def test_a_day_that_a_country_skips_is_nobody_s_turn():
    samoa = Rota(people=("alice", "bob", "carol"), start=utc("2011-12-29T19:00"), days=1, timezone="Pacific/Apia")

    found = rota.turns(samoa, utc("2011-12-29T19:00"), utc("2012-01-01T00:00"))

    assert [turn.person for turn in found] == ["alice", "carol", "alice"]
    assert [one.end == other.start for one, other in pairwise(found)] == [True, True]


@given(ROTAS, MOMENTS, st.integers(1, 100_000))
def test_turns_are_gapless_and_in_order_and_cover_what_was_asked_for(mine, start, minutes):
    end = start + timedelta(minutes=minutes)
    found = rota.turns(mine, start, end)

    assert all(turn.start < turn.end for turn in found)
    assert all(one.end == other.start for one, other in pairwise(found))
    if end <= mine.start:
        assert found == ()
    else:
        assert found[0].start <= max(start, mine.start)
        assert found[-1].start < end <= found[-1].end


@given(ROTAS, MOMENTS, st.integers(1, 60_000), st.data())
def test_who_is_on_duty_is_whose_turn_the_moment_lies_in(mine, start, minutes, data):
    end = start + timedelta(minutes=minutes)
    at = start + timedelta(minutes=data.draw(st.integers(0, minutes - 1)))

    assert rota.on_duty(mine, at) == "".join(
        turn.person for turn in rota.turns(mine, start, end) if turn.start <= at < turn.end
    )


@given(ROTAS, MOMENTS, MOMENTS, st.integers(1, 60_000))
def test_a_turn_is_the_same_however_it_is_asked_for(mine, one, other, minutes):
    span = timedelta(minutes=minutes)
    found = [set(rota.turns(mine, start, start + span)) for start in (one, other)]
    shared = [turn for turns in found for turn in turns if turn.start < one + span and one < turn.end]
    shared = [turn for turn in shared if turn.start < other + span and other < turn.end]

    assert set(shared) == found[0] & found[1]


@given(ROTAS.filter(lambda mine: mine.start.minute != 59))
def test_without_swaps_everybody_begins_at_the_same_time_of_day(mine):
    zone = ZoneInfo(mine.timezone)
    plain = Rota(people=mine.people, start=mine.start, days=mine.days, timezone=mine.timezone)
    begun = [turn.start.astimezone(zone) for turn in rota.turns(plain, plain.start, plain.start + 400 * DAY)]
    odd = {moment.time() for moment in begun} - {mine.start.astimezone(zone).time()}

    assert [turn.person for turn in rota.turns(plain, plain.start, plain.start + DAY)] == [mine.people[0]]
    assert len(odd) <= 1  # the one day whose clocks skip that time
