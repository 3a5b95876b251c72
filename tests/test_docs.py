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


@pytest.mark.parametrize("command", [command for command in commands() if "serve" not in command])
def test_commands_succeed(command, folder):
    program, *arguments = shlex.split(command)

    result = CliRunner().invoke(app, arguments)

    assert (program, result.exit_code, result.exception) == ("ghstatus", 0, None)


def test_every_command_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text()

    assert [
        command for command in ("build", "serve", "status", "validate", "schema", "import") if command not in text
    ] == []


def test_every_key_of_the_configuration_is_documented():
    text = (ROOT / "docs" / "configuration.md").read_text()
    keys = set(config.schema()["properties"])

    assert [key for key in sorted(keys) if f"`{key}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []
