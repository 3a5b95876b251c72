"""Commands on incidents that are files, and how their files keep what came of them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import timeline
from ghstatus.grammar import deeds, document, orders, verbs
from ghstatus.grammar.asking import Asking, MisfitError, Saying
from ghstatus.model import Assignment, Detector, Kind, Phase, Response, Role, Severity, Task
from tests.builders import NOW, START, at, incident, policy, update
from tests.strategies import NAMES, incidents

ARGUMENTS = {
    verbs.Takes.NOTHING: "",
    verbs.Takes.TEXT: "words",
    verbs.Takes.SEVERITY: "minor",
    verbs.Takes.COMPONENTS: "+copr=major_outage -testing-farm",
    verbs.Takes.EXPECTED: "in 2h",
    verbs.Takes.TIME: "30m ago",
    verbs.Takes.UNTIL: "2h",
    verbs.Takes.DETECTED: "20m ago by users",
    verbs.Takes.PERSON: "@joe",
    verbs.Takes.ADDRESS: "https://x.example/1",
    verbs.Takes.TASK: "look @joe",
    verbs.Takes.NUMBER: "1",
    verbs.Takes.CHANNEL: "mail",
    verbs.Takes.INCIDENT: "#41",
    verbs.Takes.SPAN: "1h",
}


def command(name, text, kind=Kind.INCIDENT, when="09:00"):
    return orders.command(verbs.VERBS[name], text, kind, Asking(NAMES, at(when), "jane"))


def told(one, name, text="", when="09:00"):
    return deeds.carried_out(one, command(name, text, one.kind, when), Saying(at(when), "jane"))


def kept(one):
    """The incident as its file tells it."""
    found = document.parse(document.write(one), where="x.md", ref=one.ref, names=NAMES)
    assert found.problems == ()
    return found.incident


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("verb", verbs.ALL, ids=lambda verb: verb.name)
def test_each_verb_does_something_to_its_kinds_that_a_file_keeps(verb, kind):
    if kind not in verb.kinds:
        return
    start = incident(
        kind=kind,
        severity="major" if kind is Kind.INCIDENT else None,
        components=[],
        ended=at("08:50") if verb.name == "reopen" else None,
        response=Response(tasks=(Task(1, "a", START, "joe"),)),
    )

    found = told(start, verb.name, ARGUMENTS[verb.takes])

    assert (found == start) == verb.is_request
    assert (found.updates != ()) == verb.is_public
    assert kept(found) == found


def test_words_become_an_update():
    found = told(incident(), "identified", "The disk.")

    assert found.updates == (update("09:00", "identified", text="The disk."),)
    assert told(found, "severity", "minor", "09:10").updates[1] == update("09:10", severity="minor", text="")


def test_an_update_as_of_before_stands_in_its_place():
    found = told(told(incident(), "update", "A", "09:00"), "resolve", "20m ago", "09:10")

    assert [(one.at, one.phase) for one in found.updates] == [(at("08:50"), Phase.RESOLVED), (at("09:00"), None)]


@pytest.mark.parametrize(("kind", "over"), [(Kind.INCIDENT, "resolve"), (Kind.MAINTENANCE, "complete")])
def test_a_file_s_incident_is_reopened(kind, over):
    found = told(told(incident(kind=kind, ended=at("08:30")), "reopen", "Again."), over, "", "10:00")

    assert timeline.periods(found, NOW, policy()) == ((START, at("08:30")), (at("09:00"), at("10:00")))


def test_only_a_maintenance_ends_by_its_window():
    with pytest.raises(MisfitError, match="it goes on"):
        told(incident(scheduled_until=at("08:30")), "reopen")


def test_what_ended_at_once_may_have_started_then():
    assert told(incident(ended=at("08:30")), "started", "08:30").started == at("08:30")


def test_one_that_will_end_goes_on():
    with pytest.raises(MisfitError, match=r"`/reopen`: it goes on; accepted: `/reopen` of what is over"):
        told(incident(ended=at("11:00")), "reopen")


def test_a_refusal_without_a_choice_says_only_why():
    assert str(MisfitError("no")) == "no"


@given(incidents(), st.sampled_from(verbs.ALL))
def test_whatever_is_carried_out_a_file_keeps(one, verb):
    if one.kind not in verb.kinds:
        return
    said = command(verb.name, ARGUMENTS[verb.takes], one.kind)
    found = one
    with suppress(MisfitError):  # it is over already, or isn't yet
        found = deeds.carried_out(one, said, Saying(at("09:00"), "jane"))
    again = document.parse(document.write(found), where="", ref=one.ref, names=NAMES).incident
    assert again is not None
    assert (again.response, again.updates, again.eta) == (found.response, found.updates, found.eta)


FILE = """---
title: Builds stay pending
severity: major
started: 2026-03-02 08:00 UTC
response:
{}
---
"""


def response(text, problems=()):
    indented = "\n".join(f"  {line}" for line in text.split("\n"))
    found = document.parse(FILE.format(indented), where="x.md", ref="x", names=NAMES)
    assert [(one.line, one.key, one.seen) for one in found.problems] == list(problems)
    assert found.extra == {}
    return found.incident.response


def test_a_person_may_write_it():
    text = """declared: 2026-03-02 08:05
