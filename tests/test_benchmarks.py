import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import content

PROGRAMS = Path(content.__file__).parent


@pytest.fixture
def benchmark(prepared, tmp_path):
    """`benchmark(program, …)`: what it prints, with a ghstatus that has started already. No figure of it is true."""
    program = tmp_path / "ghstatus"
    program.write_text(prepared, encoding="utf-8")
    program.chmod(0o755)
    # An empty prefix: the modules that are compiled already will do.
    environment = os.environ | {"GHSTATUS_PROGRAM": str(program), "PYTHONPYCACHEPREFIX": ""}

    def run(program, *arguments):
        command = [sys.executable, PROGRAMS / program, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment)
        return done.stdout

    return run


def test_the_content_is_the_same_every_time():
    assert list(content.incidents(60)) == list(content.incidents(60))


def test_the_content_has_as_many_incidents_as_asked_for():
    assert len({file.name for file in content.incidents(60)}) == 60


def test_the_content_has_no_problem(tmp_path):
    content.write(tmp_path / "site", 60)
    command = [
        sys.executable,
        "-m",
        "ghstatus",
        "validate",
        tmp_path / "site",
        "--now",
        f"{content.NOW:%Y-%m-%dT%H:%MZ}",
    ]
    validated = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (validated.stderr, validated.returncode) == ("", 0)


def test_a_change_changes_an_incident_and_nothing_breaks():
    text = next(content.incidents(1)).text
    assert content.changed(text, "version 1").splitlines()[-1] == text.splitlines()[-1]
    assert "\nVersion 1: " in content.changed(text, "version 1")


@pytest.mark.parametrize(
    ("program", "arguments", "figures"),
    [
        ("build.py", ["--sizes", "20,30", "--runs", "1"], ["From nothing:", "Built again, 30", "cState 6.0.1"]),
        ("api.py", ["--sizes", "10", "--runs", "1"], ["10: steady build", "hellos", "objected to 0 requests"]),
        ("startup.py", ["--runs", "1"], ["Ratio of the minima", "validate", "PyGithub is not loaded"]),
        (
            "signatures.py",
            ["--size", "2000", "--runs", "1"],
            ["200 signatures", "Python's re, one by one", "target 20 ms"],
        ),
        ("weight.py", ["--sizes", "20"], ["4 requests, 0 more to others", "in all"]),
        (
            "workflow.py",
            ["--without-install", "--size", "10", "--runs", "1"],
            ["requests, nothing new", "a schedule every 10 minutes", "4,920", "minutes, each job rounded up"],
        ),
    ],
)
def test_a_benchmark_prints_its_figures(benchmark, program, arguments, figures):
    printed = benchmark(program, *arguments)
    assert [figure for figure in figures if figure not in printed] == []
    assert printed.count("the same as from nothing") == (3 if program == "build.py" else 0)
