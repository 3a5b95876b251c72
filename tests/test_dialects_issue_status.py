"""The issues of issue-status and of Tailscale's: incidents, maintenances, and components whose status is a label."""

import pytest

from ghstatus.grammar import dialects
from ghstatus.grammar.dialect import Meaning
from ghstatus.grammar.names import Names
from ghstatus.model import ComponentStatus, Kind, Phase, Severity
from tests.builders import START, at, component, event, issue, label, site
from tests.hanging import LONG, no_hanging

SITE = site(
    component("api", name="API"), component("login", name="Login"), component("sso", name="SSO", aliases=("API > SSO",))
)
ISSUE_STATUS = dialects.find("issue-status", SITE)
COMPONENT = ("issue status", "component")


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("issue status", Meaning(kind=Kind.INCIDENT)),
        ("incident", Meaning()),
        ("component", Meaning()),
        ("maintenance", Meaning()),
        ("operational", Meaning()),
        ("degraded performance", Meaning(severity=Severity.MINOR)),
        ("performance issues", Meaning(severity=Severity.MINOR)),
        ("partial outage", Meaning(severity=Severity.MAJOR)),
        ("Major Outage", Meaning(severity=Severity.CRITICAL)),
        ("unknown", Meaning(status=ComponentStatus.UNKNOWN)),
        ("API", Meaning(component="API")),
        ("help wanted", Meaning()),
    ],
)
def test_what_a_label_means(name, meaning):
    assert ISSUE_STATUS.label(label(name)) == meaning


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["issue status", "incident"], Kind.INCIDENT),
        (["Issue Status", "Incident", "major outage"], Kind.INCIDENT),
        (["issue status", "incident", "maintenance"], Kind.MAINTENANCE),
        (["incident", "major outage"], None),
        (["component", "major outage"], None),
        (["issue status"], None),
        ([*COMPONENT, "operational"], None),
        ([*COMPONENT, "major outage"], Kind.INCIDENT),
        ([*COMPONENT, "operational", "performance issues"], Kind.INCIDENT),
        ([*COMPONENT, "unknown"], Kind.INCIDENT),
        ([*COMPONENT, "melted"], Kind.INCIDENT),
        ([*COMPONENT], Kind.INCIDENT),
        ([*COMPONENT, "incident", "operational"], Kind.INCIDENT),
        ([], None),
    ],
)
def test_what_sort_of_thing_it_is(names, kind):
    one = issue(labels=names)

    assert ISSUE_STATUS.kind(one, tuple(map(ISSUE_STATUS.label, one.labels))) is kind
    assert ISSUE_STATUS.gates == ("issue status",)


@pytest.mark.parametrize(
    ("title", "names", "found"),
    [
        ("API", COMPONENT, ("API",)),
        ("API > Login", COMPONENT, ("Login",)),
        ("API > SSO", COMPONENT, ("API > SSO",)),
        ("API > Billing", COMPONENT, ("API > Billing",)),
        ("API is down", ("issue status", "incident"), ()),
        ("API", (*COMPONENT, "incident"), ()),
    ],
)
def test_a_component_is_called_as_its_issue(title, names, found):
    assert ISSUE_STATUS.components(issue(title=title, labels=names)) == found


def test_comments_are_talk():
    own = "It works.\n\n<!-- ghstatus update\nat: 2026-03-02\nphase: resolved\n-->"

    assert ISSUE_STATUS.comment("**Resolved:** It works.", Names(()), lambda *_: None) is None
    assert ISSUE_STATUS.comment(own, Names(()), lambda *_: None).phase is Phase.RESOLVED


def put(name, when):
    return event("labeled", when, detail=name)


def taken(name, when):
    return event("unlabeled", when, detail=name)


def seen(*events, labels=(*COMPONENT, "operational"), **said):
    one = ISSUE_STATUS.view(issue(*events, labels=labels, title="API", **said))
    return one.created_at, [(each.kind.value, each.at, each.detail) for each in one.events if each.at > START]


