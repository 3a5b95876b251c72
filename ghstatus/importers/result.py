"""What an import found, as data for others to write down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghstatus.errors import Problem

if TYPE_CHECKING:
    from ghstatus.model import Incident, Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """Another status page's site, incidents and everything that could not be taken as it stood."""

    site: Site
    """The destination's own, where it is known; hidden components are added for names that nothing else explains."""
    incidents: tuple[Incident, ...]
    """Ordered by their start."""
    problems: tuple[Problem, ...]
    """Every guess, recovery and loss: what was seen in which file, and what was done."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Where problems are written down while a source is read."""

    where: str = ""
    """The file they are about, relative to the source."""
    problems: list[Problem] = field(default_factory=list)

    def about(self, where: str) -> Notes:
        """Write into the same list, about another file."""
        return Notes(where, self.problems)

    def add(self, seen: str, outcome: str, *, key: str = "", accepted: str = "") -> None:
        """Write down what was seen and what is done about it."""
        self.problems.append(Problem(where=self.where, key=key, seen=seen, accepted=accepted, outcome=outcome))
