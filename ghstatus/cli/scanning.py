"""`ghstatus checks scan`: what would have been explained lately, as a table."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ghstatus.cli import options, sweeping, terminal, watching
from ghstatus.errors import UsageError
from ghstatus.grammar import duration
from ghstatus.model import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghstatus.cli.watching import World
    from ghstatus.errors import Problem
    from ghstatus.model import Report

_LONGEST = timedelta(days=90)
_KINDS = (VerdictKind.EXPLAINED, VerdictKind.SUSPECTED, VerdictKind.RETRYING, VerdictKind.OWN, VerdictKind.UNEXPLAINED)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus checks scan --since 7d --site site")(scan)


def scan(
    *,
    since: Annotated[str, typer.Option("--since", metavar="WHILE", help="How far to look back, such as 36h.")] = "7d",
    repo: Annotated[
        list[str] | None,
        typer.Option(
            "--repo",
            metavar="OWNER/NAME",
            show_default=False,
            help="A repository whose pull requests to look at, or owner/* for all of an owner's; may be repeated. "
            "Without it, `checks.repositories` of ghstatus.yml.",
        ),
    ] = None,
    site: options.SiteOption = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    as_json: options.Json = False,
) -> None:
    """Say which failures of open pull requests would have been explained lately, and which not; nothing is changed."""
    reach = _while(since)
    with watching.opened(options.settings(site), now=now, cache=cache, wait=wait, reach=reach) as world:
        wish = sweeping.Wish(repo or [], everything=True)
        scanned = _scan(world, sweeping.repositories(world, wish))
        if as_json:
            _data(scanned, world, reach)
        else:
            _table(scanned, world)


class Scanned(NamedTuple):
    """What was found."""

    reports: tuple[Report, ...]
    trouble: tuple[Problem, ...]
    repositories: int

    def counts(self) -> dict[str, Counter[str]]:
        """By component, how many verdicts of each kind there are."""
        found: dict[str, Counter[str]] = {}
        for report in self.reports:
            for verdict in report.verdicts:
                found.setdefault(verdict.component, Counter())[verdict.kind] += 1
        return dict(sorted(found.items()))


def _while(typed: str) -> timedelta:
    try:
        found = duration.parse(typed)
    except ValueError as error:
        raise UsageError(f"--since: {error}; accepted: {duration.ACCEPTED}") from None
    if not timedelta() < found <= _LONGEST:
        raise UsageError(f"--since: {typed!r} is out of reach; accepted: up to {duration.write(_LONGEST)}")
    return found


def _scan(world: World, repositories: Sequence[str]) -> Scanned:
    from ghstatus.flow import checks

    reports: list[Report] = []
    trouble: list[Problem] = []
    count = 0
    for found in checks.review(world.heads, world.watching, repositories):
        reports += found.reports
        trouble += found.trouble
        count += len(found.repositories)
    return Scanned(tuple(reports), tuple(trouble), count)


def _data(scanned: Scanned, world: World, reach: timedelta) -> None:
    from ghstatus import report as voice
    from ghstatus.grammar import moment

    terminal.data(
        {
            "now": moment.write(world.known.now),
            "since": moment.write(world.known.now - reach),
            "repositories": scanned.repositories,
            "components": {
                component: {str(kind): counts[kind] for kind in _KINDS}
                for component, counts in scanned.counts().items()
            },
            "reports": [voice.facts(report, world.setting) for report in scanned.reports if report.verdicts],
            "trouble": [str(problem) for problem in scanned.trouble],
            "requests": {"github": world.requests, "evidence": world.asked},
        }
    )


def _table(scanned: Scanned, world: World) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ghstatus import report as voice

    for report in scanned.reports:
        for line in voice.lines(report, world.setting) if report.verdicts else ():
            terminal.say(line)
    terminal.problems(scanned.trouble)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("component", overflow="fold")
    for kind in _KINDS:
        table.add_column(str(kind), justify="right")
    for component, counts in scanned.counts().items():
        name = Text(terminal.plain(world.setting.name(component)))
        table.add_row(name, *(f"{counts[kind]:,}" for kind in _KINDS))
    if scanned.counts():
        Console(no_color="NO_COLOR" in os.environ, highlight=False).print(table)
    watched = sum(report.watched for report in scanned.reports)
    terminal.say(
        f"{terminal.counted(watched, 'watched check')} on {terminal.counted(len(scanned.reports), 'commit')}; "
        f"{terminal.counted(world.requests, 'request')} to GitHub, {world.asked:,} for evidence"
    )