detected: 2026-03-02T09:02+01:00
detector: Users
roles:
- {at: 2026-03-02 09:00, role: lead, person: joe}
- {at: 2026-03-02 08:10, role: Lead, person: "@jane", by: jane}
call: https://meet.example.org/x
tasks:
- {text: Restart it., at: 2026-03-02 08:20, by: jane, owner: joe, done: 2026-03-02 08:30}
snoozed_until: 2026-03-02 12:00"""

    assert response(text) == Response(
        declared=at("08:05"),
        detected=at("08:02"),
        detector=Detector.USERS,
        roles=(Assignment(at("08:10"), Role.LEAD, "jane", "jane"), Assignment(at("09:00"), Role.LEAD, "joe", "")),
        call="https://meet.example.org/x",
        tasks=(Task(1, "Restart it.", at("08:20"), "jane", "joe", at("08:30")),),
        snoozed_until=at("12:00"),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("declared: soon", (6, "response.declared", "'soon' is not a time")),
        ("detected: [a]", (6, "response.detected", "a list or a mapping stands where text belongs")),
        ("detector: customers", (6, "response.detector", "'customers' is unknown")),
        ("dettected: x", (6, "response.dettected", "unknown key 'dettected'")),
        ("call: mailto:us@example.org", (6, "response.call", "'mailto:us@example.org' is no address")),
        ("roles: jane", (6, "response.roles", "no list stands there")),
        ("roles: [jane]", (6, "response.roles[0]", "no keys stand there")),
        ("roles:\n- {role: lead}", (7, "response.roles[0].role", "who took which role and when isn't told")),
        ("roles:\n- {at: x, role: lead}", (7, "response.roles[0].at", "'x' is not a time")),
        ("roles:\n- {at: 2026-03-02, role: boss}", (7, "response.roles[0].role", "'boss' is unknown")),
        ("tasks:\n- {text: x}", (7, "response.tasks[0].text", "what is to do, or since when, isn't told")),
        ("tasks:\n- {text: x, at: x}", (7, "response.tasks[0].at", "'x' is not a time")),
    ],
)
def test_what_cannot_be_taken_is_a_problem(text, problem):
    assert response(text, [problem]) == Response()


def test_a_person_who_is_none_counts_as_nobody():
    found = response(
        "roles:\n- {at: 2026-03-02, role: ops, person: '@a/b'}",
        [(7, "response.roles[0].person", "'a/b' is no account")],
    )

    assert found.roles[0].person == ""


def test_a_done_that_is_no_time_leaves_the_task_open():
    found = response(
        "tasks:\n- {text: x, at: 2026-03-02, done: yes}", [(7, "response.tasks[0].done", "'yes' is not a time")]
    )

    assert found.tasks == (Task(1, "x", at("2026-03-02 00:00"), ""),)


@pytest.mark.parametrize("text", ["soon", "- a"])
def test_keys_belong_there(text):
    assert response(text, [(5, "response", "no keys stand there")]) == Response()


def test_thousands_of_mistakes_are_told_in_few_words():
    text = "\n".join(f"x{number}: 1" for number in range(3000))
    found = document.parse(FILE.format(text.replace("x", "  x")), where="x.md", ref="x", names=NAMES)

    assert len(found.problems) <= 21


def test_severity_of_a_maintenance_is_nothing():
    with pytest.raises(MisfitError, match="is for incidents, not for this maintenance"):
        command("severity", Severity.MAJOR, Kind.MAINTENANCE)
