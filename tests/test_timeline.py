"""What one incident says over time."""

import pytest

from ghstatus import timeline
from ghstatus.model import ComponentStatus, Phase, Severity, Span
from tests.builders import NOW, START, affected, at, incident, policy, update

POLICY = policy()


def spans(one, now=NOW):
    return timeline.record(one, now, POLICY).spans


def periods(one, now=NOW):
    return [(period.start, period.end) for period in timeline.periods(one, now, POLICY)]


def phase(one, now=NOW):
    return timeline.phase(one, now, POLICY)


def test_an_incident_goes_on_until_somebody_says_otherwise():
    assert periods(incident()) == [(START, None)]


def test_an_incident_ends_when_its_file_says_so():
    assert periods(incident(ended=at("10:00"))) == [(START, at("10:00"))]


def test_an_end_to_come_has_not_come():
    assert periods(incident(ended=at("13:00"))) == [(START, None)]


def test_a_resolving_update_ends_an_incident():
    assert periods(incident(updates=[update("09:00", "resolved")])) == [(START, at("09:00"))]


def test_an_update_to_come_changes_nothing_yet():
    one = incident(updates=[update("13:00", "resolved")])

    assert periods(one) == [(START, None)]
    assert phase(one) is Phase.INVESTIGATING


def test_a_written_end_is_believed_over_the_time_of_the_update():
    one = incident(ended=at("08:30"), updates=[update("09:00", "resolved")])

    assert periods(one) == [(START, at("08:30"))]


def test_a_reopened_incident_goes_on_again():
    one = incident(updates=[update("09:00", "resolved"), update("11:00", "identified")])

    assert periods(one) == [(START, at("09:00")), (at("11:00"), None)]
    assert phase(one) is Phase.IDENTIFIED


def test_an_end_left_over_from_before_reopening_does_not_end_it():
    one = incident(ended=at("09:00"), updates=[update("09:00", "resolved"), update("11:00", "monitoring")])

    assert periods(one)[-1] == (at("11:00"), None)


def test_watching_after_a_backdated_end_is_no_reopening():
    one = incident(ended=at("08:30"), updates=[update("09:00", "monitoring"), update("10:00", "resolved")])

    assert periods(one) == [(START, at("08:30"))]


def test_an_update_from_before_the_start_cannot_make_the_end_earlier_than_the_start():
    assert periods(incident(updates=[update("07:00", "resolved")])) == [(START, START)]


def test_an_incident_that_starts_within_a_day_has_begun():
    assert periods(incident(started=at("2026-03-03 11:00"))) == [(NOW, None)]


def test_an_incident_that_starts_much_later_has_not_begun():
    assert periods(incident(started=at("2026-03-04 11:00"))) == []


@pytest.mark.parametrize(
    ("ended", "end"), [(None, "09:00"), ("09:30", "09:30")], ids=["at the last update", "where it says so"]
)
def test_a_false_alarm_is_over(ended, end):
    one = incident(false_alarm="A typo.", ended=ended and at(ended), updates=[update("09:00"), update("23:00")])

    assert periods(one) == [(START, at(end))]
    assert spans(one) == ()
    assert timeline.record(one, NOW, POLICY).status is ComponentStatus.OPERATIONAL


def test_the_phase_is_the_newest_one_told():
    one = incident(updates=[update("09:00", "identified"), update("10:00"), update("11:00", "monitoring")])

    assert phase(one) is Phase.MONITORING
    assert phase(one, at("10:30")) is Phase.IDENTIFIED
    assert phase(one, at("08:30")) is Phase.INVESTIGATING


def test_an_ended_incident_is_resolved_whatever_its_updates_say():
    assert phase(incident(ended=at("10:00"), updates=[update("09:00", "identified")])) is Phase.RESOLVED


def test_a_component_takes_the_severitys_status():
    assert spans(incident()) == (Span("copr", ComponentStatus.PARTIAL_OUTAGE, START, None),)


def test_an_incident_without_severity_counts_as_major():
    assert spans(incident(severity=None)) == spans(incident(severity="major"))


