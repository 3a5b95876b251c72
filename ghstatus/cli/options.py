"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from ghstatus.stores.settings import Settings

Site: TypeAlias = Annotated[
    Path | None,
    typer.Argument(
        metavar="SITE", show_default=False, help="The folder that holds ghstatus.yml; without it, . or site/."
    ),
]
At: TypeAlias = Annotated[
    Path | None, typer.Option("--site", metavar="SITE", show_default=False, help="The same, as an option.")
]
SiteOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--site",
        metavar="SITE",
        show_default=False,
        help="The folder that holds ghstatus.yml; without it, . or site/.",
    ),
]
Repo: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="OWNER/NAME",
        show_default=False,
        help="The repository whose issues are the incidents; without it, what ghstatus.yml says.",
    ),
]
Wait: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="SECONDS",
        min=0,
        show_default=False,
        help="How long to wait for GitHub, all in all; without it, limits.wait.",
    ),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print it for programs.")]
Now: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="TIME", show_default=False, help="Judge as of this time, such as 2026-03-02T20:10Z."),
]
BaseUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="URL", show_default=False, help="Where the site will be published; overrides base_url."),
]
Out: TypeAlias = Annotated[Path, typer.Option(metavar="FOLDER", help="Where to write the site.")]
AlsoOut: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", show_default=False, help="Also build the site there, from the same look at GitHub."),
]
Cache: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        show_default=False,
        help="Where to keep the notes that make the next run quick; without it, .ghstatus.",
    ),
]


_ADDRESS = "GHSTATUS_BASE_URL"


def folder(site: Path | None, at: Path | None) -> Path | None:
    """The site folder that was named, in whichever way."""
    if site and at and site != at:
        raise UsageError(f"SITE is {str(site)!r}, but --site is {str(at)!r}; name one folder")
    return site or at


def settings(site: Path | None, *, is_strict: bool = False) -> Settings:
    """The site folder's configuration; where it names no address, with the one that a workflow found out.

    What is wrong with a part that only the team needs leaves that out, unless `is_strict`.
    """
    from ghstatus.stores import settings

    found = settings.read(settings.find(Path()) if site is None else site, is_strict=is_strict)
    address = None if found.site.base_url else base_url(os.environ.get(_ADDRESS) or None, _ADDRESS)
    return found._replace(site=replace(found.site, base_url=address)) if address else found


def moment(now: str | None, said: str = "--now") -> datetime:
    """The time that was asked for, by the option `said`, or the clock's, to the second."""
    from ghstatus.grammar import moment

    if now is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        found = moment.parse(now)
    except ValueError as error:
        raise UsageError(f"{said}: {error}; accepted: {moment.ACCEPTED}") from None
    if not 1970 <= found.year < 9999:
        raise UsageError(f"{said}: {now!r} is out of reach; accepted: a year from 1970 to 9998")
    return found


def base_url(url: str | None, said: str = "--base-url") -> str | None:
    """An address that pages can be built for, ending in a slash; `said` is what named it."""
    if url is None:
        return None
    from ghstatus.grammar.configvalues import base

    try:
        return base(url)
    except ValueError:
        accepted = "one such as https://status.example.org/, without a user, a query or a fragment"
        raise UsageError(f"{said}: {url!r} is no address; accepted: {accepted}") from None
