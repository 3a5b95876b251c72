"""The workflow that keeps the page: whether it is there, whether it runs, and whether it may do what it should."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.checkup import recipe
from ghstatus.checkup.repository import unseen
from ghstatus.model.checkup import EnableWorkflow, Finding, Level, Run, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.checkup.recipe import Recipe
    from ghstatus.model.checkup import Facts, Repository, Workflow

_STALE = timedelta(days=2)
"""Who builds once a day, and GitHub many hours late, is still well."""
_SLEEPS = timedelta(days=60)
"""After so long without a commit, GitHub switches the schedules of a public repository off."""
_SOON = timedelta(days=45)
_FAILED = frozenset({"failure", "timed_out", "startup_failure"})
_OFF = {
    "disabled_inactivity": "GitHub switched it off, because nothing was committed for 60 days",
    "disabled_fork": "GitHub leaves the workflows of a fork off",
    "disabled_manually": "somebody switched it off",
}


def judge(found: Workflow | Unseen | None, repository: Repository, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the workflow, or that there is none."""
    if isinstance(found, Unseen):
        yield unseen("which workflows there are", found)
    elif found is None:
        yield Finding(
            about="workflow-missing",
            level=Level.ERROR,
            seen=f"no workflow in {repository.name} runs ghstatus",
            why="nothing changes the page when an incident is opened or over",
            remedy="`ghstatus init` writes one; commit it to the default branch",
        )
    else:
        yield from _text(found, facts.version)
        yield from _runs(found, repository, facts.now) if found.state == "active" else (_off(found),)


def _off(found: Workflow) -> Finding:
    # What a person switched off stays off until a person says otherwise.
    mends = (EnableWorkflow(found.id, found.path),) if found.state == "disabled_inactivity" else ()
    return Finding(
        about="workflow-off",
        level=Level.ERROR,
        seen=f"{found.path} doesn't run: {_OFF.get(found.state, found.state)}",
        why="the page stays as it is, whatever happens",
        remedy=f"`gh workflow enable {found.path.rpartition('/')[2]}`, or Enable workflow at {found.url}",
        mends=mends,
    )


def _text(found: Workflow, version: str) -> Iterator[Finding]:
    said = recipe.read(found.text)
    if said:
        yield from _triggers(found, said)
    if said and "GHSTATUS_APP" not in found.text and not said.may_change("issues"):
        yield Finding(
            about="workflow-permissions",
            level=Level.ERROR,
            seen=f"{found.path} gives no job `issues: write`",
            why="`ghstatus apply` is refused: no labels, no pins, no comments, nothing is closed",
            remedy=f"add `issues: write` to the `permissions:` of the job in {found.path} that applies",
        )
    pinned = recipe.version(found.text)
    if pinned and pinned != version:
        yield Finding(
            about="workflow-version",
            level=Level.HINT,
            seen=f"{found.path} runs ghstatus {pinned}, and this is {version}",
            why="the page may come out otherwise than on this machine",
            remedy="`ghstatus upgrade` brings the workflow to this version; or install the one it runs",
        )


def _triggers(found: Workflow, said: Recipe) -> Iterator[Finding]:
    for event, why in (
        ("schedule", "no maintenance starts or ends by the clock, and an event that GitHub loses is lost"),
        ("issues", "an incident shows only when something else starts the workflow"),
    ):
        if event not in said.events:
            yield Finding(
                about="workflow-trigger",
                level=Level.WARNING,
                seen=f"{found.path} isn't started by `{event}`",
                why=why,
                remedy=f"add `{event}:` below `on:` in {found.path}; `ghstatus upgrade` writes all of them",
            )


def _runs(found: Workflow, repository: Repository, now: datetime) -> Iterator[Finding]:
    for run in (found.last, found.succeeded):
        if isinstance(run, Unseen):
            yield unseen("how the workflow's runs went", run)
            return
    if isinstance(found.last, Run) and found.last.conclusion in _FAILED:
        yield _failure(found.last, found.succeeded, now)
    elif isinstance(found.succeeded, Run):
        yield from _age(found, found.succeeded, repository, now)
    else:
        yield Finding(
            about="workflow-unrun",
            level=Level.WARNING,
            seen=f"no run of {found.path} has succeeded yet",
            why="there is no page, or it is somebody else's work",
            remedy=f"`gh workflow run {found.path.rpartition('/')[2]}`, or Run workflow at {found.url}",
        )


def _failure(last: Run, succeeded: Run | Unseen | None, now: datetime) -> Finding:
    since = f"is that of {_ago(succeeded.at, now)}" if isinstance(succeeded, Run) else "was never built"
    return Finding(
        about="workflow-failed",
        level=Level.ERROR,
        seen=f"the last run of the workflow ended in {last.conclusion}, {_ago(last.at, now)}",
        why=f"the page {since}",
        remedy=f"read why: {last.url}; then Re-run jobs there",
    )


def _age(found: Workflow, succeeded: Run, repository: Repository, now: datetime) -> Iterator[Finding]:
    said = recipe.read(found.text)
    if said and "schedule" not in said.events:
        return
    if now - succeeded.at > _STALE:
        yield Finding(
            about="workflow-stale",
            level=Level.ERROR,
            seen=f"the workflow last succeeded {_ago(succeeded.at, now)}, although it has a schedule",
            why="the schedule is dead, so the page may be old, and no maintenance starts or ends by the clock",
            remedy=f"`gh workflow run {found.path.rpartition('/')[2]}`; if that doesn't wake it, commit something to "
            "the default branch",
        )
    elif repository.pushed and not repository.is_private and now - repository.pushed > _SOON:
        day = repository.pushed + _SLEEPS
        yield Finding(
            about="workflow-sleepy",
            level=Level.HINT,
            seen=f"the last commit to {repository.name} was {_ago(repository.pushed, now)}",
            why=f"GitHub switches the schedules of a public repository off 60 days after that, on {day:%Y-%m-%d}",
            remedy="commit something before then, or run `ghstatus doctor --fix` afterwards",
        )


def _ago(moment: datetime, now: datetime) -> str:
    days, hours = divmod(max(now - moment, timedelta(0)), timedelta(days=1))
    whole = days if days > 1 else (days * 24 + hours // timedelta(hours=1))
    unit = "day" if days > 1 else "hour"
    return f"{whole} {unit}{'' if whole == 1 else 's'} ago" if whole else "less than an hour ago"
