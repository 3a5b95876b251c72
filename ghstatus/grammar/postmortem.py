"""A post-mortem's issue or file → what it says, and whether others may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem, few
from ghstatus.grammar import learnt, matter, moment, speech, trust, words
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.fields import Place
from ghstatus.grammar.recovery import Matter
from ghstatus.model import EventKind, Kind, Postmortem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ghstatus.grammar.trust import Context, Standing
    from ghstatus.model import Comment, Event, Issue, Site

APPROVE = "/approve"
"""The line by which a reviewer approves, in a comment."""
KEYS = ("incident", "status", "approved_by", "written", "published")
"""What a file's front matter may say."""
_DRAFT, _PUBLISHED = "draft", "published"
_UNNAMED = "it names no incident"
_NAMED = "a line `Incident: #42`"


class Reading(NamedTuple):
    """What a post-mortem's issue or file says."""

    postmortem: Postmortem | None
    """None where it names no incident, or may not be believed."""
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()
    """What was written by people who may not publish."""


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


def parse(issue: Issue, context: Context, house: House) -> Reading:
    """Read an issue in the dialect of this module."""
    where = f"#{issue.number}"
    why = trust.standing(issue, context)
    if why is None:
        who = f"@{issue.author}" if issue.author else "somebody whose account is gone"
        accepted = "its label, put on it by somebody who may triage"
        seen = f"opened by {who}, who may not publish"
        return Reading(None, (), (Problem(where=where, seen=seen, accepted=accepted, outcome="not shown"),))
    ref = learnt.incident(issue.text)
    if not ref:
        return Reading(None, (Problem(where=where, seen=_UNNAMED, accepted=_NAMED, outcome="not shown"),))
    since, waits_for = _published(issue, why, context, house.reviewers)
    return Reading(
        Postmortem(
            incident=ref,
            ref=str(issue.number),
            text=issue.text,
            written=issue.created_at,
            url=f"{house.tracker}/issues/{issue.number}",
            published=since,
            waits_for=waits_for,
            follow_ups=learnt.follow_ups(issue.text, house.tracker),
        )
    )


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
        return None, f"`{APPROVE}` in a comment by {_either(reviewers)}"
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


def _approves(text: str) -> bool:
    return any(line.strip().casefold() == APPROVE for line in speech.own_words(text).split("\n"))


def _either(reviewers: Sequence[str]) -> str:
    return " or ".join(f"@{reviewer}" for reviewer in reviewers)


def read(text: str, *, where: str, ref: str, house: House, now: datetime) -> Reading:
    """Read a file that is called `ref`; what it doesn't say of its times is as of `now`."""
    found = matter.read(text, known=KEYS)
    front = _Front(found, where)
    for path, (seen, accepted, outcome) in found.faults:
        front.report(path[0] if path else "", seen, accepted, outcome)
    is_published = front.is_published()
    approved = {name.removeprefix("@").casefold() for name in front.names("approved_by")}
    written, since = front.time("written"), front.time("published")
    waits_for = "`status: published`"
    if is_published:
        is_approved = not house.reviewers or not approved.isdisjoint(one.casefold() for one in house.reviewers)
        waits_for = "" if is_approved else f"`approved_by:` {_either(house.reviewers)}"
    return Reading(
        Postmortem(
            incident=front.line("incident").removeprefix("#") or learnt.incident(found.content) or ref,
            ref=ref,
            text=found.content.strip(),
            written=written or since or now,
            published=None if waits_for else since or written or now,
            waits_for=waits_for,
            follow_ups=learnt.follow_ups(found.content, house.tracker),
        ),
        few(front.problems),
    )


class _Front:
    """A file's front matter; what can't be read is a problem."""

    def __init__(self, found: Matter, where: str) -> None:
        self._found, self._where = found, where
        self.problems: list[Problem] = []
        for key in found.values:
            if key not in KEYS:
                self.report(key, f"unknown key {words.shown(key)}", ", ".join(KEYS), "ignored")

    def report(self, key: str | int, seen: str, accepted: str, outcome: str) -> None:
        place = self._found.place((key,) if key else ())
        self.problems.append(
            Problem(
                where=self._where,
                key=str(key),
                line=place.line,
                column=place.column,
                seen=seen,
                accepted=accepted,
                outcome=outcome,
            )
        )

    def names(self, key: str) -> tuple[str, ...]:
        value = self._found.values.get(key, "")
        several = value if isinstance(value, list) else str(value or "").split(",")
        return tuple(str(one).strip() for one in several if str(one).strip())

    def line(self, key: str) -> str:
        return " ".join(self.names(key))

    def is_published(self) -> bool:
        said = self.line("status").casefold()
        if said not in {"", _DRAFT, _PUBLISHED}:
            self.report("status", f"{words.shown(said)} is no status", f"{_DRAFT} or {_PUBLISHED}", "not shown")
        return said == _PUBLISHED

    def time(self, key: str) -> datetime | None:
        if not (said := self.line(key)):
            return None
        try:
            return moment.parse(said)
        except ValueError as error:
            self.report(key, str(error), moment.ACCEPTED, "ignored")
            return None


def write(postmortem: Postmortem, approved_by: Sequence[str] = ()) -> str:
    """The file that is read as this post-mortem."""
    values: dict[str, object] = {
        "incident": postmortem.incident,
        "status": _PUBLISHED if postmortem.published else _DRAFT,
        "written": moment.write(postmortem.written),
    }
    if approved_by:
        values["approved_by"] = list(approved_by)
    if postmortem.published:
        values["published"] = moment.write(postmortem.published)
    return matter.write(values, postmortem.text)


def chosen(found: Sequence[Postmortem]) -> tuple[dict[str, Postmortem], tuple[Problem, ...]]:
    """By incident the one that counts: a published one before a draft, then the oldest; the others are problems."""
    kept: dict[str, Postmortem] = {}
    problems = []
    for one in sorted(found, key=lambda one: (one.published is None, one.written, one.ref)):
        if first := kept.get(one.incident):
            seen = f"the post-mortem of {one.incident} is {_name(first)} already"
            problems.append(Problem(where=_name(one), seen=seen, outcome="not shown"))
        else:
            kept[one.incident] = one
    return kept, tuple(problems)


def _name(one: Postmortem) -> str:
    return f"#{one.ref}" if one.url else f"postmortems/{one.ref}.md"
