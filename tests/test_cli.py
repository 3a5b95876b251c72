"""The command line as a person uses it: right, and wrong."""

import importlib
import json
import runpy
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import typer

from ghstatus import __version__, flow
from ghstatus.cli import main, preview, terminal
from ghstatus.errors import Problem, UsageError
from tests.examples import CONFIG, INCIDENT, NOW

pytest_plugins = ["tests.commands"]


def test_version_is_the_packages(run):
    assert run("--version") == (0, f"ghstatus {__version__}\n", "")


@pytest.mark.parametrize(
    "command",
    [
        *([], ["build"], ["serve"], ["status"], ["validate"], ["schema"], ["import", "cstate"], ["plan"], ["apply"]),
        *(["incident", name] for name in ("open", "update", "resolve", "list", "show")),
        *(["export"], ["import", "folder"]),
    ],
)
def test_every_command_explains_itself(run, command):
    code, out, _ = run(*command, "--help")

    assert code == 0
    assert "Usage: ghstatus" in out


def test_build_writes_the_site(run, site):
    code, out, err = run("build", "site", "--now", NOW)

    assert (code, err) == (0, "")
    assert out.startswith("_site: ")
    assert "Partial outage of Copr" in (site.parent / "_site" / "index.html").read_text()


def test_build_finds_the_site_itself(run, site):
    assert run("build", "--now", NOW)[0] == 0


def test_a_folder_may_be_named_by_an_option(run, site):
    assert run("build", "--site", site, "--now", NOW)[0] == 0
    assert run("status", site, "--site", site, "--now", NOW)[0] == 0


def test_build_for_an_address_takes_its_path(run, site):
    run("build", "--now", NOW, "--base-url", "https://example.org/status")

    assert 'href="/status/static/style.css' in (site.parent / "_site" / "404.html").read_text()


def test_a_fresh_build_writes_everything_again(run, site):
    first = run("build", "--now", NOW)[1]

    assert run("build", "--now", NOW)[1] != first
    assert run("build", "--now", NOW, "--fresh")[1] == first


def test_a_fresh_build_needs_no_earlier_one(run, site):
    assert run("build", "--now", NOW, "--fresh")[0] == 0


def test_notes_may_be_kept_elsewhere(run, site, tmp_path):
    run("build", "--now", NOW, "--cache", str(tmp_path / "cache"))

    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["_site.json"]


def test_a_strict_build_tells_of_problems_by_its_exit_code(run, site):
    (site / "incidents" / "bad.md").write_text(INCIDENT.replace("major", "hihg"))

    assert run("build", "--now", NOW)[0] == 0
    code, _, err = run("build", "--now", NOW, "--strict")

    assert code == 1
    assert err.startswith("incidents/bad.md:3:")


def test_status_is_a_table(run, site):
    code, out, err = run("status", "--now", NOW)

    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Partial outage of Copr"
    assert "pending: Builds pending (investigating, since 2026-03-02 08:00 UTC, 4 h)" in out
    assert "Old" not in out


def test_status_tells_what_the_headline_leaves_out(run, site):
    (site / "incidents" / "pending.md").write_text(INCIDENT.replace("[copr]", "{copr: operational}"))

    assert "One incident is still open." in run("status", "--now", NOW)[1]


def test_status_shows_what_is_planned(run, site):
    (site / "incidents" / "new.md").write_text(
        "---\ntitle: New disks\nkind: maintenance\nscheduled_for: 2026-03-03\nscheduled_until: 2026-03-04\n---\n"
    )

    assert "new: New disks (scheduled, since 2026-03-03 00:00 UTC)" in run("status", "--now", NOW)[1]


def test_status_shows_announcements(run, site):
    (site / "incidents" / "away.md").write_text("---\ntitle: Away\nkind: announcement\nstarted: 2026-03-02\n---\n")

    assert "away: Away (announcement, since 2026-03-02 00:00 UTC, 12 h)" in run("status", "--now", NOW)[1]


def test_status_for_programs_is_json(run, site):
    told = json.loads(run("status", "--now", NOW, "--json")[1])

    assert (told["status"], told["impact"]) == ("partial_outage", "major")
    assert told["components"][0]["incidents"] == ["pending"]


