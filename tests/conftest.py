"""What every test gets: no network, no look at the developer's environment, and examples that come out alike in CI."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.browser", "tests.github.fixture", "tests.once", "tests.prepared", "tests.upstream.fixture"]

DATA = Path(__file__).parent / "data"
LOOPBACK = [r"127\.0\.0\.1$", r"::1$", r"localhost$"]

MEMORY = Path("/dev", "shm")
"""Where Linux keeps files in memory: some tests write thousands, and with a disk they take several times as long."""

settings.register_profile("ghstatus", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("ghstatus")


def has_room(folder):
    """Whether tests may write there: containers often have little of it, or run no program from it."""
    if not os.access(folder, os.W_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(folder).free > 1 << 30


if "TMPDIR" not in os.environ and has_room(MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_addoption(parser):
    parser.addoption("--refresh", action="store_true", help="Write the golden files anew instead of comparing.")


@pytest.fixture
def allowed_hosts(request):
    """Pytest-recording asks this fixture whom a test may talk to: nobody, or this machine."""
    local = request.node.get_closest_marker("loopback") or {"serve", "github", "upstream"} & set(request.fixturenames)
    return LOOPBACK if local else None


@pytest.fixture(autouse=True)
def no_names_looked_up(request, monkeypatch):
    """Pytest-recording stops connections; without this, a forgotten look-up would still leave the machine."""
    if request.config.getoption("--record-mode") not in {None, "none"}:
        return
    look_up = socket.getaddrinfo

    def refuse(host, *args, **kwargs):
        if host in {None, "", "127.0.0.1", "::1", "localhost"}:
            return look_up(host, *args, **kwargs)
        message = f"Network is disabled for host {host!r}"
        raise RuntimeError(message)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """A test behaves the same on a laptop and inside Actions, and never finds somebody's token."""
    for name in os.environ:
        if name.startswith(("GITHUB_", "GH_", "ACTIONS_", "RUNNER_")):
            monkeypatch.delenv(name)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def golden(request):
    """`golden(name, text)` compares text with tests/data/NAME, or writes it there under `pytest --refresh`."""

    def compare(name, text):
        __tracebackhide__ = True
        path = DATA / name
        if request.config.getoption("--refresh"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if not path.is_file():
            pytest.fail(f"tests/data/{name} does not exist; `pytest --refresh` writes it. Then read it.")
        assert text == path.read_text(encoding="utf-8"), f"tests/data/{name} differs; `pytest --refresh` rewrites it."

    return compare
