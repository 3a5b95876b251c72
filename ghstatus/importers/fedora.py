"""Fedora's status page: the JSON files of its first years, or the Pelican site that followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import UsageError
from ghstatus.importers import fedora_changes, fedora_pelican

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.importers.result import Import
    from ghstatus.model import Site


def read(source: Path, *, known: Site | None = None) -> Import:
    """Read a Fedora status page of either generation.

    Raises UsageError when the folder is neither.
    """
    if inside := fedora_changes.find(source):
        return fedora_changes.read(source, inside, known=known)
    if inside := fedora_pelican.find(source):
        return fedora_pelican.read(source, inside, known=known)
    files, folders = "wsgi/statuses.json with wsgi/changes.json", "content/ongoing/, planned/ or resolved/"
    reason = f"{source} is no Fedora status page: there is neither {files} nor {folders}"
    raise UsageError(reason)
