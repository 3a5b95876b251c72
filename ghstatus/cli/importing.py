"""`ghstatus import`: another status page's history, written down as ghstatus incidents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from ghstatus.cli import options, terminal

app = typer.Typer(
    help="Bring in another status page's history.",
    epilog="What is there already is left alone, so an import may be repeated.",
    no_args_is_help=True,
)

Source: TypeAlias = Annotated[Path, typer.Argument(metavar="SRC", show_default=False, help="The other page's folder.")]
Target: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DEST", show_default=False, help="The site folder to write to; made when missing.")
]


@app.command(epilog="Example: ghstatus import cstate ../packit-status site")
def cstate(source: Source, target: Target) -> None:
    """Import a cState site: config.yml and content/issues/*.md."""
    _bring_in("cstate", source, target)


@app.command(epilog="Example: ghstatus import statusfy ../status site")
def statusfy(source: Source, target: Target) -> None:
    """Import a Statusfy site: config.js (read, never run), locales and content/*.md."""
    _bring_in("statusfy", source, target)


@app.command(epilog="Example: ghstatus import fedora ../statusfpo site")
def fedora(source: Source, target: Target) -> None:
    """Import a Fedora status page of any generation: wsgi/changes.json, or content/{ongoing,planned,resolved}."""
    _bring_in("fedora", source, target)


def _bring_in(kind: str, source: Path, target: Path) -> None:
    from ghstatus import flow, importers
    from ghstatus.stores import settings as configuration
    from ghstatus.stores.folder import FolderStore

    known = configuration.read(target).site if (target / configuration.NAME).is_file() else None
    imported = importers.read(kind, source, known=known)
    if known is None:
        configuration.write(target, imported.site)
    store = FolderStore(target, known or imported.site)
    plan = flow.bring_in(imported, store, store, options.moment(None))
    count = terminal.problems(imported.problems)
    unknown = [component for component in imported.site.components if known and component not in known.components]
    if unknown:
        terminal.remark(f"\n{target / configuration.NAME} doesn't know these components yet; add them:\n")
        for component in unknown:
            terminal.remark(f"  - {{id: {component.id}, name: {json.dumps(component.name)}, hidden: true}}")
    terminal.say(
        f"{len(imported.incidents):,} incidents read from {source}: {len(plan):,} written to {target}, "
        f"{len(imported.incidents) - len(plan):,} there already; {count:,} remarks"
    )
