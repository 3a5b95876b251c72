"""How the runs of the workflows went. Each publishes all of the page, so what one missed another makes up for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.checkup import recipe
from ghstatus.checkup.repository import unseen
from ghstatus.model.checkup import Finding, Level, Run, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ghstatus.model.checkup import Repository, Workflow

_STALE = timedelta(days=2)
"""Who builds once a day, and GitHub many hours late, is still well."""
_SLEEPS = timedelta(days=60)
"""After so long without a commit, GitHub switches off what has a schedule in a public repository."""
_SOON = timedelta(days=45)
_FAILED = frozenset({"failure", "timed_out", "startup_failure"})


def judge(workflows: Sequence[Workflow], repository: Repository, now: datetime) -> Iterator[Finding]:
    """What is wrong with how those went that aren't switched off."""
    active = [one for one in workflows if one.state == "active"]
    blind = [run for one in active for run in (one.last, one.succeeded) if isinstance(run, Unseen)]
    if blind:
        yield unseen("how the workflow's runs went", blind[0])
    good = [one.succeeded for one in workflows if isinstance(one.succeeded, Run)]
    built = max(good, key=lambda run: run.at) if good else None
    seen = [one for one in active if not (isinstance(one.last, Unseen) or isinstance(one.succeeded, Unseen))]
    for one in seen:
        yield from _of(one, built, now)
    yield from _sleepy([one for one in seen if _is_ticking(one, now)], repository, now)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago something was, in whole days or hours."""
    days, hours = divmod(max(now - moment, timedelta(0)), timedelta(days=1))
    whole = days if days > 1 else (days * 24 + hours // timedelta(hours=1))
    unit = "day" if days > 1 else "hour"
    return f"{whole} {unit}{'' if whole == 1 else 's'} ago" if whole else "less than an hour ago"


def _of(found: Workflow, built: Run | None, now: datetime) -> Iterator[Finding]:
    """What is wrong with the runs of one, where `built` is the last that any of them published by."""
    has_failed = isinstance(found.last, Run) and found.last.conclusion in _FAILED
    if has_failed and isinstance(found.last, Run):
        yield _failure(found, found.last, built, now)
        if not _is_made_up_for(found.last, built):
            return
    if isinstance(found.succeeded, Run):
        yield from _age(found, found.succeeded, built or found.succeeded, now)
    elif not has_failed:
        yield _unrun(found, built)


def _is_made_up_for(failed: Run, built: Run | None) -> bool:
    return built is not None and built.at > failed.at


def _failure(found: Workflow, failed: Run, built: Run | None, now: datetime) -> Finding:
    since = f"is that of {ago(built.at, now)}" if built else "was never built"
    is_past = _is_made_up_for(failed, built)
    return Finding(
        about="workflow-failed",
        level=Level.WARNING if is_past else Level.ERROR,
        seen=f"the last run of {found.path} ended in {failed.conclusion}, {ago(failed.at, now)}",
        why=f"the page {since}"
        + (", by another workflow; the next run of this one may fail as well" if is_past else ""),
        remedy=f"read why: {failed.url}; then Re-run all jobs there",
    )


def _unrun(found: Workflow, built: Run | None) -> Finding:
    return Finding(
        about="workflow-unrun",
        level=Level.HINT if built else Level.WARNING,
        seen=f"no run of {found.path} has succeeded yet",
        why="nothing may have started it yet, and until then nobody knows whether it works"
        if built
        else "there is no page, or it is somebody else's work",
        remedy=f"`gh workflow run {found.path.rpartition('/')[2]}`, or Run workflow at {found.url}",
    )


def _age(found: Workflow, succeeded: Run, built: Run, now: datetime) -> Iterator[Finding]:
    if _has_schedule(found) and now - succeeded.at > _STALE:
        yield Finding(
            about="workflow-stale",
            level=Level.ERROR,
            seen=f"{found.path} last succeeded {ago(succeeded.at, now)}, although it has a schedule",
            why=f"its schedule is dead: the page is that of {ago(built.at, now)}, and no maintenance starts or ends by "
            "the clock",
            remedy=f"`gh workflow run {found.path.rpartition('/')[2]}`; if that doesn't wake it, commit something to "
            "the default branch",
        )


def _sleepy(ticking: Sequence[Workflow], repository: Repository, now: datetime) -> Iterator[Finding]:
    """What GitHub is about to switch off; events of the same file go with its schedule."""
    if ticking and repository.pushed and not repository.is_private and now - repository.pushed > _SOON:
        day = repository.pushed + _SLEEPS
        both = [one.path for one in ticking if "issues" in recipe.events(one.text)]
        yield Finding(
            about="workflow-sleepy",
            level=Level.HINT,
            seen=f"the last commit to {repository.name} was {ago(repository.pushed, now)}",
            why="GitHub switches what has a schedule in a public repository off 60 days after that, on "
            f"{day:%Y-%m-%d}: {', '.join(one.path for one in ticking)}"
            + (f"; then no incident starts {', '.join(both)} either" if both else ""),
            remedy="commit something before then, or run `ghstatus doctor --fix` afterwards"
            + ("; a schedule in a file of its own takes nothing else along" if both else ""),
        )


def _is_ticking(found: Workflow, now: datetime) -> bool:
    """Whether its schedule is alive."""
    return _has_schedule(found) and isinstance(found.succeeded, Run) and now - found.succeeded.at <= _STALE


def _has_schedule(found: Workflow) -> bool:
    """Whether the clock starts it, as far as its text can be read."""
    said = recipe.read(found.text)
    return said is None or "schedule" in said.events
