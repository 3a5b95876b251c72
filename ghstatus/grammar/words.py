"""Words that people type for severities, statuses or components → what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from ghstatus.grammar.names import did_you_mean
from ghstatus.model import Affected, ComponentStatus, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ghstatus.grammar.names import Names

Report: TypeAlias = Callable[[str, str, str], None]
"""Takes what was seen, what would be taken, and what happens now."""

Word = TypeVar("Word")

SEVERITIES = {one.value: one for one in Severity}
STATUSES = {one.value: one for one in ComponentStatus}
KINDS = {one.value: one for one in Kind}

_LONGEST = 80  # a message shows a longer text only in part


def shown(text: str) -> str:
    """`text` in quotes, without control characters, and not longer than a message bears."""
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def clipped(reason: str) -> str:
    """`reason`, not longer than a message bears."""
    return reason if len(reason) <= 2 * _LONGEST else f"{reason[: 2 * _LONGEST]}…"


def bare(text: str) -> str:
    """`text` from its first letter or digit to its last: a phone adds curly quotes, a person adds emoji."""
    ends = [position for position, sign in enumerate(text) if sign.isalnum()]
    return text[ends[0] : ends[-1] + 1] if ends else ""


def folded(text: str) -> str:
    """`text` as the model spells its words: `Major outage` is `major_outage`, whatever signs stand around it."""
    return bare(text).lower().replace(" ", "_").replace("-", "_")


def one_of(text: str, words: Mapping[str, Word], report: Report, outcome: str) -> Word | None:
    """The one of `words` that `text` means; None, with a report, when it means none."""
    found = words.get(text) or words.get(folded(text))
    if found is None:
        report(f"{shown(text)} is unknown", choice(text, words), outcome)
    return found


def choice(text: str, words: Iterable[str]) -> str:
    """`words` for a message: "minor, major or critical (did you mean 'minor'?)"."""
    *others, last = words
    return hinted(f"{', '.join(others)} or {last}", did_you_mean(folded(text), (*others, last)))


def hinted(accepted: str, hint: str) -> str:
    """`accepted` with a hint, if there is one."""
    return f"{accepted} ({hint})" if hint else accepted


_WITH_STATUS = re.compile(r"(.*)[=:](.*)", re.DOTALL)


def named(text: str, names: Names) -> Iterator[tuple[str, str]]:
    """Each name in `copr = major_outage, testing-farm`, with its status or an empty text."""
    parts = [text] if names.resolve(text) else [part for part in text.split(",") if part.strip()]
    for part in parts or [text]:
        match = None if names.resolve(part) else _WITH_STATUS.fullmatch(part)
        yield (match[1].strip(), match[2].strip()) if match else (part.strip(), "")


def affected(
    name: str, status: str, names: Names, report: Report, suggest: Callable[[str], str] | None = None
) -> Iterator[Affected]:
    """The components that `name` means, in the status that is written beside it.

    `suggest` gives a hint in place of `names`, where a text may hold thousands of names.
    """
    ids = names.resolve(name) or names.resolve(bare(name))
    if not ids:
        accepted = hinted("the name of a component or a group", (suggest or names.suggest)(name))
        report(f"no component is called {shown(name)}", accepted, "ignored; the others count")
        return
    outcome = "takes the status that the severity means"
    said = one_of(status, STATUSES, report, outcome) if status else None
    for one in ids:
        yield Affected(component=one, status=said)


def merged(components: Iterable[Affected]) -> tuple[Affected, ...]:
    """Each component once; the last status that was said of it counts."""
    found = tuple(components)
    if len(found) < 2:
        return found
    statuses: dict[str, ComponentStatus | None] = {}
    for one in found:
        statuses[one.component] = one.status or statuses.get(one.component)
    if len(statuses) == len(found):
        return found
    return tuple(Affected(component=component, status=status) for component, status in statuses.items())
