"""What a post-mortem's text says: which incident it is about, what is to be done, and what others may read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar import followups, prose, quoting
from ghstatus.model import FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghstatus.grammar.prose import Line
    from ghstatus.model import Incident

HEADING = "Follow-ups"
"""What the list of follow-ups stands below."""
_MARKER = re.compile(
    r"^[ ]{0,3}<!--[ \t]*ghstatus:postmortem[ \t]+(?P<ref>[^\s<>]+?)[ \t]*-->[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)
_NAMED = re.compile(
    r"\W{0,4}incident\W{0,4}\s*(?:\[)?(?:(?P<url>https?://\S+?/(?:issues|incidents)/(?P<last>[\w.~-]+)/?)|\#(?P<number>[1-9]\d{0,9}))"
    r"(?![\w#-]).*",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:follow[- ]?ups?|action items?|actions)\b.*", re.IGNORECASE)


def write(ref: str, text: str) -> str:
    """The text, with a marker in front that names the incident."""
    return f"<!-- ghstatus:postmortem {ref} -->\n{text}"


def incident(text: str) -> str:
    """The ref of the incident that a text is about, by its marker or a line `Incident: #42`; empty without either."""
    if found := _MARKER.search(text):
        return found["ref"]
    named = (_NAMED.fullmatch(line.text.strip()) for line in prose.lines(text) if not line.is_code)
    return next((one["number"] or one["last"] for one in named if one), "")


def follow_ups(text: str, tracker: str = "") -> tuple[FollowUp, ...]:
    """What is to be done: the task list below its heading, or every one where there is no such heading."""
    lines = prose.lines(text)
    return tuple(found for _, found in _listed(lines, tracker))


def left(incident: Incident) -> tuple[FollowUp, ...]:
    """What a team was still to do when an incident ended; with that its post-mortem begins."""
    tasks = (task for task in incident.response.tasks if task.done_at is None)
    return tuple(FollowUp(text=quoting.line(task.text), owner=task.owner) for task in tasks)


def shown(text: str) -> str:
    """What others may read: without comments, the follow-ups, what names the incident, and headings above nothing."""
    lines = prose.lines(text)
    gone = {place for place, _ in _listed(lines, "")}
    gone |= {place for place, line in enumerate(lines) if not line.is_code and _NAMED.fullmatch(line.text.strip())}
    kept = [line for place, line in enumerate(lines) if place not in gone]
    told: list[Line] = []
    for line in reversed(kept):  # a heading is worth something if anything follows before the next of its level
        found = prose.heading(line)
        if found is None or _leads_to_something(told, found.level):
            told.append(line)
    return _joined([*reversed(told)])


def _leads_to_something(told: Sequence[Line], level: int) -> bool:
    """Whether what was told last, in backward order, begins with something other than a heading as high."""
    following = next((line for line in reversed(told) if line.text.strip()), None)
    found = prose.heading(following) if following else None
    return following is not None and (found is None or found.level > level)


def _joined(lines: Sequence[Line]) -> str:
    """The lines, with one blank line at most between them, but for those of code."""
    found: list[Line] = []
    for line in lines:
        is_blank = not line.text.strip() and not line.is_code
        if not (is_blank and found and not found[-1].text.strip() and not found[-1].is_code):
            found.append(line)
    return "\n".join(line.text if line.is_code else line.text.rstrip(" \t") for line in found).strip("\n")


def _listed(lines: Sequence[Line], tracker: str) -> Iterator[tuple[int, FollowUp]]:
    sections = [(place, found) for place, line in enumerate(lines) if (found := prose.heading(line))]
    own = [(place, found.level) for place, found in sections if _LISTS.fullmatch(found.title)]
    spans = [
        range(start, next((place for place, one in sections if place > start and one.level <= level), len(lines)))
        for start, level in own
    ] or [range(len(lines))]
    for place in dict.fromkeys(place for span in spans for place in span):
        line = lines[place]
        if not line.is_code and (item := followups.read(line.text, tracker)):
            yield place, item
