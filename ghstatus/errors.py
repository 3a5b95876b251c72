"""What goes wrong, in words for the person who can mend it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEW = 20
"""What is told one by one where there may be thousands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing wrong with one input; everything else goes on.

    Its text reads `where:line:column: key: seen; accepted → outcome`, with the parts that are known.
    """

    where: str
    """The file, relative to the site folder, or the issue's number as `#42`."""
    seen: str
    """What stands there and why it can't be taken: "severity is 'hihg', which is no severity"."""
    accepted: str = ""
    """What would be taken: "minor, major or critical (did you mean 'high'?)"."""
    outcome: str = ""
    """What happens now: "counted as major"."""
    key: str = ""
    """The field, as a path: `components[3].group`."""
    line: int | None = None
    """Counted from 1."""
    column: int | None = None
    """Counted from 1."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.where, self.line, self.column) if part is not None)
        text = f"{place}: {self.key}: {self.seen}" if self.key else f"{place}: {self.seen}"
        if self.accepted:
            text += f"; accepted: {self.accepted}"
        return f"{text} → {self.outcome}" if self.outcome else text


def few(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first problems of each field, in their order, and one in place of the others that says how many they are."""
    return tuple(_few(tuple(problems)))


def _few(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    counts = Counter(map(_field, problems))
    told: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        field = _field(problem)
        told[field] += 1
        if told[field] <= FEW:
            yield problem
        elif told[field] == FEW + 1:
            yield replace(problem, key=field[1], seen=f"and {counts[field] - FEW:,} more", accepted="")


def _field(problem: Problem) -> tuple[str, str]:
    """Where it is, and the key without its parts."""
    return problem.where, problem.key.partition("[")[0].partition(".")[0]


class GhstatusError(Exception):
    """The root of every error that ghstatus raises on purpose.

    Its text is for the user, whole: no traceback is shown with it. `exit_code` is the process's answer.
    """

    exit_code = 1


class UsageError(GhstatusError):
    """The command was asked for something it can't do: a folder that isn't there, a time that is none."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration can't be used. `problems` holds all of them, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class StoreError(GhstatusError):
    """A store refused one request; others may still succeed.

    `status` is the HTTP status, 0 where there is none; `codes` are GitHub's words for what is wrong with a field, such
    as `already_exists`.
    """

    def __init__(self, text: str, *, status: int = 0, codes: frozenset[str] = frozenset()) -> None:
        super().__init__(text)
        self.status = status
        self.codes = codes


class Unavailable(GhstatusError):
    """A store can't be asked any more for now; trying anything further makes no sense."""


class Overloaded(Unavailable):
    """A store took too long to answer one request; one that asks for less may succeed."""


class OutOfBudget(Unavailable):
    """A store asks to wait for longer than the user allows."""
