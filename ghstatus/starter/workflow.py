"""The two workflows of an adopting repository: small, because all that they do is told by the one that they call.

GitHub disables a file that has a schedule when nothing was committed for 60 days, whatever else would start it. So the
clock has one of its own, and what people do goes on being published when that is disabled.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from string import Template
from typing import TYPE_CHECKING

from ghstatus import __version__
from ghstatus.model import StoreKind
from ghstatus.starter.home import REUSABLE

if TYPE_CHECKING:
    from ghstatus.model import Site

_ON_ISSUES = """\
  # What people say about an incident is on the page within minutes.
  issues:
    types: [opened, edited, closed, reopened, labeled, unlabeled, deleted, transferred, pinned, unpinned]
  issue_comment: # zizmor: ignore[dangerous-triggers] -- nothing that a comment says is run, and nothing is checked out for it
    types: [created, edited, deleted]
  label: # one that is renamed or deleted may have said what an incident hits
    types: [edited, deleted]
"""
_EVENTS = Template("""\
name: Status

on:
$issues  push:
    branches: [main, master]
    paths: $paths
  workflow_dispatch:
  repository_dispatch: # by a program: gh api repos/OWNER/NAME/dispatches -f event_type=ghstatus
    types: [ghstatus]
""")
_CLOCK = Template("""\
name: Status by the clock

on:
  # Maintenances begin and end by the clock, and so does every day. Where minutes cost money, once an hour will do.
  # In a file of its own: after 60 days without a commit GitHub disables a public repository's files with a schedule.
  schedule:
    - cron: "$minute-59/10 * * * *"
  workflow_dispatch:
""")
_JOB = Template("""\

permissions: {}

jobs:
  status:
    uses: $reusable@$pin # zizmor: ignore[unpinned-uses] -- `ghstatus upgrade` moves the tag; a commit's SHA is kept
    permissions:
      contents: read # to read ghstatus.yml
      issues: write # to label, pin and comment
      pages: write # to publish the page
      id-token: write # to show Pages that it is this workflow
""")
_APP = """\
    secrets:
      app-private-key: ${{ secrets.GHSTATUS_APP_PRIVATE_KEY }} # of the App that reaches the repositories of pins.also
"""
_PINNED = re.compile(rf"{re.escape(REUSABLE)}@(?P<ref>[^\s#]+)(?P<version>[ ]+#[ ]*v[\d.]+)?")


def events(site: Site, folder: str, *, pin: str) -> str:
    """The workflow that what people do starts, for a site whose configuration stands in `folder`."""
    issues = _ON_ISSUES if site.store is StoreKind.GITHUB else ""
    return _EVENTS.substitute(issues=issues, paths=_paths(site, folder)) + _job(site, folder, pin)


def clock(site: Site, folder: str, *, pin: str) -> str:
    """The workflow that the clock starts."""
    return _CLOCK.substitute(minute=_minute(site.repository or site.title)) + _job(site, folder, pin)


def _job(site: Site, folder: str, pin: str) -> str:
    """What both of them do; the called workflow sees to it that they do it one after the other."""
    with_ = ([f"site: {folder}"] if folder != "." else []) + (
        ["app-id: ${{ vars.GHSTATUS_APP_ID }}"] if site.pins.also else []
    )
    given = "".join(f"      {line}\n" for line in with_)
    return (
        _JOB.substitute(reusable=REUSABLE, pin=pin)
        + (f"    with:\n{given}" if given else "")
        + (_APP if site.pins.also else "")
    )


def pin(present: str = "") -> str:
    """By what to pin the called workflow: by this version, unless the present file has a commit or a later version."""
    found = _PINNED.search(present)
    if found and (re.fullmatch(r"[0-9a-f]{40}", found["ref"]) or _version(found["ref"]) > _version(__version__)):
        return f"{found['ref']}{found['version'] or ''}"
    return f"v{__version__}"


def _version(text: str) -> tuple[int, ...]:
    found = re.fullmatch(r"v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})", text)
    return tuple(map(int, found.groups())) if found else ()


def _minute(name: str) -> int:
    """From which minute to count, from 1 to 9: not that of everybody else, and not a full hour, when schedules are late."""
    return 1 + blake2b(name.casefold().encode(), digest_size=8).digest()[0] % 9


def _paths(site: Site, folder: str) -> str:
    at = "" if folder == "." else f"{folder}/"
    named = [f"{at}ghstatus.yml", *([] if site.store is StoreKind.GITHUB else [f"{at}incidents/**"])]
    return f"[{', '.join((*named, '.github/workflows/status.yml'))}]"
