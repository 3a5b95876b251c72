"""Which labels to create, and which to put on issues or take off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.actions import CreateLabel, Relabel
from ghstatus.grammar import labels
from ghstatus.saying.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Board, Site, Story, Tracker


def create(tracker: Tracker, site: Site) -> Iterator[CreateLabel]:
    """Each label that is wanted and isn't there; one that is there keeps its colour and its words."""
    present = {label.name.casefold() for label in tracker.labels}
    for label in labels.wanted(site):
        if label.name.casefold() not in present:
            yield CreateLabel(label=label, why="the repository has no such label")


def keep(board: Board, tracker: Tracker, site: Site) -> Iterator[Relabel]:
    """What makes the labels of open issues say what is so."""
    for ref, story in board.incidents.items():
        issue = tracker.issues[ref]
        add, remove = labels.upkeep(issue, story.incident, story.record, site.labels, tracker.program)
        if add or remove:
            yield Relabel(ref=ref, add=add, remove=remove, why=_state(story))


def _state(story: Story) -> str:
    phase = story.record.phase
    return f"it is {said(phase)}, {said(story.status)}" if phase else "it is an announcement"
