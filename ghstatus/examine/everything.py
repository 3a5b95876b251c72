"""One look at a whole installation, and what can be done about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, assert_never

from ghstatus import __version__
from ghstatus.examine import web
from ghstatus.model.checkup import EnableWorkflow, Facts, MakeLabel
from ghstatus.stores.github.issues import Issues

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ghstatus.github.client import Client
    from ghstatus.model import Site
    from ghstatus.model.checkup import Mend, OnGitHub, Unseen

_MOST = 60
"""How many upstream pages are asked."""


def observe(site: Site, now: datetime, *, cache: Path, github: OnGitHub | Unseen | None = None, offline: bool) -> Facts:
    """Add to what GitHub told what this machine and the web tell; `offline` leaves the web alone."""
    upstreams = {} if offline else {one.id: one.upstream for one in site.components if one.upstream}
    asked = dict(list(upstreams.items())[:_MOST])
    page = "" if offline else site.base_url
    replies = web.ask(filter(None, [page, *asked.values()]))
    return Facts(
        now=now,
        site=site,
        version=__version__,
        cache=unwritable(cache),
        page=replies[page] if page else None,
        upstreams={component: replies[url] for component, url in asked.items()},
        unasked=len(upstreams) - len(asked),
        github=github,
    )


def unwritable(folder: Path) -> str:
    """Why nothing can be written into a folder, be it one that isn't there yet; empty when something can."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not there.is_dir():
        return f"{there} is no folder"
    return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} may not be written"


class Mender:
    """Mends what a checkup found in a repository."""

    def __init__(self, client: Client, repository: str) -> None:
        self._client = client
        self._repository = repository

    def apply(self, action: Mend) -> None:
        """Make one change.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """
        match action:
            case MakeLabel(label=label):
                Issues(self._client, self._repository).create_label(label)
            case EnableWorkflow(id=number, path=path):
                task = f"enable {path}"
                self._client.put(self._repository, f"actions/workflows/{number}/enable", task=task)
            case _:
                assert_never(action)
