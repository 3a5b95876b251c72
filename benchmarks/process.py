"""What a whole process costs: CPU seconds, user and system together, and the memory that it had at its peak.

CPU seconds and not the clock on the wall, because other work on the same machine would count. They still swell on a
busy one; the minimum of several runs is closest to the truth.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
"""The checkout; the ghstatus that is measured is the one in it."""


class Cost(NamedTuple):
    """Of one process that ended well."""

    cpu: float
    """Seconds."""
    peak: float
    """MiB. No less than this program's own, which the child is a copy of for a moment."""
    output: str


class Spread(NamedTuple):
    """Of several runs."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:.2f} / {self.middle:.2f} / {self.high:.2f}"


class Runner:
    """Starts Python programs, with modules that are compiled already, as after an installation.

    The compiled modules go to `folder`, unless PYTHONPYCACHEPREFIX says otherwise; the first run of each program makes
    them and is not for measuring. GHSTATUS_PROGRAM is another ghstatus to run than the checkout's. `environment` is
    what the programs find there beside the little that all of them need.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(folder / "compiled")),
            "PYTHONHASHSEED": "0",
            "TERM": "dumb",
            **environment,
        }

    def run(self, *arguments: str) -> Cost:
        """Run Python with these arguments to its end."""
        return self._run(sys.executable, *arguments)

    def ghstatus(self, *arguments: str) -> Cost:
        """Run a ghstatus command."""
        program = os.environ.get("GHSTATUS_PROGRAM")
        return self._run(*([program] if program else [sys.executable, "-m", "ghstatus"]), *arguments)

    def _run(self, *command: str) -> Cost:
        with subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE) as process:
            output = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, output.decode())


def spread(values: Iterable[float]) -> Spread:
    """Minimum, median and maximum."""
    known = sorted(values)
    return Spread(known[0], statistics.median(known), known[-1])


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their heading; the first column holds words, the others numbers."""
    lines = [heading, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    for line in lines:
        first, *others = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())
