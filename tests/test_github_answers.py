"""Commands on GitHub, answered: each once, however often a run is repeated."""

from datetime import timedelta
from functools import partial

import pytest

from ghstatus import flow
from ghstatus.actions import React, RemoveNote, WriteNote
from ghstatus.flow.announcing import announced
from ghstatus.grammar import notes
from ghstatus.model import Rota
from tests.builders import NOW, component, site
from tests.github.direct import direct
from tests.github.page import Page

ROTA = Rota(people=("joe", "jane"), start=NOW - timedelta(days=1))
SITE = site(
    component("copr", name="Copr"),
    component("tf", name="Testing Farm"),
    title="Packit",
    base_url="https://status.packit.dev/",
    rota=ROTA,
)


class Team:
    """A page, an outage, and those who see to it."""

    def __init__(self, github, folder):
        github.clock.set(NOW)
        self.github = github
        self.repository = github.repository("packit/status")
        for login in ("jane", "joe"):
            self.repository.grant(login, "write")
        self.page = Page(github, SITE, folder)
        self.issue = self.repository.issue(
            "Copr is down", "Builds stay pending.", by="jane", labels=["incident", "severity/minor", "component/copr"]
        )

    def say(self, text, by="jane", minutes=1):
        self.github.clock.advance(minutes=minutes)
        return self.issue.comment(text, by=by)

    def another(self, label):
        """Issue 2, over by now."""
        self.repository.issue("Koji is down", by="jane", labels=[label, "component/copr"]).close(by="jane")

    def run(self):
        """One run, and that it was enough: ten more have nothing to do, and ask once each."""
        planned, applied = self.page.apply()
        assert planned.refusal == ""
        assert (applied.failed, applied.left) == ((), ())
        self.repeat()
        return planned.plan

    def repeat(self, times=10):
        assert self.page.apply()[0].plan == ()  # it may ask more than once, because a label is new
        before = self.github.counts.copy()
        for _ in range(times):
            planned, _ = self.page.apply()
            assert planned.plan == ()
        assert (self.github.counts - before).total() == times, "each looked once, and wrote nothing"

    def reactions(self, comment):
        return sorted(reaction.content for reaction in comment.reactions)

    def notes(self, topic):
        return [one.body for one in self.issue.comments if one.body.startswith(f"<!-- ghstatus:{topic}")]

    def incident(self):
        (found,) = self.page.observe().incidents
        return found

    @property
    def state(self):
        (text,) = self.notes("welcome")
        return text


@pytest.fixture
def github():
    with direct() as made:
        yield made


@pytest.fixture
def team(github, tmp_path):
    made = Team(github, tmp_path)
    made.run()
    return made


def test_an_outage_by_commands_from_alarm_to_end(team):
    assert [user.login for user in team.issue.assignees] == ["joe"]
    assert "| On duty | @joe |" in team.state

    took = team.say("/lead me\n/call https://meet.example.org/war\n/task Roll back @joe\n/severity major")
    team.run()
    assert team.reactions(took) == ["+1"]
    assert "| Lead | @jane |" in team.state
    assert "- [ ] 1. Roll back (@&#8203;joe)" in team.state
    assert "| Severity | major |" in team.state

    known = team.say("/identified\nA disk is full.\n\n/eta 2h", by="joe")
    team.run()
    assert team.reactions(known) == ["+1"]
    assert "| State | Identified |" in team.state
    assert "Identified: A disk is full." in team.state

    over = team.say("/done 1\n/resolve The disk was replaced.")
    team.run()
    assert (team.issue.state, team.issue.state_reason) == ("closed", "completed")
    assert team.reactions(over) == ["+1"]
    assert "| State | Resolved |" in team.state
    assert "- [x] 1. Roll back (@&#8203;joe), done 2026-03-02 12:0" in team.state
    assert len(team.notes("welcome")) == 1


@pytest.mark.parametrize(
    ("command", "reason"),
    [("/false-alarm It was my cable.", "not_planned"), ("/duplicate #2", "duplicate"), ("/resolve", "completed")],
)
def test_what_is_called_off_is_closed_and_reopened_by_command(team, command, reason):
    team.another("incident")
    team.say(command)
    team.run()
    assert (team.issue.state, team.issue.state_reason) == ("closed", reason)

    again = team.say("/reopen It is back.", minutes=5)
    team.run()
    assert team.issue.state == "open"
    assert team.reactions(again) == ["+1"]
    assert "| State | Investigating |" in team.state


@pytest.mark.parametrize("other", ["2", "77"], ids=["a question", "nothing"])
def test_a_mistyped_number_calls_nothing_off(team, other):
    team.another("question")
    slip = team.say(f"/duplicate #{other}")
    team.run()

    assert team.issue.state == "open"
    assert team.reactions(slip) == ["confused"]
    assert "there is no incident" in team.notes("problems")[0]


