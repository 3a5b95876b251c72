"""Whole outages from the alarm to the published post-mortem, lived through as five teams prescribe it."""

import re

import pytest

from tests.team.story import PEOPLE, REVIEWS, ROTA, inside, labels, postmortem, reactions
from tests.watched.story import HOSTS, said

pytest_plugins = ["tests.team.fixture"]


def names(team):
    """Those of the team whom anything that is published tells."""
    everything = team.published().casefold()
    return [name for name in (*PEOPLE, "meet.example.org") if name in everything]


def followed_up(learnt):
    """The tasks that a post-mortem leaves to do."""
    return [line for line in learnt.body.splitlines() if line.startswith("- [ ]")]


# Packit: somebody is on duty, users know what to do meanwhile, and pull requests aren't blamed

ALARM = """\
### What is broken?
Builds stay pending.

### Who is affected?
Everybody who builds in pull requests.

### What to do meanwhile?
Build with `mock` at home.
"""


def test_packit_tells_team_and_users_and_blames_no_pull_request(team):
    team.prepare(ROTA)
    pull = team.pull(team.status)
    team.copr(pull, backend=HOSTS)
    issue = team.declare("Copr builders are down", ALARM, by="joe")
    team.works()
    assert [user.login for user in issue.assignees] == ["joe"]
    assert team.facts(issue)["On duty"] == "@joe"
    assert issue.pinned_by is not None
    assert "https://status.example.org/incidents/2/" in team.document(issue)
    for words in ("Copr builders are down", "Everybody who builds in pull requests.", "Build with mock at home."):
        assert words in team.page()
    team.look()
    assert said(pull) == [("neutral", "Not your fault: it is Copr's (#2)")]

    asked = team.say(
        issue,
        "/detected 9:00 by monitoring",
        "/upstream https://copr.example.org/down",
        "/eta 12:00",
        "/announce team",
        "/announce chat",
        by="joe",
    )
    team.works()
    assert reactions(asked) == ["+1"]
    for_team, for_users = (one.body for one in team.comments(issue, "announcement"))
    assert "https://github.com/packit/status/issues/2" in for_team
    assert "issues/2" not in for_users
    for words in ("Everybody who builds", "Build with mock at home", "12:00 UTC", "https://copr.example.org/down"):
        assert words in for_users
    assert "https://copr.example.org/down" in team.about(issue).source

    done = team.say(issue, "/resolve The builders work again.", by="joe", minutes=60)
    team.works()
    assert reactions(done) == ["+1"]
    assert (issue.state, issue.state_reason, issue.pinned_by) == ("closed", "completed", None)
    assert "All systems" in team.page()
    assert "Copr builders are down" in team.page("history")
    team.look()
    assert said(pull)[-1] == ("neutral", "Over: retry with /packit rebuild-failed")
    assert team.terminal("announce", "2", "--channel", "chat").startswith(
        "[Example Status] Resolved: Copr builders are down."
    )


# openSUSE: roles, a state document that is true, and an end that waits for nothing


ROLES = ("Lead", "Communications", "Operations")


@pytest.fixture
def managed(team):
    """An incident that rita declared when hardly anything was known, and that jane, who reacted, manages."""
    issue = team.declare("Something is wrong with the website", on=("website",), by="rita")
    team.works()
    assert team.facts(issue)["State"] == "Investigating"
    assert "Something is wrong with the website" in team.page()
    team.works(10)
    (nobody,) = team.reminders(issue)
    assert nobody.startswith("Nobody leads this incident yet.")

    team.say(issue, "/lead", "/announce team", by="jane")
    team.works()
    assert team.reminders(issue) == []
    assert [team.facts(issue)[role] for role in ROLES] == ["@jane", "jane", "jane"]
    told = team.comment(issue, "announcement").body
    assert "Lead, communications and operations: jane." in told
    assert "https://github.com/packit/status/issues/1" in told
    return issue


