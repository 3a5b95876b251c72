"""Everything that was found of an installation → what isn't as it should be, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.checkup import checks, forms, labels, pages, repository, rights, settings, workflow
from ghstatus.model.checkup import Finding, Level, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.errors import Problem
    from ghstatus.model.checkup import Facts, OnGitHub

_ORDER = tuple(Level)


def judge(facts: Facts, refused: Iterable[Problem] = ()) -> tuple[Finding, ...]:
    """Whatever isn't as it should be, the worst first; what couldn't be looked at is a hint.

    `refused` are the known failures of the configuration that tell too little.
    """
    found = (*_findings(facts), *settings.weak(refused))
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.level)))


def unusable(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """A configuration that can't be used, which leaves nothing else to be judged."""
    return tuple(
        Finding(
            about="configuration",
            level=Level.ERROR,
            seen=str(problem),
            why="no command works until the configuration can be read",
            remedy=f"edit {problem.where}; docs/configuration.md tells what each key may be",
        )
        for problem in problems
    )


def _findings(facts: Facts) -> Iterator[Finding]:
    yield from settings.judge(facts)
    here = facts.github
    if isinstance(here, Unseen):
        yield rights.without(here)
    elif here:
        yield from rights.clock(here)
        yield from _on_github(here, facts)


def _on_github(here: OnGitHub, facts: Facts) -> Iterator[Finding]:
    found = here.repository
    if isinstance(found, Unseen):
        yield repository.unreachable(found)
        return
    yield from rights.judge(here.right, found)
    yield from repository.judge(here, found, facts.site)
    yield from labels.judge(here.labels, facts.site)
    yield from pages.judge(here, found, facts.site)
    yield from workflow.judge(here.workflows, found, facts)
    yield from checks.judge(here, found, facts.site)
    yield from forms.judge(here.forms)
