"""What `ghstatus build` costs: from nothing, and after a change, for a hundred incidents and for ten thousand.

Run it with `python benchmarks/build.py [--sizes 100,1000,4000,10000] [--runs 5]`. It prints CPU
seconds of whole processes, their start included, beside a loop that only writes the same files; and
whether a build that relies on the last one's notes gives the same bytes as one that relies on nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import content
from process import Cost, Runner, Spread, spread, table
from startup import HELLO

if TYPE_CHECKING:
    from collections.abc import Iterator

PEERS = {
    # Measured in November 2026 on two shared cores, on other content of the same shape: 20 components, incidents of
    # about 150 words. CPU seconds of a whole build by the number of incidents, median of three runs or one run.
    "cState 6.0.1 (1fb3e0d), Hugo 0.168.0": {100: "0.46", 1000: "6.73", 4000: "195.7", 10000: "more than 1,260"},
    "Statusfy 0.5.0 (7918adc), Node 20": {100: "17.2", 1000: "43.6"},
    "Fedora's page (5211ab7), Pelican 4.11": {100: "0.53", 1000: "2.83", 10000: "29.9"},
}
"""What other generators of status pages took.

cState was stopped after 1,500 seconds with 10,000 incidents. Fedora's writes no page for an incident, only lists.
"""


class Bench(NamedTuple):
    """Where it all happens."""

    runner: Runner
    folder: Path
    runs: int

    def site(self, count: int) -> Path:
        """The folder of the site with so many incidents."""
        return self.folder / f"site-{count}"

    def out(self, count: int) -> Path:
        """The folder that it is built into."""
        return self.folder / f"out-{count}"

    def build(self, count: int, *, out: Path | None = None, fresh: bool = False) -> Cost:
        """Build it."""
        target, now = str(out or self.out(count)), f"{content.NOW:%Y-%m-%dT%H:%MZ}"
        return self.runner.ghstatus(
            "build", str(self.site(count)), "--out", target, "--now", now, *(["--fresh"] if fresh else [])
        )


class Cold(NamedTuple):
    """Builds from nothing."""

    cpu: Spread
    peak: float
    writing: Spread
    files: int
    size: int


def cold(bench: Bench, count: int) -> Cold:
    """Build from nothing, again and again, each time beside the loop that only writes.

    Nothing is deleted in between: a file system may take several times as long to make a file where many were just
    deleted, as ext4 does.
    """
    costs, writing = [], []
    for run in range(bench.runs):
        out, copy = bench.folder / f"cold-{count}-{run}", bench.folder / f"copy-{count}-{run}"
        costs.append(bench.build(count, out=out))
        writing.append(float(bench.runner.run(f"{Path(__file__).parent}/writing.py", str(out), str(copy)).output))
    sizes = [path.stat().st_size for path in files(bench.folder / f"cold-{count}-0")]
    cpu, peak = spread(cost.cpu for cost in costs), max(cost.peak for cost in costs)
    return Cold(cpu, peak, spread(writing), len(sizes), sum(sizes))


def again(bench: Bench, count: int, bare: Spread) -> None:
    """Build with the notes of the last build, after each kind of change, and compare with a build from nothing."""
    incidents = sorted((bench.site(count) / "incidents").iterdir())
    originals = {path: path.read_text(encoding="utf-8") for path in incidents[:: max(1, len(incidents) // bench.runs)]}

    def change_one(run: int) -> None:
        path, text = list(originals.items())[run % len(originals)]
        path.write_text(content.changed(text, f"version {run}"), encoding="utf-8")

    def touch_all(_: int) -> None:
        for path in incidents:
            os.utime(path)

    changes = {"nothing changed": lambda _: None, "one incident changed": change_one, "a fresh checkout": touch_all}
    rows = []
    for name, change in changes.items():
        bench.build(count)
        costs = []
        for run in range(bench.runs):
            change(run)
            costs.append(bench.build(count))
        cpu, peak = spread(cost.cpu for cost in costs), max(cost.peak for cost in costs)
        rows.append((name, str(cpu), f"{cpu.low / bare.low:.1f}", f"{peak:.0f}", same(bench, count)))
    print(f"\nBuilt again, {count:,} incidents, the output kept:\n")
    table(("", "CPU s", "hellos", "peak MiB", "bytes"), rows)
    print("\nA fresh checkout: every file has another time, and no other bytes.")
    print("Hellos: how many times a Typer program could have said hello; ratios are of the minima.")


def same(bench: Bench, count: int) -> str:
    """Whether the last build left what a build from nothing gives."""
    elsewhere = bench.folder / "elsewhere"
    bench.build(count, out=elsewhere, fresh=True)
    kept, fresh = tree(bench.out(count)), tree(elsewhere)
    differ = sum(kept.get(name) != fresh.get(name) for name in kept.keys() | fresh.keys())
    return f"{differ} files differ" if differ else "the same as from nothing"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with the digest of what it holds."""
    return {str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).digest() for path in files(folder)}


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder."""
    return (path for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,4000,10000")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="ghstatus-benchmark-") as folder:
        bench = Bench(Runner(Path(folder)), Path(folder), options.runs)
        for count in (0, *sizes):
            content.write(bench.site(count), count)
        bench.build(0)
        report(bench, sizes)


def report(bench: Bench, sizes: list[int]) -> None:
    """Measure every size, and the largest after changes."""
    started = time.monotonic()
    hello = bench.folder / "hello.py"
    hello.write_text(HELLO, encoding="utf-8")
    bench.runner.run(str(hello))
    pairs = [(bench.runner.run(str(hello)).cpu, bench.build(0, fresh=True).cpu) for _ in range(bench.runs)]
    bare, start = (spread(column) for column in zip(*pairs, strict=True))
    print(f"Minimum / median / maximum of {bench.runs} runs, CPU seconds of the whole process.\n")
    print(f"A Typer program that says hello: {bare}\nA site without incidents: {start}\n\nFrom nothing:\n")
    measured = {count: cold(bench, count) for count in sizes}
    heading = ("incidents", "CPU s", "hellos", "only writing", "ratio", "ms each", "peak MiB", "files", "MB")
    table(heading, [row(count, found, start, bare) for count, found in measured.items()])
    growth(measured, start)
    again(bench, sizes[-1], bare)
    peers({count: found.cpu for count, found in measured.items()})
    print(f"\n{time.monotonic() - started:.0f} s in all.")


def row(count: int, found: Cold, start: Spread, bare: Spread) -> tuple[str, ...]:
    """Tell one size in words."""
    return (
        f"{count:,}",
        str(found.cpu),
        f"{found.cpu.low / bare.low:.1f}",
        str(found.writing),
        f"{found.cpu.low / found.writing.low:.1f}",
        f"{(found.cpu.low - start.low) / count * 1000:.2f}",
        f"{found.peak:.0f}",
        f"{found.files:,}",
        f"{found.size / 1e6:.1f}",
    )


def growth(measured: dict[int, Cold], start: Spread) -> None:
    """Print how the cost grows from the size before the last to the last; the process's start is left out."""
    for less, more in ((1000, 10_000), (100, 1000)):
        if less in measured and more in measured:
            ratio = (measured[more].cpu.low - start.low) / (measured[less].cpu.low - start.low)
            print(f"\n{less:,} → {more:,} incidents: {ratio:.1f} times the cost beyond the start (10 is linear).")
            return


def peers(ours: dict[int, Spread]) -> None:
    """Print the others' figures below ours."""
    rows = [("ghstatus, just now", *(f"{cpu.middle:.2f}" for cpu in ours.values()))]
    rows += [(name, *(known.get(count, "") for count in ours)) for name, known in PEERS.items()]
    print("\nFrom nothing, CPU s; the others were measured on other content of the same shape, on another day:\n")
    table(("incidents", *(f"{count:,}" for count in ours)), rows)


if __name__ == "__main__":
    main()