def test_opensuse_declares_early_delegates_and_publishes_what_was_learnt(team, managed):
    team.say(managed, "/comms @rita", "/ops @joe", "/task Add a disk @joe", "/task Move the database", by="jane")
    team.say(managed, "/identified", "The disk is full.", by="rita")
    team.works()
    assert [team.facts(managed)[role] for role in ROLES] == ["@jane", "rita", "joe"]
    assert team.tasks(managed) == {f"Add a disk ({inside('joe')})": False, "Move the database": False}
    assert [what for _, what in team.happened(managed)] == [
        "It began",
        "Declared by rita",
        "Lead: jane",
        "Communications: rita",
        "Operations: joe",
        "Identified: The disk is full.",
    ]
    assert "The disk is full." in team.page()

    team.tick(managed, 1, by="joe")
    team.say(managed, "/resolve Builds run again.", by="jane")
    team.works()
    assert managed.state == "closed"
    assert team.tasks(managed) == {f"Add a disk ({inside('joe')})": True, "Move the database": False}
    team.terminal("postmortem", "1", by="rita")
    learnt = postmortem(team)
    assert followed_up(learnt) == ["- [ ] Move the database"]

    cause = "## Root cause\n\nNobody watched the disk, says @joe.\n"
    text = learnt.body.replace("## Root cause\n", cause).replace("database", "database (@joe, until 2026-03-20)")
    learnt.edit(text, by="rita").close(by="jane")
    team.works()
    assert "Nobody watched the disk, says a team member." in team.about(managed)
    team.after(days=20)
    team.works()
    assert "Move the database" in team.page("postmortems")
    left = team.terminal("postmortem", "--follow-ups")
    assert left.startswith("overdue: Move the database (@joe, until 2026-03-20)")
    assert names(team) == []


def test_opensuse_calls_a_false_alarm_off_with_the_reason(team):
    issue = team.declare("The website is down", by="joe", on=("website",), labels=("severity/critical",))
    team.works()
    assert "Website" in team.page()
    team.say(issue, "/false-alarm Only the monitoring was down.", by="joe", minutes=5)
    team.works()

    assert (issue.state, issue.state_reason, issue.pinned_by) == ("closed", "not_planned", None)
    assert team.facts(issue)["Called off"] == "Only the monitoring was down."
    about = team.about(issue)
    assert "A false alarm" in about
    assert "Only the monitoring was down." in about
    assert "100" in team.page("components/website")
    assert "1 false alarm" in team.page("metrics")
    again = team.say(issue, "/reopen It is down indeed.", by="joe", minutes=5)
    team.works()
    assert (issue.state, reactions(again)) == ("open", ["+1"])
    assert "It is down indeed." in team.page()


# Fedora: one line at a terminal


def test_fedora_sets_what_is_so_in_one_line(team):
    team.terminal("set", "major", "Builds stay pending.", "copr", "website")
    team.works()
    (issue,) = team.status.issues.values()
    assert "Builds stay pending." in team.page()
    assert {"severity/major", "component/copr", "component/website"} <= labels(issue)

    team.terminal("set", "good", "-", "website")
    team.works()
    states = {one["name"]: one["status"] for one in team.data("api/v2/components.json")["components"]}
    assert (states["Website"], states["Copr"]) == ("operational", "partial_outage")
    assert issue.state == "open"
    team.terminal("set", "good", "-", "-")
    team.works()
    assert issue.state == "closed"
    assert "Everything seems to be working." in team.about(issue)

    team.terminal("set", "scheduled", "New disks", "copr", "--from", "2026-03-03 08:00", "--until", "2h")
    team.terminal("set", "--general-info", "Flock begins on Monday.")
    team.works()
    _, planned, told = team.status.issues.values()
    assert all(words in team.page() for words in ("New disks", "Flock begins on Monday."))
    team.after(days=1)
    team.works()
    assert planned.pinned_by is not None
    assert "New disks In progress" in team.page("maintenance")
    team.works(120)
    assert planned.state == "closed"
    team.terminal("set", "--general-info", "")
    team.works()
    assert "Flock begins on Monday. Announcement" in team.page().text.partition("Past incidents")[2]
    assert (issue.state, told.state) == ("closed", "closed")


# REKKI: a call first, somebody who leads, work that is divided, and numbers to get better by


