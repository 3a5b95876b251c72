"""The command line: the only home of the clock, the environment, the terminal, the exit codes.

Each command imports its work when it runs, so that `--help` costs what Typer costs.
"""

from __future__ import annotations

import sys
from copy import copy
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command_name

from ghstatus import __version__
from ghstatus.cli import (
    adopting,
    announcing,
    building,
    checking,
    checks,
    exporting,
    guarding,
    importing,
    incidents,
    learning,
    looking,
    measuring,
    oncall,
    panels,
    planning,
    setting,
    terminal,
)
from ghstatus.errors import GhstatusError

if TYPE_CHECKING:
    from typer.models import CommandInfo

app = typer.Typer(
    name="ghstatus",
    help="A status service that lives in a GitHub repository.",
    epilog="Start with `ghstatus init` in a repository, or `ghstatus serve` in a folder that holds ghstatus.yml.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
building.register(app)
looking.register(app)
oncall.register(app)
measuring.register(app)
setting.register(app)
announcing.register(app)
learning.register(app)
planning.register(app)
exporting.register(app)
adopting.register(app)
checking.register(app)
guarding.register(app)
app.add_typer(incidents.app, name="incident")
app.add_typer(checks.app, name="checks")
app.add_typer(importing.app, name="import")
panels.arrange(app, panels.TOP)


def _version(value: bool) -> None:
    if value:
        terminal.say(f"ghstatus {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, then stop.")
    ] = False,
) -> None:
    pass


def _narrowed(first: list[str]) -> typer.Typer:
    """The command line with nothing but the command that is asked for: Typer takes all of them apart, a tenth of a build."""
    alone = copy(app)
    alone.registered_commands = [one for one in app.registered_commands if _names(one) == first]
    alone.registered_groups = [one for one in app.registered_groups if [one.name] == first]
    return alone if alone.registered_commands or alone.registered_groups else app


def _names(command: CommandInfo) -> list[str]:
    return [command.name or get_command_name(command.callback.__name__)] if command.callback else []


def main() -> None:
    """Run the command line; a mistake of the user's is a message, one of ours says how to report it."""
    try:
        _narrowed(sys.argv[1:2])()
    except GhstatusError as error:
        terminal.failure(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(1)
    except Exception:  # noqa: BLE001 - the door: whatever gets here is our bug
        terminal.bug()
        sys.exit(3)
