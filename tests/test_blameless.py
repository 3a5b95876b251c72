"""The page tells what happened, and nothing of who did it."""

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from ghstatus import blameless, board, flow
from ghstatus.grammar import document, postmortemfile
from ghstatus.model import (
    Assignment,
    FollowUp,
    Link,
    Order,
    Postmortem,
    Response,
    Reviews,
    Role,
    Rota,
    Swap,
    Task,
)
from ghstatus.render import recent
from ghstatus.stores.folder import FolderStore
from tests.builders import NOW, START, at, component, incident, site, snapshot, tracker, update

CALL = "https://meet.example.org/war-room"
PEOPLE = ("jane", "joe-b", "rita", "swapna", "olga", "zoe")
TASK = "Restart the flux compensator"
RESPONSE = Response(
    declared=at("08:20"),
    roles=(Assignment(at("08:31"), Role.LEAD, "jane", "zoe"),),
    call=CALL,
    tasks=(Task(number=1, text=TASK, at=at("08:40"), by="jane", owner="joe-b"),),
)
OUTAGE = incident(
    "disk-full",
    title="Builds stay pending since zoe and @mallory changed a disk",
    text="Jane found a full disk, see https://github.com/jane/disks.",
    affects="Everybody, says joe-b.",
    workaround="Ask @jane.",
    eta="when rita is back",
    response=RESPONSE,
    links=(Link(text="@olga's notes", url="https://example.org/notes"),),
    updates=(
        update("09:00", "identified", text=f"@jane and _zoe_ are in {CALL}."),
        update("10:00", "resolved", text="`jane@host` is up."),
    ),
)
LEARNT = Postmortem(
    incident="disk-full",
    ref="disk-full",
    text="## What happened\n\nJane and @joe-b slept. <!-- olga as well -->\n\n## Why\n\n"
    "<!-- to be written -->\n\n## Follow-ups\n\n- [ ] Watch the disks with rita (@olga, until 2026-03-01)\n- [x] Buy some (@jane)\n- [ ] Later",
    written=START,
    published=NOW,
    follow_ups=(
        FollowUp(text="Watch the disks with rita", owner="olga", due=date(2026, 3, 1), url="https://example.org/7"),
        FollowUp(text="Buy some", owner="jane", is_done=True),
        FollowUp(text="Later"),
    ),
)
PAGE = site(
    component("copr", name="Copr"),
    base_url="https://status.example.org/",
    rota=Rota(people=("jane", "joe-b"), start=START, swaps=(Swap(START, NOW, "swapna"),)),
    reviews=Reviews(reviewers=("rita",)),
)


def names(text):
    """The people and other things of the team's that a text tells."""
    return [name for name in (*PEOPLE, "mallory", "war-room", TASK) if name.casefold() in text.casefold()]


def public(*incidents, page=PAGE, postmortems=(), **said):
    seen = snapshot(*incidents, components=page.components, postmortems=postmortems, **said)
    return blameless.board(board.judge(seen, NOW), page)


def test_a_story_is_nobodys():
    found = public(OUTAGE)
    story = found.incidents["disk-full"]

    assert not names(repr(found))
    assert story.incident.response == Response()
    assert story.record.title == "Builds stay pending since a team member and a team member changed a disk"
    assert found.past == (story.record,)
    assert story.told[0].text == "a team member and _a team member_ are in …."
    assert story.incident.text == "a team member found a full disk, see https://github.com/ghost/disks."


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("active", {}),
        ("in_progress", {"kind": "maintenance", "scheduled_for": "11:00", "scheduled_until": "13:00"}),
        ("upcoming", {"kind": "maintenance", "started": "13:00", "scheduled_for": "13:00", "scheduled_until": "14:00"}),
        ("announcements", {"kind": "announcement"}),
    ],
)
def test_wherever_it_stands(where, said):
    one = incident("a", title="By @mallory", text="Jane wrote it.", **said)
    (story,) = getattr(public(one), where)

    assert (story.record.title, story.incident.text) == ("By a team member", "a team member wrote it.")


