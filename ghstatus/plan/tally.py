"""A report counted: which failures are whose, and whether something is still running."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.model import Mode, VerdictKind

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
    waits: bool
    """Whether a gate can't say yet how it ends."""
    is_ignored: bool
    """Whether somebody's word counts more than what is known."""
    is_over: bool
    """Whether every outage that explains something is over."""

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


def tally(report: Report) -> Tally:
    """Count a report; within a group in the order of the checks' names."""
    ignored = report.ignored
    kinds = {kind: _of(report, kind) for kind in VerdictKind}
    explained = kinds[VerdictKind.EXPLAINED]
    running = report.pending + len(kinds[VerdictKind.RETRYING])
    lacks = report.head.is_partial or report.is_early or bool(report.missing)
    waits = report.mode is Mode.GATE and (running > 0 or lacks)
    is_failing = len(report.verdicts) > len(kinds[VerdictKind.RETRYING])
    return Tally(
        explained=explained,
        suspected=kinds[VerdictKind.SUSPECTED],
        own=kinds[VerdictKind.OWN],
        unexplained=kinds[VerdictKind.UNEXPLAINED],
        running=running,
        waits=waits,
        is_ignored=ignored is not None and (is_failing or waits) and (ignored.may_write or not waits),
        is_over=bool(explained) and all(one.outage in report.over for one in explained),
    )


def _place(verdict: Verdict) -> tuple[str, str, str]:
    return verdict.check.name, verdict.check.app, verdict.check.workflow


def _of(report: Report, kind: VerdictKind) -> tuple[Verdict, ...]:
    found = (verdict for verdict in report.verdicts if verdict.kind is kind)
    return tuple(sorted(found, key=_place))
