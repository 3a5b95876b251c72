"""Stories about outages of services, as authors of pull requests live through them; each ends with a run that writes nothing."""

import time
from types import SimpleNamespace

import pytest

from ghstatus.cli import access, options
from ghstatus.grammar import knownfailure
from ghstatus.starter.forms import forms
from tests import submissions
from tests.github.direct import Killed, direct
from tests.upstream.world import RESULTS
from tests.watched.story import COMPILER, GATE, HOSTS, NOTE, REJECTED, Story, said, text

pytest_plugins = ["tests.commands", "tests.upstream.fixture"]


@pytest.fixture
def github():
    with direct() as made:
        yield made


@pytest.fixture
def story(github, upstream, tmp_path, monkeypatch, run):
    """At its end another run writes nothing."""
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
    monkeypatch.setattr("ghstatus.evidence.Web", lambda _clock: upstream.fetch)
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    told = Story(github, upstream, tmp_path / "site", monkeypatch, run)
    told.configure()
    yield told
    told.rests()


# One outage


def test_copr_is_down_and_its_log_tells_so(story):
    incident = story.incident("copr")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS)

    story.after(minutes=5)
    plan = story.run("checks", "plan")
    assert "post ghstatus/known-failures on packit/status #2 " in plan.out
    assert plan.wrote == 0
    assert "1 explained" in story.look().last
    assert said(pull) == [("neutral", f"Not your fault: it is Copr's (#{incident.number})")]
    assert "Three host tried without success" in text(pull)
    assert "/packit rebuild-failed" in text(pull)


def test_of_three_failures_one_is_copr_s(story):
    incident = story.incident("copr")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS, target="epel-9-x86_64")
    story.copr(pull, backend=REJECTED, live=COMPILER)
    story.farm(pull, title="Tests failed ...")

    assert "1 explained, 2 own; " in story.look().last
    assert said(pull) == [("neutral", f"1 of 3 failures is Copr's: #{incident.number}")]
    assert "**Not all of it is your fault.**" in text(pull)
    assert "Bad exit status from /var/tmp/rpm-tmp" in text(pull)
    assert [run.conclusion for run in pull.head.runs if run.name != NOTE] == ["failure"] * 3


def test_an_own_failure_during_an_outage_gets_no_word(story):
    story.incident("copr", "testing-farm")
    pull = story.pull(story.status)
    story.copr(pull, backend=REJECTED, live=COMPILER)
    story.farm(pull, title="No plans found, cowardly refusing to continue.")

    assert "2 own" in story.look().last
    assert said(pull) == []


def test_an_outage_during_which_all_fails_explains_what_nothing_else_does(story):
    story.incident("copr", body="<!-- ghstatus\nall_fail: true\n-->\nNothing builds.")
    silent, own = story.pull(story.status), story.pull(story.status)
    story.copr(silent, backend="Backend process error: what nobody has seen before")
    story.copr(own, backend=REJECTED, live=COMPILER)

    story.look()
    assert said(silent) == [("neutral", "Not your fault: it is Copr's (#1)")]
    assert said(own) == []


def test_when_an_incident_ends_authors_are_told_to_retry_and_then_that_all_is_well(story):
    incident = story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    incident.close(by="jane")

    story.look()
    assert said(pull)[-1] == ("neutral", "Over: retry with /packit retest-failed")
    assert "**over** since 2026-03-02 09:05 UTC" in text(pull)
    story.farm(pull, None)
    story.look()
    story.farm(pull, "success")
    story.look()
    assert said(pull)[-1] == ("neutral", "No watched check fails any more")


def test_an_incident_that_is_reopened_explains_again(story):
    incident = story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    incident.close(by="jane")
    story.look()
    incident.reopen(by="jane")
    story.farm(pull)

    story.look()
    assert [title for _, title in said(pull)] == [
        "Not your fault: it is Testing Farm's (#1)",
        "Over: retry with /packit retest-failed",
        "Not your fault: it is Testing Farm's (#1)",
    ]


def test_a_false_alarm_is_taken_back_everywhere(story):
    story.act_as_app()
    incident = story.incident("testing-farm")
    pulls = [story.pull(story.status), story.pull(story.ogr)]
    for pull in pulls:
        story.farm(pull)
    story.look()
    incident.label("false-alarm", by="jane").close(by="jane")

    assert "2 commits in 2 repositories" in story.look().last
    for pull in pulls:
        assert said(pull) == [("neutral", "Looks like Testing Farm trouble; no incident is open")]
        assert "incidents/1/" not in text(pull)
    assert "1 commit in 1 repository" in story.look().last


