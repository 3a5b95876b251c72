"""Builds, quick and fresh: both have to come to the same bytes."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from types import ModuleType

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghstatus import flow, index, publish
from ghstatus.actions import CreateLabel, PinIncident, UnpinIncident
from ghstatus.errors import GhstatusError, StoreError, Unavailable, UsageError
from ghstatus.flow import building
from ghstatus.grammar import config
from ghstatus.importers.result import Import
from ghstatus.model import ComponentStatus, Label, Limits
from ghstatus.stores.folder import FolderStore
from ghstatus.stores.memory import MemoryStore
from tests.builders import NOW, component, incident, policy, site

COPR, KOJI = component("copr", name="Copr"), component("koji", name="Koji")
SITES = {
    "usual": site(COPR, KOJI),
    "renamed": site(replace(COPR, name="Fedora Copr"), KOJI),
    "moved": site(COPR, KOJI, base_url="https://status.example.org/there/"),
    "stern": site(COPR, policy=policy(uptime_days=2, recent_days=1, announcement_days=1)),
}
OVER = "---\ntitle: Disks\nseverity: minor\ncomponents: [copr]\nstarted: 2026-03-01 08:00\nended: 2026-03-01 09:30\n---\nFull.\n"


@pytest.fixture(scope="module", autouse=True)
def _templates_compiled_once():
    """Compiling the templates takes longer than everything else in the build of a small site."""
    compile_, compiled = jinja2.Environment.compile, {}

    def remember(environment, source, name, filename):
        if (name, source) not in compiled:
            compiled[name, source] = compile_(environment, source, name, filename)
        return compiled[name, source]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", remember)
        yield


class World:
    """A site folder, changed step by step, and two output folders."""

    def __init__(self, root):
        self.root = root
        self.now = NOW
        self.config = "usual"
        self.incidents = root / "site" / "incidents"
        self.incidents.mkdir(parents=True)
        self.mtimes = count(1_600_000_000)

    def write(self, name, text):
        (self.incidents / name).write_text(text, encoding="utf-8", newline="\n")
        self.touch(name)

    def touch(self, name):
        """Give a file its own time, long ago: one of these seconds would never be trusted."""
        if (self.incidents / name).exists():
            os.utime(self.incidents / name, (next(self.mtimes),) * 2)

    def delete(self, name):
        (self.incidents / name).unlink(missing_ok=True)

    def rename(self, name, other):
        if (self.incidents / name).exists():
            (self.incidents / name).replace(self.incidents / other)

    def configure(self, config):
        self.config = config

    def wait(self, hours):
        self.now += timedelta(hours=hours)

    def building(self, out="_site"):
        return flow.Building(
            folder=self.root / "site",
            site=SITES[self.config],
            digest=self.config,
            store=partial(FolderStore, self.root / "site", SITES[self.config]),
            out=self.root / out,
            index=self.root / ".ghstatus" / f"{out}.json",
        )

    def build(self):
        return flow.build(self.building(), self.now)

    def build_fresh(self):
        shutil.rmtree(self.root / "cold", ignore_errors=True)
        (self.root / ".ghstatus" / "cold.json").unlink(missing_ok=True)
        return flow.build(self.building("cold"), self.now)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def different(world):
    quick, fresh = world.build(), world.build_fresh()
    one, other = tree(world.root / "_site"), tree(world.root / "cold")
    assert quick.board.problems == fresh.board.problems
    assert quick.board.components == fresh.board.components
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


TIMES = st.sampled_from(["2026-02-27 23:30", "2026-03-01 08:00", "2026-03-02 10:00", "2026-03-02 13:00", "2026-04-01"])
NAMES = st.sampled_from(["a.md", "b.md", "a b.md", "a-b.md", "2026-03-01-c.md", "_d.md", "README.md", "e.txt"])
PHASES = st.sampled_from(["Identified", "Resolved", "Resolved", "In progress", "Completed", "Cancelled", "Update"])
SAID = {
    "title": st.sampled_from(["A", "B", ""]),
    "number": st.sampled_from(["", "", "7", "8"]),
    "kind": st.sampled_from(["incident", "incident", "maintenance", "announcement"]),
    "severity": st.sampled_from(["minor", "critical", "none"]),
    "components": st.sampled_from(["copr", "[copr, koji]", "{koji: major_outage}", "nothing"]),
    "started": TIMES | st.sampled_from(["", "never"]),
    "ended": TIMES | st.sampled_from(["", "", "", "never"]),
    "scheduled_until": TIMES | st.sampled_from(["", ""]),
    "false_alarm": st.sampled_from(["", "", "", "It was the cable."]),
}


@st.composite
def texts(draw):
    front = "".join(f"{key}: {value}\n" for key, values in SAID.items() if (value := draw(values)))
    updates = draw(st.lists(st.tuples(PHASES, TIMES), max_size=2))
    body = "".join(f"\n## {phase} – {time}\n\nSeverity: critical\n\nText.\n" for phase, time in updates)
    return f"---\n{front}---\nIt is broken.\n{body}"


EDITS = st.one_of(
    st.tuples(st.just("write"), NAMES, texts()),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("touch"), NAMES),
    st.tuples(st.just("configure"), st.sampled_from(sorted(SITES))),
    st.tuples(st.just("wait"), st.sampled_from([-30, 2, 24, 700, 3000])),
)


@settings(max_examples=40)
@given(steps=st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=2, max_size=5))
def test_a_quick_build_comes_to_the_bytes_of_a_fresh_one(steps, tmp_path_factory):
    world = World(tmp_path_factory.mktemp("world"))
    for step in steps:
        for edit, *values in step:
            getattr(world, edit)(*values)
        assert different(world) == []


def two_builds(world, *edits):
    """Build, edit, and build again; the answer is what the second build wrote."""
    world.build()
    for edit, *values in edits:
        getattr(world, edit)(*values)
    return world.build()


def test_a_second_build_writes_only_the_pages_that_tell_the_time(world):
    pages = [
        "index.html",
        "404.html",
        "maintenance/index.html",
        "components/copr/index.html",
        "components/koji/index.html",
    ]

    world.write("a.md", OVER)

    assert two_builds(world).written == len(pages)
    assert two_builds(world).pages == len([path for path in tree(world.root / "_site") if path != publish.MARKER])


@pytest.mark.parametrize(
    ("first", "edits"),
    [
        ("number: 7\n", [("rename", "a.md", "b.md")]),
        ("", [("rename", "a.md", "b.md")]),
        ("title: A\nended: 2026-03-02 13:00\n", [("wait", 2)]),
        ("title: A\nkind: maintenance\nstarted: 2026-03-02 13:00\n", [("wait", 2)]),
        ("title: A\nstarted: 2026-03-02 13:00\n", [("wait", 2)]),
        ("title: A\nended: 2026-03-01 09:00\n", [("wait", 3000)]),
        ("title: A\nended: 2026-03-01 09:00\n", [("wait", -40)]),
        ("title: A\nended: 2026-03-01 09:00\n", [("configure", "moved")]),
        ("title: A\nended: 2026-03-01 09:00\n", [("configure", "moved"), ("configure", "usual")]),
    ],
    ids=[
        *("a number keeps the page, not the title", "another name", "an end to come", "a start to come, planned"),
        *("a start to come", "out of the window", "back in time", "another address", "there and back"),
    ],
)
def test_a_quick_build_notices(world, first, edits):
    started = "" if "started" in first else "started: 2026-03-01 08:00\n"
    world.write("a.md", f"---\n{first}{started}---\nText.\n\n## Resolved – 2026-03-01 10:00\n")
    two_builds(world, *edits)

    assert different(world) == []


def test_a_site_built_for_two_addresses_in_turn_is_right(world):
    world.write("a.md", OVER)
    usual, moved = world.building(), replace(world.building(), site=SITES["moved"], index=world.root / "other.json")
    for one in (usual, moved, usual):
        flow.build(one, NOW)

    assert different(world) == []


def test_a_build_that_left_no_notes_is_followed_by_a_full_one(world):
    world.write("a.md", OVER)
    world.build()
    notes = world.building().index.read_bytes()
    world.configure("moved")
    world.build()
    world.building().index.write_bytes(notes)
    world.configure("usual")

    assert different(world) == []


def test_a_page_that_the_notes_forgot_is_rendered_again(world):
    world.write("a.md", OVER)
    world.build()
    notes = index.read(world.building().index)
    index.write(world.building().index, replace(notes, pages={}))
    os.utime(world.building().index, ns=(notes.written_ns + 10**10,) * 2)

    assert different(world) == []


def test_a_look_up_that_fails_in_a_full_build_is_no_damaged_note(world, monkeypatch):
    def broken(*_):
        raise LookupError("ours")

    monkeypatch.setattr(building.uptime, "measure", broken)
    with pytest.raises(LookupError, match="ours"):
        world.build()


def test_a_build_killed_while_it_writes_is_followed_by_a_right_one(world, monkeypatch):
    world.build()
    world.write("a.md", OVER)
    calls = []

    def killed(*arguments, replace=os.replace):
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replace(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            world.build()
    assert different(world) == []


def test_a_build_that_fails_leaves_site_and_notes_as_they_were(world, monkeypatch):
    world.build()
    before = tree(world.root)
    monkeypatch.setattr(building.pages, "pages", lambda *_: [building.pages.Page("index.html", "", None)])

    with pytest.raises(TypeError):
        world.build()
    assert tree(world.root) == before


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A world that was built, with its output."""
    world = World(tmp_path_factory.mktemp("built"))
    world.write("a.md", OVER.replace("ended", "kind: maintenance\nended"))
    world.build()
    return world, tree(world.root / "_site")


