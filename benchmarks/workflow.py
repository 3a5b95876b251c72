"""What a run of the workflow costs: installing and starting ghstatus, requests, and the minutes of a month.

Run it with `python benchmarks/workflow.py [--size 100] [--runs 3] [--events 20] [--every 10]`. It runs the scripts of
action.yml as they are: once with nothing at hand, which asks a package index, and once with pip's cache. What an
earlier run kept is packed and unpacked as actions/cache does. `--without-install` leaves all of that out.

What only GitHub's machines could tell is assumed, and said so: checking out, setting Python up, and starting a job.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from api import Bench, GitHub
from process import ROOT, table

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = 30
AROUND = 20
"""Seconds that are assumed for what a job does beside ghstatus's own steps."""
DEPLOY = 25
"""Seconds that are assumed for the job that deploys."""
FREE = {"GitHub Free": 2_000, "Team": 3_000, "Enterprise": 50_000}
"""Minutes a month that private repositories have for nothing; public ones pay for none."""
BUDGET = 1_000
"""Requests an hour that a workflow's token has, per repository."""


class Installing(NamedTuple):
    """Seconds on the clock."""

    cold: float
    wheels: float
    """With pip's cache."""
    unpacking: float
    """What an earlier run kept."""
    size: float
    """MiB of that, packed."""
    first: float
    """The first start after unpacking."""
    start: float
    """Any later one."""


class Action:
    """The scripts of action.yml, run in a folder as a runner runs them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        steps: list[dict[str, Any]] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
        self._scripts = {step["name"]: step["run"] for step in steps if "run" in step}
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder),
            "PYTHON": sys.executable,
            "VENV": str(folder / "venv"),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_PATH": str(folder / "path"),
            "RUNNER_TEMP": str(folder),
            # An index of one's own, where there is one.
            **{name: value for name, value in os.environ.items() if name.startswith(("PIP_INDEX", "PIP_CERT", "SSL_"))},
        }

    def run(self, *names: str) -> float:
        """Run some of them; the seconds."""
        return sum(self._timed(["bash", "-eo", "pipefail", "-c", self._scripts[name]]) for name in names)

    def start(self) -> float:
        """Start ghstatus; the seconds."""
        return self._timed([str(self._folder / "ghstatus-bin" / "ghstatus"), "--version"])

    def keep(self) -> float:
        """Pack the installation as actions/cache does; the MiB."""
        self._timed(["tar", *self._pressed(), "-cf", "kept.tar", "venv"])
        return (self._folder / "kept.tar").stat().st_size / (1 << 20)

    def fetch(self) -> float:
        """Unpack it; the seconds."""
        shutil.rmtree(self._folder / "venv")
        return self._timed(["tar", *self._pressed(), "-xf", "kept.tar"])

    def _pressed(self) -> list[str]:
        return ["--use-compress-program", "zstd -T0"] if shutil.which("zstd") else ["-z"]

    def _timed(self, command: Sequence[str]) -> float:
        begun = time.perf_counter()
        subprocess.run(command, cwd=self._folder, env=self._environment, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - begun


def install(folder: Path, runs: int) -> Installing:
    """Install in every way."""
    action = Action(folder)
    scripts = ("Name the installation", "Install", "Put it on the PATH")
    cold, wheels = action.run(*scripts), min(action.run(*scripts) for _ in range(runs))
    action.start()
    size = action.keep()
    unpacking = min(action.fetch() for _ in range(runs))
    first, start = action.start(), min(action.start() for _ in range(runs))
    return Installing(cold, wheels, unpacking, size, first, start)


def tell(found: Installing) -> None:
    """Print what installing takes."""
    rows = [
        ("installed, nothing at hand", f"{found.cold:.1f}"),
        ("installed, wheels in pip's cache", f"{found.wheels:.1f}"),
        (f"unpacked from the cache, {found.size:.0f} MiB", f"{found.unpacking:.1f}"),
        ("first start after that", f"{found.first:.2f}"),
        ("every other start", f"{found.start:.2f}"),
    ]
    table(("Installing and starting", "seconds"), rows)
    print()


class Running(NamedTuple):
    """One run of `apply` and `build`."""

    quiet: int
    """Requests when nothing is new."""
    busy: int
    """Requests when somebody wrote something."""
    whole: int
    """Requests when everything is read again, once a day."""
    seconds: float
    """CPU of one after a change."""


def running(github: GitHub, folder: Path, size: int, runs: int) -> Running:
    """Run both commands on a repository with so many incidents."""
    bench = Bench(github, folder, size)
    bench.settle()
    bench.run("build")
    quiet = bench.run("apply", "build", runs=runs)
    busy = bench.run("apply", "build", runs=runs, changed=True)
    whole = bench.run("apply", "build", cold=True)
    # The page of the last run is not there in a workflow, so it is built whole; that is in `whole`.
    return Running(quiet.total, busy.total, whole.total, max(busy.cost.cpu, whole.cost.cpu))


def month(found: Running, events: int, every: int, installing: float) -> list[tuple[str, str]]:
    """A month, computed."""
    scheduled = 24 * 60 // every
    runs = DAYS * (events + scheduled)
    requests = DAYS * (events * found.busy + (scheduled - 1) * found.quiet + found.whole)
    hour = math.ceil((events * found.busy + scheduled * found.quiet) / 24)
    job = AROUND + installing + found.seconds
    minutes = runs * (math.ceil(job / 60) + math.ceil(DEPLOY / 60))
    return [
        ("runs", f"{runs:,}"),
        ("requests to GitHub's API", f"{requests:,}"),
        (f"requests an hour, of {BUDGET:,}", f"{hour:,}"),
        (f"seconds of the first job ({AROUND} of them assumed)", f"{job:.0f}"),
        (f"seconds of the second job (all {DEPLOY} assumed)", f"{DEPLOY}"),
        ("minutes, each job rounded up", f"{minutes:,}"),
        *((f"of {plan}'s {free:,}", f"{minutes / free:.1f} times") for plan, free in FREE.items()),
    ]


def main() -> None:
    """Measure, compute and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--events", type=int, default=20)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--without-install", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, GitHub() as github:
        installed = None if options.without_install else install(Path(name), options.runs)
        if installed:
            tell(installed)
        found = running(github, Path(name), options.size, options.runs)
    rows = [
        ("requests, nothing new", f"{found.quiet}"),
        ("requests, one change", f"{found.busy}"),
        ("requests, everything read again", f"{found.whole}"),
        ("CPU seconds", f"{found.seconds:.1f}"),
    ]
    table((f"apply and build, {options.size:,} incidents", ""), rows)
    print()
    heading = f"{DAYS} days, {options.events} events a day, a schedule every"
    for every in (options.every, 60):
        table(
            (f"{heading} {every} minutes", ""),
            month(found, options.events, every, installed.unpacking + installed.first if installed else 0),
        )
        print()


if __name__ == "__main__":
    main()
