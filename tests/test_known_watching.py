"""A rule's kind, app, name and address are looked at before any text."""

import pytest

from ghstatus.known import Known, services
from ghstatus.known.watching import Blame, first, lacks, relevant
from ghstatus.model import CheckKind
from tests.builders import NOW, check, component, outage, phrase, rule, signature, site

ELSEWHERE = "https://ci.example.org/1"


def fits(one, **said):
    return not lacks(one, check(**said))


def test_a_renamed_check_is_known_by_app_and_address():
    assert fits(rule(), name="Fedora build")
    assert not fits(rule(), name="Fedora build", url=ELSEWHERE)
    assert not fits(rule(), name="rpm-build:fedora-41-x86_64", url=ELSEWHERE)


def test_a_check_that_may_be_renamed_is_known_by_its_name_while_it_has_no_address():
    assert fits(rule(), url="")
    assert not fits(rule(), name="Fedora build", url="")


def test_a_stranger_s_check_doesn_t_count_by_its_name():
    assert not fits(rule(), app="stranger")
    assert not fits(rule(), app="")


def test_an_app_is_the_same_in_any_case_and_not_a_part_of_another():
    assert fits(rule(), app="Packit-As-A-Service")
    assert not fits(rule(), app="packit-as-a-service-stg")


def test_a_rule_may_be_for_check_runs_or_statuses():
    assert not fits(rule(kind=CheckKind.STATUS))
    assert fits(rule(kind=CheckKind.CHECK_RUN))
    assert fits(rule(kind=CheckKind.STATUS), kind="status")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"app": "ci", "url": ELSEWHERE}, True),
        ({"app": "ci", "url": "https://other.example.org"}, False),
        ({"app": "ci", "url": ""}, True),
        ({"app": "ci", "url": ELSEWHERE, "name": "lint"}, False),
    ],
)
def test_a_check_that_may_not_be_renamed_is_known_by_its_name_and_by_its_address_if_both_have_one(said, expected):
    strict = rule(app="ci", name=phrase("^build$"), url=phrase("^https://ci\\.example\\.org/"), is_renamable=False)

    assert fits(strict, **{"name": "build", **said}) is expected


def test_a_rule_that_goes_by_the_address_alone_needs_one():
    addressed = rule(app="", name=None, url=phrase("^https://ci\\.example\\.org/"), is_renamable=False)

    assert fits(addressed, url=ELSEWHERE)
    assert not fits(addressed, url="")


def test_a_rule_that_goes_by_the_app_alone_takes_all_its_checks():
    assert fits(rule(app="ci", name=None, url=None), app="ci", name="anything")


def test_a_rule_that_says_nothing_fits_nothing():
    assert not fits(rule(app="", name=None, url=None))


def test_a_name_can_t_hide_another_in_its_second_line():
    assert not fits(rule(), name="my check\nrpm-build:fedora", url="")


def test_the_first_rule_that_fits_counts():
    assert first([rule("koji"), rule(id="one"), rule(id="two")], check()).id == "one"
    assert first([rule("koji")], check()) is None


def test_outages_are_worth_a_look_while_what_began_in_time_may_still_fail():
    rules = [rule(grace=1), rule("testing-farm", grace=3, hangs_after=1)]
    worth = [
        outage("1"),
        outage("2", "testing-farm", end="09:00"),
        outage("3", "koji"),
        outage("4", end="2026-03-01 20:00"),
        outage("5", end="08:00"),
        outage("6", end="07:59"),
    ]

    assert [one.ref for one in relevant(worth, rules, NOW)] == ["1", "2", "5"]
    assert [one.ref for one in relevant(worth, rules, NOW, ["koji"])] == ["1", "2", "3", "5"]
    assert relevant(worth, [], NOW) == ()


def test_outages_of_what_signatures_mean_are_worth_a_look_too():
    blaming = signature(service="copr")

    assert Known([rule("testing-farm")], [blaming], [outage()], now=NOW).relevant == (outage(),)
    assert Known([rule("testing-farm")], [], [outage()], now=NOW).relevant == ()
    assert Known([], [blaming], [outage()], now=NOW).relevant == ()


def test_a_component_is_meant_by_its_id_name_and_aliases():
    page = site(component("copr", name="Fedora Copr", aliases=("COPR builds", "tf")), component("tf", name="copr"))

    assert services(page) == {"copr": "copr", "fedora copr": "copr", "copr builds": "copr", "tf": "tf"}


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("copr", "builds"),
        ("COPR", "builds"),
        ("builds", "builds"),
        ("testing-farm", "tests"),
        ("tests", "tests"),
        ("koji", "koji"),
        ("Fedora Koji", "koji"),
        ("unheard of", "builds"),
    ],
)
def test_a_signature_blames_the_component_that_its_service_means(service, expected):
    rules = [rule("builds", service="copr"), rule("tests", service="testing-farm")]
    blame = Blame(rules, [outage("1", "koji")], {"fedora koji": "koji"})

    assert blame.component(signature(service=service), rules[0]) == expected
    assert blame.concerns(signature(service=service), rules[0]) is (expected == "builds" and service != "unheard of")


def test_two_components_of_one_service_are_each_blamed_for_their_own_checks():
    rules = [rule("stable", service="copr"), rule("staging", service="copr")]
    blame = Blame(rules, [], {})

    assert [blame.component(signature(), one) for one in rules] == ["stable", "staging"]
    assert blame.component(signature(), rule("koji")) == "stable"
