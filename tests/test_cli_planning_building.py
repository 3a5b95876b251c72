"""`apply --out`: the page from the same look at GitHub as the plan."""

import pytest

from ghstatus import flow
from tests.examples import NOW

pytest_plugins = ["tests.commands", "tests.github.fixture"]
pytestmark = pytest.mark.loopback
LATER = "2026-03-02T13:00:00Z"


def tree(folder):
    """Its files, without the mark by which a build knows its own site again."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".ghstatus-site")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def old(status, title="Old"):
    labels = ["incident", "severity/minor", "component/copr"]
    return status.issue(title, by="jane", labels=labels).close(by="jane")


def test_the_page_is_the_one_that_a_build_writes(run, status, tmp_path):
    old(status)
    code, out, err = run("apply", "site", "--now", NOW, "--out", "both")
    run("build", "site", "--now", NOW, "--out", "alone")

    assert (code, "changes made" in out) == (0, True)
    assert "both: " in err
    assert " written, as of 2026-03-02 " in err
    assert tree(tmp_path / "both") == tree(tmp_path / "alone")


def test_one_look_is_enough(run, status, github):
    old(status)
    for _ in range(2):
        run("apply", "site", "--now", NOW, "--out", "page")
    before = github.counts.total()
    _, out, _ = run("apply", "site", "--now", NOW, "--out", "page")

    assert out == "nothing to change in packit/status; 1 request to GitHub\n"
    assert github.counts.total() == before + 1


def test_only_what_changed_is_written_again(run, status, tmp_path):
    old(status)
    run("apply", "site", "--now", NOW, "--out", "page")
    run("apply", "site", "--now", NOW, "--out", "page")
    mark = tmp_path / "page" / "incidents" / "3" / "index.html"
    before = mark.stat().st_mtime_ns
    status.issues[1].comment("Resolved: it works.", by="jane")
    _, _, err = run("apply", "site", "--now", LATER, "--out", "page")
    run("build", "site", "--now", LATER, "--out", "fresh")

    assert mark.stat().st_mtime_ns == before
    assert tree(tmp_path / "page") == tree(tmp_path / "fresh")
    assert " files, " in err


def test_the_page_may_have_an_address_of_its_own(run, status, tmp_path):
    address = ("--base-url", "https://status.example.org/x/")
    run("apply", "site", "--now", NOW, "--out", "page", *address)
    run("build", "site", "--now", NOW, "--out", "alone", *address)

    assert tree(tmp_path / "page") == tree(tmp_path / "alone")
    assert 'href="/x/' in (tmp_path / "page" / "404.html").read_text()


def test_the_page_is_built_though_the_plan_is_refused(run, status, site, tmp_path):
    (site / "ghstatus.yml").write_text(f"{(site / 'ghstatus.yml').read_text()}limits: {{actions: 1}}\n")
    code, _, err = run("apply", "site", "--now", NOW, "--out", "page")

    assert (code, "refused: " in err) == (1, True)
    assert "Copr is down" in (tmp_path / "page" / "index.html").read_text()


def test_json_is_all_that_goes_to_stdout(run, status):
    assert run("apply", "site", "--now", NOW, "--out", "page", "--json")[1].rstrip().endswith("}")


def test_without_a_look_the_old_page_stays(run, status, github, tmp_path):
    run("apply", "site", "--now", NOW, "--out", "page")
    before = tree(tmp_path / "page")
    github.fail("POST /graphql", with_=500, times=None)

    assert run("apply", "site", "--now", LATER, "--out", "page", "--wait", "0")[0] == 1
    assert tree(tmp_path / "page") == before


def test_damaged_notes_are_made_anew(run, status, tmp_path, monkeypatch):
    old(status)
    for _ in range(2):
        run("apply", "site", "--now", NOW, "--out", "page")
    write, tries = flow.write, []

    def damaged(*given, **also):
        tries.append(given)
        if len(tries) == 1:
            raise LookupError
        return write(*given, **also)

    monkeypatch.setattr(flow, "write", damaged)
    code, _, _ = run("apply", "site", "--now", LATER, "--out", "page")
    run("build", "site", "--now", LATER, "--out", "fresh")

    assert code == 0
    assert tree(tmp_path / "page") == tree(tmp_path / "fresh")


def test_a_look_up_that_fails_without_notes_is_a_bug(run, status, monkeypatch):
    def broken(*_, **__):
        raise LookupError("ours")

    monkeypatch.setattr(flow, "write", broken)

    assert run("apply", "site", "--now", NOW, "--out", "page")[0] == 3