def test_a_person_s_later_decision_stands(team):
    team.say("/resolve")
    team.run()
    team.github.clock.advance(minutes=1)
    team.issue.reopen(by="joe")
    team.run()
    assert team.issue.state == "open"

    team.say("/reopen")
    team.github.clock.advance(minutes=1)
    team.issue.close(by="joe")
    team.run()
    assert team.issue.state == "closed"


def test_strangers_are_not_answered(team):
    said = team.say("/lead me\n/resolve\n/help\n/sverity major", by="mallory")
    plan = team.run()

    assert team.reactions(said) == []
    assert not [action for action in plan if isinstance(action, React | WriteNote | RemoveNote)]
    assert team.issue.state == "open"
    assert len(team.page.observe().ignored) == 1


def test_a_mistake_is_named_until_it_is_mended(team):
    said = team.say("/lead me\n/sevrity major")
    team.run()
    assert team.reactions(said) == ["confused"]
    (told,) = team.notes("problems")
    assert "severity" in told

    team.github.clock.advance(minutes=1)
    said.edit("/lead me\n/severity major", by="jane")
    team.run()
    assert team.reactions(said) == ["+1"]
    assert team.notes("problems") == []


def test_of_two_in_the_same_minute_the_later_wins_once(team):
    first = team.say("/lead me\n/severity major", by="jane")
    second = team.say("/lead me\n/severity critical", by="joe", minutes=0)
    team.run()

    assert team.reactions(first) == team.reactions(second) == ["+1"]
    assert "| Lead | @joe |" in team.state
    assert "| Severity | critical |" in team.state


def test_an_edited_away_command_is_as_if_it_had_not_been(team):
    said = team.say("/lead me")
    team.run()
    team.github.clock.advance(minutes=1)
    said.edit("Never mind.", by="jane")
    team.run()

    assert team.reactions(said) == []
    assert "@jane" not in team.state


def test_a_tick_counts_and_keeps_its_time(team):
    team.say("/task Roll back\n/task Ask Copr")
    team.run()
    team.github.clock.advance(minutes=2)
    document = next(one for one in team.issue.comments if one.body.startswith("<!-- ghstatus:welcome"))
    document.edit(document.body.replace("- [ ] 2.", "- [x] 2."), by="joe")
    team.run()

    todo, done = team.incident().response.tasks
    assert (todo.done_at, done.done_at and f"{done.done_at:%H:%M}") == (None, "12:03")
    assert "- [x] 2. Ask Copr, done 2026-03-02 12:03 UTC" in team.state
    team.say("/lead me")
    team.run()
    assert "- [x] 2. Ask Copr, done 2026-03-02 12:03 UTC" in team.state


def test_help_is_one_reply_which_stays_deleted(team):
    asked = team.say("/help")
    team.run()
    (reply,) = team.notes("help")
    assert reply.startswith(notes.write("help", "", str(asked.id)).strip())

    next(one for one in team.issue.comments if one.body == reply).delete(by="jane")
    team.say("Thanks!")
    team.run()
    assert team.notes("help") == []


def test_the_team_is_reminded_once_and_the_reminder_goes(team):
    team.github.clock.advance(minutes=10)
    team.run()
    (lead,) = team.notes("reminder")
    assert "@joe: nobody leads this incident yet." in lead

    team.say("/lead me\n/severity critical")
    team.run()
    assert team.notes("reminder") == []
    team.github.clock.advance(minutes=29)
    team.run()
    assert team.notes("reminder") == []
    team.github.clock.advance(minutes=1)
    team.run()
    (update,) = team.notes("reminder")
    assert "@jane: users last heard at 2026-03-02 12:11 UTC" in update

    team.say("/snooze 2h")
    team.run()
    assert team.notes("reminder") == []
    team.github.clock.advance(hours=2)
    team.run()
    assert len(team.notes("reminder")) == 1


def test_a_document_that_somebody_deleted_stays_away(team):
    next(one for one in team.issue.comments if one.body.startswith("<!-- ghstatus:welcome")).delete(by="jane")
    team.say("/lead me")
    team.run()

    assert team.notes("welcome") == []


def test_what_was_closed_before_is_left_as_it_is(team):
    old = team.repository.issue("Old", by="jane", labels=["incident", "severity/minor", "component/copr"])
    old.comment(
        notes.write("welcome", "This incident is on the status page."), by=team.github.world.app("github-actions")
    )
    old.close(by="jane")
    team.github.clock.advance(days=2)
    team.run()

    assert [one.body for one in old.comments] == [notes.write("welcome", "This incident is on the status page.")]


def test_a_text_to_post_is_one_reply_in_the_words_of_the_site(team):
    both = team.say("/announce mail\n/announce fax")
    page, noted = team.page, flow.Notes(team.page.folder / "plan.json", "")
    said = partial(announced, page.folder, page.site, page.now)
    with page.client() as client:
        store = page.store(flow.recall(noted, page.now), client=client)
        flow.apply(flow.plan(store, page.site, page.now, noted, said).plan, store)

    mail, fax = team.notes("announcement")
    assert "Subject: [Packit] Investigating: Copr is down" in mail
    assert "there is no channel" in fax.lower()
    assert team.reactions(both) == ["confused"]
