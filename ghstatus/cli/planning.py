"""`ghstatus plan` says what would change in a repository, `ghstatus apply` changes it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias, cast

import typer

from ghstatus.cli import access, building, options, outputs, reporting, terminal, workflow
from ghstatus.errors import GhstatusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.actions import Action
    from ghstatus.cli.access import Place
    from ghstatus.flow import Applied, Building, Last, Planned, Sink
    from ghstatus.flow.planning import Drafting, Words
    from ghstatus.model import Story

Fresh: TypeAlias = Annotated[
    bool, typer.Option("--fresh", help="Read every issue again, and rely on nothing that an earlier run left behind.")
]
Verbose: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="List also what isn't published because of who wrote it, and what is wrong with old incidents.",
    ),
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
        planned = _look(place, now, force=force).planned
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
    out: options.AlsoOut = None,
    base_url: options.BaseUrl = None,
    as_json: options.Json = False,
    verbose: Verbose = False,
) -> None:
    """Make labels, pins and comments in the repository say what is so; the plan is printed first.

    Where incidents are files, it writes down the maintenances that come again and again.

    With --out the site is built, too, as by `ghstatus build`, whatever becomes of the changes.
    """
    with _summarized(), access.opened(options.folder(site, at), repo, cache=cache, wait=wait, fresh=fresh) as place:
        if where_possible and (why := workflow.obstacle(os.environ, place.repository)):
            _skip(why)
            return
        wanted = building.planned(place, out=out, base_url=base_url, cache=cache) if out else None
        with building.unswept():
            look = _look(place, now, force=force, wanted=wanted)
            applied = _carry_out(place, look, as_json=as_json, verbose=verbose)
            if wanted and look.left:
                _build(wanted, look.left, look.planned)
    if applied is None or applied.failed or applied.stopped:
        raise typer.Exit(1)


def _carry_out(place: Place, look: _Look, *, as_json: bool, verbose: bool) -> Applied[Action] | None:
    from ghstatus import flow

    store, planned, _ = look
    if not as_json:
        reporting.plan(planned, verbose=verbose)
    applied = None if planned.refusal else flow.apply(planned.plan, store, told=reporting.failure)
    if as_json:
        reporting.data(place, planned, applied)
    else:
        reporting.outcome(place, planned, applied)
    _tell(place, planned, applied)
    return applied


def _build(wanted: Building, left: Last, planned: Planned) -> None:
    from ghstatus import flow

    try:
        built = flow.write(wanted, left, planned.board, planned.entries)
    except LookupError:
        if left.known is None:
            raise
        wanted.index.unlink(missing_ok=True)  # the notes were damaged
        built = flow.build(wanted, planned.board.now)
    building.tell(built, wanted)


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


class _Look(NamedTuple):
    """One look at a repository, and what comes of it."""

    store: Sink[Action]
    planned: Planned
    left: Last | None
    """What the build may rely on, where there is to be one."""


def _look(place: Place, now: str | None, *, force: bool, wanted: Building | None = None) -> _Look:
    from ghstatus import flow

    moment = options.moment(now)
    name = place.repository.replace("/", "+") or "incidents"
    notes = flow.Notes(place.cache / f"{name}.plan.json", place.digest)
    recalled = None if place.fresh else flow.recall(notes, moment)
    left = flow.last(wanted, moment) if wanted else None
    known = flow.common(left, recalled) if left else recalled
    # Of files, all that is ever planned is what comes again and again.
    store = place.store(known) if place.site.recurring else place.tracker(known)
    planned = flow.plan(store, place.site, moment, notes, _words(place, moment), _drafts(place, moment))
    return _Look(cast("Sink[Action]", store), planned._replace(refusal="") if force else planned, left)


def _words(place: Place, moment: datetime) -> Words:
    """What to post elsewhere, for whoever asks; templates are read no sooner."""

    def said(tracker: str, story: Story, channel: str) -> str:
        from ghstatus.flow.announcing import announced

        return announced(place.settings.folder, place.site, moment, tracker, story, channel)

    return said


def _drafts(place: Place, moment: datetime) -> Drafting:
    """How a post-mortem begins, for whoever asks."""

    def begun(tracker: str, story: Story) -> tuple[str, str]:
        from ghstatus.flow.learning import drafted

        return drafted(place.settings.folder, place.site, moment, tracker, story)

    return begun


@contextmanager
def _summarized() -> Iterator[None]:
    """Whatever ends the run stands in its summary, too."""
    try:
        yield
    except GhstatusError as error:
        workflow.summarize(os.environ, workflow.stopped(error))
        raise