@settings(max_examples=200)
@given(data=st.data(), what=st.sampled_from(["flip", "cut", "drop", "insert", "swap"]), by=st.integers(1, 255))
def test_damaged_notes_do_no_harm(data, what, by, built):
    world, fresh = built
    notes = world.building().index
    whole = notes.read_bytes()
    notes.write_bytes(damaged(whole, what, data.draw(st.integers(0, len(whole) - 1)), by))
    world.build()

    assert tree(world.root / "_site") == fresh


def damaged(whole, what, at, by):
    return {
        "flip": whole[:at] + bytes([whole[at] ^ by]) + whole[at + 1 :],
        "cut": whole[:at],
        "drop": whole[:at] + whole[at + by :],
        "insert": whole[:at] + bytes([by]) + whole[at:],
        "swap": whole[at:] + whole[:at],
    }[what]


@pytest.mark.parametrize("out", ["site", ".", "site/incidents/.."])
def test_the_sites_source_is_never_replaced(world, out):
    before = tree(world.root)
    (world.root / out / publish.MARKER).touch()

    with pytest.raises(UsageError, match="holds the site's source"):
        flow.build(replace(world.building(), out=world.root / out), NOW)
    (world.root / out / publish.MARKER).unlink()
    assert tree(world.root) == before


@pytest.mark.parametrize("out", ["_site", "_site/", "../_site", "incidents/_site"])
def test_a_site_may_be_where_we_are(world, monkeypatch, out):
    monkeypatch.chdir(world.root / "site")
    here = replace(world.building(), folder=Path(), out=Path(out), index=Path(".ghstatus/_site.json"))
    for _ in range(2):
        flow.build(here, NOW)
    world.build_fresh()

    assert tree(Path(out)) == tree(world.root / "cold")


