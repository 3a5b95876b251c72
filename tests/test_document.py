"""A file and the incident in it are the same thing, and a mistake costs one message."""

from dataclasses import replace
from inspect import cleandoc

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus.grammar import document
from ghstatus.model import Affected, ComponentStatus, Kind, Link, Severity
from tests.builders import at, incident, update
from tests.strategies import NAMES, ends_after_its_start, incidents

GOOD = {"title": "Builds stay pending", "severity": "major", "started": "2026-03-02 08:00 UTC"}


def file(text="", **keys):
    """A file without a problem, apart from the keys that are given; None leaves one out."""
    lines = [f"{key}: {value}" for key, value in (GOOD | keys).items() if value is not None]
    return "\n".join(["---", *lines, "---", "", text])


def parse(text, ref="outage"):
    return document.parse(text, where="outage.md", ref=ref, names=NAMES)


def one_problem(text, ref="outage"):
    (problem,) = parse(text, ref).problems
    return problem


def complete(problem):
    return all((problem.seen, problem.accepted, problem.outcome, problem.where, problem.line, problem.column))


@given(incidents().filter(ends_after_its_start))
def test_what_is_written_is_read_as_the_same(said):
    text = document.write(said)

    assert document.parse(text, where="", ref=said.ref, names=NAMES) == document.Reading(said, (), {})


@given(st.dictionaries(st.text().filter(lambda key: key.lower() not in document.KEYS), st.text() | st.lists(st.text())))
@example({"": "\xa0"})
def test_keys_that_mean_nothing_are_kept(extra):
    assert parse(document.write(incident(), extra=extra)).extra == extra


_LINES = st.sampled_from(
    [
        *("---", "", "text", "# Title", "title: [a", "title: {a: b}", "severity:major", "severity: []", "components:"),
        *("- copr", "  copr: broken", "components: [copr, [a], {copr: [x], tf: minor}]", "links: {a: b}", "kind: x"),
        *("links: [{url: [a]}, [b], {text: [c], url: https://a.b}]", "number: [1]", "ended: {a: b}", "started: [1]"),
        *(
            "started: 2026-01-01",
            "ended: 2025-01-01",
            "kind: maintenance",
            "scheduled_for: 2026-03-03",
            "false_alarm: yes",
        ),
        *(
            "scheduled_until: 2025-01-01",
            "## Identified - 2026-99-01",
            "## Update 2026-01-01",
            "Severity: a",
            "x: &a [*a]",
        ),
        *("Components: x=y, copr=", "? [a]", "\x00", "title: \x1f", "\ud800", "\x85", "!!binary a: b", "a: 1", "a: 2"),
    ]
)


@given(
    st.lists(_LINES | st.text(max_size=20), max_size=14).map("\n".join), st.sampled_from(["", "---\n", "\ufeff---\n"])
)
def test_no_text_is_too_strange(text, opening):
    reading = parse(f"{opening}{text}")

    assert all(map(complete, reading.problems))
    assert reading.incident or "'unknown'" in "".join(problem.outcome for problem in reading.problems)


def test_a_file_says_everything_about_an_incident():
    text = """
        ---
        title: Builds stay pending
        number: 7
        severity: Critical
        components: {Copr: Major outage, Testing Farm: }
        started: 2026-03-02 08:00
        ended: 2026-03-02T10:30:00+01:00
        affects: Everybody
        workaround: Wait
        eta: soon
        links: ["https://a.example/1", {text: "Status", url: "https://b.example"}]
        false_alarm: "No, it worked."
        source: "hugo:1.md"
        ---
        Text.
        ## Identified 2026-03-02 09:00
        We look into it."""

    assert parse(cleandoc(text), "outage") == document.Reading(
        incident(
            "outage",
            number=7,
            severity="critical",
            components={"copr": "major_outage", "testing-farm": None},
            ended="09:30",
            affects="Everybody",
            workaround="Wait",
            eta="soon",
            links=(
                Link(text="https://a.example/1", url="https://a.example/1"),
                Link(text="Status", url="https://b.example"),
            ),
            false_alarm="No, it worked.",
            source="hugo:1.md",
            text="Text.",
            updates=(update("09:00", "identified"),),
        ),
        (),
        {},
    )


def test_a_file_is_written_as_a_person_would_write_it():
    said = incident(number=7, components={"copr": "major_outage", "testing-farm": None}, text="Text.", affects="a\nb")

    assert document.write(replace(said, links=(Link(text="Status", url="https://b.example"),))) == (
        "---\ntitle: Builds stay pending\nnumber: 7\nseverity: major\n"
        "components:\n  copr: major_outage\n  testing-farm:\nstarted: 2026-03-02 08:00 UTC\n"
        "affects: |-\n  a\n  b\nlinks:\n- text: Status\n  url: https://b.example\n---\n\nText.\n"
    )


def test_a_planned_start_is_written_once():
    planned = incident(kind="maintenance", scheduled_for="08:00", scheduled_until="09:00")

    assert "started" not in document.write(planned)


def test_other_readers_of_front_matter_understand_the_file():
    assert frontmatter.loads(document.write(incident(text="Text."))).content == "Text."


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_neither_line_endings_nor_a_byte_order_mark_change_a_file(ending):
    text = file("Text.\n\n## Resolved 2026-03-02 09:00\n\nDone.\n\nThanks.")

    assert parse("\ufeff" + text.replace("\n", ending)) == parse(text)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_problem_names_the_line_in_the_file(ending):
    text = file("Text.\n## Update 2026-02-31", ended="later", number="7").replace("\n", ending)

    assert [(one.line, one.column, one.key) for one in parse(text).problems] == [(5, 1, "ended"), (10, 1, "update")]


def test_a_message_says_what_was_seen_what_is_accepted_and_what_happens():
    assert str(one_problem(file(severity="majr"))) == (
        "outage.md:3:1: severity: 'majr' is unknown; accepted: minor, major or critical (did you mean 'major'?)"
        " → counted as major"
    )


def test_an_unknown_severity_is_nobody_s_word():
    assert parse(file(severity="majr")).incident.severity is None


@pytest.mark.parametrize("severity", [None, "", "''", "~"])
def test_an_incident_without_a_severity_counts_as_major(severity):
    problem = one_problem(file(severity=severity))

    assert (problem.seen, problem.outcome) == ("no severity is given", "counted as major")


@pytest.mark.parametrize("kind", ["maintenance", "announcement"])
def test_only_an_incident_needs_a_severity(kind):
    assert parse(file(kind=kind, severity=None)).problems == ()
    assert one_problem(file(kind=kind, severity="high")).outcome == "ignored"


@pytest.mark.parametrize("kind", [None, "maintanance"])
def test_what_was_planned_counts_as_a_maintenance(kind):
    text = file(kind=kind, severity=None, started=None, scheduled_for="2026-03-02 08:00")

    assert parse(text).incident.kind is Kind.MAINTENANCE
    assert one_problem(text).outcome == "counted as a maintenance, since scheduled_for is given"


def test_an_unknown_kind_counts_as_an_incident():
    assert parse(file(kind="outage")).incident.kind is Kind.INCIDENT
    assert one_problem(file(kind="outage")).outcome == "counted as an incident"


@pytest.mark.parametrize(
    "typed", ["copr", "Copr", "copr,", "[copr]", "{copr: }", "[Copr, copr]", "\n- copr", "copr = ", "{copr: ~}"]
)
def test_a_component_is_taken_in_every_common_form(typed):
    assert parse(file(components=typed)).incident.components == (Affected(component="copr"),)


@pytest.mark.parametrize(
    "typed", ["copr = major outage", "['copr: Major-Outage']", "{copr: MAJOR_OUTAGE}", "[copr: major outage]"]
)
def test_a_status_is_taken_in_every_common_form(typed):
    (found,) = parse(file(components=typed)).incident.components

    assert found == Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE)


@pytest.mark.parametrize("typed", ["services", "[Services]", "copr, testing-farm", "[copr, Testing Farm]"])
def test_a_group_means_all_its_components(typed):
    found = parse(file(components=typed)).incident.components

    assert found == (Affected(component="copr"), Affected(component="testing-farm"))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("[copr, testing-frm]", "components[1]"),
        ("copr, testing-frm", "components"),
        ("{copr: , testing-frm: }", "components.testing-frm"),
        ("[copr, {testing-frm: x}]", "components[1].testing-frm"),
    ],
)
def test_an_unknown_component_is_left_out(typed, key):
    problem = one_problem(file(components=typed))

    assert (problem.key, problem.seen) == (key, "no component is called 'testing-frm'")
    assert problem.accepted.endswith("(did you mean 'testing-farm'?)")
    assert parse(file(components=typed)).incident.components == (Affected(component="copr"),)