def test_what_is_over_and_was_not_read_has_no_names_either():
    read = board.judge(snapshot(OUTAGE), NOW).past
    found = public(settled=(read[0]._replace(title="@mallory and rita"),))

    assert [record.title for record in found.past] == ["a team member and a team member"]


def test_somebody_who_asked_for_something_is_somebody_of_the_team():
    order = Order(at("09:00"), "zoe", 7, "help", "")

    assert public(incident("a", text="zoe asked", response=Response(orders=(order,)))).incidents["a"].incident.text == (
        "a team member asked"
    )


def test_what_stands_for_a_name_may_be_said_in_another_language():
    seen = snapshot(incident("a", text="@mallory"))

    assert blameless.board(board.judge(seen, NOW), PAGE, "jemand").incidents["a"].incident.text == "jemand"


def test_whose_repository_it_is_everybody_may_know():
    seen = snapshot(
        incident("a", text="See https://github.com/jane/status and jane"),
        tracker=tracker(url="https://github.com/Jane/status"),
    )

    assert blameless.board(board.judge(seen, NOW), PAGE).incidents["a"].incident.text == (
        "See https://github.com/jane/status and jane"
    )


def test_of_postmortems_only_what_is_published_is_left():
    (found,) = public(OUTAGE, postmortems=(LEARNT,)).postmortems.values()

    assert found.text == "## What happened\n\na team member and a team member slept."
    assert [one.text for one in found.follow_ups] == ["Watch the disks with a team member", "Buy some", "Later"]
    assert not [one.owner for one in found.follow_ups if one.owner]

    draft = Postmortem(incident="disk-full", ref="50", text="Jane", written=NOW, waits_for="that it is closed")
    assert public(OUTAGE, postmortems=(draft,)).postmortems == {}


def test_a_postmortem_of_an_incident_that_is_not_there_is_on_no_page():
    assert public(OUTAGE, postmortems=(replace(LEARNT, incident="gone"),)).postmortems == {}


class World:
    """A site folder full of names, and where it is built."""

    def __init__(self, root):
        self.root, self.now = root, NOW
        for name in ("incidents", "postmortems"):
            (root / name).mkdir()
        (root / "incidents" / "disk-full.md").write_text(document.write(OUTAGE), encoding="utf-8")
        self.write(LEARNT)

    def write(self, one):
        text = postmortemfile.write(one, ("rita",))
        (self.root / "postmortems" / "disk-full.md").write_text(text, encoding="utf-8")

    def build(self, out, *, fresh=False):
        if fresh:
            (self.root / f"{out}.json").unlink(missing_ok=True)
        building = flow.Building(
            folder=self.root,
            site=PAGE,
            digest="",
            store=partial(FolderStore, self.root, PAGE),
            out=self.root / out,
            index=self.root / f"{out}.json",
        )
        built = self.built = flow.build(building, self.now)
        assert not built.problems
        return self.files(out)

    def files(self, out):
        home = self.root / out
        return {
            path.relative_to(home).as_posix(): path.read_bytes()
            for path in home.rglob("*")
            if path.is_file() and path.name != ".ghstatus"
        }


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_no_output_of_a_site_tells_a_name(world):
    files = world.build("out")

    told = {name: found for name, data in files.items() if (found := names(data.decode("utf-8", errors="replace")))}
    assert {name: found for name, found in told.items() if found != ["zoe"] or "static/" not in name} == {}
    assert b"a team member" in files["incidents/disk-full/index.html"]
    assert "postmortems/index.html" in files


