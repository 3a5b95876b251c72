"""Commands during an outage: people contradict each other, change their minds or aren't allowed to, and runs break off."""

import json
from datetime import timedelta

import pytest

from ghstatus.stores.github.store import GitHubStore
from tests.github.direct import Killed
from tests.team.story import REVIEWS, ROTA, labels, postmortem, reactions

pytest_plugins = ["tests.team.fixture"]

EVERYTHING = [
    "/lead me",
    "/severity critical",
    "/false-alarm No.",
    "/resolve",
    "/postmortem",
    "/help",
    "/announce post",
]


@pytest.fixture
def issue(team):
    """An outage of Copr that jane has declared."""
    team.prepare(ROTA)
    found = team.declare("Copr is down")
    team.works()
    return found


# Strangers


def test_strangers_command_nothing_and_are_counted(team, issue):
    before = team.document(issue)
    said = [team.say(issue, *EVERYTHING, by=login) for login in ("mallory", "trudy")]
    done = team.works()

    assert done.wrote == 0
    assert "2 texts by people who may not publish left out" in done.err
    assert [reactions(one) for one in said] == [[], []]
    assert (issue.state, team.document(issue), len(issue.comments)) == ("open", before, 3)
    assert "mallory" not in team.published()
    told = json.loads(team.run("apply", "--json").out)
    assert [("@mallory" in one, "@trudy" in one) for one in told["ignored"]] == [(True, False), (False, True)]


def test_a_stranger_approves_and_ticks_nothing(team, issue):
    team.prepare(ROTA + REVIEWS)
    team.say(issue, "/task Add a disk", "/resolve", "/postmortem")
    team.works()
    learnt = postmortem(team)
    learnt.edit(f"{learnt.body}\n\n## Why\n\nNobody looked.\n", by="jane").close(by="jane")
    team.after(minutes=1)
    learnt.comment("/approve", by="mallory")
    learnt.comment("/approve\n\nsays rita", by="jane")
    learnt.comment("> /approve", by="rita")
    team.works()

    assert "Nobody looked." not in team.published()


def test_a_command_that_is_shown_is_not_given(team, issue):
    shown = [
        "Say this:",
        "",
        "```",
        "/resolve",
        "```",
        "",
        "> /lead me",
        "",
        "or `/severity critical`, or",
        "",
        "    /ops me",
    ]
    said = team.say(issue, *shown)
    team.works()

    assert (issue.state, reactions(said)) == ("open", [])
    assert not {"Lead", "Operations"} & team.facts(issue).keys()
    assert team.facts(issue)["Severity"] == "major"


# Two at once


def test_of_two_in_one_minute_the_later_counts_and_both_are_told(team, issue):
    over = team.say(issue, "/lead me", "/eta 12:00", "/resolve It is over.", by="jane")
    goes_on = team.say(issue, "/lead me", "/eta 14:00", "/investigating No, it isn't.", by="joe", minutes=0)
    team.works()

    assert (issue.state, reactions(over), reactions(goes_on)) == ("open", ["+1"], ["+1"])
    facts = team.facts(issue)
    assert (facts["Lead"], facts["State"], facts["Fix expected"]) == ("@joe", "Investigating", "2026-03-02 14:00 UTC")
    happened = [what for _, what in team.happened(issue)]
    assert happened[-2:] == ["Resolved: It is over.", "Investigating: No, it isn't."]
    assert [what for what in happened if what.startswith("Lead")] == ["Lead: jane", "Lead: joe"]
    assert "phase/investigating" in labels(issue)
    assert "No, it isn't." in team.page()


def test_who_closes_the_issue_while_another_comments_ends_it(team, issue):
    team.say(issue, "/monitoring It looks better.", by="joe")
    issue.close(by="jane")
    team.works()

    assert team.facts(issue)["State"] == "Resolved"
    assert "All systems operational" in team.page()


def test_two_terminals_say_it_once(team, issue):
    for login in ("jane", "joe", "joe"):
        team.terminal("incident", "lead", "1", "@joe", by=login)
    team.terminal("incident", "resolve", "1", "The disk was replaced.", by="jane")
    team.works()

    assert [one.body for one in issue.comments if one.body == "/lead @joe"] == ["/lead @joe"]
    assert team.facts(issue)["Lead"] == "@joe"
    assert team.about(issue).text.count("The disk was replaced.") == 1


# Second thoughts


def test_an_edited_command_means_what_it_says_now(team, issue):
    said = team.say(issue, "/resolve The disk was replaced.")
    team.works()
    assert issue.state == "closed"
    team.after(minutes=5)
    said.edit("/monitoring It looks better.", by="jane")
    team.works()

    assert (issue.state, reactions(said)) == ("open", ["+1"])
    assert [what for _, what in team.happened(issue)][2:] == ["Monitoring: It looks better."]
    assert "It looks better." in team.page()
    assert "The disk was replaced." not in team.published()
    assert team.comments(issue, "problems") == []


def test_a_deleted_command_was_never_given(team, issue):
    said = team.say(issue, "/false-alarm My cable.", "/lead @joe", "/help")
    team.works()
    assert (issue.state, len(team.comments(issue, "help"))) == ("closed", 1)
    team.after(minutes=5)
    said.delete(by="jane")
    team.works()

    assert (issue.state, "Lead" in team.facts(issue)) == ("open", False)
    assert team.comments(issue, "help") == []
    assert "My cable." not in team.published()


def test_a_mistake_is_named_where_it_was_made(team, issue):
    said = team.say(issue, "/sevrity critical", "/lead me", "/component +kopr")
    team.works()
    assert reactions(said) == ["confused"]
    told = team.comment(issue, "problems").body
    assert "severity" in told
    assert "copr" in told
    assert team.facts(issue)["Lead"] == "@jane"

    team.after(minutes=1)
    said.edit("/severity critical\n/lead me\n/component +website", by="jane")
    team.works()
    assert (reactions(said), team.comments(issue, "problems")) == (["+1"], [])
    assert "Major outage of Website and Copr" in team.page()


# Runs that break off, and runs that are repeated

RICH = ["/lead me", "/task Add a disk @joe", "/help", "/announce post", "/severity critical", "/identified A disk."]


def told(team, issue):
    """All that a run had to do for it, in short."""
    notes = {topic: len(team.comments(issue, topic)) for topic in ("welcome", "help", "announcement", "problems")}
    people = [user.login for user in issue.assignees]
    learnt = [one.title for one in team.status.issues.values() if "postmortem" in labels(one)]
    return notes, people, labels(issue), issue.state, issue.pinned_by is not None, learnt


def broken_off(team, when):
    """Runs that are killed after one change each, until one has nothing more to change; how many there were."""
    for count in range(50):
        rule = team.github.fail(lambda one: one.writes, with_="kill", when=when, skip=int(when == "before"))
        try:
            team.works(minutes=0)
        except Killed:
            continue
        rule.left = 0
        return count
    raise AssertionError("it never ends")


@pytest.mark.parametrize("when", ["before", "after"])
def test_runs_that_are_killed_at_each_change_come_to_the_same(team, when):
    team.prepare(ROTA)
    issue = team.declare("Copr is down")
    said = team.say(issue, *RICH, "/postmortem")
    assert broken_off(team, when) >= 8

    everything = {"incident", "severity/critical", "component/copr", "phase/identified"}
    notes = {"welcome": 1, "help": 1, "announcement": 1, "problems": 0}
    learnt = ["Post-mortem: Copr is down"]
    assert told(team, issue) == (notes, ["joe"], everything, "open", True, learnt)
    assert reactions(said) == ["+1"]

    team.say(issue, "/done 1", "/resolve")
    assert broken_off(team, when) >= 3
    closed = everything - {"phase/identified"}
    assert told(team, issue) == (notes, ["joe"], closed, "closed", False, learnt)


def test_however_often_a_run_is_repeated_it_asks_once_and_writes_nothing(team, issue):
    for step in (RICH, ["/sevrity minor"], ["/resolve", "/postmortem"], ["/reopen It is back."]):
        team.say(issue, *step)
        team.works()
        team.rests()
    issue.close(by="jane")
    team.works(24 * 60)
    team.works()
    before = team.github.counts.copy()
    for _ in range(10):
        team.rests()
    assert (team.github.counts - before).total() == 10


def test_two_runs_at_the_same_time_leave_nothing_twice(team, monkeypatch):
    team.prepare(ROTA)
    issue = team.declare("Copr is down")
    said = team.say(issue, *RICH, "/postmortem")
    observe, others = GitHubStore.observe, iter(["another run"])

    def late(store, now):
        """What is seen is acted upon only after another run has come to its end."""
        seen = observe(store, now)
        if next(others, None):
            assert team.run("apply").wrote > 5
        return seen

    monkeypatch.setattr(GitHubStore, "observe", late)
    team.works()
    team.works()

    notes, people, *_, learnt = told(team, issue)
    assert notes == {"welcome": 1, "help": 1, "announcement": 1, "problems": 0}
    assert (people, reactions(said), learnt) == (["joe"], ["+1"], ["Post-mortem: Copr is down"])


# What is over goes on

GREEN = "All systems operational"
PHASES = {"phase/investigating", "phase/identified", "phase/monitoring"}


@pytest.mark.parametrize(
    "ending", ["/ended 2m ago", "/resolve It works.", "/false-alarm It was nothing.", "/duplicate #1"]
)
@pytest.mark.parametrize("again", ["/identified Still broken.", "Identified: still broken.", "/reopen Still broken."])
def test_who_says_that_it_goes_on_is_heard_and_the_issue_is_open_again(team, issue, ending, again):
    issue = team.declare("Builds fail", on=("website",))
    team.works()
    ended = team.say(issue, ending, minutes=5)
    team.works()
    assert (issue.state, reactions(ended)) == ("closed", ["+1"])
    assert "Website" not in team.page().text.partition("Components")[0]

    said = team.say(issue, again, by="joe", minutes=5)
    team.works()
    assert (issue.state, reactions(said)) == ("open", ["+1"] if again.startswith("/") else [])
    assert "Website" in team.page().text.partition("Components")[0]
    assert (len(labels(issue) & PHASES), team.comments(issue, "problems")) == (1, [])
    team.works(24 * 60)
    assert team.reminders(issue)
    for _ in range(10):
        team.rests()

    said.delete(by="joe")
    team.works()
    assert (issue.state, "Website" in team.page().text.partition("Components")[0]) == ("closed", False)


