"""What the flow asks of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ghstatus import index
    from ghstatus.model import Board, Snapshot

Change_contra = TypeVar("Change_contra", contravariant=True)


class Source(Protocol):
    """Where incidents are read from."""

    def observe(self, now: datetime) -> Snapshot:
        """Take everything, as of `now`."""


class Store(Source, Protocol):
    """Where incidents are read from, with what spares reading them again."""

    def entries(self, board: Board) -> Mapping[str, index.Entry]:
        """What to keep of the incidents that are over, as `board` judged them."""


class Sink(Protocol[Change_contra]):
    """Where changes are made."""

    def apply(self, action: Change_contra) -> None:
        """Make one change.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """
