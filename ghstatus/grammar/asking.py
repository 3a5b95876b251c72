"""A command's argument: who says it and when, what it comes to, or why it can't be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import clock, moment

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from ghstatus.grammar.names import Names
    from ghstatus.model import Affected, Detector, Severity

Fault = tuple[str, str]
"""What was seen, and what is accepted."""


class MisfitError(ValueError):
    """A command that can't be carried out."""

    def __init__(self, seen: str, accepted: str = "") -> None:
        super().__init__(f"{seen}; accepted: {accepted}" if accepted else seen)
        self.seen = seen
        self.accepted = accepted


class Asking(NamedTuple):
    """Who says something, when, and what their words may mean."""

    names: Names
    at: datetime
    by: str = ""
    """A login; empty where nobody knows."""


class Saying(NamedTuple):
    """When a command was said, and by whom."""

    at: datetime
    by: str = ""


class Value(NamedTuple):
    """What stood behind a verb, in that field that suits the verb."""

    text: str = ""
    """Words, an address, a login, a channel, another incident's name; empty also for what is taken back."""
    time: datetime | None = None
    span: timedelta | None = None
    severity: Severity | None = None
    components: tuple[Affected, ...] = ()
    number: int = 0
    person: str = ""
    """A login; empty for nobody."""
    label: str = ""
    """The words of a link."""
    detector: Detector | None = None
    faults: tuple[Fault, ...] = ()
    """What of it can't be taken while the rest is."""


LONGEST = 2000
LINE = 300
"""What is shown as one line isn't longer."""
NONE = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", "none", "nobody"})
"""What takes something back."""


def bounded(text: str, longest: int) -> str:
    """`text`; raises MisfitError when it is longer than that."""
    if len(text) > longest:
        raise MisfitError(f"it has {len(text):,} characters", f"at most {longest:,} characters on one line")
    return text


def past(time: datetime, at: datetime, verb: str = "") -> datetime:
    """A time that was at `at`; raises MisfitError for one to come, at which a page would change by itself."""
    if time > at + clock.SLACK:
        said = f"`/{verb}`: " if verb else ""
        raise MisfitError(f"{said}{moment.write(time)} is still to come", "a time that was, such as 14:05 or 20m ago")
    return time
