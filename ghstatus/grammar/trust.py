"""Who may say what on an issue.

GitHub lets an issue's author edit, rename, close and reopen it, and puts a form's labels on it for anybody; everything
else it lets only those do who may at least triage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import EventKind, Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.grammar.dialect import Dialect
    from ghstatus.grammar.names import Names
    from ghstatus.model import Event, Issue

_TURNS = frozenset({EventKind.CLOSED, EventKind.REOPENED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What has to be known in order to read an issue."""

    names: Names
    dialect: Dialect
    viewer: str
    """The program that ghstatus acts as; empty when it acts as a person, who may have done the same by hand."""
    bots: tuple[str, ...] = ()
    """Bots that may publish, as `name[bot]`."""
    trusted: frozenset[str] = frozenset()
    """Whoever may at least triage."""
    now: datetime


class Standing(NamedTuple):
    """Why an issue may be published."""

    is_trusted: bool
    """Its author is."""
    since: datetime | None
    """When somebody vouched for a stranger's issue."""


def is_bot(login: str) -> bool:
    """Whether an account is a program's."""
    return login.endswith("[bot]")


def people(issue: Issue, dialect: Dialect) -> frozenset[str]:
    """Everybody whose permission decides anything about an issue; nobody when it isn't for the page."""
    viewed = dialect.view(issue)
    if dialect.kind(viewed, tuple(map(dialect.label, viewed.labels))) is None:
        return frozenset()
    known = {label.name: label for label in issue.labels}
    said = {
        event.actor
        for event in issue.events
        if event.kind in _TURNS
        or event.kind is EventKind.RENAMED
        or (event.kind in _LABELLING and any(dialect.label(known.get(event.detail, Label(event.detail)))))
    }
    commented = {comment.author for comment in issue.comments if not comment.is_minimized}
    found = {issue.author, issue.editor, *said, *commented}
    return frozenset(login for login in found if login and not is_bot(login))


_LABELLING = frozenset({EventKind.LABELED, EventKind.UNLABELED})


def may(login: str, context: Context) -> bool:
    """Whether what an account says counts."""
    if not login:
        return False
    if login == context.viewer or login in context.trusted:
        return True
    return login.casefold() in {bot.casefold() for bot in context.bots}


def standing(issue: Issue, context: Context) -> Standing | None:
    """Why an issue may be published; None when it may not."""
    if may(issue.author, context):
        return Standing(is_trusted=True, since=None)
    put = {event.detail: event for event in issue.events if event.kind is EventKind.LABELED}
    gates = (label.name for label in issue.labels if context.dialect.label(label).kind)
    vouched = [put[name].at for name in gates if name in put and _may_vouch(put[name].actor, context)]
    return Standing(is_trusted=False, since=max(vouched)) if vouched else None


def _may_vouch(login: str, context: Context) -> bool:
    # In a workflow ghstatus shares its account with every other workflow, and one of them may label by what a title says.
    return may(login, replace(context, viewer=""))


def is_text_vouched(issue: Issue, why: Standing, context: Context) -> bool:
    """Whether the text is what somebody trusted wrote, or saw."""
    if why.since is None or issue.edited_at is None:
        return True
    return issue.edited_at < why.since or may(issue.editor, context)


def title(issue: Issue, why: Standing, context: Context) -> tuple[str, str | None]:
    """The title that somebody trusted wrote or saw, and who gave it another one since."""
    found, renamer = issue.title, None
    if why.since is None:
        return found, renamer
    renames = [event for event in issue.events if event.kind is EventKind.RENAMED and event.at >= why.since]
    for event in reversed(renames):
        if may(event.actor, context):
            break
        found, renamer = event.detail, event.actor
    return found, renamer


def turns(issue: Issue, why: Standing, context: Context) -> Iterator[Event]:
    """Each closing and reopening that counts; what ghstatus itself closed was over before."""
    for event in issue.events:
        if event.kind in _TURNS and event.actor != context.viewer and _may_turn(event.actor, why, context):
            yield event


def _may_turn(login: str, why: Standing, context: Context) -> bool:
    if may(login, context):
        return True
    # Whoever closes an issue that isn't theirs may triage, or might when they did it: an outage of last year doesn't
    # come back because a maintainer has left. A bot may have closed it only because nobody talked about it.
    return why.is_trusted and bool(login) and not is_bot(login)