def test_progress_is_heard(world):
    heard = []
    built = flow.build(world.building(), NOW, seen=heard.append)

    assert heard == list(range(1, built.pages + 1))


def test_another_version_of_a_package_renders_everything_again(world, monkeypatch):
    world.write("a.md", OVER)
    world.build()
    module = ModuleType("comrak")
    module.__file__ = "nowhere"
    monkeypatch.setattr(building.pages, "SHAPING", (module,))
    unknown = world.build()
    module.__file__ = __file__

    assert (unknown.written, world.build().written) == (unknown.pages, unknown.pages)
    assert world.build().written < unknown.pages


@pytest.mark.parametrize("library", ["json", "no_such_package"])
def test_another_version_of_a_package_that_is_not_imported_does_too(world, monkeypatch, library):
    world.write("a.md", OVER)
    known = world.build()
    monkeypatch.setattr(building.calendar, "LIBRARY", library)

    assert (world.build().written, world.build().written < known.pages) == (known.pages, True)


def test_judging_takes_any_source():
    judged = flow.judge(MemoryStore(site(), [incident()]), NOW)

    assert judged.status is ComponentStatus.PARTIAL_OUTAGE


def test_an_import_is_written_down_once():
    store = MemoryStore(site(), [incident("a")])
    imported = Import(site=site(), incidents=(incident("a", source="one"), incident("b", source="two")), problems=())
    plans = []
    for _ in range(2):
        plans.append(flow.plan_import(imported, store, NOW))
        flow.apply(plans[-1], store)

    assert [[action.incident.ref for action in plan] for plan in plans] == [["a-2", "b"], []]
    assert [one.ref for one in store.observe(NOW).incidents] == ["a", "a-2", "b"]


