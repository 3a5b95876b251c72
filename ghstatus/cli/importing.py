"""`ghstatus import`: another status page's history, written down as ghstatus incidents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.cli import options, terminal

if TYPE_CHECKING:
    from ghstatus.model import Site

app = typer.Typer(
    help="Bring in another status page's history.",
    epilog="What is there already is left alone, so an import may be repeated.",
    no_args_is_help=True,
)

Source: TypeAlias = Annotated[Path, typer.Argument(metavar="SRC", show_default=False, help="The other page's folder.")]
Target: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DEST", show_default=False, help="The site folder to write to; made when missing.")
]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Print what would be written, and write nothing.")]


@app.command(epilog="Example: ghstatus import cstate ../packit-status site")
def cstate(source: Source, target: Target, *, dry_run: DryRun = False) -> None:
    """Import a cState site: config.yml and content/issues/*.md."""
    _bring_in("cstate", source, target, dry_run=dry_run)


@app.command(epilog="Example: ghstatus import statusfy ../status site")
def statusfy(source: Source, target: Target, *, dry_run: DryRun = False) -> None:
    """Import a Statusfy site: config.js (read, never run), locales and content/*.md."""
    _bring_in("statusfy", source, target, dry_run=dry_run)


@app.command(epilog="Example: ghstatus import fedora ../statusfpo site")
def fedora(source: Source, target: Target, *, dry_run: DryRun = False) -> None:
    """Import a Fedora status page of any generation: wsgi/changes.json, or content/{ongoing,planned,resolved}."""
    _bring_in("fedora", source, target, dry_run=dry_run)


def _bring_in(kind: str, source: Path, target: Path, *, dry_run: bool) -> None:
    from ghstatus import flow, importers
    from ghstatus.explain import explain
    from ghstatus.stores import settings as configuration
    from ghstatus.stores.folder import FolderStore

    known = configuration.read(target).site if (target / configuration.NAME).is_file() else None
    imported = importers.read(kind, source, known=known)
    store = FolderStore(target, known or imported.site)
    plan = flow.plan_import(imported, store, options.moment(None))
    if dry_run:
        for action in plan:
            terminal.say(explain(action))
    else:
        if known is None:
            configuration.write(target, imported.site)
        flow.apply(plan, store)
    count = terminal.problems(imported.problems)
    if known:
        _say_what_is_missing(target / configuration.NAME, imported.site, known)
    written = f"{len(plan):,} {'to write' if dry_run else 'written'} to {target}"
    there = f"{len(imported.incidents) - len(plan):,} there already"
    terminal.say(f"{len(imported.incidents):,} incidents read from {source}: {written}, {there}; {count:,} remarks")


def _say_what_is_missing(configuration: Path, site: Site, known: Site) -> None:
    missing = [component for component in site.components if component not in known.components]
    if missing:
        terminal.remark(f"\n{configuration} doesn't know these components yet; add them:\n")
    for component in missing:
        terminal.remark(f"  - {{id: {component.id}, name: {json.dumps(component.name)}, hidden: true}}")
