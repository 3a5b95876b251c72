"""What is true now."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import board, timeline
from ghstatus.errors import Problem
from ghstatus.model import ComponentStatus, Impact, Order, Phase, Response, Severity
from tests import strategies
from tests.builders import NOW, START, at, component, incident, policy, snapshot, update

COPR, KOJI = component("copr"), component("koji")
DEGRADED, PARTIAL, MAJOR = (
    ComponentStatus.DEGRADED_PERFORMANCE,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
)
SEEN = [status for status in ComponentStatus if status is not ComponentStatus.OPERATIONAL]


def judge(*incidents, now=NOW, **said):
    return board.judge(snapshot(*incidents, **said), at(now))


def copr(*incidents, **said):
    """How copr does, the first component on the page."""
    return judge(*incidents, **said).components[0]


def refs(stories):
    return [story.record.ref for story in stories]


def maintenance(ref="new-disks", **said):
    window = {"kind": "maintenance", "started": at("11:00"), "scheduled_until": at("13:00")}
    return incident(ref, **window | {"scheduled_for": at("11:00")} | said)


def test_without_incidents_everything_is_operational():
    judged = judge()

    assert (judged.status, judged.impact) == (ComponentStatus.OPERATIONAL, Impact.NONE)
    assert (judged.components[0].status, judged.components[0].since) == (ComponentStatus.OPERATIONAL, None)


@pytest.mark.parametrize(("one", "other"), list(product(SEEN, SEEN)))
def test_of_two_incidents_the_worse_wins(one, other):
    judged = judge(incident("a", components={"copr": one}), incident("b", components={"copr": other}))
    worst = max(one, other, key=lambda status: status.rank)

    assert (judged.components[0].status, judged.status) == (worst, worst)


@pytest.mark.parametrize(
    ("severity", "status", "impact"),
    [
        ("minor", DEGRADED, Impact.MINOR),
        ("major", PARTIAL, Impact.MAJOR),
        ("critical", MAJOR, Impact.CRITICAL),
        (None, PARTIAL, Impact.MAJOR),
    ],
)
def test_the_severity_tells_the_status_and_the_impact(severity, status, impact):
    judged = judge(incident(severity=severity))

    assert (judged.status, judged.impact) == (status, impact)


def test_every_status_has_an_impact():
    assert set(board.IMPACTS) == set(ComponentStatus)


def test_a_components_own_status_counts_for_it_alone():
    one = incident(severity="critical", components={"copr": "degraded_performance", "koji": None})

    assert [state.status for state in judge(one, components=(COPR, KOJI)).components] == [DEGRADED, MAJOR]


def test_an_incident_that_leaves_its_component_working_is_still_open():
    judged = judge(incident(components={"copr": "operational"}))

    assert judged.status is ComponentStatus.OPERATIONAL
    assert refs(judged.active) == ["builds-pending"]


def test_an_incident_without_components_is_the_pages():
    judged = judge(incident(components=(), severity="critical"))

    assert judged.components[0].status is ComponentStatus.OPERATIONAL
    assert (judged.status, judged.active[0].status) == (MAJOR, MAJOR)


def test_a_component_that_the_page_lacks_still_counts_for_the_page():
    assert judge(incident(components=["elsewhere"])).status is PARTIAL


def test_a_maintenance_without_components_is_the_pages():
    assert judge(maintenance(components=())).status is ComponentStatus.UNDER_MAINTENANCE


def test_a_hidden_component_counts():
    hidden = component("copr", hidden=True)

    assert judge(incident(), components=(hidden,)).status is PARTIAL


def test_what_could_not_be_observed_is_never_operational():
    judged = judge(unobserved=frozenset({"koji"}), components=(COPR, KOJI))

    assert [state.status for state in judged.components] == [ComponentStatus.OPERATIONAL, ComponentStatus.UNKNOWN]
    assert judged.status is ComponentStatus.UNKNOWN


def test_what_is_not_on_the_page_and_could_not_be_observed_makes_the_page_unknown():
    assert judge(unobserved=frozenset({"elsewhere"})).status is ComponentStatus.UNKNOWN


def test_an_outage_shows_though_something_could_not_be_observed():
    judged = judge(incident(), unobserved=frozenset({"copr"}))

    assert (judged.status, judged.components[0].status) == (PARTIAL, PARTIAL)
    assert judged.unobserved == {"copr"}


def test_a_worsening_to_come_changes_nothing_yet():
    one = incident(severity="minor", updates=[update("13:00", severity="critical")])

    assert [copr(one).status, copr(one, now="13:00").status] == [DEGRADED, MAJOR]
    assert judge(one).active[0].status is DEGRADED


def test_a_recovery_to_come_changes_nothing_yet():
    one = incident(components=["copr", "koji"], updates=[update("13:00", components={"copr": "operational"})])

    assert copr(one).status is PARTIAL
    assert copr(one, now="13:00").status is ComponentStatus.OPERATIONAL


def test_since_is_when_the_component_was_last_operational():
    worse = incident(severity="minor", updates=[update("09:00", severity="critical")])

    assert copr(worse).since == START


def test_since_reaches_over_other_incidents():
    over = incident("over", started=at("06:00"), ended=at("07:30"))
    going_on = incident("going-on", started=at("07:00"))

    assert copr(over, going_on).since == at("06:00")


def test_since_reaches_over_settled_incidents_that_touch():
    over = incident("over", started=at("06:00"), ended=at("07:00"))
    settled = timeline.record(over, NOW, policy())

    assert copr(incident(started=at("07:00")), settled=(settled,)).since == at("06:00")


def test_since_stops_where_the_component_was_operational():
    over = incident("over", started=at("06:00"), ended=at("07:59"))
    elsewhere = incident("elsewhere", started=at("05:00"), components=["koji"])

    assert copr(over, elsewhere, incident()).since == START


def test_since_ignores_what_is_to_come():
    assert copr(incident(updates=[update("13:00", severity="critical")])).since == START


def test_since_starts_anew_with_a_reopening():
    one = incident(updates=[update("09:00", "resolved"), update("11:00", "identified")])

    assert copr(one).since == at("11:00")


def test_a_component_names_its_incidents_worst_first_then_oldest():
    late = incident("late", started=at("09:00"))
    states = copr(late, incident("minor", severity="minor"), incident("early"), incident("b", started=at("09:00")))

    assert states.refs == ("early", "b", "late", "minor")


def test_active_incidents_are_worst_first_then_newest():
    found = judge(
        incident("a"), incident("c", started=at("09:00")), incident("b"), incident("worst", severity="critical")
    )

    assert refs(found.active) == ["worst", "c", "a", "b"]


def test_a_maintenance_moves_from_upcoming_to_in_progress_to_past():
    lists = [
        (refs(judged.upcoming), refs(judged.in_progress), [record.ref for record in judged.past])
        for judged in (judge(maintenance(), now=clock) for clock in ("10:59", "11:00", "13:00"))
    ]

    assert lists == [(["new-disks"], [], []), ([], ["new-disks"], []), ([], [], ["new-disks"])]


def test_a_maintenance_to_come_changes_no_status():
    assert judge(maintenance(), now="10:59").status is ComponentStatus.OPERATIONAL


def test_a_maintenance_to_come_without_components_changes_no_status():
    assert judge(maintenance(components=()), now="10:59").status is ComponentStatus.OPERATIONAL


def test_a_maintenance_that_goes_on_is_no_impact():
    judged = judge(maintenance())

    assert (judged.status, judged.impact) == (ComponentStatus.UNDER_MAINTENANCE, Impact.NONE)


def test_maintenances_stand_in_the_order_of_what_happens_next():
    soon, late = maintenance("z-soon", scheduled_until=at("12:30")), maintenance("a-late")
    first, second = (maintenance(ref, started=at(day)) for ref, day in [("z", "2026-03-03"), ("a", "2026-03-04")])
    judged = judge(late, soon, second, first)

    assert refs(judged.in_progress) == ["z-soon", "a-late"]
    assert refs(judged.upcoming) == ["z", "a"]


def test_a_maintenance_cancelled_before_it_began_is_over():
    judged = judge(maintenance(updates=[update("09:00", "cancelled")]))

    assert [record.phase for record in judged.past] == [Phase.CANCELLED]
    assert judged.status is ComponentStatus.OPERATIONAL


def test_announcements_stand_newest_first_and_change_no_status():
    old, new, later = (
        incident(ref, kind="announcement", started=at(when))
        for ref, when in zip("abc", ["08:00", "09:00", "13:00"], strict=True)
    )
    judged = judge(old, new, later)

    assert refs(judged.announcements) == ["b", "a"]
    assert judged.status is ComponentStatus.OPERATIONAL


def test_a_false_alarm_hits_nothing_and_is_over():
    judged = judge(incident(false_alarm="The cable was loose."))

    assert judged.status is ComponentStatus.OPERATIONAL
    assert [record.false_alarm for record in judged.past] == [True]


def silent(when, phase=None, **said):
    return update(when, phase, text="", **said)


NOTHING = silent("10:00")
WORSE = silent("10:00", severity="critical")
HIT = silent("10:00", components={"koji": "partial_outage"})
WINDOW = {"kind": "maintenance", "started": at("08:00"), "scheduled_until": at("09:00")}


@pytest.mark.parametrize(
    ("said", "updates", "shown"),
    [
        ({}, [NOTHING], []),
        ({}, [update("10:00")], [1]),
        ({}, [silent("10:00", "investigating")], [1]),
        ({}, [silent("09:00", "identified"), silent("10:00", "identified")], [1]),
        ({}, [silent("09:00", "identified"), NOTHING, silent("11:00", "monitoring")], [1, 3]),
        ({}, [silent("09:00", "resolved"), silent("10:00", "resolved")], [1]),
        ({"severity": "minor"}, [WORSE], [1]),
        ({"severity": "critical"}, [WORSE], []),
        ({"severity": None}, [WORSE, silent("11:00", severity="critical")], [1]),
        ({}, [HIT, silent("11:00", components={"koji": "partial_outage"})], [1]),
        ({"components": {"koji": "partial_outage"}}, [HIT], []),
        ({"components": ["koji"]}, [HIT], [1]),
        ({}, [silent("10:00", components={"koji": "operational"})], []),
        ({}, [HIT, silent("11:00", components={"koji": "operational"})], [1, 2]),
        (WINDOW, [silent("08:30", "in_progress"), silent("10:00", "in_progress"), silent("10:10")], [1, 2]),
        ({"kind": "announcement"}, [NOTHING, update("11:00")], [2]),
    ],
)
def test_an_update_tells_something_or_isn_t_shown(said, updates, shown):
    judged = judge(incident("a", **{"components": []} | said, updates=updates))

    assert [number for number, _ in judged.incidents["a"].telling] == shown


@given(updates=st.lists(strategies.updates, max_size=6))
def test_what_an_update_says_is_never_lost_with_another(updates):
    """Judged by what is shown alone, an incident is what it is."""
    one = replace(incident("a"), updates=tuple(sorted(updates, key=lambda one: one.at)))
    later = max([at(NOW), *(update.at for update in updates)])
    story = judge(one, now=later).incidents["a"]
    shown = replace(one, updates=tuple(update for _, update in story.telling))
    again = judge(shown, now=later).incidents["a"]

    assert again.record._replace(milestones=story.record.milestones) == story.record
    assert (again.status, again.severity) == (story.status, story.severity)
    assert [update for _, update in again.telling] == [update for _, update in story.telling]


def test_a_duplicate_hits_nothing_and_is_over():
    judged = judge(incident("a", duplicate_of="b"), incident("b", severity="major"))

    assert refs(judged.active) == ["b"]
    assert [(record.ref, record.duplicate_of, record.spans) for record in judged.past] == [("a", "b", ())]
    assert judged.problems == ()


@pytest.mark.parametrize(
    ("ref", "other", "where", "seen"),
    [
        ("a", "nope", "a", "there is no incident 'nope'"),
        ("a", "a", "a", "it is a duplicate of itself"),
        ("42", "77", "#42", "there is no incident '77'"),
        ("a", "far", "a", "there is no incident 'far'"),
    ],
)
def test_a_duplicate_leads_nowhere_where_there_is_no_page(ref, other, where, seen):
    far = incident("far", started="2026-03-09 10:00")
    judged = judge(incident(ref, duplicate_of=other, ended="09:00"), far, digests={ref: "abc"})

    assert [record.duplicate_of for record in judged.past] == [""]
    assert judged.incidents[ref].incident.duplicate_of == ""
    assert judged.incidents[ref].record.digest == ""
    (problem,) = [one for one in judged.problems if one.key == "duplicate_of"]
    assert (problem.where, problem.seen) == (where, seen)


def test_a_duplicate_that_was_judged_before_leads_nowhere_once_the_other_is_gone():
    record = judge(incident("a", duplicate_of="b"), incident("b", severity="major")).past[0]
    with_other, without = judge(incident("b"), settled=(record,)), judge(settled=(record,))

    assert [one.duplicate_of for one in with_other.past] == ["b"]
    assert [one.duplicate_of for one in without.past] == [""]


def test_the_past_is_newest_first():
    found = judge(
        *(
            incident(ref, started=at(start), ended=at("11:00"))
            for ref, start in [("a", "08:00"), ("b", "09:00"), ("c", "08:00")]
        )
    )

    assert [record.ref for record in found.past] == ["b", "c", "a"]


def test_a_reopened_incident_is_active_again():
    judged = judge(incident(updates=[update("09:00", "resolved"), update("11:00", "identified")]))

    assert (refs(judged.active), judged.past) == (["builds-pending"], ())


def test_only_what_was_told_by_now_is_told():
    first, second = update("09:00"), update("13:00")

    assert judge(incident(updates=(first, second))).active[0].told == (first,)


def test_an_incident_from_a_wrong_zone_is_shown_with_a_remark():
    judged = judge(incident(started=at("14:00")))

    assert judged.components[0].status is PARTIAL
    assert [(problem.where, problem.key, problem.seen, problem.outcome) for problem in judged.problems] == [
        ("builds-pending", "started", "2026-03-02 14:00 UTC lies ahead", "counted as begun now")
    ]


def test_an_incident_far_ahead_waits_and_leaves_what_it_hits_unknown():
    judged = judge(incident(number=7, started=at("2026-03-04")))

    assert (judged.status, judged.incidents) == (ComponentStatus.UNKNOWN, {})
    assert judged.unobserved == {"copr"}
    assert [(problem.where, problem.outcome) for problem in judged.problems] == [
        ("#7", "not shown before that time; what it hits is unknown")
    ]


def test_a_maintenance_of_which_nobody_can_tell_when_it_begins_leaves_what_it_hits_unknown():
    judged = judge(incident(kind="maintenance", is_undated=True))

    assert (judged.unobserved, judged.incidents) == ({"copr"}, {})


def test_an_incident_far_ahead_that_names_no_component_leaves_all_unknown():
    one = replace(incident(started=at("2026-03-04")), components=())

    assert judge(one, components=[component("copr"), component("koji")]).unobserved == {"copr", "koji"}
    assert judge(one, components=[]).status is ComponentStatus.UNKNOWN


def test_the_stores_problems_are_the_boards():
    problems = judge(incident(started=at("14:00"))).problems

    assert judge(problems=problems).problems == problems


TIMES = st.integers(-5000, 3000).map(lambda minutes: NOW + timedelta(minutes=minutes))
UPDATES = st.lists(
    st.builds(
        lambda when, phase, severity, status: update(when, phase, severity=severity, components=status),
        TIMES,
        st.sampled_from([None, "identified", "resolved", "in_progress", "completed", "cancelled"]),
        st.sampled_from([None, *Severity]),
        st.sampled_from([(), {"copr": "operational"}, {"koji": "major_outage"}, {"koji": None}]),
    ),
    max_size=3,
).map(lambda updates: tuple(sorted(updates, key=lambda one: one.at)))


@st.composite
def incidents(draw):
    started = draw(TIMES)
    later = st.none() | st.integers(0, 3000).map(lambda minutes: started + timedelta(minutes=minutes))
    return incident(
        draw(st.uuids()).hex,
        kind=draw(st.sampled_from(["incident", "incident", "maintenance", "announcement"])),
        started=started,
        ended=draw(later),
        scheduled_until=draw(later),
        severity=draw(st.sampled_from([None, *Severity])),
        components=draw(st.sampled_from([(), ["copr"], {"copr": "major_outage", "koji": None}, {"koji": "unknown"}])),
        updates=draw(UPDATES),
        false_alarm=draw(st.sampled_from(["", "", "", "A typo."])),
        duplicate_of=draw(st.sampled_from([None, None, None, "", "a"])),
    )


def ranks(judged):
    return [judged.status.rank, *(state.status.rank for state in judged.components)]


@given(known=st.lists(incidents(), max_size=3), one=incidents(), unobserved=st.sets(st.sampled_from(["copr", "koji"])))
def test_one_more_incident_never_makes_the_page_better(known, one, unobserved):
    said = {"components": (COPR, KOJI), "unobserved": frozenset(unobserved)}
    before, after = ranks(judge(*known, **said)), ranks(judge(*known, one, **said))

    assert all(rank <= worse for rank, worse in zip(before, after, strict=True))


@given(found=st.lists(incidents(), max_size=4))
def test_every_incident_stands_in_one_list(found):
    judged = judge(*found)
    lists = (*judged.active, *judged.in_progress, *judged.upcoming, *judged.announcements)

    assert sorted([*refs(lists), *(record.ref for record in judged.past)]) == sorted(judged.incidents)


@given(found=st.lists(incidents(), max_size=4))
def test_a_component_is_down_for_as_long_as_its_incidents_say(found):
    for state in judge(*found, components=(COPR, KOJI)).components:
        assert (state.since is None) is (state.refs == ())
        assert state.since is None or state.since <= NOW


@given(found=st.lists(incidents(), max_size=4), waited=st.integers(0, 300))
def test_settled_incidents_give_the_board_that_reading_them_again_would(found, waited):
    now, said = NOW + timedelta(hours=waited), {"components": (COPR, KOJI)}
    before = judge(*found, **said)
    settled = [
        story.record
        for story in before.incidents.values()
        if timeline.is_settled(story.record, story.incident, NOW) and story.incident.started <= NOW
        if story.record.duplicate_of != ""  # it may lead somewhere by then
    ]
    unread = {record.ref for record in settled}
    quick = judge(*(one for one in found if one.ref not in unread), settled=tuple(settled), now=now, **said)
    whole = judge(*found, now=now, **said)

    assert ranks(quick) == ranks(whole)
    assert quick.components == whole.components
    assert [record._replace(digest="") for record in quick.past] == [
        record._replace(digest="") for record in whole.past
    ]
    assert (quick.active, quick.upcoming, quick.problems) == (whole.active, whole.upcoming, whole.problems)


def test_the_page_says_since_when_for_an_incident_that_names_no_component():
    assert judge(incident(components=())).since == START


def test_the_page_says_since_when_by_the_earliest_of_what_is_as_bad():
    nameless = incident("nameless", components=(), started="07:00")
    worse = incident("worse", severity="critical", started="10:00")

    assert judge(nameless, incident("hit")).since == at("07:00")
    assert judge(nameless, incident("hit"), worse).since == START


def test_a_calm_page_has_no_since():
    assert judge(incident(ended="09:00")).since is None


def test_what_is_wrong_with_an_incident_concerns_nobody_any_more_two_weeks_after_its_end():
    problems = tuple(Problem(where=where, seen="no severity") for where in ("#41", "#42", "#43", "#44", "labels"))
    found = judge(
        incident("41", started="2026-02-01", ended="2026-02-15 11:59"),
        incident("42", started="2026-02-01", ended="2026-02-15 12:00"),
        incident("43", started="2026-03-01 10:00"),
        now="2026-03-01 12:00",
        problems=problems,
    )

    assert [problem.where for problem in board.troubling(found)] == ["#42", "#43", "#44", "labels"]


def circle(*said):
    """What becomes of duplicates that lead in a circle: which go on, and who is told."""
    judged = judge(*said)
    wrong = [(one.where, one.outcome) for one in judged.problems if one.key == "duplicate_of"]
    return sorted(story.record.ref for story in judged.active), wrong, judged


def test_of_two_duplicates_of_each_other_the_one_that_was_called_so_last_goes_on():
    said = Response(orders=(Order(at("09:30"), "joe", 7, "duplicate", "#1"), Order(at("09:31"), "joe", 8, "lead", "")))
    one, other = incident("1", duplicate_of="2", ended="09:00"), incident("2", duplicate_of="1", ended="08:30")
    going_on, wrong, judged = circle(one, replace(other, response=said))

    assert (going_on, wrong) == (["2"], [("#2", "it goes on")])
    assert judged.status is ComponentStatus.PARTIAL_OUTAGE
    assert judged.incidents["2"].incident.response.mistaken == (7,)
    assert circle(one, other)[0] == ["1"]


def test_what_leads_into_a_circle_stays_a_duplicate():
    several = [incident(ref, duplicate_of=other, ended="09:00") for ref, other in ("31", "12", "24", "42")]

    assert circle(*several)[:2] == (["4"], [("#4", "it goes on")])
    assert circle(*reversed(several))[:2] == (["4"], [("#4", "it goes on")])


def test_no_duplicate_is_kept_and_a_circle_of_kept_ones_breaks_nothing():
    judged = judge(incident("a", duplicate_of="b", ended="09:00"), incident("b"))
    (record,) = judged.past

    assert record.digest == ""
    kept = (record, record._replace(ref="b", duplicate_of="a"))
    assert [one.ref for one in judge(settled=kept).past] == ["b", "a"]


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        ({"false_alarm": "A cable.", "ended": "09:00"}, "'b' is a false alarm"),
        ({"started": "06:00", "ended": "07:00"}, "'b' was over before this one began"),
        ({"started": "06:00", "ended": START}, "'b' was over before this one began"),
    ],
)
def test_a_duplicate_of_what_cannot_be_meant_is_told_of(other, seen):
    judged = judge(incident("a", duplicate_of="b", ended="09:00"), incident("b", **other))

    (problem,) = judged.problems
    assert (problem.where, problem.seen, problem.outcome) == ("a", seen, "counted as a duplicate")
    assert judged.active == ()


@pytest.mark.parametrize("other", [{}, {"ended": "08:30"}, {"duplicate_of": "c", "ended": "07:00"}])
def test_a_duplicate_of_what_went_on_then_is_fine(other):
    judged = judge(incident("a", duplicate_of="b", ended="09:00"), incident("b", **other), incident("c"))

    assert judged.problems == ()


def test_a_story_says_what_it_hits_now_the_worst_first():
    components = {"koji": "degraded_performance", "copr": "partial_outage", "old": "major_outage"}
    after = update("10:00", components={"old": "operational", "web": "degraded_performance"})

    judged = judge(incident("a", components=components, updates=(after,)))
    assert judged.incidents["a"].hits == ((PARTIAL, ("copr",)), (DEGRADED, ("koji", "web")))
    assert judged.incidents["a"].hit == ("copr", "koji", "web")
