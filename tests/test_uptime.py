"""How it was, day by day."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import timeline, uptime
from ghstatus.model import ComponentStatus, Kind, Phase, Record, Span
from tests.builders import NOW, WEIGHTS, at, component, incident, policy, update

DAYS = 3
POLICY = policy(uptime_days=DAYS)
FIRST = datetime(2026, 2, 28, tzinfo=UTC)
NOTHING, HOUR, TICK = timedelta(), timedelta(hours=1), timedelta(minutes=10)
MAINTENANCE, DEGRADED, PARTIAL, MAJOR = list(ComponentStatus)[2:]


def measure(*incidents, now=NOW, measure_of=POLICY, **said):
    records = [timeline.record(one, at(now), measure_of) for one in incidents]
    (measured,) = uptime.measure([component(**said)], records, at(now), measure_of)
    return measured


def outage(start, end=None, status="major_outage", ref="builds-pending", **said):
    ended = None if end is None else at(end)
    return incident(ref, started=at(start), ended=ended, components={"copr": status}, **said)


def downtime(*incidents, **said):
    return [day.downtime for day in measure(*incidents, **said).days]


def test_the_days_are_the_policys_and_today_is_the_last():
    assert [day.date for day in measure().days] == [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]


def test_without_incidents_it_was_up():
    measured = measure()

    assert [(day.status, day.refs) for day in measured.days] == [(ComponentStatus.OPERATIONAL, ())] * DAYS
    assert (measured.component, measured.ratio) == ("copr", 1)


def test_an_outage_counts_on_its_days_up_to_now():
    assert downtime(outage("2026-03-01 23:00")) == [NOTHING, HOUR, 12 * HOUR]


def test_an_outage_from_before_the_first_day_counts_from_its_midnight():
    assert downtime(outage("2026-01-01", "2026-02-28 02:00")) == [2 * HOUR, NOTHING, NOTHING]


def test_an_outage_to_the_last_moment_of_a_day_is_not_of_the_next_one():
    assert [day.refs for day in measure(outage("2026-03-01 08:00", "2026-03-02 00:00")).days] == [
        (),
        ("builds-pending",),
        (),
    ]


def test_days_are_those_of_utc():
    east = timezone(5 * HOUR)
    one = outage(datetime(2026, 3, 1, 1, tzinfo=east), datetime(2026, 3, 1, 6, tzinfo=east))

    assert downtime(one, now=NOW.astimezone(east)) == [4 * HOUR, HOUR, NOTHING]


def test_a_leap_day_is_a_day():
    days = measure(outage("2024-02-29 22:00", "2024-03-01 01:00"), now="2024-03-01 12:00").days

    assert [(day.date.day, day.downtime) for day in days] == [(28, NOTHING), (29, 2 * HOUR), (1, HOUR)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("under_maintenance", 0),
        ("unknown", 0),
        ("degraded_performance", 0.1),
        ("partial_outage", 0.3),
        ("major_outage", 1),
    ],
)
def test_each_status_has_its_weight(status, expected):
    measured = measure(outage("10:00", "11:00", status))

    assert measured.days[-1].downtime == expected * HOUR
    assert measured.days[-1].status == status


def test_weights_are_the_policys():
    stern = policy(uptime_days=DAYS, weights=WEIGHTS | {MAINTENANCE: 0.5})

    assert downtime(outage("10:00", "11:00", "under_maintenance"), measure_of=stern)[-1] == 0.5 * HOUR


def test_a_maintenance_is_seen_but_does_not_count():
    window = {"kind": "maintenance", "scheduled_until": at("11:00")}
    measured = measure(incident(started=at("10:00"), **window))

    assert (measured.days[-1].status, measured.days[-1].refs) == (MAINTENANCE, ("builds-pending",))
    assert measured.ratio == 1


def test_where_incidents_overlap_the_heaviest_counts():
    light = outage("08:00", "11:00", "partial_outage", "light")
    heavy = outage("09:00", "10:00", "major_outage", "heavy")

    assert downtime(light, heavy)[-1] == 0.3 * HOUR + HOUR + 0.3 * HOUR
    assert measure(light, heavy).days[-1].status is MAJOR


def test_the_same_outage_twice_counts_once():
    assert downtime(outage("08:00", "09:00", ref="a"), outage("08:00", "09:00", ref="b"))[-1] == HOUR


def test_a_maintenance_hides_no_outage():
    window = {"kind": "maintenance", "scheduled_until": at("11:00")}

    assert downtime(incident("a", started=at("08:00"), **window), outage("09:00", "10:00"))[-1] == HOUR


def test_nothing_counts_between_resolving_and_reopening():
    updates = (update("09:00", "resolved"), update("11:00", "identified"))

    assert downtime(outage("08:00", updates=updates))[-1] == 2 * HOUR


def test_a_backdated_end_counts():
    assert downtime(outage("08:00", "08:30", updates=(update("11:00", "resolved"),)))[-1] == 0.5 * HOUR


def test_what_is_to_come_does_not_count():
    one = outage("11:00", "23:00", "degraded_performance", updates=(update("13:00", severity="critical"),))

    assert downtime(one)[-1] == 0.1 * HOUR


def test_other_components_do_not_count():
    assert downtime(incident(components=["koji"])) == [NOTHING] * DAYS


def test_a_day_names_its_incidents_in_the_order_of_their_start():
    late, early = outage("2026-02-21", ref="a"), outage("2026-02-20", ref="b")

    assert measure(late, early).days[-1].refs == ("b", "a")


def test_a_day_names_an_incident_once():
    reopened = outage("08:00", updates=(update("09:00", "resolved"), update("11:00", "identified")))

    assert measure(reopened).days[-1].refs == ("builds-pending",)


def test_days_before_a_component_was_watched_count_neither_way():
    measured = measure(outage("2026-02-28 00:00", "2026-03-02 06:00"), start_date=date(2026, 3, 2))

    assert [(day.status, day.downtime) for day in measured.days] == [
        (None, NOTHING),
        (None, NOTHING),
        (MAJOR, 6 * HOUR),
    ]
    assert measured.ratio == 0.5


def test_a_component_watched_since_long_ago_has_all_days():
    assert measure(start_date=date(2020, 1, 1)) == measure()


@pytest.mark.parametrize("start_date", [date(2026, 3, 3), date(9999, 12, 31)])
def test_a_component_to_come_has_no_ratio(start_date):
    measured = measure(start_date=start_date)

    assert ([day.status for day in measured.days], measured.ratio) == ([None] * DAYS, None)


def test_the_first_moment_of_the_first_day_has_no_ratio():
    assert measure(now="2026-03-02 00:00", measure_of=policy(uptime_days=1)).ratio is None


def test_a_month_down_is_a_ratio_of_nothing():
    assert measure(outage("2026-01-01")).ratio == 0


TICKS = st.integers(-60, 5 * 144)
STATUSES = st.sampled_from([status for status in ComponentStatus if status is not ComponentStatus.OPERATIONAL])


@st.composite
def records(draw):
    cuts = sorted(draw(st.sets(TICKS, min_size=2, max_size=6)))
    ends = [FIRST + tick * TICK for tick in cuts]
    spans = [Span("copr", draw(STATUSES), start, end) for start, end in pairwise(ends)]
    if draw(st.booleans()):
        spans[-1] = spans[-1]._replace(end=None)
    shown = tuple(span for span in spans if draw(st.booleans()))
    ref = draw(st.uuids()).hex
    return Record(ref, ref, Kind.INCIDENT, Phase.RESOLVED, PARTIAL, ends[0], ends[-1], ("copr",), shown, "")


def tick_by_tick(found, now):
    """The downtime of each day, told slowly."""
    total = [NOTHING] * DAYS
    for number in range((now - FIRST) // TICK):
        time = FIRST + number * TICK
        on = [span for one in found for span in one.spans if span.start <= time and (not span.end or time < span.end)]
        total[(time - FIRST).days] += TICK * max((WEIGHTS.get(span.status, 0) for span in on), default=0)
    return total


@given(found=st.lists(records(), max_size=4), ticks=st.integers(2 * 144, 3 * 144 - 1))
def test_downtime_is_what_it_would_be_moment_by_moment(found, ticks):
    now = FIRST + ticks * TICK
    (measured,) = uptime.measure([component()], found, now, POLICY)
    expected = tick_by_tick(found, now)

    assert [day.downtime for day in measured.days] == expected
    assert sum(expected, NOTHING) <= now - FIRST
    assert 0 <= measured.ratio == 1 - sum(expected, NOTHING) / (now - FIRST) <= 1


@given(found=st.lists(records(), max_size=4), randomness=st.randoms())
def test_the_order_of_the_records_does_not_matter(found, randomness):
    shuffled = randomness.sample(found, len(found))

    assert uptime.measure([component()], found, NOW, POLICY) == uptime.measure([component()], shuffled, NOW, POLICY)


def shares(*incidents, now=NOW, measure_of=None, **said):
    """What `uptime.shares` says of copr."""
    chosen, moment = measure_of or policy(), at(now)
    records = [timeline.record(one, moment, chosen) for one in incidents]
    components = [component(**said)]
    measured = uptime.measure(components, records, moment, chosen)
    return uptime.shares(measured, components, records, moment, chosen)["copr"]


def test_the_last_day_is_the_last_24_hours():
    before, within = (
        outage("2026-03-01 11:00", "2026-03-01 12:00", ref="a"),
        outage("2026-03-01 22:00", "2026-03-02 01:00"),
    )

    assert shares(before)["24h"] == 1
    assert shares(within)["24h"] == 1 - 3 / 24
    assert shares(outage("2026-03-01 11:00", "2026-03-01 13:00"))["24h"] == 1 - 1 / 24
    assert shares(outage("2026-02-20 11:00"))["24h"] == 0


def test_longer_spans_begin_with_a_day_as_the_bars_do():
    measured = shares(outage("2026-02-23 00:00", "2026-02-24 00:00"), outage("06:00", "12:00", ref="today"))

    assert measured["7d"] == pytest.approx(1 - 6 / (6 * 24 + 12))
    assert measured["30d"] == pytest.approx(1 - 30 / (29 * 24 + 12))


def test_the_longest_span_is_what_the_bars_say():
    hits = (outage("2026-02-27 23:00", "2026-03-01 04:00"), outage("11:00", ref="b", status="degraded_performance"))

    assert shares(*hits, measure_of=POLICY)["3d"] == measure(*hits).ratio


def test_spans_that_are_not_known_are_none():
    assert shares(measure_of=POLICY) == {"24h": 1, "7d": None, "30d": None, "90d": None, "3d": 1}


@pytest.mark.parametrize(
    ("born", "lately", "week"),
    [(date(2026, 3, 2), 0.5, 0.5), (date(2026, 3, 1), 0.75, pytest.approx(1 - 6 / 36)), (date(2026, 3, 3), None, None)],
)
def test_time_before_it_was_watched_counts_neither_way(born, lately, week):
    measured = shares(outage("06:00", "12:00"), start_date=born)

    assert (measured["24h"], measured["7d"]) == (lately, week)


def test_at_midnight_a_component_born_today_was_not_watched_yet():
    assert shares(now="2026-03-02 00:00", start_date=date(2026, 3, 2))["7d"] is None
