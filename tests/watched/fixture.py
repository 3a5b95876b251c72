"""The fixture `world`; see `tests/watched/world.py`."""

import time
from types import SimpleNamespace

import pytest


@pytest.fixture
def world(github, upstream, tmp_path, monkeypatch):
    from ghstatus.cli import access
    from tests.watched.world import CONFIG, World

    site = tmp_path / "site"
    site.mkdir()
    (site / "ghstatus.yml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
    monkeypatch.setattr("ghstatus.evidence.Web", lambda _clock: upstream.fetch)
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    return World(github, upstream, site, monkeypatch)
