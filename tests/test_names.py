"""Names people use for components become component ids, whatever their case."""

import pytest

from ghstatus.grammar.names import Names, did_you_mean, fold
from ghstatus.model import Component, Group

COPR = Component(id="copr", name="Copr Builds", group="core", aliases=("RPM builds",))
FARM = Component(id="testing-farm", name="Testing Farm", group="core")
DIST = Component(id="dist-git", name="Dist-git")
NAMES = Names([COPR, FARM, DIST], [Group(id="core", name="The Core", aliases=("all",)), Group(id="bare", name="Bare")])


@pytest.mark.parametrize("text", ["copr", "COPR", "Copr Builds", "  copr\n builds ", "rpm BUILDS"])
def test_an_id_a_name_or_an_alias_means_its_component(text):
    assert NAMES.resolve(text) == ("copr",)


@pytest.mark.parametrize("text", ["core", "the core", "ALL"])
def test_a_group_means_its_components_in_their_order(text):
    assert NAMES.resolve(text) == ("copr", "testing-farm")


@pytest.mark.parametrize("text", ["", "coppr", "Bare", "copr-builds"])
def test_what_nobody_is_called_means_nothing(text):
    assert NAMES.resolve(text) == ()


def test_a_component_comes_before_a_group_of_the_same_name():
    names = Names([COPR, Component(id="core", name="Core")], [Group(id="core", name="Core")])

    assert names.resolve("Core") == ("core",)


def test_the_letters_of_other_alphabets_fold_too():
    assert Names([Component(id="road", name="STRASSE")]).resolve("straße") == ("road",)


def test_a_slip_of_the_finger_is_met_with_the_name_as_its_owner_writes_it():
    assert NAMES.suggest("testing fram") == "did you mean 'Testing Farm'?"
    assert NAMES.suggest("TESTINGFARM") == "did you mean 'testing-farm'?"


def test_nothing_is_suggested_when_nothing_is_near():
    assert NAMES.suggest("weather") == ""
    assert Names([]).suggest("copr") == ""


def test_the_first_few_of_many_slips_are_met_with_a_name():
    suggest = NAMES.sparing()

    assert [bool(suggest("coppr")) for _ in range(22)] == [True] * 20 + [False] * 2
    assert suggest("copr") == ""
    assert NAMES.sparing()("coppr") == "did you mean 'copr'?"


def test_a_long_text_is_not_compared():
    assert did_you_mean("x" * 101, ["x" * 101]) == ""
    assert did_you_mean("x" * 100, ["x" * 100]) != ""


def test_folding_keeps_what_tells_names_apart():
    assert fold(" Dist-\tGit\u00a0X ") == "dist- git x"
    assert fold("dist-git") != fold("dist git")


def test_where_nobody_knows_the_incidents_there_may_be_any():
    beside = NAMES.beside({"41"})

    assert (NAMES.has_incident("41"), NAMES.has_incident("42")) == (True, True)
    assert (beside.has_incident("41"), beside.has_incident("42")) == (True, False)
    assert beside.resolve("copr") == NAMES.resolve("copr")
