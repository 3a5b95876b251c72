"""Of what a team is reminded, and that nobody is twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus import board
from ghstatus.actions import RemoveNote, Topic
from ghstatus.grammar import notes
from ghstatus.model import Assignment, Response, Role, Severity
from ghstatus.plan import reminders
from tests.builders import NOW, VIEWER, at, comment, component, event, incident, issue, site, snapshot, tracker, update

SITE = site(component("copr"))
LED = Response(declared=at("08:00"), roles=(Assignment(at("08:00"), Role.LEAD, "jane", "jane"),))


def one(**said):
    return incident("42", **{"response": LED} | said)


def note(key, when="11:00", by=VIEWER):
    return comment(notes.write(Topic.REMINDER, "Remember.", key), when, by)


def decided(found, *done, now=NOW, on_duty="", configured=SITE, **said):
    judged = board.judge(snapshot(found, components=SITE.components, taken=now), now)
    seen = tracker(issue(*done, **{"created_at": "08:00"} | said))
    return list(reminders.decide(judged, seen, configured, lambda _: on_duty))


def keys(*said, **more):
    return [("-" if isinstance(action, RemoveNote) else "") + action.key for action in decided(*said, **more)]


def quiet(**said):
    """A configuration in which only what is named is reminded of."""
    off = dict.fromkeys(Severity, timedelta())
    values = {"update_every": off, "lead_within": timedelta(), "stale_after": timedelta(), "major_after": timedelta()}
    return replace(SITE, reminders=replace(SITE.reminders, **values | said))


@pytest.mark.parametrize(
    ("severity", "heard", "due"),
    [("critical", "11:30", True), ("critical", "11:31", False), ("major", "11:00", True), ("major", "11:01", False)],
)
def test_users_wait_for_an_update(severity, heard, due):
    found = decided(one(severity=severity, updates=(update(heard),)))

    assert [action.key for action in found] == ([f"update-20260302T{heard.replace(':', '')}00"] if due else [])
    for action in found:
        assert action.text.startswith("@jane: users last heard at 2026-03-02 11:")
        assert action.why == "due at 2026-03-02 12:00 UTC"


def test_a_minor_incident_is_told_of_once_a_day():
    minor = one(severity="minor", components={"copr": "degraded_performance"})

    assert keys(minor) == []
    assert keys(minor, now=at("2026-03-03 08:00")) == ["update-20260302T080000"]


def test_a_severity_that_changed_counts_as_it_is_now():
    assert keys(one(severity="minor", updates=(update("11:00", severity="major"),))) == ["update-20260302T110000"]
    assert keys(one(updates=(update("11:00", severity="minor"),)), configured=SITE) == []


def test_an_expected_end_that_passed_is_asked_about():
    (action,) = decided(one(eta="2026-03-02 11:50 UTC", updates=(update("11:30"),)))

    assert action.key == "eta-20260302T115000"
    assert "a fix was expected at 2026-03-02 11:50 UTC" in action.text
    assert keys(one(eta="2026-03-02 12:01 UTC", updates=(update("11:30"),))) == []
    assert keys(one(eta="soon", updates=(update("11:30"),))) == []


@pytest.mark.parametrize(("declared", "due"), [("11:50", True), ("11:51", False)])
def test_somebody_has_to_lead(declared, due):
    leaderless = incident("42", started=declared, response=Response(declared=at(declared)))

    found = decided(leaderless, created_at=declared, on_duty="joe")
    assert [action.key for action in found] == ([f"lead-20260302T{declared.replace(':', '')}00"] if due else [])
    assert all(action.text.startswith("@joe: nobody leads this incident") for action in found)


def test_whoever_gave_the_lead_up_is_not_asked():
    gone = replace(LED, roles=(*LED.roles, Assignment(at("09:00"), Role.LEAD, "", "jane")))

    (action,) = decided(one(response=gone, updates=(update("11:30"),)))
    assert action.key == "lead-20260302T080000"
    assert action.text.startswith("Nobody leads this incident")


def test_what_is_open_for_very_long_is_asked_about():
    found = one(severity="minor", components=(), updates=(update("2026-03-09 07:00"),))

    assert keys(found, now=at("2026-03-09 07:59")) == []
    assert keys(found, now=at("2026-03-09 08:00")) == ["stale-20260302T080000"]


@pytest.mark.parametrize(
    ("said", "now", "due"),
    [
        ({}, "09:00", True),
        ({}, "08:59", False),
        ({"eta": "2026-03-02 09:01 UTC"}, "08:01", True),
        ({"eta": "2026-03-02 09:00 UTC"}, "08:01", False),
        ({"severity": "major"}, "10:00", False),
        ({"components": {"copr": "degraded_performance"}}, "10:00", False),
        ({"updates": (update("08:30", components={"copr": "operational"}),)}, "10:00", False),
    ],
)
def test_what_hits_badly_and_lasts_is_a_major_one(said, now, due):
    bad = one(**{"severity": "minor", "components": {"copr": "partial_outage"}} | said)

    only = quiet(major_after=timedelta(hours=1))
    assert [key for key in keys(bad, now=at(now), configured=only) if "major" in key] == (
        ["major-20260302T080000"] if due else []
    )


def test_a_maintenance_is_asked_about_only_where_it_outlasts_its_window():
    window = {"kind": "maintenance", "scheduled_for": "08:00", "scheduled_until": "10:00"}

    assert keys(one(**window)) == []
    assert keys(one(**window, updates=(update("11:01", "in_progress"),))) == []
    assert keys(one(**window, updates=(update("10:30", "in_progress"),))) == ["window-20260302T103000"]


def test_a_maintenance_without_an_end_is_asked_about_as_an_incident_is():
    endless = one(kind="maintenance", scheduled_for="08:00", updates=(update("08:30", "in_progress"),))

    assert keys(endless, now=at("2026-03-09 07:59")) == []
    assert keys(endless, now=at("2026-03-09 08:00")) == ["stale-20260302T080000"]
    assert keys(endless, now=at("2026-03-09 08:00"), configured=quiet()) == []
    (found,) = decided(endless, now=at("2026-03-09 08:00"))
    assert "has been going on since 2026-03-02 08:00 UTC" in found.text


def test_announcements_and_what_is_over_never_are():
    assert keys(one(kind="announcement")) == []
    assert keys(one(updates=(update("08:30", "resolved"),)), created_at="08:00") == []
    assert keys(one(), event("closed", "11:00")) == []


def test_where_nobody_wants_any_there_are_none():
    lasting = one(severity="minor", response=Response(), eta="words", components={"copr": "major_outage"})
    assert keys(lasting, configured=quiet(), now=at("2026-03-20")) == []


def test_a_reminder_that_is_there_is_not_written_again_in_other_words():
    assert keys(one(), note("update-20260302T080000")) == []


def test_what_is_settled_goes_away():
    assert keys(one(updates=(update("11:30"),)), note("update-20260302T080000")) == ["-update-20260302T080000"]
    over = one(updates=(update("11:30", "resolved"),))
    assert keys(over, note("update-20260302T080000"), event("closed", "11:30")) == ["-update-20260302T080000"]


def test_another_s_comment_with_our_marker_is_none_of_ours():
    assert keys(one(updates=(update("11:30"),)), note("update-20260302T080000", by="mallory")) == []


def test_one_thing_at_a_time_is_reminded_of():
    both = one(eta="2026-03-02 09:30 UTC")
    assert keys(both) == ["eta-20260302T093000"]
    assert keys(both, note("eta-20260302T093000", "09:00")) == [], "whatever GitHub's clock says"

    settled = replace(both, eta="")
    assert keys(settled, note("eta-20260302T093000")) == ["-eta-20260302T093000", "update-20260302T080000"]


def test_what_is_due_after_the_last_one_does_not_wait_for_that():
    assert keys(one(eta="2026-03-02 11:30 UTC"), note("update-20260302T080000", "11:00")) == ["eta-20260302T113000"]


@pytest.mark.parametrize(("now", "is_on"), [("12:59", True), ("13:00", False)])
def test_who_snoozed_waits_only_until_then(now, is_on):
    snoozing = incident("42", response=replace(LED, snoozed_until=at("13:00")))
    story = board.judge(snapshot(snoozing), at(now)).incidents["42"]

    assert reminders.snoozed(story, at(now)) == (at("13:00") if is_on else None)


def test_who_snoozed_is_left_alone_until_then():
    until = replace(LED, snoozed_until=at("13:00"))
    assert keys(one(response=until)) == []
    (gone,) = decided(one(response=until), note("update-20260302T080000"))
    assert (gone.key, gone.why) == ("update-20260302T080000", "somebody wants silence")

    (action,) = decided(one(response=until), now=at("13:00"))
    assert (action.key, action.why) == ("update-20260302T080000", "due at 2026-03-02 13:00 UTC")


def test_a_reminder_that_somebody_deleted_is_not_written_again():
    gone = event("comment_deleted", "11:00", "jane", VIEWER)

    assert keys(one(), gone) == []
    assert keys(one(updates=(update("10:30"),)), gone) == ["update-20260302T103000"]


@pytest.mark.parametrize(("now", "count"), [("2026-04-01 08:00", 1), ("2026-04-01 08:01", 0)])
def test_what_nobody_touched_for_a_month_was_forgotten_before(now, count):
    assert len(keys(one(), now=at(now))) == count
    assert len(keys(one(updates=(update("09:00"),)), now=at("2026-04-01 08:30"))) == 1
