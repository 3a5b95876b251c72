"""Whether an issue is open or closed as its history says; where it isn't, why, and what is to be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.grammar import trust, verbs, words
from ghstatus.model import EventKind, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ghstatus.model import Event, Incident, Issue, Order

ENDING = frozenset({"resolve", "complete", "cancel", "ended", "false-alarm", "duplicate"})
"""The commands by which something is over."""
_AGAIN = frozenset({"reopen", "extend"} | {verb for verb, phase in verbs.PHASES.items() if not phase.is_over})
"""Those by which it goes on."""
_RUN = timedelta(hours=1)
"""How long before ghstatus closes an issue it may have looked at it."""


def last(incident: Incident) -> Order | None:
    """The last command that ended it or let it go on."""
    return next((one for one in reversed(incident.response.orders) if one.verb in ENDING | _AGAIN), None)


def awake(incident: Incident, issue: Issue, viewer: str) -> str:
    """Why the closed issue of an incident that goes on is to be opened again; empty where nobody wants that.

    What a person closed only a command opens. What ghstatus closed was over then, so anything does that says it isn't.
    """
    closed, order = issue.closed_at, last(incident)
    if closed is None:
        return ""
    is_ours = viewer != "" and _doer(issue, EventKind.CLOSED) == viewer
    since = closed - _RUN if is_ours else closed
    if order and order.verb in _AGAIN and order.at > since:
        return f"`/{order.verb}` was said"
    if is_ours and order and order.verb == "duplicate" and incident.duplicate_of is None:
        return "the other one is a duplicate of it"
    if is_ours and _goes_on_by_update(incident, since):
        return "an update says that it goes on"
    return "what it was closed for was taken back" if trust.is_taken_back(issue, viewer) else ""


def _goes_on_by_update(incident: Incident, since: datetime) -> bool:
    told = [one for one in incident.updates if one.phase]
    return bool(told) and told[-1].at > since and not (told[-1].phase and told[-1].phase.is_over)


def fault(
    incident: Incident, issue: Issue, viewer: str, closing: Event | None, is_over: Callable[[datetime], bool]
) -> tuple[str, str, str] | None:
    """Why an issue is closed though its incident goes on, or open though that is over by a closing that counts.

    What was seen, what is accepted, what happens now. `is_over` tells whether it was over at a time anyway.
    """
    if issue.closed_at is None:
        if closing is None or (not incident.ended and not is_over(closing.at)):
            return None
        who = trust.who(_doer(issue, EventKind.REOPENED))
        return f"reopened by {who}, who may not", "that somebody with write access reopens it", "it stays over"
    if closing is None:
        if is_over(issue.closed_at) or _is_ours(incident, issue, viewer):
            return None
        seen = f"closed by {trust.who(_doer(issue, EventKind.CLOSED))}, who may not"
        return seen, "a close by somebody with write access, or `Resolved: …` in a comment of theirs", "it goes on"
    told = [update.phase for update in incident.updates if update.phase]
    if is_over(issue.closed_at) or incident.ended or not told:
        return None
    seen = f"it is closed, but an update after that says {words.shown(str(told[-1]))}"
    return seen, "`Resolved: …` in a comment, or reopening it", "it goes on"


def _is_ours(incident: Incident, issue: Issue, viewer: str) -> bool:
    """Whether ghstatus closed a maintenance that was over by itself then, or what it will open again."""
    has_end = bool(incident.scheduled_until or incident.ended or incident.is_void)
    is_by_clock = incident.kind is Kind.MAINTENANCE and has_end and _doer(issue, EventKind.CLOSED) == viewer != ""
    return is_by_clock or bool(awake(incident, issue, viewer))


def _doer(issue: Issue, kind: EventKind) -> str:
    """Who did that last."""
    return next((event.actor for event in reversed(issue.events) if event.kind is kind), "")
