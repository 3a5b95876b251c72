"""Fixtures for tests of the command line: a site folder, and what runs a command in it."""

import sys
import time
from types import SimpleNamespace

import pytest

from ghstatus import cli
from ghstatus.cli import access
from tests.examples import CONFIG, INCIDENT


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site folder with one open incident; the current folder is above it."""
    (tmp_path / "site" / "incidents").mkdir(parents=True)
    (tmp_path / "site" / "ghstatus.yml").write_text(CONFIG)
    (tmp_path / "site" / "incidents" / "pending.md").write_text(INCIDENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "site"


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs a command line; gives exit code, stdout and stderr."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["ghstatus", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        return left.value.code or 0, out, err

    return run


@pytest.fixture
def status(github, site, monkeypatch):
    """A repository whose issues are the site's incidents, with two of them; and the right to ask for it."""
    monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
    github.clock.set(github.clock.now().replace(hour=8))
    repository = github.repository("packit/status")
    repository.grant("jane", "write")
    repository.issue("Copr is down", "It is.", by="jane", labels=["incident", "severity/major", "component/copr"])
    repository.issue("Is it only me?", "I guess.", by="stranger", labels=["incident"])
    github.clock.advance(hours=2)
    monkeypatch.setenv("GITHUB_TOKEN", github.token("packit/status", issues="write"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    (site / "ghstatus.yml").write_text(f"{CONFIG}store: github\nrepository: packit/status\n")
    return repository
