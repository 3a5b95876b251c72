"""An outage where incidents are files: from the alarm to the published post-mortem, at a terminal."""

from datetime import timedelta

import pytest

from ghstatus.cli import options
from tests.builders import at
from tests.team.story import Page

pytest_plugins = ["tests.commands"]

CONFIG = """\
title: Example Status
base_url: https://status.example.org/
components: [{id: copr, name: Copr}, {id: website, name: Website}]
"""


class Terminal:
    """A folder, and jane at a terminal."""

    def __init__(self, folder, run, monkeypatch):
        self.folder, self.run, self.now = folder, run, at("2026-03-02 09:00")
        (folder / "ghstatus.yml").write_text(CONFIG)
        (folder / "incidents" / "pending.md").unlink()
        monkeypatch.setenv("GHSTATUS_LOGIN", "jane")
        moment = options.moment
        monkeypatch.setattr(options, "moment", lambda now, *said: moment(now, *said) if now else self.now)

    def say(self, *said, minutes=1):
        """Give a command, so many minutes later."""
        self.now += timedelta(minutes=minutes)
        code, out, err = self.run(*said, "--site", self.folder)
        assert code == 0, out + err
        return out

    def about(self, *words, minutes=1):
        """Say something of the one incident."""
        return self.say("incident", words[0], self.file.stem, *words[1:], minutes=minutes)

    def page(self, path=""):
        """What users see of an address after a build."""
        self.run("build", self.folder, "--out", self.folder.parent / "_site", "--now", self.now.isoformat())
        return Page((self.folder.parent / "_site" / path / "index.html").read_text(encoding="utf-8"))

    @property
    def file(self):
        (found,) = (self.folder / "incidents").iterdir()
        return found

    @property
    def learnt(self):
        (found,) = (self.folder / "postmortems").iterdir()
        return found


@pytest.fixture
def terminal(site, run, monkeypatch):
    return Terminal(site, run, monkeypatch)


def test_an_outage_in_files_from_the_alarm_to_what_was_learnt(terminal):
    terminal.say("incident", "open", "Copr is down", "-c", "copr", "-s", "major", "--started", "20m")
    for words in (
        ("lead", "me"),
        ("comms", "@rita"),
        ("call", "https://meet.example.org/war"),
        ("task", "Add a disk", "@joe"),
        ("task", "Move the database"),
        ("detected", "10m", "by", "users"),
        ("identified", "The disk is full, says @joe."),
        ("eta", "2h"),
        ("done", "1"),
    ):
        terminal.about(*words)
    home = terminal.page()
    assert "Partial outage of Copr" in home
    assert "The disk is full, says a team member." in terminal.page(f"incidents/{terminal.file.stem}")
    told = terminal.say("announce", "--channel", "team")
    assert all(words in told for words in ("jane", "rita", "https://meet.example.org/war", "Move the database"))

    terminal.about("resolve", "The disk was replaced.")
    terminal.say("postmortem", terminal.file.stem)
    text = terminal.learnt.read_text()
    assert "users told us" in text
    assert "- [ ] Move the database" in text
    assert "Root cause" not in terminal.page(f"incidents/{terminal.file.stem}")
    text = text.replace("status: draft", "status: published")
    terminal.learnt.write_text(text.replace("## Root cause\n", "## Root cause\n\nNobody, not even @rita, looked.\n"))
    assert "Nobody, not even a team member, looked." in terminal.page(f"incidents/{terminal.file.stem}")
    assert "Move the database" in terminal.say("postmortem", "--follow-ups")
    published = "".join(path.read_text() for path in (terminal.folder.parent / "_site").rglob("*.html"))
    assert not [name for name in ("jane", "joe", "rita", "meet.example.org") if name in published]


def test_saying_it_again_changes_no_file(terminal):
    terminal.say("incident", "open", "Copr is down", "-c", "copr", "-s", "major")
    said = [
        ("lead", "me"),
        ("task", "Add a disk"),
        ("done", "1"),
        ("severity", "critical"),
        ("eta", "12:00"),
        ("monitoring",),
    ]
    for words in said:
        terminal.about(*words)
    before = terminal.file.read_text()
    for words in said:
        if words[0] != "task":
            assert terminal.about(*words).startswith("nothing to change: it is so already")

    assert terminal.file.read_text() == before


