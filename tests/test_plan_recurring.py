"""A maintenance that comes again is written down once, in time, whatever became of it since."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ghstatus import board, index
from ghstatus.actions import OpenIncident
from ghstatus.errors import Problem
from ghstatus.grammar import document
from ghstatus.grammar.names import Names
from ghstatus.model import Affected, Incident, Kind, Recurring
from ghstatus.plan import recurring
from ghstatus.plan.decide import decide
from ghstatus.stores.folder import FolderStore
from ghstatus.stores.memory import MemoryStore
from tests.builders import at, component, incident, site, snapshot, tracker

HOUR = timedelta(hours=1)
DATABASE = Recurring(
    id="database",
    title="Update of the database",
    rule="FREQ=WEEKLY;BYDAY=TU",
    start=at("2026-03-10 05:00"),
    duration=2 * HOUR,
    timezone="Europe/Prague",
    components=("copr",),
    text="Nothing can be *changed*.",
)
SITE = replace(site(component("copr")), recurring=(DATABASE,))


def planned(now, *present, configured=SITE, **said):
    return [action.incident for action in recurring.decide(snapshot(*present, taken=at(now), **said), configured)]


def starts(found):
    return [f"{one.started:%m-%d %H:%M}" for one in found]


def test_each_is_written_down_with_all_that_is_known():
    (found,) = planned("2026-03-03 05:00")

    assert found == Incident(
        ref="2026-03-10-database",
        title="Update of the database",
        kind=Kind.MAINTENANCE,
        started=at("2026-03-10 05:00"),
        scheduled_for=at("2026-03-10 05:00"),
        scheduled_until=at("2026-03-10 07:00"),
        components=(Affected(component="copr"),),
        text="Nothing can be *changed*.",
        source="recurring:database/2026-03-10 05:00 UTC",
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-03 04:59", []),
        ("2026-03-03 05:00", ["03-10 05:00"]),
        ("2026-03-10 06:59", ["03-10 05:00", "03-17 05:00"]),
        ("2026-03-10 07:00", ["03-17 05:00"]),
        ("2026-03-25 00:00", ["03-31 04:00"]),
    ],
)
def test_each_is_written_down_once_it_is_announced_and_until_it_is_over(now, expected):
    assert starts(planned(now)) == expected


def test_its_day_is_the_day_where_it_is():
    night = replace(DATABASE, rule="FREQ=DAILY", start=at("2026-03-09 23:00"), announce=HOUR)

    assert [one.ref for one in planned("2026-03-09 22:30", configured=replace(SITE, recurring=(night,)))] == [
        "2026-03-10-database"
    ]


def test_a_long_announcement_of_many_writes_down_a_few():
    daily = replace(DATABASE, rule="FREQ=DAILY", announce=timedelta(days=366))

    assert len(planned("2026-03-10 00:00", configured=replace(SITE, recurring=(daily,)))) == recurring.MOST


@pytest.mark.parametrize(
    "change",
    [
        {"ref": "42", "title": "Moved", "started": at("2026-03-08 05:00"), "source": recurring.occurrence(DATABASE, at("2026-03-10 05:00")).source},
        {"ref": "2026-03-10-database", "title": "Moved", "started": at("2026-03-08 05:00"), "source": ""},
        {"ref": "42", "source": ""},
    ],
    ids=["source", "ref", "title and start"],
)  # fmt: skip
def test_one_that_is_there_is_left_as_it_is(change):
    there = replace(recurring.occurrence(DATABASE, at("2026-03-10 05:00")), **change)

    assert planned("2026-03-08 12:00", there) == []
    assert len(planned("2026-03-08 12:00", replace(there, ref="x", title="x", source="x"))) == 1


def test_one_whose_file_is_broken_is_not_written_over():
    broken = Problem(where="incidents/2026-03-10-database.md", seen="not YAML")

    assert planned("2026-03-08 12:00", problems=(broken,)) == []


def test_two_of_one_time_are_both_written_down():
    other = replace(DATABASE, id="cache", title="The cache")

    assert [one.ref for one in planned("2026-03-08 12:00", configured=replace(SITE, recurring=(DATABASE, other)))] == [
        *("2026-03-10-database", "2026-03-10-cache")
    ]


def test_its_file_says_all_of_it():
    made = recurring.occurrence(DATABASE, at("2026-03-10 05:00"))
    read = document.parse(document.write(made), where="", ref=made.ref, names=Names(SITE.components))

    assert (read.incident, read.problems) == (made, ())


def opened(store, now, configured=SITE):
    """What a run writes down."""
    seen = store.observe(at(now))
    found = decide(board.judge(seen, at(now)), seen, configured)
    for action in found:
        store.apply(action)
    return [action.incident.ref for action in found if isinstance(action, OpenIncident)]


def remembered(store, now):
    """What a later run may rely on."""
    judged = board.judge(store.observe(at(now)), at(now))
    return index.Index(context="", site="", taken=at(now), entries=store.entries(judged), written_ns=2**62)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "incidents" / "2026-03-10-database.md"


def store(folder, known=None):
    return FolderStore(folder.parent.parent, SITE, known)


def test_one_that_was_moved_ahead_and_is_over_is_not_written_down_again(folder):
    assert opened(store(folder), "2026-03-05 12:00") == ["2026-03-10-database"]
    text = folder.read_text().replace("2026-03-10 05:00 UTC\ns", "2026-03-07 05:00 UTC\ns")
    folder.with_name("moved.md").write_text(text.replace("2026-03-10 07:00", "2026-03-07 07:00"))
    folder.unlink()
    known = remembered(store(folder), "2026-03-08 12:00")
    again = store(folder, known)

    assert again.observe(at("2026-03-08 12:00")).settled[0].source == "recurring:database/2026-03-10 05:00 UTC"
    assert opened(again, "2026-03-08 12:00") == []


def test_one_that_was_called_off_stays_called_off(folder):
    assert opened(store(folder), "2026-03-05 12:00") == ["2026-03-10-database"]
    folder.write_text(f"{folder.read_text()}\n## Cancelled – 2026-03-06 08:00 UTC\n\nNot this week.\n")

    runs = ["2026-03-06 09:00", "2026-03-10 04:30", "2026-03-10 05:30", "2026-03-10 07:00"]
    assert [opened(store(folder, remembered(store(folder), now)), now) for now in runs] == [
        *([], [], ["2026-03-17-database"], [])
    ]


def test_a_broken_file_stays_as_it_is(folder):
    folder.parent.mkdir()
    folder.write_text("---\ntitle: [\n---\n")

    assert opened(store(folder), "2026-03-05 12:00") == []
    assert folder.read_text() == "---\ntitle: [\n---\n"


def test_in_an_issue_tracker_the_labels_come_first_and_a_second_run_finds_it():
    there = MemoryStore(SITE, issues=(), trusted=["jane"], tracker=tracker())
    now = at("2026-03-05 12:00")
    seen = there.observe(now)
    kinds = [type(action).__name__ for action in decide(board.judge(seen, now), seen, SITE)]

    assert kinds[kinds.index("OpenIncident") - 1 :][:1] == ["CreateLabel"]
    assert opened(there, "2026-03-05 12:00") == ["2026-03-10-database"]
    assert opened(there, "2026-03-05 12:00") == []


def test_another_project_s_dialect_is_left_alone():
    configured = replace(SITE, dialect="upptime")
    there = MemoryStore(configured, issues=(), trusted=["jane"], tracker=tracker())

    assert opened(there, "2026-03-05 12:00", configured) == []


def test_nothing_comes_again_where_nothing_was_said():
    assert planned("2026-03-10 00:00", incident(), configured=site(component("copr"))) == []