@pytest.mark.parametrize("typed", ["{copr: broken}", "{copr: [x]}", "[copr = x]", "copr = x"])
def test_an_unknown_status_is_the_severity_s(typed):
    assert parse(file(components=typed)).incident.components == (Affected(component="copr"),)
    assert one_problem(file(components=typed)).outcome == "takes the status that the severity means"


def test_a_list_in_a_list_names_no_component():
    assert one_problem(file(components="[[copr]]")).key == "components[0]"


@pytest.mark.parametrize("typed", ["tomorrow", "2026-02-31", "[2026-03-02]", "{a: b}"])
def test_an_end_that_cannot_be_read_leaves_the_incident_going_on(typed):
    assert parse(file(ended=typed)).incident.ended is None
    assert "goes on" in one_problem(file(ended=typed)).outcome


@pytest.mark.parametrize(
    ("ref", "keys", "text", "start"),
    [
        ("2024-08-13-outage", {"ended": "2026-03-04"}, "## Update 2026-03-03", "2024-08-13"),
        ("2024-08-99-outage", {"ended": "2026-03-04"}, "## Update 2026-03-03", "2026-03-03"),
        ("outage", {"kind": "incident", "ended": "2026-03-04", "scheduled_for": "2026-03-05"}, "", "2026-03-04"),
        ("outage", {"kind": "incident", "scheduled_for": "2026-03-05"}, "", "2026-03-05"),
    ],
)
@pytest.mark.parametrize("typed", [None, "", "yesterday", "[1]"])
def test_without_a_start_the_next_best_time_counts(ref, keys, text, start, typed):
    found, problems, _ = parse(file(text, started=typed, **keys), ref)

    assert found.started == at(start)
    assert [problem.key for problem in problems] == ["started"]
    assert f"counted as started {start} 00:00 UTC" in problems[0].outcome


def test_another_tool_s_date_is_better_than_nothing():
    assert parse(file(started=None, date="2026-03-01")).incident.started == at("2026-03-01")


def test_an_incident_without_any_time_is_not_shown():
    found, (problem,), _ = parse(file(started="yesterday"))

    assert found is None
    assert problem.outcome == "not shown, and the page says 'unknown' because of it"


def test_a_maintenance_starts_when_it_is_planned():
    found = parse(file(kind="maintenance", started=None, scheduled_for="2026-03-02"), "2024-08-13-disks")

    assert (found.incident.started, found.problems) == (at("2026-03-02"), ())


def test_a_maintenance_whose_start_cannot_be_read_starts_when_it_is_planned():
    text = file(kind="maintenance", started="soon", scheduled_for="2026-03-02")

    assert parse(text, "2024-08-13-disks").incident.started == at("2026-03-02")
    assert one_problem(text).outcome == "counted as started 2026-03-02 00:00 UTC, as planned"


def test_an_end_before_the_start_is_the_start():
    problem = one_problem(file(ended="2026-03-02 07:59"))

    assert problem.seen == "2026-03-02 07:59 UTC is before the start, 2026-03-02 08:00 UTC"
    assert parse(file(ended="2026-03-02 07:59")).incident.ended == at("08:00")


@pytest.mark.parametrize("keys", [{"scheduled_for": "2026-03-02 09:00"}, {}])
def test_a_window_that_ends_before_it_starts_has_no_end(keys):
    text = file(kind="maintenance", scheduled_until="2026-03-02 07:00", **keys)

    assert one_problem(text).key == "scheduled_until"
    assert parse(text).incident.scheduled_until is None


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "seven", "٣", "9" * 30, "[7]"])
def test_a_number_is_a_whole_one(typed):
    assert parse(file(number=typed)).incident.number is None
    assert complete(one_problem(file(number=typed)))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//a.example", "https://", "https://a b", "[]", "{text: a}", "[[a]]"]
)
def test_an_address_that_is_not_safe_to_follow_is_left_out(url):
    text = file(links=f"['https://a.example', {url}]")

    assert [link.url for link in parse(text).incident.links] == ["https://a.example"]
    assert one_problem(text).key == "links[1]"


