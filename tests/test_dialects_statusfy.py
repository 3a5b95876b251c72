"""The issues of devkanro/setup-statusfy: labels, front matter, headed comments."""

import pytest

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import Meaning, Remark
from ghstatus.grammar.names import Names
from ghstatus.model import Kind, Phase, Severity
from tests.builders import at, issue, label, site
from tests.hanging import LONG, no_hanging

STATUSFY = dialects.find("statusfy-action", site())


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("severity: under-maintenance", Meaning(kind=Kind.MAINTENANCE)),
        ("severity: major-outage", Meaning(kind=Kind.INCIDENT, severity=Severity.CRITICAL)),
        ("severity: partial-outage", Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR)),
        ("severity: degraded-performance", Meaning(kind=Kind.INCIDENT, severity=Severity.MINOR)),
        ("Severity:major outage", Meaning(kind=Kind.INCIDENT, severity=Severity.CRITICAL)),
        ("severity", Meaning()),
        ("system: acidityv2-api", Meaning(component="acidityv2-api")),
        ("system:cdn", Meaning(component="cdn")),
        ("system", Meaning()),
        ("locale: en", Meaning()),
        ("cdn", Meaning()),
    ],
)
def test_what_a_label_means(name, meaning):
    assert STATUSFY.label(label(name)) == meaning


@pytest.mark.parametrize("name", ["severity: apocalypse", "severity:"])
def test_a_severity_that_is_unknown_is_one_all_the_same(name):
    meaning = STATUSFY.label(label(name))

    assert meaning == Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR, fault=meaning.fault)
    assert meaning.fault[1].startswith("degraded-performance, partial-outage, major-outage or under-maintenance")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["severity: partial-outage", "system: cdn"], Kind.INCIDENT),
        (["severity: under-maintenance", "system: cdn"], Kind.MAINTENANCE),
        (["severity: under-maintenance", "severity: partial-outage"], Kind.INCIDENT),
        (["severity: apocalypse"], Kind.INCIDENT),
        (["system: cdn", "locale: en"], None),
    ],
)
def test_what_has_a_severity_is_shown(names, kind):
    one = issue(labels=names)

    assert STATUSFY.kind(one, tuple(map(STATUSFY.label, one.labels))) is kind
    assert STATUSFY.gates == ()


FULL = """---
title: Server upgrade
description: Our hosting company restarts the main server.
date: '2018-12-13T14:34:46.338Z'
scheduled: '2018-12-15T12:00:00.000Z'
duration: 30
severity: under-maintenance
affectedsystems:
  - site
  - helpdesk
resolved: false
locale: en
---

Sorry for that.
"""


def test_front_matter_says_more_than_labels():
    found = STATUSFY.text(FULL)

    assert found.values == {
        "title": "Server upgrade",
        "components": ["site", "helpdesk"],
        "scheduled_for": "2018-12-15T12:00:00.000Z",
        "scheduled_until": "2018-12-15 12:30 UTC",
        "kind": "maintenance",
    }
    assert found.content.strip() == "Our hosting company restarts the main server.\n\n\n\nSorry for that."
    assert list(found.faults) == []


def test_its_values_stand_where_they_were_typed():
    found = STATUSFY.text(FULL.replace("\n", "\r\n"))
    lines = {key: found.place((key,)).line for key in ("title", "started", "scheduled_until", "ended")}

    assert lines == {"title": 2, "started": 4, "scheduled_until": 6, "ended": 11}
    assert found.place(("components", 1)).line == 10
    assert found.place(()).line == 2
    assert found.content.split("\n").index("Sorry for that.") + found.first_line == 15


@pytest.mark.parametrize(
    "text", ["", "Down.", "---", "---\n\nA rule above.", "---\nlocale: en\n---\nDown.", "Down.\n---\ntitle: x\n---"]
)
def test_other_text_has_no_fields(text):
    found = STATUSFY.text(text)

    assert (found.values, found.content, list(found.faults)) == ({}, text, [])