def test_a_component_is_down_since_its_label():
    events = (taken("operational", "09:00"), put("major outage", "09:01"))

    assert seen(*events) == (
        at("09:00"),
        [("unlabeled", at("09:00"), "operational"), ("labeled", at("09:01"), "major outage")],
    )


def test_a_change_for_the_worse_is_no_new_outage():
    events = (
        put("partial outage", "09:00"),
        taken("operational", "09:01"),
        taken("partial outage", "10:00"),
        put("major outage", "10:01"),
    )

    since, told = seen(*events)

    assert since == at("09:00")
    assert [when for _, when, _ in told] == [at("09:00"), at("09:01"), at("10:00"), at("10:01")]


def test_an_outage_that_is_over_leaves_no_trace():
    events = (
        put("major outage", "09:00"),
        taken("operational", "09:00"),
        event("renamed", "09:10", detail="operational"),
        event("closed", "09:20"),
        event("reopened", "09:30"),
        put("help wanted", "09:40"),
        put("operational", "10:00"),
        taken("major outage", "10:01"),
        put("degraded performance", "11:00"),
        taken("operational", "11:01"),
    )

    since, told = seen(*events)

    assert since == at("11:00")
    assert [detail for _, when, detail in told if when < since] == ["operational", "", "", "help wanted"]
    assert [detail for _, when, detail in told if when >= since] == ["degraded performance", "operational"]


def test_a_component_that_never_worked_is_down_since_it_was_written_down():
    assert seen(put("major outage", "09:00"), labels=COMPONENT)[0] == START
    assert seen(put("Operational", "09:00"), put("Major Outage", "10:00"), labels=COMPONENT)[0] == at("10:00")


def test_a_label_without_an_event_was_there_from_the_start():
    assert seen(put("major outage", "09:00"), labels=COMPONENT, unseen=("operational",))[0] == at("09:00")
    assert seen(labels=COMPONENT, unseen=("major outage",))[0] == START


def test_an_incident_is_seen_as_it_is():
    one = issue(
        put("major outage", "09:00"), taken("major outage", "10:00"), labels=("issue status", "incident", "operational")
    )

    assert ISSUE_STATUS.view(one) is one


def test_a_comment_in_an_indented_example_stays():
    assert ISSUE_STATUS.text("    <!-- x -->").content == "    <!-- x -->"
    assert ISSUE_STATUS.text("   <!-- x -->").content.strip() == ""


def test_the_hints_of_a_template_are_no_text():
    text = (
        "<!--\nSTOP! Add the label.\n-->\r\n\r\n<!-- **Resolved:** It is over. -->\r\n  <!-- **Update:** x -->\n\n"
        "**Investigating:** We look <!-- really --> into it."
    )
    found = ISSUE_STATUS.text(text)

    assert found.content.strip() == "**Investigating:** We look <!-- really --> into it."
    assert found.content.count("\n") == text.count("\n")
    assert (found.values, list(found.faults)) == ({}, [])


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        (
            "scheduled maintenance from June 11, 2020 12:00 AM UTC to June 11, 2020 3:00 AM UTC.",
            "2020-06-11 00:00 UTC",
            "2020-06-11 03:00 UTC",
        ),
        (
            "maintenance from June 1, 2020, 1:05PM GMT to July 1, 2020 12:30 PM UTC",
            "2020-06-01 13:05 UTC",
            "2020-07-01 12:30 UTC",
        ),
        (
            "maintenance from June 31, 2020 1:00 AM UTC to Smarch 1, 2020 1:00 AM UTC",
            "June 31, 2020 1:00 AM",
            "Smarch 1, 2020 1:00 AM",
        ),
    ],
)
def test_the_sentence_of_the_template_says_when_a_maintenance_is(sentence, start, end):
    found = ISSUE_STATUS.text(f"Hello.\nWe will be performing {sentence}")

    assert found.values == {"scheduled_for": start, "scheduled_until": end}
    assert found.place(("scheduled_until",)).line == 2
    assert sentence in found.content