@pytest.mark.parametrize("typed", ["HTTPS://A.example", "mailto:us@example.org", "{url: http://a.example, text: [x]}"])
def test_a_single_address_needs_no_list(typed):
    (link,) = parse(file(links=typed)).incident.links

    assert link.text == link.url
    assert link.url in typed


@pytest.mark.parametrize("key", ["title", "severity", "affects", "kind", "eta", "false_alarm", "source"])
def test_a_value_of_the_wrong_shape_is_one_problem(key):
    assert one_problem(file(**{key: "[a]"})).seen == "a list stands where text belongs"
    assert one_problem(file(**{key: "{a: b}"})).seen == "a mapping stands where text belongs"


@pytest.mark.parametrize("word", ["false", "No", "off"])
def test_what_is_no_false_alarm_is_an_incident(word):
    assert parse(file(false_alarm=word)).incident.false_alarm == ""


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("41", "41"),
        ("'#41'", "41"),
        ("https://github.com/packit/status/issues/41", "41"),
        ("2026-03-02-copr-down", "2026-03-02-copr-down"),
        ("'#yes'", "yes"),
        ("yes", ""),
        ("no", None),
        ("", None),
    ],
)
def test_a_duplicate_names_the_other(typed, ref):
    reading = parse(file(duplicate_of=typed))

    assert (reading.incident.duplicate_of, reading.problems) == (ref, ())


def test_a_file_that_calls_a_duplicate_a_false_alarm_is_read_as_before():
    found = parse(file(false_alarm='"a duplicate of #41"')).incident

    assert (found.false_alarm, found.duplicate_of) == ("a duplicate of #41", None)


@pytest.mark.parametrize("word", ["true", "Yes"])
def test_a_false_alarm_should_say_why(word):
    assert parse(file(false_alarm=word)).incident.false_alarm == word
    assert one_problem(file(false_alarm=word)).outcome == "counted as a false alarm"


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("severty", "severity"),
        ("resolved", "ended"),
        ("date", "started"),
        ("affected", "components"),
        ("TITEL", "title"),
    ],
)
def test_an_unknown_key_is_asked_about(key, meant):
    problem = one_problem(file(**{key: "x"}))

    assert (problem.key, problem.line) == (key, 5)
    assert problem.seen == f"unknown key {key!r}; did you mean {meant!r}?"


def test_a_key_that_is_like_nothing_is_unknown():
    assert one_problem(file(layout="x")).seen == "unknown key 'layout'"


def test_a_key_counts_whatever_its_case():
    found = parse("---\nTitle: x\nSeverity: high\nStarted: 2026-03-02\nComponents: [Copr]\n---\n")

    assert (found.incident.title, found.incident.started) == ("x", at("2026-03-02"))
    assert [(problem.line, problem.key) for problem in found.problems] == [(3, "severity")]


def test_a_key_that_stands_twice_in_two_cases_is_a_problem():
    problem = one_problem(file(Severity="minor"))

    assert (problem.line, problem.key, problem.seen) == (5, "severity", "it stands twice")
    assert parse(file(Severity="minor")).incident.severity is Severity.MINOR


@pytest.mark.parametrize("typed", ["\N{LARGE RED CIRCLE} critical", "\u201cCritical\u201d", "critical!", "*critical*"])
def test_signs_around_a_word_change_nothing(typed):
    found = parse(file(severity=f"'{typed}'", components=f"['{typed.lower().replace('critical', 'Copr')}']"))

    assert (found.incident.severity, found.problems) == (Severity.CRITICAL, ())
    assert found.incident.components == (Affected(component="copr"),)


def test_an_update_that_ends_it_before_its_start_is_a_problem():
    problem = one_problem(file("## Resolved 2025-03-02 09:00"))

    assert (problem.line, problem.key, problem.outcome) == (4, "started", "counted as ended at its start")
    assert problem.seen == "an update ends it at 2025-03-02 09:00 UTC, before the start, 2026-03-02 08:00 UTC"
    assert parse(file("## Resolved 2025-03-02 09:00", ended="2026-03-02 09:00")).problems == ()
    assert parse(file("## Resolved 2026-03-02 09:00\n## Update 2026-03-02 10:00")).problems == ()


