"""A reaction doesn't change an issue's time, and still no run reacts twice."""

from datetime import timedelta

import pytest

from ghstatus.actions import React
from tests.builders import NOW, component, site
from tests.github.page import Page

pytestmark = pytest.mark.loopback


@pytest.fixture
def page(github, tmp_path):
    github.clock.set(NOW - timedelta(days=1))
    status = github.repository("packit/status")
    status.grant("jane", "write")
    made = Page(github, site(component("copr", name="Copr")), tmp_path)
    old = status.issue("Copr is down", by="jane", labels=["incident", "severity/major", "component/copr"])
    old.comment("/lead me", by="jane")
    old.close(by="jane")
    github.clock.advance(hours=2)
    status.issue("Copr is slow", by="jane", labels=["incident", "severity/minor", "component/copr"])
    github.clock.advance(hours=2)
    return made


def reactions(page, number="1"):
    return [comment.reactions for comment in page.observe().tracker.issues[number].comments]


def test_what_was_done_to_a_closed_issue_is_remembered_without_reading_it_again(page):
    comment = page.repository.issues[1].comments[0]
    page.observe()
    page.write(React(ref="1", comment=comment.id, content="+1"))
    asked = len(page.github.requests)

    assert reactions(page) == [("+1",)]
    assert len(page.github.requests) == asked + 1
    page.write(React(ref="1", comment=comment.id, content="+1", is_on=False))
    assert reactions(page) == [()]
    assert page.repository.issues[1].comments[0].reactions == []


def test_what_was_done_to_an_open_issue_is_read_at_each_look(page):
    comment = page.repository.issues[2].comment("/lead me", by="jane")
    page.write(React(ref="2", comment=comment.id, content="confused"))

    assert reactions(page, "2") == [("confused",)]
