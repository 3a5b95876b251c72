"""Plans in words."""

from __future__ import annotations

from typing import assert_never

from ghstatus.actions import Action, EditIncident, OpenIncident, PostUpdate
from ghstatus.grammar import moment


def explain(action: Action) -> str:
    """Say in one line what an action would change."""
    match action:
        case OpenIncident(incident=incident):
            return f"open {incident.kind} {incident.ref}: {incident.title} ({moment.write(incident.started)})"
        case EditIncident(incident=incident):
            return f"edit {incident.kind} {incident.ref}: {incident.title}"
        case PostUpdate(ref=ref, update=update):
            return f"post {update.phase or 'an update'} on {ref} ({moment.write(update.at)})"
        case _:
            assert_never(action)