@pytest.mark.parametrize(
    "line",
    [
        *("**Resolved**", "**Resolved:** it works", "Resolved: yes", "Resolved 2026-03-02 10:00", "# Resolved"),
        *("##Resolved", "#### Resolved (10:00)", "Resolved\n---", "Fixed - 2026-03-02", "/resolve"),
        "## Closed \N{EN DASH} today",
    ],
)
def test_an_end_that_is_no_update_is_a_problem(line):
    text = f"Down.\n\nSolved it yesterday.\n\n{line}\n\nWorks."

    assert (one_problem(file(text)).line, one_problem(file(text)).outcome) == (11, "it goes on")
    assert parse(file(text, ended="2026-03-02 09:00")).problems == ()
    assert parse(file(f"{text}\n## Resolved 2026-03-02 09:00")).problems == ()
    assert parse(file(text, kind="announcement", severity=None)).problems == ()


@pytest.mark.parametrize("line", ["Resolved issues pile up.", "It was resolved.", "## Resolved issues", "- fixed it"])
def test_other_words_about_an_end_are_text(line):
    assert parse(file(f"Down.\n\n{line}")).problems == ()


def test_an_update_that_ends_it_without_a_time_is_one_problem():
    assert one_problem(file("## Resolved\n\nx\n\n## Identified 2026-03-02 09:00")).key == "update"


def test_what_a_merge_left_is_a_problem_and_both_sides_count():
    text = file("Down.\n\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> phone", number="<<<<<<< HEAD")
    text = text.replace("number: <", "<").replace("HEAD\n---", "HEAD\nnumber: 7\n=======\neta: 9\n>>>>>>> phone\n---")
    found = parse(text)

    assert (found.incident.number, found.incident.eta) == (7, "9")
    assert [(problem.line, problem.seen) for problem in found.problems] == [(5, "a merge left its conflict here")]
    assert parse(file("Type <<<<<<< or more.")).problems == ()


def test_a_key_that_stands_twice_is_a_problem():
    problem = one_problem(file(number="7\nnumber: 8"))

    assert (problem.line, problem.key, problem.outcome) == (6, "number", "its last value counts")
    assert parse(file(number="7\nnumber: 8")).incident.number == 8


@pytest.mark.parametrize(
    ("ref", "text", "title"),
    [
        ("2024-08-13-github-outage", "Text.", "github outage"),
        ("2024-08-13", "Text.", "2024-08-13"),
        ("outage", "Text.\n\n# Copr\tis down #", "Copr is down"),
        ("outage", "#  ", "outage"),
    ],
)
def test_a_title_is_found_elsewhere(ref, text, title):
    assert parse(file(text, title=None), ref).incident.title == title
    assert one_problem(file(text, title=None), ref).outcome == f"shown as {title!r}"


def test_a_title_is_one_line():
    assert parse(file(title='"Copr\\nis\\tdown\\x07"')).incident.title == "Copr is down"


BROKEN = """---
title: Copr: builds fail
severity: critical
components:
  - copr
started: "2026-03-02 09:00
number:7

links:
  - [broken
affects: Everybody
---
Text.
## Update 2026-02-31"""


def test_front_matter_that_is_no_yaml_is_read_key_by_key():
    found = parse(BROKEN).incident

    assert (found.title, found.severity, found.started) == ("Copr: builds fail", Severity.CRITICAL, at("09:00"))
    assert found.components == (Affected(component="copr"),)
    assert (found.number, found.affects) == (7, "Everybody")


def test_front_matter_that_is_no_yaml_is_one_problem_with_its_place():
    yaml, update = parse(BROKEN).problems

    assert (yaml.line, yaml.column, yaml.key, yaml.outcome) == (2, 12, "", "what could be read of it counts")
    assert (update.line, update.key) == (14, "update")


def test_a_problem_in_what_was_saved_names_its_line():
    assert parse(BROKEN.replace("critical", "hi")).problems[1].line == 3


def test_a_rule_in_the_text_does_not_close_front_matter_that_is_open():
    text = file("Copr is down:\nsee below.").replace("---\n\nCopr", "\nCopr") + "\n---\nMore.\n## Update 2026-02-31"
    found = parse(text)

    assert found.incident.text == "Copr is down:\nsee below.\n\nMore.\n## Update 2026-02-31"
    assert [problem.line for problem in found.problems] == [7, 10]


