"""All outputs together: no two want one path, and a quick build comes to the bytes of a fresh one."""

import json
import os
import shutil
from datetime import timedelta
from functools import cache, partial

import jsonschema
import pytest

from ghstatus import assets, board, flow, uptime
from ghstatus.flow import building
from ghstatus.importers.result import Import
from ghstatus.model import Kind
from ghstatus.render import outputs, page, recent
from ghstatus.stores.folder import FolderStore
from tests.builders import NOW, component, incident, site, snapshot, update
from tests.github.direct import direct
from tests.github.page import Page
from tests.test_site_golden import INCIDENTS, SITE, templates


def built(configured, *incidents, **said):
    """Path → bytes of everything that is made from a board, with what stands beside pages."""
    values = {"components": configured.components, "groups": configured.groups, "policy": configured.policy} | said
    seen = snapshot(*incidents, **values)
    judged = board.judge(seen, seen.taken)
    records = [story.record for story in judged.incidents.values()]
    measured = uptime.measure(configured.components, records, judged.now, configured.policy)
    found = {}
    for one in outputs.files(judged, measured, configured, templates(configured, tracker=judged.tracker)):
        files = {one.path: one.render}
        files |= {f"{one.path.removesuffix('/index.html')}.{twin.kind}": twin.render for twin in one.twins}
        assert found.keys() & files.keys() == set(), "two outputs want one path"
        found |= {path: render() for path, render in files.items()}
    return found


@cache
def everything():
    """The small site with something of everything, Koji unobserved."""
    return built(SITE, *INCIDENTS, unobserved=frozenset({"koji"}))


def read(files, path):
    return json.loads(files[path])


def schema(name):
    return json.loads((assets.schemas() / name).read_text(encoding="utf-8"))


def objections(files):
    """What ghstatus's own JSON says against the schemas that it names."""
    for path, data in sorted(files.items()):
        if not path.endswith(".json"):
            continue
        value = json.loads(data)
        if isinstance(value, dict) and "schemas/" in value.get("$schema", ""):
            name = value["$schema"].rpartition("/")[2]
            yield from (
                f"{path}: {error.message}" for error in jsonschema.Draft202012Validator(schema(name)).iter_errors(value)
            )


def test_every_file_of_our_own_keeps_to_its_schema():
    files = everything()

    assert list(objections(files)) == []
    named = {
        value["$schema"] for path in files if path.endswith(".json") and "$schema" in (value := json.loads(files[path]))
    }
    assert {f"{SITE.base_url}schemas/{name}" for name, _ in assets.files(assets.schemas())} <= named


def test_a_schema_notices_what_it_does_not_know():
    told = json.loads(everything()["index.json"])

    assert list(objections({"index.json": json.dumps(told | {"more": 1}).encode()}))
    assert list(objections({"index.json": json.dumps(told | {"status": "great"}).encode()}))


@pytest.mark.parametrize("name", ["status.json", "component.json", "incident.json"])
def test_a_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_json_is_compact_and_ends_with_a_line():
    for path, data in everything().items():
        if path.endswith(".json"):
            assert data.endswith(b"\n"), path
            assert b": " not in data.replace(b'": "', b"") or b'", "' not in data, path
            json.loads(data.decode("utf-8"))


def test_half_a_character_breaks_nothing():
    files = built(site(), incident("a", title="\ud800 x", text="\udfff"))

    assert read(files, "index.json")["incidents"][0]["title"] == "? x"
    assert files["incidents/a.md"].startswith(b"# ")


def test_an_address_is_in_full_where_the_site_s_is_known():
    assert (
        page.address(site(base_url="https://example.org/s/"), "incidents/ü 1/", "../")
        == "https://example.org/s/incidents/%C3%BC%201/"
    )
    assert page.address(site(), "a/", "../../") == "../../a/"


def test_the_newest_are_of_every_state():
    judged = board.judge(
        snapshot(
            incident("over", started="06:00", ended="07:00"),
            incident("on", started="09:00"),
            incident("plan", kind="maintenance", started="2026-03-07 09:00"),
            incident("told", kind="announcement", started="11:00"),
        ),
        NOW,
    )

    assert [story.record.ref for story in recent.stories(judged, *Kind)] == ["plan", "told", "on", "over"]
    assert [story.record.ref for story in recent.stories(judged, Kind.INCIDENT)] == ["on", "over"]


def test_no_more_than_the_newest_are_shown(monkeypatch):
    monkeypatch.setattr(recent, "LIMIT", 2)
    over = [
        incident(f"{day:02}", started=f"2026-01-{day:02} 08:00", ended=f"2026-01-{day:02} 09:00") for day in (3, 1, 2)
    ]
    judged = board.judge(snapshot(*over), NOW)

    assert [story.record.ref for story in recent.stories(judged, Kind.INCIDENT)] == ["03", "02"]


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def over(day, more=""):
    return f"---\ntitle: Day {day}\nseverity: minor\ncomponents: [copr]\nstarted: 2026-02-{day:02} 08:00\nended: 2026-02-{day:02} 09:30\n---\n{more}\n"


