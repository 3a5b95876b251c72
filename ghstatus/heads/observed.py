"""What a look at repositories came to, and how a look is bounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from ghstatus.errors import Problem
    from ghstatus.model import Check, Head

Cursor: TypeAlias = dict[str, Any]
"""Where the next look goes on, as JSON."""

OWN = "ghstatus/"
"""What the names of ghstatus's own checks begin with."""


class Observed(NamedTuple):
    """The heads of some repositories."""

    heads: tuple[Head, ...] = ()
    cursor: Cursor | None = None
    """None when every repository was read."""
    trouble: tuple[Problem, ...] = ()
    """What could not be read, in words."""
    repositories: tuple[str, ...] = ()
    """Those that were read, by the names that were asked for."""


def _every(_: Check) -> bool:
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How much one look takes."""

    watched: Callable[[Check], object] = _every
    """Whether a check matters: what is said on a pull request is only read where such a one failed or hangs."""
    wants: Callable[[Check], object] = _every
    """Whether a failed check's summary is to be read, too."""
    reach: timedelta = timedelta(days=30)
    """How long ago a pull request may have changed."""
    hangs_after: timedelta = timedelta(minutes=30)
    """How long a check may be pending before it is looked at more closely."""
    pulls: int = 500
    """Of one repository, those that changed last."""
    requests: int | None = None
    """How many may be sent, if that is limited."""
    until: datetime | None = None
    """When the last one may be sent, if that is limited."""


def ordered(repositories: Sequence[str], cursor: Cursor | None) -> list[str]:
    """The repositories without doubles, those first that the last look didn't come to."""
    wanted = {name.casefold(): name for name in reversed(repositories)}
    left = cursor.get("left", ()) if isinstance(cursor, dict) else ()
    known = [str(name).casefold() for name in left] if isinstance(left, list) else []
    first = {name: wanted[name] for name in known if name in wanted}
    return list((first | dict(reversed(wanted.items()))).values())


def cursor_of(left: Sequence[str]) -> Cursor | None:
    """Where the next look goes on; None where nothing is left."""
    return {"left": list(left)} if left else None
