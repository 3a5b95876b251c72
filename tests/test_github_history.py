"""Packit's public history, as issues of a loopback GitHub: the same board, the same pages, and back into files."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ghstatus import board, flow, uptime
from ghstatus.importers.result import Import
from ghstatus.stores import settings
from ghstatus.stores.folder import FolderStore
from tests.github.direct import direct
from tests.github.page import Page

SOURCE = Path(__file__).parent.parent / "site"
IMPORTED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
MOMENTS = [
    "2021-08-27T12:00Z",
    "2022-06-21T09:30Z",
    "2024-02-29T23:59Z",
    "2026-03-02T15:00Z",
    "2026-03-03T08:00Z",
    "2026-04-01T00:00Z",
    "2027-01-01T12:00Z",
]


def as_of(text):
    return datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def site():
    return settings.read(SOURCE).site


@pytest.fixture(scope="module")
def github():
    with direct() as made:
        made.clock.set(IMPORTED)
        yield made


@pytest.fixture(scope="module")
def page(github, site, tmp_path_factory):
    """The repository after `ghstatus import`, done twice."""
    folder = tmp_path_factory.mktemp("history")
    made = Page(github, site, folder)
    bring_in(made, site)
    assert bring_in(made, site) == 0  # it is all there already
    return made


def bring_in(page, site):
    """Import what the folder holds; how many issues that makes."""
    read = FolderStore(SOURCE, site).observe(IMPORTED)
    found = Import(site=site, incidents=read.incidents, problems=())
    with page.client() as client:
        store = page.store(client=client)
        plan = flow.plan_import(found, store, page.now)
        applied = flow.apply(plan, store)
    assert (applied.failed, applied.stopped) == ((), None)
    return len(plan)


def told(judged):
    """Everything that a board says but what its incidents are called."""
    stories = judged.incidents.values()
    return {
        "status": (judged.status, judged.impact, judged.since),
        "components": [(state.component.id, state.status, state.since) for state in judged.components],
        "lists": [
            [nameless(story.record) for story in stories]
            for stories in (judged.active, judged.in_progress, judged.upcoming, judged.announcements)
        ],
        "past": sorted(map(nameless, judged.past)),
        "words": sorted(words(story.incident) for story in stories),
    }


def nameless(record):
    return tuple(map(str, record._replace(ref="", digest="", spans=tuple(map(tuple, record.spans)))))


def words(incident):
    return str(replace(incident, ref="", number=None))


def test_every_incident_is_an_issue_with_its_source(page, site):
    sources = {incident.source for incident in FolderStore(SOURCE, site).observe(IMPORTED).incidents}

    snapshot = page.observe()

    assert len(page.repository.issues) == len(list((SOURCE / "incidents").glob("*.md"))) == 108
    assert {incident.source for incident in snapshot.incidents} == sources
    assert snapshot.ignored == ()


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_board_is_the_folders(page, site, moment):
    now = as_of(moment)

    assert told(page.board(now)) == told(board.judge(FolderStore(SOURCE, site).observe(now), now))


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_uptime_is_the_folders(page, site, moment):
    now = as_of(moment)

    def measured(judged):
        records = [*(story.record for story in judged.incidents.values() if not story.record.ended), *judged.past]
        found = uptime.measure(site.components, records, now, site.policy)
        return [(one.component, one.ratio, [(day.date, day.status, day.downtime) for day in one.days]) for one in found]

    assert measured(page.board(now)) == measured(board.judge(FolderStore(SOURCE, site).observe(now), now))


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_export_is_the_folder_again(page, site, moment, tmp_path):
    now = as_of(moment)
    with page.client() as client:
        copying = flow.plan_export(page.store(client=client), FolderStore(tmp_path, site), now)
    flow.apply(copying.plan, FolderStore(tmp_path, site))

    copied = FolderStore(tmp_path, site)
    assert told(board.judge(copied.observe(now), now)) == told(board.judge(FolderStore(SOURCE, site).observe(now), now))
    with page.client() as client:
        assert flow.plan_export(page.store(client=client), FolderStore(tmp_path, site), now).plan == ()


@pytest.mark.parametrize("moment", ["2026-03-02T15:00Z", "2026-03-03T08:00Z"])
def test_the_pages_are_the_folders(page, site, tmp_path, moment):
    now = as_of(moment)
    page.build(now)
    building = flow.Building(
        folder=SOURCE, site=site, digest="", store=lambda known: FolderStore(SOURCE, site, known),
        out=tmp_path / "_site", index=tmp_path / "index.json",
    )  # fmt: skip
    flow.build(building, now)

    names = {incident.source: incident.ref for incident in FolderStore(SOURCE, site).observe(now).incidents}
    numbers = {incident.ref: names[incident.source] for incident in page.observe(now).incidents}
    assert files(page.folder / "_site", numbers) == files(tmp_path / "_site", {})


def files(folder, numbers):
    """A site's pages, with incidents by the names that their numbers stand for, and without what leads to issues.

    What stands beside them for programs names incidents in more ways than can be told apart here.
    """

    def named(text):
        text = re.sub(r'<p( class="meta")?>[^<]*<a href="https://github.com/packit/[^/]+/issues/.*?</p>\n', "", text)
        return re.sub(r"incidents/(\d+)(?=/)", lambda found: f"incidents/{numbers.get(found[1], found[1])}", text)

    paths = (path for path in folder.rglob("*.html") if path.is_file())
    return {named(str(path.relative_to(folder))): named(path.read_text("utf-8", "replace")) for path in paths}
