"""`ghstatus doctor` says whether this installation is well, and what is to be done where it isn't."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ghstatus.cli import access, diagnosis, options, terminal
from ghstatus.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.cli.access import Place
    from ghstatus.errors import StoreError
    from ghstatus.github.client import Client
    from ghstatus.model.checkup import Facts, Mend, OnGitHub, Unseen

_WAIT = 10
"""The seconds for which a checkup waits on GitHub, all in all: that it doesn't answer is an answer, too."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus doctor --repo packit/status --fix")(doctor)


def doctor(
    site: options.Site = None,
    *,
    at: options.At = None,
    repo: options.Repo = None,
    cache: options.Cache = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Create missing labels, and enable a workflow that GitHub switched off.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody: look at this machine alone.")] = False,
    as_json: options.Json = False,
) -> None:
    """Say what isn't well with the configuration, the repository, Pages and the workflow, and what to do about it.

    Exits with 1 when there is an error; warnings and hints don't count.
    """
    if fix and offline:
        raise UsageError("--fix changes things on GitHub, and --offline leaves it alone; say one of them")
    diagnosed = _diagnosed(options.folder(site, at), repo, cache, fix=fix, offline=offline)
    if as_json:
        terminal.data(diagnosis.data(diagnosed))
    else:
        diagnosis.say(diagnosed)
    if diagnosed.errors:
        raise typer.Exit(1)


def _diagnosed(
    site: Path | None, repo: str | None, cache: Path | None, *, fix: bool, offline: bool
) -> diagnosis.Diagnosis:
    from ghstatus.checkup.judge import judge, unusable
    from ghstatus.known import refused
    from ghstatus.stores.settings import NAME

    try:
        settings = options.settings(site, is_strict=True)
    except ConfigError as error:
        return diagnosis.Diagnosis(unusable(error.problems))
    with ExitStack() as stack:
        place, why = access.Place(settings=settings), ""
        if not offline:
            try:
                place = stack.enter_context(access.reached(settings, repo, cache=cache, wait=_WAIT))
            except UsageError as error:  # nobody says by which right to ask; the rest can be looked at
                why = str(error)
        facts = _facts(place, cache or place.cache, why, offline=offline)
        findings = judge(facts, refused(place.site, NAME))
        mended = _mend(place, [mend for finding in findings for mend in finding.mends]) if fix else frozenset()
    return diagnosis.Diagnosis(findings, place.repository, facts.github, mended, is_offline=offline)


def _facts(place: Place, cache: Path, why: str, *, offline: bool) -> Facts:
    from ghstatus.examine import everything
    from ghstatus.model.checkup import Unseen

    here: OnGitHub | Unseen | None = Unseen(why) if why else None
    if place.client:
        here = _on_github(place, place.client)
    now = datetime.fromtimestamp(time.time(), UTC)
    return everything.observe(place.site, now, cache=cache, github=here, offline=offline)


def _on_github(place: Place, client: Client) -> OnGitHub | Unseen:
    from ghstatus.examine import github
    from ghstatus.examine.line import Line

    with closing(Line(client, sleep=time.sleep, tell=terminal.remark)) as line:
        return github.observe(client, line, place.repository, place.site)


def _mend(place: Place, mends: list[Mend]) -> frozenset[Mend]:
    """What could be mended; each failure is said."""
    from ghstatus import flow
    from ghstatus.examine.everything import Mender

    if place.client is None:
        return frozenset()
    done = set()

    def told(mend: Mend, error: StoreError | None) -> None:
        if error:
            terminal.remark(f"failed: {error}")
        else:
            done.add(mend)

    applied = flow.apply(mends, Mender(place.client, place.repository), told=told)
    if applied.stopped:
        terminal.remark(f"stopped: {applied.stopped}")
    return frozenset(done)
