"""When a plan isn't carried out without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ghstatus.actions import Plan
    from ghstatus.model import Limits, Snapshot


def refusal(plan: Plan, snapshot: Snapshot, limits: Limits) -> str:
    """Say why not; empty when nothing speaks against it."""
    if snapshot.partial:
        return f"not everything could be read, so nothing is changed: {'; '.join(snapshot.partial)}"
    if len(plan) > limits.actions:
        changes = "1 change" if len(plan) == 1 else f"{len(plan):,} changes"
        return f"{changes} at once; `limits.actions` allows {limits.actions:,}"
    return ""
