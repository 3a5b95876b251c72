"""What the commands about checks tell: reports, changes, what became of them; for people, programs and workflows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from ghstatus.cli import terminal
from ghstatus.grammar import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghstatus.actions import CheckAction, WriteNote
    from ghstatus.cli.watching import World
    from ghstatus.errors import Problem, StoreError, Unavailable
    from ghstatus.flow import Applied
    from ghstatus.flow.checks import Found
    from ghstatus.model import Report

Change: TypeAlias = "CheckAction | WriteNote"
_MOST = 100
"""The lines of one list in a summary."""
_LONGEST = 500


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What a look at checks came to so far."""

    refusal: str = ""
    """Why nothing is changed; empty when it may be."""
    applies: bool = False
    """Whether changes are made, and not only told."""
    reports: list[Report] = field(default_factory=list)
    plan: list[Change] = field(default_factory=list)
    repositories: list[str] = field(default_factory=list)
    trouble: list[Problem] = field(default_factory=list)
    failed: list[tuple[Change, StoreError]] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    stopped: Unavailable | None = None

    @property
    def done(self) -> int:
        """How many changes were made."""
        return len(self.plan) - len(self.failed) - len(self.left) if self.applies and not self.refusal else 0

    @property
    def is_well(self) -> bool:
        """Whether everything that was to be done was done, and something could be read."""
        is_blind = bool(self.trouble) and not self.reports
        return not (self.refusal or self.failed or self.left or self.stopped or is_blind)

    def add(self, found: Found) -> None:
        """Take what was found next."""
        self.reports += found.reports
        self.plan += found.plan
        self.repositories += found.repositories
        self.trouble += found.trouble

    def take(self, applied: Applied[CheckAction] | Applied[WriteNote]) -> None:
        """Take what became of its changes."""
        self.failed += applied.failed
        self.left += applied.left
        self.stopped = applied.stopped

    def counts(self) -> Counter[str]:
        """How many verdicts of each kind there are."""
        return Counter(str(verdict.kind) for report in self.reports for verdict in report.verdicts)


def tell(found: Found, world: World, *, every: bool = False) -> None:
    """Print what was found: each commit on which something fails, or `every` one, then what is to be done about it."""
    from ghstatus import report as voice

    for report in found.reports:
        if report.verdicts or every:
            for line in voice.lines(report, world.setting):
                terminal.say(line)
    changes(found.plan)
    terminal.problems(found.trouble)


def changes(plan: Iterable[Change]) -> None:
    """Print what is to be done."""
    from ghstatus.explain import reasoned

    for action in plan:
        terminal.say(_line(reasoned(action)))


def refused(action: Change, error: StoreError | None) -> None:
    """Print that a change was refused."""
    from ghstatus.explain import explain

    if error:
        terminal.alarm(_line(f"failed: {explain(action)}: {error}"))


def conclude(outcome: Outcome, world: World) -> None:
    """Print what it came to."""
    from ghstatus.explain import explain

    if outcome.refusal:
        terminal.alarm(f"refused: {outcome.refusal}; if that is as it should be, say --force")
    if outcome.stopped:
        terminal.alarm(_line(f"stopped: {outcome.stopped}"))
        for action in outcome.left:
            terminal.remark(_line(f"left undone: {explain(action)}"))
    terminal.say(f"{_changes(outcome)}; {_looked(outcome)}; {_asked(world)}")


def data(outcome: Outcome, world: World) -> None:
    """Print all of it for programs."""
    from ghstatus import report as voice

    told = outcome.applies and not outcome.refusal
    terminal.data(
        {
            "now": moment.write(world.known.now),
            "incidents": [outage.ref for outage in world.known.relevant],
            "repositories": outcome.repositories,
            "reports": [voice.facts(report, world.setting) for report in outcome.reports],
            "counts": dict(outcome.counts()),
            "plan": [_action(action) for action in outcome.plan],
            "refusal": outcome.refusal,
            "applied": told,
            "failed": [_action(action) | {"error": str(error)} for action, error in outcome.failed],
            "left": [_action(action) for action in outcome.left],
            "stopped": str(outcome.stopped or ""),
            "trouble": [str(problem) for problem in outcome.trouble],
            "requests": {"github": world.requests, "evidence": world.asked},
        }
    )


def summary(outcome: Outcome, world: World) -> str:
    """It in Markdown, for a run's page. Whatever strangers wrote stays text."""
    from ghstatus import report as voice
    from ghstatus.explain import reasoned

    failing = [report for report in outcome.reports if report.verdicts]
    parts = [
        f"### {_quoted(f'{_changes(outcome)}; {_looked(outcome)}')}\n",
        _list("What fails", [voice.lines(report, world.setting)[0] for report in failing]),
        _list("Changed" if outcome.done else "To change", [reasoned(action) for action in outcome.plan]),
        f"**Refused:** {_quoted(outcome.refusal)}\n" if outcome.refusal else "",
        _list("Failed", [f"{reasoned(action)}: {error}" for action, error in outcome.failed]),
        _list("Left undone", [reasoned(action) for action in outcome.left]),
        f"**Stopped:** {_quoted(str(outcome.stopped))}\n" if outcome.stopped else "",
        _list("Could not be read", [str(problem) for problem in outcome.trouble]),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def results(outcome: Outcome) -> dict[str, str]:
    """What later steps of a workflow may go by."""
    counts = outcome.counts()
    kinds = {kind: str(counts[kind]) for kind in ("explained", "suspected", "own", "unexplained")}
    return {"changed": str(outcome.done > 0).lower(), **kinds}


def _changes(outcome: Outcome) -> str:
    if not outcome.plan:
        return "nothing to change"
    changes = terminal.counted(len(outcome.plan), "change")
    return f"{outcome.done:,} of {changes} made" if outcome.applies else f"{changes} to make"


def _looked(outcome: Outcome) -> str:
    heads = terminal.counted(len(outcome.reports), "commit")
    several = len(outcome.repositories)
    where = f"{several:,} {'repository' if several == 1 else 'repositories'}"
    counts = outcome.counts()
    kinds = ", ".join(f"{counts[kind]:,} {kind}" for kind in sorted(counts))
    return f"{heads} in {where}{f': {kinds}' if kinds else ''}"


def _asked(world: World) -> str:
    evidence = f", {world.asked:,} for evidence" if world.asked else ""
    return f"{terminal.counted(world.requests, 'request')} to GitHub{evidence}"


def _action(action: Change) -> dict[str, Any]:
    from ghstatus.actions import NeutraliseRun, PostReport, WriteComment, WriteNote
    from ghstatus.explain import explain, why

    told: dict[str, Any]
    match action:
        case PostReport():
            head = action.report.head
            told = {"action": "post_report", "repository": head.repository, "sha": head.sha, "name": action.name}
            told |= {"conclusion": action.conclusion, "external_id": action.external_id}
        case WriteComment():
            told = {"action": "write_comment", "repository": action.report.head.repository, "pull": action.number}
        case NeutraliseRun():
            told = {"action": "neutralise_run", "repository": action.repository, "run": action.run}
        case WriteNote():
            told = {"action": "write_note", "ref": action.ref, "topic": str(action.topic)}
        case _:
            assert_never(action)
    return told | {"says": explain(action), "why": why(action)}


def _list(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    shown = [f"- {_quoted(line)}" for line in lines[:_MOST]]
    more = [f"- and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    return "\n".join([f"**{heading}** ({len(lines):,})\n", *shown, *more, ""])


def _quoted(text: str) -> str:
    from ghstatus.grammar.quoting import clipped, plain

    return plain(clipped(text, _LONGEST))


def _line(text: str) -> str:
    return " ".join(text.split())
