"""`ghstatus plan` says what would change in a repository, `ghstatus apply` changes it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.cli import access, options, outputs, reporting, terminal, workflow
from ghstatus.errors import GhstatusError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.actions import Action
    from ghstatus.cli.access import Place
    from ghstatus.flow import Applied, Planned
    from ghstatus.stores.github.store import GitHubStore

Fresh: TypeAlias = Annotated[
    bool, typer.Option("--fresh", help="Read every issue again, and rely on nothing that an earlier run left behind.")
]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="List what isn't published because of who wrote it.")
]
Force: TypeAlias = Annotated[
    bool, typer.Option("--force", help="Go on although something could not be read, or although it is much at once.")
]

WherePossible: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--where-possible",
        help="Change nothing, and say so, where incidents are files, or issues out of reach of a fork's workflow.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: ghstatus plan --repo packit/status")(plan)
    app.command(epilog="Example: ghstatus apply --repo packit/status")(apply)


def plan(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    fresh: Fresh = False,
    force: Force = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 when there is anything to change.")] = False,
    as_json: options.Json = False,
    verbose: Verbose = False,
) -> None:
    """Say what ghstatus would change in the repository, and why; nothing is changed."""
    with _summarized(), access.opened(options.folder(site, at), repo, cache=cache, wait=wait, fresh=fresh) as place:
        _, planned = _plan(place, now, force=force)
        if as_json:
            reporting.data(place, planned)
        else:
            reporting.plan(planned, verbose=verbose)
            reporting.intent(place, planned)
        _tell(place, planned, None)
    if planned.refusal or (check and planned.plan):
        raise typer.Exit(1)


def apply(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    fresh: Fresh = False,
    force: Force = False,
    where_possible: WherePossible = False,
    as_json: options.Json = False,
    verbose: Verbose = False,
) -> None:
    """Make labels, pins and comments in the repository say what is so; the plan is printed first."""
    from ghstatus import flow

    with _summarized(), access.opened(options.folder(site, at), repo, cache=cache, wait=wait, fresh=fresh) as place:
        if where_possible and (why := workflow.obstacle(os.environ, place.repository)):
            _skip(why)
            return
        store, planned = _plan(place, now, force=force)
        if not as_json:
            reporting.plan(planned, verbose=verbose)
        applied = None if planned.refusal else flow.apply(planned.plan, store, told=reporting.failure)
        if as_json:
            reporting.data(place, planned, applied)
        else:
            reporting.outcome(place, planned, applied)
        _tell(place, planned, applied)
    if applied is None or applied.failed or applied.stopped:
        raise typer.Exit(1)


def _skip(why: str) -> None:
    """Say that there is nothing to do here, to whoever reads along and to the steps that follow."""
    terminal.remark(f"nothing is changed: {why}")
    workflow.summarize(os.environ, workflow.skipped(why))
    outputs.write(os.environ, {"changed": "false"})


def _tell(place: Place, planned: Planned, applied: Applied[Action] | None) -> None:
    """Tell the workflow, if there is one."""
    page = place.site.base_url
    workflow.summarize(os.environ, workflow.summary(planned, applied, page))
    missed = len(applied.failed) + len(applied.left) if applied else len(planned.plan)
    changed = str(len(planned.plan) > missed).lower()
    outputs.write(os.environ, {"status": planned.board.status, "page-url": page, "changed": changed})


def _plan(place: Place, now: str | None, *, force: bool) -> tuple[GitHubStore, Planned]:
    from ghstatus import flow

    moment = options.moment(now)
    name = place.repository.replace("/", "+")
    notes = flow.Notes(place.cache / f"{name}.plan.json", place.digest)
    store = place.tracker(None if place.fresh else flow.recall(notes, moment))
    planned = flow.plan(store, place.site, moment, notes)
    return store, planned._replace(refusal="") if force else planned


@contextmanager
def _summarized() -> Iterator[None]:
    """Whatever ends the run stands in its summary, too."""
    try:
        yield
    except GhstatusError as error:
        workflow.summarize(os.environ, workflow.stopped(error))
        raise
