"""The workflows that keep the page: whether they are there and on, what starts them, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.checkup import recipe, runs
from ghstatus.checkup.repository import unseen
from ghstatus.model.checkup import EnableWorkflow, Finding, Level, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghstatus.model.checkup import Facts, Repository, Workflow

OFF = {
    "disabled_inactivity": "GitHub switched it off, because nothing was committed for 60 days",
    "disabled_fork": "GitHub leaves the workflows of a fork off",
    "disabled_manually": "somebody switched it off",
}
"""Why a workflow doesn't run, by GitHub's word for its state."""
_NEEDED = {
    "schedule": "no maintenance starts or ends by the clock, and an event that GitHub loses is lost",
    "issues": "an incident shows only when something else starts the workflow",
}
"""What has to start one workflow or another, with what is dead where it doesn't."""


def judge(found: tuple[Workflow, ...] | Unseen, repository: Repository, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the workflows, or that there is none."""
    if isinstance(found, Unseen):
        yield unseen("which workflows there are", found)
        return
    found = tuple(one for one in found if not recipe.leaves_page(one.text))
    if not found:
        yield Finding(
            about="workflow-missing",
            level=Level.ERROR,
            seen=f"no workflow in {repository.name} runs ghstatus",
            why="nothing changes the page when an incident is opened or over",
            remedy="`ghstatus init` writes what is needed; commit it to the default branch",
        )
    else:
        kept = _keeping(found)
        yield from _triggers(kept)
        for one in kept:
            yield from _version(one, facts.version)
            if one.state != "active":
                yield _off(one, [other for other in kept if other.state == "active"])
        for one in [one for one in kept if recipe.applies(one.text)] or kept:
            yield from _permissions(one)
        yield from runs.judge(kept, repository, facts.now)


def _keeping(found: Sequence[Workflow]) -> Sequence[Workflow]:
    """Those that keep the page up to date; one that only tries whether it can be built isn't among them."""
    return [one for one in found if not recipe.read(one.text) or recipe.events(one.text) & set(_NEEDED)] or found


def _off(found: Workflow, active: Sequence[Workflow]) -> Finding:
    others = ", ".join(one.path for one in active)
    events = recipe.events(found.text) if recipe.read(found.text) else frozenset(_NEEDED)
    dead = (events & set(_NEEDED)).difference(*(recipe.events(one.text) for one in active))
    if not active or len(dead) == len(_NEEDED):
        why = "the page stays as it is, whatever happens"
    elif "schedule" in dead:
        why = (
            "the clock is dead: no maintenance starts or ends by itself, no day gets its bar, and an event that GitHub "
            f"loses is lost; incidents still start {others}"
        )
    elif dead:
        why = f"what is opened, said or closed shows only when the clock starts {others}"
    else:
        why = f"nothing is dead: whatever would start it starts {others}, too"
    return Finding(
        about="workflow-off",
        level=Level.ERROR if dead or not active else Level.HINT,
        seen=f"{found.path} doesn't run: {OFF.get(found.state, found.state)}",
        why=why,
        remedy=f"`gh workflow enable {found.path.rpartition('/')[2]}`, or Enable workflow at {found.url}",
        mends=mends(found),
    )


def mends(found: Workflow) -> tuple[EnableWorkflow, ...]:
    """What `--fix` does about one that is off; what a person switched off stays off until a person says otherwise."""
    return (EnableWorkflow(found.id, found.path),) if found.state == "disabled_inactivity" else ()


def _permissions(found: Workflow) -> Iterator[Finding]:
    said = recipe.read(found.text)
    if said and "GHSTATUS_APP" not in found.text and not said.may_change("issues"):
        yield Finding(
            about="workflow-permissions",
            level=Level.ERROR,
            seen=f"{found.path} gives no job `issues: write`",
            why="`ghstatus apply` is refused: no labels, no pins, no comments, nothing is closed",
            remedy=f"add `issues: write` to the `permissions:` of the job in {found.path} that applies",
        )


def _version(found: Workflow, version: str) -> Iterator[Finding]:
    pinned = recipe.version(found.text)
    if pinned and pinned != version:
        yield Finding(
            about="workflow-version",
            level=Level.HINT,
            seen=f"{found.path} runs ghstatus {pinned}, and this is {version}",
            why="the page may come out otherwise than on this machine",
            remedy="`ghstatus upgrade` brings the workflow to this version; or install the one it runs",
        )


def _triggers(kept: Sequence[Workflow]) -> Iterator[Finding]:
    """Events that start none of them; nothing is said where one can't be read."""
    if not all(recipe.read(one.text) for one in kept):
        return
    started = frozenset().union(*(recipe.events(one.text) for one in kept))
    paths = ", ".join(one.path for one in kept)
    for event, why in _NEEDED.items():
        if event not in started:
            where = "a file of its own" if event == "schedule" else kept[0].path
            yield Finding(
                about="workflow-trigger",
                level=Level.WARNING,
                seen=f"`{event}` doesn't start {paths}",
                why=why,
                remedy=f"`ghstatus upgrade` writes what is needed; or add `{event}:` below `on:` in {where}",
            )
