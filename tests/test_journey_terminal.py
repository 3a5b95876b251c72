"""At a person's terminal all is known that the workflow wrote down, and nothing that others made it write."""

import pytest

from tests.team.story import postmortem

pytest_plugins = ["tests.team.fixture"]

DATABASE = """\
maintenance:
- id: database
  title: Update of the database
  repeat: FREQ=WEEKLY;BYDAY=TU
  start: 2026-03-03 14:00
  duration: 2h
  announce: 1d
  components: [copr]
"""
WORKFLOW = "github-actions[bot]"
EVIL = "Buy pills"


@pytest.fixture
def planned(team):
    """What the workflow has written down, and the team with it."""
    team.prepare(DATABASE)
    team.after(days=1)
    team.works()
    (issue,) = team.status.issues.values()
    assert issue.author.login == WORKFLOW
    return team, issue


def built(team):
    """The page that somebody builds by hand, and what is on it of each incident."""
    team.terminal("build", "--out", team.out)
    return team.page().text


def test_a_maintenance_that_comes_again_is_called_off_there(planned):
    team, issue = planned
    assert "Update of the database" in team.terminal("incident", "list")
    assert "Update of the database" in built(team)
    assert "open an issue" not in team.terminal("plan")
    assert len(team.status.issues) == 1

    team.terminal("incident", "cancel", str(issue.number), "Not this week.")
    team.works()
    assert issue.state == "closed"
    assert "Not this week." in team.about(issue)
    built(team)
    assert "Not this week." in team.about(issue)


def test_a_post_mortem_that_the_workflow_began_is_found_there(team):
    issue = team.declare("Copr is down")
    team.say(issue, "/task Watch the disks @joe")
    team.say(issue, "/resolve It runs again.", "/postmortem")
    team.works()
    learnt = postmortem(team)
    assert learnt.author.login == WORKFLOW
    assert team.terminal("postmortem", "1").strip().endswith(f"/issues/{learnt.number}")
    assert team.terminal("postmortem", "--follow-ups").startswith("open: Watch the disks (@joe)")

    learnt.edit(learnt.body.replace("Watch the disks", "Buy disks"), by="joe").close(by="jane")
    team.works()
    assert team.terminal("postmortem", "--follow-ups").startswith("open: Buy disks (@joe)")
    for _ in range(2):  # the second time the incident isn't read again
        built(team)
        assert "Buy disks" in team.page("postmortems")


def test_whoever_makes_another_workflow_open_issues_is_not_heard_there(planned):
    team, issue = planned
    incident = team.declare("Copr is slow")
    marked = f"<!-- ghstatus:postmortem {incident.number} -->\n{EVIL}\n\n- [ ] {EVIL}\n"
    team.status.issue(EVIL, EVIL, by=WORKFLOW, labels=["incident", "severity/critical"])
    team.status.issue(EVIL, issue.body.replace("database/", "pills/"), by=WORKFLOW, labels=["maintenance"])
    team.terminal("incident", "cancel", str(issue.number), "Not this week.")
    team.status.issue(EVIL, f"{EVIL}\n\n{issue.body}", by=WORKFLOW, labels=["maintenance", "component/website"])
    team.status.issue(EVIL, marked, by=WORKFLOW, labels=["postmortem"])
    incident.comment(
        f"**Resolved**\n{EVIL}\n\n<!-- ghstatus update\nat: 2026-03-03 12:00 UTC\nphase: resolved\n-->", by=WORKFLOW
    )

    team.works()
    assert EVIL in team.published()  # it shares its account with them
    built(team)
    assert EVIL not in team.published()
    assert "Copr is slow" in team.page()
    assert "Update of the database" not in team.page().text.partition("Past incidents")[0]
    assert EVIL not in team.terminal("incident", "list")
    assert EVIL not in team.terminal("postmortem", "--follow-ups")
