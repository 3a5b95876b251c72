import pytest

from ghstatus.known import during
from ghstatus.model import Scope
from tests.builders import NOW, at, check, outage, rule


def lacks(one, started="10:00", ended="11:00", **said):
    ran = during.While(at(started), at(ended))
    return during.lacks(one, check(**said), rule(grace=1, margin=0.5), ran, NOW)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"start": "11:30"}, True),
        ({"start": "11:31"}, False),
        ({"end": "09:00"}, True),
        ({"end": "08:59", "start": "08:00"}, False),
        ({"start": "10:20", "end": "10:40"}, True),
        ({"start": "08:00", "end": "13:00"}, True),
    ],
)
def test_a_failure_overlaps_from_a_margin_before_an_outage_to_a_grace_after_it(said, expected):
    assert bool(lacks(outage(**said))) is not expected


def test_an_outage_that_goes_on_reaches_up_to_now():
    assert lacks(outage(), "13:00", "13:00") == ""
    assert lacks(outage(), "13:01", "13:01") == "the check began after it was over"
    assert lacks(outage(end="12:30"), "13:01", "13:01") == "the check began after it was over"


def test_an_outage_that_is_to_end_goes_on():
    assert during.is_open(outage(end="12:01"), NOW)
    assert not during.is_open(outage(end="12:00"), NOW)


@pytest.mark.parametrize(
    ("said", "since", "expected"),
    [
        ({}, None, ("10:00", "11:00")),
        ({"started": None}, "09:00", ("11:00", "11:00")),
        ({"ended": None}, "09:00", ("10:00", "10:00")),
        ({"started": None, "ended": None}, "09:00", ("09:00", "09:00")),
        ({"started": None, "ended": None}, None, ("12:00", "12:00")),
        ({"started": "11:30"}, None, ("11:00", "11:00")),
        ({"state": "pending"}, None, ("10:00", "12:00")),
        ({"state": "pending", "started": None}, "09:00", ("09:00", "12:00")),
    ],
)
def test_what_is_not_told_of_a_run_makes_it_shorter(said, since, expected):
    assert during.run(check(**said), NOW, since and at(since)) == tuple(map(at, expected))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({}, True),
        ({"checks": ("rpm-build:*",)}, True),
        ({"checks": ("RPM-BUILD:FEDORA-41-X86_64",)}, True),
        ({"checks": ("rpm-build",)}, False),
        ({"checks": ("rpm-build.*",)}, False),
        ({"checks": ("testing-farm:*", "*-x86_64")}, True),
        ({"checks": ("*fedora*41*",)}, True),
        ({"targets": ("fedora-41-x86_64",)}, True),
        ({"targets": ("Fedora-41",)}, True),
        ({"targets": ("fedora",)}, True),
        ({"targets": ("fedora-4",)}, False),
        ({"targets": ("edora-41",)}, False),
        ({"targets": ("epel-9", "x86_64")}, True),
        ({"targets": (" ",)}, False),
        ({"checks": ("rpm-build:*",), "targets": ("epel-9",)}, False),
    ],
)
def test_an_incident_is_about_the_checks_and_targets_that_it_names(scope, expected):
    assert during.fits(Scope(**scope), "rpm-build:fedora-41-x86_64") is expected


def test_a_target_counts_wherever_it_stands_as_a_word():
    assert during.fits(Scope(targets=("epel-1",)), "epel-10:epel-1")


def test_a_name_of_two_lines_hides_nothing():
    assert not during.fits(Scope(checks=("rpm-build:*",)), "mine\nrpm-build:fedora")


def test_an_outage_out_of_scope_is_about_other_checks():
    assert lacks(outage(checks=("testing-farm:*",))) == "it is about other checks"
    assert lacks(outage(checks=("testing-farm:*",)), name="testing-farm:fedora") == ""


def test_those_that_go_on_come_first_and_then_the_newest():
    several = [
        outage("1", start="08:00"),
        outage("2", start="09:00", end="11:00"),
        outage("3", start="09:30"),
        outage("4", start="10:00", end="11:00"),
        outage("5", start="08:00"),
    ]

    assert [one.ref for one in during.newest(several, NOW)] == ["3", "1", "5", "4", "2"]


def test_only_the_newest_run_of_each_name_and_app_counts():
    old, new = check(id=1, started="10:00"), check(id=2, started="11:00")
    other = check(app="stranger", started="09:00")

    assert during.newest_runs([new, other, old]) == (new, other)
    assert during.newest_runs([old, other, new]) == (new, other)


def test_jobs_of_one_name_in_several_workflows_are_several():
    failed, passed = (
        check(app="github-actions", workflow=workflow, state=state, started=started)
        for workflow, state, started in (("CI (push)", "failed", "09:00"), ("Docs (push)", "passed", "10:00"))
    )

    assert during.newest_runs([failed, passed]) == (failed, passed)
    assert during.newest_runs([failed, check(app="github-actions", workflow="CI (push)", started="10:00")]) != (failed,)


def test_of_runs_that_began_at_once_the_one_made_last_counts():
    first, second = check(id=1), check(id=2, app="Packit-as-a-Service")

    assert during.newest_runs([second, first]) == (second,)


def test_a_run_that_hasn_t_begun_is_the_newest():
    waiting = check(id=1, state="pending", started=None)

    assert during.newest_runs([waiting, check(id=2)]) == (waiting,)
    assert during.newest_runs([check(id=2), waiting]) == (waiting,)


def test_a_status_s_time_is_when_it_was_set():
    old, new = (check(kind="status", started=None, ended=ended) for ended in ("10:00", "11:00"))

    assert during.newest_runs([new, old]) == (new,)
    assert during.newest_runs([new, check()]) == (new, check())


def test_of_statuses_that_were_set_at_once_the_first_told_counts():
    first, second = (check(kind="status", started=None, title=title) for title in ("one", "two"))

    assert during.newest_runs([first, second]) == (first,)
