"""`ghstatus init` and `ghstatus upgrade`, in folders as people have them."""

import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from ghstatus.cli import access, asking, options, origin
from ghstatus.grammar import config, form
from ghstatus.starter import CLOCK, PATHS, README, WORKFLOW, forms
from tests import submissions
from tests.builders import NOW

pytest_plugins = ["tests.commands", "tests.github.fixture"]

SOURCES = Path(__file__).parent / "data" / "import"
INCIDENT = ".github/ISSUE_TEMPLATE/incident.yml"
WHO = ("--repo", "packit/status", "--title", "Packit Status")
NEW = ("init", ".", *WHO, "-c", "Website", "--component", "dash=The dashboard", "--external", "copr, Testing Farm")
IN_STEP = "nothing to write: every file is up to date\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """An empty folder, in which the commands run, and nobody at a terminal."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(asking, "is_there_anybody", lambda: False)
    monkeypatch.setattr(options, "moment", lambda now, moment=options.moment: moment(now) if now else NOW)
    return here


@pytest.fixture
def adopted(here, run):
    """A repository that `init` made a status page's."""
    assert run(*NEW)[0] == 0
    return here


@pytest.fixture
def person(monkeypatch):
    """Somebody at the terminal, with these answers."""

    def person(*answers):
        left = list(answers)
        asked = []

        def answer(question, **said):
            asked.append(question)
            if not left:
                raise typer.Abort
            return left.pop(0) or said.get("default")

        monkeypatch.setattr(asking, "is_there_anybody", lambda: True)
        monkeypatch.setattr(typer, "prompt", answer)
        monkeypatch.setattr(typer, "confirm", answer)
        return asked

    return person


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(folder="."):
    return config.parse(Path(folder, "ghstatus.yml").read_text(), where="ghstatus.yml")


def edit(path, old, new):
    text = Path(path).read_text()
    assert old in text
    Path(path).write_text(text.replace(old, new))


def test_an_empty_folder_becomes_a_status_page_s(run, here):
    code, out, err = run(*NEW)

    assert (code, err) == (0, "")
    assert set(files(here)) == {"ghstatus.yml", *PATHS}
    assert [(one.id, one.name, one.external) for one in page().components] == [
        ("website", "Website", False),
        ("dash", "The dashboard", False),
        ("copr", "Copr", True),
        ("testing-farm", "Testing Farm", True),
    ]
    assert (page().title, page().repository, page().store, page().base_url) == (
        "Packit Status",
        "packit/status",
        "github",
        "",
    )
    assert out.count("written: ") == 11
    assert "1. In https://github.com/packit/status, Settings → Pages, choose GitHub Actions as the source.\n" in out
    assert "GITHUB_TOKEN=$(gh auth token) ghstatus serve .\n4. Failed checks of pull requests here are" in out


def test_a_second_run_changes_nothing(run, adopted):
    before = files(adopted)

    assert run(*NEW) == (0, IN_STEP, "")
    assert run("init") == run("upgrade") == run("init", "--check") == run("upgrade", "--check") == (0, IN_STEP, "")
    assert files(adopted) == before


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ([], "--repo owner/name, --title, --component NAME (-c, for each)"),
        (["--store", "folder"], "--title, --component NAME (-c, for each)"),
        (["--title", "T", "-c", "A", "--yes"], "--repo owner/name"),
        (["--repo", "a/b", "--external", "copr"], "--title"),
    ],
)
def test_without_anybody_to_ask_all_that_is_missing_is_said(run, here, said, missing):
    assert run("init", *said) == (2, "", f"say {missing}: there is nobody to ask\n")
    assert files(here) == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["--site", "../x"], "--site: '../x' is no folder within the repository"),
        (["--site", "/x"], "--site: '/x' is no folder"),
        (["--site", "a b"], "--site: 'a b' is no folder"),
        (
            ["--external", "cpr"],
            "--external: 'cpr' is unknown; accepted: copr, testing-farm, koji, bodhi, obs, readthedocs",
        ),
        (["--external", "cpr"], "(did you mean 'copr'?); name others by --component"),
        (["--store", "s3"], "--store: 's3' is unknown; accepted: folder or github"),
        (["--dialect", "upptme"], "(did you mean 'upptime'?)"),
        (["--base-url", "foo"], "--base-url: 'foo' is no address"),
        (["-c", "website"], "--component: 'website' is there already"),
        (["-c", "website=Other"], "--component: 'website=Other' is there already"),
        (["-c", "x="], "--component: 'x=' has no name"),
        (["--repo", "packit"], "--repo: 'packit' is no repository; accepted: a repository as owner/name"),
        (["--title", "a\tb"], "ghstatus.yml:4:1: title: 'a\\tb' is no title"),
        (
            ["--from", "cstat", "x"],
            "--from: 'cstat' is unknown; accepted: cstate, fedora or statusfy (did you mean 'cstate'?)",
        ),
        (["--from", "cstate", "x"], "x is no cState site"),
    ],
)
def test_what_makes_no_page_is_refused(run, here, said, words):
    code, out, err = run("init", *WHO, "-c", "Website", *said)

    assert (code, out, files(here)) == (2, "", {})
    assert words in err


