"""Histories move: from other pages and from files into issues, and from issues into files."""

import json
from pathlib import Path

import pytest

from ghstatus.errors import StoreError, Unavailable
from ghstatus.grammar import config
from ghstatus.model import StoreKind
from ghstatus.stores.github.store import GitHubStore
from tests.examples import CONFIG, INCIDENT, NOW

pytest_plugins = ["tests.commands", "tests.github.fixture"]

PACKIT = Path(__file__).parent / "data" / "import" / "packit"
loopback = pytest.mark.loopback


def told(run, *where):
    """What a page says, without where it says it."""
    board = json.loads(run("status", *where, "--now", "2026-03-03", "--json")[1])
    return {key: value for key, value in board.items() if key != "problems"}


def nameless(board):
    """What a page says, whatever its incidents are called."""
    kinds = ("components", "incidents", "maintenance", "announcements")
    things = {
        kind: [one | {"ref": "", "incidents": len(one.get("incidents", ""))} for one in board[kind]] for kind in kinds
    }
    return board | things


@loopback
def test_an_import_into_issues_may_be_repeated(run, status, github):
    code, out, _ = run("import", "cstate", PACKIT, "new", "--repo", "packit/status")
    opened = len(github.made("issues/create"))

    written = config.parse(Path("new/ghstatus.yml").read_text(), where="new")
    assert code == 0
    assert out.startswith("10 incidents read: 10 written to packit/status, 0 there already; ")
    assert (written.store, written.repository) == (StoreKind.GITHUB, "packit/status")
    assert not Path("new/incidents").exists()
    assert opened == 10
    assert "0 written to packit/status, 10 there already" in run("import", "cstate", PACKIT, "new")[1]
    assert len(github.made("issues/create")) == opened


@loopback
def test_what_was_imported_and_exported_gives_the_same_page(run, status):
    for issue in list(status.issues.values()):
        issue.delete()
    run("import", "cstate", PACKIT, "folder")
    run("import", "folder", "folder", "new", "--repo", "packit/status")
    assert run("export", "backup", "--site", "new")[1] == "10 incidents written to backup, 0 the same\n"

    assert told(run, "new") == told(run, "backup")
    assert nameless(told(run, "folder")) == nameless(told(run, "new"))
    listed = [run("incident", "list", "--all", "--json", "--site", site)[1] for site in ("new", "backup")]
    assert listed[0] == listed[1]
    assert run("export", "backup", "--site", "new")[1] == "0 incidents written to backup, 10 the same\n"
    assert "0 written to packit/status, 10 there already" in run("import", "cstate", PACKIT, "new")[1]


@loopback
def test_an_import_may_be_tried_first(run, status, github):
    code, out, _ = run("import", "cstate", PACKIT, "--dry-run")

    assert code == 0
    assert out.startswith("open incident 2022-10-11-outage: ")
    assert "10 to write to packit/status, 0 there already" in out
    assert github.made("issues/create") == []


@loopback
def test_an_import_goes_on_where_it_was_refused(run, status, monkeypatch):
    apply, count = GitHubStore.apply, iter(range(100))

    def refuse(store, action):
        if next(count) == 3:
            raise StoreError("no")
        apply(store, action)

    monkeypatch.setattr(GitHubStore, "apply", refuse)
    code, out, err = run("import", "cstate", PACKIT)

    assert code == 1
    assert "9 written to packit/status, 0 there already; 1 not written (the same command goes on); " in out
    assert "failed: open incident 2023-10-31-release-monitoring-org-outage: " in err
    assert "1 written to packit/status, 9 there already; " in run("import", "cstate", PACKIT)[1]


@loopback
def test_an_import_that_is_cut_off_says_so(run, status, monkeypatch):
    def gone(*_):
        raise Unavailable("GitHub doesn't answer")

    monkeypatch.setattr(GitHubStore, "apply", gone)
    code, out, err = run("import", "cstate", PACKIT)

    assert code == 1
    assert "0 written to packit/status, 0 there already; 10 not written" in out
    assert "stopped: GitHub doesn't answer\n" in err


