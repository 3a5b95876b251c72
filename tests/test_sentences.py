"""Parts of sentences."""

import pytest

from ghstatus.grammar import sentences


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], ""),
        (["Copr"], "Copr"),
        (["Copr", "Koji"], "Copr and Koji"),
        (["Copr", "Koji", "Mock"], "Copr, Koji and Mock"),
        (["Copr", "Koji", "Mock", "Bodhi"], "Copr, Koji and 2 more"),
    ],
)
def test_names_are_told_or_counted(names, told):
    assert sentences.several(names) == told


def test_one_of_several_is_told_of_with_another_word():
    assert sentences.several(["title", "log"], 9, "or") == "title or log"


@pytest.mark.parametrize(("number", "told"), [(1, "1 check"), (2, "2 checks"), (1200, "1,200 checks")])
def test_things_are_counted(number, told):
    assert sentences.counted(number, "check") == told


@pytest.mark.parametrize(("text", "told"), [("", ""), ("major outage of Copr", "Major outage of Copr")])
def test_only_the_first_letter_becomes_a_capital(text, told):
    assert sentences.capital(text) == told