def test_two_incidents_at_once_are_told_apart(story):
    story.incident("copr", title="No builders")
    story.incident("testing-farm", title="No guests")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS)
    story.farm(pull)

    assert story.run("apply").code == 0
    story.look()
    assert said(pull) == [("neutral", "Not your fault: 2 failures are Copr's and Testing Farm's")]
    rows = [line for line in text(pull).splitlines() if line.startswith("| [`")]
    assert [("Copr's" in row, "incidents/1/" in row) for row in rows] == [(True, True), (False, False)]


def test_of_two_incidents_of_one_service_the_newest_that_goes_on_is_told(story):
    slow = story.incident("testing-farm", title="Slow guests")
    story.after(hours=1)
    none = story.incident("testing-farm", title="No guests")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    none.close(by="jane")
    story.look()
    slow.close(by="jane")

    story.look()
    assert [title for _, title in said(pull)] == [
        "Not your fault: it is Testing Farm's (#2)",
        "Not your fault: it is Testing Farm's (#1)",
        "Over: retry with /packit retest-failed",
    ]


def test_an_incident_about_the_wrong_service_is_put_right(story):
    incident = story.incident("copr")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    incident.unlabel("component/copr", by="jane").label("component/testing-farm", by="jane")

    story.look()
    assert [title for _, title in said(pull)] == [
        "Looks like Testing Farm trouble; no incident is open",
        "Not your fault: it is Testing Farm's (#1)",
    ]


def test_what_an_incident_explained_that_is_deleted_is_taken_back(story):
    incident = story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    incident.delete()

    story.look()
    assert said(pull)[-1] == ("neutral", "Looks like Testing Farm trouble; no incident is open")


# Late, slow, renamed, strange


@pytest.fixture
def over(story):
    """An outage of Testing Farm from 9 to 10."""
    incident = story.incident("testing-farm")
    story.after(hours=1)
    incident.close(by="jane")
    story.act_as_app()
    return incident


def test_testing_farm_may_fail_four_hours_after_the_end(story, over):
    pull = story.pull()
    story.after(hours=4)
    story.farm(pull)

    story.look()
    assert said(pull) == [("neutral", "Over: retry with /packit retest-failed")]


def test_five_hours_after_the_end_it_is_somebody_else_s_turn(story, over):
    pull = story.pull(story.status)
    story.after(hours=5)
    story.farm(pull)

    story.look()
    assert said(pull) == [("neutral", "Looks like Testing Farm trouble; no incident is open")]


def test_tests_that_began_in_time_may_fail_later_than_that(story, over):
    pull = story.pull()
    story.after(hours=6)
    story.farm(pull, started_at=over.closed_at)

    story.look()
    assert said(pull) == [("neutral", "Over: retry with /packit retest-failed")]


def test_checks_that_hang_are_explained_until_they_pass(story):
    story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull, None)
    assert story.look().wrote == 0
    story.after(hours=5)

    story.look()
    assert said(pull) == [("neutral", "Testing Farm is slow: nothing to do (#1)")]
    story.farm(pull, "success")
    story.look()
    assert said(pull)[-1] == ("neutral", "No watched check fails any more")


def test_checks_that_hang_without_an_outage_get_no_word(story):
    pull = story.pull(story.status)
    story.farm(pull, None)

    assert story.look(after=24 * 60).wrote == 0


def test_checks_that_a_project_renamed_are_known_by_their_app_and_address(story):
    story.incident("copr", "testing-farm")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS, name="Fedora build (main)")
    story.farm(pull, name="integration")

    story.look()
    assert said(pull) == [("neutral", "Not your fault: 2 failures are Copr's and Testing Farm's")]


def test_a_stranger_s_checks_with_packit_s_names_don_t_count(story):
    story.incident("copr", "testing-farm")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS, app="packit-as-a-servlce")
    story.farm(pull, app="packit-as-a-service-evil")

    assert story.look().asked == 0
    assert said(pull) == []


# A gate


