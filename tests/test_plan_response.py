"""The one comment that tells how a team does, and who is to see to it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus import board
from ghstatus.actions import Assign, Topic, WriteNote
from ghstatus.grammar import notes
from ghstatus.model import Assignment, Detector, Response, Role, Severity, Task
from ghstatus.plan import response
from ghstatus.saying import response as words
from tests.builders import NOW, VIEWER, at, comment, component, event, incident, issue, site, snapshot, tracker, update

SITE = site(component("copr", name="Copr [builds]"), base_url="https://status.packit.dev/")
OLD = "2026-03-01 11:59"
ROLES = (
    Assignment(at("08:10"), Role.LEAD, "jane", "jane"),
    Assignment(at("08:20"), Role.COMMS, "joe", "jane"),
    Assignment(at("08:30"), Role.COMMS, "", "jane"),
)
TASKS = (
    Task(1, "Roll | back\n@all", at("08:15"), "jane", "joe", at("09:15")),
    Task(2, "Ask <b>copr</b>", at("08:16"), "jane"),
)
FULL = incident(
    "42",
    severity="minor",
    eta="in | an hour",
    updates=(
        update("09:00", "identified", text="\nA @disk | is full.\n\nMore.", severity="major"),
        update("10:00", components={"copr": "major_outage"}, text=""),
    ),
    response=Response(
        declared=at("08:05"),
        detected=at("07:55"),
        detector=Detector.USERS,
        roles=ROLES,
        call="https://meet.example.org/a?b&c",
        tasks=TASKS,
        snoozed_until=at("13:00"),
    ),
)


def note(text, topic=Topic.WELCOME, by=VIEWER, when="09:00"):
    return comment(notes.write(topic, text), when, by)


def decided(one, *done, site=SITE, is_kept=True, on_duty="", now=NOW, **said):
    judged = board.judge(snapshot(one, components=SITE.components, taken=now), now)
    return list(
        response.decide(
            judged, tracker(issue(*done, **{"created_at": "08:00"} | said)), site, lambda _: on_duty, is_kept=is_kept
        )
    )


def told(one=FULL, now=NOW, **said):
    others = [incident(one.duplicate_of, started="07:00")] if one.duplicate_of else []
    story = board.judge(snapshot(one, *others, components=SITE.components, taken=now), now).incidents[one.ref]
    facts = words.Facts(
        **{
            "address": "https://status.packit.dev/incidents/42/",
            "names": {"copr": "Copr [builds]"},
            "declared": at("08:05"),
            "author": "mallory",
            "on_duty": "joe",
            "due": at("11:00"),
            "snoozed_until": one.response.snoozed_until,
        }
        | said
    )
    return words.state(story, facts)


MAINTENANCE = incident(
    "44",
    kind="maintenance",
    scheduled_for="11:00",
    scheduled_until="14:00",
    response=Response(tasks=TASKS[1:]),
    updates=(update("10:00", text="Soon."),),
)
OVER = replace(FULL, updates=(*FULL.updates, update("11:30", "resolved", text="")))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("incident", told()),
        ("maintenance", told(MAINTENANCE, on_duty="", due=None)),
        ("over", told(OVER)),
        ("plain", told(incident("42", components=()), on_duty="", due=None, author="", address="")),
        ("called-off", told(incident("42", false_alarm="It was @me", ended="09:00"), on_duty="", due=None)),
        ("duplicate", told(incident("42", duplicate_of="41", ended="09:00"), on_duty="", due=None)),
    ],
)
def test_a_state_is_what_was_read_over(golden, name, text):
    golden(f"plans/state-{name}.md", f"{text}\n")


@pytest.mark.parametrize(("other", "words"), [("a@b-down", "a@&#8203;b-down"), ("", "an incident that nobody named")])
def test_a_duplicate_tells_of_what(other, words):
    assert f"| Duplicate of | {words} |" in told(incident("42", duplicate_of=other, ended="09:00"))


def test_only_whoever_leads_and_whoever_is_on_duty_is_told():
    assert sorted(re.findall(r"@\w+", told())) == ["@jane", "@joe"]


def test_a_login_that_is_none_is_no_mention():
    assert re.findall(r"@\w+", told(on_duty="joe blow")) == ["@jane"]
    assert "| On duty | joe blow |" in told(on_duty="joe blow")


def test_who_gave_up_the_lead_is_not_in_it_any_more():
    roles = (*ROLES, Assignment(at("11:00"), Role.LEAD, "", "jane"), Assignment(at("11:30"), Role.OPS, "joe", "joe"))
    text = told(replace(FULL, response=replace(FULL.response, roles=roles)))

    assert "| Lead | nobody |\n| Operations | joe |" in text
    assert "| 2026-03-02 11:00 UTC | Lead: nobody |" in text


def test_nothing_moves_with_time_alone():
    assert told() == told(now=NOW + timedelta(hours=3))


def test_only_the_last_of_very_much_is_told():
    many = tuple(update(at("09:00") + timedelta(seconds=number), text=f"Step {number}.") for number in range(120))
    text = told(incident("42", updates=many))

    assert "| before | 22 more |\n" in text
    assert "Step 119." in text
    assert len(told(incident("42", updates=tuple(replace(one, text="x" * 9000) for one in many)))) < 65_536


@pytest.mark.parametrize(
    ("one", "start"),
    [
        (incident("42"), "This incident is"),
        (incident("42", kind="maintenance", scheduled_until="13:00"), "This maintenance is"),
        (incident("42", kind="maintenance", started="13:00"), "This maintenance is"),
        (incident("42", kind="announcement"), "This announcement is"),
    ],
)
def test_what_is_new_is_welcomed_with_its_page(one, start):
    (action,) = decided(one)

    assert action == WriteNote(ref="42", topic=Topic.WELCOME, text=action.text)
    assert action.text.startswith(f"{start} on the status page: https://status.packit.dev/incidents/42/\n\n")
    assert action.why == "it is new"


def test_only_the_page_is_told_where_comments_are_read_otherwise():
    (action,) = decided(incident("42"), is_kept=False, on_duty="joe")

    assert action.text.endswith("/incidents/42/")
    assert decided(incident("42"), note("Old."), is_kept=False) == []


def test_what_is_told_is_kept_true():
    there = note("Old.")
    (action,) = decided(incident("42"), there)
    assert (action.comment, action.why) == (there.id, "what it tells has changed")

    assert decided(incident("42"), note(action.text)) == []
    assert decided(incident("42"), note(action.text.replace("\n", "\r\n"))) == []


def test_it_says_when_users_should_hear_the_next_time():
    (action,) = decided(incident("42", updates=(update("11:30"),)))
    assert "| Next update due | 2026-03-02 12:30 UTC |" in action.text

    (never,) = decided(
        incident("42"),
        site=replace(SITE, reminders=replace(SITE.reminders, update_every={Severity.MAJOR: timedelta()})),
    )
    assert "Next update due" not in never.text


def test_there_is_one_welcome_whoever_wrote_it():
    assert decided(incident("42"), note("Hello.", by="jane")) == [], "written with another token"
    assert len(decided(incident("42"), note("Hello.", Topic.PROBLEMS))) == 1


def test_an_announcement_is_told_once():
    assert decided(incident("42", kind="announcement"), note("Hello.")) == []


def test_what_is_over_is_not_welcomed():
    assert decided(incident("42", updates=(update("09:00", "resolved"),))) == []


@pytest.mark.parametrize(("closed_at", "count"), [("2026-03-01 12:00", 1), (OLD, 0)])
def test_what_is_closed_says_once_more_how_it_ended(closed_at, count):
    over = incident("42", started=OLD, updates=(update(closed_at, "resolved"),))

    found = decided(over, note("Going on."), event("closed", closed_at), created_at=OLD)
    assert len(found) == count
    if found:
        assert "Resolved" in found[0].text
        assert decided(over, note(found[0].text), event("closed", closed_at), created_at=OLD) == []


@pytest.mark.parametrize(("created_at", "count"), [("2026-03-01 12:00", 1), (OLD, 0)])
def test_what_was_there_before_is_not_welcomed(created_at, count):
    assert len(decided(incident("42"), created_at=created_at)) == count


@pytest.mark.parametrize("address", ["https://x.org/", ""])
def test_where_nobody_wants_it_there_is_no_welcome(address):
    said = site(welcome=False, base_url=address)

    assert decided(incident("42"), site=said) == []
    assert decided(incident("42"), note("Old."), site=said) == []


def test_where_nobody_said_where_the_page_is_the_team_has_its_comment_without_that():
    (new,) = decided(incident("42"), site=site())
    (kept,) = decided(incident("42"), note("Old."), site=site())

    assert new.text == kept.text
    assert new.text.startswith("| What |")
    assert "status page" not in new.text


def test_without_a_page_there_is_nothing_to_say_of_an_announcement_or_to_keep():
    assert decided(incident("42", kind="announcement"), site=site()) == []
    assert decided(incident("42"), site=site(), is_kept=False) == []


def deleted(when="09:00", by="jane", whose=VIEWER):
    return event("comment_deleted", when, by, whose)


def test_a_welcome_that_somebody_deleted_is_not_written_again():
    assert decided(incident("42"), deleted()) == []
    assert decided(incident("42"), deleted(), comment("Thanks.", "10:00")) == []


@pytest.mark.parametrize("done", [deleted(by=VIEWER), deleted(whose="joe")], ids=["by ghstatus", "another's"])
def test_what_else_is_deleted_is_no_reason_to_be_silent(done):
    assert len(decided(incident("42"), done)) == 1


def test_whoever_is_on_duty_is_assigned_before_that_is_told():
    assign, write = decided(incident("42"), on_duty="joe")

    assert assign == Assign(ref="42", people=("joe",))
    assert assign.why
    assert "| On duty | @joe |" in write.text


@pytest.mark.parametrize(
    "done",
    [
        event("assigned", detail="Joe"),
        event("unassigned", detail="joe"),
        note("Hello."),
        note("Hello.", by="jane"),
    ],
)
def test_nobody_is_assigned_twice_nor_again(done):
    assert not [one for one in decided(incident("42"), done, on_duty="joe") if isinstance(one, Assign)]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (incident("42", kind="maintenance", scheduled_until="13:00"), {}),
        (incident("42", updates=(update("09:00", "resolved"),)), {}),
        (incident("42"), {"created_at": OLD}),
        (incident("42"), {"is_kept": False}),
        (incident("42"), {"site": site(welcome=False), "created_at": "10:59"}),
    ],
    ids=["planned", "over", "old", "of others", "not for ever"],
)
def test_who_is_not_needed_is_not_assigned(one, said):
    assert not [one for one in decided(one, on_duty="joe", **said) if isinstance(one, Assign)]


def test_somebody_is_assigned_where_no_comment_tells_of_it():
    assert decided(incident("42"), on_duty="joe", site=site(welcome=False), created_at="11:00") == [
        Assign(ref="42", people=("joe",))
    ]


def test_what_has_no_phases_has_no_state():
    assert "| State |" not in told(incident("46", kind="announcement", severity=None))


def test_what_an_update_says_first_is_no_fence():
    shown = told(incident("42", updates=(update("09:00", text="```\nNo space left\n```"),)))

    assert "| Update: No space left |" in shown
