"""What a text alone would be called."""

from dataclasses import replace

import pytest

from ghstatus.known import Known, assumed, explain
from ghstatus.model import CheckKind, Near, Surface
from tests.builders import NOW, outage, phrase, rule, signature

EVERYWHERE = ("title", "summary", "description", "log")


def told(text, surface="log", *signatures, outages=(), **said):
    known = Known([rule(), rule("testing-farm")], signatures or [signature(surfaces=EVERYWHERE)], outages, now=NOW)
    return explain(known, text, Surface(surface), **said)


@pytest.mark.parametrize("surface", EVERYWHERE)
def test_a_text_is_judged_wherever_it_stands(surface):
    verdict = told("Copr broke\r\nhere", surface)

    assert (verdict.kind.value, verdict.component, verdict.quote, verdict.rule) == (
        "suspected",
        "copr",
        "Copr broke",
        "",
    )


def test_a_text_is_judged_as_if_an_outage_was_open():
    verdict = told("Copr broke", outages=assumed(["copr", "koji", "copr"], NOW))

    assert (verdict.kind.value, verdict.outage.ref) == ("explained", "assumed-copr")
    assert [one.ref for one in assumed(["copr", "koji", "copr"], NOW)] == ["assumed-copr", "assumed-koji"]


def test_a_log_is_all_there_was_to_read():
    sweeping = [outage(all_fail=True)]

    assert told("make: Error 1", outages=sweeping, component="copr").kind.value == "explained"
    assert told("make: Error 1", "title", outages=sweeping, component="copr").kind.value == "suspected"
    assert told("make: Error 1", outages=sweeping).kind.value == "unexplained"


def test_a_component_may_be_named_that_it_depends_on():
    own = signature(origin="ghstatus.yml", surfaces=EVERYWHERE)

    assert told("Copr broke", "log", own, component="copr").kind.value == "suspected"
    assert told("Copr broke", "log", own, component="koji").kind.value == "unexplained"


def test_what_nearly_fits_is_told():
    verdict = told("Copr broke", "log", signature(surfaces=["title"]))

    assert verdict.nearly == (Near("Copr broke", "it counts only on title, and this is a log"),)


def test_an_app_and_a_name_have_to_fit_a_rule():
    watched = told("Copr broke", "title", app="packit-as-a-service", name="rpm-build:fedora-41")
    stranger = told("Copr broke", "title", app="stranger", name="rpm-build:fedora-41")
    renamed = told("Copr broke", "title", app="packit-as-a-service", name="Fedora")

    assert (watched.kind.value, watched.rule) == ("suspected", "packit-copr")
    assert (stranger.kind.value, stranger.component, stranger.nearly) == (
        "unexplained",
        "",
        (
            Near("packit-copr", "it is for checks of packit-as-a-service"),
            Near("packit-testing-farm", "it is for checks of packit-as-a-service"),
        ),
    )
    assert renamed.nearly == (
        Near("packit-copr", "the check's name is another"),
        Near("packit-testing-farm", "the check's name is another"),
    )


def test_a_name_without_its_app_leads_to_the_rule_that_wants_one():
    check, status = (
        rule(name=phrase("^rpm-build:"), kind=CheckKind.CHECK_RUN),
        rule("docs", app="", name=phrase("^docs")),
    )
    known = Known(
        [check, replace(status, kind=CheckKind.STATUS), rule("x", name=None, url=None)], [signature()], [], now=NOW
    )

    def near(name, surface="title"):
        return explain(known, "Copr broke", Surface(surface), name=name).nearly

    assert near("rpm-build:fedora-41") == (Near("packit-copr", "it is for checks of packit-as-a-service"),)
    assert near("rpm-build:fedora-41", "description") == (
        Near("packit-copr", "it is for a check_run, and this is a status"),
    )
    assert near("docs/x") == (Near("packit-docs", "it is for a status, and this is a check_run"),)
    assert near("lint") == ()
