"""`ghstatus export`: everything that a page is made of, written down as files: a backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.cli import access, options, terminal
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from ghstatus.cli.access import Place

Target: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", show_default=False, help="The folder to write to; made when missing.")
]

_MARK = "# Written by `ghstatus export`, and written anew by the next one."


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus export ../status-backup --repo packit/status")(export)


def export(
    target: Target,
    *,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Write the configuration and every incident into a folder of files that gives the same page.

    It may be repeated: what changed is written again; what is gone from the source is named, and left there.
    """
    from ghstatus import flow
    from ghstatus.stores import settings
    from ghstatus.stores.folder import FolderStore

    with access.opened(site, repo, cache=cache, wait=wait) as place:
        configuration = _configuration(place, target)
        copy = FolderStore(target, place.site)
        copying = flow.plan_export(place.store(), copy, options.moment(now))
    for action in copying.plan:
        copy.apply(action)
    _write(target / settings.NAME, configuration)
    for ref in copying.gone:
        terminal.remark(f"{target / 'incidents'}: {ref} is gone from what was exported; left as it is")
    terminal.say(f"{terminal.counted(len(copying.plan), 'incident')} written to {target}, {copying.same:,} the same")


def _configuration(place: Place, target: Path) -> bytes:
    """What the folder's configuration is to say.

    Raises UsageError when the folder holds one that no export wrote.
    """
    from ghstatus.grammar import config
    from ghstatus.model import StoreKind
    from ghstatus.stores import settings

    path = target / settings.NAME
    if _read(path) and not _read(path).startswith(_MARK.encode()):
        raise UsageError(f"{path} was not written by an export, so it is left alone; choose another folder")
    return f"{_MARK}\n{config.write(replace(place.site, store=StoreKind.FOLDER))}".encode()


def _write(path: Path, configuration: bytes) -> None:
    from ghstatus.stores import files

    if _read(path) != configuration:
        files.replace(path, configuration)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
