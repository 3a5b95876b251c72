"""The board on an issue: the standing one, and those in other repositories; their titles, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import clipped, line, plain
from ghstatus.grammar.sentences import capital, several
from ghstatus.model import ComponentStatus
from ghstatus.saying.room import fitted, items
from ghstatus.saying.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghstatus.model import Board, ComponentState, Site, Story, Tracker

_LONGEST_TITLE = 256
_MOST_COMPONENTS = 200
_KEPT = "<sub>Kept by ghstatus. Comments here are not read.</sub>"


class Links(NamedTuple):
    """Where things are found on the web."""

    page: str
    """The page's address with a trailing slash; empty when nobody said."""
    tracker: str
    """The tracker's, without one."""

    def to(self, ref: str) -> str:
        """Where an incident is told of: its page, or else its issue."""
        return f"{self.page}incidents/{ref}/" if self.page else f"{self.tracker}/issues/{ref}"


def links(site: Site, tracker: Tracker) -> Links:
    """Where the site's incidents are found."""
    return Links(site.base_url, tracker.url)


def headline(board: Board) -> str:
    """The board in a few words, for a title."""
    if board.status is ComponentStatus.OPERATIONAL:
        return "an incident is open" if board.active else "all systems operational"
    if board.status is ComponentStatus.UNKNOWN:
        return "unknown"
    hit = [state.component.name for state in board.components if state.status is board.status]
    return f"{said(board.status)} – {several(hit)}" if hit else said(board.status)


def title(prefix: str, board: Board) -> str:
    """An issue's title that tells the board's state."""
    return clipped(line(f"{prefix}: {headline(board)}"), _LONGEST_TITLE)


def standing(board: Board, site: Site, links: Links) -> str:
    """The whole board, for the standing issue."""
    parts = (
        f"**{plain(capital(headline(board)))}**",
        _remark(board),
        _list("Incidents", [_incident(story, board, links) for story in board.active]),
        _list("Maintenance in progress", [_maintenance(story, board, links) for story in board.in_progress]),
        _list("Planned", [_maintenance(story, board, links) for story in board.upcoming]),
        _list("Announcements", [_linked(story, links) for story in board.announcements]),
        _table([state for state in board.components if _is_shown(state)]),
        f"More on [{plain(site.title)}]({links.page})." if links.page else "",
        _KEPT,
    )
    return fitted("\n\n".join(part for part in parts if part))


def outage(board: Board, site: Site, links: Links) -> str:
    """What goes on, for the issue in another repository."""
    source = f"[{plain(site.title)}]({links.page or links.tracker})"
    listed = items([_incident(story, board, links) for story in board.active])
    told = fitted(f"{source} tells of an outage:\n\n{listed}")
    return f"{told}\n\nThis issue closes by itself when it is over.\n\n{_KEPT}"


def all_well(site: Site, links: Links) -> str:
    """What that issue says in the meantime."""
    source = f"[{plain(site.title)}]({links.page or links.tracker})"
    return f"{source} tells of no outage. This issue is opened again when there is one.\n\n{_KEPT}"


def retired() -> str:
    """What the standing issue says once nobody wants it any more."""
    return f"This issue is no longer kept up to date.\n\n{_KEPT}"


def _remark(board: Board) -> str:
    return "A part of it could not be read, so there may be more." if board.unobserved else ""


def _incident(story: Story, board: Board, links: Links) -> str:
    phase = f", {said(story.record.phase)}" if story.record.phase else ""
    since = f"since {moment.write(story.incident.started)}"  # a record's start may move with the clock
    return f"{_linked(story, links)}: {_impact(story, board)}{phase}, {since}"


def _impact(story: Story, board: Board) -> str:
    """`major outage of Copr, partial outage of Koji`: each status that it brings now, the worst first."""
    told = (f"{said(status)} of {several([_name(one, board) for one in hit])}" for status, hit in story.hits)
    return ", ".join(told) or said(story.status)


def _maintenance(story: Story, board: Board, links: Links) -> str:
    start, until = story.incident.scheduled_for or story.incident.started, story.incident.scheduled_until
    window = f"{moment.write(start)} to {moment.write(until)}" if until else f"from {moment.write(start)}"
    hit = several([_name(one, board) for one in story.record.components])
    return f"{_linked(story, links)}: {window}{f', {hit}' if hit else ''}"


def _name(ident: str, board: Board) -> str:
    return next((plain(state.component.name) for state in board.components if state.component.id == ident), ident)


def _linked(story: Story, links: Links) -> str:
    title = plain(clipped(line(story.record.title), _LONGEST_TITLE))
    return f"[{title or story.record.ref}]({links.to(story.record.ref)})"


def _is_shown(state: ComponentState) -> bool:
    if state.component.hidden:
        return False
    return not state.component.only_if_degraded or state.status is not ComponentStatus.OPERATIONAL


def _list(heading: str, lines: Sequence[str]) -> str:
    return f"### {heading}\n\n{items(lines)}" if lines else ""


def _table(states: Sequence[ComponentState]) -> str:
    rows = [f"| {plain(state.component.name)} | {capital(said(state.status))} |" for state in states]
    if not rows:
        return ""
    more = [f"| and {len(rows) - _MOST_COMPONENTS:,} more | |"] if len(rows) > _MOST_COMPONENTS else []
    return "\n".join(["| Component | Status |", "|---|---|", *rows[:_MOST_COMPONENTS], *more])
