"""An issue about a known failure and its signature are the same thing; what can't be read is told."""

import re
from dataclasses import replace
from inspect import cleandoc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus.grammar import knownfailure, phrases
from ghstatus.model import Labels, Phrase, Signature, Surface, Tier
from tests import builders, strategies
from tests.builders import START, VIEWER, component, event, group, site

PAGE = site(
    component("copr", name="Copr", group="services"),
    component("testing-farm", name="Testing Farm", group="services"),
    groups=(group("services", name="Services"),),
)
EVERYWHERE = frozenset({Surface.TITLE, Surface.SUMMARY, Surface.DESCRIPTION, Surface.LOG})
BLOCK = "<!-- ghstatus\ncomponent: copr\ntext: No space left on device\n-->"


def context(page=PAGE):
    return builders.context(on=page, dialect=knownfailure.dialect(page))


def opened(text=BLOCK, *done, **said):
    return builders.issue(*done, **{"labels": ["known-failure"], "text": text} | said)


def parse(text=BLOCK, *done, **said):
    return knownfailure.parse(opened(text, *done, **said), context())


def block(**values):
    lines = [f"{key}: {value}" for key, value in ({"component": "copr", "text": "No space left"} | values).items()]
    return "\n".join(["<!-- ghstatus", *lines, "-->"])


def one_problem(text, *done, **said):
    reading = parse(text, *done, **said)
    (problem,) = reading.problems
    assert problem.where == "#42"
    assert problem.accepted
    assert problem.outcome
    return reading, problem


def signature(**said):
    values = {
        "id": "issue-42",
        "service": "copr",
        "surfaces": EVERYWHERE,
        "tier": Tier.INFRA,
        "phrase": Phrase("No space left on device"),
        "origin": "42",
        "since": START,
    }
    return Signature(**values | said)


def test_a_short_block_is_enough():
    assert parse() == knownfailure.Reading(opened(), signature(), ())


def test_what_the_form_asks_for_is_read():
    text = cleandoc("""
        ### Component

        Testing Farm (testing-farm)

        ### Is it a pattern?

        - [X] It is a regular expression, as RE2 takes it

        ### Where to look

        - [ ] title \N{EN DASH} of a check
        - [x] summary \N{EN DASH} of a check, with its details
        - [x] log \N{EN DASH} what a build or a test printed

        ### Text to match

        ```text
        guest-\\d+ is gone
        ```

        ### What to do?

        `/packit retest-failed`

        ### Where was it seen?

        https://github.com/packit/ogr/pull/1

        ### Sample

        ```text
        error:
          guest-7 is gone
        ```
    """)

    assert parse(text.replace("\n", "\r\n")).problems == ()
    assert parse(text.replace("\n", "\r\n")).signature == signature(
        service="testing-farm",
        surfaces=frozenset({Surface.SUMMARY, Surface.LOG}),
        phrase=Phrase("guest-\\d+ is gone", is_pattern=True),
        remedy="`/packit retest-failed`",
        evidence="https://github.com/packit/ogr/pull/1",
        samples=("error:\n  guest-7 is gone",),
    )


def test_a_form_left_empty_says_too_little():
    text = "\n".join(f"### {label}\n\n_No response_\n" for label in knownfailure.LABELS)
    reading = parse(text)

    assert reading.signature is None
    assert [problem.key for problem in reading.problems] == ["component", "text"]


_LITERALS = st.sampled_from(["No space left", "/srv/cache/", "\\/srv/", "a\nb c", "- [x] done", "--> end", "12"])
_PATTERNS = st.sampled_from(["HTTP 5\\d\\d", "/a/", "^a: .*$", "\\"])
_PHRASES = st.builds(Phrase, _LITERALS) | st.builds(Phrase, _PATTERNS, st.just(True))


