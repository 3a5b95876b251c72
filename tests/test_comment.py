"""A comment's first line may tell the phase, in whatever way people type it."""

import pytest

from ghstatus.grammar import comment, draft
from ghstatus.model import Affected, ComponentStatus, Phase, Severity
from tests.builders import at, update
from tests.strategies import NAMES


def read(text):
    problems = []
    found = comment.read(text, NAMES, lambda *one: problems.append(one))
    return found, problems


def remark(text):
    found, problems = read(text)
    assert problems == []
    return found


@pytest.mark.parametrize(
    "text",
    [
        "**Identified:** the disk",
        "**Identified**: the disk",
        "**Identified** the disk",
        "__identified__ \N{EN DASH} the disk",
        "Identified: the disk",
        "IDENTIFIED - the disk",
        "identified \N{EM DASH} the disk",
        "## Identified\n\nthe disk",
        "### Identified:\r\nthe disk",
        "Identified.\nthe disk",
        "\N{LARGE RED CIRCLE} **Identified:** the disk",
        "Identified \N{WHITE HEAVY CHECK MARK}\nthe disk",
    ],
)
def test_a_first_line_tells_the_phase(text):
    found = remark(text)

    assert (found.phase, found.text, found.at) == (Phase.IDENTIFIED, "the disk", None)


@pytest.mark.parametrize(
    "text",
    [
        "We identified the disk.",
        "Identified the disk",
        "> Identified: the disk",
        "~~Resolved:~~ not yet",
        "`Resolved: x`",
        "Resolved-ish",
        '"Resolved:" is what they say',
        "text\nResolved: no",
        "\\## Identified",
        "/usr/bin is full",
        "/Identified: is for others to read",
    ],
)
def test_other_text_keeps_the_phase(text):
    assert remark(text).phase is None
    assert remark(text).text == text


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("Update", None),
        ("In progress", Phase.IN_PROGRESS),
        ("in-progress", Phase.IN_PROGRESS),
        ("in_progress", Phase.IN_PROGRESS),
        ("Canceled", Phase.CANCELLED),
        ("Resolved", Phase.RESOLVED),
    ],
)
def test_every_phase_may_be_told(word, phase):
    assert (remark(f"{word}: now").phase, remark(f"{word}: now").text) == (phase, "now")


def test_a_word_alone_is_enough_to_end_it():
    assert remark("Resolved!") == (  # from a phone
        "",
        Phase.RESOLVED,
        None,
        (),
        None,
    )


def test_severity_and_components_stand_right_below():
    found = remark("**Identified:** the disk\nSeverity: critical\nComponents: copr = major_outage\n\nMore soon.")

    assert (found.phase, found.severity) == (Phase.IDENTIFIED, Severity.CRITICAL)
    assert found.components == (Affected(component="copr", status=ComponentStatus.MAJOR_OUTAGE),)
    assert found.text == "the disk\n\nMore soon."


def test_they_may_stand_alone():
    assert remark("severity: minor").severity is Severity.MINOR
    assert remark("Components: copr").components == (Affected(component="copr"),)


@pytest.mark.parametrize(
    "text", ["", " \r\n", "/resolve", "/packit build\n\n/cc @joe", "Update", "<!-- ghstatus update\n-->"]
)
def test_what_says_nothing_is_no_update(text):
    assert comment.read(text, NAMES, lambda *_: None) is None


def test_a_command_above_text_is_text():
    assert remark("/cc @joe\nHalf of it works.").text == "/cc @joe\nHalf of it works."


def test_a_first_line_may_say_when():
    found = remark("Resolved \N{EN DASH} 2026-03-02 10:00 CET".replace("CET", "+01:00"))

    assert (found.phase, found.at, found.text) == (Phase.RESOLVED, at("09:00"), "")
    assert remark("Resolved: 2026-03-02").at is None
    assert remark("Update: see 10:30").text == "see 10:30"


def test_a_heading_further_below_is_no_other_update():
    text = "Identified: the disk\n\n## Resolved \N{EN DASH} 2026-03-02 10:00 UTC\n\n\\## Update"

    assert remark(text).text == "the disk\n\n## Resolved \N{EN DASH} 2026-03-02 10:00 UTC\n\n\\## Update"


@pytest.mark.parametrize("word", ["Resovled", "Fixed", "**Done", "Identifed"])
def test_a_slip_is_told(word):
    found, (problem,) = read(f"{word}: the disk")

    assert found.phase is None
    assert problem[2] == "the phase stays as it was"


@pytest.mark.parametrize("text", ["Note: the disk", "Thanks: joe", "Resolve"])
def test_other_words_with_a_colon_are_text(text):
    assert remark(text).text == text


def test_mistakes_below_are_told():
    _, problems = read("Identified: x\nSeverity: hihg\nComponents: cpor")

    assert [problem[0] for problem in problems] == [
        "severity: 'hihg' is unknown",
        "components: no component is called 'cpor'",
    ]


def test_the_text_goes_on_below_the_first_line_as_it_was_typed():
    assert remark("Identified: the disk\nis full.").text == "the disk\nis full."
    assert remark("Identified: the disk\n\nis full.").text == "the disk\n\nis full."


def test_what_a_person_writes_into_an_update_of_ghstatus_is_text():
    text = draft.write_update(update("09:00", "identified", text="The disk."))
    found = remark(text.replace("The disk.", "The disk.\n\n## Resolved \N{EN DASH} 2026-03-02 10:00 UTC"))

    assert (found.phase, found.at) == (Phase.IDENTIFIED, at("09:00"))
    assert found.text.endswith("## Resolved \N{EN DASH} 2026-03-02 10:00 UTC")


@pytest.mark.parametrize(
    ("block", "seen", "phase"),
    [
        ("at: 2026-03-02 09:00\nphase: hihg", "phase: 'hihg' is unknown", None),
        ("at: 2026-03-02 09:00\nphase: resolved\nseverity: hihg", "severity: 'hihg' is unknown", Phase.RESOLVED),
        ("at: noon\nphase: resolved", "at: 'noon' is not a time", Phase.IDENTIFIED),
        ("phase: [", "the hidden block is no YAML", Phase.IDENTIFIED),
    ],
)
def test_what_is_wrong_in_the_hidden_block_is_told(block, seen, phase):
    found, (problem, *_) = read(f"Identified: the disk\n\n<!-- ghstatus update\n{block}\n-->")

    assert problem[0].startswith(seen)
    assert (found.phase, found.text) == (phase, "the disk")