@pytest.mark.parametrize(
    ("front", "values"),
    [
        ("severity: major-outage", {"severity": "critical"}),
        ("date: 2018-12-13\nscheduled: 2018-12-15", {"scheduled_for": "2018-12-15"}),
        ("date: 2018-12-13\nscheduled: soon", {"started": "2018-12-13", "scheduled_for": "soon"}),
        ("Severity: Degraded Performance", {"severity": "minor"}),
        ("severity: apocalypse", {"severity": "apocalypse"}),
        ("severity: [a]", {"severity": ["a"]}),
        ("resolved: true\nmodified: 2018-12-15", {"ended": "2018-12-15 00:00 UTC"}),
        ("resolved: false\nmodified: 2018-12-15", {}),
        ("description: [a]", {}),
        ("title:", {"title": ""}),
        (
            "scheduled: 2018-12-15\nduration: ' 30 '",
            {"scheduled_for": "2018-12-15", "scheduled_until": "2018-12-15 00:30 UTC"},
        ),
    ],
)
def test_what_front_matter_may_hold(front, values):
    found = STATUSFY.text(f"---\n{front}\n---\nText.")

    assert (found.values, found.content.strip(), list(found.faults)) == (values, "Text.", [])


@pytest.mark.parametrize(
    ("front", "values", "key", "line"),
    [
        ("resolved: yes", {}, "ended", 2),
        ("modified: soon\nresolved: true", {}, "ended", 3),
        ("scheduled: 2018-12-15\nduration: long", {"scheduled_for": "2018-12-15"}, "scheduled_until", 3),
        ("duration: 30", {}, "scheduled_until", 2),
        ("scheduled: soon\nduration: 30", {"scheduled_for": "soon"}, "scheduled_until", 3),
        ("scheduled: 9999-12-31\nduration: 9999", {"scheduled_for": "9999-12-31"}, "scheduled_until", 3),
        ("scheduled: 2018-12-15\nduration: 9999999", {"scheduled_for": "2018-12-15"}, "scheduled_until", 3),
    ],
)
def test_what_it_can_not_hold_is_reported(front, values, key, line):
    found = STATUSFY.text(f"---\n{front}\n---\nText.")

    assert found.values == values
    assert [(path, found.place(path).line) for path, _ in found.faults] == [((key,), line)]


def test_broken_front_matter_is_saved_and_reported():
    found = STATUSFY.text("---\ntitle: Copr: down\nscheduled: 2018-12-15\n---\nText.")

    assert (found.values["scheduled_for"], found.content.strip()) == ("2018-12-15", "Text.")
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("# Monitoring\r\nJust testing.", Remark("Just testing.", Phase.MONITORING)),
        ("## in progress ##\n\nOne.\n\nTwo.\n", Remark("One.\n\nTwo.", Phase.IN_PROGRESS)),
        ("# Update\nStill down.", Remark("Still down.")),
        ("# We found it\nA disk.", Remark("**We found it**\n\nA disk.")),
        ("#Resolved\nDone.", Remark("Done.", Phase.RESOLVED)),
        ("# Resolved", Remark("", Phase.RESOLVED)),
        ("---\ndate: 2018-12-15\n---\n# Identified\nA disk.", Remark("A disk.", Phase.IDENTIFIED, at=at("2018-12-15"))),
        ("---\ndate: soon\n---\n# Identified\nA disk.", Remark("A disk.", Phase.IDENTIFIED)),
        ("A disk.\n\n<!-- ghstatus update\nat: 2018-12-15\n-->", Remark("A disk.", at=at("2018-12-15"))),
        ("I look into it.\n# Identified\nA disk.", None),
        ("#\nA disk.", None),
        ("---\nA rule.", None),
        ("", None),
    ],
)
def test_a_comment_with_a_heading_is_an_update(text, remark):
    assert STATUSFY.comment(text, Names(()), lambda *_: None) == remark


@pytest.mark.parametrize("piece", ["---\n", "---\ntitle: x\n", "#", "# x\n", "title: [", "- " * 30 + "\n", "\n"])
def test_long_texts_take_no_time(piece):
    text = "---\n" + piece * (LONG // len(piece))

    with no_hanging():
        STATUSFY.text(text)
        STATUSFY.comment(text, Names(()), lambda *_: None)
        STATUSFY.comment(text[4:], Names(()), lambda *_: None)