def test_a_components_own_status_wins_over_the_severitys():
    one = incident(components={"copr": "degraded_performance", "koji": None}, severity="critical")

    assert [span.status for span in spans(one)] == [ComponentStatus.DEGRADED_PERFORMANCE, ComponentStatus.MAJOR_OUTAGE]


def test_a_severity_raised_later_counts_from_then():
    one = incident(severity="minor", updates=[update("10:20", severity="critical")])

    assert spans(one) == (
        Span("copr", ComponentStatus.DEGRADED_PERFORMANCE, START, at("10:20")),
        Span("copr", ComponentStatus.MAJOR_OUTAGE, at("10:20"), None),
    )


def test_a_component_that_joins_later_is_hit_from_then():
    one = incident(updates=[update("10:00", components=["koji"])])

    assert spans(one)[1] == Span("koji", ComponentStatus.PARTIAL_OUTAGE, at("10:00"), None)


def test_a_component_that_recovers_first_is_hit_until_then():
    one = incident(components=["copr", "koji"], updates=[update("10:00", components={"copr": "operational"})])

    assert spans(one) == (
        Span("copr", ComponentStatus.PARTIAL_OUTAGE, START, at("10:00")),
        Span("koji", ComponentStatus.PARTIAL_OUTAGE, START, None),
    )


def test_a_change_that_changes_nothing_leaves_one_span():
    one = incident(updates=[update("10:00", severity="major")])

    assert spans(one) == (Span("copr", ComponentStatus.PARTIAL_OUTAGE, START, None),)


def test_nothing_is_hit_between_resolving_and_reopening():
    one = incident(updates=[update("09:00", "resolved"), update("11:00", "identified", severity="critical")])

    assert spans(one) == (
        Span("copr", ComponentStatus.PARTIAL_OUTAGE, START, at("09:00")),
        Span("copr", ComponentStatus.MAJOR_OUTAGE, at("11:00"), None),
    )


def test_spans_from_before_the_bars_are_left_out():
    one = incident(started=at("2025-11-01 08:00"), ended=at("2025-11-01 09:00"))

    assert spans(one) == ()
    assert timeline.record(one, NOW, POLICY).status is ComponentStatus.PARTIAL_OUTAGE


def test_a_component_that_was_not_named_is_not_hit():
    assert spans(incident(components=())) == ()
    assert timeline.record(incident(components=()), NOW, POLICY).status is ComponentStatus.PARTIAL_OUTAGE


def test_the_level_follows_the_updates():
    one = incident(severity="minor", updates=[update("10:00", severity="critical")])

    assert timeline.level(one, at("09:00"), POLICY) is ComponentStatus.DEGRADED_PERFORMANCE
    assert timeline.level(one, NOW, POLICY) is ComponentStatus.MAJOR_OUTAGE


def maintenance(**said):
    window = {"kind": "maintenance", "scheduled_for": at("10:00"), "scheduled_until": at("11:00")}
    return incident(**window | {"started": at("10:00"), "severity": None} | said)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("09:59", Phase.SCHEDULED), ("10:00", Phase.IN_PROGRESS), ("11:00", Phase.COMPLETED)],
)
def test_a_maintenance_starts_and_completes_by_the_clock(clock, expected):
    assert phase(maintenance(), at(clock)) is expected


def test_a_maintenance_puts_its_components_under_maintenance():
    assert spans(maintenance()) == (Span("copr", ComponentStatus.UNDER_MAINTENANCE, at("10:00"), at("11:00")),)


def test_a_maintenance_may_do_worse_to_a_component():
    one = maintenance(components=affected({"copr": "major_outage"}), updates=[update("10:10", severity="minor")])

    assert [span.status for span in spans(one)] == [ComponentStatus.MAJOR_OUTAGE]


def test_a_maintenance_may_begin_early():
    one = maintenance(updates=[update("09:30", "in_progress")])

    assert periods(one, at("09:45")) == [(at("09:30"), None)]
    assert phase(one, at("09:45")) is Phase.IN_PROGRESS


