"""Feed readers and calendars read the demo site: years of what people really wrote."""

import io
from pathlib import Path

import atoma
import feedparser
import icalendar
import pytest
from typer.testing import CliRunner

from ghstatus.cli import app

SITE = Path(__file__).parent.parent / "site"
BASE = "https://status.example.org/packit/"
READERS = {
    ".atom": lambda data: atoma.parse_atom_bytes(data).entries,
    ".rss": lambda data: atoma.parse_rss_bytes(data).items,
    ".json": lambda data: atoma.parse_json_feed_bytes(data).items,
    ".ics": lambda data: icalendar.Calendar.from_ical(data).walk("VEVENT"),
}


@pytest.fixture(scope="module", params=["", BASE], ids=["without an address", "with one"])
def demo(request, tmp_path_factory):
    """The demo site, built by the command."""
    out, cache = (tmp_path_factory.mktemp("demo") / name for name in ("out", "cache"))
    known = ["--base-url", request.param] if request.param else []
    at = ["--now", "2026-03-03T08:00:00Z", "--out", str(out), "--cache", str(cache)]
    ran = CliRunner().invoke(app, ["build", str(SITE), *at, *known])
    assert ran.exit_code == 0, ran.output
    return out


def files(demo, *kinds):
    feeds = ("feed.json", "updates.json")
    found = [
        path for path in demo.rglob("*") if path.suffix in kinds and (path.suffix != ".json" or path.name in feeds)
    ]
    return {str(path.relative_to(demo)): path.read_bytes() for path in sorted(found)}


def test_feedparser_finds_nothing_wrong(demo):
    parsed = {path: feedparser.parse(io.BytesIO(data)) for path, data in files(demo, ".atom", ".rss").items()}

    assert len(parsed) == 28
    assert [path for path, found in parsed.items() if found.bozo or not found.feed.title] == []
    for found in parsed.values():
        assert len({entry.id for entry in found.entries}) == len(found.entries)
    assert [len(parsed[path].entries) for path in ("history.atom", "updates.rss")] == [50, 50]


def test_strict_readers_read_all_of_it(demo):
    read = {path: len(READERS[Path(path).suffix](data)) for path, data in files(demo, *READERS).items()}

    assert len(read) == 28 + 14 + 13
    assert (read["feed.json"], read["calendar.ics"]) == (50, 4)


@pytest.mark.parametrize("path", ["history.atom", "history.rss", "updates.atom"])
def test_a_reader_of_nodes_reads_feeds(demo, path, node_reads):
    assert len(node_reads("feed", (demo / path).read_bytes())["items"]) == 50


def test_a_program_of_nodes_reads_the_calendar(demo, node_reads):
    assert [one["status"] for one in node_reads("calendar", (demo / "calendar.ics").read_bytes())] == ["CONFIRMED"] * 4
