"""Posts that say they are not over, whatever their updates say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.model import Kind, Phase, Update

if TYPE_CHECKING:
    from ghstatus.importers.result import Notes


def reopened(updates: tuple[Update, ...], kind: Kind, notes: Notes) -> tuple[Update, ...]:
    """The updates, with those that would end it turned into watching it."""
    last = Phase.VERIFYING if kind is Kind.MAINTENANCE else Phase.MONITORING
    over = [update.phase for update in updates if update.phase and update.phase.is_over]
    if over:
        notes.add(
            f"an update says {over[-1]}, yet resolved is false", f"kept open; the update says {last}", key="resolved"
        )
    return tuple(replace(update, phase=last) if update.phase and update.phase.is_over else update for update in updates)
