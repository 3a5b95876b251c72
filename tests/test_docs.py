"""Every example in README.md and docs/ is run or validated."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ghstatus.cli import app
from ghstatus.grammar import config, document
from ghstatus.grammar.names import Names

pytest_plugins = ["tests.github.fixture"]

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SOURCES = {"packit-status": "packit", "stencila-status": "stencila", "statusfpo": "fedora-changes"}


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
    """A site folder with README.md's example, beside the sources that the examples import."""
    folder = tmp_path / "here"
    (folder / "incidents").mkdir(parents=True)
    (folder / "ghstatus.yml").write_text(a_site())
    for parameter in blocks("markdown"):
        name, text = parameter.values
        (folder / name).write_text(text)
    for name, kind in SOURCES.items():
        shutil.copytree(ROOT / "tests" / "data" / "import" / kind, tmp_path / name)
    monkeypatch.chdir(folder)
    return folder


def test_there_are_examples():
    assert len(blocks("yaml")) >= 2
    assert len(blocks("markdown")) >= 4
    assert len(commands()) >= 7


@pytest.mark.parametrize(("name", "text"), blocks("yaml"))
def test_configurations_are_accepted(name, text):
    assert config.parse(text, where=name).title == "Example Status"


@pytest.mark.parametrize(("name", "text"), blocks("markdown"))
def test_incidents_have_no_problem(name, text):
    site = config.parse(a_site(), where="ghstatus.yml")
    reading = document.parse(text, where=name, ref=Path(name).stem, names=Names(site.components, site.groups))

    assert reading.problems == ()


def on_github(command):
    """Whether an example is about issues: by an option, or because it stands in docs/github.md."""
    shown = [line for line in (ROOT / "docs" / "github.md").read_text(encoding="utf-8").splitlines() if "$ " in line]
    return f"$ {command}" in shown or "--repo" in command


def run(command):
    program, *arguments = shlex.split(command)

    result = CliRunner().invoke(app, arguments)

    assert (program, result.exit_code, result.exception) == ("ghstatus", 0, None)


@pytest.mark.parametrize("command", [one for one in commands() if "serve" not in one and not on_github(one)])
def test_commands_succeed(command, folder):
    run(command)


@pytest.mark.loopback
@pytest.mark.parametrize("command", [one for one in commands() if on_github(one)])
def test_commands_on_issues_succeed(command, folder, github, monkeypatch):
    (here,) = [text for name, text in a_page("github.md") if name == "ghstatus.yml"]
    (folder / "ghstatus.yml").write_text(here)
    status = github.repository("packit/status")
    status.grant("jane", "write")
    status.issue("Copr is down", by="jane", labels=["incident", "severity/major", "component/copr"])
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    monkeypatch.setattr("time.sleep", lambda _: None)
    if "status-backup --out" in command:
        run("ghstatus export ../status-backup")

    run(command)


def test_every_command_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text()

    assert [
        name
        for group in (app, *(group.typer_instance for group in app.registered_groups))
        for command in group.registered_commands
        for name in [command.name or command.callback.__name__]
        if not re.search(rf"`[^`]*\b{name}\b", text)
    ] == []


def test_every_key_of_the_configuration_is_documented():
    text = (ROOT / "docs" / "configuration.md").read_text()
    keys = set(config.schema()["properties"])

    assert [key for key in sorted(keys) if f"`{key}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []
