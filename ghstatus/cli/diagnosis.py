"""What `ghstatus doctor` prints: each finding with its reason and its remedy, and who asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from ghstatus.cli import terminal
from ghstatus.model.checkup import EnableWorkflow, Level, MakeLabel, OnGitHub

if TYPE_CHECKING:
    from ghstatus.model.checkup import Finding, Mend, Unseen


class Diagnosis(NamedTuple):
    """A checkup, and what was done about it."""

    findings: tuple[Finding, ...]
    repository: str = ""
    github: OnGitHub | Unseen | None = None
    mended: frozenset[Mend] = frozenset()
    is_offline: bool = False
    """Whether nobody was asked."""

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings of which something is left."""
        return tuple(one for one in self.findings if not one.mends or not self.mended.issuperset(one.mends))

    @property
    def errors(self) -> int:
        """How many of those are errors."""
        return sum(one.level is Level.ERROR for one in self.left)


def say(diagnosis: Diagnosis) -> None:
    """Print it for people."""
    left = diagnosis.left
    for finding, following in zip(left, (*left[1:], None), strict=False):
        terminal.say(f"{finding.level}: {_line(finding.seen)}")
        if _advice(finding) != _advice(following):
            terminal.say(f"  why: {_line(finding.why)}")
            terminal.say(f"  do:  {_line(finding.remedy)}{'; or say --fix' if finding.mends else ''}")
    for mend in (mend for finding in diagnosis.findings for mend in finding.mends):
        if mend in diagnosis.mended:
            terminal.say(f"mended: {_done(mend)}")
    counts = Counter(finding.level for finding in left)
    found = ", ".join(terminal.counted(counts[level], level) for level in Level if counts[level])
    terminal.say(f"{_about(diagnosis)}{found or 'all is well'}")
    if diagnosis.is_offline:
        terminal.remark(
            "only this machine was looked at: neither GitHub nor the web was asked, and no incident was read"
        )


def data(diagnosis: Diagnosis) -> dict[str, Any]:
    """It for programs."""
    here = diagnosis.github if isinstance(diagnosis.github, OnGitHub) else None
    return {
        "repository": diagnosis.repository,
        "asked_as": here.right.login if here else "",
        "asked_by": here.right.token if here else "",
        "errors": diagnosis.errors,
        "findings": [
            {
                "about": finding.about,
                "level": finding.level,
                "seen": finding.seen,
                "why": finding.why,
                "remedy": finding.remedy,
                "fixable": bool(finding.mends),
                "fixed": finding not in diagnosis.left,
            }
            for finding in diagnosis.findings
        ],
    }


def _advice(finding: Finding | None) -> tuple[object, ...]:
    """What is said below a finding; once below several of the same."""
    return (finding.level, finding.why, finding.remedy, finding.mends) if finding else ()


def _about(diagnosis: Diagnosis) -> str:
    if not isinstance(diagnosis.github, OnGitHub):
        return ""
    right = diagnosis.github.right
    who = f" as @{right.login}" if right.login else ""
    return f"{diagnosis.repository}, asked{who} by {right.token}: "


def _done(mend: Mend) -> str:
    match mend:
        case MakeLabel(label=label):
            return f"created the label `{label.name}`"
        case EnableWorkflow(path=path):
            return f"enabled {path}"
        case _:
            assert_never(mend)


def _line(text: str) -> str:
    return " ".join(text.split())
