"""An incident's body and what it says are the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus.grammar import body
from ghstatus.model import Affected, ComponentStatus, Phase, Severity
from tests.builders import at, update
from tests.strategies import NAMES, markdown, sorted_updates

WHEN = "2026-03-02 20:10 UTC"


def parse(text, first_line=1):
    return body.parse(text, where="outage.md", first_line=first_line, names=NAMES)


def only_problem(text):
    (problem,) = parse(text, first_line=7).problems
    return problem


@given(markdown, sorted_updates)
def test_what_is_written_is_read_as_the_same(text, updates):
    assert parse(body.write(text, updates)) == body.Body(body.tidy(text), updates, ())


@given(markdown, sorted_updates)
def test_what_is_written_again_stays_as_it_is(text, updates):
    written = body.write(text, updates)

    assert body.write(*parse(written)[:2]) == written


@given(markdown | st.text())
def test_no_text_is_too_strange(text):
    assert parse(body.write(*parse(text)[:2])).problems == ()


def test_text_above_the_first_update_is_the_incident_s():
    assert parse(f"Builds stay pending.\n\n## Identified - {WHEN}\n\nWe found the cause.") == body.Body(
        "Builds stay pending.", (update("20:10", "identified", text="We found the cause."),), ()
    )


@pytest.mark.parametrize(
    "heading",
    [
        f"## Identified \N{EN DASH} {WHEN}",
        f"### identified — {WHEN} ###",
        f"## IDENTIFIED: {WHEN}",
        f"## Identified · {WHEN}",
        f"## Identified, {WHEN}",
        f"## Identified @ {WHEN}",
        f"## Identified | {WHEN}",
        f"## Identified at {WHEN}",
        f"## Identified {WHEN}",
        f"  ##\tIdentified\xa0-\xa0{WHEN}",
        "## Identified - 2026-03-02 20:10",
        "## Identified - 2026-03-02T21:10:00+01:00",
        f"## {WHEN} - Identified",
        f"### {WHEN}: identified ##",
        f"## {WHEN} Identified",
        f"## Identified ({WHEN})",
        f"## Identified on {WHEN}",
        f"## **Identified** \N{EN DASH} {WHEN}",
        f"## \N{WHITE HEAVY CHECK MARK} Identified \N{EN DASH} {WHEN}",
        "## Identified - 2026\N{EN DASH}03\N{EN DASH}02 20:10",
    ],
)
def test_a_heading_is_taken_in_every_common_form(heading):
    assert parse(f"{heading}\ntext").updates == (update("20:10", "identified", text="text"),)


@pytest.mark.parametrize("word", ["In progress", "in_progress", "IN-PROGRESS"])
def test_a_phase_of_two_words_is_taken_in_every_spelling(word):
    assert parse(f"## {word} - {WHEN}").updates[0].phase is Phase.IN_PROGRESS


def test_an_american_cancels_with_one_l():
    assert parse(f"## Canceled - {WHEN}").updates[0].phase is Phase.CANCELLED


def test_an_update_may_leave_the_phase_as_it_was():
    assert parse(f"## Update - {WHEN}").updates == (update("20:10", text=""),)


@pytest.mark.parametrize(
    "line",
    [
        f"# Identified - {WHEN}",
        f"#### Identified - {WHEN}",
        f"Identified - {WHEN}",
        "## Identified the cause",
        "## Update 2: still slow",
        "## Update: d\xe9j\xe0 vu",
        f"## Maintenance - {WHEN}",
        f"## {WHEN}",
        f"    ## Identified - {WHEN}",
    ],
)
def test_any_other_line_is_text(line):
    assert parse(f"{line}\nmore") == body.Body(f"{line}\nmore", (), ())


def test_updates_are_put_in_the_order_of_their_times():
    text = "## Resolved 2026-03-02 22:00\nlast\n## Update 2026-03-02 21:00\na\n## Update 2026-03-02 21:00\nb"

    assert [one.text for one in parse(text).updates] == ["a", "b", "last"]


def test_fields_below_a_heading_say_what_changed():
    fields = "Severity: Critical\nComponents: copr = major_outage, Testing Farm: Degraded performance, \n"
    (found,) = parse(f"## Update - {WHEN}\n\n{fields}\ntext").updates

    assert (found.severity, found.text) == (Severity.CRITICAL, "text")
    assert found.components == (
        Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE),
        Affected(component="testing-farm", status=ComponentStatus.DEGRADED_PERFORMANCE),
    )


def test_a_component_without_a_status_takes_the_severity_s():
    (found,) = parse(f"## Update - {WHEN}\ncomponent: copr").updates

    assert found.components == (Affected(component="copr"),)


def test_the_last_status_of_a_component_counts_whatever_its_group_says():
    fields = "Components: services = operational, copr = major_outage, services"
    (found,) = parse(f"## Update - {WHEN}\n{fields}").updates

    assert found.components == (
        Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE),
        Affected(component="testing-farm", status=ComponentStatus.OPERATIONAL),
    )


def test_fields_further_down_are_text():
    (found,) = parse(f"## Update - {WHEN}\ntext\nSeverity: major").updates

    assert (found.severity, found.text) == (None, "text\nSeverity: major")


@pytest.mark.parametrize(
    "heading",
    [
        "## Identified - 2026-02-30",
        "## Identified - 2026/03/02 20:10",
        "## Identified - 20:10 UTC",
        "## Identified - 2 March 2026",
        "## Identified - 3rd mar",
        "## Identified - March 2, 2026",
        "## Identified - 02.03.2026",
        "## Identified - 2026-03-02 25:99 ##",
        "## 2026-02-30 - Identified",
        "## Identified - 2. 3. 2026 20:10",
        "## Identified now",
        "## Identified yesterday",
        "## Identified - 8pm",
        "## Identified",
        "## Identified:",
        "### IDENTIFIED \N{WHITE HEAVY CHECK MARK} ###",
    ],
)
def test_an_update_whose_time_cannot_be_read_is_a_problem_and_stays_text(heading):
    found = parse(f"before\n\n{heading}\nafter", first_line=7)

    assert (found.text, found.updates) == (f"before\n\n{heading}\nafter", ())
    (problem,) = found.problems
    assert (problem.where, problem.line, problem.column, problem.key) == ("outage.md", 9, 1, "update")
    assert "is not a time" in problem.seen or problem.seen == "no time is given"


@pytest.mark.parametrize("heading", ["## Resolved", "## Resolved at 22:10", "## Resolved 2 March"])
def test_a_last_update_that_does_not_say_when_counts_as_of_now(heading):
    now = at("23:00")
    found = body.parse(
        f"Down.\n\n## Identified {WHEN}\n\na\n\n{heading}\n\nb", where="", first_line=1, names=NAMES, now=now
    )

    assert found.updates == (update("20:10", "identified", text="a"), update("23:00", "resolved", text="b"))
    assert [(one.line, one.outcome) for one in found.problems] == [
        (7, "counted as of now, anew in each build, until it says when")
    ]


@pytest.mark.parametrize("word", ["Resloved", "identifed", "Updates"])
def test_a_misspelled_phase_beside_a_time_is_a_problem_and_stays_text(word):
    text = f"Slow.\n\n## {word} – 2026-03-02 22:00\n\nIt is over."
    problem = only_problem(text)

    assert (problem.line, problem.seen) == (9, f"{word!r} is no phase")
    assert "did you mean" in problem.accepted
    assert parse(text).text == text


def test_a_heading_of_other_words_beside_a_time_is_text():
    assert parse("## Background of 2026-03-02\n\n## Numbers – 2026-03-02").problems == ()


def test_only_the_last_update_counts_as_of_now():
    text = f"## Resolved\na\n## Identified {WHEN}\nb"
    found = body.parse(text, where="", first_line=1, names=NAMES, now=at("23:00"))

    assert (found.text, found.updates) == ("## Resolved\na", (update("20:10", "identified", text="b"),))
    assert found.problems[0].outcome == "no update: its text belongs to what stands above it"


def test_an_unknown_severity_leaves_the_severity_as_it_was():
    problem = only_problem(f"## Update - {WHEN}\n\nSeverity: majr\nComponents: copr")

    assert str(problem) == (
        "outage.md:9:1: severity: 'majr' is unknown; accepted: minor, major or critical (did you mean 'major'?)"
        " → the severity stays as it was"
    )


def test_an_unknown_severity_takes_nothing_from_the_rest():
    (found,) = parse(f"## Update - {WHEN}\nSeverity: majr\nSeverity: minor\nSeverity: x\nComponents: copr").updates

    assert (found.severity, found.components) == (Severity.MINOR, (Affected(component="copr"),))


def test_an_unknown_status_counts_as_none():
    text = f"## Update - {WHEN}\nComponents: copr = broken"

    assert parse(text).updates[0].components == (Affected(component="copr"),)
    assert only_problem(text).seen == "'broken' is unknown"


@pytest.mark.parametrize("name", ["corp", "", ","])
def test_an_unknown_component_is_left_out(name):
    text = f"## Update - {WHEN}\nComponents: {name}"

    assert parse(text).updates[0].components == ()
    assert only_problem(text).line == 8


def test_a_message_stays_short_whatever_was_typed():
    assert len(str(only_problem(f"## Update - {WHEN}\nSeverity: {'x' * 10_000}"))) < 300


def test_an_update_is_written_as_a_person_would_write_it():
    said = update("20:10", "in_progress", severity="major", components={"copr": "major_outage", "testing-farm": None})

    assert body.write_update(said) == (
        "## In progress \N{EN DASH} 2026-03-02 20:10 UTC\nSeverity: major\nComponents: copr = major_outage, testing-farm\n\n"
        "We look into it."
    )


def test_an_update_without_text_is_its_heading():
    assert body.write_update(update("20:10", text=" \n")) == "## Update \N{EN DASH} 2026-03-02 20:10 UTC"


@pytest.mark.parametrize(
    "line", ["## Update - 2026-03-02", "## Resolved", "\\## Update - 2026-03-02", "## 2026-99-99 Update"]
)
def test_a_line_like_a_heading_is_written_with_a_backslash(line):
    assert body.write(line, ()) == f"\\{line}"


def test_a_backslash_before_anything_else_is_text():
    assert parse("\\## Heading\n\\*star\\*").text == "\\## Heading\n\\*star\\*"


@pytest.mark.parametrize("filler", [" ", "#", "\\", "-", "\n", "## update 2026-1 ", "severity:\n", "1", "\xa0"])
def test_no_line_takes_long(filler):
    text = f"## update 2026-1{filler * 50_000}x"

    assert parse(body.write(*parse(text)[:2])).text == parse(text).text