def test_a_configuration_that_is_there_stands(run, adopted):
    before = files(adopted)
    said = (
        "--title",
        "Mine",
        "--repo",
        "a/b",
        "--store",
        "folder",
        "-c",
        "Else",
        "-c",
        "dash=The dashboard",
        "--external",
        "koji",
    )
    code, out, err = run("init", *said)

    assert (code, out, files(adopted)) == (2, "", before)
    assert err == (
        "ghstatus.yml is there already and stays as it is, but doesn't say --title 'Mine', --repo 'a/b', "
        "--store 'folder', a component 'Else', a component 'koji'; write it there, then run `ghstatus upgrade`\n"
    )


def test_a_page_that_names_no_repository_may_be_any_s(run, here):
    (here / "ghstatus.yml").write_text("title: T\nstore: github\ncomponents: [{id: a, name: A}]\n")

    assert run("init", "--repo", "a/b")[0] == 0
    assert README not in files(here)


def test_everything_may_be_seen_before(run, here):
    code, out, _ = run(*NEW, "--dry-run")

    assert (code, files(here)) == (0, {})
    assert [line for line in out.splitlines() if line.startswith("+++")] == [
        f"+++ b/{one}" for one in ("ghstatus.yml", *PATHS)
    ]
    assert out.endswith("11 files to write\n")
    assert run(*NEW, "--check")[0] == 1
    assert files(here) == {}


def test_forms_follow_the_components(run, adopted):
    edit("ghstatus.yml", "- id: dash\n  name: The dashboard\n", "- id: koji\n  name: Koji\n")
    code, checked, _ = run("upgrade", "--check")

    assert code == 1
    assert "-    - The dashboard (dash)\n+    - Koji (koji)\n" in checked
    assert checked.endswith("5 files to write\n")
    assert run("upgrade", "--dry-run")[:2] == (0, checked)

    code, out, err = run("upgrade")

    assert (code, err) == (0, "")
    assert out.count("+    - Koji (koji)") == 5 == out.count("updated: ")
    assert Path(INCIDENT).read_text().split("\n\n", 1)[1] == forms.forms(page())["incident.yml"]
    assert run("upgrade", "--check")[0] == 0


def test_what_somebody_edited_is_kept_until_it_lags_behind(run, adopted):
    edit(INCIDENT, "Something is broken.", "Mine.")

    assert run("upgrade", "--check") == (0, IN_STEP, "")

    edit("ghstatus.yml", "name: Website", "name: The website")
    code, out, err = run("upgrade")

    assert code == 0
    assert "+description: Something is broken." in out
    assert err == f"{INCIDENT} was edited by hand and is left alone; apply the diff to it, or say --force\n"
    assert "description: Mine." in Path(INCIDENT).read_text()
    assert "The website" not in Path(INCIDENT).read_text()

    code, out, again = run("upgrade", "--check")

    assert (code, again) == (1, err)
    assert out.endswith("\nnothing to write\n")
    assert run("upgrade")[1] == out


def test_the_diff_of_what_is_kept_can_be_applied(run, adopted):
    edit(INCIDENT, "Something is broken.", "Mine.")
    edit("ghstatus.yml", "name: Website", "name: The website")
    _, out, _ = run("upgrade")
    patch = out[: out.index(f"--- a/{PATHS[PATHS.index(INCIDENT) + 1]}")]

    subprocess.run(["git", "apply"], input=patch, text=True, check=True)

    assert run("upgrade", "--check") == (0, IN_STEP, "")


@pytest.mark.parametrize("path", PATHS)
def test_what_somebody_deleted_is_written_again_but_for_the_readme(run, adopted, path):
    Path(path).unlink()
    written = run("upgrade")[1]

    assert (f"written: {path}\n" in written) is Path(path).exists() is (path != README)