def test_who_says_it_while_a_run_closes_the_issue_is_heard(team, issue, monkeypatch):
    team.say(issue, "/resolve")
    observe, others = GitHubStore.observe, iter(["a comment"])

    def late(store, now):
        seen = observe(store, now)
        if next(others, None):
            team.say(issue, "/identified No, it isn't over.", by="joe", minutes=0)
        return seen

    monkeypatch.setattr(GitHubStore, "observe", late)
    team.works()
    team.works()

    assert (issue.state, team.facts(issue)["State"]) == ("open", "Identified")
    assert team.comments(issue, "problems") == []


def test_what_is_said_to_end_later_is_refused(team, issue):
    said = team.say(issue, "/ended in 2h")
    team.works()
    assert reactions(said) == ["confused"]
    assert "is still to come" in team.comment(issue, "problems").body
    team.works(180)
    assert (issue.state, GREEN in team.page()) == ("open", False)


def test_a_comment_that_ends_it_and_lets_it_go_on_leaves_it_open(team, issue):
    said = team.say(issue, "/resolve", "/reopen Still broken.")
    team.works()

    assert (issue.state, reactions(said), GREEN in team.page()) == ("open", ["+1"], False)


@pytest.mark.parametrize(("first", "again"), [("/cancel", "/scheduled"), ("/complete", "/start"), ("", "/extend 3h")])
def test_a_maintenance_that_goes_on_is_open_again(team, first, again):
    text = "### Start of the maintenance\n2026-03-02 {}\n\n### End of the maintenance\n2026-03-02 {}"
    now = team.github.clock.now()
    window = (f"{now + timedelta(minutes=minutes):%H:%M}" for minutes in ((1, 20) if first != "/cancel" else (60, 90)))
    planned = team.status.issue("Upgrade", text.format(*window), by="jane", labels=["maintenance", "component/copr"])
    team.works(5)
    if first:
        team.say(planned, first)
        team.works()
    else:
        team.works(30)
    assert planned.state == "closed"
    said = team.say(planned, again, by="joe")
    team.works()

    assert (planned.state, reactions(said), team.comments(planned, "problems")) == ("open", ["+1"], [])
    assert "Upgrade" in team.page()


def test_of_two_who_call_each_others_incident_a_duplicate_the_later_is_refused(team, issue):
    other = team.declare("Builds fail", on=("website",))
    team.works()
    first = team.say(issue, f"/duplicate #{other.number}", by="jane")
    second = team.say(other, f"/duplicate #{issue.number}", by="joe")
    team.works()

    assert (issue.state, other.state, reactions(first), reactions(second)) == ("closed", "open", ["+1"], ["confused"])
    assert "is itself called a duplicate" in team.comment(other, "problems").body
    assert "Website" in team.page().text.partition("Components")[0]

    second.delete(by="joe")
    team.works()
    assert (other.state, team.comments(other, "problems")) == ("open", [])


def test_who_makes_a_circle_later_opens_what_was_closed(team, issue):
    other = team.declare("Builds fail", on=("website",))
    team.works()
    team.say(issue, f"/duplicate #{other.number}", by="jane")
    team.works()
    second = team.say(other, f"/duplicate #{issue.number}", by="joe")
    team.works()
    assert (issue.state, other.state) == ("closed", "open")

    again = team.say(issue, "/reopen It is another.", by="jane")
    team.works()
    assert (issue.state, other.state, reactions(second)) == ("open", "closed", ["+1"])
    again.delete(by="jane")
    team.works()
    assert (issue.state, other.state, reactions(second)) == ("closed", "open", ["confused"])
    team.say(issue, "/reopen It is another.", by="jane")
    team.works()
    team.say(issue, f"/duplicate #{other.number}", by="jane")
    team.works()
    assert (issue.state, other.state) == ("open", "closed")
    for _ in range(10):
        team.rests()


@pytest.mark.parametrize(("said", "meant"), [("/close", "/resolve"), ("/dup #1", "/duplicate"), ("/ack", "/lead")])
def test_who_uses_another_programs_word_is_told_ours(team, issue, said, meant):
    typed = team.say(issue, said)
    team.works()

    assert (issue.state, reactions(typed)) == ("open", ["confused"])
    assert meant in team.comment(issue, "problems").body


def test_what_is_over_hits_nothing_more(team, issue):
    team.say(issue, "/resolve")
    team.works()
    said = team.say(issue, "/component +website")
    team.works()

    assert (reactions(said), "Website hit" in team.document(issue)) == (["confused"], False)
    assert "it is over" in team.comment(issue, "problems").body
    assert GREEN in team.page()
