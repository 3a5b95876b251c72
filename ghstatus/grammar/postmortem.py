"""A post-mortem's issue → what it says, and whether others may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem
from ghstatus.grammar import learnt, speech, trust
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.fields import Place
from ghstatus.grammar.names import did_you_mean
from ghstatus.grammar.recovery import Matter
from ghstatus.grammar.trust import Standing
from ghstatus.model import EventKind, Kind, Postmortem, Review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from ghstatus.grammar.trust import Context
    from ghstatus.model import Comment, Event, Incident, Issue, Site

ASKED = "postmortem"
"""The command by which somebody asks for one."""
APPROVE = "/approve"
"""The line by which a reviewer approves, in a comment."""
UNAPPROVED = "no reviewer has approved it"
_UNNAMED = "it names no incident"
_NAMED = "a line `Incident: #42`"


class Reading(NamedTuple):
    """What a post-mortem's issue or file says."""

    postmortem: Postmortem | None
    """None where it names no incident, or may not be believed."""
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()
    """What was written by people who may not publish."""
    review: Review | None = None
    """What was said to approve of it, where somebody has to."""
    is_asked_for: bool = False
    """Whether a program opened it, and it counts because somebody trusted had asked for one."""


class Learnt(NamedTuple):
    """What all post-mortems come to."""

    postmortems: tuple[Postmortem, ...] = ()
    """One for each incident at most."""
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()
    reviews: tuple[Review, ...] = ()


class House(NamedTuple):
    """What decides about every post-mortem of a site."""

    reviewers: tuple[str, ...] = ()
    tracker: str = ""
    """The address of the repository whose issues they are; empty for files."""


def dialect(site: Site) -> Dialect:
    """Read issues with the label for post-mortems; whoever may publish an incident may publish these."""
    gate = site.labels.postmortem
    return Dialect(
        name="postmortem",
        gates=(gate,),
        label=lambda label: Meaning(kind=Kind.INCIDENT if label.name.casefold() == gate.casefold() else None),
        kind=lambda _, meanings: next((meaning.kind for meaning in meanings if meaning.kind), None),
        text=lambda text: Matter({}, lambda _: Place(1, 1), text, 1, ()),
        comment=lambda *_: None,
    )


def is_one(issue: Issue, site: Site, incidents: Dialect) -> bool:
    """Whether an issue is one; with the label of an incident, too, it is an incident."""
    borne = {label.name.casefold() for label in issue.labels}
    if site.labels.postmortem.casefold() not in borne:
        return False
    if incidents.gates:
        return borne.isdisjoint(gate.casefold() for gate in incidents.gates)
    return bool(learnt.incident(issue.text))


def parse(issue: Issue, context: Context, house: House, incidents: Callable[[str], Incident | None]) -> Reading:
    """Read an issue in the dialect of this module; `incidents` finds an incident by its ref."""
    where, ref = f"#{issue.number}", learnt.incident(issue.text)
    why, asked = trust.standing(issue, context), None
    if why is None and ref and trust.is_bot(issue.author) and (asked := _asked_for(issue, incidents(ref))):
        why = Standing(is_trusted=False, since=issue.created_at)
    if why is None:
        accepted = "its label, put on it by somebody who may triage"
        seen = f"opened by {trust.who(issue.author)}, who may not publish"
        return Reading(None, (), (Problem(where=where, seen=seen, accepted=accepted, outcome="not shown"),))
    if not ref:
        return Reading(None, (Problem(where=where, seen=_UNNAMED, accepted=_NAMED, outcome="not shown"),))
    since, waits_for = _published(issue, why, context, house.reviewers)
    is_read = asked is None or _is_read(issue, why, context)
    follow_ups = learnt.follow_ups(issue.text, house.tracker) if is_read else ()
    unapproved = Problem(where=where, seen=UNAPPROVED, accepted=waits_for, outcome="not published")
    is_closed = issue.closed_at is not None and waits_for.startswith(f"`{APPROVE}`")
    return Reading(
        Postmortem(
            incident=ref,
            ref=str(issue.number),
            text=issue.text if is_read else "",
            written=issue.created_at,
            url=f"{house.tracker}/issues/{issue.number}",
            published=since,
            waits_for=waits_for,
            follow_ups=follow_ups if is_read or asked is None else learnt.left(asked),
        ),
        (unapproved,) if is_closed else (),
        review=_review(issue, context, house.reviewers) if house.reviewers else None,
        is_asked_for=asked is not None,
    )


def _asked_for(issue: Issue, incident: Incident | None) -> Incident | None:
    """The incident of which somebody had asked for a post-mortem when a program opened this issue."""
    orders = incident.response.orders if incident else ()
    return incident if any(one.verb == ASKED and one.at <= issue.created_at for one in orders) else None


def _is_read(issue: Issue, why: Standing, context: Context) -> bool:
    """Whether somebody trusted has had to do with the text that a program wrote: edited it, or closed it."""
    if not trust.is_text_vouched(issue, why, context):
        return False
    return issue.edited_at is not None or any(trust.turns(issue, why, context))


def _published(issue: Issue, why: Standing, context: Context, reviewers: Sequence[str]) -> tuple[datetime | None, str]:
    """Since when others may read it, or why they may not."""
    turns = list(trust.turns(issue, why, context))
    closing = turns[-1] if turns and turns[-1].kind is EventKind.CLOSED else None
    waits_for = _unclosed(issue, closing, is_vouched=trust.is_text_vouched(issue, why, context))
    if waits_for or closing is None:
        return None, waits_for
    since = closing.at
    if not reviewers:
        return since, ""
    approval = next(_approvals(issue, reviewers), None)
    if approval is None:
        return None, f"`{APPROVE}` in a comment by {either(reviewers)}"
    return max(since, approval.at), ""


def _unclosed(issue: Issue, closing: Event | None, *, is_vouched: bool) -> str:
    """Why it doesn't count as closed; empty where it does."""
    if issue.closed_at is None:
        return "that it is closed as completed"
    if closing is None:
        return "that somebody who may publish closes it"
    if issue.reason != "completed":
        return f"that it is closed as completed, not as {issue.reason.replace('_', ' ')}"
    return "" if is_vouched else "that somebody who may publish vouches for what was edited since"


def _approvals(issue: Issue, reviewers: Sequence[str]) -> Iterator[Comment]:
    """The comments by which reviewers approved of the text as it is."""
    allowed = {reviewer.casefold() for reviewer in reviewers}
    for comment in issue.comments:
        is_own = comment.edited_at is None or comment.editor == comment.author
        if comment.author.casefold() not in allowed or comment.is_minimized or not is_own:
            continue
        is_outdated = issue.edited_at is not None and issue.edited_at > comment.at and issue.editor != comment.author
        if not is_outdated and _approves(comment.text):
            yield comment


def _review(issue: Issue, context: Context, reviewers: Sequence[str]) -> Review:
    taken = frozenset(comment.id for comment in _approvals(issue, reviewers))
    asked = {issue.author.casefold(), *(reviewer.casefold() for reviewer in reviewers)}
    mistaken = frozenset(
        one.id
        for one in issue.comments
        if one.id not in taken and (one.author.casefold() in asked or trust.may(one.author, context)) and _means(one)
    )
    return Review(issue, taken, mistaken)


def _means(comment: Comment) -> bool:
    """Whether somebody wanted to approve by it, be it misspelt."""
    lines = (line.strip() for line in speech.own_words(comment.text).split("\n"))
    return any(line.startswith("/") and bool(did_you_mean(line, (APPROVE,))) for line in lines)


def _approves(text: str) -> bool:
    return any(line.strip().casefold() == APPROVE for line in speech.own_words(text).split("\n"))


def either(reviewers: Sequence[str]) -> str:
    """Whoever may approve, in words."""
    return " or ".join(f"@{reviewer}" for reviewer in reviewers)


def learn(readings: Iterable[Reading]) -> Learnt:
    """Of each incident one counts, the others are problems: a published one before a draft, then a person's, then age."""
    several = tuple(readings)
    found = [one.postmortem for one in several if one.postmortem]
    asked = [one.postmortem for one in several if one.is_asked_for]
    kept: dict[str, Postmortem] = {}
    problems = [problem for one in several for problem in one.problems]
    for one in sorted(found, key=lambda one: (one.published is None, one in asked, one.written, one.ref)):
        first = kept.setdefault(one.incident, one)
        if first is not one:
            seen = f"the post-mortem of {one.incident} is {_name(first)} already"
            problems.append(Problem(where=_name(one), seen=seen, outcome="not shown"))
    return Learnt(
        tuple(kept.values()),
        tuple(problems),
        tuple(problem for one in several for problem in one.ignored),
        tuple(one.review for one in several if one.review),
    )


def _name(one: Postmortem) -> str:
    return f"#{one.ref}" if one.url else f"postmortems/{one.ref}.md"
