"""A report counted: which failures are whose, and whether something is still running."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import VerdictKind

if TYPE_CHECKING:
    from ghstatus.model import Report, Verdict


class Tally(NamedTuple):
    """The verdicts of a report, in groups."""

    explained: tuple[Verdict, ...]
    suspected: tuple[Verdict, ...]
    own: tuple[Verdict, ...]
    unexplained: tuple[Verdict, ...]
    running: int
    """How many watched checks have no result yet, or are tried again by the service."""

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """Every failure, and whatever hangs; what matters most to a pull request's author first."""
        return self.own + self.unexplained + self.suspected + self.explained

    @property
    def theirs(self) -> tuple[Verdict, ...]:
        """What the pull request's author has to look at: its own failures, and those that nobody explains."""
        return self.own + self.unexplained

    @property
    def is_worth_telling(self) -> bool:
        """Whether it holds something that the failed checks don't say themselves."""
        return bool(self.explained or self.suspected)

    @property
    def is_over(self) -> bool:
        """Whether every outage that explains something is over."""
        return bool(self.explained) and all(one.outage and one.outage.end for one in self.explained)


def tally(report: Report) -> Tally:
    """Count a report; within a group in the order of the checks' names."""
    kinds = {kind: _of(report, kind) for kind in VerdictKind}
    return Tally(
        explained=kinds[VerdictKind.EXPLAINED],
        suspected=kinds[VerdictKind.SUSPECTED],
        own=kinds[VerdictKind.OWN],
        unexplained=kinds[VerdictKind.UNEXPLAINED],
        running=report.pending + len(kinds[VerdictKind.RETRYING]),
    )


def _of(report: Report, kind: VerdictKind) -> tuple[Verdict, ...]:
    found = (verdict for verdict in report.verdicts if verdict.kind is kind)
    return tuple(sorted(found, key=lambda verdict: (verdict.check.name, verdict.check.app)))
