"""Other status pages' sources → sites with incidents: read from disk, returned as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.importers import cstate, fedora, statusfy
from ghstatus.importers.result import Import

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.model import Site

__all__ = ["KINDS", "Import", "read"]

_READERS = {"cstate": cstate.read, "fedora": fedora.read, "statusfy": statusfy.read}
KINDS = tuple(_READERS)
"""What can be imported."""


def read(kind: str, source: Path, *, known: Site | None = None) -> Import:
    """Read a source of one of `KINDS`; what `known` calls its components is understood.

    Raises UsageError when the folder isn't of that kind.
    """
    return _READERS[kind](source, known=known)
