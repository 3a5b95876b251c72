"""What it costs to watch the checks of pull requests: requests to GitHub, points of its hourly budget, CPU, memory.

Run it with `python benchmarks/checks.py [--scale 0.1]`. GitHub is the loopback GitHub of tests/github, in a process of
its own, whose CPU doesn't count. A run observes, judges and writes through the library, as `ghstatus checks apply`
does, without reading logs of services. In an outage of Copr three in ten pull requests have two failed builds.

The scale simulation is `--scale` of 10,000 repositories with 100,000 open pull requests. It only looks and plans: how
much may be written is bounded by `limits.actions`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import content
from api import GitHub
from process import Runner, table

from ghstatus.flow.checks import Watching, look
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.heads.github import GitHubHeads
from ghstatus.heads.observed import Bounds
from ghstatus.known import Known, shipped
from ghstatus.model import Outage, Watch

CHECKS = 10
READS = ("query", "get")
WRITES = ("post", "patch", "mutate")


def outage() -> Outage:
    """Copr is down for an hour."""
    start = content.NOW - timedelta(hours=1)
    return Outage(ref="42", title="Copr is down", components=frozenset({"copr"}), start=start, end=None)


def watched(place: dict[str, Any], *, writes: bool) -> dict[str, Any]:
    """One run; what it took."""
    found = shipped()
    known = Known(found.rules, found.signatures, (outage(),), now=content.NOW)
    watching = Watching(known=known, watch=Watch(), evidence=lambda _: {})
    slept: list[float] = []
    access = Access(api_url=place["url"], app_id=place["app"], app_private_key=place["key"])
    heads = planned = 0
    with Client(access, sleep=slept.append, clock=time.time, tell=lambda _: None) as client:
        bounds = Bounds(watched=known.rule, wants=known.rule)
        github = GitHubHeads(client, bounds=bounds)
        for one in look(github, watching, place["repositories"]):
            heads += len(one.reports)
            planned += len(one.plan)
            for action in one.plan if writes else ():
                github.apply(action)
        sent = client.requests
        return {
            "heads": heads,
            "planned": planned,
            "reads": sum(sent[kind] for kind in READS),
            "writes": sum(sent[kind] for kind in WRITES),
            "sign-ins": sent["auth"],
            "points": github.points,
            "paced": round(sum(slept)),
        }


def measured(runner: Runner, folder: Path, place: dict[str, Any], *, writes: bool) -> tuple[str, ...]:
    """One run in a process of its own, as cells of the table."""
    file = folder / "place.json"
    file.write_text(json.dumps(place), encoding="utf-8")
    cost = runner.run(__file__, "--run", str(file), *(["--write"] if writes else []))
    found = json.loads(cost.output)
    cells = [found[key] for key in ("heads", "reads", "planned", "writes", "points", "sign-ins", "paced")]
    return (*(f"{cell:,}" for cell in cells), f"{cost.cpu:.2f}", f"{cost.peak:.0f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        place = json.loads(options.run.read_text(encoding="utf-8"))
        json.dump(watched(place, writes=options.write), sys.stdout)
        return
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ghstatus-benchmark-") as name:
        folder = Path(name)
        runner = Runner(folder)
        rows: list[tuple[str, ...]] = []
        with GitHub() as github:
            place = github.ask("watch", 1, 100, 10, CHECKS)
            measured(runner, folder, {**place, "repositories": place["repositories"][:1]}, writes=False)
            runs = ("100 repositories, first run", "100 repositories, second run")
            rows += [(run, *measured(runner, folder, place, writes=True)) for run in runs]
            objections = len(github.ask("violations")["all"])
        if options.scale:
            with GitHub() as github:
                count = round(10_000 * options.scale)
                place = github.ask("watch", 10, count // 10, 10, CHECKS)
                rows.append((f"{count:,} repositories, a plan", *measured(runner, folder, place, writes=False)))
                objections += len(github.ask("violations")["all"])
        heading = ("", "heads", "reads", "planned", "writes", "points", "sign-ins", "paced s", "CPU s", "peak MiB")
        table(heading, rows)
        print(f"\nGitHub would have objected to {objections} requests.")
    print(f"{time.monotonic() - started:.0f} s in all.")


if __name__ == "__main__":
    main()
