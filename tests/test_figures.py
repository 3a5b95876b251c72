"""The figures of a page, against cases worked out by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import board, figures, uptime
from ghstatus.model import Assignment, Budget, ComponentStatus, Measure, Response, Role, Step
from tests.builders import NOW, START, at, component, incident, policy, snapshot, update

MARCH = date(2026, 3, 1)
YEAR = figures.last_year(NOW)


def worked_out(*incidents, months=YEAR, now=NOW, days=90, **said):
    judged = board.judge(snapshot(*incidents, taken=now, **said), now)
    records = [story.record for story in judged.incidents.values()]
    components = [state.component for state in judged.components]
    measured = uptime.measure(components, records, now, policy(uptime_days=days))
    return figures.figures(judged, measured, months)


def lasting(minutes, number=0, **said):
    """One of several incidents, a day apart, that took so long."""
    started = at("2026-01-05 08:00") + timedelta(days=number)
    return incident(f"i{number}", started=started, ended=started + timedelta(minutes=minutes), **said)


def resolved(*minutes):
    return worked_out(*(lasting(count, number) for number, count in enumerate(minutes))).total.took[Step.RESOLVE]


def minutes(count):
    return timedelta(minutes=count)


def test_the_median_of_an_odd_number_is_the_one_in_the_middle():
    assert resolved(10, 600, 20) == Measure(
        known=3, median=minutes(20), mean=minutes(210), shortest=minutes(10), longest=minutes(600)
    )


def test_the_median_of_an_even_number_lies_between_two():
    assert resolved(10, 40, 20, 600).median == minutes(30)


def test_the_middle_half_is_told_from_five_on():
    found = resolved(50, 10, 40, 20, 30)

    assert found.middle == (minutes(20), minutes(40))
    assert not found.is_few
    assert resolved(50, 10, 40, 20).middle is None
    assert resolved(50, 10, 40, 20).is_few


def test_of_nothing_nothing_is_known():
    found = worked_out()

    assert found.total.incidents == found.total.open == 0
    assert set(found.total.took.values()) == {Measure()}
    assert not Measure().is_few
    assert found.total.statuses == {}


def test_each_step_is_measured_from_the_start():
    response = Response(
        detected=at("08:04"), declared=at("08:10"), roles=(Assignment(at("08:25"), Role.LEAD, "jane", "jane"),)
    )
    updates = [update("08:15", "investigating"), update("10:00", "resolved")]
    took = worked_out(incident(response=response, updates=updates)).total.took

    assert {step: measure.median for step, measure in took.items()} == {
        Step.DETECT: minutes(4),
        Step.DECLARE: minutes(10),
        Step.ACKNOWLEDGE: minutes(25),
        Step.UPDATE: minutes(15),
        Step.RESOLVE: minutes(120),
    }


def test_what_was_reached_before_the_start_is_counted_and_left_out():
    early = incident("early", response=Response(detected=at("07:50")))
    usual = incident("usual", response=Response(detected=at("08:10")))

    assert worked_out(early, usual).total.took[Step.DETECT] == Measure(
        known=1, median=minutes(10), mean=minutes(10), shortest=minutes(10), longest=minutes(10), before=1
    )


def test_what_was_written_down_after_the_end_is_counted_and_left_out():
    late = incident("late", ended=at("09:00"), text="It was down.", response=Response(declared=at("09:01")))
    took = worked_out(late).total.took

    assert took[Step.DECLARE] == took[Step.UPDATE] == Measure(after=1)
    assert took[Step.RESOLVE].median == minutes(60)


def test_a_step_at_the_very_start_or_end_counts():
    took = worked_out(incident(response=Response(detected=START), updates=[update("09:00", "resolved")])).total.took

    assert took[Step.DETECT].median == minutes(0)
    assert took[Step.UPDATE].median == took[Step.RESOLVE].median == minutes(60)


def test_open_incidents_have_no_time_to_resolve():
    total = worked_out(incident("open"), lasting(30)).total

    assert (total.incidents, total.open, total.took[Step.RESOLVE].known) == (2, 1, 1)


def test_an_incident_that_came_back_ends_with_its_last_end():
    told = [update("09:00", "resolved"), update("10:00", "identified"), update("11:00", "resolved")]

    assert worked_out(incident(updates=told)).total.took[Step.RESOLVE].median == minutes(180)


def test_false_alarms_duplicates_maintenances_and_announcements_are_left_out():
    found = worked_out(
        incident("false", false_alarm="A cable."),
        incident("again", duplicate_of="false"),
        incident("once-more", duplicate_of=""),
        incident("going-on", kind="maintenance", started="11:00", scheduled_until="13:00"),
        incident("over", kind="maintenance", started="09:00", scheduled_until="10:00"),
        incident("planned", kind="maintenance", started="13:00", scheduled_until="14:00"),
        incident("party", kind="announcement"),
    )

    assert (found.total.incidents, found.false_alarms, found.duplicates, found.maintenances) == (0, 1, 2, 2)


def test_twelve_months_end_with_this_one():
    assert (YEAR[0], YEAR[-1], len(YEAR)) == (date(2025, 4, 1), MARCH, 12)
    assert figures.last_year(datetime(2026, 12, 31, 23, 59, tzinfo=UTC))[0] == date(2026, 1, 1)
    # 1 January in Tokyo is still December in UTC
    assert figures.last_year(datetime.fromisoformat("2026-01-01T08:59+09:00"))[-1] == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("started", "counts"),
    [("2025-03-31 23:59", 0), ("2025-04-01 00:00", 1), ("2025-04-30 23:59", 1), ("2025-05-01 00:00", 0)],
)
def test_an_incident_counts_in_the_month_in_which_it_began(started, counts):
    one = incident(started=started, ended="2025-05-03 12:00")

    assert worked_out(one).months[0].summary.incidents == counts
    assert worked_out(one, months=[date(2025, 4, 1)]).total.incidents == counts


def test_months_without_an_incident_are_there_and_a_component_has_only_its_own():
    found = worked_out(lasting(30))

    assert [month.summary.incidents for month in found.months] == [0] * 9 + [1, 0, 0]
    assert [(month.first, month.summary.incidents) for month in found.components[0].months] == [(date(2026, 1, 1), 1)]


def test_statuses_are_told_worst_first_with_how_long_they_lasted():
    found = worked_out(
        lasting(30, 0, severity="minor"),
        lasting(40, 1, severity="minor"),
        lasting(50, 2, severity="critical"),
        incident("open", severity="critical"),
    )

    assert [(status, *share) for status, share in found.total.statuses.items()] == [
        (ComponentStatus.MAJOR_OUTAGE, 2, minutes(50)),
        (ComponentStatus.DEGRADED_PERFORMANCE, 2, minutes(70)),
    ]


def test_how_far_apart_incidents_begin_needs_two():
    assert worked_out(lasting(1)).total.apart == Measure()
    assert worked_out(lasting(1), lasting(1, 1), lasting(1, 3)).total.apart.median == timedelta(days=1.5)


def test_a_component_counts_what_hit_it():
    two = [component(), component("koji")]
    hit = worked_out(lasting(30), lasting(50, 1, components=["copr", "koji"]), components=two)

    assert {one.component.id: one.summary.incidents for one in hit.components} == {"copr": 2, "koji": 1}
    assert hit.components[1].summary.took[Step.RESOLVE].median == minutes(50)


def test_downtime_is_weighted_and_told_by_month():
    found = worked_out(
        incident("long", severity="critical", started="2026-02-28 22:00", ended="2026-03-01 01:00"), days=30
    )

    assert found.since == date(2026, 2, 1)
    assert found.components[0].downtime == {date(2026, 2, 1): minutes(120), MARCH: minutes(60)}


def test_a_site_without_components_has_figures():
    found = worked_out(incident(components=()), components=())

    assert (found.total.incidents, found.components, found.since) == (1, (), NOW.date())


@pytest.mark.parametrize(("unobserved", "is_whole"), [(frozenset(), True), (frozenset({"copr"}), False)])
def test_figures_say_whether_something_could_not_be_read(unobserved, is_whole):
    assert worked_out(unobserved=unobserved).is_whole is is_whole


def objective(*incidents, days=90, now=NOW, **said):
    found = worked_out(*incidents, components=[component(**{"objective": 0.99} | said)], days=days, now=now)
    return found.components[0].objective


def test_without_an_objective_there_is_no_budget():
    assert objective(objective=None) is None


def test_a_budget_is_what_the_objective_leaves_of_whole_days():
    """90 days of 24 hours are 129,600 minutes; one in a hundred of them is 1,296. A partial outage of 100 counts 30."""
    found = objective(lasting(100, 40, severity="major"))

    assert found.target == 0.99
    assert found.window == Budget(date(2025, 12, 3), date(2026, 3, 2), minutes(1296), minutes(30), 1.0)
    assert found.window.left == minutes(1266)
    assert found.month.used == minutes(0)  # it was in February
    assert found.window.spent == found.window.burn == pytest.approx(30 / 1296)


def test_the_budget_of_a_month_goes_to_its_end():
    """31 days are 44,640 minutes; 2 March is the second of them. 93 minutes of major outage count whole."""
    found = objective(incident(severity="critical", started="08:00", ended="09:33")).month

    assert found == Budget(MARCH, date(2026, 3, 31), timedelta(minutes=446, seconds=24), minutes(93), 2 / 31)
    assert found.spent == pytest.approx(93 / 446.4)
    assert found.burn == pytest.approx(93 / 446.4 * 31 / 2)


def test_more_may_be_used_than_there_was():
    found = objective(incident(severity="critical", started="2026-03-01 00:00", ended="2026-03-02 00:00")).month

    assert found.left == timedelta(minutes=446, seconds=24) - timedelta(days=1)
    assert found.spent > 1


def test_who_promises_everything_has_no_budget_to_share():
    found = objective(lasting(100, 40), objective=1.0).window

    assert (found.allowed, found.left, found.spent, found.burn) == (timedelta(), -minutes(30), None, None)


def test_days_before_a_component_was_watched_allow_nothing():
    found = objective(start_date=date(2026, 2, 21))

    assert (found.window.first, found.window.allowed) == (date(2026, 2, 21), minutes(144))
    assert found.month.first == MARCH


def test_a_month_that_began_before_the_page_s_days_has_no_budget():
    assert objective(days=2).month is not None
    assert objective(days=2, now=at("2026-03-03 12:00")).month is None


def test_a_component_that_is_not_watched_yet_has_no_budget():
    found = objective(start_date=date(2026, 3, 3))

    assert (found.window, found.month) == (None, None)


LENGTHS = st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=12)


@given(LENGTHS)
def test_what_is_in_the_middle_lies_between_what_is_at_the_ends(lengths):
    found = resolved(*lengths)
    around = found.middle or (found.shortest, found.longest)

    assert found.known == len(lengths)
    assert found.shortest <= around[0] <= found.median <= around[1] <= found.longest
    assert found.shortest <= found.mean <= found.longest
    assert found.is_few is (len(lengths) < 5) is (found.middle is None)


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans(), st.sampled_from(["minor", "major"])), max_size=12))
def test_every_incident_is_in_one_month_and_of_one_status(said):
    found = worked_out(
        *(
            incident(
                str(number),
                started=NOW - timedelta(days=back),
                ended=None if is_open else NOW,
                severity=severity,
            )
            for number, (back, is_open, severity) in enumerate(said)
        )
    )
    total = found.total

    assert sum(month.summary.incidents for month in found.months) == total.incidents
    assert sum(month.summary.incidents for month in found.components[0].months) == total.incidents
    assert sum(month.summary.open for month in found.months) == total.open
    assert sum(share.incidents for share in total.statuses.values()) == total.incidents
    assert total.took[Step.RESOLVE].known == total.incidents - total.open
    assert total.apart.known == max(0, total.incidents - 1)


@given(st.integers(1, 40), st.integers(0, 60 * 24 * 4), st.floats(0.5, 1))
def test_what_is_used_and_what_is_left_come_to_what_was_allowed(days, lasted, target):
    started = NOW - timedelta(minutes=lasted)
    found = objective(incident(severity="critical", started=started), days=days, objective=target).window

    assert found.used + found.left == found.allowed
    assert timedelta() <= found.used <= timedelta(minutes=lasted)
    assert (found.spent is None) is (found.allowed == timedelta())
