"""Commands in comments are history: what an incident becomes by them, one after another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import timeline
from ghstatus.actions import EditIncident, Topic
from ghstatus.grammar import draft, notes, responses
from ghstatus.grammar import issue as grammar
from ghstatus.model import (
    Affected,
    Assignment,
    ComponentStatus,
    Detector,
    Link,
    Order,
    Phase,
    Response,
    Role,
    Severity,
    Task,
)
from ghstatus.stores.issues import Issues
from tests.builders import NOW, START, VIEWER, at, comment, context, event, issue, policy, site, tracker, update

WINDOW = "<!-- ghstatus\nscheduled_for: 2026-03-02 08:00 UTC\nscheduled_until: 2026-03-02 10:00 UTC\n-->"


def parse(*done, on=None, **said):
    found = grammar.parse(issue(*done, **said), on or context())
    assert found == grammar.parse(issue(*done, **said), on or context())
    return found


def incident(*done, **said):
    found = parse(*done, **said)
    assert (found.problems, found.ignored, found.incident.response.mistaken) == ((), (), ())
    return found.incident


def maintenance(*done, **said):
    return incident(*done, labels=["maintenance"], text=WINDOW, **said)


def wrong(*done, **said):
    """The one problem, after which nothing else is to be wrong."""
    found = parse(*done, **said)
    (problem,) = found.problems
    return problem, found.incident


def periods(one):
    return [(start, end) for start, end in timeline.periods(one, NOW, policy())]


def test_an_issue_knows_when_it_was_declared():
    assert incident().response.declared == START
    assert incident().response.detected is None
    assert incident(text="<!-- ghstatus\nresponse:\n  declared: 2026-03-02 07:00 UTC\n-->").response.declared == at(
        "07:00"
    )


def test_a_comment_makes_one_update_of_its_words_and_its_public_commands():
    text = (
        "/severity critical\n/component +copr=major_outage -testing-farm\n/identified The disk.\nMore soon.\n/lead me"
    )

    (found,) = incident(comment(text)).updates

    assert found == update(
        "09:00",
        "identified",
        text="The disk.\nMore soon.",
        severity="critical",
        components={"copr": "major_outage", "testing-farm": "operational"},
    )


def test_what_only_the_team_is_told_makes_no_update():
    text = "/lead me\n/task look @joe\n/call https://meet.example.org/x\n/snooze 1h\n/detected 07:50 by users\n/announce mail\n/help\n/postmortem"

    found = incident(comment(text))

    assert found.updates == ()
    assert (found.response.call, found.response.called) == ("https://meet.example.org/x", at("09:00"))
    assert found.response.snoozed_until == at("10:00")
    assert (found.response.detected, found.response.detector) == (at("07:50"), Detector.USERS)
    assert found.response.roles == (Assignment(at("09:00"), Role.LEAD, "jane", "jane"),)
    assert found.response.tasks == (Task(1, "look", at("09:00"), "jane", "joe"),)


def test_every_command_that_was_understood_is_kept():
    said = comment("/lead @joe\n/resolve Mended.\n/help", by="joe")

    assert incident(said).response.orders == (
        Order(at("09:00"), "joe", said.id, "lead", "@joe"),
        Order(at("09:00"), "joe", said.id, "resolve", "Mended."),
        Order(at("09:00"), "joe", said.id, "help", ""),
    )


def test_a_comment_with_a_mistake_is_kept_and_its_other_commands_count():
    said = comment("/lead me\n/sevrity major", "09:10")

    problem, found = wrong(said)

    assert (problem.where, problem.key) == ("#42", "the comment of 2026-03-02 09:10 UTC")
    assert "did you mean '/severity'?" in problem.accepted
    assert found.response.mistaken == (said.id,)
    assert [one.verb for one in found.response.orders] == ["lead"]
    assert found.updates == ()


def test_a_mistake_alone_is_kept_too():
    said = comment("/severity hihg")

    assert wrong(said)[1].response.mistaken == (said.id,)


@pytest.mark.parametrize("login", ["mallory", "", "stale[bot]"])
def test_a_stranger_s_commands_are_ignored_and_counted(login):
    reading = parse(comment("/resolve\n/sevrity x\n/lead me", by=login))

    assert (len(reading.ignored), reading.problems) == (1, ())
    assert reading.incident == incident()


def test_a_minimized_comment_commands_nothing():
    assert incident(comment("/resolve", is_minimized=True)) == incident()


def test_ghstatus_s_own_comments_command_nothing():
    own = comment(notes.write(Topic.WELCOME, "/resolve"), by=VIEWER), comment("/resolve", by=VIEWER)
    said = update("09:30", text="/resolve\n\n/lead @joe")

    assert incident(*own) == incident()
    assert incident(comment(draft.write_update(said), "10:00", VIEWER)).updates == (said,)


def test_an_edited_comment_means_what_it_says_now_as_of_when_it_was_made():
    first = comment("/lead @joe", "09:00", edited_at="11:00")

    assert incident(first).response.roles == (Assignment(at("09:00"), Role.LEAD, "joe", "jane"),)


def test_of_two_people_in_one_minute_the_later_wins():
    done = [
        comment("/severity minor\n/lead me\n/eta 12:00", "09:00:10"),
        comment("/severity critical\n/lead me\n/eta 13:00", "09:00:50", "joe"),
    ]

    for order in (done, done[::-1]):
        found = incident(*order, labels=["incident"])
        assert [one.severity for one in found.updates] == [Severity.MINOR, Severity.CRITICAL]
        assert [one.person for one in found.response.roles] == ["jane", "joe"]
        assert found.eta == "2026-03-02 13:00 UTC"


def test_in_the_same_second_the_later_comment_wins():
    done = [comment("/eta 12:00", id=7), comment("/eta 13:00", id=8), comment("/eta -", "08:59", id=9)]

    found = issue(*done)

    for comments in (found.comments, found.comments[::-1]):
        reading = grammar.parse(replace(found, comments=comments), context())
        assert reading.incident.eta == "2026-03-02 13:00 UTC"


def test_of_one_comment_the_last_line_wins():
    found = incident(comment("/severity minor\n/identified\n/severity critical\n/monitoring"))

    assert [(one.severity, one.phase) for one in found.updates] == [(Severity.CRITICAL, Phase.MONITORING)]


def test_what_somebody_took_already_is_not_taken_twice():
    done = comment("/lead me\n/lead @JANE"), comment("/lead @jane", "09:30", "joe"), comment("/lead -", "10:00")

    assert [one.person for one in incident(*done).response.roles] == ["jane", ""]


def test_facts_are_told_and_taken_back():
    text = "/affects All.\n/workaround Wait.\n/eta soon\n/upstream https://x.example/1 X\n/started 07:30\n/call https://c.example"
    found = incident(comment(text))

    assert (found.affects, found.workaround, found.eta, found.started) == ("All.", "Wait.", "soon", at("07:30"))
    assert found.links == (Link(text="X", url="https://x.example/1"),)

    again = incident(
        comment(text), comment("/affects -\n/alternatives -\n/eta -\n/call -\n/upstream https://x.example/1", "09:30")
    )
    assert (again.affects, again.workaround, again.eta, again.response.call) == ("", "", "", "")
    assert again.links == (Link(text="https://x.example/1", url="https://x.example/1"),)


@pytest.mark.parametrize(
    ("said", "called"), [(["/call https://c.example", "/call https://d.example"], "09:00"), (["/call -"], None)]
)
def test_a_call_begins_when_somebody_first_says_where_it_is(said, called):
    found = incident(*(comment(text, f"09:{10 * number:02}") for number, text in enumerate(said)))

    assert found.response.called == (called and at(called))


def test_a_detector_and_a_time_are_told_one_by_one():
    found = incident(comment("/detected by monitoring\n/detected 07:55"), comment("/snooze off"))

    assert (found.response.detected, found.response.detector) == (at("07:55"), Detector.MONITORING)
    assert found.response.snoozed_until is None


def test_a_task_is_done_once():
    done = comment("/task a\n/task b @joe"), comment("/done 2", "09:30"), comment("/done 2", "10:00")

    assert [one.done_at for one in incident(*done).response.tasks] == [None, at("09:30")]


LISTED = notes.write(Topic.WELCOME, "- [ ] 1. a\n- [x] 2. b (@&#8203;joe), done 2026-03-02 09:00 UTC\n- [ ] 3. c")


@pytest.mark.parametrize(
    ("said", "numbered"),
    [
        ("/task b @joe\n/task c\n/task d", {2: "b", 3: "c", 4: "d"}),
        ("/task e\n/task b @joe\n/task c", {1: "e", 2: "b", 3: "c"}),
        ("/task e\n/task f\n/task b @joe\n/task c", {1: "e", 2: "f", 3: "b", 4: "c"}),
        ("/task a\n/task a\n/task c", {1: "a", 2: "a", 3: "c"}),
    ],
    ids=["the first was deleted", "the first was edited", "one became two", "one is asked for again"],
)
def test_a_task_keeps_the_number_by_which_people_know_it(said, numbered):
    found = incident(comment(LISTED, by=VIEWER), comment(said, "10:00"))

    assert {one.number: one.text for one in found.response.tasks} == numbered


def test_a_task_is_ticked_off_by_the_number_that_it_had():
    asked = comment(LISTED, by=VIEWER), comment("/task c"), comment("/done 3", "10:00")
    problem, _ = wrong(*asked[:2], comment("/done 1", "10:00"))

    assert incident(*asked).response.tasks == (Task(3, "c", at("09:00"), "jane", done_at=at("10:00")),)
    assert (problem.seen, problem.accepted) == ("`/done`: there is no task 1", "a number from 3 to 3")


def test_a_strangers_list_numbers_nothing():
    found = parse(comment(LISTED, by="mallory"), comment("/task c"))

    assert [one.number for one in found.incident.response.tasks] == [1]


@pytest.mark.parametrize(("text", "accepted"), [("/done 1", "/task TEXT"), ("/task a\n/done 2", "from 1 to 1")])
def test_a_task_that_is_not_there_cannot_be_done(text, accepted):
    said = comment(text)
    problem, found = wrong(said)

    assert accepted in problem.accepted
    assert problem.outcome == "not carried out"
    assert found.response.mistaken == (said.id,)


def test_a_resolving_comment_ends_it_before_anybody_closes_the_issue():
    found = incident(comment("/resolve All works."), event("closed", "11:00"))

    assert found.updates == (update("09:00", "resolved", text="All works."),)
    assert periods(found) == [(START, at("09:00"))]


def test_a_phase_may_say_since_when():
    found = incident(comment("/resolve 10m ago\n/lead me"))

    assert found.updates == (update("08:50", "resolved", text=""),)
    assert [one.at for one in found.response.orders] == [at("09:00"), at("09:00")]


@pytest.mark.parametrize(
    "text", ["/identified the disk", "/identified: the disk", "/identified\nthe disk", "/Identified \r\n\r\nthe disk"]
)
def test_a_phase_s_words_stand_behind_it_or_below(text):
    assert incident(comment(text)).updates == (update("09:00", "identified", text="the disk"),)


def test_the_comment_made_with_the_closing_may_command():
    found = incident(comment("Mended.\n/severity minor", "10:00"), event("closed", "10:00:01"))

    assert found.updates == (update("10:00:01", "resolved", text="Mended.", severity="minor"),)


def test_an_end_that_is_told_is_believed():
    found = incident(comment("/ended 08:30"), comment("/resolve", "10:00"))

    assert periods(found) == [(START, at("08:30"))]


def test_a_closed_incident_s_end_may_be_told_later():
    found = incident(comment("/resolve"), event("closed", "09:01"), comment("/ended 08:40", "09:30"))

    assert periods(found) == [(START, at("08:40"))]


@pytest.mark.parametrize(
    ("text", "accepted"), [("/ended 07:00", "after the start"), ("/ended 08:30\n/started 08:45", "before the end")]
)
def test_times_that_contradict_each_other_are_told(text, accepted):
    assert accepted in wrong(comment(text))[0].accepted


def test_a_false_alarm_ends_with_its_reason():
    found = incident(comment("/false-alarm It was the cable."))

    assert (found.false_alarm, found.ended, found.updates) == ("It was the cable.", at("09:00"), ())
    assert timeline.spans(found, NOW, policy(), timeline.periods(found, NOW, policy())) == ()


def test_a_false_alarm_that_was_over_keeps_its_end():
    found = incident(comment("/resolve"), comment("/false-alarm oops", "10:00"), event("closed", "10:01"))

    assert (found.false_alarm, found.ended) == ("oops", None)


def test_a_false_alarm_that_somebody_closes_keeps_its_reason():
    found = incident(comment("/false-alarm oops"), event("closed", "10:00", detail="not_planned"))

    assert (found.false_alarm, found.ended, found.updates) == ("oops", at("09:00"), ())


def test_an_incident_that_somebody_completes_is_resolved_and_told_so():
    problem, found = wrong(comment("/complete All works.", id=7))

    assert [(one.phase, one.text) for one in found.updates] == [(Phase.RESOLVED, "All works.")]
    assert [order.verb for order in found.response.orders] == ["resolve"]
    assert (problem.outcome, found.response.mistaken) == ("counted as `/resolve`", (7,))


def test_a_duplicate_is_none_of_its_own():
    found = incident(comment("/duplicate #41"))

    assert (found.duplicate_of, found.false_alarm, found.ended) == ("41", "", at("09:00"))
    assert incident(comment("/duplicate copr-down")).duplicate_of == "copr-down"
    assert "itself" in wrong(comment("/duplicate #42"))[0].seen


def test_a_reason_is_needed():
    assert "reason" in wrong(comment("/false-alarm -"))[0].seen
    assert "no address" in wrong(comment("/upstream -"))[0].seen


def test_what_was_said_last_says_why_it_is_none():
    told = incident(comment("/false-alarm oops"), comment("/duplicate #41", "10:00"))
    off = incident(comment("/duplicate #41"), comment("/false-alarm oops", "10:00"))

    assert (told.duplicate_of, told.false_alarm, told.ended) == ("41", "", at("09:00"))
    assert (off.duplicate_of, off.false_alarm, off.ended) == (None, "oops", at("09:00"))


@pytest.mark.parametrize("again", ["/reopen", "/identified A disk is full."])
def test_a_duplicate_that_goes_on_is_none(again):
    found = incident(comment("/duplicate #41"), comment(again, "10:00"))

    assert (found.duplicate_of, found.ended) == (None, None)


def test_who_tells_how_far_along_it_is_takes_a_false_alarm_back():
    found = incident(comment("/false-alarm oops"), comment("/identified it is real", "09:30"))

    assert (found.false_alarm, found.ended) == ("", None)
    assert periods(found) == [(START, None)]


REOPENED = comment("/reopen It is back.", "10:00", id=99)
GOES_ON = [(START, at("09:00")), (at("10:00"), None)]


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([comment("/identified", "08:30"), comment("/resolve")], GOES_ON),
        ([comment("/identified", "08:30"), event("closed")], GOES_ON),
        ([comment("/identified", "08:30"), comment("/resolve"), event("closed", "09:01")], GOES_ON),
        ([comment("/identified", "08:30"), comment("/ended 09:00", "09:20")], GOES_ON),
        ([comment("/identified", "08:30"), comment("/false-alarm oops")], [(START, None)]),
        ([comment("/identified", "08:30"), event("closed", detail="not_planned")], [(START, None)]),
        ([comment("/identified", "08:30"), event("closed", detail="duplicate")], [(START, None)]),
        ([comment("/identified", "08:30"), comment("/resolve"), event("closed", by=VIEWER)], GOES_ON),
    ],
)
@pytest.mark.parametrize("after", [[], [event("reopened", "10:05", VIEWER)], [event("reopened", "10:05")]])
def test_what_was_over_goes_on_from_when_somebody_reopens_it(done, expected, after):
    found = incident(*done, REOPENED, *after)

    assert periods(found) == expected
    assert (found.false_alarm, found.ended) == ("", None)
    assert found.updates[-1] == update("10:00", "identified", text="It is back.")


def test_it_may_end_and_go_on_in_the_same_second():
    done = [comment("/resolve", id=7), comment("/reopen", id=8)]

    assert [one.phase for one in incident(*done).updates] == [Phase.RESOLVED, Phase.INVESTIGATING]


def test_it_may_end_again():
    done = comment("/resolve"), event("closed", "09:01"), REOPENED

    assert periods(incident(*done, comment("/resolve", "11:00"))) == [(START, at("09:00")), (at("10:00"), at("11:00"))]
    again = incident(*done, event("reopened", "10:01", VIEWER), event("closed", "11:00"))
    assert periods(again) == [(START, at("09:00")), (at("10:00"), at("11:00"))]
    ended = incident(*done, comment("/ended 10:30", "11:00"), event("closed", "11:30"))
    assert periods(ended)[-1] == (at("10:00"), at("10:30"))


def test_what_goes_on_cannot_be_reopened():
    problem, found = wrong(REOPENED)

    assert "it goes on" in problem.seen
    assert found.updates == (update("10:00", text="It is back."),)


def test_who_reopens_the_issue_takes_back_what_a_command_ended():
    done = comment("/ended 08:30"), event("closed", "09:01"), event("reopened", "10:00")
    found = incident(*done)

    assert periods(found) == [(START, at("08:30")), (at("10:00"), None)]


def test_a_maintenance_begins_overruns_and_completes():
    found = maintenance(
        comment("/start", "08:10"),
        comment("/extend 2h", "09:00"),
        comment("/verifying", "11:00"),
        comment("/complete Done.", "11:30"),
    )

    assert found.scheduled_until == at("12:00")
    assert [one.phase for one in found.updates] == [Phase.IN_PROGRESS, Phase.VERIFYING, Phase.COMPLETED]
    assert periods(found) == [(START, at("11:30"))]


def test_a_maintenance_may_be_extended_to_a_time_and_after_its_end():
    assert maintenance(comment("/extend 10:30", "10:05")).scheduled_until == at("10:30")
    assert parse(comment("/extend 1h"), labels=["maintenance"]).incident.scheduled_until == at("10:00")


@pytest.mark.parametrize("text", ["/extend 2026-03-01 10:00", "/extend 999999d 999999h"])
def test_a_maintenance_ends_after_it_starts(text):
    far = WINDOW.replace("scheduled_until: 2026-03-02", "scheduled_until: 9990-03-02")
    problem, _ = wrong(comment(text), labels=["maintenance"], text=far)

    assert "no end of this maintenance" in problem.seen


def test_a_maintenance_is_cancelled_and_comes_back():
    done = comment("/cancel", "07:00"), comment("/reopen", "07:30")

    assert [one.phase for one in maintenance(*done, created_at="06:00").updates] == [Phase.CANCELLED, Phase.SCHEDULED]


def test_a_maintenance_whose_window_is_past_goes_on():
    found = maintenance(comment("/reopen", "11:00"))

    assert [(one.at, one.phase) for one in found.updates] == [
        (at("10:00"), Phase.COMPLETED),
        (at("11:00"), Phase.IN_PROGRESS),
    ]


def test_an_announcement_comes_down():
    assert incident(comment("/ended now"), labels=["announcement"]).ended == at("09:00")


@pytest.mark.parametrize(
    ("text", "label", "accepted"),
    [
        ("/resolve", "announcement", "`/update`"),
        ("/extend 2h", "incident", "`/eta`"),
        ("/severity major", "maintenance", "`/update`"),
        ("/lead me", "announcement", "`/update`"),
    ],
)
def test_a_command_that_does_not_fit_says_what_is_accepted(text, label, accepted):
    planned = {"text": WINDOW} if label == "maintenance" else {}
    problem, found = wrong(comment(text), labels=[label, "severity/major"], **planned)

    assert f", not for this {label}" in problem.seen
    assert accepted in problem.accepted
    assert found.updates == ()


def test_words_in_markdown_go_on_telling_phases_beside_commands():
    found = incident(comment("/lead me\n\n**Identified:** the disk\nSeverity: critical"))

    assert found.updates == (update("09:00", "identified", text="the disk", severity="critical"),)


def test_fields_may_stand_right_below_a_phase():
    found = incident(comment("/identified the disk\nSeverity: critical\nComponents: copr\n\nMore."))

    assert found.updates == (
        update("09:00", "identified", text="the disk\n\nMore.", severity="critical", components=["copr"]),
    )


def test_a_component_that_is_said_twice_takes_the_last_word():
    found = incident(comment("Components: copr = major_outage\n\n/component -copr\n/component +copr"))

    assert found.updates[0].components == (Affected(component="copr"),)


def test_code_and_quotes_command_nothing():
    text = "As I said:\n\n> /resolve\n\n```\n/false-alarm x\n```\n\n`/severity minor` is how."

    assert incident(comment(text)).updates == (update("09:00", text=text),)


def test_other_programs_commands_are_left_to_them():
    assert incident(comment("/packit rebuild-failed\n/retest")) == incident()


def test_commands_in_another_dialect_count_too():
    found = grammar.parse(
        issue(comment("/lead me\n/severity minor\nText."), labels=["status"]), context(on=site(dialect="upptime"))
    )

    assert found.problems == ()
    assert [one.verb for one in found.incident.response.orders] == ["lead", "severity"]


_LINES = st.sampled_from(
    [
        "/identified a",
        "/monitoring",
        "/resolve",
        "/reopen",
        "/false-alarm x",
        "/severity minor",
        "/component +copr -testing-farm",
        "/started 08:10",
        "/ended 08:50",
        "/lead me",
        "/lead -",
        "/task x",
        "/done 1",
        "/snooze 1h",
        "/sevrity",
        "words",
        "",
    ]
)
_DONE = st.lists(
    st.tuples(st.integers(0, 59), st.lists(_LINES, max_size=4).map("\n".join), st.sampled_from(["jane", "joe", "eve"]))
    | st.tuples(st.integers(0, 59), st.sampled_from(["closed", "reopened"]), st.just("jane")),
    max_size=8,
)


@given(_DONE)
def test_whatever_people_say_is_read_the_same_each_time(done):
    things = [
        event(what, f"09:{minute:02}", by) if what in {"closed", "reopened"} else comment(what, f"09:{minute:02}", by)
        for minute, what, by in done
    ]
    first = issue(*things)
    found = grammar.parse(first, context()).incident

    assert grammar.parse(first, context()).incident == found
    assert list(found.updates) == sorted(found.updates, key=lambda one: one.at)
    assert all(one.end is None or one.start <= one.end for one in timeline.periods(found, NOW, policy()))
    assert ComponentStatus.UNKNOWN not in {span.status for span in timeline.record(found, NOW, policy()).spans}
    known = {one.id for one in first.comments if one.author != "eve"}
    assert {one.comment for one in found.response.orders} | set(found.response.mistaken) <= known


def test_an_edit_leaves_to_comments_what_comments_say():
    said = comment("/lead me\n/task a @joe\n/identified x"), comment("/done 1\n/help\n/sevrity", "09:30")
    text = (
        "<!-- ghstatus\nresponse:\n  roles:\n  - {at: 2026-03-02 08:00, role: ops, person: joe}\n"
        "  tasks:\n  - {text: b, at: 2026-03-02 08:01}\n-->"
    )
    store = Issues(site(), [issue(*said, text=text)], tracker(), frozenset({"jane"}))
    (before,) = store.observe(NOW).incidents

    store.apply(EditIncident(incident=before))

    (after,) = store.observe(NOW).incidents
    assert after == before
    assert [one.text for one in after.response.tasks] == ["b", "a"]
    assert [one.done_at for one in after.response.tasks] == [at("09:30"), None]


@pytest.mark.parametrize("times", [set(), {at("09:00")}])
def test_what_a_text_says_by_itself_stays_in_it(times):
    done = Task(1, "a", at("08:00"), "jane", done_at=at("09:00"))
    kept = Response(tasks=(done,), orders=(Order(at("09:00"), "jane", 7, "done", "1"),), mistaken=(7,))

    found = responses.apart(kept, times)

    assert found == Response(tasks=(done._replace(done_at=None if times else at("09:00")),))


# What is over goes on


@pytest.mark.parametrize("again", ["/identified Still broken.", "/monitoring", "Identified: still broken."])
def test_a_phase_after_the_end_lets_it_go_on(again):
    found = incident(comment("/ended 08:30"), comment(again, "10:00"))

    assert periods(found) == [(START, at("08:30")), (at("10:00"), None)]
    assert [one.phase for one in found.updates[:1]] == [Phase.RESOLVED]


def test_a_phase_after_an_end_that_a_text_tells_lets_it_go_on_by_command_alone():
    text = "<!-- ghstatus\nended: 2026-03-02 08:30 UTC\n-->"

    assert periods(incident(comment("/identified"), text=text)) == [(START, at("08:30")), (at("09:00"), None)]
    assert periods(incident(comment("Identified: a disk."), text=text)) == [(START, at("08:30"))]


def test_a_label_after_the_end_lets_it_go_on():
    found = incident(comment("/ended 08:30"), event("labeled", "09:30", detail="phase/identified"))

    assert periods(found) == [(START, at("08:30")), (at("09:30"), None)]


@pytest.mark.parametrize("said", ["/identified 30m ago", "/resolve", "/update Thanks.", "/severity minor"])
def test_nothing_else_takes_an_end_back(said):
    assert periods(incident(comment("/ended 08:45"), comment(said, "09:10"))) == [(START, at("08:45"))]


def test_who_says_how_far_along_it_is_and_when_it_ended_means_both():
    assert periods(incident(comment("/identified A disk.\n/ended 08:45"))) == [(START, at("08:45"))]
    assert periods(incident(comment("/ended 08:45\n/identified A disk."))) == [
        (START, at("08:45")),
        (at("09:00"), None),
    ]


@pytest.mark.parametrize("reason", ["completed", "not_planned", "duplicate"])
def test_a_phase_after_a_closing_lets_it_go_on(reason):
    found = incident(event("closed", "08:30", detail=reason), comment("/identified A disk."))

    assert periods(found)[-1][1] is None
    assert not found.is_void


@pytest.mark.parametrize("ending", ["/resolve", "/false-alarm oops", "/ended now", "/duplicate #41"])
@pytest.mark.parametrize("again", ["/monitoring", "Monitoring: it looks better.", "/reopen"])
def test_who_lets_it_go_on_that_ghstatus_closed_is_told_nothing(ending, again):
    found = incident(comment(ending), event("closed", "09:01", VIEWER), comment(again, "10:00"))

    assert periods(found)[-1][1] is None


@pytest.mark.parametrize(
    ("lines", "phases", "is_over"),
    [
        ("/resolve\n/reopen It is back.", ["investigating"], False),
        ("/false-alarm oops\n/reopen It is back.", ["investigating"], False),
        ("/resolve\n/identified It is back.", ["identified"], False),
        ("/identified\n/resolve\n/reopen It is back.", ["investigating"], False),
    ],
)
def test_commands_of_one_comment_count_one_after_another(lines, phases, is_over):
    found = incident(comment(lines))

    assert [str(one.phase) for one in found.updates] == phases
    assert [one.text for one in found.updates][-1] == "It is back."
    assert (periods(found)[-1][1] is not None) is is_over


@pytest.mark.parametrize(
    ("lines", "is_over"),
    [("/reopen\n/resolve\n/reopen", False), ("/reopen\n/resolve", True), ("/reopen\n/resolve 10m ago", True)],
)
def test_of_what_is_over_the_last_line_counts(lines, is_over):
    found = incident(comment("/resolve", "08:30"), comment(lines))

    assert (periods(found)[-1][1] is not None) is is_over


def test_what_goes_on_by_the_comment_itself_cannot_be_reopened():
    problem, _ = wrong(comment("/resolve"), comment("/reopen\n/reopen", "10:00"))

    assert "it goes on" in problem.seen


@pytest.mark.parametrize(
    "said",
    [
        "/ended in 2h",
        "/ended 2026-03-02 10:00",
        "/started 2026-03-02 10:00",
        "/detected in 1h",
        "/resolve 2026-03-02 10:00",
    ],
)
def test_what_was_is_not_to_come(said):
    problem, found = wrong(comment(said))

    assert problem.seen.startswith(f"`{said.split()[0]}`: 2026-03-02 1")
    assert problem.seen.endswith(" UTC is still to come")
    assert (found.ended, found.started, found.response.detected) == (None, START, None)


def test_a_clock_may_be_wrong_by_some_minutes():
    assert incident(comment("/ended 09:05")).ended == at("09:05")


def test_a_maintenance_may_be_put_off_and_an_announcement_stand_for_so_long():
    assert maintenance(comment("/started in 1h"), created_at="06:00").started == at("10:00")
    assert incident(comment("/ended in 2h"), labels=["announcement"]).ended == at("11:00")
    assert "to come" in wrong(comment("/ended in 1h"), labels=["maintenance"], text=WINDOW)[0].seen


# Slips that tests once let through


def test_what_somebody_reopened_is_over_again_by_a_command():
    text = "<!-- ghstatus\nended: 2026-03-02 08:30 UTC\n-->"
    done = event("closed", "08:31"), event("reopened", "08:40"), comment("/ended 08:50"), event("closed", "09:30")

    assert [str(one.phase) for one in incident(*done, text=text).updates] == ["investigating"]


def test_a_false_alarm_ends_no_sooner_than_it_began():
    found = incident(comment("/false-alarm oops"), text="<!-- ghstatus\nstarted: 2026-03-02 09:30 UTC\n-->")

    assert found.ended == at("09:30")


def test_labels_of_the_second_of_a_comment_come_after_it():
    done = comment("/monitoring"), event("labeled", "09:00", detail="phase/identified")

    assert [str(one.phase) for one in incident(*done).updates] == ["monitoring", "identified"]


@pytest.mark.parametrize("ending", ["/resolve", "/ended now", "/false-alarm oops"])
def test_nothing_is_hit_any_more_when_it_is_over(ending):
    problem, found = wrong(
        comment(ending),
        comment("/component +testing-farm", "09:10"),
        labels=["incident", "severity/major", "component/copr"],
    )

    assert problem.seen == "`/component`: it is over, so nothing is hit any more"
    assert not any(one.components for one in found.updates)
    again = comment("/reopen Again.\n/component +testing-farm", "09:10")
    assert (
        incident(comment(ending), again, labels=["incident", "severity/major", "component/copr"]).updates[-1].components
    )


def test_what_is_over_may_be_told_to_be_fine_and_what_it_hit_be_named_late():
    labels = ["incident", "severity/major", "component/copr"]

    assert incident(comment("/resolve\n/component -copr"), labels=labels)
    assert incident(comment("/resolve"), comment("/component +copr", "09:10"), labels=labels[:2]).components


def test_an_update_after_a_person_closed_a_maintenance_that_was_past_is_told_of():
    problem, _ = wrong(
        event("closed", "10:30"), comment("Verifying: a last look.", "11:00"), labels=["maintenance"], text=WINDOW
    )

    assert problem.seen == "it is closed, but an update after that says 'verifying'"
