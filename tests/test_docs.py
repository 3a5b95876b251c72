"""Every example in README.md and docs/ is run or validated."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ghstatus.cli import app
from ghstatus.grammar import config, document
from ghstatus.grammar.names import Names
from tests import references
from tests.examples import INCIDENT

pytest_plugins = ["tests.github.fixture"]

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SOURCES = {
    "packit-status": "packit",
    "stencila-status": "stencila",
    "status": "stencila",
    "statusfpo": "fedora-changes",
}


def blocks(*languages):
    return [
        pytest.param(name, text, id=f"{page.name}-{number}")
        for page in PAGES
        for number, (language, name, text) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")))
        if language in languages
    ]


def a_page(page):
    """The names and texts of a page's examples."""
    return [(name, text) for _, name, text in BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))]


def a_site():
    """The configuration that README.md shows."""
    (text,) = [text for language, name, text in BLOCK.findall((ROOT / "README.md").read_text()) if language == "yaml"]
    return text


def commands():
    shown = [line for block in blocks("console") for line in block.values[1].splitlines() if line.startswith("$ ")]
    return sorted({line.removeprefix("$ ") for line in shown})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A site folder with README.md's example, and an incident 42 that goes on, beside the sources of imports."""
    folder = tmp_path / "here"
    (folder / "incidents").mkdir(parents=True)
    (folder / "ghstatus.yml").write_text(a_site())
    for parameter in blocks("markdown"):
        name, text = parameter.values
        (folder / name).write_text(text.replace("number: 42\n", ""))
    (folder / "incidents" / "disk.md").write_text(INCIDENT.replace("---\n", "---\nnumber: 42\n", 1))
    for name, kind in SOURCES.items():
        shutil.copytree(ROOT / "tests" / "data" / "import" / kind, tmp_path / name)
    shutil.copytree(folder, folder / "site")
    (folder / "builder-live.log").write_text("[Errno 28] No space left on device\n")
    monkeypatch.chdir(folder)
    return folder


def test_there_are_examples():
    assert len(blocks("yaml")) >= 2
    assert len(blocks("markdown")) >= 4
    assert len(commands()) >= 7


@pytest.mark.parametrize(("name", "text"), blocks("yaml"))
def test_configurations_are_accepted(name, text):
    shown = yaml.safe_load(text)
    if "title" not in shown:  # a part of a file, which stands for that part of a whole one
        text = yaml.safe_dump(yaml.safe_load(references.EXAMPLE.read_text(encoding="utf-8")) | shown)

    assert config.parse(text, where=name).title == "Example Status"


@pytest.mark.parametrize(("name", "text"), blocks("markdown"))
def test_incidents_have_no_problem(name, text):
    site = config.parse(a_site(), where="ghstatus.yml")
    reading = document.parse(text, where=name, ref=Path(name).stem, names=Names(site.components, site.groups))

    assert reading.problems == ()


def on_github(command):
    """Whether an example is about issues: by an option, or because it stands in docs/github.md."""
    shown = [line for line in (ROOT / "docs" / "github.md").read_text(encoding="utf-8").splitlines() if "$ " in line]
    asks = command.startswith(tuple(f"ghstatus checks {name}" for name in ("plan", "apply", "scan", "shard")))
    return f"$ {command}" in shown or "--repo" in command or asks


def run(command):
    program, *arguments = shlex.split(command.partition(" > ")[0])

    result = CliRunner().invoke(app, arguments)

    found = arguments[0] == "doctor" and isinstance(result.exception, SystemExit)  # it isn't well, and says so
    assert (program, result.exit_code * (not found)) == ("ghstatus", 0), result.output
    assert found or result.exception is None


def begin(command, folder, monkeypatch):
    """What some examples begin with: a folder of their own, a copy of the site or a task, a site without addresses."""
    if "../status-backup" in command and "export" not in command:
        run("ghstatus export ../status-backup")
    if command.startswith(("ghstatus init", "ghstatus upgrade")):
        (folder / "new").mkdir()
        monkeypatch.chdir(folder / "new")
    if command.startswith("ghstatus upgrade"):
        run("ghstatus init --repo packit/status --title Status -c Website")
    if command.startswith("ghstatus incident done"):
        run("ghstatus incident task 42 'Ask for a disk'")
    if command.startswith("ghstatus oncall"):
        with (folder / "ghstatus.yml").open("a") as settings:
            settings.write("rota: {people: [alice], start: 2026-03-02 09:00}\n")
    if command.startswith("ghstatus doctor"):
        settings = folder / "ghstatus.yml"
        settings.write_text(re.sub("^(base_url| +upstream): .*\n", "", settings.read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("command", [one for one in commands() if "serve" not in one and not on_github(one)])
def test_commands_succeed(command, folder, monkeypatch):
    begin(command, folder, monkeypatch)

    run(command)


@pytest.mark.loopback
@pytest.mark.parametrize("command", [one for one in commands() if on_github(one)])
def test_commands_on_issues_succeed(command, folder, github, monkeypatch):
    (here,) = [text for name, text in a_page("github.md") if name == "ghstatus.yml"]
    for at in (folder, folder / "site"):
        (at / "ghstatus.yml").write_text(here)
    status = github.repository("packit/status")
    github.repository("packit/ogr")
    status.grant("jane", "write")
    status.issue("Copr is down", by="jane", labels=["incident", "severity/major", "component/copr"])
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write", pull_requests="read"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    monkeypatch.setattr("time.sleep", lambda _: None)
    begin(command, folder, monkeypatch)

    run(command)