@pytest.mark.parametrize(
    "front",
    [
        "title: x\n severity: minor\ncomponents: [copr]",
        "title: x\n  severity: minor\n  components: copr",
        "title: x\nseverity: minor\ncomponents:\n\t- copr",
        "title: x\nseverity: minor\ncomponents:\n-copr\n-Copr",
    ],
)
def test_a_slip_in_the_layout_costs_one_message(front):
    found, problems, _ = parse(f"---\n{front}\nstarted: 2026-03-02\n---\nText.")

    assert (found.severity, found.components) == (Severity.MINOR, (Affected(component="copr"),))
    assert [problem.key for problem in problems] == [""]


def test_what_looks_like_a_key_in_a_text_is_text_as_long_as_the_key_stands_elsewhere():
    text = file(affects="|\n  title: x\n  all-\tin", eta="a: b")

    assert (parse(text).incident.title, parse(text).incident.affects) == (GOOD["title"], "title: x\nall-\tin")


def test_capital_keys_are_saved_from_what_is_no_yaml():
    found, (problem,), _ = parse("---\nTitle: a: b\n Severity: minor\nStarted: 2026-03-02\n---\n")

    assert (found.title, found.severity, found.started) == ("a: b", Severity.MINOR, at("2026-03-02"))
    assert problem.key == ""
    assert parse("Title: x\nSeverity: minor\nStarted: 2026-03-02\n\nText.").incident.title == "x"


@pytest.mark.parametrize("fence", ["\N{EM DASH}-", "\N{EM DASH}", "--", " ---", "***", "```", "+++"])
def test_a_fence_of_another_kind_costs_one_message(fence):
    found, (problem,), _ = parse(file("Text.").replace("---", fence))

    assert (found.title, found.severity, found.text) == ("Builds stay pending", Severity.MAJOR, "Text.")
    assert problem.seen == "no `---` opens front matter"


@pytest.mark.parametrize("front", ["only words", "- a", "[a, b]"])
def test_front_matter_without_keys_is_a_problem(front):
    problems = parse(f"---\n{front}\n---\nText.", "2026-03-02-x").problems

    assert problems[0].seen == "the front matter is no YAML: it has no keys"


@pytest.mark.parametrize(
    ("opening", "closing", "seen"),
    [
        ("---\n", "\n", "no `---` closes the front matter"),
        ("\n---\n", "\n", "no `---` closes the front matter"),
        ("", "---\n", "no `---` opens front matter"),
        ("", "\n", "no `---` opens front matter"),
    ],
)
def test_front_matter_without_its_fences_is_read_all_the_same(opening, closing, seen):
    keys = "\n".join(f"{key}: {value}" for key, value in GOOD.items())
    found, (problem,), _ = parse(f"{opening}{keys}\ncomponents:\n- copr\n{closing}Text: more.\n")

    assert found == incident("outage", text="Text: more.")
    assert (problem.seen, problem.outcome) == (seen, "what could be read of it counts")


@pytest.mark.parametrize(
    "text", ["Copr is down.\nsince: noon", "note: x\n\ntitle", "https://a.example", "", "---", "- a"]
)
def test_text_without_any_key_is_shown(text):
    found = parse(text, "2026-03-02-copr-outage")

    assert (found.incident.title, found.incident.text) == ("copr outage", text if text != "---" else "")
    assert [problem.key for problem in found.problems] == ["", "started", "title", "severity"]


def test_of_many_unknown_keys_the_first_are_named():
    found = parse(file(**{f"severty{number}": "x" for number in range(30)}))

    assert [problem.seen for problem in found.problems[-2:]] == [
        "unknown key 'severty19'; did you mean 'severity'?",
        "and 10 more unknown keys",
    ]
    assert (len(found.problems), len(found.extra)) == (21, 30)


def test_of_many_problems_of_a_field_the_first_are_told():
    found = parse(file(links=f"[{', '.join(['x'] * 30)}]"))

    assert [problem.key for problem in found.problems[-2:]] == ["links[19]", "links"]
    assert found.problems[-1].seen == "and 10 more"