def test_a_maintenance_that_is_being_verified_says_so():
    assert phase(maintenance(updates=[update("10:30", "verifying")]), at("10:45")) is Phase.VERIFYING


def test_a_maintenance_completes_early_when_somebody_says_so():
    assert periods(maintenance(updates=[update("10:30", "completed")])) == [(at("10:00"), at("10:30"))]


def test_a_maintenance_with_updates_after_its_window_overruns_it():
    one = maintenance(updates=[update("11:30", "in_progress")])

    assert periods(one) == [(at("10:00"), None)]
    assert phase(one) is Phase.IN_PROGRESS


def test_a_maintenance_cancelled_before_it_begins_hits_nothing():
    one = maintenance(updates=[update("09:00", "cancelled")])

    assert periods(one) == []
    assert timeline.record(one, NOW, POLICY).ended == at("09:00")
    assert phase(one) is Phase.CANCELLED
    assert timeline.record(one, at("09:30"), POLICY).ended == at("09:00")


def test_a_cancelled_maintenance_may_be_scheduled_again():
    one = maintenance(updates=[update("09:00", "cancelled"), update("09:30", "scheduled")])

    assert timeline.record(one, at("09:45"), POLICY).ended is None
    assert phase(one, at("09:45")) is Phase.SCHEDULED
    assert phase(one, at("10:30")) is Phase.IN_PROGRESS
    assert spans(one) == (Span("copr", ComponentStatus.UNDER_MAINTENANCE, at("10:00"), at("11:00")),)


def test_a_severity_to_come_changes_nothing_yet():
    one = incident(severity="minor", updates=[update("13:00", severity="critical", components=["koji"])])

    assert timeline.record(one, NOW, POLICY).status is ComponentStatus.DEGRADED_PERFORMANCE
    assert timeline.record(one, NOW, POLICY).components == ("copr",)


def test_a_component_that_joined_is_one_of_the_incidents():
    one = incident(updates=[update("10:00", components=["koji", "copr"])])

    assert timeline.record(one, NOW, POLICY).components == ("copr", "koji")


def test_a_maintenance_cancelled_halfway_counts_until_then():
    one = maintenance(updates=[update("10:30", "cancelled")])

    assert periods(one) == [(at("10:00"), at("10:30"))]
    assert phase(one) is Phase.CANCELLED


def test_a_maintenance_without_a_window_goes_on():
    assert periods(maintenance(scheduled_until=None)) == [(at("10:00"), None)]


def test_an_announcement_comes_down_after_its_days():
    one = incident(kind="announcement")

    assert periods(one) == [(START, None)]
    assert periods(one, at("2026-03-16 08:00")) == [(START, at("2026-03-16 08:00"))]
    assert phase(one) is None


def test_an_announcement_hits_nothing():
    assert spans(incident(kind="announcement")) == ()
    assert timeline.level(incident(kind="announcement"), NOW, POLICY) is ComponentStatus.OPERATIONAL


def test_an_announcement_for_later_waits():
    assert periods(incident(kind="announcement", started=at("13:00"))) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, False),
        ({"ended": at("10:00")}, True),
        ({"ended": at("10:00"), "updates": [update("13:00")]}, False),
        ({"updates": [update("09:00", "resolved")], "ended": at("13:00")}, False),
    ],
    ids=["going on", "over", "with an update to come", "with an end to come"],
)
def test_only_what_time_cannot_change_is_settled(said, expected):
    one = incident(**said)

    assert timeline.is_settled(timeline.record(one, NOW, POLICY), one, NOW) is expected


def test_a_record_carries_its_digest():
    assert timeline.record(incident(), NOW, POLICY, digest="abc").digest == "abc"


def test_severities_are_the_policys():
    strict = policy(severities=dict.fromkeys(Severity, ComponentStatus.MAJOR_OUTAGE))

    assert timeline.record(incident(severity="minor"), NOW, strict).status is ComponentStatus.MAJOR_OUTAGE