@loopback
def test_nothing_is_written_while_not_everything_can_be_read(run, status, github):
    github.fail("repos/get-collaborator-permission-level", with_=500, times=None)

    for command in (["import", "cstate", PACKIT, "--repo", "packit/status"], ["export", "backup"]):
        code, _, err = run(*command)
        assert code == 1
        assert "not everything could be read, so nothing is written: whether @" in err
    assert github.made("issues/create") == []
    assert not Path("backup").exists()


def test_a_site_of_files_comes_along(run, site):
    (site / "ghstatus.yml").write_text("title: x\ncomponents:\n- {id: c, name: Copr}\n- {id: old, name: Old}\n")
    (site / "incidents" / "42.md").write_text(INCIDENT + "\n## Resolved – 2026-03-02 10:00 UTC\nComponents: c, Old\n")
    (site / "incidents" / "bad.md").write_text("---\ntitle: Bad\nnumber: 7\nseverity: hihg\nstarted: 2026-03-01\n---\n")
    Path("other").mkdir()
    Path("other/ghstatus.yml").write_text(
        "title: Other\ncomponents:\n- {id: fedora-copr, name: copr}\n- {id: new, name: New}\n"
    )

    code, out, err = run("import", "folder", "site", "other")

    assert code == 0
    assert out == "3 incidents read: 3 written to other, 0 there already; 1 remark\n"
    assert "incidents/bad.md:4:1: severity: 'hihg' is unknown" in err
    assert '  - {id: old, name: "Old", hidden: true}' in err
    text = Path("other/incidents/incident-42.md").read_text()
    assert "components:\n- fedora-copr\n" in text
    assert "source: folder:42\n" in text
    assert "Components: fedora-copr, old\n" in text
    assert "number" not in Path("other/incidents/incident-7.md").read_text()
    assert "0 written to other, 3 there already" in run("import", "folder", "site", "other")[1]


def test_a_site_of_files_brings_its_configuration(run, site):
    assert run("import", "folder", "site", "other")[0] == 0

    assert told(run, "other") == told(run, "site")


def test_what_is_no_site_is_refused(run, site):
    assert run("import", "folder", "nowhere", "other")[::2] == (
        2,
        "nowhere is no site folder: it holds no ghstatus.yml\n",
    )


def test_an_export_is_a_copy_that_is_kept_up(run, site):
    (site / "incidents" / "over.md").write_text(INCIDENT)
    run("export", "copy")
    (site / "incidents" / "pending.md").write_text(INCIDENT.replace("wait", "work"))
    (site / "incidents" / "over.md").unlink()
    (site / "ghstatus.yml").write_text(CONFIG.replace("Example", "Sample"))
    code, out, err = run("export", "copy")

    assert (code, out) == (0, "1 incident written to copy, 0 the same\n")
    assert err == "copy/incidents: over is gone from what was exported; left as it is\n"
    assert "They work." in Path("copy/incidents/pending.md").read_text()
    assert (
        Path("copy/ghstatus.yml")
        .read_text()
        .startswith("# Written by `ghstatus export`, and written anew by the next one.\ntitle: Sample\n")
    )


def test_an_export_writes_only_what_changed(run, site):
    run("export", "copy")
    before = {path: path.stat().st_mtime_ns for path in Path("copy").rglob("*.*")}
    run("export", "copy")

    assert {path: path.stat().st_mtime_ns for path in Path("copy").rglob("*.*")} == before


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("site", "site/ghstatus.yml was not written by an export, so it is left alone; choose another folder"),
        ("site/ghstatus.yml", "site/ghstatus.yml/ghstatus.yml can't be read: Not a directory"),
    ],
)
def test_an_export_never_replaces_a_configuration(run, site, folder, words):
    before = (site / "ghstatus.yml").read_text()

    code, _, err = run("export", folder, "--site", site, "--now", NOW)
    assert (code, err) == (2, f"{words}\n")
    assert (site / "ghstatus.yml").read_text() == before
