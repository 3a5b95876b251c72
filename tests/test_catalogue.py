"""The shipped catalogue recognises what it names, and takes no author's own failure for a service's."""

import re
from dataclasses import replace

import pytest
import yaml

from ghstatus.grammar import catalogue
from ghstatus.grammar.catalogue import shipped
from ghstatus.grammar.signature import matches
from ghstatus.known.catalogue import refused, signatures
from ghstatus.model import Phrase, Surface, Tier
from tests.builders import signature, site

SIGNATURES = shipped().signatures
BY_ID = {one.id: one for one in SIGNATURES}
STRENGTH = [Tier.INCIDENT, Tier.INFRA]
"""What may excuse a failure, the strongest last."""


def fits(surface, text):
    """The signatures that would be found in a text that stands there."""
    places = {surface, Surface.LOG} if surface.is_log else {surface}
    return [one for one in SIGNATURES if one.surfaces & places and matches(one, text)]


def strongest(found):
    tiers = {one.tier for one in found}
    return next((tier for tier in (Tier.NEVER, Tier.INFO, Tier.INFRA, Tier.INCIDENT) if tier in tiers), None)


def told_of(surface, text):
    return strongest(fits(surface, text))


def test_it_can_be_read_whole():
    assert shipped().problems == ()
    assert (len(shipped().rules), len(SIGNATURES), len(shipped().negatives)) >= (18, 45, 37)


@pytest.mark.parametrize("one", SIGNATURES, ids=lambda one: one.id)
def test_a_signature_is_found_in_each_of_its_samples_everywhere_it_may_stand(one):
    assert one.samples
    assert one.evidence
    for surface in one.surfaces:
        assert [sample for sample in one.samples if one not in fits(surface, sample)] == []


@pytest.mark.parametrize("one", SIGNATURES, ids=lambda one: one.id)
def test_a_signature_s_samples_prove_what_it_says(one):
    for surface in one.surfaces:
        assert {told_of(surface, sample) for sample in one.samples} == {one.tier}


@pytest.mark.parametrize("one", SIGNATURES, ids=lambda one: one.id)
def test_what_excuses_says_what_to_do(one):
    assert bool(one.remedy) is (one.tier in STRENGTH)
    assert not one.denies or one.tier is Tier.NEVER
    assert not one.needs_incident or one.tier is Tier.INFRA
    assert not one.is_mute or one.tier is Tier.INCIDENT


@pytest.mark.parametrize("one", shipped().negatives, ids=lambda one: one.id)
def test_a_text_that_excuses_nothing_is_not_taken_for_more(one):
    assert told_of(one.surface, one.text) == one.expected


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize("one", shipped().negatives, ids=lambda one: one.id)
def test_nor_anywhere_else_does_it_prove_that_a_service_failed(one, surface):
    assert told_of(surface, one.text) is not Tier.INFRA


def test_nothing_bears_the_name_of_another():
    for entries in (shipped().rules, SIGNATURES, shipped().negatives):
        assert len({one.id for one in entries}) == len(entries)


def test_every_signature_is_of_a_service_whose_checks_are_known():
    assert {one.service for one in SIGNATURES} <= {rule.component for rule in shipped().rules}


def test_what_only_says_that_something_failed_is_mute():
    mute = {sample for one in SIGNATURES if one.is_mute for sample in one.samples}

    assert {"RPMs failed to be built.", "Error ...", "Failed to submit tests."} < mute
    assert all(
        one.is_mute for text in mute for surface in BY_ID["copr-no-reason"].surfaces for one in fits(surface, text)
    )


MIRROR = """\
Errors during downloading metadata for repository 'updates':
  - Status code: 503 for https://mirrors.fedoraproject.org/metalink?repo=updates (IP: 152.19.134.142)
Error: Failed to download metadata for repo 'updates': Cannot prepare internal mirrorlist: Status code: 503
"""
OWN_ENDINGS = [
    "foo.c:12:5: error: implicit declaration\nerror: Bad exit status from /var/tmp/rpm-tmp.AbCdEf (%build)",
    "RPM build errors:\n    File not found: /builddir/build/BUILDROOT/x/usr/bin/x",
    "No matching package to install: 'python3-typo-devel'",
    " Problem: nothing provides libtypo.so.1 needed by x-1-1.fc43.x86_64",
    "error: Failed build dependencies:\n\ttypo-devel is needed by x-1-1.src",
]


def test_a_mirror_that_fails_is_the_service_s_failure():
    assert [one.id for one in fits(Surface.COPR_BUILD_LOG, MIRROR)] == ["dnf-5xx-or-timeout"]


@pytest.mark.parametrize("ending", OWN_ENDINGS)
def test_a_hiccup_before_an_error_of_the_package_stays_the_author_s(ending):
    found = fits(Surface.COPR_BUILD_LOG, f"{MIRROR}{ending}\n")

    assert {one.tier for one in found} == {Tier.NEVER}


