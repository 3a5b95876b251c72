"""What it costs to start: `ghstatus --help` beside the smallest Typer program, and which commands import PyGithub.

Run it with `python benchmarks/startup.py [--runs 15]`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import content
from process import Runner, spread, table

HELLO = """\
import typer

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    print(f"Hello {name}")


app()
"""
GHSTATUS = "from ghstatus.cli import main\n\nmain()\n"
LOADED = """\
import sys

from ghstatus.cli import app

try:
    app()
except SystemExit:
    pass
sys.stdout.write("\\nPyGithub is loaded" if "github" in sys.modules else "\\nPyGithub is not loaded")
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ghstatus-benchmark-") as name:
        folder = Path(name)
        for program, text in {"hello": HELLO, "ghstatus": GHSTATUS, "loaded": LOADED}.items():
            (folder / f"run-{program}.py").write_text(text, encoding="utf-8")
        content.write(folder / "site", 20)
        helping(Runner(folder), folder, options.runs)
        loading(Runner(folder), folder)


def helping(runner: Runner, folder: Path, runs: int) -> None:
    """Compare `--help` in pairs, one program after the other, so that both meet the same weather."""
    pair = (str(folder / "run-hello.py"), str(folder / "run-ghstatus.py"))
    for program in pair:
        runner.run(program, "--help")
    costs = [tuple(runner.run(program, "--help").cpu * 1000 for program in pair) for _ in range(runs)]
    bare, ours = (spread(column) for column in zip(*costs, strict=True))
    print(f"--help, CPU ms of the whole process, minimum / median / maximum of {runs} pairs:\n")
    rows = [
        (name, *(f"{value:.0f}" for value in cost))
        for name, cost in (("a Typer program that says hello", bare), ("ghstatus", ours))
    ]
    table(("", "min", "med", "max"), rows)
    ratios = spread(ours_ / bare_ for bare_, ours_ in costs)
    print(f"\nRatio of the minima {ours.low / bare.low:.2f}, of each pair {ratios}")


def loading(runner: Runner, folder: Path) -> None:
    """Run every command that doesn't talk to GitHub, and look which modules it loaded."""
    site, out = str(folder / "site"), str(folder / "_site")
    now = ("--now", f"{content.NOW:%Y-%m-%dT%H:%MZ}")
    commands = (
        ("--help",),
        ("--version",),
        ("build", site, "--out", out, *now),
        ("status", site, *now),
        ("status", site, "--json", *now),
        ("validate", site, *now),
        ("schema",),
        ("import", "--help"),
        ("plan", "--help"),
        ("incident", "list", "--site", site, *now),
    )
    print()
    for command in commands:
        said = runner.run(str(folder / "run-loaded.py"), *command).output.splitlines()[-1]
        shown = " ".join(part.replace(str(folder), "…") for part in command)
        print(f"ghstatus {shown}: {said}")


if __name__ == "__main__":
    main()
