"""An incident says which failures it is about, and what can't be taken leaves nothing out."""

from dataclasses import replace

import pytest
from hypothesis import given

from ghstatus.grammar import document, draft, form, scope
from ghstatus.grammar import issue as grammar
from ghstatus.grammar.fields import Place
from ghstatus.grammar.front import Front
from ghstatus.model import Labels, Phrase, Scope
from tests.builders import context, incident, issue
from tests.strategies import NAMES, scopes


def read(**values):
    front = Front(values, lambda _: Place(1, 1), where="x.md", names=NAMES)
    return scope.read(front), front.problems


def one_problem(**values):
    said, (problem,) = read(**values)
    assert problem.accepted
    assert problem.outcome
    return said, problem


def test_nothing_said_leaves_nothing_out():
    assert read() == (Scope(), [])


def test_every_key_is_read():
    said, problems = read(
        match=["No space left on device", "/HTTP 5\\d\\d from the mirror/", " \\/srv/cache/ "],
        checks=["rpm-build:*"],
        targets=["fedora-rawhide-x86_64", "el9"],
        all_fail="True",
    )

    assert problems == []
    assert said == Scope(
        match=(
            Phrase("No space left on device"),
            Phrase("HTTP 5\\d\\d from the mirror", is_pattern=True),
            Phrase("/srv/cache/"),
        ),
        checks=("rpm-build:*",),
        targets=("fedora-rawhide-x86_64", "el9"),
        all_fail=True,
    )


@given(scopes)
def test_a_file_and_an_issue_say_the_same(said):
    told = replace(incident(), scope=said)
    written = draft.write(told, Labels())
    found = grammar.parse(issue(text=written.text, labels=written.labels), context())

    assert document.parse(document.write(told), where="", ref="x", names=NAMES).incident.scope == said
    assert (found.incident.scope, found.problems) == (said, ())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("No space left", ("No space left",)),
        ("No space left\n\n  Disk is full ", ("No space left", "Disk is full")),
        ("a, b and c are down", ("a, b and c are down",)),
        ("", ()),
    ],
)
def test_a_text_in_place_of_a_list_is_one_entry_a_line(typed, expected):
    assert read(match=typed)[0].match == tuple(map(Phrase, expected))


def test_empty_entries_say_nothing():
    assert read(match=["", " ", "No space left"], checks=["\t"]) == (Scope(match=(Phrase("No space left"),)), [])


def test_targets_may_be_parted_by_commas_and_names_of_checks_hold_some():
    assert read(checks="CI (3.11, x)\ndocs", targets="el9, f41\nf42")[0] == Scope(
        checks=("CI (3.11, x)", "docs"), targets=("el9", "f41", "f42")
    )


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("failed!", "'failed!' is too short to tell one failure from others"),
        ("/(/", ""),
        ("/ |x/", "it is found in an empty line"),
        ("x" * 1001, "it has 1,001 characters"),
    ],
)
def test_words_that_tell_nothing_are_ignored_and_the_others_count(typed, seen):
    said, problem = one_problem(match=[typed, "No space left"])

    assert said.match == (Phrase("No space left"),)
    assert (problem.key, problem.outcome) == ("match[0]", "ignored; the others count")
    assert problem.seen.startswith(seen)


def test_eight_characters_are_enough_and_so_is_a_short_pattern():
    assert read(match=["no space", "/GH\\d/"])[1] == []


@pytest.mark.parametrize("key", ["checks", "targets"])
def test_a_name_is_not_a_novel(key):
    said, problem = one_problem(**{key: ["x" * 201, "y" * 200]})

    assert getattr(said, key) == ("y" * 200,)
    assert (problem.key, problem.seen) == (f"{key}[0]", "it has 201 characters")


@pytest.mark.parametrize("key", ["match", "checks", "targets"])
def test_of_many_entries_the_first_count(key):
    said, problem = one_problem(**{key: [f"entry number {one}" for one in range(21)]})

    assert len(getattr(said, key)) == 20
    assert (problem.key, problem.seen, problem.outcome) == (key, "it has 21 entries", "the first 20 count")
    assert read(**{key: [f"entry number {one}" for one in range(20)] + [""]})[1] == []


@pytest.mark.parametrize("key", ["match", "checks", "targets"])
def test_a_value_of_the_wrong_shape_is_one_problem(key):
    assert one_problem(**{key: {"a": "b"}})[1].seen == "a mapping stands where a list belongs"
    said, problem = one_problem(**{key: [["a"], "No space left"]})
    assert (problem.key, len(getattr(said, key))) == (f"{key}[0]", 1)


@pytest.mark.parametrize(("typed", "expected"), [("yes", True), ("ON", True), ("no", False), ("", False)])
def test_that_everything_fails_is_said_by_yes_or_no(typed, expected):
    assert read(all_fail=typed) == (Scope(all_fail=expected), [])


@pytest.mark.parametrize("typed", ["maybe", ["yes"]])
def test_anything_else_is_no_yes(typed):
    said, problem = one_problem(all_fail=typed)

    assert not said.all_fail
    assert problem.key == "all_fail"


def answer(label, text):
    return form.read(f"### {label}\n\n{text}\n", NAMES).values.get(form.LABELS[label])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("```text\nNo space left\n\n### Severity\n```", ["No space left", "### Severity"]),
        ("No space left", ["No space left"]),
        ("```\n/srv/cache/\n\\/a/\n```", ["\\/srv/cache/", "\\\\/a/"]),
        ("~~~\n~~~ x", []),
        ("```text\n_No response_\n```", []),
    ],
)
def test_each_line_of_the_form_is_one_text_as_it_stands(typed, expected):
    text = f"### Severity\n\nminor\n\n### {form.MATCH}\n\n{typed}\n"

    assert form.read(text, NAMES).values["match"] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("- [x] Everything fails that depends on it", "true"),
        ("- [X] Everything", "true"),
        ("- [ ] Everything fails that depends on it", "false"),
        ("- [ ] a\n- [x] b", "true"),
        ("yes ", "yes"),
    ],
)
def test_a_ticked_box_says_that_everything_fails(typed, expected):
    assert answer(form.ALL_FAIL, typed) == expected
