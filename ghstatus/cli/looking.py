"""`ghstatus status`, `validate` and `schema`: looking without changing anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from ghstatus.cli import options, terminal

if TYPE_CHECKING:
    from ghstatus.model import Board


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: ghstatus status site --json")(status)
    app.command(epilog="Example: ghstatus validate site")(validate)
    app.command(epilog="Example: ghstatus schema > ghstatus.schema.json")(schema)


def status(
    site: options.Site = None,
    *,
    now: options.Now = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs.")] = False,
) -> None:
    """Say what is up, what is down, and since when."""
    from ghstatus.render.summary import summary

    board = _board(site, now)
    if as_json:
        # JSON escapes whatever could steer a terminal.
        terminal.say(json.dumps(summary(board), indent=2))
        return
    terminal.board(board)
    terminal.problems(board.problems)


def validate(site: options.Site = None, *, now: options.Now = None) -> None:
    """Check the configuration and every incident; exits with 1 when anything is wrong."""
    board = _board(site, now)
    count = terminal.problems(board.problems)
    incidents = terminal.counted(len(board.incidents), "incident")
    if count:
        terminal.say(f"{terminal.counted(count, 'problem')} in {incidents}")
        raise typer.Exit(1)
    terminal.say(f"all good: the configuration and {incidents}")


def schema() -> None:
    """Print the JSON Schema of ghstatus.yml, for editors."""
    from ghstatus.grammar import config

    terminal.say(json.dumps(config.schema(), indent=2))


def _board(site: options.Site, now: str | None) -> Board:
    from ghstatus import flow
    from ghstatus.stores.folder import FolderStore

    settings = options.settings(site)
    return flow.judge(FolderStore(settings.folder, settings.site), options.moment(now))