def test_a_gate_opens_and_closes_as_the_outage_goes_on(story):
    story.configure(gates="[packit/status]")
    pull = story.pull(story.status)
    story.farm(pull)

    story.look(after=40)
    incident = story.incident("testing-farm", body="<!-- ghstatus\nstarted: 2026-03-02 08:00\n-->\nNo guests.")
    story.look()
    incident.close(by="jane")
    story.look()
    story.farm(pull, None)
    story.look()
    story.farm(pull, title="Tests failed ...")
    story.look()
    assert said(pull, GATE) == [
        ("failure", "Looks like Testing Farm trouble; no incident is open"),
        ("neutral", "Not your fault: it is Testing Farm's (#2)"),
        ("neutral", "Over: retry with /packit retest-failed"),
        ("failure", "Not yet: the watched check is running"),
        ("failure", "The failure is yours, not an outage's"),
    ]


def test_a_gate_says_success_only_when_every_watched_check_passed(story):
    story.configure(mode="gate")
    pull = story.pull(story.status)
    story.copr(pull, "success")
    story.farm(pull, None)
    assert story.look(after=40).wrote == 0
    story.farm(pull, "success")

    story.look()
    assert said(pull, GATE) == [("success", "All 2 watched checks pass")]


def test_a_gate_lets_nothing_pass_that_hangs_for_no_known_reason(story):
    story.configure(mode="gate")
    incident = story.incident("testing-farm")
    pull = story.pull(story.status)
    story.copr(pull, "success")
    story.farm(pull, None)
    story.after(hours=5)
    story.look()
    incident.close(by="jane")
    story.look()
    story.farm(pull, "success")
    story.look()

    assert said(pull, GATE) == [
        ("neutral", "Testing Farm is slow: nothing to do (#1)"),
        ("failure", "Not yet: 1 of 2 watched checks is running"),
        ("success", "All 2 watched checks pass"),
    ]


def test_a_merge_queue_gets_a_gate_too(story):
    story.configure(gates="[packit/status]")
    story.incident("copr")
    merged = story.status.commit("Merge #2", branch="gh-readonly-queue/main/pr-2-abc")
    broken = story.status.commit("Merge #3", branch="gh-readonly-queue/main/pr-3-abc")
    story.copr(merged, backend=HOSTS)
    story.copr(broken, backend=REJECTED, live=COMPILER)

    story.look(after=40)
    assert said(merged, GATE) == [("neutral", "Not your fault: it is Copr's (#1)")]
    assert said(broken, GATE) == [("failure", "The failure is yours, not an outage's")]


# Rights


def test_where_checks_can_t_be_written_the_permission_is_named(story):
    story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.after(minutes=5)
    story.act_as("packit/status", issues="write", checks="read", pull_requests="read", statuses="read")

    refused = story.run("checks", "apply")
    assert (refused.code, refused.wrote) == (1, 1)
    assert "`permissions: checks: write`" in refused.err
    assert "Traceback" not in refused.err
    story.act_as("packit/status")
    story.look()
    assert len(said(pull)) == 1


def test_or_a_pending_status_says_it(story):
    story.configure(status_fallback="true")
    incident = story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.act_as("packit/status", issues="write", checks="read", pull_requests="read", statuses="write")

    story.look()
    (status,) = pull.head.statuses
    assert (status.context, status.state) == (NOTE, "pending")
    assert status.description == "Not your fault: it is Testing Farm's (#1)"
    story.rests()
    incident.close(by="jane")
    story.farm(pull, "success")
    story.look()
    assert pull.head.statuses[-1].state == "success"


def test_a_pull_request_that_closes_the_incident_isn_t_excused_by_it(story):
    incident = story.incident("copr")
    pull = story.status.pull("Mend the builders", f"Fixes #{incident.number}", by="ann", fork=True)
    story.copr(pull, backend=HOSTS)

    story.look()
    assert said(pull) == [("neutral", "Looks like Copr trouble; #1 isn't why")]
    assert "but incident 1 isn't why: the pull request is to close it." in text(pull)
    assert "no incident is open" not in text(pull)


def test_a_pull_request_from_a_fork_gets_the_same_check(story):
    story.incident("testing-farm")
    theirs, ours = (story.status.pull("Change", by=by, fork=by == "ann") for by in ("ann", "jane"))
    for pull in (theirs, ours):
        story.farm(pull)

    story.look()
    assert theirs.from_fork
    assert said(theirs) == said(ours) == [("neutral", "Not your fault: it is Testing Farm's (#1)")]


# Ignoring


@pytest.fixture
def excused(story):
    """A pull request by ann whose tests fail because of an outage, which it is told."""
    story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    return pull


