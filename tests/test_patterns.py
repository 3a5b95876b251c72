"""Phrases are found in anybody's texts, in time that grows with the text alone."""

import re

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from ghstatus import patterns
from ghstatus.model import Phrase

ASCII = st.text(st.characters(codec="ascii"))


def pattern(text):
    return Phrase(text, is_pattern=True)


def refused(phrase):
    with pytest.raises(ValueError, match=r".") as caught:
        patterns.check(phrase)
    return str(caught.value)


@given(ASCII, ASCII)
@example("\x00", "a\x00b")
@example("(*.\\", "x(*.\\E")
def test_words_are_found_just_where_they_stand_whatever_their_case(words, text):
    place = text.casefold().find(words.casefold())
    found = patterns.find(Phrase(words), text)

    assert (found[0] if found else -1) == place


@given(st.lists(ASCII.filter(str.strip), max_size=8), st.text(max_size=80))
def test_many_are_found_as_each_of_them_is(words, text):
    phrases = [Phrase(one) for one in words] + [pattern(r"\d+$"), pattern("^[a-c]")]
    alone = {place for place, phrase in enumerate(phrases) if patterns.find(phrase, text)}

    assert patterns.Phrases(phrases).found(text) == alone


@given(st.text(st.characters(codec=None), max_size=40))
@example("\ud800x\udfff")
def test_half_a_character_moves_nothing(text):
    flag = "\N{BLACK FLAG}"
    place = f"{text}{flag}".index(flag)

    assert patterns.find(Phrase(flag), f"{text}{flag}") == (place, place + 1)
    assert patterns.Phrases([Phrase(flag)]).found(f"{text}{flag}") == {0}


@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_words_hold_no_signs_of_patterns(words, text):
    found = patterns.find(Phrase(words), f"{text}{words}")

    assert found is not None
    assert found[0] <= len(text)


@pytest.mark.parametrize(
    ("phrase", "text", "span"),
    [
        (Phrase("BAD gateway"), "502 Bad Gateway", (4, 15)),
        (Phrase("a.c"), "abc a.c", (4, 7)),
        (pattern("a.c"), "xabc", (1, 4)),
        (pattern("^Error"), "no Error\nError", (9, 14)),
        (pattern("done$"), "done!\ndone\nx", (6, 10)),
        (pattern("done$"), "done\r\n", None),
        (pattern("a.b"), "a\nb", None),
        (pattern(r"\x00b"), "a\x00b", (1, 3)),
        (pattern("é+"), "pÉé!", (1, 3)),
        (pattern("a|^b"), "x\nb", (2, 3)),
        (Phrase("x"), "", None),
    ],
)
def test_where_a_phrase_stands(phrase, text, span):
    patterns.check(phrase)

    assert patterns.find(phrase, text) == span


def test_named_groups_are_told():
    url = pattern(r"^https://dashboard\.packit\.dev/jobs/(?P<kind>copr|srpm)/(?P<id>\d+)(?P<rest>/x)?")

    assert patterns.groups(url, "https://dashboard.packit.dev/jobs/copr/42") == {"kind": "copr", "id": "42"}
    assert patterns.groups(url, "https://example.org/jobs/copr/42") == {}
    assert patterns.groups(Phrase("copr"), "copr") == {}
    assert patterns.groups(pattern("(?P<half>.)b"), "\ud800b") == {"half": "\ufffd"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(a", "a ( is opened and never closed"),
        ("a)|(b", "a ) closes nothing"),
        ("x[a", "a [ is opened and never closed: '[a'"),
        ("a{2000}", "'{2000}' repeats more than RE2 takes, which is 1000 times all in all"),
        ("(?=x)", "RE2 doesn't know '(?='"),
        (r"(a)\1", r"RE2 doesn't know '\1'"),
        ("[z-a]", "'z-a' is no range of characters"),
        ("(?P<a b>x)", "'(?P<a b>' is no name of a group"),
        ("*a", "nothing stands before '*' that it could repeat"),
        ("x**", "'**' repeats a repetition"),
        ("a\\", "a \\ stands at its end"),
        (r"(\pL{500}|x){2}", "it takes too much memory"),
        ("[\x1b\n", "a [ is opened and never closed: '[\ufffd\ufffd'"),
        (f"[{'x' * 90}", f"a [ is opened and never closed: '[{'x' * 39}'"),
        ("(?P<i>a)|x*", "it is found in every text, for it takes nothing at all"),
        ("^", "it is found in every text, for it takes nothing at all"),
        ("a\ud800", "it holds half a character"),
        (" \n", "it is empty"),
        ("x" * 1001, "it has 1,001 characters, and may have 1,000"),
    ],
)
def test_a_pattern_that_cannot_be_looked_for_is_refused_with_the_reason(text, reason):
    assert refused(pattern(text)) == reason


@pytest.mark.parametrize("text", ["", "\t ", "\udfff", "x" * 1001])
def test_words_are_refused_for_what_they_are(text):
    assert refused(Phrase(text))


def test_other_complaints_of_re2_are_told_in_its_own_words(monkeypatch):
    def compile_(*_):
        raise re2.error(b"never heard of it: q\xff")

    monkeypatch.setattr(re2, "compile", compile_)

    assert refused(pattern("complaint")) == "RE2 says never heard of it: q\ufffd"


@pytest.mark.parametrize("text", ["(", "\ud800"])
def test_many_with_one_that_cannot_be_looked_for_are_refused(text):
    with pytest.raises(ValueError, match=r"^(a \( is opened|it holds half)"):
        patterns.Phrases([Phrase("a"), pattern(text)])


def test_none_at_all_are_found_nowhere():
    assert patterns.Phrases([]).found("text") == frozenset()


class Exhausted:
    """A set whose search broke off: it says that it found nothing."""

    Match = staticmethod(lambda _: [])


def test_a_set_that_runs_out_of_memory_misses_nothing(monkeypatch):
    many = patterns.Phrases([Phrase("needle"), pattern("^t"), Phrase("absent")])
    monkeypatch.setattr(many, "_set", Exhausted())

    assert many.found("text with a Needle") == {0, 1}


def test_too_many_for_a_set_are_looked_for_one_by_one(monkeypatch):
    monkeypatch.setattr(patterns, "_MEMORY_OF_MANY", 1000)
    many = patterns.Phrases([Phrase("needle"), pattern("^t"), Phrase("absent")])

    monkeypatch.setattr(re2.Set, "Match", None)  # it would be no use

    assert many.found("text with a Needle") == {0, 1}


def test_one_that_is_too_large_even_alone_is_refused_among_many():
    with pytest.raises(ValueError, match=r"^it takes too much memory$"):
        patterns.Phrases([Phrase("a"), *(pattern(rf"{place}\pL{{100}}\pL{{0,400}}x") for place in range(20))])


def test_a_pattern_that_others_hang_on_is_answered():
    assert patterns.find(pattern("(a+)+$"), f"{'a' * 100_000}!") is None


@given(st.text(max_size=12), st.text(max_size=12))
@example("a*b", "a\nb")
def test_a_star_stands_for_anything_in_one_line(glob, text):
    pieces = (re.escape(piece) for piece in glob.casefold().split("*"))
    fits = re.fullmatch("[^\n]*".join(pieces), text.casefold())

    if glob.isascii() and text.isascii():
        assert bool(patterns.find(patterns.glob(glob), text)) is bool(fits)


@pytest.mark.parametrize(
    ("glob", "text", "fits"),
    [
        ("rpm-build:*", "rpm-build:fedora-rawhide-x86_64", True),
        ("rpm-build:*", "my rpm-build:x", False),
        ("*-x86_64", "RPM-BUILD:f-X86_64", True),
        ("lint", "lint\nlint", False),
        ("a.c (d)", "a.c (d)", True),
        ("a.c", "abc", False),
    ],
)
def test_a_glob_means_the_whole_text(glob, text, fits):
    assert bool(patterns.find(patterns.glob(glob), text)) is fits
