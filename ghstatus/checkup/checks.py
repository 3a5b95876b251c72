"""Checks of pull requests: whether something looks at them, is switched on, and may say what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.checkup import recipe
from ghstatus.checkup.workflow import OFF, mends
from ghstatus.model import Mode
from ghstatus.model.checkup import Finding, Level, Run, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghstatus.model import Site
    from ghstatus.model.checkup import OnGitHub, Repository, Watched, Workflow

_SILENT = "authors of pull requests aren't told which failures are known, and nobody's fault there"
_FAILED = frozenset({"failure", "timed_out", "startup_failure"})
_NAMED = 6


def judge(here: OnGitHub, repository: Repository, site: Site) -> Iterator[Finding]:
    """What keeps checks from being looked at; nothing where no component has any."""
    if not site.rules:
        return
    named = (*site.watch.repositories, *site.watch.gates)
    others = list(dict.fromkeys(name for name in named if name.casefold() != repository.name.casefold()))
    if not isinstance(here.workflows, Unseen):
        found = [one for one in here.workflows if recipe.looks_at_checks(one.text)]
        yield from _workflows(found, repository)
        yield from _reach(found, others)
        if site.watch.mode is Mode.GATE or site.watch.gates:
            yield from _forgery(found)
    granted = here.right.granted
    if others and granted is not None and granted.get("checks") != "write":
        yield _lacking(repository.name, f"it has `checks: {granted.get('checks', 'none')}`")
    yield from _elsewhere(here.watched)


def _workflows(found: Sequence[Workflow], repository: Repository) -> Iterator[Finding]:
    if not found:
        yield _finding(
            about="checks-missing",
            seen=f"components have `checks:`, but no workflow in {repository.name} looks at any",
            why=_SILENT,
            remedy="`ghstatus upgrade` writes one; commit it to the default branch",
        )
        return
    for one in found:
        yield from _one(one)
    if all(recipe.read(one.text) and "schedule" not in recipe.events(one.text) for one in found):
        paths = ", ".join(one.path for one in found)
        yield _finding(
            about="checks-trigger",
            seen=f"`schedule` doesn't start {paths}",
            why="GitHub tells of no check that hangs, and of many that fail it starts nothing",
            remedy="`ghstatus upgrade` has the clock look at checks, too; or add `schedule:` below `on:`",
        )


def _one(found: Workflow) -> Iterator[Finding]:
    """What is wrong with one; whether one that keeps the page, too, is on and well is said of that."""
    said = recipe.read(found.text)
    if said and "GHSTATUS_APP" not in found.text and not said.may_change("checks"):
        yield _finding(
            about="checks-permissions",
            seen=f"{found.path} gives no job `checks: write`",
            why=f"`ghstatus checks apply` is refused: {_SILENT}",
            remedy=f"add `checks: write` to the `permissions:` of the job in {found.path} that looks at checks",
        )
    if not recipe.leaves_page(found.text):
        return
    if found.state != "active":
        yield Finding(
            about="checks-off",
            level=Level.WARNING,
            seen=f"{found.path} doesn't run: {OFF.get(found.state, found.state)}",
            why=_SILENT,
            remedy=f"`gh workflow enable {found.path.rpartition('/')[2]}`, or Enable workflow at {found.url}",
            mends=mends(found),
        )
    elif isinstance(found.last, Run) and found.last.conclusion in _FAILED:
        yield _finding(
            about="checks-failed",
            seen=f"the last run of {found.path} ended in {found.last.conclusion}",
            why=_SILENT,
            remedy=f"read why: {found.last.url}",
        )


def _reach(found: Sequence[Workflow], others: Sequence[str]) -> Iterator[Finding]:
    """Other repositories are out of reach of a workflow's own token."""
    if others and found and not any("GHSTATUS_APP" in one.text for one in found):
        yield _finding(
            about="checks-unreachable",
            seen=f"`checks:` names {_listed(others)}, and the workflow has no GitHub App",
            why="a workflow's own token writes checks in its own repository only",
            remedy="install an App with `checks: write` there; `ghstatus upgrade` has the workflow pass its key on",
        )


def _forgery(found: Sequence[Workflow]) -> Iterator[Finding]:
    """A gate that isn't an App's may be anybody's who may bring a workflow."""
    if found and not any("GHSTATUS_APP" in one.text for one in found):
        yield _finding(
            about="checks-forgeable",
            seen="`checks:` asks for a gate, and the workflow has no GitHub App",
            why="a workflow's own token posts as GitHub Actions, and so does any workflow of the repository, also one "
            "that a pull request brings: it can post a check that is called `ghstatus/gate`, too",
            remedy="give ghstatus an App of its own, and the workflow its `app-id: ${{ vars.GHSTATUS_APP_ID }}` and its "
            "`app-private-key`; then let the rule that requires `ghstatus/gate` name that App as its source",
        )


def _elsewhere(watched: Sequence[Watched]) -> Iterator[Finding]:
    for one in watched:
        if isinstance(one.granted, Unseen):
            yield _lacking(one.name, one.granted.why)
        elif one.granted.get("checks") != "write":
            yield _lacking(one.name, f"it has `checks: {one.granted.get('checks', 'none')}`")


def _lacking(name: str, seen: str) -> Finding:
    return _finding(
        about="checks-refused",
        seen=f"the App can't write checks in {name}: {seen}",
        why=_SILENT,
        remedy=f"give the App `checks: write` in its settings, install it on {name}, and accept that there",
    )


def _finding(*, about: str, seen: str, why: str, remedy: str) -> Finding:
    return Finding(about=about, level=Level.WARNING, seen=seen, why=why, remedy=remedy)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown
