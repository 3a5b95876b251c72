"""Real failures, judged by the shipped catalogue: an own one is never excused."""

from collections import Counter

import pytest

from benchmarks import recall
from ghstatus.model import Surface, VerdictKind

SAMPLES = recall.samples()
OWN = [one for one in SAMPLES if one.label == "own"]
EXTERNAL = [one for one in SAMPLES if one.label == "external"]


@pytest.fixture(scope="module")
def without():
    return recall.known()


@pytest.fixture(scope="module")
def during():
    return recall.known(is_open=True)


@pytest.fixture(scope="module")
def sweeping():
    return recall.known(is_open=True, all_fail=True)


def called(samples, by, *kinds):
    return [f"{one.surface}: {one.text}" for one in samples if recall.judge(one, by) in kinds]


def test_the_texts_are_many_and_each_names_its_source():
    assert len(SAMPLES) >= 150
    assert all(one.source for one in SAMPLES)
    assert len({(one.surface, one.text) for one in SAMPLES}) == len(SAMPLES)
    assert {one.label for one in SAMPLES} == {"own", "external", "ambiguous"}
    assert Counter(one.is_held_out for one in SAMPLES)[True] >= len(SAMPLES) // 2 - 1


def test_no_failure_is_explained_without_an_incident(without):
    assert called(SAMPLES, without, VerdictKind.EXPLAINED) == []


def test_no_own_failure_is_suspected_without_an_incident(without):
    assert called(OWN, without, VerdictKind.SUSPECTED) == []


def test_nothing_ambiguous_is_suspected_without_an_incident(without):
    assert called([one for one in SAMPLES if one.label == "ambiguous"], without, VerdictKind.SUSPECTED) == []


def test_no_own_or_ambiguous_failure_is_explained_by_an_ordinary_incident(during):
    assert called([one for one in SAMPLES if one.label != "external"], during, VerdictKind.EXPLAINED) == []


def test_no_own_failure_with_proof_is_explained_where_everything_fails(sweeping):
    assert called([one for one in OWN if one.has_proof], sweeping, VerdictKind.EXPLAINED) == []


def test_no_own_failure_is_waited_for(during):
    assert called(OWN, during, VerdictKind.RETRYING) == []


def test_no_external_failure_is_called_the_author_s(during):
    assert called(EXTERNAL, during, VerdictKind.OWN) == []


@pytest.mark.parametrize(("is_held_out", "floor"), [(False, 0.3), (True, 0.3)])
def test_some_external_failures_are_explained(during, is_held_out, floor):
    half = [one for one in EXTERNAL if one.is_held_out is is_held_out]

    assert len(called(half, during, VerdictKind.EXPLAINED, VerdictKind.RETRYING)) >= floor * len(half)


def test_the_tables_are_printed(capsys):
    recall.main()

    printed = capsys.readouterr().out
    assert "testing-farm" in printed
    assert "0 of them with proof" in printed


BROKEN = "error: Bad exit status from /var/tmp/rpm-tmp.3OLb0m (%build)"


@pytest.mark.parametrize("surface", [one for one in Surface if one.is_log])
def test_a_package_that_broke_is_excused_by_nothing_in_the_same_log(surface):
    by = recall.known(is_open=True, all_fail=True, words=("what everybody sees",))
    sample = recall.Sample(
        "own", "copr", surface, f"what everybody sees\n{BROKEN}", "", has_proof=True, is_held_out=False
    )
    is_ruled = surface not in {Surface.COPR_BACKEND_LOG, Surface.COPR_IMPORT_LOG}

    assert (recall.judge(sample, by) is VerdictKind.OWN) is is_ruled


def test_a_hiccup_on_the_way_excuses_no_own_failure_with_proof(during):
    hiccup = "[MIRROR] gcc.rpm: Status code: 503 for https://mirrors.fedoraproject.org/metalink?repo=fedora\n"
    built = [one for one in OWN if one.surface is Surface.COPR_BUILD_LOG and one.has_proof]

    shaken = [one._replace(text=f"{hiccup}{one.text}") for one in built]

    assert len(shaken) >= 10
    assert called(shaken, during, VerdictKind.EXPLAINED) == []
