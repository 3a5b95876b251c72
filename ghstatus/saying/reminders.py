"""What the team of an incident may have forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment
from ghstatus.saying.words import mention

if TYPE_CHECKING:
    from datetime import datetime

_SNOOZE = "<sub>`/snooze 2h` sends no reminders for so long. This comment goes away by itself.</sub>"


def update(since: datetime, due: datetime) -> str:
    """That users wait for news."""
    return f"users last heard at {moment.minute(since)}, and the next update was due at {moment.minute(due)}. What is known that they may know, be it that nothing changed?"


def expected(at: datetime) -> str:
    """That it isn't over by when it should be."""
    return f"a fix was expected at {moment.minute(at)}. `/eta TIME` says until when it will take instead, `/resolve` that it is over."


def lead() -> str:
    """That nobody manages it."""
    return "nobody leads this incident yet. `/lead` takes the lead, with communications and operations until they are given to somebody; `/lead @LOGIN` gives it to somebody."


def stale(since: datetime) -> str:
    """That it has been open for very long."""
    return f"this incident has been open since {moment.minute(since)}. Does it still go on? What is left to do after a service is back doesn't keep it open."


def major() -> str:
    """That it is worse than it is called."""
    return "this incident lasts, or is expected to last, longer than a minor one, and something doesn't work at all for some. `/severity major` says so."


def endless(begun: datetime) -> str:
    """That a maintenance without an end has gone on for very long."""
    return f"this maintenance has been going on since {moment.minute(begun)}, and nobody said until when. `/extend TIME` says so, `/complete` that it is over."


def overdue(until: datetime) -> str:
    """That a maintenance goes on after its end."""
    return f"this maintenance was to end at {moment.minute(until)}. `/extend TIME` says until when it will take instead, `/complete` that it is over."


def addressed(words: str, person: str) -> str:
    """A reminder for somebody; for nobody in particular where `person` is empty."""
    told = f"{mention(person)}: {words}" if person else f"{words[:1].upper()}{words[1:]}"
    return f"{told}\n\n{_SNOOZE}"