def test_force_overwrites_what_somebody_edited(run, adopted):
    before = files(adopted)
    edit(INCIDENT, "Something is broken.", "Mine.")

    assert run("upgrade", "--force")[0] == 0
    assert files(adopted) == before


def test_what_isn_t_by_ghstatus_is_left_alone(run, here):
    chooser = here / ".github" / "ISSUE_TEMPLATE" / "config.yml"
    chooser.parent.mkdir(parents=True)
    chooser.write_text("blank_issues_enabled: false\n")
    code, _, err = run(*NEW)

    assert (code, chooser.read_text()) == (0, "blank_issues_enabled: false\n")
    assert err == ".github/ISSUE_TEMPLATE/config.yml isn't by ghstatus and is left alone; --force overwrites it\n"
    assert run("upgrade", "--check")[0] == 0
    assert run("upgrade", "--force")[0] == 0
    assert "contact_links" in chooser.read_text()


def test_beside_a_workflow_of_somebody_s_own_the_clock_comes_by_force(run, adopted):
    (adopted / CLOCK).unlink()
    (adopted / WORKFLOW).write_text("on: push\n")

    assert run("upgrade")[0] == 0
    assert not (adopted / CLOCK).exists()
    assert run("upgrade", "--force")[0] == 0
    assert run("upgrade", "--check") == (0, IN_STEP, "")
    assert (adopted / CLOCK).exists()


def test_nothing_is_overwritten_unasked(run, here):
    (here / "README.md").write_text("# Mine\n")
    code, out, err = run(*NEW)

    assert (code, set(files(here))) == (1, {"README.md"})
    assert "+**[Is it down?]" in out
    assert err == "nothing is written; say --yes if the diff is as it should be\n"
    assert run(*NEW, "--yes")[0] == 0
    assert (here / "README.md").read_text().startswith("# Mine\n\n<!-- ghstatus init: ")


def clone(folder, url, *, before="", after=""):
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text(f'{before}[remote "origin"]\n\turl = {url}\n\tfetch = +x\n{after}')


def test_a_page_born_today_claims_no_days_before(run, here):
    run(*NEW)

    assert {one.start_date for one in page().components} == {NOW.date()}
    assert Path("ghstatus.yml").read_text().count(f"start_date: {NOW:%Y-%m-%d}\n") == 4


def test_a_page_that_was_there_before_keeps_its_days(run, here):
    run("init", "--repo", "a/b", "--from", "cstate", SOURCES / "packit", "-c", "New one")
    *old, new = page().components

    assert len(old) > 3
    assert {one.start_date for one in old} == {None}
    assert new.start_date == NOW.date()


def test_issues_that_another_tool_reads_keep_their_days(run, here):
    run("init", *WHO, "--dialect", "upptime", "-c", "A", "--external", "copr")

    assert [(one.id, one.start_date) for one in page().components] == [("a", None), ("copr", None)]


def test_a_comma_parts_components(run, here):
    said = ("init", *WHO, "-c", "Website, dash=The dashboard,", "-c", "API")

    assert run(*said)[0] == 0
    assert [(one.id, one.name) for one in page().components] == [
        *(("website", "Website"), ("dash", "The dashboard"), ("api", "API"))
    ]
    assert run(*said) == (0, IN_STEP, "")
    assert "--component: '' has no name" in run("init", "new", *WHO, "-c", ",")[2]


def test_a_clone_knows_its_repository(run, here, monkeypatch):
    clone(here, "git@github.com:packit/status.git")

    assert run("init", "--title", "T", "-c", "A")[0] == 0
    assert page().repository == "packit/status"
    assert run("init", "--repo", "https://github.com/packit/status") == (0, IN_STEP, "")
    assert run("init", "files", "--store", "folder", "--title", "T", "-c", "A")[0] == 0
    assert page("files").repository == ""


def test_a_person_is_offered_the_clone_s_repository(run, here, person):
    clone(here, "https://github.com/packit/status")
    asked = person("", "T", "A", "")

    assert run("init")[0] == 0
    assert (asked[0], page().repository) == ("The repository, as owner/name", "packit/status")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/packit/status",
        "https://github.com/packit/status.git",
        "https://github.com/packit/status/",
        "https://github.com/packit/status/issues/3#top",
        "https://jane:ghp_secret@github.com/packit/status.git",
        "https://GitHub.com/packit/status",
        "http://www.github.com/packit/status?tab=readme",
        "git@github.com:packit/status.git",
        "github.com/packit/status",
        "ssh://git@ssh.github.com:443/packit/status.git",
        "git://github.com/packit/status.git",
    ],
)
def test_an_address_may_stand_for_a_repository(url):
    assert origin.named(url) == "packit/status"


