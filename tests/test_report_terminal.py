"""Reports for terminals and for programs."""

import json
from dataclasses import replace

import pytest

from ghstatus import report as voice
from ghstatus.model import Near
from tests.reports import FARM, NEARLY, OWN, SAID, SETTING, STATES, ended, farm, head, report


def test_a_line_stands_for_each_failure():
    assert voice.lines(report(farm(), NEARLY, replace(OWN, reason="")), SETTING) == [
        "packit/ogr #12 0123456789: 1 of 3 failures is Testing Farm's: #42",
        "  rpm-build:fedora-41-x86_64: own, Copr",
        "  rpm-build:fedora-rawhide-x86_64: suspected, Copr \N{EN DASH} The text tells of a failure of copr itself, but no outage of it is known at that time.",
        "  testing-farm:fedora-rawhide-x86_64: explained, Testing Farm, #42 \N{EN DASH} The text tells of a failure of testing-farm itself, during an outage of it.",
    ]


def test_a_commit_of_a_merge_queue_has_no_pull_request():
    assert voice.lines(report(head=head(pulls=()))) == ["packit/ogr 0123456789: No watched check fails any more"]


def test_nothing_steers_the_terminal():
    nasty = "a\x1b[31m\r\n\u202eb"
    check = replace(farm().check, name=nasty)
    one = report(replace(farm(reason=nasty, outage=replace(FARM, ref=nasty)), check=check), head=head(repository=nasty))

    assert all(line.isprintable() for line in voice.lines(one, SETTING._replace(names={"testing-farm": nasty})))


@pytest.mark.parametrize("name", STATES)
def test_facts_are_json(name):
    assert json.loads(json.dumps(voice.facts(STATES[name], SETTING)))["title"] == voice.title(STATES[name], SETTING)


def test_facts_tell_everything():
    one = report(replace(farm(outage=ended(FARM)), nearly=(Near("tf-2", "an incident"),)), ignored=SAID, watched=3)

    assert voice.facts(one, SETTING) == {
        "repository": "packit/ogr",
        "sha": head().sha,
        "pulls": [12],
        "mode": "annotate",
        "title": "Ignored by jane: the tests ran on my machine",
        "watched": 3,
        "pending": 0,
        "waits": False,
        "ignored": {"by": "jane", "at": "2026-03-02 12:00 UTC", "reason": "the tests ran on my machine"},
        "verdicts": [
            {
                "check": "testing-farm:fedora-rawhide-x86_64",
                "app": "packit-as-a-service",
                "url": "https://dashboard.packit.dev/jobs/testing-farm/1234",
                "verdict": "explained",
                "component": "testing-farm",
                "component_name": "Testing Farm",
                "rule": "packit-testing-farm",
                "signature": "",
                "reason": "The text tells of a failure of testing-farm itself, during an outage of it.",
                "quote": "Guest couldn't be provisioned: Artemis resource ended in 'error' state",
                "unread": [],
                "remedy": "/packit retest-failed",
                "retry": "/packit retest-failed",
                "hanging": False,
                "incident": {
                    "ref": "42",
                    "title": "Guests can't be provisioned",
                    "url": "https://status.packit.dev/incidents/42/",
                    "issue": "packit/status#42",
                    "started": "2026-03-02 08:00 UTC",
                    "ended": "2026-03-02 11:30 UTC",
                    "over": True,
                },
                "nearly": [{"id": "tf-2", "missing": "an incident"}],
            }
        ],
    }


def test_what_isn_t_known_is_null():
    facts = voice.facts(report(farm(), NEARLY))

    assert facts["ignored"] is None
    assert facts["verdicts"][0]["incident"]["ended"] is None
    assert facts["verdicts"][1]["incident"] is None
