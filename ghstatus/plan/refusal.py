"""When a plan isn't carried out without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.actions import CreateLabel
from ghstatus.grammar.sentences import counted

if TYPE_CHECKING:
    from ghstatus.actions import Plan
    from ghstatus.model import Limits, Snapshot


def refusal(plan: Plan, snapshot: Snapshot, limits: Limits) -> str:
    """Say why not; empty when nothing speaks against it.

    Labels that it creates don't count: they harm nothing, and a first run creates one for each component.
    """
    if snapshot.partial:
        return f"not everything could be read, so nothing is changed: {'; '.join(snapshot.partial)}"
    count = sum(not isinstance(action, CreateLabel) for action in plan)
    if count > limits.actions:
        return f"{counted(count, 'change')} at once; `limits.actions` allows {limits.actions:,}"
    return ""