@pytest.mark.parametrize(
    "url",
    [
        "packit/status",
        "https://gitlab.com/packit/status",
        "https://github.com.evil.example/packit/status",
        "https://evil.example/github.com/packit/status",
        "https://github.com@evil.example/packit/status",
        "https://github.com/packit",
        "../status",
        "/srv/git/status.git",
        "",
    ],
)
def test_an_address_elsewhere_stands_for_none(run, here, url):
    clone(here, url)

    assert origin.of(here) == origin.named(url) == ""
    assert run("init", "--title", "T", "-c", "A")[0] == 2


def test_an_enterprise_server_s_address_counts_where_it_is_named(monkeypatch):
    url = "https://ghe.example.org/packit/status"
    before = origin.named(url)
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://ghe.example.org")

    assert (before, origin.named(url)) == ("", "packit/status")


def test_of_several_remotes_the_origin_counts(here):
    other = '[remote "upstream"]\n\turl = https://github.com/other/other\n'
    clone(here, "https://github.com/packit/status", before=f"[core]\n\tbare = false\n{other}", after=other)

    assert origin.of(here) == "packit/status"
    (here / ".git" / "config").write_text(other)
    assert origin.of(here) == ""
    (here / ".git" / "config").write_text('[remote "origin"]\n')
    assert origin.of(here) == ""


def test_a_worktree_knows_its_clone(here, tmp_path):
    (tmp_path / "clone").mkdir()
    clone(tmp_path / "clone", "https://github.com/packit/status")
    notes = tmp_path / "clone" / ".git" / "worktrees" / "here"
    notes.mkdir(parents=True)
    (notes / "commondir").write_text("../..\n")
    (here / ".git").write_text(f"gitdir: {notes}\n")

    assert origin.of(here) == "packit/status"
    (notes / "commondir").unlink()
    assert origin.of(here) == ""
    (here / ".git").write_text(f"gitdir: {tmp_path / 'clone' / '.git'}\n")
    assert origin.of(here) == "packit/status"


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 1)])
def test_a_person_is_asked_before_something_is_overwritten(run, here, person, answer, code):
    (here / "README.md").write_text("# Mine\n")
    asked = person(answer)

    assert run(*NEW)[0] == code
    assert asked == ["Overwrite README.md?"]
    assert ((here / "ghstatus.yml").exists(), "Is it down?" in (here / "README.md").read_text()) == (answer, answer)


def test_a_person_is_asked_for_what_is_missing(run, person):
    asked = person("packit", "packit/status", "", ",", "Website, dash=Dashboard", "cpr", "copr,koji")
    code, _, err = run("init")

    assert code == 0
    assert [one.split(",")[0] for one in asked] == [
        *["The repository"] * 2,
        "The page's title",
        *["What people rely on"] * 2,
        *["Which of these it relies on"] * 2,
    ]
    assert [line.split(":")[0] for line in err.splitlines()] == ["--repo", "--component", "--external"]
    assert (page().title, [one.id for one in page().components]) == (
        "Packit Status",
        ["website", "dash", "copr", "koji"],
    )


def test_a_person_is_asked_for_nothing_else(run, person):
    asked = person("A", "")

    assert run("init", "--store", "folder", "--title", "T")[0] == 0
    assert len(asked) == 2
    assert [one.id for one in page().components] == ["a"]


@pytest.mark.parametrize("said", [["--external", "copr"], []])
def test_what_others_run_is_asked_for_once(run, person, said):
    asked = person("A", "koji")

    assert run("init", *WHO, *said)[0] == 0
    assert [one.id for one in page().components] == ["a", "copr" if said else "koji"]
    assert len(asked) == 2 - len(said) / 2


def test_whoever_goes_away_leaves_nothing_behind(run, here, person):
    person()

    assert run("init")[0] == 130
    (here / "README.md").write_text("# Mine\n")
    assert run(*NEW)[0] == 130
    assert set(files(here)) == {"README.md"}


def test_a_terminal_is_somebody(monkeypatch):
    monkeypatch.undo()
    for there in (True, False):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda there=there: there))
        assert asking.is_there_anybody() is there