class Hands:
    """Does what it is told, and refuses what it was told to refuse."""

    def __init__(self, refused):
        self.refused = refused
        self.done = []

    def apply(self, action):
        if action in self.refused:
            raise self.refused[action]
        self.done.append(action)


def test_one_refusal_stops_no_other_change():
    no, heard = StoreError("no"), []
    hands = Hands({"b": no})

    applied = flow.apply(["a", "b", "c"], hands, told=lambda *what: heard.append(what))

    assert applied == ((("b", no),), (), None)
    assert hands.done == ["a", "c"]
    assert heard == [("a", None), ("b", no), ("c", None)]


def test_when_nothing_can_be_done_any_more_the_rest_is_named():
    no, gone = StoreError("no"), Unavailable("gone")
    hands = Hands({"a": no, "c": gone})

    applied = flow.apply(["a", "b", "c", "d"], hands)

    assert applied == ((("a", no),), ("c", "d"), gone)
    assert hands.done == ["b"]


def test_nothing_is_imported_where_not_everything_could_be_read():
    class Half(MemoryStore):
        def observe(self, now):
            return replace(super().observe(now), partial=("whether @jane may publish", "#4"))

    with pytest.raises(GhstatusError, match=r"so nothing is written: whether @jane may publish; #4$"):
        flow.plan_import(Import(site=site(), incidents=(), problems=()), Half(site()), NOW)
    with pytest.raises(GhstatusError, match="not everything could be read"):
        flow.plan_export(Half(site()), MemoryStore(site()), NOW)


class Noted(MemoryStore):
    """Says of every incident that is over what would spare reading it again."""

    def __init__(self, *incidents):
        super().__init__(SITES["usual"], incidents)

    def entries(self, board):
        return {one.ref: index.Entry(0, 0, 0, index.pack(one)) for one in board.past}


@pytest.fixture
def notes(tmp_path):
    return flow.Notes(tmp_path / "notes" / "plan.json", "digest")


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        ((), ["1", "2"]),
        ((PinIncident(ref="1"),), ["2"]),
        ((UnpinIncident(number=2),), ["1"]),
        ((CreateLabel(label=Label("x")), PinIncident(ref="3")), ["1", "2"]),
    ],
)
def test_a_plan_remembers_what_is_over_and_needs_nothing(notes, monkeypatch, plan, kept):
    monkeypatch.setattr(flow.planning.decide, "decide", lambda *_: plan)
    over = [incident(ref, ended="10:00", number=int(ref)) for ref in "12"]
    planned = flow.plan(Noted(*over, incident("3", number=3)), SITES["usual"], NOW, notes)

    assert (planned.plan, planned.refusal, planned.tracker) == (plan, "", None)
    assert planned.board.status is ComponentStatus.PARTIAL_OUTAGE
    assert sorted(flow.recall(notes, NOW).entries) == kept


def test_a_plan_is_refused_with_a_reason(notes, monkeypatch):
    monkeypatch.setattr(flow.planning.decide, "decide", lambda *_: (PinIncident(ref="1"),) * 3)
    bounded = replace(SITES["usual"], limits=Limits(actions=2))

    assert "allows 2" in flow.plan(Noted(), bounded, NOW, notes).refusal


def test_notes_of_another_time_or_configuration_are_not_believed(notes):
    assert flow.recall(notes, NOW) is None
    flow.plan(Noted(), SITES["usual"], NOW, notes)

    assert flow.recall(notes, NOW) is not None
    assert flow.recall(notes, NOW - timedelta(seconds=1)) is None
    assert flow.recall(notes._replace(digest="another"), NOW) is None


def test_every_process_comes_to_the_same_bytes(world):
    (world.root / "site" / "ghstatus.yml").write_text(
        config.write(replace(SITES["usual"], policy=config.POLICY)), encoding="utf-8"
    )
    world.write("a.md", OVER.replace("[copr]", "[copr, koji]").replace("ended: 2026-03-01 09:30\n", ""))
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "ghstatus", "build", "site", "--out", seed, "--now", "2026-03-02 12:00"]
        subprocess.run(
            command, cwd=world.root, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
        )

    assert tree(world.root / "1") == tree(world.root / "2")
