"""The fixture `team`; see `tests/team/story.py`."""

import time
from types import SimpleNamespace

import pytest

from ghstatus.cli import access, options
from tests.github.direct import direct
from tests.team.story import Team

pytest_plugins = ["tests.commands", "tests.upstream.fixture"]


@pytest.fixture
def unserved():
    """A loopback GitHub without a server; a name of its own, for a plugin's fixtures are every test's."""
    with direct() as made:
        yield made


@pytest.fixture
def team(unserved, upstream, tmp_path, monkeypatch, run):
    """At its end another run writes nothing; at a terminal the clock is GitHub's."""
    github = unserved
    moment = options.moment
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(access, "time", SimpleNamespace(time=time.time, sleep=lambda _: None))
    monkeypatch.setattr(options, "moment", lambda now, *said: moment(now, *said) if now else github.clock.now())
    monkeypatch.setattr("ghstatus.evidence.Web", lambda _clock: upstream.fetch)
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    told = Team(github, upstream, tmp_path / "site", monkeypatch, run)
    yield told
    told.rests()
