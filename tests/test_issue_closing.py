"""What closing and reopening an issue says."""

from datetime import timedelta

import pytest

from ghstatus import timeline
from ghstatus.grammar import issue as grammar
from ghstatus.model import Phase
from tests.builders import VIEWER, at, comment, context, event, issue, policy, update

WINDOW = {
    "labels": ["maintenance"],
    "text": "<!-- ghstatus\nscheduled_for: 2026-03-02 09:00\nscheduled_until: 2026-03-02 10:00\n-->",
}


def parse(*done, **said):
    return grammar.parse(issue(*done, **said), context())


def read(*done, **said):
    reading = parse(*done, **said)
    assert reading.problems == ()
    return reading.incident


def problem(*done, **said):
    reading = parse(*done, **said)
    (found,) = reading.problems
    return reading.incident, found


def closed(when="10:00", by="jane", reason="completed"):
    return event("closed", when, by, reason)


def reopened(when="11:00", by="jane"):
    return event("reopened", when, by)


def said(when, phase):
    return update(when, phase, text="")


# --- Closing


def test_closing_by_somebody_trusted_resolves():
    assert read(closed()).updates == (said("10:00", "resolved"),)


def test_closing_completes_a_maintenance():
    assert read(closed("09:30"), **WINDOW).updates == (said("09:30", "completed"),)
    assert read(closed("09:30"), labels=["maintenance"]).updates == (said("09:30", "completed"),)


def test_the_comment_made_with_the_closing_is_its_text():
    found = read(comment("All works again.", "09:59"), closed())

    assert found.updates == (update("10:00", "resolved", text="All works again."),)


@pytest.mark.parametrize(("when", "by"), [("2026-03-02 09:58:59", "jane"), ("09:59", "joe")])
def test_an_older_comment_or_another_s_is_not(when, by):
    found = read(comment("All works again.", when, by), closed())

    assert found.updates == (update(when, text="All works again."), said("10:00", "resolved"))


def test_a_comment_that_says_a_phase_of_its_own_is_not():
    found = read(comment("Monitoring: it looks good.", "09:59"), closed())

    assert [one.phase for one in found.updates] == [Phase.MONITORING, Phase.RESOLVED]


def test_what_is_over_by_text_isn_t_ended_again():
    assert len(read(comment("Resolved: all works.", "09:00"), closed()).updates) == 1
    assert read(closed(), text="<!-- ghstatus\nended: 2026-03-02 09:00\n-->").updates == ()
    assert read(closed(), text="<!-- ghstatus\nfalse_alarm: A cable.\n-->").updates == ()


def test_a_maintenance_whose_window_had_ended_isn_t_ended_again():
    assert read(closed("10:00"), **WINDOW).updates == ()


def test_a_maintenance_that_overran_ends_when_it_is_closed():
    found = read(comment("Verifying: a last look.", "10:10"), closed("10:30"), **WINDOW)

    assert [one.phase for one in found.updates] == [Phase.VERIFYING, Phase.COMPLETED]


def test_a_phase_at_the_very_end_of_the_window_lets_no_maintenance_overrun():
    assert len(read(comment("Verifying: a last look.", "10:00"), closed("10:30"), **WINDOW).updates) == 1


def test_words_without_a_phase_let_no_maintenance_overrun():
    assert len(read(comment("Thanks!", "10:10"), closed("10:30"), **WINDOW).updates) == 1


def test_closing_by_ghstatus_says_nothing():
    assert read(closed("11:00", VIEWER), **WINDOW).updates == ()


def test_closing_by_ghstatus_what_goes_on_is_told():
    found, wrong = problem(closed("11:00", VIEWER))

    assert (found.updates, wrong.outcome) == ((), "it goes on")


def test_closing_by_ghstatus_a_false_alarm_that_was_reopened_is_no_problem():
    labels = ["maintenance", "false-alarm"]
    text = "## In progress – 2026-03-02 09:50 UTC\n\nOnce more."
    done = event("labeled", "08:10", detail="false-alarm"), closed("09:30"), reopened("09:45"), closed("10:05", VIEWER)

    assert parse(*done, text=text, labels=labels).problems == ()


def test_closing_by_ghstatus_a_maintenance_that_was_put_off_since_is_no_problem():
    assert read(closed("09:30", VIEWER), **WINDOW).updates == ()


def test_closing_by_the_same_account_a_maintenance_without_an_end_is_told():
    _, wrong = problem(closed("11:00", VIEWER), labels=["maintenance"], text="### Started\n\n2026-03-02 08:00")

    assert wrong.outcome == "it goes on"


@pytest.mark.parametrize("by", ["jane", VIEWER, "stale[bot]"])
def test_a_maintenance_reopened_within_its_window_ends_with_it(by):
    found = read(closed("09:30"), reopened("09:45"), closed("10:30", by), **WINDOW)

    assert found.updates == (said("09:30", "completed"), said("09:45", "in_progress"))


@pytest.mark.parametrize("by", ["stale[bot]", ""])
def test_closing_by_a_bot_or_by_nobody_known_says_nothing(by):
    found, wrong = problem(closed(by=by))

    assert (found.updates, wrong.outcome) == ((), "it goes on")
    assert (by or "somebody whose account is gone") in wrong.seen


def test_closing_by_us_is_no_problem_where_what_was_said_is_taken_back():
    done = closed(by=VIEWER), comment("/monitoring", "09:00", edited_at="10:05")

    assert [one.phase for one in read(*done).updates] == ["monitoring"]
    assert grammar.parse(issue(*done), context(viewer="")).problems[0].seen.startswith("closed by")


def test_closing_without_an_event_says_nothing():
    found, wrong = problem(closed_at=at("10:00"))

    assert (found.updates, wrong.outcome) == ((), "it goes on")


def test_who_could_close_another_s_issue_might_when_they_did():
    assert read(closed(by="left-the-team")).updates == (said("10:00", "resolved"),)


@pytest.mark.parametrize("by", ["mallory", "stale[bot]"])
def test_a_stranger_closes_nothing_nor_does_a_bot(by):
    done = event("labeled", detail="incident"), closed(by=by)
    found, wrong = problem(*done, author="mallory", labels=["severity/major"])

    assert (found.updates, wrong.seen) == ((), f"closed by @{by}, who may not")


def test_who_could_close_a_stranger_s_issue_might_when_they_did():
    done = event("labeled", detail="incident"), closed(by="left-the-team")

    assert read(*done, author="mallory", labels=["severity/major"]).updates == (said("10:00", "resolved"),)


@pytest.mark.parametrize(("days", "is_over"), [(7, False), (8, True)])
def test_a_stranger_s_closing_counts_when_nobody_undid_it_for_a_week(days, is_over):
    done = event("labeled", detail="incident"), closed(by="mallory")
    later = context(now=at("10:00") + timedelta(days=days))
    found = grammar.parse(issue(*done, author="mallory", labels=["severity/major"]), later).incident

    assert found.updates == ((said("10:00", "resolved"),) if is_over else ())


def test_a_bot_s_closing_never_counts():
    later = context(now=at("10:00") + timedelta(days=30))

    assert grammar.parse(issue(closed(by="stale[bot]")), later).incident.updates == ()


def test_a_stranger_who_closes_what_is_over_already_is_no_problem():
    done = event("labeled", detail="incident"), comment("Resolved: all works.", "09:30"), closed(by="mallory")

    assert len(read(*done, author="mallory", labels=["severity/major"]).updates) == 1


def test_an_incident_closed_as_not_planned_was_a_false_alarm():
    found = read(closed(reason="not_planned"))

    assert (found.false_alarm, found.duplicate_of) == ("closed as not planned", None)
    assert (found.ended, found.updates) == (at("10:00"), ())


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ([], ""),
        (["Duplicate of #41"], "41"),
        (["Sorry!\n\nduplicate of https://github.com/packit/status/issues/41."], "41"),
        (["Duplicate of #40", "No: Duplicate of #41", "Duplicate of #41"], "41"),
        (["Is it a duplicate of #41?"], ""),
        (["Duplicate of packit/packit#41"], ""),
    ],
)
def test_an_incident_closed_as_a_duplicate_is_one_of_what_a_comment_names(said, other):
    found = read(*(comment(text, f"09:0{number}") for number, text in enumerate(said)), closed(reason="duplicate"))

    assert (found.duplicate_of, found.false_alarm, found.ended) == (other, "", at("10:00"))


def test_an_incident_that_was_over_and_is_closed_as_a_duplicate_keeps_its_end():
    found = read(comment("Resolved: a cable.", "09:00"), closed(reason="duplicate"))

    assert (found.duplicate_of, found.ended, len(found.updates)) == ("", None, 1)


def test_reopening_makes_a_duplicate_an_incident_again():
    found = read(closed(reason="duplicate"), reopened())

    assert (found.duplicate_of, found.ended, found.updates) == (None, None, ())


def test_a_false_alarm_that_was_over_keeps_its_end():
    found = read(comment("Resolved: a cable.", "09:00"), closed(reason="not_planned"))

    assert (found.false_alarm, found.ended, len(found.updates)) == ("closed as not planned", None, 1)


def test_a_reason_in_words_is_better():
    text = "<!-- ghstatus\nfalse_alarm: A cable.\nended: 2026-03-02 09:00\n-->"

    assert read(closed(reason="not_planned"), text=text).false_alarm == "A cable."
    assert (
        read(closed(reason="duplicate"), text=text.replace("false_alarm: A cable.", "duplicate_of: 41")).duplicate_of
        == "41"
    )


def test_a_maintenance_closed_for_another_reason_is_cancelled():
    assert read(closed("08:30", reason="not_planned"), **WINDOW).updates == (said("08:30", "cancelled"),)