class World:
    """A folder with an incident on each of nine days, of which three are shown with their texts and one is spare."""

    def __init__(self, root):
        self.root, self.site, self.now = root, site(component("copr", name="Copr")), NOW
        self.incidents = root / "site" / "incidents"
        self.incidents.mkdir(parents=True)
        for day in range(1, 10):
            self.write(f"day-{day}.md", over(day))

    def write(self, name, text):
        (self.incidents / name).write_text(text, encoding="utf-8")
        os.utime(self.incidents / name, (1_600_000_000 + len(text),) * 2)

    def build(self, out="_site"):
        return flow.build(
            flow.Building(
                folder=self.root / "site", site=self.site, digest="", store=partial(FolderStore, self.root / "site", self.site),
                out=self.root / out, index=self.root / f"{out}.json",
            ),
            self.now,
        )  # fmt: skip

    def differences(self):
        """Build, and build from nothing; what differs, and how many files the first wrote."""
        quick = self.build()
        shutil.rmtree(self.root / "cold", ignore_errors=True)
        (self.root / "cold.json").unlink(missing_ok=True)
        self.build("cold")
        one, other = tree(self.root / "_site"), tree(self.root / "cold")
        return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path)), quick


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setattr(recent, "LIMIT", 3)
    monkeypatch.setattr(building, "_SPARE", 1)
    made = World(tmp_path)
    made.build()
    return made


def change_the_newest(world):
    world.write("day-9.md", over(9, "Changed."))


def change_the_oldest(world):
    world.write("day-1.md", over(1, "Changed."))


def add_one(world):
    world.write("day-20.md", over(20))


def add_one_that_goes_on(world):
    world.write(
        "on.md",
        "---\ntitle: On\nseverity: minor\nstarted: 2026-03-02 08:00\ncomponents: [copr]\n---\nIt is.\n\n## Identified – 2026-03-02 09:00\n\nA disk.\n",
    )


def remove_the_newest(world):
    (world.incidents / "day-9.md").unlink()


def remove_more_than_are_spare(world):
    for day in (7, 8, 9):
        (world.incidents / f"day-{day}.md").unlink()


def date_the_newest_back(world):
    world.write("day-9.md", over(9).replace("2026-02", "2025-02"))


def wait(world):
    world.now += timedelta(days=40)


def call_one_like_a_twin(world):
    world.write("day-3.json.md", over(3))


FROM_NOTHING = {remove_more_than_are_spare, date_the_newest_back, call_one_like_a_twin}
"""After these something has to be rendered that wasn't read."""


@pytest.mark.parametrize(
    "edit",
    [
        *(change_the_newest, change_the_oldest, add_one, add_one_that_goes_on, remove_the_newest),
        *(remove_more_than_are_spare, date_the_newest_back, wait, call_one_like_a_twin),
    ],
)
def test_a_quick_build_has_the_bytes_of_a_fresh_one_in_every_output(edit, world):
    edit(world)
    differ, quick = world.differences()

    assert differ == []
    assert (quick.written < quick.pages) is (edit not in FROM_NOTHING)
    assert quick.pages == len(tree(world.root / "_site")) - 1


def test_an_incident_called_like_a_twin_comes_and_goes(world):
    twin = world.root / "_site" / "incidents" / "day-3.json"
    for _ in range(2):
        assert twin.is_file()
        call_one_like_a_twin(world)
        assert world.differences()[0] == []
        assert (twin / "index.html").is_file()
        (world.incidents / "day-3.json.md").unlink()
        assert world.differences()[0] == []


def test_what_goes_on_keeps_its_twins_until_something_is_new(world):
    add_one_that_goes_on(world)
    world.build()
    world.now += timedelta(minutes=5)
    twin = world.root / "_site" / "incidents" / "on.json"
    before = twin.stat().st_mtime_ns
    assert world.differences()[0] == []
    assert twin.stat().st_mtime_ns == before

    text = (world.incidents / "on.md").read_text(encoding="utf-8")
    world.write("on.md", f"{text}\n## Resolved – 2026-03-02 12:01\n\nOver.\n")
    assert world.differences()[0] == []
    assert b"Over." in twin.read_bytes()

    world.write("on.md", text)
    assert world.differences()[0] == []
    assert b"Over." not in twin.read_bytes()


def test_what_is_removed_takes_its_twins_along(world):
    (world.incidents / "day-2.md").unlink()

    assert world.differences()[0] == []
    assert [path for path in tree(world.root / "_site") if "day-2" in path] == []


@pytest.mark.parametrize("edit", ["nothing", "comment", "close"])
def test_issues_too_are_built_quickly_to_the_same_bytes(edit, tmp_path, monkeypatch):
    monkeypatch.setattr(recent, "LIMIT", 2)
    monkeypatch.setattr(building, "_SPARE", 0)
    configured = site(component("copr", name="Copr"))
    old = [
        incident(f"old-{day}", started=f"2026-02-{day:02} 08:00", ended=f"2026-02-{day:02} 09:00", source=str(day))
        for day in range(1, 7)
    ]
    going_on = incident("on", started="2026-03-02 08:00", source="on", updates=[update("09:00", "identified")])
    with direct() as github:
        github.clock.set(NOW)
        world = Page(github, configured, tmp_path)
        with world.client() as client:
            store = world.store(client=client)
            plan = flow.plan_import(Import(site=configured, incidents=(*old, going_on), problems=()), store, world.now)
            assert flow.apply(plan, store).failed == ()
        github.clock.advance(seconds=3 * 3600)
        world.build()
        if edit == "comment":
            world.repository.issues[1].comment("A word.", by=world.repository.issues[1].author)
        if edit == "close":
            newest = max(world.repository.issues.values(), key=lambda one: one.number)
            newest.close(by=newest.author)
        moment = world.now
        quick = world.build(moment)
        one = tree(tmp_path / "_site")
        shutil.rmtree(tmp_path / "_site")
        (tmp_path / "index.json").unlink()
        world.build(moment)

    assert one == tree(tmp_path / "_site")
    assert quick.written < quick.pages