@pytest.mark.parametrize(
    "text",
    [
        "",
        "maintenance from June 11, 2020 12:00 AM PST to June 11, 2020 3:00 AM PST.",
        "outage from June 11, 2020 12:00 AM UTC to June 11, 2020 3:00 AM UTC.",
        "### Severity Level\n\nHigh",
    ],
)
def test_other_text_has_no_fields(text):
    found = ISSUE_STATUS.text(text)

    assert (found.values, found.content, list(found.faults)) == ({}, text, [])


FORM = """### Incident Type

Partial Outage

### System/Service Name

API

### Incident Description

Logins fail.

### Notes

### Incident Type

### Severity Level

Critical - Complete service unavailable

### Current Status

Investigating - We are investigating the issue

### Affected Services

- Login

### Timeline (for scheduled maintenance)

_No response_

### User Impact

Nobody can log in.

### Workaround

_No response_
"""


def test_the_form_says_what_it_asks_for():
    found = ISSUE_STATUS.text(FORM.replace("\n", "\r\n"))

    assert found.values == {"severity": "critical", "components": "API", "affects": "Nobody can log in."}
    assert found.content == "Logins fail.\n\n### Notes\n\n### Incident Type\n\n- Login"
    assert [found.place((key,)).line for key in ("severity", "components", "affects")] == [1, 5, 33]
    assert found.first_line == 11


def form(**sections):
    names = {"type": "Incident Type", "level": "Severity Level", "timeline": "Timeline (for scheduled maintenance)"}
    return "\n\n".join(f"### {names[key]}\n\n{text}" for key, text in sections.items())


@pytest.mark.parametrize(
    ("sections", "values"),
    [
        ({"type": "Major Outage"}, {"severity": "critical"}),
        ({"type": "Major Outage", "level": "Low - Minor impact or scheduled maintenance"}, {"severity": "critical"}),
        ({"type": "Degraded Performance", "level": "High - Major functionality impacted"}, {"severity": "major"}),
        ({"type": "Degraded Performance", "level": "Medium - Some functionality impacted"}, {"severity": "minor"}),
        ({"type": "Degraded Performance", "level": "Unheard of"}, {"severity": "minor"}),
        ({"type": "Meltdown", "level": "Low"}, {"severity": "Meltdown"}),
        ({"type": "_No response_", "level": "Low"}, {"severity": "minor"}),
        ({"type": "None"}, {}),
        ({"type": "Scheduled Maintenance", "level": "Low"}, {"kind": "maintenance"}),
        (
            {
                "type": "Scheduled Maintenance",
                "timeline": "Start: 2026-03-02 10:00 UTC\nEnd: soon\nEnd: x\nExpected duration: 2 hours",
            },
            {"kind": "maintenance", "scheduled_for": "2026-03-02 10:00 UTC", "scheduled_until": "soon"},
        ),
        ({"type": "Scheduled Maintenance", "timeline": "Start:\ntonight"}, {"kind": "maintenance"}),
    ],
)
def test_of_two_severities_the_worse_counts(sections, values):
    assert ISSUE_STATUS.text(form(**sections)).values == values


def test_the_lines_of_a_timeline_are_known():
    found = ISSUE_STATUS.text(form(type="Scheduled Maintenance", timeline="Start: now\n End: then\nEnd: later"))

    assert [found.place((key,)).line for key in ("scheduled_for", "scheduled_until")] == [7, 8]


@pytest.mark.parametrize(
    "piece", ["<!--", "<!---->", "<!---->\n", "### Incident Type\n", "maintenance from June 1", "Start: x\n", "\n"]
)
def test_long_texts_take_no_time(piece):
    text = piece * (LONG // len(piece))

    with no_hanging():
        ISSUE_STATUS.text(text)
        ISSUE_STATUS.text(form(type="", timeline=text))
