"""`ghstatus build` writes the site, `ghstatus serve` shows it."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghstatus.cli import access, options, outputs, reporting, terminal, workflow
from ghstatus.errors import GhstatusError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.cli.access import Place
    from ghstatus.flow import Building, Built
    from ghstatus.model import Board


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: ghstatus build site --out _site --base-url https://status.example.org/")(build)
    app.command(epilog="Example: ghstatus serve site --port 8080")(serve)


def build(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    out: options.Out = Path("_site"),
    base_url: options.BaseUrl = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Rely on nothing that an earlier build left behind.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when there was any problem.")] = False,
) -> None:
    """Build the status site: plain files for any web server.

    Every problem in the incidents is one line; the rest is built. The old site stays whole until the new one is done.
    """
    with access.opened(options.folder(site, at), repo, cache=cache, wait=wait, fresh=fresh) as place:
        building = planned(place, out=out, base_url=base_url, cache=cache)
        if fresh:
            building.index.unlink(missing_ok=True)
        built = _build(building, now)
    if place.client:
        reporting.problems(built.board)
    else:
        terminal.problems(built.board.problems, building.folder)
    terminal.problems(built.problems, building.folder)
    _tell(built.board, building, are_files=place.client is None)
    terminal.say(_outcome(built, out))
    if strict and (built.board.problems or built.problems):
        raise typer.Exit(1)


def serve(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    out: options.Out = Path("_site"),
    now: options.Now = None,
    cache: options.Cache = None,
) -> None:
    """Build the site, serve it, and build it again whenever a file changes.

    For looking at your own changes: a web server for the public is something else.
    """
    from ghstatus.cli import preview

    with access.opened(options.folder(site, at), repo, cache=cache) as place:
        building = _local(planned(place, out=out, base_url=None, cache=cache))
        changes = preview.changes(building.folder)
        built = _build(building, now)
        terminal.problems((*built.board.problems, *built.problems))
        with preview.listening(out, host, port) as address:
            terminal.say(f"{building.site.title}: {address} (Ctrl-C ends it)")
            with suppress(KeyboardInterrupt):
                for _ in changes:
                    _again(building, now, repo)


def _tell(board: Board, building: Building, *, are_files: bool) -> None:
    """Tell the workflow, if there is one. The problems of issues stand in the summary of `apply`."""
    page = building.site.base_url
    workflow.summarize(os.environ, workflow.built(board, page, problems=are_files))
    outputs.write(os.environ, {"status": board.status, "page-url": page})


def _again(building: Building, now: str | None, repo: str | None) -> None:
    """Build once more; what is wrong is said, and the old site stays."""
    try:
        with access.opened(building.folder, repo, cache=building.index.parent) as place:
            again = replace(building, site=place.site, digest=place.digest, store=place.store)
            built = _build(_local(again), now)
        terminal.problems((*built.board.problems, *built.problems))
        terminal.remark(f"built again: {built.written:,} files written")
    except GhstatusError as error:
        terminal.remark(str(error))


def _local(building: Building) -> Building:
    """Built for no address, so that the pages work at the root of this machine's."""
    return replace(building, site=replace(building.site, base_url=""))


def planned(place: Place, *, out: Path, base_url: str | None, cache: Path | None) -> Building:
    """What to build of a place, and where to."""
    from ghstatus.flow import Building

    address = options.base_url(base_url)
    return Building(
        folder=place.settings.folder,
        site=place.site if address is None else replace(place.site, base_url=address),
        digest=place.digest,
        store=place.store,
        out=out,
        index=(cache or out.parent / ".ghstatus") / f"{out.name}.json",
    )


def _build(building: Building, now: str | None) -> Built:
    from ghstatus import flow

    with unswept():
        return flow.build(building, options.moment(now), seen=terminal.progress("pages"))


@contextmanager
def unswept() -> Iterator[None]:
    """Without the garbage collector.

    A build makes hundreds of thousands of objects that all live to its end: looking for garbage among them costs more
    than a tenth of the time and finds nothing.
    """
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def tell(built: Built, building: Building) -> None:
    """Print what a build came to, beside another answer."""
    terminal.problems(built.problems, building.folder)
    terminal.remark(_outcome(built, building.out))


def _outcome(built: Built, out: Path) -> str:
    return (
        f"{out}: {built.pages:,} files, {built.written:,} of them written, as of {built.board.now:%Y-%m-%d %H:%M} UTC"
    )