@given(
    st.builds(
        signature,
        service=st.sampled_from(["copr", "testing-farm"]),
        surfaces=st.frozensets(st.sampled_from(sorted(EVERYWHERE)), min_size=1),
        phrase=_PHRASES,
        requires=st.none() | _PHRASES,
        unless=st.none() | _PHRASES,
        remedy=strategies.texts,
        evidence=strategies.lines,
        samples=strategies.texts.map(lambda text: (text,) if text else ()),
    )
)
def test_what_is_written_is_read_as_the_same(said):
    reading = parse(knownfailure.write(said))

    assert (reading.signature, reading.problems) == (said, ())


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"text": "/HTTP 5\\d\\d/"}, Phrase("HTTP 5\\d\\d", is_pattern=True)),
        ({"text": "\\/srv/cache/"}, Phrase("/srv/cache/")),
        ({"pattern": "HTTP 5\\d\\d"}, Phrase("HTTP 5\\d\\d", is_pattern=True)),
        ({"pattern": "/HTTP 5\\d\\d/"}, Phrase("HTTP 5\\d\\d", is_pattern=True)),
    ],
)
def test_a_text_is_a_literal_unless_it_is_said_to_be_a_pattern(keys, expected):
    assert parse(block(**keys)).signature.phrase == expected


def test_what_else_must_stand_there_or_must_not_may_be_said():
    found = parse(block(requires="mock: build", unless="/Bad exit (status|code)/")).signature

    assert found.requires == Phrase("mock: build")
    assert found.unless == Phrase("Bad exit (status|code)", is_pattern=True)


def test_the_hidden_block_is_believed_over_the_form():
    form = "### Component\n\ncopr\n\n### Text to match\n\nfrom the form\n\n### What to do?\n\nWait.\n\n"
    found = parse(f"{form}<!-- ghstatus\npattern: from the block\n-->")

    assert found.problems == ()
    assert (found.signature.phrase, found.signature.remedy) == (Phrase("from the block", is_pattern=True), "Wait.")


def test_a_text_in_the_block_stands_in_for_a_pattern_in_the_form():
    form = f"### Is it a pattern?\n\n- [x] yes\n\n### Text to match\n\nfrom the form\n\n{block(text='from the block')}"
    found = parse(form)

    assert (found.signature.phrase, found.problems) == (Phrase("from the block"), ())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("```text\na line\n```", "a line"),
        ("a line\n```", "a line\n```"),
        ("```\na line", "a line"),
        ("````md\n```\na line\n```\n````", "```\na line\n```"),
        ("```text\n_No response_\n```", ""),
        ("```\n```", ""),
        ("```", ""),
    ],
)
def test_the_fence_around_a_text_is_github_s(typed, expected):
    found = parse(f"### Component\n\nCopr\n\n### Text to match\n\n{typed}\n").signature

    assert (found.phrase.text if found else "") == expected


@pytest.mark.parametrize("typed", ["title, log", "[Title, LOG]", "\n- title\n- log"])
def test_where_to_look_is_a_few_words(typed):
    assert parse(block(where=typed)).signature.surfaces == {Surface.TITLE, Surface.LOG}


def test_an_unknown_place_is_ignored_and_the_others_count():
    reading, problem = one_problem(block(where="titel, log, "))

    assert (problem.key, problem.outcome) == ("where[0]", "ignored")
    assert "did you mean 'title'?" in problem.accepted
    assert reading.signature.surfaces == {Surface.LOG}
    assert one_problem(block(where="[log, {a: b}]"))[0].signature.surfaces == {Surface.LOG}


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("", "no component is given"),
        ("[]", "no component is given"),
        ("cpr", "'cpr' is no component"),
        ("services", "'services' means several"),
        ("[copr, testing-farm]", "'copr', 'testing-farm' means several"),
        ("[[copr]]", "no component is given"),
    ],
)
def test_a_failure_is_one_component_s(typed, seen):
    reading, problem = one_problem(block(component=typed))

    assert reading.signature is None
    assert (problem.key, problem.seen, problem.outcome) == ("component", seen, "not used")


def test_a_misspelled_component_is_asked_about():
    assert one_problem(block(component="testing-frm"))[1].accepted.endswith("(did you mean 'testing-farm'?)")


def test_without_a_text_nothing_can_be_matched():
    reading, problem = one_problem("<!-- ghstatus\ncomponent: copr\n-->")

    assert (reading.signature, problem.key, problem.seen) == (None, "text", "no text to match is given")


