"""What one run keeps for the next one comes back as it was, or not at all."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from ghstatus import index
from ghstatus.errors import UsageError
from ghstatus.model import Label
from ghstatus.stores.github import cache, rows
from ghstatus.stores.github.listing import Count
from tests.builders import NOW

ROW = [
    1, "I_1", "Copr is down", "All of it.\n", "jane", "2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z", None, "", None, "",
    [["Incident", "d73a4a", ""], ["severity/major", "ededed", "Bad"]],
    [[7, "2026-03-02T09:00:00Z", "jane", "We look into it.", False, None, "", ["+1"]]],
    [["labeled", "2026-03-02T08:00:00Z", "jane", "Incident"]],
]  # fmt: skip
CLOSED = [2, *ROW[1:7], "2026-03-02T10:00:00Z", "completed", *ROW[9:]]
GATES = ("incident", "maintenance")
LINES = {
    1: cache.line(ROW, GATES)._replace(digest="abcdef"),
    2: cache.line(CLOSED, ["", *GATES]),
}


def known(**said):
    return cache.Known(
        **{
            "context": "context",
            "repository": "R_1",
            "viewer": "github-actions[bot]",
            "synced": NOW.timestamp(),
            "labels": {"LA_1": Label("incident", "d73a4a", "Dówn")},
            "marks": {"incident": "2026-03-02T10:00:00Z"},
            "short": {"incident": Count(1, 0)},
            "trusted": frozenset({"jane"}),
            "untrusted": {"stranger": 1772445600.0},
            "lost": frozenset({3}),
            "lines": LINES,
        }
        | said
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "issues"


@pytest.mark.parametrize("kept", [known(), known(lines={})], ids=["some issues", "none"])
def test_what_was_kept_comes_back(path, kept):
    cache.write(path, kept)

    assert cache.read(path, "context") == kept
    assert [file.name for file in path.parent.iterdir()] == ["issues"]


def test_two_runs_at_once_are_in_nobodys_way(path, monkeypatch):
    replace_ = Path.replace

    def after_another(fresh, target):
        replace_(fresh, target)
        return replace_(fresh, target)

    monkeypatch.setattr(Path, "replace", after_another)
    cache.write(path, known())

    assert cache.read(path, "context") == known()


def test_a_line_tells_what_needs_no_reading():
    assert LINES[1] == ("abcdef", True, {"incident"}, json.dumps(ROW, separators=(",", ":")).encode())
    assert (LINES[2].is_open, LINES[2].gates) == (False, {"", "incident"})
    assert LINES[1].row() == ROW


def test_there_may_be_nothing(path):
    assert cache.read(path, "context") is None
    path.mkdir(parents=True)
    assert cache.read(path, "context") is None


def test_what_others_kept_is_not_used(path):
    cache.write(path, known())

    assert cache.read(path, "another context") is None


def test_no_byte_may_differ(path):
    cache.write(path, known())
    whole = path.read_bytes()

    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.read(path, "context") is None, place
    for place in range(len(whole)):
        path.write_bytes(whole[:place])
        assert cache.read(path, "context") is None, place
    path.write_bytes(whole + b"\n")
    assert cache.read(path, "context") is None


def rewritten(path, *lines, **said):
    """A file whose checksum is right, and the rest isn't."""
    cache.write(path, known(lines={}))
    head = json.loads(path.read_bytes().split(b"\n")[1]) | said
    text = b"\n".join([json.dumps(head).encode(), *lines])
    path.write_bytes(index.seal(text) + b"\n" + text)


@pytest.mark.parametrize(
    "said",
    [
        {"version": 2},
        {"version": None},
        {"labels": {"LA_1": []}},
        {"labels": 5},
        {"marks": "x"},
        {"short": {"incident": [1]}},
        {"synced": "soon"},
        {"synced": None},
        {"trusted": 7},
        {"untrusted": ["stranger"]},
        {"untrusted": {"stranger": "lately"}},
    ],
)
def test_what_makes_no_sense_is_not_used(path, said):
    rewritten(path, **said)

    assert cache.read(path, "context") is None


@pytest.mark.parametrize("line", [b"", b"1", b"x  o  {}", b"1  o 9 {}", b"1  o x {}", b"1 \xff o  {}"])
def test_a_line_that_makes_no_sense_spoils_all(path, line):
    rewritten(path, line)

    assert cache.read(path, "context") is None


@pytest.mark.parametrize("head", [b"", b"[]", b"{}", b"null", b"[" * 100_000])
def test_a_head_that_makes_no_sense_spoils_all(path, head):
    path.parent.mkdir()
    path.write_bytes(index.seal(head) + b"\n" + head)

    assert cache.read(path, "context") is None


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'[1,"I_1"]'])
def test_an_issue_that_makes_no_sense_is_found_out_when_it_is_read(text):
    with pytest.raises(cache.DamagedError):
        LINES[1]._replace(text=text).row()


def test_a_digest_tells_whatever_decides_what_an_issue_means():
    line = LINES[1]
    digests = {
        cache.digest(line, ["jane"], "bot"),
        cache.digest(line, [], "bot"),
        cache.digest(line, ["jane", "joe"], "bot"),
        cache.digest(line, ["janejoe"], "bot"),
        cache.digest(line, ["jane"], "jane"),
        cache.digest(LINES[2], ["jane"], "bot"),
    }

    assert len(digests) == 6
    assert cache.digest(line, ["joe", "jane"], "bot") == cache.digest(line, {"jane", "joe"}, "bot")


def test_a_file_that_cannot_be_written_is_one_message(path):
    path.parent.write_text("a file")

    with pytest.raises(UsageError, match=r"can't be written: .*; choose another --cache"):
        cache.write(path, known())


def test_ten_thousand_issues_are_cheap_to_load(path, monkeypatch):
    """0.3 s are allowed for what a run does when nothing changed; taking all lines apart would take most of it."""
    text = "x" * 1700
    lines = {number: cache.line([number, *ROW[1:3], text, *ROW[4:]], GATES) for number in range(10_000)}
    cache.write(path, known(lines=lines))
    assert path.stat().st_size > 10_000 * 1900

    taken_apart = []
    monkeypatch.setattr(cache, "json", SimpleNamespace(loads=lambda text: taken_apart.append(text) or json.loads(text)))
    found = cache.read(path, "context")

    assert found.lines == lines
    assert [len(text) < 1000 for text in taken_apart] == [True]


def test_a_row_is_what_a_line_holds():
    assert rows.number(ROW) == 1
    assert rows.updated(ROW) == "2026-03-02T10:00:00Z"
    assert (rows.is_open(ROW), rows.is_open(CLOSED)) == (True, False)
    assert rows.labels(ROW) == {"incident", "severity/major"}


def test_nothing_else_is_part_of_a_line():
    assert replace(known(), lines={}) != known()
