"""The workflows of an adopting repository: small, because all that they do is told by those that they call.

GitHub disables a file that has a schedule when nothing was committed for 60 days, whatever else would start it. So the
clock has one of its own, and what people do goes on being published when that is disabled. The clock also looks at the
checks of pull requests, where there are components on which some depend.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from string import Template
from typing import TYPE_CHECKING

from ghstatus import __version__
from ghstatus.model import Mode, StoreKind
from ghstatus.starter.home import PINNED, REUSABLE, REUSABLE_CHECKS

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
_CHECKS = Template("""\
name: Checks

on:
$events  workflow_dispatch:
    inputs:
      pr:
        description: Look at this pull request alone, by its address.
        type: string
      repo:
        description: Look at this repository alone, as owner/name.
        type: string
""")
_ON_COMMITS = Template("""\
  # What others report on a commit. GitHub starts nothing for many of their checks; the clock finds those.
  check_run:
    types: $types
  status:
  merge_group:
    types: [checks_requested]
  issue_comment: # zizmor: ignore[dangerous-triggers] -- of a comment only `/ghstatus ignore` counts, and nothing is checked out for it
    types: [created]
""")
_ON_INCIDENTS = """\
  # An incident, or a known failure, that was told of or is over.
  issues:
    types: [opened, edited, closed, reopened, labeled, unlabeled, deleted, transferred]
"""
_ON_FILES = Template("""\
  # An incident that was told of or is over.
  push:
    branches: [main, master]
    paths: $paths
""")
_JOBS = """\

permissions: {}

jobs:
"""
_JUDGING = Template("""\
  checks:
    uses: $reusable@$pin # zizmor: ignore[unpinned-uses] -- `ghstatus upgrade` moves the tag; a commit's SHA is kept
    permissions:
      contents: read # to read ghstatus.yml
      checks: write # to read checks, and to post one
      statuses: read # to read commit statuses
      pull-requests: read # to read which commits wait to be merged
      issues: write # to read incidents, and to tell on a known failure's issue what it explained
""")
_JOB = Template("""\
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
      app-private-key: ${{ secrets.GHSTATUS_APP_PRIVATE_KEY }} # of the App that reaches other repositories
"""
_PINNED = re.compile(rf"{PINNED}@(?P<ref>[^\s#]+)(?P<version>[ ]+#[ ]*v[\d.]+)?")


def events(site: Site, folder: str, *, pin: str) -> str:
    """The workflow that what people do starts, for a site whose configuration stands in `folder`."""
    issues = _ON_ISSUES if site.store is StoreKind.GITHUB else ""
    paths = _paths(site, folder, "status.yml")
    return _EVENTS.substitute(issues=issues, paths=paths) + _JOBS + _job(site, folder, pin)


def clock(site: Site, folder: str, *, pin: str) -> str:
    """The workflow that the clock starts."""
    jobs = _job(site, folder, pin) + (f"\n{_judging(site, folder, pin)}" if site.rules else "")
    return _CLOCK.substitute(minute=_minute(site.repository or site.title)) + _JOBS + jobs


def checks(site: Site, folder: str, *, pin: str) -> str:
    """The workflow that what others say of commits starts, and a person who asks about one."""
    types = "[created, rerequested, completed]" if site.watch.mode is Mode.GATE else "[completed]"
    commits = _ON_COMMITS.substitute(types=types) if _watches_itself(site) else ""
    told = _ON_FILES.substitute(paths=_paths(site, folder, "checks.yml"))
    events = commits + (_ON_INCIDENTS if site.store is StoreKind.GITHUB else told)
    asked = ("pr: ${{ inputs.pr }}", "repo: ${{ inputs.repo }}")
    return _CHECKS.substitute(events=events) + _JOBS + _judging(site, folder, pin, asked)


def _job(site: Site, folder: str, pin: str) -> str:
    """What events and the clock do; the called workflow sees to it that they do it one after the other."""
    return _JOB.substitute(reusable=REUSABLE, pin=pin) + _given(folder, has_app=bool(site.pins.also))


def _judging(site: Site, folder: str, pin: str, asked: tuple[str, ...] = ()) -> str:
    """What is done about checks, where a person may have `asked` about some."""
    job = _JUDGING.substitute(reusable=REUSABLE_CHECKS, pin=pin)
    elsewhere = {name.casefold() for name in site.watch.repositories} - {site.repository.casefold()}
    return job + _given(folder, asked, has_app=bool(elsewhere))


def _given(folder: str, asked: tuple[str, ...] = (), *, has_app: bool) -> str:
    site = [f"site: {folder}"] if folder != "." else []
    app = ["app-id: ${{ vars.GHSTATUS_APP_ID }}"] if has_app else []
    given = "".join(f"      {line}\n" for line in (*site, *asked, *app))
    return (f"    with:\n{given}" if given else "") + (_APP if has_app else "")


def _watches_itself(site: Site) -> bool:
    """Whether the repository's own pull requests are among those that are looked at."""
    named = {name.casefold() for name in site.watch.repositories}
    owner = site.repository.partition("/")[0]
    return not named or not named.isdisjoint({site.repository.casefold(), f"{owner}/*".casefold()})


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


def _paths(site: Site, folder: str, workflow: str) -> str:
    at = "" if folder == "." else f"{folder}/"
    named = [f"{at}ghstatus.yml", *([] if site.store is StoreKind.GITHUB else [f"{at}incidents/**"])]
    return f"[{', '.join((*named, f'.github/workflows/{workflow}'))}]"
