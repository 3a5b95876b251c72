"""A signature tells one failure from all others, or is refused with the reason."""

import pytest

from ghstatus.grammar.catalogue import shipped
from ghstatus.grammar.knownfailure import SURFACES
from ghstatus.grammar.signature import Catalogue, Negative
from ghstatus.known import validation
from ghstatus.model import Evidence, Phrase, Signature, Surface, Text, Tier
from tests import builders


def signature(text="Giving up waiting for the mirror", *, is_pattern=False, **said):
    values = {
        "id": "issue-42",
        "service": "copr",
        "surfaces": frozenset(SURFACES.values()),
        "tier": Tier.INFRA,
        "phrase": Phrase(text, is_pattern),
        "origin": "42",
    }
    return Signature(**values | said)


NOTHING = Catalogue((), (), (), ())


def against(*negatives, own=()):
    signatures = (signature("whatever", id="own-tests", tier=Tier.NEVER, samples=tuple(own)),) if own else ()
    found = [Negative(f"n{place}", Surface.LOG, text, "here", tier) for place, (text, tier) in enumerate(negatives)]
    return Catalogue((), signatures, tuple(found), ())


def refused(*args, catalogue=NOTHING, **said):
    found = validation.validate(signature(*args, **said), catalogue)
    assert all(problem.accepted and problem.outcome for problem in found.problems)
    assert found.is_taken is not bool(found.problems)
    return [problem.seen for problem in found.problems]


@pytest.mark.parametrize(
    ("text", "is_pattern"),
    [
        ("Giving up waiting for copr_base repository", False),
        ("Artemis resource ended in 'error' state", False),
        ("HTTP 5\\d\\d from the mirror at \\S+", True),
        ("COPR_BACKEND_UNREACHABLE", False),
        ("abcd efghijkl", False),
        ("error 500: guest was lost", False),
        ("^Unable to get: https://copr\\.fedorainfracloud\\.org/", True),
    ],
)
def test_what_tells_one_failure_is_taken(text, is_pattern):
    assert refused(text, is_pattern=is_pattern, catalogue=shipped()) == []


INFRA = [one for one in shipped().signatures if one.tier is Tier.INFRA]


@pytest.mark.parametrize("said", INFRA, ids=lambda one: one.id)
def test_the_shipped_ones_would_be_taken(said):
    found = validation.validate(said, shipped())

    assert found.is_taken
    assert all(found.fits)


@pytest.mark.parametrize(
    ("text", "is_pattern", "length"),
    [
        ("timeout", False, 7),
        ("abcde fghijk", False, 11),
        ("123456 HTTP 503 a b c", False, 7),
        ("\\w+: \\d+ .* [a-z]{20,30} ok", True, 3),
        ("(?P<reason>lost|gone)", True, 8),
        ("\\p{Greek}[^]abcdefghijkl]x", True, 1),
        ("(?i:abc)(?:def)?", True, 6),
    ],
)
def test_a_short_text_is_refused(text, is_pattern, length):
    assert refused(text, is_pattern=is_pattern) == [f"it is too short: {length} characters, digits and spaces aside"]


@pytest.mark.parametrize("word", ["ModuleNotFoundError", "(unsuccessfully)", "Segmentierungsfehler."])
def test_a_single_word_is_refused(word):
    (seen,) = refused(word)

    assert seen.endswith("is a single word, which any failure may show")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("guest 4f2a9c81aa7b was lost for good", "an id that no other failure shows: '4f2a9c81aa7b'"),
        ("request 6d3fbbb1-1f5e-4b76-a3a6-d3f40a0ee3c3 was lost", "an id that"),
        ("lost since 2026-03-02 for everybody", "a date that"),
        ("it was lost at 10:11:12, somehow", "a time that"),
        ("build 10158589 was lost in the import", "a number that no other failure shows: '10158589'"),
    ],
)
@pytest.mark.parametrize("is_pattern", [False, True])
def test_what_no_second_failure_shows_is_refused(text, what, is_pattern):
    (first, *_) = refused(text, is_pattern=is_pattern)

    assert what in first


@pytest.mark.parametrize(
    "text",
    ["decade facade effaced", "port 443321 of the mirror", "error 1.23456789 of the mirror", "at 10:11 of the mirror"],
)
def test_other_numbers_and_words_are_no_ids(text):
    assert refused(text) == []


