"""Comments on a known failure's issue: whether it is used, and how often it was met.

Of strangers' words in them none does anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghstatus.grammar import hits, knownfailure, moment
from ghstatus.grammar.quoting import fenced, linked, plain
from ghstatus.grammar.sentences import counted, several
from ghstatus.saying.room import fitted, items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ghstatus.errors import Problem
    from ghstatus.grammar.hits import Count, Hit
    from ghstatus.model import Phrase, Signature

_MOST_REPOSITORIES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What there is to say of a signature that is used."""

    component: str
    """Its name."""
    fits: tuple[bool, ...]
    """Whether it tells each of its samples."""
    linked: bool | None
    """Whether what the issue links shows it; None where nobody looked."""
    recent: tuple[Hit, ...]
    now: datetime
    problems: tuple[Problem, ...]
    """What was left out."""


def mark(digest: str) -> str:
    """A hidden mark, by which a later run sees that it answered this."""
    return f"<!-- ghstatus:answered {digest} -->"


def refused(problems: Sequence[Problem]) -> str:
    """Why something isn't used, and how to mend it."""
    return (
        "This known failure is **not used**.\n\n"
        f"{_problems(problems)}\n\n"
        "Edit the issue to mend it: this comment then follows by itself."
    )


def taken(signature: Signature, answer: Answer) -> str:
    """What is looked for, and how well it does."""
    component = plain(answer.component)
    lead = (
        f"This known failure **is used**. As long as this issue is open, a failed check of {component} is explained "
        f"by it where {_place(signature)} holds {_kind(signature.phrase)}"
    )
    parts = (
        lead,
        fenced(signature.phrase.text),
        *_conditions(signature),
        items(list(_findings(answer))),
        f"Left out:\n\n{_problems(answer.problems)}" if answer.problems else "",
        "If the issue is edited, this comment follows by itself. Closing the issue ends it.",
    )
    return "\n\n".join(part for part in parts if part)


def _place(signature: Signature) -> str:
    words = [word for word, one in knownfailure.SURFACES.items() if one in signature.surfaces]
    return f"its {several(words, len(words), 'or')}"


def _kind(phrase: Phrase) -> str:
    return "what this pattern fits, in any case of letters:" if phrase.is_pattern else "this, in any case of letters:"


def _conditions(signature: Signature) -> Iterator[str]:
    for phrase, how in ((signature.requires, "must"), (signature.unless, "must not")):
        if phrase:
            yield f"The same text {how} hold {_kind(phrase)}"
            yield fenced(phrase.text)


def _findings(answer: Answer) -> Iterator[str]:
    if answer.fits:
        yield "It tells the sample." if all(answer.fits) else "**It doesn't tell the sample**: is there a slip in it?"
    if answer.linked is not None:
        yield "What is linked shows it." if answer.linked else "**What is linked doesn't show it** now."
    count, at = len(answer.recent), moment.write(answer.now)
    newest = sorted(answer.recent, key=lambda hit: (-hit.at, hit.key))[: hits.MOST_SHOWN]
    shown = f": {', '.join(map(_where, newest))}" if newest else ""
    yield f"In the 24 hours up to {at} it was met in {_checks(count)}{shown}."


def _checks(count: int) -> str:
    return counted(count, "check") if count else "no check"


def count(found: Count, *, since: datetime, stale_days: int) -> str:
    """How often it was met; where that was more than `stale_days` ago, that the issue might be closed."""
    stale = (
        f"Nothing has matched this for more than {stale_days} days. If it is mended, **close this issue**; "
        "while it is open, it goes on explaining what it matches."
    )
    parts = [
        stale if stale_days else "",
        _totals(found) if found.total else f"It was never met since {moment.write(since)}.",
        f"The latest:\n\n{items(list(map(_dated, found.shown)))}" if found.shown else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _totals(found: Count) -> str:
    names = [plain(name) for name in found.repositories[:_MOST_REPOSITORIES]]
    more = len(found.repositories) - len(names)
    least = " or more" if found.has_more_repositories else ""
    where = f", in {', '.join(names)}{f' and {more}{least} others' if more else ''}" if names else ""
    first, last = (moment.write(hits.time(at)) for at in (found.first, found.last))
    return f"Met in **{_checks(found.total)}**{where}: first {first}, last {last}."


def _dated(hit: Hit) -> str:
    return f"{moment.write(hits.time(hit.at))}: {_where(hit)}"


def _where(hit: Hit) -> str:
    if not hit.repository:
        return "in a repository that isn't named here"
    place = f"{hit.repository}#{hit.pull}" if hit.pull else hit.repository
    return f"{linked(plain(place), hit.url)} ({plain(hit.check)})"


def _problems(found: Sequence[Problem]) -> str:
    return fitted(items([_problem(one) for one in found]))


def _problem(one: Problem) -> str:
    place = f"**{plain(one.key)}**{f' (line {one.line})' if one.line else ''}: " if one.key else ""
    accepted = f" Accepted: {plain(one.accepted)}." if one.accepted else ""
    return f"{place}{plain(one.seen)}.{accepted}"
