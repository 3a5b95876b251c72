"""A post-mortem's file ↔ what it says, and whether others may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import Problem, few
from ghstatus.grammar import learnt, matter, moment, words
from ghstatus.grammar.postmortem import UNAPPROVED, Reading, either
from ghstatus.model import Postmortem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ghstatus.grammar.postmortem import House
    from ghstatus.grammar.recovery import Matter

KEYS = ("incident", "status", "approved_by", "written", "published")
"""What the front matter may say."""
_DRAFT, _PUBLISHED = "draft", "published"


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
        waits_for = "" if is_approved else f"`approved_by:` {either(house.reviewers)}"
        if waits_for:
            front.report("approved_by", UNAPPROVED, waits_for, "not published")
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
