"""Figures laid out as drawings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.model import Budget, ComponentStatus, Measure, Month, Share, Step, Summary
from ghstatus.render.pages import charts

MAJOR, MINOR = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.DEGRADED_PERFORMANCE


def month(number=1, *, resolve=None, **statuses):
    """A month with so many incidents of each status."""
    shares = {ComponentStatus(status): Share(count, timedelta()) for status, count in statuses.items()}
    took = dict.fromkeys(Step, Measure()) | {Step.RESOLVE: resolve or Measure()}
    total = sum(statuses.values())
    return Month(date(2026, number, 1), Summary(total, 0, shares, took, Measure()))


def measure(shortest, median, longest, middle=None):
    lengths = [timedelta(minutes=one) for one in (shortest, median, longest)]
    return Measure(
        known=3,
        shortest=lengths[0],
        median=lengths[1],
        longest=lengths[2],
        mean=lengths[1],
        middle=middle and tuple(timedelta(minutes=one) for one in middle),
    )


def test_the_incidents_of_a_month_stand_on_each_other_with_the_worst_at_the_bottom():
    first, second = charts.columns([month(major_outage=1, degraded_performance=2), month(2)]).columns

    assert first.segments == (charts.Segment(MAJOR, 1, 86.0, 36.0), charts.Segment(MINOR, 2, 14.0, 72.0))
    assert (first.x, first.top) == (47, 14.0)
    assert (second.x, second.segments, second.top) == (73, (), 122)


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (11, [0, 5, 10, 15]),
        (260, [0, 100, 200, 300]),
    ],
)
def test_incidents_are_counted_by_whole_numbers(most, ticks):
    drawn = charts.columns([month(major_outage=most)] if most else [month()])

    assert [tick.value for tick in drawn.ticks] == ticks
    assert [drawn.ticks[0].y, drawn.ticks[-1].y] == [122.0, 14.0]


def test_downtime_is_drawn_from_the_month_since_which_it_is_known():
    months = [date(2026, number, 1) for number in (1, 2, 3)]
    drawn = charts.downs(months, date(2026, 2, 20), {months[2]: timedelta(hours=6)})

    assert drawn.downs == (
        charts.Down(47, months[0], None, 122, 0),
        charts.Down(73, months[1], timedelta(), 122, 0),
        charts.Down(99, months[2], timedelta(hours=6), 68, 54),
    )
    assert drawn.ticks == ((122, 0), (68, timedelta(hours=6)), (14, timedelta(hours=12)))


@pytest.mark.parametrize("down", [timedelta(), timedelta(minutes=10), timedelta(days=20), timedelta(days=5000)])
def test_no_downtime_leaves_its_chart(down):
    (one,) = charts.downs([date(2026, 1, 1)], date(2026, 1, 1), {date(2026, 1, 1): down}).downs

    assert 14 <= one.y <= one.y + one.height == 122
    assert bool(one.height) is bool(down)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=12))
def test_no_column_leaves_its_chart(counts):
    drawn = charts.columns([month(major_outage=count, degraded_performance=1) for count in counts])

    assert len(drawn.ticks) <= 6
    assert all(14 <= column.top <= 122 for column in drawn.columns)
    assert all(column.x >= 0 and column.x + 16 <= charts.WIDTH for column in drawn.columns)


def test_lengths_are_drawn_by_their_logarithm():
    """From ten minutes to six hours is a factor of 36: the root of it, an hour, lies in the middle."""
    (one,) = charts.whiskers([month(resolve=measure(10, 60, 360, (10, 60)))]).whiskers

    assert (one.shortest, one.median, one.longest) == (122.0, 68.0, 14.0)
    assert one.middle == (68.0, 54.0)


def test_a_scale_reaches_from_below_the_shortest_to_above_the_longest():
    drawn = charts.whiskers([month(resolve=measure(20, 30, 40))])

    assert [tick.value for tick in drawn.ticks] == [timedelta(minutes=10), timedelta(hours=1)]


def test_a_middle_half_of_nothing_can_be_seen():
    (one,) = charts.whiskers([month(resolve=measure(30, 30, 30, (30, 30)))]).whiskers

    assert one.middle[1] == 1


def test_months_in_which_nothing_ended_have_nothing_to_draw():
    assert charts.whiskers([month(), month(2)]) == ((), ())
    assert [one.x for one in charts.whiskers([month(), month(2, resolve=measure(1, 2, 3))]).whiskers] == [73]


@given(st.lists(st.integers(0, 60 * 24 * 365 * 20), min_size=3, max_size=3).map(sorted))
def test_no_length_leaves_its_chart(lengths):
    drawn = charts.whiskers([month(resolve=measure(*lengths))])
    (one,) = drawn.whiskers

    assert 122 >= one.shortest >= one.median >= one.longest >= 14
    assert len(drawn.ticks) >= 2


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [(0, 0, 0), (0, 60, 0), (1, 60_000, 0.5), (30, 60, 50), (60, 60, 100), (90, 60, 100), (1, 0, 100)],
)
def test_a_bar_shows_a_share_and_something_is_never_nothing(part, whole, width):
    assert charts.bar(timedelta(minutes=part), timedelta(minutes=whole), "x") == charts.Bar(width, "x")


@pytest.mark.parametrize(
    ("used", "allowed", "tone"),
    [
        (0, 100, "operational"),
        (74, 100, "operational"),
        (75, 100, "degraded_performance"),
        (99, 100, "degraded_performance"),
        (100, 100, "major_outage"),
        (1, 0, "major_outage"),
        (0, 0, "operational"),
    ],
)
def test_a_budget_warns_before_it_is_used_up(used, allowed, tone):
    day = date(2026, 3, 2)
    drawn = charts.budget(Budget(day, day, timedelta(minutes=allowed), timedelta(minutes=used), 1.0))

    assert (drawn.tone, drawn.width) == (tone, min(used, 100) if allowed else 100 * used)
