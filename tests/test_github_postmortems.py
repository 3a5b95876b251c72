"""Issues that are post-mortems come with the same request as incidents, and never stand in for one."""

from dataclasses import replace

import pytest

from ghstatus.grammar import learnt
from ghstatus.model import Labels, Reviews
from tests.builders import component, site
from tests.github.direct import direct
from tests.test_github_store import EVERYTHING, PERMISSION, Runs

TEXT = learnt.write("1", "A disk was full.")


@pytest.fixture
def github():
    with direct() as made:
        yield made


@pytest.fixture
def runs(github, tmp_path):
    runs = Runs(github, tmp_path / "cache" / "issues")
    runs.issue().close(by="jane")
    github.clock.advance(minutes=5)
    return runs


def learn(runs, text=TEXT, by="jane", labels=("postmortem",)):
    made = runs.status.issue("Post-mortem: Copr", text, by=by, labels=labels)
    runs.github.clock.advance(minutes=5)
    return made


def found(runs, **options):
    snapshot = runs.observe(**options)
    return {one.incident: one.published is not None for one in snapshot.postmortems}, snapshot


def test_one_is_seen_and_published_when_it_is_closed(runs):
    made = learn(runs)
    assert found(runs)[0] == {"1": False}

    made.close(by="jane")
    told, snapshot = found(runs)
    assert told == {"1": True}
    assert [one.ref for one in snapshot.incidents] == ["1"]
    assert snapshot.postmortems[0].url == f"{snapshot.tracker.url}/issues/2"
    assert not snapshot.problems


def test_a_quiet_run_still_takes_one_request(runs):
    learn(runs).close(by="jane")
    runs.build()
    first = runs.build()

    assert (runs.requests, runs.queries) == (1, 1)
    assert first.postmortems["1"].published
    assert runs.build().postmortems == first.postmortems
    assert runs.requests == 1


def test_an_author_is_asked_about_once(runs):
    runs.status.grant("rita", "triage")
    learn(runs, by="rita")
    runs.observe()
    asked = runs.github.counts[PERMISSION]
    runs.observe()

    assert (asked, runs.github.counts[PERMISSION]) == (2, 0)


def test_a_strangers_is_counted_until_somebody_vouches_for_it(runs):
    made = learn(runs, by="stranger")
    told, snapshot = found(runs)
    assert told == {}
    assert [one.where for one in snapshot.ignored] == ["#2"]

    runs.status.grant("stranger", "write")
    made.comment("I may now.", by="stranger")
    assert found(runs)[0] == {"1": False}


def test_who_left_may_have_written_one(runs):
    runs.status.grant("rita", "write")
    learn(runs, by="rita").close(by="jane")
    runs.observe()
    runs.status.grant("rita", "read")
    runs.github.clock.advance(days=2)

    assert found(runs)[0] == {"1": True}


def test_an_incident_that_wants_one_is_an_incident(runs):
    runs.issue(labels=("incident", "postmortem"), body=TEXT)
    told, snapshot = found(runs)

    assert told == {}
    assert [one.ref for one in snapshot.incidents] == ["1", "2"]


def test_reviewers_decide(runs):
    runs.site = replace(runs.site, reviews=Reviews(reviewers=("rita",)))
    made = learn(runs)
    made.close(by="jane")
    assert found(runs)[0] == {"1": False}

    said = made.comment("/approve", by="rita")
    published, snapshot = found(runs)
    assert published == {"1": True}
    assert [(one.issue.number, one.taken) for one in snapshot.tracker.reviews] == [(made.number, {said.id})]


def test_a_second_one_is_told(runs):
    learn(runs)
    learn(runs)
    told, snapshot = found(runs)

    assert told == {"1": False}
    assert [str(problem) for problem in snapshot.problems] == ["#3: the post-mortem of 1 is #2 already → not shown"]


def test_a_repository_may_call_its_label_something_else(runs):
    runs.site = replace(runs.site, labels=Labels(postmortem="lessons \N{LATIN SMALL LETTER E WITH ACUTE}"))
    learn(runs)
    learn(runs, labels=(runs.site.labels.postmortem,))

    assert [one.ref for one in found(runs)[1].postmortems] == ["3"]


def test_where_every_issue_is_read_the_label_and_the_incident_tell(runs):
    runs.site = site(component("copr"), component("koji"), dialect="jayfk")
    learn(runs)
    learn(runs, text="Names nothing.")
    told, _ = found(runs)

    assert told == {"1": False}


def test_a_lost_one_hides_no_outage(runs):
    made = learn(runs)
    runs.observe()
    runs.status.remove_label(runs.status.find_label("postmortem"))
    runs.github.clock.advance(days=2)

    assert made.state == "open"
    assert runs.observe().unobserved == frozenset()


def test_a_lost_incident_does(runs):
    runs.issue()
    learn(runs)
    runs.observe()
    runs.status.remove_label(runs.status.find_label("incident"))
    runs.github.clock.advance(days=2)

    assert runs.observe().unobserved == EVERYTHING


def test_a_lost_one_that_was_an_incident_too_may_hide_one(runs):
    runs.issue(labels=("incident", "postmortem"))
    runs.observe()
    for name in ("incident", "postmortem"):
        runs.status.remove_label(runs.status.find_label(name))
    runs.github.clock.advance(days=2)

    assert runs.observe().unobserved == EVERYTHING


def test_whether_an_author_may_may_be_unknown(runs):
    runs.observe()
    learn(runs, by="rita")
    runs.github.fail(PERMISSION, times=50, with_=500)
    snapshot = runs.observe()

    assert snapshot.postmortems == ()
    assert any("rita" in what for what in snapshot.partial)
    assert snapshot.unobserved == frozenset()
