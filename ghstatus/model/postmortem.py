"""What a team learnt from an incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime


class FollowUp(NamedTuple):
    """Something to do so that it doesn't happen again."""

    text: str
    """One line of Markdown, without whom it is for and until when."""
    owner: str = ""
    """A login; empty for nobody yet."""
    is_done: bool = False
    due: date | None = None
    url: str = ""
    """Of the issue in which it is done; empty without one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Postmortem:
    """A document about an incident that is over."""

    incident: str
    """The ref of the incident."""
    ref: str
    """Its issue's number, or its file's name without `.md`."""
    text: str
    """Markdown, with people's names as they were typed."""
    written: datetime
    url: str = ""
    """Its issue's address; empty for a file."""
    published: datetime | None = None
    """Since when the page may show it; None while it may not."""
    waits_for: str = ""
    """Why it may not, in words."""
    follow_ups: tuple[FollowUp, ...] = ()