def test_each_reason_is_told_once():
    assert len(refused("guest 4f2a9c81aa7b and guest 4f2a9c81aa7b were lost")) == 1


@pytest.mark.parametrize("text", ["(", "broken [pattern of mine", "a lookahead (?=for all)"])
def test_a_pattern_that_re2_does_not_take_is_refused(text):
    (seen,) = refused(text, is_pattern=True)

    assert "can't be looked for: " in seen


def test_so_is_one_of_what_else_is_required():
    assert len(refused(requires=Phrase("("), unless=Phrase("(", is_pattern=True))) == 1
    assert len(refused(requires=Phrase("(", is_pattern=True), unless=Phrase("[", is_pattern=True))) == 2


def test_what_also_tells_another_text_is_refused_and_the_text_is_named():
    lines = "All is well.\n  error: Giving up waiting for the mirror (again)\nBye."
    (seen,) = refused(catalogue=against((lines, None)))

    assert "'error: Giving up waiting for the mirror (again)'" in seen
    assert seen.endswith("which isn't such a failure (as in here)")


@pytest.mark.parametrize("expected", [None, Tier.INCIDENT, Tier.INFO, Tier.NEVER])
def test_that_text_may_prove_anything_but_a_failure_of_a_service(expected):
    text = "Giving up waiting for the mirror"

    assert len(refused(catalogue=against((text, expected)))) == 1
    assert refused(catalogue=against((text, Tier.INFRA))) == []


def test_or_it_is_an_author_s_own_failure():
    (seen,) = refused(catalogue=against(own=["Tests failed", "Giving up waiting for the mirror of mine"]))

    assert seen.endswith("(an author's own failure)")


@pytest.mark.parametrize("text", ["completed with exit code", "no such file or directory", "short test summary info"])
def test_what_stands_below_failures_of_every_kind_tells_none(text):
    (seen,) = refused(text)

    assert seen.startswith("it is too broad: ")
    assert seen.endswith("(a line of many failures)")


def test_the_first_few_are_named():
    text = "Giving up waiting for the mirror"

    assert len(refused(catalogue=against(*[(f"{text} {one}", None) for one in "abcde"]))) == 3


def test_what_speaks_against_it_helps():
    there = against(("Giving up waiting for the mirror of mine", None))

    assert refused(unless=Phrase("of mine"), catalogue=there) == []
    assert refused(requires=Phrase("mock: build"), catalogue=there) == []
    assert len(refused(requires=Phrase("of mine"), catalogue=there)) == 1


@pytest.mark.parametrize(
    ("sample", "fits"),
    [
        ("\x1b[31mGIVING UP waiting\x1b[0m for the mirror\r\n", True),
        ("Giving up waiting for the mirrors", True),
        ("Gave up waiting", False),
    ],
)
def test_whether_it_tells_its_sample_is_said(sample, fits):
    assert validation.validate(signature(samples=(sample, "other")), NOTHING).fits == (fits, False)


def test_one_that_cannot_be_looked_for_tells_no_sample():
    said = signature("(", is_pattern=True, samples=("(",))

    assert validation.validate(said, NOTHING).fits == (False,)


@pytest.mark.parametrize(
    ("where", "shown"),
    [(Surface.TITLE, True), (Surface.LOG, True), (Surface.SUMMARY, False), (Surface.DESCRIPTION, False)],
)
def test_whether_a_check_shows_it_depends_on_where_it_is_looked_for(where, shown):
    failed = builders.check(title="Giving up waiting for the mirror", summary="\x1b[1mBad\x1b[0m luck")
    log = Evidence(texts=(Text(Surface.COPR_BACKEND_LOG, "1\r\ngiving up waiting for the mirror\r\n3"),))

    assert validation.shows(signature(surfaces=frozenset({where})), failed, log) is shown
    assert validation.shows(signature("Bad luck"), failed, Evidence())
    assert not validation.shows(signature(surfaces=frozenset({Surface.LOG})), failed, Evidence())


def test_problems_say_where_it_stands():
    (problem,) = validation.validate(signature("timeout"), NOTHING).problems
    (other,) = validation.validate(signature("timeout"), NOTHING, where="ghstatus.yml").problems

    assert (problem.where, problem.key, other.where) == ("#42", "text", "ghstatus.yml")


def test_only_those_that_are_taken_are_used():
    good, bad = signature(), signature("timeout")

    assert validation.taken([bad, good], shipped()) == (good,)
