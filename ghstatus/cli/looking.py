"""`ghstatus status`, `validate` and `schema`: looking without changing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ghstatus.cli import access, options, reporting, terminal

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.model import Board
    from ghstatus.stores.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: ghstatus status site --json")(status)
    app.command(epilog="Example: ghstatus validate site")(validate)
    app.command(epilog="Example: ghstatus schema > ghstatus.schema.json")(schema)


def status(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    now: options.Now = None,
    as_json: options.Json = False,
) -> None:
    """Say what is up, what is down, and since when."""
    from ghstatus.render.programs.summary import summary

    board, settings = _board(options.folder(site, at), repo, now)
    if as_json:
        terminal.data(summary(board))
        return
    terminal.board(board)
    terminal.problems(board.problems, settings.folder)


def validate(
    site: options.Site = None, *, at: options.At = None, repo: options.Repo = None, now: options.Now = None
) -> None:
    """Check the configuration, every incident and your own messages; exits with 1 when anything is wrong."""
    from ghstatus.flow.announcing import Announcing
    from ghstatus.known import refused
    from ghstatus.stores.settings import NAME

    board, settings = _board(options.folder(site, at), repo, now)
    messages = Announcing(settings.folder, settings.site, board.now).rehearsed()
    found = (*refused(settings.site, NAME), *messages, *board.problems)
    count = terminal.problems(found, settings.folder)
    incidents = terminal.counted(len(board.incidents), "incident")
    reporting.ignored(board, "`ghstatus plan -v` lists them")
    if count:
        terminal.say(f"{terminal.counted(count, 'problem')} in the configuration and {incidents}")
        raise typer.Exit(1)
    terminal.say(f"all good: the configuration and {incidents}")


def schema() -> None:
    """Print the JSON Schema of ghstatus.yml, for editors."""
    from ghstatus.grammar import config

    terminal.data(config.schema())


def _board(site: Path | None, repo: str | None, now: str | None) -> tuple[Board, Settings]:
    """What is true, and by which configuration."""
    from ghstatus import flow

    with access.opened(site, repo) as place:
        return flow.judge(place.store(), options.moment(now)), place.settings