def test_an_unknown_key_is_asked_about():
    reading, problem = one_problem(block(patern="x"))

    assert (problem.key, problem.line, problem.outcome) == ("patern", 4, "ignored")
    assert "did you mean 'pattern'?" in problem.accepted
    assert reading.signature is not None


def test_a_block_that_is_no_yaml_says_where():
    reading, problem = one_problem("Text.\n\n<!-- ghstatus\ncomponent: copr\ntext: a: b\n-->")

    assert problem.line == 5
    assert reading.signature.phrase == Phrase("a: b")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("### Component\n\ncpr\n\n### Text to match\n\nNo space left", 3),
        ("### Component\n\nCopr\n\n### Where to look\n\nlgo\n\n### Text to match\n\nNo space left", 7),
    ],
)
def test_a_problem_names_the_line_of_the_form(text, line):
    assert one_problem(text)[1].line == line


def test_a_stranger_s_issue_is_not_used_before_somebody_labels_it():
    reading, problem = one_problem(BLOCK, author="mallory")
    vouched = event("labeled", "09:00", "jane", "known-failure")

    assert (reading.signature, problem.seen) == (None, "opened by @mallory, who may not publish")
    assert parse(BLOCK, vouched, author="mallory").signature == signature()
    assert "somebody whose account is gone" in one_problem(BLOCK, author="")[1].seen


def test_what_a_stranger_makes_of_a_text_that_somebody_saw_is_not_used():
    vouched = event("labeled", "09:00", "jane", "known-failure")
    reading, problem = one_problem(BLOCK, vouched, author="mallory", edited_at="10:00", editor="mallory")

    assert reading.signature is None
    assert problem.seen == "the text was edited by @mallory after somebody vouched for it"
    assert parse(BLOCK, vouched, author="mallory", edited_at="10:00", editor="jane").signature == signature()


def test_another_label_vouches_for_nothing():
    vouched = event("labeled", "09:00", "jane", "component/copr")

    assert parse(BLOCK, vouched, author="mallory").signature is None


def test_the_label_may_be_called_something_else():
    page = replace(PAGE, labels=Labels(known_failure="Flake"))
    dialect = knownfailure.dialect(page)

    assert dialect.gates == ("Flake",)
    assert knownfailure.parse(opened(author="mallory", labels=["flake"]), context(page=page)).signature is None
    assert knownfailure.parse(opened(labels=["flake"]), context(page=page)).signature == signature()
    assert dialect.comment("Resolved: x", None, None) is None


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("https://github.com/packit/ogr/pull/42", ("packit/ogr", 42)),
        (" https://ghe.example/packit/o.g-r/pull/42/checks?check_run_id=1 ", ("packit/o.g-r", 42)),
        ("https://github.com/packit/ogr/pull/42#issue", ("packit/ogr", 42)),
        ("https://github.com/packit/ogr/pull/0", None),
        ("https://github.com/packit/ogr/issues/42", None),
        ("https://github.com/a/b/pull/1x", None),
        ("packit/ogr#42", None),
        ("", None),
    ],
)
def test_a_link_may_lead_to_a_pull_request(link, place):
    assert knownfailure.pull(link) == place


def test_only_those_are_asked_about_who_may_decide_something():
    dialect = knownfailure.dialect(PAGE)

    assert builders.context().viewer == VIEWER
    assert knownfailure.trust.people(opened(), dialect) == {"jane"}
    assert knownfailure.trust.people(opened(labels=["bug"]), dialect) == frozenset()


ONLY_A_COUNT = re.compile(r"and [\d,]+ more").fullmatch
"""What stands for the problems of a field that aren't told: there is nothing to accept."""


@given(st.lists(strategies.markdown | st.sampled_from([BLOCK, *(f"### {one}" for one in knownfailure.LABELS)])))
@example(["### Where to look", *["### nowhere\n"] * 30])
def test_no_text_is_too_strange(parts):
    reading = parse("\n".join(parts))

    assert all(problem.outcome for problem in reading.problems)
    assert all(problem.accepted for problem in reading.problems if not ONLY_A_COUNT(problem.seen))
    assert reading.signature is None or phrases.write(reading.signature.phrase)
