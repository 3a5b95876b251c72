"""Builds, quick and fresh: both have to come to the same bytes."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import count

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghstatus import flow
from tests.builders import NOW, component, policy, site

COPR, KOJI = component("copr", name="Copr"), component("koji", name="Koji", group="services")
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
        self.write("0.md", OVER)

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


@settings(max_examples=60)
@given(steps=st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=2, max_size=5))
def test_a_quick_build_comes_to_the_bytes_of_a_fresh_one(steps, tmp_path_factory):
    world = World(tmp_path_factory.mktemp("world"))
    for step in steps:
        for edit, *values in step:
            getattr(world, edit)(*values)
        assert different(world) == []
