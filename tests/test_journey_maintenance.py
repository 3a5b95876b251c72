"""A maintenance that comes again lives by the clock: announced, begun, prolonged, over; or called off, for good."""

import json
import time
from datetime import timedelta
from types import SimpleNamespace

import icalendar
import pytest

from ghstatus.cli import access
from tests.builders import at
from tests.github.direct import direct

pytest_plugins = ["tests.commands"]

CONFIG = """\
title: Example
timezone: Europe/Prague
welcome: false
components: [{id: website, name: Website}]
maintenance:
- id: database
  title: Update of the database
  repeat: FREQ=WEEKLY;BYDAY=TU
  start: 2026-03-10 06:00
  duration: 2h
  components: [Website]
  text: Nothing can be changed.
  announce: 4d
"""


class Page:
    """A site, looked at as time goes by."""

    def __init__(self, folder, run):
        self.folder, self.run, self.now = folder, run, at("2026-03-06 12:00")
        self.seen = {}
        (folder / "ghstatus.yml").write_text(CONFIG)

    def at(self, text):
        """Time goes by, a run does what is due and builds the page; another finds nothing to do."""
        self.now = at(text)
        code, out, err = self.run("apply", "site", "--now", self.now.isoformat(), "--out", "_site", "--force")
        assert code == 0, err
        again = self.run("apply", "site", "--now", self.now.isoformat())
        assert again[1].startswith("nothing to change in "), again
        assert self.run("build", "site", "--now", self.now.isoformat())[0] == 0
        return [line for line in out.splitlines() if line.startswith("open ")]

    def told(self):
        """How each maintenance is told to programs, and how the component is."""
        read = json.loads((self.folder.parent / "_site" / "api" / "v2" / "scheduled-maintenances.json").read_text())
        component = json.loads((self.folder.parent / "_site" / "api" / "v2" / "components.json").read_text())
        return {one["scheduled_for"][:10]: one["status"] for one in read["scheduled_maintenances"]}, [
            one["status"] for one in component["components"]
        ]

    def calendar(self):
        """Each maintenance in the calendar: its state and its end, by its day; what changed has a higher sequence."""
        read = icalendar.Calendar.from_ical((self.folder.parent / "_site" / "calendar.ics").read_bytes())
        told = {f"{one.start:%m-%d}": (str(one["status"]), f"{one.end:%H:%M}") for one in read.walk("VEVENT")}
        for one in read.walk("VEVENT"):
            day = f"{one.start:%m-%d}"
            before, number = self.seen.get(day, (told[day], -1))
            assert int(one["sequence"]) > number if told[day] != before else int(one["sequence"]) >= number
            self.seen[day] = told[day], int(one["sequence"])
        return told


class Files(Page):
    """Its incidents are files."""

    def file(self, day):
        return self.folder / "incidents" / f"2026-{day}-database.md"

    def extend(self, day, until):
        text = self.file(day).read_text()
        head, _, tail = text.partition("scheduled_until: ")
        self.file(day).write_text(f"{head}scheduled_until: 2026-{day} {until} UTC\n{tail.partition(chr(10))[2]}")
        self.say(day, "Update", "It takes longer.")

    def say(self, day, what, text):
        with self.file(day).open("a") as file:
            file.write(f"\n## {what} – {self.now:%Y-%m-%d %H:%M} UTC\n\n{text}\n")

    def cancel(self, day):
        self.say(day, "Cancelled", "Not this week.")

    def verify(self, day):
        self.say(day, "Verifying", "Nearly.")

    def is_open(self, _):
        return True


class Issues(Page):
    """Its incidents are issues."""

    def __init__(self, github, folder, run):
        super().__init__(folder, run)
        (folder / "ghstatus.yml").write_text(f"{CONFIG}store: github\nrepository: packit/status\n")
        self.github, self.repository = github, github.repository("packit/status")
        self.repository.grant("jane", "write")

    def at(self, text):
        self.github.clock.set(at(text))
        return super().at(text)

    def issue(self, day):
        (found,) = (one for one in self.repository.issues.values() if f"recurring:database/2026-{day}" in str(one.body))
        return found

    def extend(self, day, until):
        self.say(day, f"/extend 2026-{day} {until} UTC\nIt takes longer.")

    def say(self, day, text):
        self.github.clock.set(self.now + timedelta(seconds=1))
        self.issue(day).comment(text, by="jane")

    def cancel(self, day):
        self.say(day, "/cancel\nNot this week.")

    def verify(self, day):
        self.say(day, "/verifying\nNearly.")

    def is_open(self, day):
        return self.issue(day).state == "open"


@pytest.fixture(params=["files", "issues"])
def page(request, site, run, monkeypatch):
    (site / "incidents" / "pending.md").unlink()
    if request.param == "files":
        yield Files(site, run)
        return
    with direct() as github:
        monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
        github.clock.set(at("2026-03-06 11:00"))
        monkeypatch.setenv("GITHUB_API_URL", github.url)
        made = Issues(github, site, run)
        monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write"))
        yield made


def test_it_is_announced_begins_is_prolonged_and_ends_by_the_clock(page):
    assert page.at("2026-03-06 04:00") == []
    assert len(page.at("2026-03-06 12:00")) == 1
    assert page.told() == ({"2026-03-10": "scheduled"}, ["operational"])
    assert page.calendar() == {"03-10": ("CONFIRMED", "07:00")}

    assert page.at("2026-03-10 05:30") == []
    assert page.told() == ({"2026-03-10": "in_progress"}, ["under_maintenance"])

    page.extend("03-10", "08:30")
    assert page.at("2026-03-10 07:30") == []
    assert page.told() == ({"2026-03-10": "in_progress"}, ["under_maintenance"])
    assert page.calendar() == {"03-10": ("CONFIRMED", "08:30")}

    page.verify("03-10")
    assert page.at("2026-03-10 08:00") == []
    assert page.told() == ({"2026-03-10": "verifying"}, ["under_maintenance"])
    assert page.is_open("03-10")

    assert page.at("2026-03-10 08:31") == []
    assert page.told() == ({"2026-03-10": "completed"}, ["operational"])
    assert page.is_open("03-10") is isinstance(page, Files)

    assert len(page.at("2026-03-13 12:00")) == 1
    assert page.told()[0] == {"2026-03-17": "scheduled", "2026-03-10": "completed"}


def test_one_that_is_called_off_stays_so_and_the_next_one_comes(page):
    page.at("2026-03-06 12:00")
    page.cancel("03-10")

    assert [page.at(moment) for moment in ("2026-03-07 12:00", "2026-03-10 05:30", "2026-03-10 08:00")] == [[], [], []]
    assert page.told()[1] == ["operational"]
    assert page.calendar() == {"03-10": ("CANCELLED", "07:00")}
    assert page.is_open("03-10") is isinstance(page, Files)
    assert len(page.at("2026-03-14 12:00")) == 1
    assert page.calendar()["03-17"] == ("CONFIRMED", "07:00")
