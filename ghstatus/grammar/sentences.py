"""Parts of sentences: several names, and a number of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def several(names: Sequence[str], most: int = 3, last: str = "and") -> str:
    """`Copr`, `Copr and Koji`, `Copr, Koji and 3 more`."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(number: int, noun: str) -> str:
    """`1 failure`, `3 failures`, `1,200 failures`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def capital(text: str) -> str:
    """`text` as the beginning of a sentence; the other letters stay as they are."""
    return f"{text[:1].upper()}{text[1:]}"
