"""Who may say what on an issue.

GitHub lets an issue's author edit, rename, close and reopen it, and puts a form's labels on it for anybody; comments
are anybody's. Everything else it lets only those do who may at least triage: whoever did it could, even if they have
left since, and nobody has to be asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import Topic
from ghstatus.grammar import notes
from ghstatus.model import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ghstatus.grammar.dialect import Dialect
    from ghstatus.grammar.names import Names
    from ghstatus.model import Comment, Event, Issue, Recurring

_SHARED = "github-actions[bot]"
"""As whom every workflow acts; one of them may repeat what strangers write."""
_TURNS = frozenset({EventKind.CLOSED, EventKind.REOPENED})
OPENING = timedelta(minutes=1)
"""How long after an issue was opened its labels still are its form's."""
_UNDISPUTED = timedelta(days=7)
"""After what time a stranger's closing counts that nobody undid."""


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
    former: Mapping[str, datetime] = field(default_factory=dict)
    """Until when those might who may not any more."""
    recurring: tuple[Recurring, ...] = ()
    """The maintenances that come again and again by the configuration, of which programs write down each."""
    now: datetime


class Standing(NamedTuple):
    """Why an issue may be published."""

    is_trusted: bool
    """Its author is."""
    since: datetime | None
    """When somebody vouched for a stranger's issue."""


def who(login: str) -> str:
    """Somebody, for a message."""
    return f"@{login}" if login else "somebody whose account is gone"


def is_bot(login: str) -> bool:
    """Whether an account is a program's."""
    return login.endswith("[bot]")


def people(issue: Issue, dialect: Dialect) -> frozenset[str]:
    """Everybody whose permission decides anything about an issue; nobody when it isn't for the page."""
    viewed = dialect.view(issue)
    if dialect.kind(viewed, tuple(map(dialect.label, viewed.labels))) is None:
        return frozenset()
    found = {issue.author, *(comment.author for comment in issue.comments if not comment.is_minimized)}
    if not issue.author:  # whose labels its form put there isn't known any more
        found |= {event.actor for event in issue.events if event.kind is EventKind.LABELED}
    return frozenset(login for login in found if login and not is_bot(login))


def may(login: str, context: Context) -> bool:
    """Whether what an account says counts."""
    if not login:
        return False
    if login == context.viewer or login in context.trusted:
        return True
    return login.casefold() in {bot.casefold() for bot in context.bots}


def _might(login: str, at: datetime, context: Context) -> bool:
    """Whether what an account said at a time counted then."""
    return may(login, context) or (login in context.former and at <= context.former[login])


def may_say(comment: Comment, context: Context) -> bool:
    """Whether a comment counts, as it is."""
    return _might(comment.author, comment.edited_at or comment.at, context)


def may_label(event: Event, issue: Issue, context: Context) -> bool:
    """Whether a label that was put on or taken off says something, be it one that no form can have put there."""
    return _might(event.actor, event.at, context) or _is_other(event.actor, issue)


def may_edit(login: str, issue: Issue, context: Context) -> bool:
    """Whether a text or a title counts that an account gave to an issue."""
    return may(login, context) or _is_other(login, issue)


def _is_person(login: str) -> bool:
    return bool(login) and not is_bot(login)


def _is_other(login: str, issue: Issue) -> bool:
    """Whether somebody did to another's issue what only those can do who may triage."""
    return _is_person(login) and login != issue.author != ""


def standing(issue: Issue, context: Context) -> Standing | None:
    """Why an issue may be published; None when it may not."""
    if may(issue.author, context):
        return Standing(is_trusted=True, since=None)
    put = {event.detail: event for event in issue.events if event.kind is EventKind.LABELED}
    gates = (label.name for label in issue.labels if context.dialect.label(label).kind)
    # In a workflow ghstatus shares its account with every other workflow, and one of them may label by what a title
    # says.
    people = replace(context, viewer="")
    vouched = [put[name].at for name in gates if name in put and may_label(put[name], issue, people)]
    if issue.author in context.former and _might(issue.author, issue.created_at, context):
        vouched.append(context.former[issue.author])
    elif (
        not vouched and context.viewer != _SHARED and (welcome := notes.find(issue, context.viewer).get(Topic.WELCOME))
    ):
        vouched.append(welcome.at)  # its author might publish then, and has left since
    return Standing(is_trusted=False, since=max(vouched)) if vouched else None


def is_text_vouched(issue: Issue, why: Standing, context: Context) -> bool:
    """Whether the text is what somebody trusted wrote, or saw."""
    if why.since is None or issue.edited_at is None or issue.edited_at < why.since:
        return True
    return may_edit(issue.editor, issue, context)


def is_text_hidden(issue: Issue, context: Context) -> bool:
    """Whether an issue is published, but not what its author made of its text since."""
    why = standing(issue, context)
    return why is not None and not is_text_vouched(issue, why, context)


def title(issue: Issue, why: Standing, context: Context) -> tuple[str, str | None]:
    """The title that somebody trusted wrote or saw, and who gave it another one since."""
    found, renamer = issue.title, None
    if why.since is None:
        return found, renamer
    renames = [event for event in issue.events if event.kind is EventKind.RENAMED and event.at >= why.since]
    for event in reversed(renames):
        if may_edit(event.actor, issue, context):
            break
        found, renamer = event.detail, event.actor
    return found, renamer


def turns(issue: Issue, why: Standing, context: Context) -> Iterator[Event]:
    """Each closing and reopening that counts; what ghstatus itself closed was over before."""
    for event in issue.events:
        if event.kind in _TURNS and event.actor != context.viewer and _may_turn(event, issue, why, context):
            yield event


def _may_turn(event: Event, issue: Issue, why: Standing, context: Context) -> bool:
    # A bot may have closed it only because nobody talked about it.
    if may(event.actor, context):
        return True
    if not _is_person(event.actor):
        return False
    if why.since is None or event.at < why.since or event.actor != issue.author:
        return True
    # Otherwise an outage of last year would come back when the maintainer who closed it has left.
    is_last = issue.closed_at is not None and event.kind is EventKind.CLOSED and event.at >= issue.closed_at
    return is_last and event.at < context.now - _UNDISPUTED


def is_taken_back(issue: Issue, viewer: str) -> bool:
    """Whether ghstatus closed it, and somebody has edited or deleted since what they had said."""
    last = next((event for event in reversed(issue.events) if event.kind is EventKind.CLOSED), None)
    if last is None or not viewer or last.actor != viewer:
        return False
    edited = (comment.edited_at for comment in issue.comments if comment.author != viewer)
    gone = (event.at for event in issue.events if event.kind is EventKind.COMMENT_DELETED and event.detail != viewer)
    return any(at is not None and at >= last.at for at in (issue.edited_at, *edited, *gone))
