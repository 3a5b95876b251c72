"""What a text alone would be called."""

import pytest

from ghstatus.known import Known, assumed, explain
from ghstatus.model import Near, Surface
from tests.builders import NOW, outage, rule, signature

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
    assert (stranger.kind.value, stranger.component, stranger.nearly) == ("unexplained", "", ())
    assert renamed.nearly == (
        Near("packit-copr", "the check's name is another"),
        Near("packit-testing-farm", "the check's name is another"),
    )
