"""`ghstatus guard`: run a command, and don't let a known failure of others' count as its own."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from ghstatus.cli import child, excusing, knowing, options, terminal
from ghstatus.errors import GhstatusError, UsageError
from ghstatus.grammar import duration

if TYPE_CHECKING:
    from types import TracebackType

    from ghstatus.cli.child import Ran
    from ghstatus.stores.settings import Settings

Components: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--component",
        "-c",
        metavar="COMPONENT",
        show_default=False,
        help="On what the command depends; may be repeated.",
    ),
]
Context: TypeAlias = Annotated[
    str,
    typer.Option(
        "--context",
        metavar="NAME",
        show_default=False,
        help="What to call it in reports; without it, the program's name.",
    ),
]
Timeout: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="WHILE", show_default=False, help="After what time, such as 2h, to end it as one that hangs."),
]
Command: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="COMMAND", show_default=False, help="What to run, with its arguments, after --.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    how = {"allow_interspersed_args": False}
    app.command(context_settings=how, epilog="Example: ghstatus guard -c copr -- true")(guard)


def guard(
    command: Command,
    *,
    component: Components,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site",
            metavar="SITE",
            show_default=False,
            help="The folder that holds ghstatus.yml; without it no incident is known, and nothing is excused.",
        ),
    ] = None,
    repo: options.Repo = None,
    context: Context = "",
    timeout: Timeout = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
) -> None:
    """Run a command that depends on a service, and end well if it fails because of a known outage of that service.

    Its output goes on unchanged, signals reach it, and any other failure ends with its own exit code. What is excused
    is told, and in a workflow posted as a neutral check.
    """
    limit, begun = _seconds(timeout), time.monotonic()
    settings, components, doubt = _prepared(site, component)
    if doubt:
        terminal.alarm(f"ghstatus: {doubt}; no failure is excused")
    ran = _run(command, limit)
    if not ran.code:
        return
    is_excused = False
    if not (ran.was_stopped or doubt):
        with _Harmless():
            name = context.strip() or Path(command[0]).name
            lasted = timedelta(seconds=time.monotonic() - begun)
            failure = excusing.Failure(name, components, ran, options.moment(now), lasted)
            is_excused = excusing.excuse(failure, settings, repo, cache=cache, wait=wait)
    if not is_excused:
        raise typer.Exit(ran.code)


class _Harmless:
    """Whatever goes wrong in ghstatus itself is told, and changes no exit code."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: TracebackType | None) -> bool:
        if isinstance(error, GhstatusError):
            terminal.alarm(f"ghstatus: the failure can't be judged: {error}")
        elif isinstance(error, Exception):
            terminal.bug()
        return isinstance(error, Exception)


class _Prepared(NamedTuple):
    """What is known before a command runs."""

    settings: Settings | None
    """None without a site."""
    components: tuple[str, ...] = ()
    doubt: str = ""
    """What is wrong with the site: that of others may change any day, and keeps no command from running."""


def _prepared(site: Path | None, component: list[str]) -> _Prepared:
    """Look at the site before the command runs, so that a mistake is seen on good days, too.

    Raises UsageError where no site is named and no service of the catalogue is.
    """
    if site is None:
        return _Prepared(None, knowing.components(component, None, "--component"))
    try:
        settings = options.settings(site)
        return _Prepared(settings, knowing.components(component, settings.site, "--component"))
    except UsageError as error:
        return _Prepared(None, doubt=str(error))


def _seconds(typed: str | None) -> float | None:
    if typed is None:
        return None
    try:
        found = duration.parse(typed)
    except ValueError as error:
        raise UsageError(f"--timeout: {error}; accepted: {duration.ACCEPTED}") from None
    if not found:
        raise UsageError("--timeout: it is no time at all")
    return found.total_seconds()


def _run(command: list[str], limit: float | None) -> Ran:
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        ran = child.run(command, timeout=limit)
    except (FileNotFoundError, ValueError):  # ValueError for an empty name
        terminal.alarm(f"ghstatus: {command[0]!r} can't be run: there is no such command")
        raise typer.Exit(child.NOT_FOUND) from None
    except OSError as error:
        terminal.alarm(f"ghstatus: {command[0]!r} can't be run: {error.strerror}")
        raise typer.Exit(child.NOT_RUNNABLE) from None
    if not ran.ends_line and ran.code:
        terminal.remark("")
    return ran
