"""What ghstatus writes into issues: boards, notes and titles, as Markdown.

Nothing in it moves with time alone, so a text changes only when a fact does.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import clipped, line, plain
from ghstatus.model import PHASES, ComponentStatus, Kind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghstatus.errors import Problem
    from ghstatus.model import Board, ComponentState, Site, Story, Tracker

_LONGEST_TITLE = 256
_LONGEST_TEXT = 60_000
"""GitHub takes 65,536 characters, our markers and a little more included."""
_MOST = 20
"""The entries of one list; the page has the others."""
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


def said(word: ComponentStatus | Phase) -> str:
    """A status or a phase as people write it: `major outage`."""
    return word.value.replace("_", " ")


def headline(board: Board) -> str:
    """The board in a few words, for a title."""
    if board.status is ComponentStatus.OPERATIONAL:
        return "an incident is open" if board.active else "all systems operational"
    if board.status is ComponentStatus.UNKNOWN:
        return "unknown"
    hit = [state.component.name for state in board.components if state.status is board.status]
    return f"{said(board.status)} – {_names(hit)}" if hit else said(board.status)


def title(prefix: str, board: Board) -> str:
    """An issue's title that tells the board's state."""
    return clipped(line(f"{prefix}: {headline(board)}"), _LONGEST_TITLE)


def standing(board: Board, site: Site, links: Links) -> str:
    """The whole board, for the standing issue."""
    parts = (
        f"**{plain(_capital(headline(board)))}**",
        _remark(board),
        _list("Incidents", [_incident(story, board, links) for story in board.active]),
        _list("Maintenance in progress", [_maintenance(story, board, links) for story in board.in_progress]),
        _list("Planned", [_maintenance(story, board, links) for story in board.upcoming]),
        _list("Announcements", [_linked(story, links) for story in board.announcements]),
        _table([state for state in board.components if _is_shown(state)]),
        f"More on [{plain(site.title)}]({links.page})." if links.page else "",
        _KEPT,
    )
    return _fitted("\n\n".join(part for part in parts if part))


def outage(board: Board, site: Site, links: Links) -> str:
    """What goes on, for the issue in another repository."""
    source = f"[{plain(site.title)}]({links.page or links.tracker})"
    items = _items([_incident(story, board, links) for story in board.active])
    told = _fitted(f"{source} tells of an outage:\n\n{items}")
    return f"{told}\n\nThis issue closes by itself when it is over.\n\n{_KEPT}"


def all_well(site: Site, links: Links) -> str:
    """What that issue says in the meantime."""
    source = f"[{plain(site.title)}]({links.page or links.tracker})"
    return f"{source} tells of no outage. This issue is opened again when there is one.\n\n{_KEPT}"


def retired() -> str:
    """What the standing issue says once nobody wants it any more."""
    return f"This issue is no longer kept up to date.\n\n{_KEPT}"


def welcome(story: Story, address: str, *, is_kept: bool) -> str:
    """The first comment on an incident: where users see it, and how to go on; `is_kept` where our labels count."""
    kind = story.record.kind
    phases = [f"`{_capital(said(phase))}:`" for phase in PHASES[kind][1:]]
    how = {
        Kind.INCIDENT: f"Comments by maintainers become updates; one that begins with {_names(phases, 9, 'or')} says how far it is. Closing the issue resolves it.",
        Kind.MAINTENANCE: f"It starts and ends by its window. Comments by maintainers become updates; one that begins with {_names(phases, 9, 'or')} says otherwise.",
        Kind.ANNOUNCEMENT: "Closing the issue takes it down.",
    }
    told = f"This {kind.value} is on the status page: {address}"
    return f"{told}\n\n{how[kind]}" if is_kept else told


def problems(found: Iterable[Problem]) -> str:
    """What is wrong with an issue, for whoever wrote it."""
    lines = list(dict.fromkeys(_problem(one) for one in found))
    return (
        "Not everything in this issue could be read as it was meant; the rest counts.\n\n"
        f"{_fitted(_items(lines))}\n\n"
        "Mend it in the issue or its labels: this comment then goes away by itself."
    )


def first(found: Sequence[Problem]) -> str:
    """The first of them in a few words, with the number of the others."""
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return line(f"{found[0].key}: {found[0].seen}" if found[0].key else found[0].seen) + more


def is_same(stored: str, written: str) -> bool:
    """Whether a text came back as it was written; on the way its line endings may change, and its end."""
    return stored.replace("\r\n", "\n").strip() == written.replace("\r\n", "\n").strip()


def _problem(one: Problem) -> str:
    place = " ".join(filter(None, (one.key, f"(line {one.line})" if one.line else "")))
    parts = [f"**{plain(place)}**: " if place else "", plain(one.seen)]
    if one.accepted:
        parts.append(f". Accepted: {plain(one.accepted)}")
    if one.outcome:
        parts.append(f". Now: {plain(one.outcome)}")
    return "".join(parts) + "."


def _remark(board: Board) -> str:
    return "A part of it could not be read, so there may be more." if board.unobserved else ""


def _incident(story: Story, board: Board, links: Links) -> str:
    phase = f", {said(story.record.phase)}" if story.record.phase else ""
    since = f"since {moment.write(story.incident.started)}"  # a record's start may move with the clock
    return f"{_linked(story, links)}: {_impact(story, board)}{phase}, {since}"


def _impact(story: Story, board: Board) -> str:
    """`major outage of Copr, partial outage of Koji`: each status that it brings now, the worst first."""
    hit: dict[ComponentStatus, list[str]] = defaultdict(list)
    for span in story.record.spans:
        if span.end is None:
            hit[span.status].append(_name(span.component, board))
    worst_first = sorted(hit, key=lambda status: -status.rank)
    return ", ".join(f"{said(status)} of {_names(hit[status])}" for status in worst_first) or said(story.status)


def _maintenance(story: Story, board: Board, links: Links) -> str:
    start, until = story.incident.scheduled_for or story.incident.started, story.incident.scheduled_until
    window = f"{moment.write(start)} to {moment.write(until)}" if until else f"from {moment.write(start)}"
    hit = _names([_name(one, board) for one in story.record.components])
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
    return f"### {heading}\n\n{_items(lines)}" if lines else ""


def _items(lines: Sequence[str]) -> str:
    return "\n".join(f"- {one}" for one in _cut(lines, _MOST))


def _table(states: Sequence[ComponentState]) -> str:
    rows = [f"| {plain(state.component.name)} | {_capital(said(state.status))} |" for state in states]
    if not rows:
        return ""
    more = [f"| and {len(rows) - _MOST_COMPONENTS:,} more | |"] if len(rows) > _MOST_COMPONENTS else []
    return "\n".join(["| Component | Status |", "|---|---|", *rows[:_MOST_COMPONENTS], *more])


def _cut(lines: Sequence[str], most: int) -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"and {len(lines) - most:,} more"


def _fitted(text: str) -> str:
    """As many lines of a text as fit an issue."""
    if len(text) <= _LONGEST_TEXT:
        return text
    whole, _, _ = text[:_LONGEST_TEXT].rpartition("\n")
    return f"{whole}\n\nThere is more than fits here."


def _names(several: Sequence[str], most: int = 3, last: str = "and") -> str:
    """`Copr`, `Copr and Koji`, `Copr, Koji and 3 more`."""
    if len(several) > most:
        return f"{', '.join(several[: most - 1])} and {len(several) - most + 1} more"
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} {last} {several[-1]}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