@pytest.mark.parametrize("who", ["ann", "jane"])
def test_its_author_or_a_maintainer_may_say_that_it_is_wrong(story, excused, who):
    excused.comment("/ghstatus ignore It fails on my machine, too.", by=who)
    story.look()
    assert said(excused)[-1] == ("neutral", f"Ignored by {who}: It fails on my machine, too.")

    excused.comment("/ghstatus unignore", by="jane")
    story.look()
    assert said(excused)[-1] == said(excused)[0]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("stranger", "/ghstatus ignore I say so."),
        ("ann", "Say this:\n\n```\n/ghstatus ignore It is wrong.\n```\n"),
        ("ann", "> /ghstatus ignore It is wrong."),
        ("ann", "You can say `/ghstatus ignore`."),
    ],
)
def test_nobody_else_s_word_counts_and_no_quoted_one(story, excused, who, words):
    excused.comment(words, by=who)

    assert story.look().wrote == 0


def test_who_ignores_a_gate_opens_or_closes_it(story):
    story.configure(mode="gate")
    story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look(after=40)
    pull.comment("/ghstatus ignore It fails on my machine, too.", by="ann")
    story.look()
    pull.comment("/ghstatus ignore Docs only.", by="jane")
    story.look()

    assert [conclusion for conclusion, _ in said(pull, GATE)] == ["neutral", "failure", "neutral"]


# Known failures


@pytest.fixture
def asked(story):
    """The form about known failures, as GitHub shows it."""
    return forms(options.settings(None).site)["known-failure.yml"]


MIRROR = {
    knownfailure.COMPONENT: "Copr (copr)",
    knownfailure.WORDS: "Giving up waiting for the moon's mirror",
    knownfailure.REMEDY: "Wait a minute, then comment `/packit rebuild-failed`.",
    knownfailure.SAMPLE: "error: giving up waiting for the moon's mirror at 10.0.0.1",
}
LOST = "error: Giving up waiting for the moon's mirror at 10.0.0.7\n"


def test_a_maintainer_tells_of_a_known_failure_by_the_form(story, asked):
    pull, other = story.pull(story.status), story.pull(story.status)
    for one in (pull, other):
        story.copr(one, live=LOST, backend=REJECTED)
    issue = story.status.issue("A mirror", submissions.submit(asked, MIRROR), by="jane", labels=["known-failure"])

    assert "2 explained" in story.look().last
    assert said(pull) == said(other) == [("neutral", f"Not your fault: it is Copr's (#{issue.number})")]
    assert "Wait a minute, then comment `/packit rebuild-failed`" in text(pull)
    answer, count = (comment.body for comment in issue.comments)
    assert "It tells the sample." in answer
    assert "Met in **2 checks**, in packit/status" in count
    story.copr(other, live=LOST, backend=REJECTED, started_at=story.github.clock.now())
    story.look()
    assert "Met in **3 checks**" in issue.comments[1].body
    issue.close(by="jane")
    story.look()
    assert said(pull)[-1] == ("neutral", "The failure is yours, not an outage's")
    assert "The builder says that the build failed, and nothing tells of a service's failure." in text(pull)


def test_a_stranger_s_known_failure_counts_once_a_maintainer_labels_it(story, asked):
    pull = story.pull(story.status)
    story.copr(pull, live=LOST, backend=REJECTED)
    issue = story.status.issue("A mirror", submissions.submit(asked, MIRROR), by="stranger", labels=["known-failure"])

    story.look()
    assert said(pull) == []
    (answer,) = issue.comments
    assert "**not used**" in answer.body
    assert "stranger, who may not publish" in answer.body
    issue.unlabel("known-failure", by="jane").label("known-failure", by="jane")
    story.look()
    assert said(pull) == [("neutral", f"Not your fault: it is Copr's (#{issue.number})")]
    assert "It tells the sample." in answer.body


def test_what_would_excuse_everybody_is_refused_with_the_reason(story, asked):
    pull = story.pull(story.status)
    story.copr(pull, live=COMPILER, backend=REJECTED)
    broad = MIRROR | {knownfailure.WORDS: "error: Bad exit status from", knownfailure.SAMPLE: ""}
    issue = story.status.issue("Builds", submissions.submit(asked, broad), by="jane", labels=["known-failure"])

    story.look()
    assert said(pull) == []
    (answer,) = issue.comments
    assert "too broad" in answer.body


# What goes wrong meanwhile


