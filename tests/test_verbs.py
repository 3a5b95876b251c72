"""Tests for `ghstatus.grammar.verbs`."""

from __future__ import annotations

import pytest

from ghstatus.grammar import verbs
from ghstatus.model import PHASES, Kind, Phase


def test_no_word_means_two_verbs() -> None:
    """Each word is told once."""
    words = [word for verb in verbs.ALL for word in (verb.name, *verb.aliases)]

    assert sorted(verbs.VERBS) == sorted(words)


@pytest.mark.parametrize(
    ("word", "name"), [("Resolved", "resolve"), ("IN_PROGRESS", "start"), ("false_alarm", "false-alarm")]
)
def test_a_verb_is_found_however_it_is_typed(word: str, name: str) -> None:
    """A phone writes a capital letter, and people know the phases as files spell them."""
    found = verbs.find(word)

    assert found is not None
    assert found.name == name


def test_a_word_that_is_no_verb_is_none() -> None:
    """Other programs have commands, too."""
    assert verbs.find("retest") is None


@pytest.mark.parametrize("verb", verbs.ALL, ids=lambda verb: verb.name)
def test_each_verb_says_what_a_help_shows(verb: verbs.Verb) -> None:
    """Its meaning is one sentence, and its shape tells whether something has to follow."""
    assert verb.meaning.endswith(".")
    assert "\n" not in verb.meaning
    assert bool(verb.shape) == (verb.takes is not verbs.Takes.NOTHING)
    assert verb.is_needed == (
        bool(verb.shape) and verb.name not in {*verbs.PHASES, "update", "reopen", "lead", "comms", "ops"}
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_phase_of_a_kind_has_a_verb(kind: Kind) -> None:
    """What may be shown may be said."""
    said = {verbs.PHASES[verb.name] for verb in verbs.ALL if verb.name in verbs.PHASES and kind in verb.kinds}

    assert said >= set(PHASES[kind])


@pytest.mark.parametrize(
    ("word", "kind", "phase"),
    [
        ("identified", Kind.INCIDENT, Phase.IDENTIFIED),
        ("resolve", Kind.MAINTENANCE, Phase.COMPLETED),
        ("complete", Kind.INCIDENT, Phase.RESOLVED),
        ("update", Kind.INCIDENT, None),
        ("start", Kind.INCIDENT, None),
    ],
)
def test_a_verb_tells_a_phase_of_its_kind(word: str, kind: Kind, phase: Phase | None) -> None:
    """People say of one kind what belongs to another."""
    assert verbs.phase(verbs.VERBS[word], kind) is phase


def test_only_what_users_are_told_as_it_stands_is_prose() -> None:
    """A severity makes an update, too, and isn't its text."""
    assert {verb.name for verb in verbs.ALL if verb.is_prose} == {*verbs.PHASES, "update", "reopen"}