@pytest.mark.parametrize("text", OWN_ENDINGS[:2])
def test_an_error_of_the_package_overrules_its_own_log_and_not_the_backend_s(text):
    (own,) = fits(Surface.COPR_BUILD_LOG, text)

    assert own.denies == {*Surface} - {Surface.COPR_BACKEND_LOG, Surface.COPR_IMPORT_LOG}


REPOSITORIES = [
    " - Status code: 404 for https://download.copr.fedorainfracloud.org/results/a/b/c/repodata/repomd.xml\nAll mirrors were tried",
    " - Curl error (6): Couldn't resolve host for https://rpm.vendor.example/el9/repodata/repomd.xml\nFailed to download metadata",
]


@pytest.mark.parametrize("text", [*OWN_ENDINGS[2:], *REPOSITORIES])
def test_a_missing_dependency_leaves_a_log_to_whoever_names_its_line(text):
    (own,) = fits(Surface.COPR_BUILD_LOG, text)

    assert own.denies == {Surface.TITLE, Surface.SUMMARY, Surface.DESCRIPTION}


@pytest.mark.parametrize(
    "url", ["https://mirrors.fedoraproject.org/metalink?a=b", "https://mirror.example.edu/fedora/linux/x.xml"]
)
def test_a_repository_of_the_distribution_is_not_the_author_s(url):
    text = f"{REPOSITORIES[1]}\n - Status code: 500 for {url}"

    assert told_of(Surface.COPR_BUILD_LOG, text) is not Tier.NEVER


def test_the_backend_s_verdict_overrules_nothing_but_the_backend():
    (own,) = fits(Surface.COPR_BACKEND_LOG, "Backend process error: No success file => build failure")

    assert own.denies == {Surface.COPR_BACKEND_LOG}


@pytest.mark.parametrize("title", ["Tests failed ...", "Tests failed", "Installation failed"])
def test_tests_that_fail_are_the_author_s_always(title):
    (own,) = fits(Surface.TITLE, title)

    assert (own.tier, own.denies) == (Tier.NEVER, frozenset())


def test_a_retry_is_none_any_more_once_it_was_in_vain():
    retry = "SSH connection lost on #3 attempt, let's retry after 10s"
    lost = f"{retry}\nBackend process error: Three host tried without success: {{}}"

    assert told_of(Surface.COPR_BACKEND_LOG, retry) is Tier.INFO
    assert told_of(Surface.COPR_BACKEND_LOG, lost) is Tier.INFRA


def test_the_words_of_other_tools_are_none_of_its_keys():
    text = (catalogue.resources.files("ghstatus.grammar") / catalogue.FILE).read_text(encoding="utf-8")
    sections = yaml.safe_load(text)

    assert set(sections) == {"rules", "signatures", "negatives"}
    assert all(rule["examples"] for rule in sections["rules"])
    assert re.findall(r"[^\x20-\x7e\n⚠]", text) == []


def test_a_site_s_own_signatures_come_after_the_shipped_ones():
    mine = (signature("the moon is not where it was", origin="ghstatus.yml"),)

    assert signatures(site(signatures=mine)) == (*SIGNATURES, *mine)
    assert refused(site(signatures=mine), "ghstatus.yml") == ()


OWN_WORDS = signature("the moon is not where it was", origin="ghstatus.yml")


@pytest.mark.parametrize(
    ("broad", "key", "seen"),
    [
        (signature("Process completed with exit code"), "text", "it is too broad: it also tells 'Error: Process "),
        (signature("RPMs failed to be built."), "text", "it is too broad: it also tells 'RPMs failed to be built.'"),
        (signature("exit code"), "text", "it is too short: 8 characters, digits and spaces aside"),
        (signature("Bad exit status", "incident"), "text", "it is too broad: "),
        (replace(OWN_WORDS, phrase=Phrase("^Error: .* exit code", is_pattern=True)), "pattern", "it is too broad: "),
    ],
)
def test_one_that_tells_failures_of_other_kinds_is_left_out_and_told(broad, key, seen):
    mine = site(signatures=(OWN_WORDS, replace(broad, origin="ghstatus.yml")))
    problems = refused(mine, "ghstatus.yml")

    assert signatures(mine) == (*SIGNATURES, OWN_WORDS)
    assert {(one.where, one.key) for one in problems} == {("ghstatus.yml", f"known_failures[1].{key}")}
    assert problems[0].seen.startswith(seen)
    assert problems[0].outcome == "refused: it explains nothing until it is mended"


def test_what_excuses_nothing_or_is_meant_to_be_either_may_tell_more():
    mine = (signature("exit code", "never"), signature("RPMs failed to be built.", "incident"))

    assert signatures(site(signatures=mine)) == (*SIGNATURES, *mine)
