"""All verdicts on one commit."""

from ghstatus.known import Known
from ghstatus.model import Evidence, Mode, Said, Surface, Text
from tests.builders import NOW, at, check, head, outage, pull, rule, signature

TESTS = {"name": "testing-farm:fedora", "url": "https://dashboard.packit.dev/jobs/testing-farm/1"}


def report(on, *signatures, outages=(), evidence=None, mode=Mode.ANNOTATE):
    known = Known([rule(), rule("testing-farm")], signatures, outages, now=NOW)
    return known.report(on, evidence or {}, mode)


def said(when, reason, *, may_write=True):
    return Said("jane", at(when), reason, may_write)


def test_a_report_counts_what_is_watched_and_what_is_pending():
    checks = [
        check("rpm-build:a", state="passed"),
        check("rpm-build:b"),
        check("rpm-build:c", state="pending", started="11:30"),
        check("rpm-build:d", state="pending", started="09:00"),
        check("lint", app="stranger"),
    ]

    without, during = report(head(*checks)), report(head(*checks), outages=[outage()])

    assert (without.watched, without.pending, len(without.verdicts)) == (4, 2, 1)
    assert (during.watched, during.pending, len(during.verdicts)) == (4, 1, 2)
    assert [verdict.is_hanging for verdict in during.verdicts] == [False, True]
    assert (during.head, during.mode, during.over, during.ignored) == (head(*checks), Mode.ANNOTATE, (), None)


def test_only_the_newest_run_counts():
    again = [check(id=1, title="Copr broke"), check(id=2, state="passed", started="11:30", ended="11:40")]

    assert report(head(*again), signature()).verdicts == ()


def test_each_failure_is_judged_by_its_own_evidence():
    first, second = check("rpm-build:a"), check("rpm-build:b")
    read = Evidence(texts=(Text(Surface.LOG, "Copr broke"),), is_complete=True)

    judged = report(head(first, second), signature(), outages=[outage()], evidence={first: read})

    assert [verdict.kind.value for verdict in judged.verdicts] == ["explained", "suspected"]


def test_a_mixed_pull_request_has_a_verdict_for_each_failure():
    checks = [check("rpm-build:a", title="Copr broke"), check("rpm-build:b", title="mine"), check(**TESTS, title="hm")]

    judged = report(head(*checks), signature(), signature("mine", "never"), outages=[outage()])

    assert [verdict.kind.value for verdict in judged.verdicts] == ["explained", "own", "unexplained"]


def test_two_incidents_explain_each_its_own():
    checks = [check("rpm-build:a", title="Copr broke"), check(**TESTS, title="TF broke")]
    two = [outage("42"), outage("43", "testing-farm")]

    judged = report(head(*checks), signature(), signature("TF broke", service="testing-farm"), outages=two)

    assert [verdict.outage.ref for verdict in judged.verdicts] == ["42", "43"]


def test_what_is_over_is_told_once():
    over, going_on = outage("41", end="11:30"), outage("42", "testing-farm")
    checks = [check("rpm-build:a", title="Copr broke"), check("rpm-build:b", title="Copr broke"), check(**TESTS)]

    assert report(head(*checks), signature(), outages=[over, going_on]).over == (over,)


def test_every_pull_request_of_a_commit_counts():
    pulls = (pull(1), pull(2, "packit/status#42"))

    judged = report(head(check(title="Copr broke"), pulls=pulls), signature(), outages=[outage()])

    assert judged.verdicts[0].kind.value == "suspected"


def test_a_status_without_times_is_judged_by_when_its_commit_was_pushed():
    old = check(kind="status", title="Copr broke", started=None, ended=None)
    anywhere = signature(surfaces=["description"])

    judged = report(head(old, since=at("2026-03-01 08:00")), anywhere, outages=[outage()])

    assert judged.verdicts[0].kind.value == "suspected"


def test_the_newest_word_to_ignore_it_counts():
    first, second = pull(1, ignored=said("09:00", "old")), pull(2, ignored=said("10:00", "new"))

    assert report(head(pulls=(second, first, pull(3)))).ignored == said("10:00", "new")


def test_no_word_opens_a_gate_for_what_is_pushed_after_it():
    def ignored(one, mode):
        return report(head(pulls=(pull(ignored=one),), since=at("10:00")), mode=mode).ignored

    before, after, author = said("09:59", "old"), said("10:00", "new"), said("09:59", "mine", may_write=False)
    assert [ignored(one, Mode.GATE) for one in (before, after, author)] == [None, after, author]
    assert [ignored(one, Mode.ANNOTATE) for one in (before, after, author)] == [before, after, author]
