"""The board as JSON for programs: `ghstatus status --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghstatus.render.page import iso, iso_or_none
from ghstatus.render.text import words

if TYPE_CHECKING:
    from ghstatus.model import Board, Story


def summary(board: Board) -> dict[str, Any]:
    """What is true now; times are ISO 8601 in UTC, statuses and phases are the words of ghstatus.model."""
    return {
        "now": iso(board.now),
        "status": board.status,
        "impact": board.impact,
        "since": iso_or_none(board.since),
        "headline": words.headline(board),
        "components": [
            {
                "id": state.component.id,
                "name": state.component.name,
                "status": state.status,
                "since": iso_or_none(state.since),
                "incidents": list(state.refs),
            }
            for state in board.components
        ],
        "incidents": [_story(story) for story in board.active],
        "maintenance": [_story(story) for story in (*board.in_progress, *board.upcoming)],
        "announcements": [_story(story) for story in board.announcements],
        "unobserved": sorted(board.unobserved),
        "problems": [str(problem) for problem in board.problems],
    }


def _story(story: Story) -> dict[str, Any]:
    record = story.record
    return {
        "ref": record.ref,
        "title": record.title,
        "kind": record.kind,
        "phase": record.phase,
        "status": story.status,
        "started": iso(record.started),
        "scheduled_until": iso_or_none(story.incident.scheduled_until),
        "components": list(record.components),
    }