def test_an_announcement_ends_when_it_is_closed():
    found = read(closed(), labels=["announcement"])

    assert (found.ended, found.updates, found.false_alarm) == (at("10:00"), (), "")
    ended = read(closed(reason="not_planned"), labels=["announcement"], text="<!-- ghstatus\nended: 2026-03-03\n-->")
    assert (ended.ended, ended.false_alarm) == (at("2026-03-03 00:00"), "")


# --- Reopening


def test_reopening_goes_back_to_the_last_phase():
    assert read(closed(), reopened()).updates[-1] == said("11:00", "investigating")
    assert read(comment("Monitoring: …", "09:00"), closed(), reopened()).updates[-1] == said("11:00", "monitoring")


def test_reopening_what_was_over_by_text_counts():
    assert read(comment("Resolved: ok", "09:00"), reopened()).updates[-1] == said("11:00", "investigating")
    found = read(closed(), reopened(), closed("11:30"), text="<!-- ghstatus\nended: 2026-03-02 09:00\n-->")
    assert found.updates == (said("11:00", "investigating"), said("11:30", "resolved"))


@pytest.mark.parametrize(("when", "phase"), [("08:40", "scheduled"), ("09:40", "in_progress")])
def test_reopening_a_maintenance_goes_on_with_it(when, phase):
    assert read(closed(f"{when[:3]}30"), reopened(when), **WINDOW).updates[-1] == said(when, phase)


def test_reopening_a_maintenance_after_its_window_lets_it_overrun():
    assert read(closed("10:05", VIEWER), reopened(), **WINDOW).updates == (said("11:00", "in_progress"),)


def test_reopening_a_maintenance_twice_lets_it_overrun_too():
    done = closed("09:30"), reopened("09:45"), closed("10:05", VIEWER), reopened()

    assert read(*done, **WINDOW).updates[-1] == said("11:00", "in_progress")


def test_reopening_takes_a_false_alarm_back():
    found = read(closed(reason="not_planned"), reopened())

    assert (found.false_alarm, found.ended, found.updates) == ("", None, ())


def test_reopening_an_announcement_takes_its_end_back():
    found = read(closed(), reopened(), labels=["announcement"])

    assert (found.ended, found.updates) == (None, ())


def test_reopening_by_a_stranger_says_nothing():
    done = event("labeled", "08:10", detail="incident"), closed(), reopened(by="mallory")
    found, wrong = problem(*done, author="mallory", labels=["severity/major"])

    assert found.updates == (said("10:00", "resolved"),)
    assert (wrong.seen, wrong.outcome) == ("reopened by @mallory, who may not", "it stays over")


def test_reopening_a_false_alarm_by_a_stranger_says_nothing():
    done = event("labeled", "08:10", detail="incident"), closed(reason="duplicate"), reopened(by="mallory")
    found, wrong = problem(*done, author="mallory", labels=["severity/major"])

    assert (found.duplicate_of, wrong.outcome) == ("", "it stays over")


def test_a_stranger_s_back_and_forth_changes_nothing():
    done = event("labeled", "08:10", detail="incident"), closed(), reopened(by="mallory"), closed("11:30", "mallory")

    assert read(*done, author="mallory", labels=["severity/major"]).updates == (said("10:00", "resolved"),)


def test_an_update_after_the_closing_that_says_it_goes_on_is_told():
    found, wrong = problem(closed(), comment("Investigating: it is back.", "11:00"))

    assert [one.phase for one in found.updates] == [Phase.RESOLVED, Phase.INVESTIGATING]
    assert (wrong.outcome, "'investigating'" in wrong.seen) == ("it goes on", True)


def test_words_after_the_closing_change_nothing():
    assert len(read(closed(), comment("It was DNS.", "11:00")).updates) == 2


def test_an_update_may_come_before_what_it_follows_in_time():
    text = "## Identified – 2026-03-02 09:30 UTC\n\n## Resolved – 2026-03-02 07:30 UTC"
    found = parse(comment("So it was.", "09:00"), text=text).incident

    assert [one.at for one in found.updates] == [at("07:30"), at("09:00"), at("09:30")]


def test_an_issue_that_is_open_though_its_last_event_closed_it_is_over():
    _, wrong = problem(closed(), closed_at=None)

    assert wrong.outcome == "it stays over"


def test_a_maintenance_closed_after_its_window_and_opened_by_nobody_known_is_told():
    assert parse(closed("10:30"), closed_at=None, **WINDOW).problems[0].outcome == "it stays over"


@pytest.mark.parametrize(
    ("done", "phase", "started"),
    [
        ([closed("08:30")], "cancelled", "09:00"),
        ([comment("/start", "08:10"), closed("08:30")], "completed", "08:10"),
        ([comment("/complete It went well.", "08:30")], "completed", "08:30"),
        ([closed("09:30")], "completed", "09:00"),
    ],
)
def test_a_maintenance_that_is_closed_before_its_window_never_was(done, phase, started):
    found = timeline.record(read(*done, **WINDOW), at("11:00"), policy())

    assert (found.phase, found.started) == (phase, at(started))
    assert found.ended == at("09:30" if done == [closed("09:30")] else "08:30")
