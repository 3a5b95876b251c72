"""What to change so that components are as somebody says: broken, good again, or to be worked on.

Whoever says the same again finds it so already, and nothing is changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.actions import EditIncident, OpenIncident, PostUpdate
from ghstatus.model import Affected, ComponentStatus, Kind, Phase, Severity, Update

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ghstatus.actions import IncidentAction
    from ghstatus.model import Board, Incident, Story

NOTICE = "set:notice/"
"""How the sources of announcements begin that were said in one line, and that the next such line replaces."""


def broken(board: Board, wanted: Incident, *, is_default: bool) -> tuple[IncidentAction, ...]:
    """Open an incident, or make the open one that hits exactly the same components say this.

    Words that nobody typed, as `is_default` tells, are no news where there is one.
    """
    story = _alike(board.active, wanted, board)
    if story is None:
        return (OpenIncident(incident=wanted),)
    severity = None if wanted.severity == (story.severity or Severity.MAJOR) else wanted.severity
    text = "" if is_default or _is_said(story, wanted) else wanted.text or wanted.title
    if not (severity or text):
        return ()
    return (PostUpdate(ref=story.record.ref, update=Update(at=board.now, text=text, severity=severity)),)


def planned(board: Board, wanted: Incident, *, is_default: bool) -> tuple[IncidentAction, ...]:
    """Plan a maintenance, or add to what is told of the one in the same window."""
    window = wanted.scheduled_for, wanted.scheduled_until
    stories = (*board.in_progress, *board.upcoming)
    same = [one for one in stories if (one.incident.scheduled_for, one.incident.scheduled_until) == window]
    story = next((one for one in same if set(one.record.components) == _components(wanted)), None)
    if story is None:
        return (OpenIncident(incident=wanted),)
    if is_default or _is_said(story, wanted):
        return ()
    return (PostUpdate(ref=story.record.ref, update=Update(at=board.now, text=wanted.text or wanted.title)),)


def good(board: Board, components: Collection[str] | None, text: str) -> tuple[IncidentAction, ...]:
    """End what goes on with `components`, or with any where that is None; what hits others too loses these."""
    stories = (*board.active, *board.in_progress)
    return tuple(one for story in stories for one in _mended(story, board, components, text))


def noticed(board: Board, wanted: Incident | None) -> tuple[IncidentAction, ...]:
    """Show this in place of what was said in one line before; None only takes that down."""
    before = [one for one in board.announcements if one.incident.source.startswith(NOTICE)]
    if wanted and [(one.incident.title, one.incident.text) for one in before] == [(wanted.title, wanted.text)]:
        return ()
    over = (EditIncident(incident=replace(one.incident, ended=board.now)) for one in before)
    return (*over, *([OpenIncident(incident=wanted)] if wanted else []))


def _mended(story: Story, board: Board, components: Collection[str] | None, text: str) -> Iterator[IncidentAction]:
    hit = _hit(story, board)
    touched = hit or set(story.record.components)
    meant = touched if components is None else touched & set(components)
    if components is None or (meant and meant == touched):
        phase = Phase.COMPLETED if story.record.kind is Kind.MAINTENANCE else Phase.RESOLVED
        yield PostUpdate(ref=story.record.ref, update=Update(at=board.now, text=text, phase=phase))
    elif meant and hit:
        again = tuple(Affected(component=one, status=ComponentStatus.OPERATIONAL) for one in sorted(meant))
        yield PostUpdate(ref=story.record.ref, update=Update(at=board.now, text=text, components=again))


def _alike(stories: tuple[Story, ...], wanted: Incident, board: Board) -> Story | None:
    """The newest that hits exactly the same components."""
    same = [story for story in stories if _hit(story, board) == _components(wanted)]
    return max(same, key=lambda story: story.record.started, default=None)


def _components(incident: Incident) -> set[str]:
    return {one.component for one in incident.components}


def _hit(story: Story, board: Board) -> set[str]:
    """The components that it hits at present."""
    on = (one for one in story.record.spans if one.start <= board.now and (one.end is None or board.now < one.end))
    return {one.component for one in on if one.status is not ComponentStatus.OPERATIONAL}


def _is_said(story: Story, wanted: Incident) -> bool:
    """Whether the newest words about it are these already."""
    told = [update.text for update in story.told if update.text]
    said = (told[-1],) if told else (story.incident.text, story.incident.title)
    return (wanted.text or wanted.title) in said