def test_a_page_tells_what_was_learnt(world):
    files = world.build("out")
    page = files["incidents/disk-full/index.html"].decode()
    told = json.loads(files["incidents/disk-full.json"])["postmortem"]

    assert "<h3>What happened</h3>\n<p>a team member and a team member slept.</p>" in page
    assert "Why</h3>" not in page
    assert (
        '<li class="overdue"><strong>Overdue</strong> <span>Watch the disks with a team member, until 1 Mar 2026</span></li>'
        in page
    )
    assert '<li class="done"><strong>Done</strong> <span>Buy some</span></li>' in page
    assert '<li class="open"><strong>Open</strong> <span>Later</span></li>' in page
    assert told == {
        "published": "2026-03-02T12:00:00Z",
        "issue": None,
        "text": "## What happened\n\na team member and a team member slept.",
        "follow_ups": [
            {"text": "Watch the disks with a team member", "state": "overdue", "due": "2026-03-01", "issue": None},
            {"text": "Buy some", "state": "done", "due": None, "issue": None},
            {"text": "Later", "state": "open", "due": None, "issue": None},
        ],
    } | {"follow_ups": told["follow_ups"]}
    assert [one["state"] for one in told["follow_ups"]] == ["overdue", "done", "open"]
    assert (
        files["incidents/disk-full.md"]
        .decode()
        .endswith(
            "## Post-mortem: 2026-03-02 12:00 UTC\n\n## What happened\n\na team member and a team member slept.\n\n"
            "### Follow-ups\n\n- [ ] Watch the disks with a team member, until 2026-03-01, overdue\n- [x] Buy some\n- [ ] Later\n"
        )
    )


def test_it_looks_as_somebody_read_it(world, golden):
    files = world.build("out")
    page = files["incidents/disk-full/index.html"].decode()
    listed = files["postmortems/index.html"].decode()

    golden("postmortem/lesson.html", page[page.index('<section class="lesson"') : page.index("</article>")])
    golden("postmortem/list.html", listed[listed.index("<main") : listed.index("</main>")])


def test_a_page_lists_what_is_left_to_do(world):
    page = world.build("out")["postmortems/index.html"].decode()

    assert page.index("Overdue") < page.index("Open")
    assert "Buy some" not in page
    assert '<a href="../incidents/disk-full/#postmortem">Builds stay pending since a team member' in page
    assert b'<a href="postmortems/">Post-mortems</a>' in world.files("out")["index.html"]
    assert b"<loc>https://status.example.org/postmortems/</loc>" in world.files("out")["sitemap.xml"]


def test_without_any_nothing_tells_of_postmortems(world):
    (world.root / "postmortems" / "disk-full.md").unlink()
    files = world.build("out")

    assert "postmortems/index.html" not in files
    assert not [
        name
        for name, data in files.items()
        if b"ost-mortem" in data and name.endswith((".html", ".json")) and not name.startswith("schemas/")
    ]


def bury(world):
    """Put so many newer incidents on top that a build has no other reason to read the one of this page again."""
    for number in range(recent.LIMIT + 11):
        newer = incident(f"newer-{number}", started=at("10:00"), ended=at("10:30"))
        (world.root / "incidents" / f"{newer.ref}.md").write_text(document.write(newer), encoding="utf-8")
    for file in (world.root / "incidents").iterdir():
        os.utime(file, (1, 1))


def test_what_is_published_later_doesn_t_take_a_whole_build(world):
    bury(world)
    world.write(replace(LEARNT, published=None))
    world.build("out")
    world.write(LEARNT)
    world.build("out")

    assert world.built.written < world.built.pages / 2


def test_a_title_that_was_read_earlier_is_nobody_s_either(world):
    bury(world)
    (world.root / "postmortems" / "disk-full.md").unlink()
    first = world.build("out")
    world.now += timedelta(minutes=5)
    later = world.build("out")

    assert world.built.written < world.built.pages
    assert later["search.json"] == first["search.json"]
    assert not names(later["index.html"].decode())


def test_quick_builds_come_to_the_same_as_fresh_ones(world):
    draft = replace(LEARNT, published=None)
    steps = [
        (world.root / "postmortems" / "disk-full.md").unlink,
        lambda: world.write(draft),
        lambda: world.write(LEARNT),
        lambda: setattr(world, "now", NOW + timedelta(days=40)),  # when what is open becomes overdue
        lambda: world.write(draft),
    ]
    for place, step in enumerate(steps):
        step()
        quick, fresh = world.build("quick"), world.build("fresh", fresh=True)
        assert (place, {name for name in quick | fresh if quick.get(name) != fresh.get(name)}) == (place, set())


def test_an_incident_without_a_page_has_no_lesson_on_the_list(world):
    (world.root / "incidents" / "disk-full.md").unlink()

    assert "postmortems/index.html" not in world.build("out")
