"""`ghstatus checks plan` says what is known about failed checks, `checks apply` says it on the pull requests."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.cli import (
    aiming,
    explaining,
    options,
    outputs,
    scanning,
    sweeping,
    terminal,
    verdicts,
    watching,
    workflow,
)
from ghstatus.cli.verdicts import Outcome
from ghstatus.errors import GhstatusError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.cli.watching import World

app = typer.Typer(
    help="Say on pull requests which failed checks are known, and nobody's fault there.", no_args_is_help=True
)
explaining.register(app)
scanning.register(app)

Repositories: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--repo",
        metavar="OWNER/NAME",
        show_default=False,
        help="A repository whose pull requests to look at, or owner/* for all of an owner's; may be repeated. Without "
        "it, `checks.repositories` of ghstatus.yml.",
    ),
]
PullRequest: TypeAlias = Annotated[
    str | None, typer.Option("--pr", metavar="URL", show_default=False, help="Look only at this pull request.")
]
Sha: TypeAlias = Annotated[
    str | None, typer.Option("--sha", metavar="SHA", show_default=False, help="Look only at this commit.")
]
Everything: TypeAlias = Annotated[
    bool, typer.Option("--all", help="Look at all of the repositories, also while no incident could explain anything.")
]
Most: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--requests",
        metavar="COUNT",
        min=1,
        show_default=False,
        help="How many requests to GitHub a look may take; the next run goes on where this one ends.",
    ),
]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Go on although not every incident could be read.")]


@app.command(epilog="Example: ghstatus checks plan --site site")
def plan(
    *,
    site: options.SiteOption = None,
    repo: Repositories = None,
    pr: PullRequest = None,
    sha: Sha = None,
    everything: Everything = False,
    requests: Most = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    force: Force = False,
    as_json: options.Json = False,
) -> None:
    """Say what is known about the failed checks of open pull requests, and what would be posted; nothing is changed."""
    wish = sweeping.Wish(repo or [], pr, sha, everything)
    outcome = Outcome()
    with (
        _summarized(),
        watching.opened(options.settings(site), now=now, cache=cache, wait=wait, most=requests) as world,
    ):
        sweeping.go(world, wish, outcome, force=force, is_quiet=as_json)
        _conclude(outcome, world, as_json=as_json)
    _exit(outcome)


@app.command(epilog="Example: ghstatus checks apply --site site --repo packit/ogr")
def apply(
    *,
    site: options.SiteOption = None,
    repo: Repositories = None,
    pr: PullRequest = None,
    sha: Sha = None,
    event: Annotated[
        bool, typer.Option("--event", help="Look only at the commit that the workflow's event is about, if it is one.")
    ] = False,
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="I/N", show_default=False, help="Look only at one of N parts, from 0/N on."),
    ] = None,
    everything: Everything = False,
    requests: Most = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    force: Force = False,
    as_json: options.Json = False,
) -> None:
    """Post on pull requests which failed checks are known, by a check of ghstatus's own; the plan is printed first.

    What is known no more is taken back, and what didn't change isn't posted again. A run that comes to no end is gone
    on with by the next one.
    """
    settings = options.settings(site)
    wish = sweeping.Wish(repo or [], pr, sha, everything, aiming.shard(shard))
    outcome = Outcome(applies=True)
    with _summarized():
        if event and (why := sweeping.aimless(wish, settings)):
            _skip(why)
            return
        with watching.opened(settings, now=now, cache=cache, wait=wait, most=requests) as world:
            sweeping.go(world, wish._replace(follows_event=event), outcome, force=force, is_quiet=as_json)
            _conclude(outcome, world, as_json=as_json)
    _exit(outcome)


@app.command("shard", epilog="Example: ghstatus checks shard --of 4 --site site")
def part(
    *,
    of: Annotated[int, typer.Option("--of", metavar="N", min=1, max=aiming.MOST_SHARDS, help="Into how many parts.")],
    site: options.SiteOption = None,
    repo: Repositories = None,
    everything: Everything = False,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
) -> None:
    """Part the repositories that are worth a look now, as the matrix of a workflow's jobs.

    Each job then says `ghstatus checks apply --shard i/N`. Where there is no repository, the output `shards` is 0.
    """
    with _summarized(), watching.opened(options.settings(site), now=now, cache=cache, wait=wait) as world:
        names, trouble = world.named(sweeping.repositories(world, sweeping.Wish(repo or [], everything=everything)))
        terminal.problems(trouble)
    parts = [(place, aiming.Shard(place, of).of(names)) for place in range(of)]
    rows = [{"shard": place, "repositories": " ".join(part)} for place, part in parts if part]
    matrix = json.dumps({"include": rows})
    outputs.write(os.environ, {"matrix": matrix, "shards": str(len(rows))})
    terminal.say(matrix)


def _conclude(outcome: Outcome, world: World, *, as_json: bool) -> None:
    if as_json:
        verdicts.data(outcome, world)
    else:
        verdicts.conclude(outcome, world)
    workflow.summarize(os.environ, verdicts.summary(outcome, world))
    outputs.write(os.environ, verdicts.results(outcome))


def _skip(why: str) -> None:
    terminal.remark(f"nothing is looked at: {why}")
    workflow.summarize(os.environ, workflow.skipped(why))
    outputs.write(os.environ, verdicts.results(Outcome()))


def _exit(outcome: Outcome) -> None:
    if not outcome.is_well:
        raise typer.Exit(1)


@contextmanager
def _summarized() -> Iterator[None]:
    """Whatever ends the run stands in its summary, too."""
    try:
        yield
    except GhstatusError as error:
        workflow.summarize(os.environ, workflow.stopped(error))
        raise