def test_a_page_of_files_is_built_at_once(run, here):
    code, out, _ = run(
        "init", "status", "--store", "folder", "--title", "T", "-c", "A", "--base-url", "https://s.example.org"
    )

    assert code == 0
    assert (
        "the repository on GitHub, Settings → Pages, choose GitHub Actions as the source, and set s.example.org" in out
    )
    assert out.endswith("ghstatus serve status\n")
    assert set(files(here / "status")) == {"ghstatus.yml", WORKFLOW, CLOCK, README}
    assert run("build", "status", "--now", "2026-03-02T12:00Z")[0] == 0
    assert "<title>" in (here / "_site" / "index.html").read_text()


def test_a_page_of_issues_says_what_it_lacks(run, adopted):
    code, _, err = run("build")

    assert code == 2
    assert "set GITHUB_TOKEN or GH_TOKEN" in err


@pytest.mark.loopback
def test_from_nothing_to_an_incident_on_the_page(run, adopted, github, monkeypatch):
    monkeypatch.setattr(access, "time", SimpleNamespace(time=lambda: 0.0, sleep=lambda _: None))
    status = github.repository("packit/status")
    status.grant("jane", "write")
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)

    assert run("build")[0] == 0

    asked = (adopted / INCIDENT).read_text()
    answers = {
        form.COMPONENTS: ["The dashboard (dash)", "Copr (copr)"],
        form.SEVERITY: "critical \N{EN DASH} it doesn't work",
        form.BROKEN: "Nothing builds.",
    }
    status.issue("Builds fail", submissions.submit(asked, answers), by="jane", labels=["incident"])

    assert run("apply")[0] == 0
    code, out, _ = run("status", "--json")

    assert code == 0
    assert '"id": "dash",\n      "name": "The dashboard",\n      "status": "major_outage"' in out


@pytest.mark.parametrize("folder", ["site", "docs/status"])
def test_the_configuration_may_stand_elsewhere(run, here, folder):
    assert run("init", *WHO, "-c", "A", "--site", folder)[0] == 0
    assert f"paths: [{folder}/ghstatus.yml" in (here / WORKFLOW).read_text()
    for path in (WORKFLOW, CLOCK):
        assert f"    with:\n      site: {folder}\n" in (here / path).read_text()
    assert page(folder).title == "Packit Status"

    code, _, err = run("upgrade", "--check")

    assert (code, "holds no ghstatus.yml" in err) == ((0, False) if folder == "site" else (2, True))
    assert run("upgrade", "--check", "--site", folder)[0] == 0


def test_another_page_s_components_and_incidents_come_along_as_files(run, here):
    said = ("init", "--store", "folder", "--from", "fedora", SOURCES / "fedora-changes")
    code, out, _ = run(*said)

    assert code == 0
    assert "4 incidents read: 4 written to ." in out
    assert len(list((here / "incidents").iterdir())) == 4
    assert "4 incidents read: 0 written to ., 4 there already" in run(*said)[1]


def test_another_page_s_incidents_become_issues_by_a_command_of_their_own(run, here):
    code, out, _ = run(
        "init",
        "--repo",
        "packit/status",
        "--from",
        "cstate",
        SOURCES / "packit",
        "-c",
        "New one",
        "--external",
        "copr,npm",
    )
    ids = [one.id for one in page().components]

    assert code == 0
    assert f"  ghstatus import cstate {shlex.quote(str(SOURCES / 'packit'))} . --repo packit/status\n" in out
    assert "and set status.packit.dev as the domain" in out
    assert page().title == "Packit Service Status"
    assert (ids.count("copr"), ids[-2:]) == (1, ["new-one", "npm"])
    assert not (here / "incidents").exists()


def test_a_way_of_others_needs_no_forms(run, adopted):
    edit("ghstatus.yml", "store: github\n", "store: github\ndialect: upptime\n")
    code, _, err = run("upgrade")

    assert code == 0
    assert [line.split(" ")[0].rpartition("/")[2] for line in err.splitlines()] == [
        *("incident.yml", "maintenance.yml", "announcement.yml", "report.yml", "known-failure.yml", "config.yml")
    ]
    assert all(
        line.endswith("was written by ghstatus and isn't needed any more; delete it") for line in err.splitlines()
    )


def test_what_can_t_be_read_or_written_is_said(run, here):
    (here / "file").write_text("")
    (here / "bytes").mkdir()
    (here / "bytes" / "README.md").write_bytes(b"\xff")

    assert "can't be read: Not a directory" in run("init", "file", *NEW[2:])[2]
    assert "bytes/README.md can't be read: it isn't UTF-8" in run("init", "bytes", *NEW[2:])[2]
    assert run("upgrade")[0] == 2
