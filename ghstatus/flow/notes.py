"""Whether what an earlier run left behind still holds."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from ghstatus import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.index import Index


def still_true(known: Index | None, context: str, now: datetime) -> Index | None:
    """The notes of an earlier run, unless they are of another `context`, or from the future."""
    return None if known is None or known.context != context or known.taken > now else known


def digest(*parts: str) -> str:
    """A name for what shapes a run: these parts, and this version of ghstatus."""
    made = hashlib.blake2b(digest_size=16)
    for part in (__version__, *parts):
        made.update(f"{part}\0".encode())
    return made.hexdigest()


def edition(name: str, file: str | None) -> str:
    """Tells versions of a module apart; asking importlib.metadata takes longer than a whole small build."""
    try:
        stat = Path(file or "").stat()
    except OSError:  # in a zip file, which changes as a whole
        return ""
    return f"{name} {stat.st_size} {stat.st_mtime_ns}"
