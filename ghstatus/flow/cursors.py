"""What a look at pull requests notes down for the next one: where that goes on, and what it owes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ghstatus.flow import checks
from ghstatus.stores import files

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.heads.observed import Cursor
    from ghstatus.known import Known

_OWED = "owed"


def left(cursor: Cursor | None, known: Known, before: Cursor | None) -> Cursor | None:
    """What to note down of a look: where the next one goes on, and whether it looks at everything whatever is known.

    That it does once more after the last outage: what is over, or was none, has to be taken back where it was told.
    """
    is_owed = checks.is_needed(known) or bool(cursor and owes(before))
    return {**(cursor or {}), _OWED: True} if is_owed else cursor


def owes(noted: Cursor | None) -> bool:
    """Whether an earlier look may have told of what is known no more."""
    return bool(noted and noted.get(_OWED) is True)


def recall(path: Path) -> Cursor | None:
    """What an earlier look noted down; None where nothing was left to do, or its note can't be read."""
    try:
        noted = json.loads(path.read_bytes())
    except (OSError, RecursionError, ValueError):
        return None
    return noted if isinstance(noted, dict) else None


def note(path: Path, cursor: Cursor | None) -> None:
    """Note down where the next look goes on."""
    if cursor:
        files.replace(path, json.dumps(cursor).encode())
    else:
        path.unlink(missing_ok=True)
