"""Post-mortems beside incidents in a folder: read with them, drafted there, and never in the way."""

import pytest

from ghstatus import board
from ghstatus.errors import UsageError
from ghstatus.grammar.postmortem import House
from ghstatus.model import Reviews
from ghstatus.stores import postmortems
from ghstatus.stores.folder import FolderStore
from ghstatus.stores.memory import MemoryStore
from tests.builders import NOW, at, issue, site

DRAFT = "---\nincident: disk-full\nstatus: draft\n---\nA disk was full.\n"
PUBLISHED = DRAFT.replace("draft", "published\nwritten: 2026-03-01")
INCIDENT = "---\ntitle: A disk is full\nstarted: 2026-02-02\nended: 2026-02-03\nseverity: minor\n---\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("incidents", "postmortems"):
        (tmp_path / name).mkdir()
    (tmp_path / "incidents" / "disk-full.md").write_text(INCIDENT, encoding="utf-8")
    return tmp_path


def observe(folder, **said):
    return FolderStore(folder, site(**said)).observe(NOW)


def write(folder, text, name="disk-full.md"):
    (folder / "postmortems" / name).write_text(text, encoding="utf-8")


def test_a_folder_without_any_has_none(tmp_path):
    assert observe(tmp_path).postmortems == ()


def test_those_of_a_folder_are_on_the_board(folder):
    write(folder, PUBLISHED)
    write(folder, DRAFT.replace("disk-full", "another"), "b.md")
    write(folder, "How we write these.", "README.md")
    snapshot = observe(folder)
    judged = board.judge(snapshot, NOW)
    found = judged.postmortems

    assert {ref: one.published for ref, one in found.items()} == {"disk-full": at("2026-03-01"), "another": None}
    assert [str(problem) for problem in judged.problems] == [
        "postmortems/b.md: it is about 'another', and there is no such incident → not shown"
    ]
    assert not snapshot.unobserved


def test_an_issue_about_nothing_is_told_by_its_number():
    one = issue(labels=("postmortem",), text="Incident: #42", number=50)
    store = MemoryStore(site(), issues=[one], trusted=["jane"])

    assert [problem.where for problem in board.judge(store.observe(NOW), NOW).problems] == ["#50"]


def test_reviewers_are_asked_here_too(folder):
    write(folder, PUBLISHED)
    (found,) = observe(folder, reviews=Reviews(reviewers=("rita",))).postmortems

    assert (found.published, found.waits_for) == (None, "`approved_by:` @rita")


def test_what_is_wrong_with_one_is_told_and_hides_no_outage(folder):
    write(folder, DRAFT.replace("draft", "done"))
    write(folder, PUBLISHED, "twice.md")
    (folder / "postmortems" / "broken.md").write_bytes(b"---\nincident: b\n---\n\xff")
    (folder / "postmortems" / "folder.md").mkdir()
    snapshot = observe(folder)

    assert [str(problem) for problem in snapshot.problems] == [
        "postmortems/broken.md:4: byte 0xff is not UTF-8; accepted: text in UTF-8 → shown as \N{REPLACEMENT CHARACTER}",
        "postmortems/disk-full.md:3:1: status: 'done' is no status; accepted: draft or published → not shown",
        "postmortems/folder.md: this is no file → not shown",
        "postmortems/disk-full.md: the post-mortem of disk-full is postmortems/twice.md already → not shown",
    ]
    assert not snapshot.unobserved


def test_one_that_goes_while_it_is_read_is_told(folder, monkeypatch):
    write(folder, DRAFT)

    def gone(*_):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(postmortems.files, "read", gone)
    found = postmortems.observe(folder, House(), NOW)

    assert [problem.seen for problem in found.problems] == ["the file can't be read: No such file or directory"]


def test_a_draft_is_written_once(folder):
    path = postmortems.create(folder, "disk-full", "\nTo be told.\n", NOW)
    assert path.read_text(encoding="utf-8") == (
        "---\nincident: disk-full\nstatus: draft\nwritten: 2026-03-02 12:00 UTC\n---\n\nTo be told.\n"
    )

    write(folder, "mine")
    assert postmortems.create(folder, "disk-full", "anew", NOW) == path
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_draft_stays_in_its_folder(folder):
    with pytest.raises(UsageError, match=r"'\.\./x' is no name for a post-mortem"):
        postmortems.create(folder, "../x", "text", NOW)


@pytest.mark.parametrize(
    ("labels", "text", "dialect", "found"),
    [
        (("postmortem",), "Incident: #42", "ghstatus", ["42"]),
        (("postmortem",), "No incident.", "ghstatus", []),
        (("postmortem", "incident"), "Incident: #42", "ghstatus", []),
        (("incident",), "Incident: #42", "ghstatus", []),
        (("postmortem",), "Incident: #42", "jayfk", ["42"]),
        (("postmortem",), "No incident.", "jayfk", []),
    ],
)
def test_in_memory_they_are_issues_as_on_github(labels, text, dialect, found):
    store = MemoryStore(site(dialect=dialect), issues=[issue(labels=labels, text=text, number=50)], trusted=["jane"])

    assert [one.incident for one in store.observe(NOW).postmortems] == found
