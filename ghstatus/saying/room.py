"""As much as fits an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_TEXT = 60_000
"""GitHub takes 65,536 characters, our markers and a little more included."""
_MOST = 20
"""The entries of one list; the page has the others."""


def items(lines: Sequence[str]) -> str:
    """A list, with the number of those that are left out."""
    more = [f"and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    return "\n".join(f"- {one}" for one in (*lines[:_MOST], *more))


def fitted(text: str) -> str:
    """As many lines of a text as fit an issue."""
    if len(text) <= _LONGEST_TEXT:
        return text
    whole, _, _ = text[:_LONGEST_TEXT].rpartition("\n")
    return f"{whole}\n\nThere is more than fits here."
