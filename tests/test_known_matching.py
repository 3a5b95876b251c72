import pytest

from ghstatus.known import cleaning
from ghstatus.known.matching import Finder, compare, is_read_on, phrases, quote
from ghstatus.model import Near, Surface, Text
from ghstatus.patterns import Phrases
from tests.builders import phrase, signature


def fits(one, text, surface=Surface.LOG):
    read = Text(surface, text)
    finder = Finder(phrases(one))
    matches, nearly = compare([one], read, finder.found(text), finder.found(cleaning.ending(read)))
    return bool(matches), nearly


@pytest.mark.parametrize(
    ("surfaces", "surface", "expected"),
    [
        (["log"], Surface.LOG, True),
        (["log"], Surface.COPR_BUILD_LOG, True),
        (["log"], Surface.TITLE, False),
        (["copr_backend_log"], Surface.COPR_BACKEND_LOG, True),
        (["copr_backend_log"], Surface.COPR_BUILD_LOG, False),
        (["copr_backend_log"], Surface.LOG, False),
        (["title"], Surface.DESCRIPTION, False),
    ],
)
def test_a_signature_is_looked_for_where_it_says_and_one_for_logs_on_every_log(surfaces, surface, expected):
    assert is_read_on(signature(surfaces=surfaces), surface) is expected
    assert fits(signature(surfaces=surfaces), "Copr broke", surface)[0] is expected


def test_what_stands_elsewhere_nearly_fits():
    assert fits(signature(surfaces=["title", "summary"]), "Copr broke")[1] == [
        Near("Copr broke", "it counts only on summary and title, and this is a log")
    ]


def test_a_signature_may_require_more_of_the_same_text():
    needy = signature(requires="no mirror")

    assert fits(needy, "Copr broke\nNO MIRROR left") == (True, [])
    assert fits(needy, "Copr broke") == (
        False,
        [Near("Copr broke", "the text lacks what it requires beside its own words")],
    )


def test_a_signature_may_be_denied_by_the_same_text():
    denied = signature(unless="^error:")

    assert fits(denied, "Copr broke") == (True, [])
    assert fits(denied, "Copr broke\nerror: it is mine") == (
        False,
        [Near("Copr broke", "the text also holds what speaks against it")],
    )


def test_what_a_text_doesn_t_hold_is_not_told():
    assert fits(signature(requires="x", unless="y"), "nothing") == (False, [])


def test_a_pattern_s_ends_stand_at_lines_ends():
    assert fits(signature("^broke$"), "Copr\nbroke\nagain")[0]
    assert not fits(signature("^broke$"), "Copr broke")[0]


def test_phrases_that_several_look_for_are_looked_for_once():
    finder = Finder([phrase("a"), phrase("b"), phrase("a")])

    assert finder.found("xa") == {phrase("a")}
    assert finder.found("ab") == {phrase("a"), phrase("b")}


@pytest.fixture
def searched(monkeypatch):
    """The texts that were searched."""
    texts = []
    search = Phrases.found

    def found(self, text):
        texts.append(text)
        return search(self, text)

    monkeypatch.setattr(Phrases, "found", found)
    return texts


def test_what_was_found_is_remembered_for_short_texts_alone(searched):
    finder = Finder([phrase("a")])

    for text in ("a", "a", "a" * 500, "a" * 500):
        assert finder.found(text) == {phrase("a")}

    assert searched == ["a", "a" * 500, "a" * 500]


def test_only_so_many_texts_are_remembered(searched, monkeypatch):
    monkeypatch.setattr("ghstatus.known.matching._MOST", 1)
    finder = Finder([phrase("a")])

    assert [bool(finder.found(text)) for text in ("a", "b", "b", "a")] == [True, False, False, True]
    assert searched == ["a", "b", "b"]


def test_the_line_is_quoted_that_holds_a_phrase():
    assert quote(phrase("broke"), Text(Surface.LOG, "one\n Copr broke!\ntwo")) == "Copr broke!"
    assert quote(phrase("gone"), Text(Surface.LOG, "one")) == ""


LATER = "\n\nmore" * cleaning.LAST


@pytest.mark.parametrize("tier", ["infra", "incident", "info"])
def test_what_stands_far_above_the_end_of_a_plain_log_excuses_nothing(tier):
    far = [Near("Copr broke", "it stands far above the end of the log")]

    assert fits(signature(tier=tier), f"Copr broke{LATER}") == (False, far)
    assert fits(signature(tier=tier), f"Copr broke{LATER.removesuffix('more')}\n \t\n") == (True, [])
    assert fits(signature(tier=tier), f"Copr broke{LATER}\nCopr broke") == (True, [])


def test_an_own_or_mute_failure_counts_wherever_it_stands():
    assert fits(signature(tier="never"), f"Copr broke{LATER}") == (True, [])
    assert fits(signature(is_mute=True), f"Copr broke{LATER}") == (True, [])


@pytest.mark.parametrize("surface", [one for one in Surface if one is not Surface.LOG])
def test_other_texts_are_read_to_their_beginning(surface):
    assert fits(signature(surfaces=[surface]), f"Copr broke{LATER}", surface) == (True, [])


def test_what_speaks_for_or_against_a_signature_may_stand_anywhere():
    assert fits(signature(requires="no mirror"), f"no mirror{LATER}\nCopr broke")[0]
    assert not fits(signature(unless="no mirror"), f"no mirror{LATER}\nCopr broke")[0]


def test_of_a_log_the_line_is_quoted_that_counts():
    broke = phrase("broke")

    assert quote(broke, Text(Surface.LOG, f"first broke{LATER}\nlast broke")) == "last broke"
    assert quote(broke, Text(Surface.LOG, f"first broke{LATER}")) == "first broke"
    assert quote(broke, Text(Surface.COPR_BUILD_LOG, f"first broke{LATER}\nlast broke")) == "first broke"
