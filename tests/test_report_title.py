"""A report in sixty characters."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghstatus import report as voice
from ghstatus.model import VerdictKind
from ghstatus.report import PLAIN, Setting
from tests.reports import (
    COPR,
    FARM,
    MAYBE,
    NEARLY,
    OWN,
    SAID,
    SETTING,
    SLOW,
    STATES,
    UNKNOWN,
    ended,
    farm,
    head,
    report,
)

EXPLAINED = replace(MAYBE, kind=VerdictKind.EXPLAINED)
STRANGE = replace(farm(), check=replace(farm().check, app="circleci"), remedy="")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (report(farm()), "Not your fault: it is Testing Farm's (#42)"),
        (report(farm("a"), farm("b"), farm("c")), "Not your fault: 3 failures are Testing Farm's (#42)"),
        (report(farm(), EXPLAINED), "Not your fault: 2 failures are Copr's and Testing Farm's"),
        (report(farm(), OWN), "1 of 2 failures is Testing Farm's: #42"),
        (report(farm("a"), farm("b"), OWN), "2 of 3 failures are Testing Farm's: #42"),
        (report(farm(), NEARLY), "1 of 2 failures is Testing Farm's: #42"),
        (report(farm(), EXPLAINED, UNKNOWN), "2 of 3 failures are Copr's and Testing Farm's: #43 and #42"),
        (report(farm(), SLOW, UNKNOWN), "2 of 3 checks are Testing Farm's: #42"),
        (report(SLOW), "Testing Farm is slow: nothing to do (#42)"),
        (
            report(SLOW, replace(EXPLAINED, is_hanging=True)),
            "Copr and Testing Farm are slow: nothing to do (#43 and #42)",
        ),
        (report(farm(), SLOW), "Not your fault: 2 checks are Testing Farm's (#42)"),
        (report(NEARLY), "Looks like Copr trouble; no incident is open"),
        (report(NEARLY, OWN), "1 of 2 looks like Copr trouble; no incident is open"),
        (report(replace(NEARLY, passed=COPR)), "Looks like Copr trouble; #43 isn't why"),
        (report(replace(NEARLY, passed=COPR), OWN), "1 of 2 looks like Copr trouble; #43 isn't why"),
        (
            report(replace(NEARLY, passed=COPR), replace(NEARLY, passed=FARM)),
            "Looks like Copr trouble; no incident explains it",
        ),
        (report(MAYBE), "Perhaps Copr's fault, perhaps yours: #43"),
        (report(MAYBE, OWN), "1 of 2 failures may be Copr's: #43"),
        (report(farm(outage=ended(FARM))), "Over: retry with /packit retest-failed"),
        (report(replace(STRANGE, outage=ended(FARM))), "Over: retry what failed (#42)"),
        (
            report(farm(outage=ended(FARM)), replace(EXPLAINED, outage=ended(COPR))),
            "Over: retry what failed (#43 and #42)",
        ),
        (report(farm(outage=ended(FARM)), OWN), "Over: 1 of 2 failures was an outage's (#42)"),
        (
            report(farm("a", outage=ended(FARM)), farm("b", outage=ended(FARM)), NEARLY),
            "Over: 2 of 3 failures were an outage's (#42)",
        ),
        (report(farm(outage=None, signature="issue-7")), "Not your fault: it is Testing Farm's (#7)"),
        (report(farm(outage=None, signature="tf-guest")), "Not your fault: it is Testing Farm's"),
        (report(farm(outage=None), OWN), "1 of 2 failures is Testing Farm's"),
        (report(farm(outage=replace(FARM, ref="2026-guests"))), "Not your fault: it is Testing Farm's (2026-guests)"),
        (report(OWN), "The failure is yours, not an outage's"),
        (report(OWN, replace(OWN, rule="x")), "All 2 failures are yours, not an outage's"),
        (report(UNKNOWN), "No known outage explains this failure"),
        (report(OWN, UNKNOWN), "No known outage explains these 2 failures"),
        (report(watched=3), "No watched check fails any more"),
        (report(watched=0), "No check here depends on a watched service"),
        (report(watched=1, mode="gate"), "The watched check passes"),
        (report(watched=1200, mode="gate"), "All 1,200 watched checks pass"),
        (report(pending=1, watched=1, mode="gate"), "Not yet: the watched check is running"),
        (report(pending=1, watched=3, mode="gate"), "Not yet: 1 of 3 watched checks is running"),
        (report(farm(), pending=2, watched=3, mode="gate"), "Not yet: 2 of 3 watched checks are running"),
        (
            report(farm(), pending=1, mode="gate", ignored=SAID._replace(may_write=False)),
            "Not yet: 1 of 2 watched checks is running",
        ),
        (report(mode="gate", is_early=True), "Not yet: more checks may appear"),
        (report(mode="gate", missing=("rpm-build:*",)), "Not yet: no check rpm-build:* is there"),
        (report(mode="gate", missing=("a", "b")), "Not yet: 2 checks that are expected aren't there"),
        (report(mode="gate", missing=("a",), pending=1), "Not yet: 1 of 2 watched checks is running"),
        (report(mode="gate", head=head(is_partial=True)), "Not yet: there are more checks than can be read"),
        (report(farm(), ignored=SAID._replace(reason=" ")), "Ignored by jane"),
        (report(farm(), ignored=SAID), "Ignored by jane: the tests ran on my machine"),
        (report(watched=3, mode="gate", ignored=SAID), "All 3 watched checks pass"),
    ],
)
def test_a_title_says_it_all(one, expected):
    assert voice.title(one, SETTING) == expected


def test_without_names_a_component_is_called_by_its_id():
    assert voice.title(report(farm())) == "Not your fault: it is testing-farm's (#42)"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((farm(),), "Not your fault: 1 failure (#42)"),
        ((farm("a"), farm("b")), "Not your fault: 2 failures are known (#42)"),
        ((farm(), OWN), "1 of 2 failures is known: #42"),
        ((SLOW,), "Waiting for an outage: nothing to do (#42)"),
        ((replace(MAYBE, component="testing-farm"),), "Perhaps known: #43"),
        ((replace(MAYBE, component="testing-farm"), OWN), "1 of 2 failures may be known: #43"),
        (
            (replace(NEARLY, component="testing-farm", passed=replace(FARM, ref="2026-03-02-no-guests-for-hours")),),
            "Looks external; 2026-03-02-no-guests-for-hours isn't why",
        ),
        ((replace(NEARLY, component="testing-farm", passed=replace(FARM, ref="x" * 60)),), "Looks external"),
        ((replace(NEARLY, component="testing-farm"),), "Looks external; no incident is open"),
    ],
)
def test_a_long_name_is_left_out(verdicts, expected):
    setting = Setting(names={"testing-farm": "The farm of machines that test what others have built"})

    assert voice.title(report(*verdicts), setting) == expected


def test_what_is_too_long_is_cut():
    assert voice.title(report(farm(), ignored=SAID._replace(reason="x" * 99))) == f"Ignored by jane: {'x' * 42}…"
    refs = [replace(FARM, ref=f"2026-03-02-a-long-name-{number}") for number in range(2)]
    assert (
        voice.title(report(*(farm(outage=one) for one in refs)), SETTING)
        == "Not your fault: 2 failures are Testing Farm's"
    )


@pytest.mark.parametrize("name", STATES)
def test_a_title_never_depends_on_the_order_of_verdicts(name):
    one = STATES[name]

    assert voice.title(replace(one, verdicts=one.verdicts[::-1]), SETTING) == voice.title(one, SETTING)


@given(st.text(max_size=90), st.sampled_from(sorted(STATES)))
def test_a_title_is_one_short_line_that_mentions_nobody(text, name):
    said = STATES[name].ignored._replace(reason=f"{text} @jane") if STATES[name].ignored else None
    setting = SETTING._replace(names=dict.fromkeys(SETTING.names, f"{text}@jane"))

    title = voice.title(replace(STATES[name], ignored=said), setting)

    assert 0 < len(title) <= 60
    assert len(title.splitlines()) == 1
    assert "@j" not in title
    assert title.isprintable() or "\u200b" in title


def test_plain_knows_nothing():
    assert PLAIN.name("copr") == "copr"
    assert PLAIN.issue("7") == ""