def test_while_the_logs_can_t_be_read_nothing_is_said_for_sure(story):
    story.incident("copr")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS)
    story.upstream.fail("https://", "silent")

    story.look()
    assert said(pull) == [("neutral", "Perhaps Copr's fault, perhaps yours: #1")]
    assert "Packit's API did not answer within 10 s." in text(pull)
    story.upstream.mend()
    story.look()
    assert said(pull)[-1] == ("neutral", "Not your fault: it is Copr's (#1)")


def test_what_was_read_once_is_not_fetched_again(story):
    story.incident("copr")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS)
    story.copr(pull, backend=REJECTED, live=COMPILER, target="epel-9-x86_64")

    assert story.look().asked > 0
    assert story.look().asked == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_no_check_is_posted_twice_when_github_loses_an_answer(story, when):
    story.incident("testing-farm")
    pulls = [story.pull(story.status) for _ in range(3)]
    for pull in pulls:
        story.farm(pull)
    story.github.fail("checks/create", when=when)

    story.after(minutes=5)
    story.run("checks", "apply")
    story.look()
    assert [len(said(pull)) for pull in pulls] == [1, 1, 1]
    assert story.github.faults.unused() == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_is_killed_between_two_posts_is_gone_on_with(story, when):
    story.incident("testing-farm")
    pulls = [story.pull(story.status) for _ in range(3)]
    for pull in pulls:
        story.farm(pull)
    story.github.fail("checks/create", skip=1, with_="kill", when=when)

    with pytest.raises(Killed):
        story.run("checks", "apply")
    story.look()
    assert [len(said(pull)) for pull in pulls] == [1, 1, 1]


def test_a_repository_that_was_deleted_stops_no_other(story):
    story.configure(repositories="[packit/status, packit/gone, packit/ogr]")
    story.act_as_app()
    story.incident("testing-farm")
    pulls = [story.pull(story.status), story.pull(story.ogr)]
    for pull in pulls:
        story.farm(pull)

    done = story.run("checks", "apply")
    assert done.code == 0
    assert "packit/gone" in done.err
    assert [len(said(pull)) for pull in pulls] == [1, 1]


def test_comments_are_written_once_and_anew_in_place(story):
    story.configure(comments="true")
    incident = story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)

    story.look()
    (comment,) = pull.comments
    assert "**Not your fault.** This failure is Testing Farm's." in comment.body
    incident.close(by="jane")
    story.look()
    assert pull.comments == [comment]
    assert "it is time to try again" in comment.body


# As outages really go


def test_an_incident_is_announced_hours_after_it_began(story):
    before, since = story.pull(story.status), story.pull(story.status)
    story.farm(before)
    story.after(hours=2)
    story.farm(since)
    story.after(hours=2)
    story.incident("testing-farm", body="<!-- ghstatus\nstarted: 2026-03-02 10:30\n-->\nNo guests.")

    story.look()
    assert said(since) == [("neutral", "Not your fault: it is Testing Farm's (#3)")]
    assert said(before) == [("neutral", "Looks like Testing Farm trouble; #3 isn't why")]


def test_an_incident_is_told_of_only_once_it_is_over(story):
    pull = story.pull(story.status)
    story.farm(pull)
    story.after(hours=2)
    times = "started: 2026-03-02 08:30\nended: 2026-03-02 10:00"
    story.incident("testing-farm", body=f"<!-- ghstatus\n{times}\n-->\nNo guests.").close(by="jane")

    story.look()
    assert said(pull) == [("neutral", "Over: retry with /packit retest-failed")]
    assert "**over** since 2026-03-02 10:00 UTC" in text(pull)


def test_an_outage_of_one_target_explains_no_other(story):
    story.incident("copr", body="<!-- ghstatus\ntargets: [epel-8]\n-->\nRHEL 8.9 is out.")
    pull = story.pull(story.status)
    story.copr(pull, backend=HOSTS, target="epel-8-x86_64")
    story.copr(pull, backend=HOSTS)

    story.look()
    assert said(pull) == [("neutral", "1 of 2 failures is Copr's: #1")]
    assert "but incident 1 isn't why: it is about other checks." in text(pull)


def test_an_incident_s_own_words_explain_what_nobody_knew_before(story):
    story.incident("copr", body="<!-- ghstatus\nmatch: [the moon is in the way]\n-->\nBuilders.")
    hit, other = story.pull(story.status), story.pull(story.status)
    story.copr(hit, live="fatal: The Moon is in the way (7)\n", backend=REJECTED)
    story.copr(other, live="fatal: the sun is in the way\n", backend=REJECTED)

    story.look()
    assert said(hit) == [("neutral", "Not your fault: it is Copr's (#1)")]
    assert said(other) == []