def test_a_false_alarm_in_a_file_is_called_off_with_the_reason(terminal):
    terminal.say("incident", "open", "Copr is down", "-c", "copr", "-s", "critical")
    terminal.about("false-alarm", "Only the monitoring was down.")

    assert "All systems operational" in terminal.page()
    assert "Only the monitoring was down." in terminal.page(f"incidents/{terminal.file.stem}")
    assert "1 false alarm" in terminal.page("metrics")


@pytest.mark.parametrize(
    "again", [("investigating", "Slow again."), ("update", "Slow again.", "--phase", "identified"), ("reopen",)]
)
@pytest.mark.parametrize("ending", [("ended", "2m"), ("resolve",), ("false-alarm", "A cable.")])
def test_who_says_that_it_goes_on_is_heard(terminal, ending, again):
    terminal.say("incident", "open", "Copr is down", "-c", "copr", "-s", "major", "--started", "20m")
    terminal.about(*ending, minutes=5)
    assert "All systems operational" in terminal.page()
    terminal.about(*again, minutes=5)

    assert "Partial outage of Copr" in terminal.page()


@pytest.mark.parametrize(
    "said",
    [
        ("incident", "ended", "IT", "in 2h"),
        ("incident", "ended", "IT", "2027-01-01"),
        ("incident", "started", "IT", "in 2h"),
        ("incident", "open", "Website is slow", "--started", "in 3h"),
        ("incident", "open", "Website is slow", "--started", "2027-01-01"),
    ],
)
def test_what_was_is_not_to_come(terminal, said):
    terminal.say("incident", "open", "Copr is down", "-c", "copr", "-s", "major", "--started", "20m")
    before = terminal.file.read_text()
    code, out, err = terminal.run(
        *(terminal.file.stem if one == "IT" else one for one in said), "--site", terminal.folder
    )

    assert (code, out) == (2, "")
    assert "is still to come; accepted: a time that was" in err
    assert terminal.file.read_text() == before


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (("duplicate", "{0}", "{1}"), "is a duplicate itself, of 2026"),
        (("false-alarm", "{0}", "A cable."), "is a false alarm"),
        (("ended", "{0}", "30m"), "was over before"),
    ],
)
def test_two_are_no_duplicates_of_each_other_nor_of_what_is_none(terminal, said, fault):
    for title, started in (("Copr is down", "1h"), ("Builds fail", "20m")):
        terminal.say("incident", "open", title, "-c", "copr", "-s", "major", "--started", started)
    first, second = sorted((path.stem for path in (terminal.folder / "incidents").iterdir()), reverse=True)
    terminal.say("incident", *(one.format(first, second) for one in said))
    code, _, err = terminal.run("incident", "duplicate", second, first, "--site", terminal.folder)

    assert (code, fault in err) == (2, True), err
    assert "Partial outage of Copr" in terminal.page()


def test_two_files_that_call_each_other_a_duplicate_are_told_of(terminal):
    for name, other in (("a", "b"), ("b", "a")):
        head = f"---\ntitle: Copr is down\nstarted: 2026-03-02 08:00\nduplicate_of: {other}\n"
        (terminal.folder / "incidents" / f"{name}.md").write_text(f"{head}severity: major\ncomponents: [copr]\n---\n")
    told = terminal.run("validate", terminal.folder)

    assert "Partial outage of Copr" in terminal.page()
    assert "is itself called a duplicate of this one" in told[1] + told[2]


def test_what_is_over_hits_nothing_more(terminal):
    terminal.say("incident", "open", "Copr is down", "-c", "copr", "-s", "major", "--started", "20m")
    terminal.about("resolve")
    before = terminal.file.read_text()
    code, _, err = terminal.run("incident", "component", terminal.file.stem, "+website", "--site", terminal.folder)

    assert (code, terminal.file.read_text()) == (2, before)
    assert err.startswith("`component`: it is over, so nothing is hit any more; accepted: `reopen` before it")