def test_a_title_cannot_steer_the_terminal(run, site):
    (site / "incidents" / "pending.md").write_text(
        INCIDENT.replace("Builds", '"\\x1b[2J\\u202eBuilds"').replace(" pending\n", "\n")
    )

    out = run("status", "--now", NOW)[1]

    assert "\x1b" not in out
    assert "\u202e" not in out


def test_validate_is_content_with_a_good_site(run, site):
    assert run("validate", "--now", NOW) == (0, "all good: the configuration and 1 incident\n", "")


@pytest.mark.parametrize(("bad", "words"), [(1, "1 problem in"), (2, "2 problems in")])
def test_validate_names_every_problem(run, site, bad, words):
    for number in range(bad):
        (site / "incidents" / f"bad{number}.md").write_text(INCIDENT.replace("copr", "cpor"))

    code, out, err = run("validate", "--now", NOW)

    assert code == 1
    assert out.startswith(words)
    assert err.count("did you mean 'copr'?") == bad


def test_validate_names_known_failures_that_would_excuse_too_much(run, site):
    known = "known_failures:\n- {id: a, component: copr, text: Process completed with exit code}\n"
    (site / "ghstatus.yml").write_text(f"{CONFIG}\n{known}")

    code, out, err = run("validate", "--now", NOW)

    assert (code, out) == (1, "2 problems in the configuration and 1 incident\n")
    assert err.startswith("ghstatus.yml: known_failures[0].text: it is too broad: it also tells 'Error: Process comp")
    assert run("status", "--now", NOW)[2] == ""


def test_schema_is_printed(run):
    assert "components" in json.loads(run("schema")[1])["properties"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "nowhere"], "nowhere is no site folder: it holds no ghstatus.yml"),
        (["build", "--now", "soon"], "--now: 'soon' is not a time; accepted: a date"),
        (["build", "--base-url", "example.org"], "--base-url: 'example.org' is no address"),
        (["build", "--base-url", "https://a b/"], "--base-url: 'https://a b/' is no address"),
        (["build", "--base-url", "https://example.org/?a"], "without a user, a query or a fragment"),
        (["build", "--now", "0001-01-01"], "--now: '0001-01-01' is out of reach; accepted: a year from 1970 to 9998"),
        (["status", "--now", "9999-12-31"], "--now: '9999-12-31' is out of reach"),
        (["build", "--cache", "site/ghstatus.yml"], "ghstatus.yml/_site.json can't be written"),
        (["build", "--out", "site/ghstatus.yml"], "is a file"),
        (["build", "--out", "site"], "holds the site's source"),
        (["import", "cstate", "site", "new"], "site"),
        (["import", "cstate", "site"], "where to? Name the folder DEST, or a repository by --repo owner/name"),
        (["build", "site", "--site", "."], "SITE is 'site', but --site is '.'; name one folder"),
    ],
)
def test_wrong_usage_is_one_message(run, site, arguments, words):
    code, _, err = run(*arguments)

    assert code == 2
    assert words in err
    assert "Traceback" not in err


