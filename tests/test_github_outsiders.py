"""Whoever may not publish doesn't, whatever they do to issues, from the loopback GitHub up to the pages."""

import pytest

from tests.builders import component, site
from tests.github.direct import direct
from tests.github.page import Page

FORM = """### What is broken?

EVIL words

### Severity

critical

### Components

copr
"""
FINE, DOWN = {"copr": "operational"}, {"copr": "partial_outage"}


@pytest.fixture
def github():
    with direct() as made:
        yield made


@pytest.fixture
def page(github, tmp_path):
    made = Page(github, site(component("copr"), base_url="https://status.example.org/"), tmp_path)
    made.repository.grant("jane", "triage")
    github.world.user("stranger")
    return made


@pytest.fixture
def status(page):
    return page.repository


def ignored(page):
    return [(problem.where, problem.seen) for problem in page.observe().ignored]


def texts(page):
    """What the page would show of the first incident: its title, its text, its updates."""
    (incident,) = page.observe().incidents
    return incident.title, incident.text, [update.text for update in incident.updates]


def outage(status, github, by="jane", **said):
    """An outage of Copr, half an hour old."""
    issue = status.issue(
        **{"title": "Copr is down", "body": "Builds fail.", **said},
        by=by,
        labels=["incident", "severity/major", "component/copr"],
    )
    github.clock.advance(minutes=30)
    return issue


def test_a_form_filled_in_by_a_stranger_is_not_shown(github, page, status):
    status.issue("EVIL title", FORM, by="stranger", labels=["incident", "severity/critical", "component/copr"])
    github.clock.advance(minutes=30)

    assert (page.statuses(), [where for where, _ in ignored(page)]) == (FINE, ["#1"])
    planned, applied = page.apply()
    page.build()
    assert "EVIL" not in page.pages()
    assert not any(getattr(action, "ref", "") for action in planned.plan)
    assert applied.failed == ()
    assert status.issues[1].comments == []
    assert status.issues[1].pinned_by is None


def test_what_a_form_says_counts_once_somebody_vouches_for_it(github, page, status):
    issue = status.issue("Copr is down", FORM.replace("EVIL", "Good"), by="stranger", labels=["incident"])
    github.clock.advance(minutes=5)
    assert page.statuses() == FINE

    issue.unlabel("incident", by="jane").label("incident", by="jane")

    assert page.statuses() == {"copr": "major_outage"}
    assert "Good words" in "".join(texts(page)[1])
    page.build()
    assert "Good words" in page.pages()


@pytest.mark.parametrize("label", ["severity/major", "component/copr", "phase/identified", "no-meaning"])
def test_a_label_that_is_no_gate_vouches_for_nothing(github, page, status, label):
    issue = status.issue("EVIL title", FORM, by="stranger", labels=["incident"])
    github.clock.advance(minutes=5)

    issue.label(label, by="jane")

    assert page.statuses() == FINE


def test_a_stranger_who_moves_the_gate_label_vouches_for_nothing(github, page, status):
    issue = status.issue("EVIL title", FORM, by="stranger", labels=["incident"])
    issue.unlabel("incident", by="jane").label("incident", by="jane").unlabel("incident", by="jane")
    issue.label("incident", by="stranger")

    assert page.statuses() == FINE


@pytest.mark.parametrize("role", ["triage", "write", "maintain", "admin"])
def test_whoever_may_label_may_publish(github, page, status, role):
    status.grant("joe", role)
    outage(status, github, by="joe")

    assert page.statuses() == DOWN


def test_a_private_member_may_publish_though_their_association_says_none(github, page, status):
    status.grant("joe", "write", hidden=True)
    outage(status, github, by="joe")

    assert page.statuses() == DOWN


def test_a_member_who_only_reads_may_not_though_their_association_says_member(github, page, status):
    status.grant("joe", "read", association="MEMBER")
    outage(status, github, by="joe")

    assert (page.statuses(), [where for where, _ in ignored(page)]) == (FINE, ["#1"])


def test_a_comment_by_a_stranger_is_no_update(github, page, status):
    issue = outage(status, github)
    for words in ("**Resolved:** EVIL", "/resolve", "Severity: minor\n\nEVIL"):
        issue.comment(words, by="stranger")

    assert page.statuses() == DOWN
    assert texts(page) == ("Copr is down", "Builds fail.", [])
    assert {where for where, _ in ignored(page)} == {"#1"}
    page.build()
    assert "EVIL" not in page.pages()


def test_a_comment_by_a_bot_is_no_update_unless_the_bot_is_known(github, page, status, tmp_path):
    outage(status, github).comment("**Identified:** a full disk", by=github.world.app("packit"))
    assert texts(page)[2] == []

    known = Page(github, site(component("copr"), bots=frozenset({"packit[bot]"})), tmp_path / "known")
    assert texts(known)[2] == ["a full disk"]


def test_an_author_who_closes_their_own_issue_ends_nothing(github, page, status):
    issue = outage(status, github, by="stranger")
    issue.unlabel("incident", by="jane").label("incident", by="jane")
    issue.close(by="stranger")

    assert page.statuses() == DOWN
    assert any(problem.where == "#1" and "stranger" in problem.seen for problem in page.observe().problems)

    issue.reopen(by="jane").close(by="jane")
    assert page.statuses() == FINE