def test_a_push_begins_anew(story):
    story.incident("testing-farm")
    pull = story.pull(story.status)
    story.farm(pull)
    story.look()
    pull.push()
    story.farm(pull, None)
    story.look()
    assert said(pull) == []

    story.farm(pull)
    story.look()
    assert said(pull) == [("neutral", "Not your fault: it is Testing Farm's (#1)")]


def test_an_app_has_one_check_that_it_writes_anew(story):
    story.act_as_app()
    incident = story.incident("testing-farm")
    pull = story.pull()
    story.farm(pull)
    story.look()
    incident.close(by="jane")
    story.look()

    assert said(pull) == [("neutral", "Over: retry with /packit retest-failed")]
    story.farm(pull, "success")
    story.look()
    assert said(pull) == [("neutral", "No watched check fails any more")]


def test_an_app_s_gate_waits_while_a_check_runs_again(story):
    story.configure(gates="[packit/ogr]")
    story.act_as_app()
    story.incident("testing-farm")
    pull = story.pull()
    story.farm(pull)
    story.look(after=40)
    story.farm(pull, None)
    story.look()
    story.farm(pull, "success")
    story.look()

    assert said(pull, GATE) == [
        ("neutral", "Not your fault: it is Testing Farm's (#1)"),
        ("success", "The watched check passes"),
    ]


def test_a_maintenance_is_an_outage_as_long_as_it_goes_on(story):
    window = "scheduled_for: 2026-03-02 09:00\nscheduled_until: 2026-03-02 11:00"
    labels = ["maintenance", "component/testing-farm"]
    story.status.issue("New racks", f"<!-- ghstatus\n{window}\n-->\nThey move.", by="jane", labels=labels)
    pull = story.pull(story.status)
    story.farm(pull)

    story.look()
    assert said(pull) == [("neutral", "Not your fault: it is Testing Farm's (#1)")]
    assert "Maintenance: New racks" in text(pull)
    story.look(after=120)
    assert said(pull)[-1] == ("neutral", "Over: retry with /packit retest-failed")


def test_checks_that_packit_reports_as_statuses_are_explained_too(story):
    story.site.joinpath("ghstatus.yml").write_text(
        story.site.joinpath("ghstatus.yml").read_text().replace("[packit-copr]", "[packit-copr, packit-copr-status]")
    )
    story.incident("copr")
    pull = story.pull(story.status)
    title = "Submit of the build failed: Unable to connect to https://copr.fedorainfracloud.org/api_3/."
    pull.head.status("rpm-build:epel-9-x86_64", "failure", by="packit-as-a-service[bot]", description=title)

    story.look()
    assert said(pull) == [("neutral", "Not your fault: it is Copr's (#1)")]


def test_what_packit_tries_again_by_itself_gets_no_word(story):
    story.incident("copr")
    pull = story.pull(story.status)
    told = "Submit of the build failed due to a Copr error, the task will be retried in 2 minutes."
    story.copr(pull, title=told, backend=None)

    assert "1 retrying" in story.look().last
    assert said(pull) == []


def test_a_mirror_that_failed_once_excuses_no_compiler(story):
    story.incident("copr", body="<!-- ghstatus\nall_fail: true\n-->\nMirrors.")
    pull = story.pull(story.status)
    mirror = "[MIRROR] Status code: 503 for https://kojihub.stream.centos.org/kojifiles/repos/repodata/repomd.xml\n"
    story.copr(pull, live=f"{mirror}{COMPILER}", backend=REJECTED)

    assert "1 own" in story.look().last
    assert said(pull) == []


def test_half_of_the_logs_is_too_little_even_when_all_fails(story):
    story.incident("copr", body="<!-- ghstatus\nall_fail: true\n-->\nNothing builds.")
    pull = story.pull(story.status)
    story.copr(pull, backend="Backend process error: what nobody has seen before")
    folder = f"{RESULTS}/packit/packit-ogr-900/fedora-rawhide-x86_64/10158001-python-ogr"
    story.upstream.fail(f"{folder}/builder-live.log", 503)

    story.look()
    assert said(pull) == [("neutral", "Perhaps Copr's fault, perhaps yours: #1")]
    assert "Copr's log server answered 503." in text(pull)
    story.upstream.mend()
    story.look()
    assert said(pull)[-1] == ("neutral", "Not your fault: it is Copr's (#1)")