def test_rekki_calls_first_divides_the_work_and_measures(team):
    issue = team.declare("Is anything wrong?", labels=(), on=(), by="joe")
    team.say(issue, "/call https://meet.example.org/now", "/started 8:50", "/detected 8:58 by users", by="joe")
    team.works()
    assert "https://meet.example.org/now" in team.facts(issue)["Call"]

    team.say(
        issue,
        "/lead @jane",
        "/component +copr",
        "/severity critical",
        "/task Find the surface of the bleeding @joe",
        "/task Roll back everything near it @jane",
        "/task Ask which users are hit @rita",
        by="joe",
    )
    team.works()
    assert len(team.tasks(issue)) == 3
    assert list(team.page().text.split()).count("meet.example.org") == 0
    team.tick(issue, 2)
    team.say(issue, "/done 1", "/done 3", "/affects About 40 builds.", by="rita")
    team.say(issue, "/monitoring", "We rolled back the last release.")
    team.works()
    assert set(team.tasks(issue).values()) == {True}
    assert "We rolled back the last release." in team.page()
    assert "About 40 builds." in team.page()

    team.say(issue, "/resolve The release is gone; a test forbids such ones.", minutes=20)
    team.works()
    team.terminal("postmortem", "1", by="rita")
    learnt = postmortem(team).body
    assert "users told us" in learnt
    assert "Who was affected: About 40 builds." in learnt
    steps = re.findall(r"^\| ([\w ]+) \| \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? UTC \| (.*) \|$", learnt, re.MULTILINE)
    assert steps == [
        ("It began", ""),
        ("Noticed", "8 min"),
        ("Declared", "2 min"),
        ("The team met in a call", "1 min"),
        ("Somebody took the lead", "2 min"),
        ("First update for users", "under a minute"),
        ("Tasks were handed out", "under a minute"),
        ("Over", "25 min"),
    ]
    assert "The release is gone; a test forbids such ones." in learnt.partition("## What fixed it")[2]
    took = team.data("metrics.json")["total"]["took"]
    assert {step: took[step]["median"] // 60 for step in took} == {
        "detect": 8,
        "declare": 10,
        "acknowledge": 13,
        "update": 13,
        "resolve": 38,
    }
    assert names(team) == []


# GitLab: a point person, a minor one that becomes major, names that stay inside, a review before publishing


@pytest.fixture
def major(team):
    """A minor incident that turns out to be a major one; its post-mortem is called `outage`."""
    team.prepare(ROTA + REVIEWS + "labels: {postmortem: outage}\n")
    issue = team.declare("Copr is slow", labels=("severity/minor",), by="jane")
    team.say(issue, "/lead me", "/comms @rita", "/component +copr=partial_outage")
    team.works(30)
    assert team.reminders(issue) == []
    team.say(issue, "/eta in 3h", by="jane")
    team.works()
    (hint,) = team.reminders(issue)
    assert hint.startswith("@jane: this incident lasts, or is expected to last, longer than a minor one")
    return issue


def test_gitlab_has_a_war_room_words_for_each_department_and_reminders(team, major):
    wanted = ("engineering", "marketing", "relations")
    words = [f"/announce team-{one}" for one in wanted]
    team.say(major, "/severity major", "/call https://meet.example.org/war", *words, "@joe found a queue, says rita.")
    team.works()
    assert team.reminders(major) == []
    told = [one.body for one in team.comments(major, "announcement")]
    assert [f"For `team-{one}`" in text for one, text in zip(wanted, told, strict=True)] == [True] * 3
    assert all("https://github.com/packit/status/issues/1" in text for text in told)
    assert "a team member found a queue, says a team member." in team.about(major)

    team.works(65)
    (silence,) = team.reminders(major)
    assert "users last heard at" in silence
    team.say(major, "/snooze 2h")
    team.works(80)
    assert team.reminders(major) == []
    team.works(50)
    assert len(team.reminders(major)) == 1
    team.say(major, "/eta 6h", "Still the queue.")
    team.works()
    assert team.reminders(major) == []
    assert names(team) == []


def test_gitlab_publishes_what_was_reviewed_without_names(team, major):
    team.say(major, "/resolve The queue is empty again.", "/postmortem")
    team.works()
    assert (major.state, team.reminders(major)) == ("closed", [])
    (learnt,) = [one for one in team.status.issues.values() if "outage" in labels(one)]
    cause = "## Root cause\n\nWe, and @joe, never drained the queue.\n"
    learnt.edit(learnt.body.replace("## Root cause\n", cause), by="joe").close(by="jane")
    team.works()
    assert "never drained" not in team.published()
    learnt.comment("/approve", by="jane")
    team.works()
    assert "never drained" not in team.published()

    learnt.comment("It reads well.\n\n/approve", by="rita")
    team.works()
    assert "We, and a team member, never drained the queue." in team.about(major)
    assert names(team) == []


def test_a_maintenance_that_says_no_start_waits_until_somebody_says_so(team):
    issue = team.status.issue("We upgrade", "Soon.", by="jane", labels=["maintenance", "component/copr"])
    team.works(5)
    assert "In progress" not in team.page("maintenance")
    assert "Unknown" in team.page("components/copr")
    assert "nothing says when the maintenance starts" in team.comment(issue, "problems").body

    team.say(issue, "/start")
    team.works()
    assert "We upgrade In progress" in team.page("maintenance")
    assert team.comments(issue, "problems") == []
    team.say(issue, "/complete")
    team.works()
    assert issue.state == "closed"
