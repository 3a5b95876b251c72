"""The failure of a command is judged as a check of every component on which it depends."""

import pytest

from ghstatus.known import Known, command
from ghstatus.model import Evidence, Surface, Text
from tests.builders import NOW, at, check, outage, rule, signature

COPR = signature()
FARM = signature("Farm broke", service="testing-farm")
MINE = signature("bad spec", "never")
ODD = signature("Slow mirror", "incident")


def judged(text, *components, outages=(), rules=(), **said):
    known = Known(rules, [COPR, FARM, MINE, ODD, signature("Try again", "info")], outages, now=NOW)
    evidence = Evidence(texts=(Text(Surface.LOG, text),), is_complete=True)
    failed = check("make", app="github-actions", title="", started="11:00", ended="11:30")
    return command.judge(known, components or ("copr",), failed, evidence, **said)


def told(*args, **said):
    verdict = judged(*args, **said)
    return verdict.kind.value, verdict.component


def test_what_is_known_explains_it_though_no_rule_watches_commands():
    verdict = judged("Copr broke", outages=[outage()])

    assert (verdict.kind.value, verdict.component, verdict.rule, verdict.outage.ref) == (
        "explained",
        "copr",
        "guard",
        "42",
    )
    assert told("Copr broke") == ("suspected", "copr")
    assert told("error") == ("unexplained", "copr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Copr broke\nbad spec", ("own", "testing-farm")),
        ("Copr broke", ("explained", "copr")),
        ("Slow mirror", ("suspected", "copr")),
        ("error", ("unexplained", "testing-farm")),
    ],
)
def test_of_several_components_the_surest_verdict_counts(text, expected):
    assert told(text, "testing-farm", "copr", outages=[outage()]) == expected


def test_a_component_is_judged_by_the_rule_that_says_most_about_it():
    over = outage(end="09:30")

    assert told("Copr broke", outages=[over]) == ("suspected", "copr")
    assert told("Copr broke", outages=[over], rules=[rule("farm", grace=4), rule(grace=4)]) == ("explained", "copr")


def test_a_service_s_own_name_for_it_counts():
    rules = [rule("builds", service="copr")]

    assert told("Copr broke", "copr", outages=[outage()], rules=rules) == ("explained", "copr")
    assert told("Copr broke", "builds", outages=[outage("42", "builds")], rules=rules) == ("explained", "builds")


def test_what_took_too_long_is_explained_by_an_outage_that_goes_on():
    verdict = judged("", "testing-farm", "copr", outages=[outage()], is_late=True)

    assert (verdict.kind.value, verdict.component, verdict.is_hanging) == ("explained", "copr", False)
    assert verdict.reason == "It took longer than it may, and an outage of copr goes on."
    assert verdict.remedy == "Run it again once the outage is over."
    assert (verdict.check.state.value, verdict.check.ended) == ("failed", at("11:30"))
    assert told("", outages=[outage()]) == ("unexplained", "copr")


def test_without_such_an_outage_it_is_what_its_text_says():
    assert told("", is_late=True) == ("unexplained", "copr")
    assert told("", outages=[outage(end="11:50")], is_late=True) == ("unexplained", "copr")
    assert told("Slow mirror", outages=[outage(end="11:50")], is_late=True) == ("suspected", "copr")


def test_what_failed_by_itself_before_it_took_too_long_stays_so():
    assert told("bad spec", outages=[outage()], is_late=True) == ("own", "copr")
    assert judged("Copr broke", outages=[outage()], is_late=True).quote == "Copr broke"


@pytest.mark.parametrize("is_late", [False, True])
def test_what_the_pull_request_is_to_mend_explains_nothing(is_late):
    closes = frozenset({"packit/status#42"})

    assert told("Copr broke", outages=[outage()], closes=closes, is_late=is_late) == ("suspected", "copr")
