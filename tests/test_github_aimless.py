"""An incident that names no component is told of, because the page's headline and its table would disagree."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.grammar import issue as grammar
from ghstatus.stores.github.doubts import aimless
from ghstatus.stores.github.store import GitHubStore
from tests.builders import NOW, comment, component, context, event, issue, site
from tests.github.direct import direct

PAGE = site(component("copr"), component("koji"))
OUTAGE = ["incident", "severity/major"]


def told(*done, labels=OUTAGE, page=PAGE, **said):
    """What is said of an issue of jane's, who may publish."""
    one = issue(*done, labels=labels, **said)
    return list(aimless([(one, grammar.parse(one, context(on=page)))], page, NOW))


def test_an_open_incident_without_a_component_is_told_of():
    (found,) = told()

    assert str(found) == (
        "#42: it names no component; accepted: one below a heading `Components`, or a label such as component/copr "
        "→ the headline tells of an outage, but no component does"
    )


@pytest.mark.parametrize(
    "said",
    [
        {"labels": [*OUTAGE, "component/koji"]},
        {"text": "### Components\n\nKoji (koji)"},
        {"text": "### Components\n\nKojo"},
        {"labels": [*OUTAGE, "component/kojo"]},
        {"labels": ["maintenance"]},
        {"labels": ["announcement"]},
        {"labels": ["known-failure"]},
        {"labels": [*OUTAGE, "false-alarm"]},
        {"author": "stranger"},
        {"created_at": NOW - timedelta(minutes=9)},
        {"page": replace(PAGE, components=())},
    ],
)
def test_any_other_is_not(said):
    assert told(**said) == []


@pytest.mark.parametrize(
    "done",
    [
        [comment("Resolved: it works again.", "09:00")],
        [event("labeled", detail="component/koji")],
        [event("closed")],
    ],
)
def test_what_comments_and_labels_said_since_counts(done):
    assert told(*done) == []


@pytest.mark.parametrize(("dialect", "count"), [("ghstatus", 1), ("kener", 0)])
def test_only_where_incidents_are_written_in_ghstatus_s_own_way(dialect, count):
    with direct() as github:
        status = github.repository("packit/status")
        status.grant("jane", "write")
        status.issue("All is slow", "It is.", by="jane", labels=OUTAGE)
        now = github.clock.advance(minutes=11)
        access = Access(api_url=github.url, token=github.token("packit/status", issues="write"), wait=0)
        with Client(access, sleep=print, clock=now.timestamp, tell=print) as client:
            store = GitHubStore(client, replace(PAGE, dialect=dialect), repository="packit/status", cache=None)
            seen = store.observe(now)

    assert len(seen.incidents) == 1
    assert ["names no component" in str(one) for one in seen.problems].count(True) == count
