"""Changes to what is said about the checks of pull requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ghstatus.actions.decided import Decided

if TYPE_CHECKING:
    from ghstatus.model import Report, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class PostReport(Decided):
    """Say on a commit what is known about its failed checks, as a check run of ghstatus's own."""

    report: Report
    name: str
    """Of the check run."""
    conclusion: str
    """`neutral`, `success` or `failure`; empty while a gate waits."""
    external_id: str
    """A digest of all that the text tells but the time, by which a later run sees that nothing changed."""
    run: int | None = None
    """The check run to write anew, where GitHub allows that; None for a new one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteComment(Decided):
    """Say the same in a comment on a pull request, or write that comment anew."""

    report: Report
    number: int
    digest: str
    comment: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NeutraliseRun(Decided):
    """Make a failed check run of the App's own neutral, because its failure is explained."""

    repository: str
    run: int
    verdict: Verdict


CheckAction: TypeAlias = PostReport | WriteComment | NeutraliseRun
