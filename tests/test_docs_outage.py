"""docs/outage.md holds: its outage is played comment by comment, and it names every command and every reminder."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from ghstatus.grammar import verbs
from ghstatus.model import Reminders, Severity
from tests.builders import at
from tests.team.story import ROTA, inside, labels, postmortem, reactions
from tests.test_docs import a_page

pytest_plugins = ["tests.team.fixture"]

TEXT = (Path(__file__).parent.parent / "docs" / "outage.md").read_text(encoding="utf-8")
STEPS = {name: text for name, text in a_page("outage.md") if name}
SPANS = {"minutes": "minutes", "hour": "hours", "day": "days", "days": "days"}


def table(heading):
    """The rows below a table's head, as cells."""
    rows = TEXT.partition(f"\n| {heading} |")[2].partition("\n\n")[0].split("\n")[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.fixture
def night(team):
    """Says what the page says at its time, and has the workflow run."""
    team.prepare(ROTA)

    def said(name, issue):
        clock, by, *_ = name.split("/")
        team.github.clock.set(at(f"2026-03-02 {clock.replace('.', ':')}"))
        comment = issue.comment(STEPS[name].rstrip("\n"), by=by)
        team.works(minutes=0)
        assert reactions(comment) == ["+1"], name
        return comment

    team.github.clock.set(at("2026-03-02 20:00"))
    return said


def test_the_outage_goes_as_it_is_told(team, night):
    issue = team.declare("Copr builds don't start")
    team.works(minutes=0)
    assert (issue.pinned_by is not None, [one.login for one in issue.assignees]) == (True, ["joe"])

    night("20.02/jane", issue)
    night("20.05/jane", issue)
    facts = team.facts(issue)
    assert (facts["Lead"], facts["Communications"], facts["Operations"]) == ("@jane", "rita", "joe")
    assert team.tasks(issue) == {
        f"Roll back what changed today ({inside('joe')})": False,
        f"Find out which builds are hit ({inside('rita')})": False,
    }

    night("20.10/rita", issue)
    for words in ("Builds stay pending. Those that run go on.", "Everybody who builds in pull requests.", "22:00 UTC"):
        assert words in team.page()
    night("20.20/joe", issue)
    assert "Major outage of Copr" in team.page()
    night("20.40/joe", issue)
    assert list(team.tasks(issue).values()) == [True, False]
    assert team.facts(issue)["Next update due"] == "2026-03-02 21:10 UTC"
    night("21.40/rita", issue)
    night("22.00/jane", issue)
    assert issue.state == "closed"
    assert "All systems operational" in team.page()
    assert "- [ ] Find out which builds are hit (@rita)" in postmortem(team).body
    channels = [re.findall("For `([a-z]+)`", one.body) for one in team.comments(issue, "announcement")]
    assert channels == [["team"], ["post"], ["mail"], ["post"]]


def test_the_page_of_that_outage_names_nobody(team, night):
    issue = team.declare("Copr builds don't start")
    for name in (name for name in STEPS if name.count("/") == 1):
        night(name, issue)

    assert not [one for one in ("jane", "joe", "rita", "meet.example.org", "Roll back") if one in team.published()]


def test_the_false_alarm_goes_as_it_is_told(team, night):
    issue = team.declare("Copr builds don't start")
    night("20.07/jane/nothing", issue)

    assert (issue.state, issue.state_reason) == ("closed", "not_planned")
    assert "The monitoring was down, and nothing else." in team.about(issue)
    assert "1 false alarm" in team.page("metrics")


def test_the_maintenance_goes_as_it_is_told(team, night):
    window = "### Start of the maintenance\n\n2026-03-02 20:00\n\n### End of the maintenance\n\n2026-03-02 21:00"
    issue = team.status.issue("New disks", window, by="joe", labels=["maintenance", "component/copr"])
    night("20.30/joe/planned", issue)

    assert team.facts(issue)["Window"] == "2026-03-02 20:00 UTC to 2026-03-02 21:30 UTC"
    assert "The copy is slow." in team.about(issue)
    assert labels(issue) == {"maintenance", "component/copr"}


def test_every_example_is_played():
    played = {name for name in STEPS if name.count("/") == 1}

    assert sorted(STEPS) == sorted([*played, "20.07/jane/nothing", "20.30/joe/planned"])
    assert len(played) == 7


def test_every_command_is_named_once():
    named = re.findall(r"`/([a-z-]+)", "".join(row[1] for row in table("to say")))

    assert sorted(named) == sorted(verb.name for verb in verbs.ALL)


def test_reminders_come_when_it_says():
    told = [row[1] for row in table("it reminds you when")]
    spans = [span.split() for span in told if span != "at once"]
    due = Reminders()

    assert [timedelta(**{SPANS[unit]: int(count)}) for count, unit in spans] == [
        due.lead_within,
        *(due.update_every[one] for one in (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)),
        due.major_after,
        due.stale_after,
        due.update_every[Severity.MAJOR],
    ]
    assert told.count("at once") == 1


def test_its_columns_fit_a_phone():
    """Nothing in a comment to copy is wider than a phone shows without scrolling."""
    assert max(len(line) for text in STEPS.values() for line in text.splitlines()) <= 62