def test_a_stranger_who_reopens_their_issue_begins_nothing(github, page, status):
    issue = outage(status, github, by="stranger")
    issue.unlabel("incident", by="jane").label("incident", by="jane").close(by="jane")
    github.clock.advance(hours=1)

    issue.reopen(by="stranger")

    assert page.statuses() == FINE


def test_what_is_written_after_somebody_vouched_counts_for_nothing(github, page, status):
    issue = outage(status, github, by="stranger", body="Builds fail.\n")
    issue.unlabel("incident", by="jane").label("incident", by="jane")
    github.clock.advance(minutes=5)
    assert texts(page)[:2] == ("Copr is down", "Builds fail.")

    issue.edit("EVIL text", by="stranger")
    issue.rename("EVIL title", by="stranger")

    title, text, _ = texts(page)
    assert (title, "EVIL" in text, page.statuses()) == ("Copr is down", False, DOWN)
    page.build()
    assert "EVIL" not in page.pages()
    assert "#1" in {problem.where for problem in page.observe().problems}

    issue.unlabel("incident", by="jane").label("incident", by="jane")
    assert texts(page)[:2] == ("EVIL title", "EVIL text")


def test_an_outage_stays_on_the_page_when_whoever_wrote_it_leaves(github, page, status):
    issue = outage(status, github)
    assert page.statuses() == DOWN
    status.grant("jane", "read")
    github.clock.advance(days=2)  # a new look at everything

    assert page.statuses() == DOWN
    issue.close(by="jane")
    assert page.statuses() == DOWN


def test_whoever_has_left_publishes_nothing_new(github, page, status):
    issue = outage(status, github)
    before = texts(page)
    status.grant("jane", "read")
    github.clock.advance(days=2)
    page.board()
    github.clock.advance(hours=1)
    issue.edit("EVIL text", by="jane").rename("EVIL title", by="jane")
    issue.comment("Resolved: EVIL", by="jane")
    outage(status, github)

    assert "EVIL" not in str(texts(page))
    assert texts(page)[0] == before[0]
    assert list(page.board().incidents) == ["1"]
    assert page.statuses() == DOWN


def test_what_somebody_wrote_before_they_left_stays_in_the_history(github, page, status):
    issue = outage(status, github)
    issue.comment("Identified: a disk", by="jane")
    issue.close(by="jane")
    before = texts(page)
    status.grant("jane", "read")
    github.clock.advance(days=2)

    assert texts(page) == before
    assert page.statuses() == FINE


def test_whoever_comes_back_is_believed_again(github, page, status):
    issue = outage(status, github)
    page.board()
    for role, days in (("read", 2), ("write", 4)):
        status.grant("jane", role)
        github.clock.advance(days=days)
        page.board()
    issue.close(by="jane")

    assert page.statuses() == FINE


def test_without_a_memory_only_present_rights_count(github, page, status):
    outage(status, github)
    page.board()
    status.grant("jane", "read")
    (page.folder / "issues").unlink()

    assert page.statuses() == FINE


def test_an_account_that_is_gone_publishes_nothing(github, page, status):
    outage(status, github, by="ghost")
    status.issues[1].author = None

    assert page.statuses() == FINE


def test_an_author_who_deletes_their_account_ends_nothing(github, page, status):
    page.site = site(component("copr"))  # nobody is welcomed where there is no page
    issue = outage(status, github, by="stranger")
    issue.unlabel("incident", by="jane").label("incident", by="jane")
    page.apply()
    assert page.statuses() == DOWN

    issue.author = None
    for event in issue.events:
        event.actor = event.actor if event.actor and event.actor.login != "stranger" else None
    issue.touch()

    assert page.statuses() == DOWN


@pytest.mark.parametrize(("was_there", "expected"), [(True, {"copr": "major_outage"}), (False, {"copr": "unknown"})])
def test_an_author_who_takes_the_text_back_makes_nothing_green(github, page, status, was_there, expected):
    issue = status.issue("Copr is down", FORM, by="stranger", labels=["incident"])
    github.clock.advance(minutes=10)
    issue.unlabel("incident", by="jane").label("incident", by="jane")
    if was_there:
        page.apply()
    github.clock.advance(minutes=10)
    issue.edit("Nothing.", by="stranger")

    assert page.statuses() == expected
    page.apply()
    assert page.apply()[0].plan == ()
    assert page.statuses() == expected

    issue.close(by="jane")
    assert page.statuses() == FINE


def test_a_text_that_somebody_took_back_hides_nothing_where_others_say_what_is_hit(github, page, status):
    issue = status.issue("Copr is down", FORM, by="stranger", labels=["incident"])
    issue.unlabel("incident", by="jane").label("incident", "component/copr", by="jane")
    github.clock.advance(minutes=10)
    issue.edit("Nothing.", by="stranger")

    assert (page.statuses(), page.observe().unobserved) == (DOWN, frozenset())
