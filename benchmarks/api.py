"""What a repository of incidents costs: requests to GitHub and CPU, cold, with nothing new, after one change.

Run it with `python benchmarks/api.py [--sizes 10,100,1000,10000] [--runs 3] [--naive 1000]`. GitHub is the loopback
GitHub of tests/github, in a process of its own, whose CPU doesn't count. Beside each size stands the naive way:
lists of a hundred issues, and a request for the comments of each. Beyond `--naive` issues its requests are only
counted, as ceil(N / 100) + N.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import content
from process import ROOT, Cost, Runner, table
from startup import HELLO

if TYPE_CHECKING:
    from types import TracebackType

PEERS = {
    # Requests of one run, read off their code in November 2026 by the number of incidents.
    "jayfk/statuspage": {10: 33, 30: 76, 60: 142, 108: 233},
}


class GitHub:
    """The loopback GitHub, told what to do line by line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.github.remote"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def ask(self, *words: str | int) -> dict[str, Any]:
        """Have one thing done; its answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise TypeError
        self._process.stdin.write(f"{json.dumps(words)}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


class Found(NamedTuple):
    """What one way of reading took, over several runs."""

    cost: Cost
    """Of the run that took the least CPU."""
    requests: dict[str, int]
    """By kind."""

    @property
    def total(self) -> int:
        """All the requests."""
        return sum(self.requests.values())


class Bench:
    """One size: a repository with so many incidents, its site folder, and the notes between runs."""

    def __init__(self, github: GitHub, folder: Path, count: int) -> None:
        self._github = github
        self._folder = folder / str(count)
        self.count = count
        made = github.ask("furnish", count)
        self._repository = made["repository"]
        self._runner = Runner(folder, GITHUB_API_URL=made["url"], GITHUB_TOKEN=made["token"])
        self._folder.mkdir()
        (self._folder / "ghstatus.yml").write_text(content.configuration(), encoding="utf-8")

    def run(self, *commands: str, runs: int = 1, cold: bool = False, changed: bool = False) -> Found:
        """Run ghstatus commands one after the other, several times; the cheapest time counts."""
        found = []
        for _ in range(runs):
            if cold:
                shutil.rmtree(self._folder / ".ghstatus", ignore_errors=True)
            if changed:
                self._github.ask("change", self._repository)
            self._github.ask("counts")
            costs = [self._runner.ghstatus(*self._words(command)) for command in commands]
            cost = Cost(sum(one.cpu for one in costs), max(one.peak for one in costs), costs[-1].output)
            found.append(Found(cost, self._github.ask("counts")))
        return min(found, key=lambda one: one.cost.cpu)

    def naive(self) -> Found:
        """Read everything as others do."""
        self._github.ask("counts")
        cost = self._runner.run(f"{Path(__file__).parent}/naive.py", self._repository)
        return Found(cost, self._github.ask("counts"))

    def settle(self) -> int:
        """Apply what there is to do, until nothing is; the requests that it took."""
        total = 0
        for _ in range(3):
            total += self.run("apply").total
        return total

    def _words(self, command: str) -> list[str]:
        now = ["--now", f"{content.NOW:%Y-%m-%dT%H:%MZ}", "--cache", str(self._folder / ".ghstatus")]
        if command == "build":
            return ["build", str(self._folder), "--out", str(self._folder / "_site"), "--repo", self._repository, *now]
        out = ["--out", str(self._folder / "_both")] if command == "apply --out" else []
        return [
            command.split(maxsplit=1)[0],
            "--site",
            str(self._folder),
            "--repo",
            self._repository,
            "--force",
            *out,
            *now,
        ]


def measure(
    github: GitHub, folder: Path, options: argparse.Namespace, count: int, hello: float
) -> list[tuple[str, ...]]:
    """Everything about one size, as rows of the table."""
    bench = Bench(github, folder, count)
    naive = bench.naive() if count <= options.naive else None
    asked = naive.total if naive else -(-count // 100) + count
    cold = bench.run("plan", cold=True, runs=options.runs)
    settling = bench.settle()
    for command in ("build", "apply --out"):
        bench.run(command)
    ways = {
        "cold plan": cold,
        "steady apply": bench.run("apply", runs=options.runs),
        "steady build": bench.run("build", runs=options.runs),
        "steady apply + build": bench.run("apply", "build", runs=options.runs),
        "steady apply --out": bench.run("apply --out", runs=options.runs),
        "one change, apply + build": bench.run("apply", "build", runs=options.runs, changed=True),
    }
    rows: list[tuple[str, ...]] = [
        (f"{count:,}: the naive way", f"{asked:,}", "1", *(_cpu(naive, hello) if naive else ("", "", "")))
    ]
    rows += [
        (f"{count:,}: {name}", f"{way.total:,}", f"1/{asked / max(way.total, 1):.1f}", *_cpu(way, hello))
        for name, way in ways.items()
    ]
    rows.append((f"{count:,}: what there was to do at first", f"{settling:,}", "", "", "", ""))
    for name, way in ways.items():
        print(f"{count:,}: {name}: {kinds(way)}")
    return rows


def _cpu(found: Found, hello: float) -> tuple[str, str, str]:
    return f"{found.cost.cpu:.2f}", f"{found.cost.cpu / hello:.1f}", f"{found.cost.peak:.0f}"


def greeting(folder: Path, runs: int) -> float:
    """The CPU of a Typer program that only says hello: what the machine's weather is like."""
    runner, program = Runner(folder), folder / "hello.py"
    program.write_text(HELLO, encoding="utf-8")
    return min(runner.run(str(program)).cpu for _ in range(runs + 1))


def kinds(found: Found) -> str:
    """The requests by kind, the most frequent first."""
    ordered = sorted(found.requests.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count} {kind}" for kind, count in ordered) or "none"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000,10000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--naive", type=int, default=1000)
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ghstatus-benchmark-") as name, GitHub() as github:
        folder = Path(name)
        Runner(folder).ghstatus("plan", "--help")  # compiles the modules
        hello = greeting(folder, options.runs)
        print(f"Requests by kind; the CPU of the cheapest of {options.runs} runs.\n")
        rows = [row for size in options.sizes.split(",") for row in measure(github, folder, options, int(size), hello)]
        print()
        table(("incidents", "requests", "of naive", "CPU s", "hellos", "peak MiB"), rows)
        print("\nHellos: how many times a Typer program could have said hello meanwhile.")
        said = ", ".join(f"{count} for {size}" for size, count in PEERS["jayfk/statuspage"].items())
        print(f"\njayfk/statuspage makes {said} incidents.")
        print(f"GitHub would have objected to {len(github.ask('violations')['all'])} requests.")
    print(f"\n{time.monotonic() - started:.0f} s in all.")


if __name__ == "__main__":
    main()