def test_without_a_site_it_says_where_it_looked(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    code, _, err = run("build")

    assert code == 2
    assert "looked for ghstatus.yml and site/ghstatus.yml" in err


def test_a_bad_configuration_tells_everything_at_once(run, site):
    (site / "ghstatus.yml").write_text("titel: x\ncomponents:\n- {id: A b, name: x}\n")

    code, _, err = run("validate")

    assert code == 2
    assert len(err.splitlines()) >= 3


def test_an_unknown_option_is_wrong_usage(run):
    assert run("build", "--nonsense")[0] == 2


def test_a_bug_says_how_to_report_it(run, site, monkeypatch):
    monkeypatch.setattr(flow, "build", lambda *_, **__: 1 / 0)

    code, _, err = run("build")

    assert code == 3
    assert f"ghstatus {__version__}, Python" in err


def test_a_reader_who_left_is_no_bug(run, site, monkeypatch):
    def leave(*_):
        raise BrokenPipeError

    monkeypatch.setattr(terminal, "say", leave)

    assert run("--version")[0] == 1


def test_interrupting_is_told_by_the_exit_code(run, site, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "build", interrupt)

    assert run("build")[0] == 130


def test_importing_makes_a_site_that_builds(run, site, tmp_path):
    data = Path(__file__).parent / "data" / "import" / "packit"

    code, out, _ = run("import", "cstate", str(data), str(tmp_path / "new"))

    assert code == 0
    assert " there already" in out
    assert run("build", str(tmp_path / "new"))[0] == 0
    assert "0 written" in run("import", "cstate", str(data), str(tmp_path / "new"))[1]


def test_importing_may_be_tried_first(run, site, tmp_path):
    data = Path(__file__).parent / "data" / "import" / "packit"

    code, out, _ = run("import", "cstate", str(data), "new", "--dry-run")

    *lines, last = out.splitlines()
    assert code == 0
    assert all(line.startswith("open ") for line in lines)
    assert f"{len(lines)} to write to new, 0 there already" in last
    assert not (tmp_path / "new").exists()


def test_importing_what_a_site_knows_is_quiet(run, site):
    data = Path(__file__).parent / "data" / "import" / "packit"
    run("import", "cstate", str(data), "new")

    assert "doesn't know" not in run("import", "cstate", str(data), "new")[2]


def test_importing_into_a_site_names_the_components_it_lacks(run, site):
    data = Path(__file__).parent / "data" / "import" / "packit"

    code, _, err = run("import", "cstate", str(data), "site")

    assert code == 0
    assert "site/ghstatus.yml doesn't know these components yet; add them:" in err
    assert "- {id: " in err


@pytest.mark.parametrize("kind", ["statusfy", "fedora"])
def test_every_importer_has_its_command(run, site, kind):
    code, _, err = run("import", kind, "site", "new")

    assert code == 2
    assert "site" in err


def test_progress_is_drawn_on_a_terminal_only(monkeypatch, capsys):
    terminal.progress("pages")(200)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    seen = terminal.progress("pages")
    seen(199)
    seen(1200)

    assert capsys.readouterr().err == "\rpages: 1,200\r"


@pytest.mark.parametrize("text", ["::error::x", "a ::x::", ":::", "##[error]x", "###[group]x"])
def test_nothing_gives_orders_to_a_workflow(monkeypatch, capsys, text):
    terminal.say(text)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    terminal.say(text)
    terminal.remark(text)
    terminal.data({"text": text})

    out, err = capsys.readouterr()
    as_it_is, spaced, *answer = out.splitlines()
    assert as_it_is == text
    assert not {"::", "##["} & {err[n : n + size] for size in (2, 3) for n in range(len(err))}
    assert spaced == err.rstrip()
    assert spaced.replace(" ", "") == text.replace(" ", "")
    assert json.loads("".join(answer)) == {"text": text}
    assert "##[" not in "".join(answer)
    assert not any(line.lstrip().startswith("::") for line in answer)


def test_problems_are_counted(capsys):
    assert terminal.problems([Problem(where="x.md", seen="a\nb"), Problem(where="y.md", seen="c")]) == 2
    assert capsys.readouterr().err == "x.md: a b\ny.md: c\n"


def fetched(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.status, answer.headers["Content-Type"], answer.read().decode()


@pytest.mark.loopback
def test_the_preview_serves_pages_and_the_404_page(tmp_path):
    (tmp_path / "index.html").write_text("home")
    with preview.listening(tmp_path, "127.0.0.1", 0) as address:
        assert fetched(address) == (200, "text/html", "home")
        for missing in ("nothing here", "not found"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                fetched(f"{address}nowhere")
            with refused.value as answer:
                assert missing in answer.read().decode().lower() or missing == "nothing here"
            (tmp_path / "404.html").write_text("not found")


@pytest.mark.loopback
def test_a_taken_port_is_one_message(tmp_path):
    with preview.listening(tmp_path, "127.0.0.1", 0) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(UsageError, match="choose another --port"), preview.listening(tmp_path, "127.0.0.1", port):
            pass


def changes(folder, *texts):
    """Stands in for watching: each text is written to the configuration, as if by an editor."""
    for text in texts:
        (folder / "ghstatus.yml").write_text(text)
        yield {("changed", "ghstatus.yml")}


def test_what_is_wrong_while_serving_is_said_and_the_old_site_stays(site, run, monkeypatch):
    monkeypatch.setattr(preview, "changes", lambda folder: changes(folder, CONFIG, "title: ["))

    code, out, err = run("serve", "--port", "0", "--now", NOW)

    first, second = err.splitlines()
    assert (code, out.partition(":")[0]) == (0, "Example")
    assert first.startswith("built again: ")
    assert "ghstatus.yml:" in second
    assert "Partial outage" in Path("_site/index.html").read_text()


@pytest.mark.loopback
def test_serve_builds_again_when_a_file_changes(site, tmp_path):
    command = [sys.executable, "-m", "ghstatus", "serve", "site", "--port", "0", "--now", NOW]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        address = server.stdout.readline().split(": ")[1].split(" ")[0]
        (site / "incidents" / "pending.md").write_text(INCIDENT.replace("Builds pending", "Something new"))
        rebuilt = server.stderr.readline()
        page = fetched(address)[2]
        server.send_signal(signal.SIGINT)
        server.wait(60)
        last = server.stderr.read()

    assert rebuilt.startswith("built again: ")
    assert "Something new" in page
    assert (server.returncode, last) == (0, "")


def test_what_a_build_writes_is_no_change(tmp_path):
    (tmp_path / "incidents").mkdir()
    found = preview.changes(tmp_path)
    (tmp_path / "_site").mkdir()
    (tmp_path / "_site" / "index.html").write_text("built")
    (tmp_path / "incidents" / "new.md").write_text("new")

    assert {Path(path).name for _, path in next(found)} == {"new.md"}


def test_help_imports_nothing_that_only_work_needs():
    heavy = ("babel", "comrak", "dateutil", "github", "icalendar", "jinja2", "re2", "requests", "yaml")
    rooms = ("actions", "flow", "grammar.config", "importers", "known", "plan", "render", "stores.github")
    names = [*heavy, *(f"ghstatus.{room}" for room in rooms)]
    found = subprocess.run(
        [sys.executable, "-c", f"import sys, ghstatus.cli; print([one for one in {names} if one in sys.modules])"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip() == "[]"


def test_the_way_through_the_house_has_no_other_doors():
    assert all(getattr(flow, name) for name in flow.__all__)
    with pytest.raises(AttributeError, match=r"module 'ghstatus\.flow' has no attribute 'nothing'"):
        flow.__getattr__("nothing")


def test_the_package_is_the_command(monkeypatch, capsys):
    importlib.import_module("ghstatus.__main__")
    del sys.modules["ghstatus.__main__"]
    monkeypatch.setattr(sys, "argv", ["ghstatus", "--version"])
    with pytest.raises(SystemExit):
        runpy.run_module("ghstatus", run_name="__main__")

    assert capsys.readouterr().out == f"ghstatus {__version__}\n"


@pytest.fixture
def taken_apart(monkeypatch):
    """The commands of which Typer looks at the options."""
    take_apart, names = typer.main.get_command_from_info, []

    def listed(command_info, **said):
        names.append(command_info.name or command_info.callback.__name__)
        return take_apart(command_info, **said)

    monkeypatch.setattr(typer.main, "get_command_from_info", listed)
    return names


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(["schema"], {"schema"}), (["import", "--help"], {"cstate", "statusfy"})],
    ids=["command", "group"],
)
def test_only_what_is_asked_for_is_taken_apart(monkeypatch, taken_apart, capsys, arguments, expected):
    monkeypatch.setattr(sys, "argv", ["ghstatus", *arguments])

    with pytest.raises(SystemExit):
        main()

    assert capsys.readouterr().out
    assert expected <= set(taken_apart)
    assert "build" not in taken_apart


@pytest.mark.parametrize(("arguments", "expected"), [(["--help"], "schema"), (["shema"], "'schema'"), ([], "schema")])
def test_everything_is_offered_where_nothing_is_asked_for(monkeypatch, capsys, arguments, expected):
    monkeypatch.setattr(sys, "argv", ["ghstatus", *arguments])

    with pytest.raises(SystemExit):
        main()

    assert expected in "".join(capsys.readouterr())
