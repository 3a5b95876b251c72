"""`ghstatus import`: another status page's history, written down as ghstatus incidents."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from ghstatus.cli import access, options, reporting, terminal
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.cli.access import Place
    from ghstatus.importers import Import
    from ghstatus.model import Site
    from ghstatus.stores.settings import Settings

app = typer.Typer(
    help="Bring in another status page's history.",
    epilog="What is there already is left alone, so an import may be repeated.",
    no_args_is_help=True,
)

Source: TypeAlias = Annotated[Path, typer.Argument(metavar="SRC", show_default=False, help="The other page's folder.")]
Target: TypeAlias = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DEST]",
        show_default=False,
        help="The site folder: to write to, made when missing; with --repo only for its ghstatus.yml.",
    ),
]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Print what would be written, and write nothing.")]


@app.command(epilog="Example: ghstatus import cstate ../packit-status site")
def cstate(source: Source, target: Target = None, *, repo: options.Repo = None, dry_run: DryRun = False) -> None:
    """Import a cState site: config.yml and content/issues/*.md."""
    _bring_in("cstate", source, target, repo, dry_run=dry_run)


@app.command(epilog="Example: ghstatus import statusfy ../status site")
def statusfy(source: Source, target: Target = None, *, repo: options.Repo = None, dry_run: DryRun = False) -> None:
    """Import a Statusfy site: config.js (read, never run), locales and content/*.md."""
    _bring_in("statusfy", source, target, repo, dry_run=dry_run)


@app.command(epilog="Example: ghstatus import fedora ../statusfpo site")
def fedora(source: Source, target: Target = None, *, repo: options.Repo = None, dry_run: DryRun = False) -> None:
    """Import a Fedora status page of any generation: wsgi/changes.json, or content/{ongoing,planned,resolved}."""
    _bring_in("fedora", source, target, repo, dry_run=dry_run)


@app.command(epilog="Example: ghstatus import folder site --repo packit/status")
def folder(source: Source, target: Target = None, *, repo: options.Repo = None, dry_run: DryRun = False) -> None:
    """Import a site of ghstatus's own: ghstatus.yml and incidents/*.md."""
    _bring_in("folder", source, target, repo, dry_run=dry_run)


class _Target(NamedTuple):
    """Where to write to."""

    folder: Path
    known: Settings | None
    """None when there is no configuration yet."""


def _bring_in(kind: str, source: Path, folder: Path | None, repo: str | None, *, dry_run: bool) -> None:
    from ghstatus.stores import settings

    now = options.moment(None)
    target = _target(folder, repo)
    imported = _read(kind, source, now, target.known.site if target.known else None)
    site = _site(imported.site, repo) if target.known is None else target.known.site
    with access.reached(target.known or settings.Settings(target.folder, site, ""), repo) as place:
        _write(imported, place, now, is_new=target.known is None, dry_run=dry_run)
    if target.known:
        _say_what_is_missing(target.folder / settings.NAME, imported.site, target.known.site)


def _target(folder: Path | None, repo: str | None) -> _Target:
    """The folder that was named, or the one that tells of a repository.

    Raises UsageError when neither is there: nothing is written where nobody said so.
    """
    from ghstatus.model import StoreKind
    from ghstatus.stores import settings

    if folder is None:
        known = options.settings(None, is_strict=True)
        if repo is None and known.site.store is StoreKind.FOLDER:
            raise UsageError("where to? Name the folder DEST, or a repository by --repo owner/name")
        return _Target(known.folder, known)
    return _Target(folder, settings.read(folder) if (folder / settings.NAME).is_file() else None)


def _read(kind: str, source: Path, now: datetime, known: Site | None) -> Import:
    from ghstatus import importers
    from ghstatus.importers import ghstatus_folder

    if kind == "folder":
        return ghstatus_folder.read(source, now, known=known)
    return importers.read(kind, source, known=known)


def _site(site: Site, repo: str | None) -> Site:
    """The configuration to write where there is none."""
    from ghstatus.model import StoreKind

    return replace(site, store=StoreKind.GITHUB if repo else StoreKind.FOLDER, repository=repo or "")


def _write(imported: Import, place: Place, now: datetime, *, is_new: bool, dry_run: bool) -> None:
    from ghstatus import flow
    from ghstatus.explain import explain
    from ghstatus.stores import settings

    store = place.store()
    plan = flow.plan_import(imported, store, now)
    if dry_run:
        for action in plan:
            terminal.say(explain(action))
    elif is_new:
        settings.write(place.settings.folder, place.site)
    applied = flow.apply(() if dry_run else plan, store, told=reporting.failure)
    if applied.stopped:
        terminal.remark(f"stopped: {applied.stopped}")
    count = terminal.problems(imported.problems)
    missed = len(applied.failed) + len(applied.left)
    written = f"{len(plan) - missed:,} {'to write' if dry_run else 'written'} to {place.name}"
    there = f"{len(imported.incidents) - len(plan):,} there already"
    failed = f"{missed:,} not written (the same command goes on); " if missed else ""
    read = terminal.counted(len(imported.incidents), "incident")
    terminal.say(f"{read} read: {written}, {there}; {failed}{terminal.counted(count, 'remark')}")
    if missed:
        raise typer.Exit(1)


def _say_what_is_missing(configuration: Path, site: Site, known: Site) -> None:
    missing = [component for component in site.components if component not in known.components]
    if missing:
        terminal.remark(f"\n{configuration} doesn't know these components yet; add them:\n")
    for component in missing:
        terminal.remark(f"  - {{id: {component.id}, name: {json.dumps(component.name)}, hidden: true}}")
