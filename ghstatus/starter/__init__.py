"""What a repository gets when it adopts ghstatus, as text: workflows, issue forms, a piece of its README."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.model import StoreKind
from ghstatus.starter import change, forms, readme, stamp, workflow
from ghstatus.starter.change import Change, Standing
from ghstatus.starter.home import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghstatus.model import Site

__all__ = ["CHECKS", "CLOCK", "HOME", "PATHS", "README", "WORKFLOW", "Change", "Standing", "changes", "leftovers"]

WORKFLOW = ".github/workflows/status.yml"
CLOCK = ".github/workflows/status-clock.yml"
CHECKS = ".github/workflows/checks.yml"
FORMS = ".github/ISSUE_TEMPLATE"
README = "README.md"
PATHS = (
    WORKFLOW,
    CLOCK,
    CHECKS,
    *(
        f"{FORMS}/{name}.yml"
        for name in ("incident", "maintenance", "announcement", "report", "known-failure", "config")
    ),
    README,
)
"""Every file that may be written, beside the configuration."""


def changes(site: Site, folder: str, present: Mapping[str, str], *, force: bool = False) -> tuple[Change, ...]:
    """What becomes of each file of a repository whose configuration stands in `folder`.

    `present` holds the texts of those of `PATHS` that are there. A README gets its block together with the workflow:
    whoever took it out later doesn't want it. Whoever has a workflow of their own has a clock of their own, too, and
    gets ours only together with ours, by `force`.
    """
    texts = dict(_files(site, folder, present))
    if not (force or CLOCK in present or _is_ours(present.get(WORKFLOW))):
        del texts[CLOCK]
    files = tuple(change.of_file(path, present.get(path), text) for path, text in texts.items())
    wanted = readme.block(site)
    if not wanted or (WORKFLOW in present and not readme.find(present.get(README, ""))[0]):
        return files
    return (*files, change.of_readme(README, present.get(README), wanted))


def _files(site: Site, folder: str, present: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    events, clock, checks = (present.get(path, "") for path in (WORKFLOW, CLOCK, CHECKS))
    yield WORKFLOW, workflow.events(site, folder, pin=workflow.pin(events or clock))
    yield CLOCK, workflow.clock(site, folder, pin=workflow.pin(clock or events))
    if site.rules:
        yield CHECKS, workflow.checks(site, folder, pin=workflow.pin(checks or events or clock))
    if has_forms(site):
        for name, text in forms.forms(site).items():
            yield f"{FORMS}/{name}", text
        yield f"{FORMS}/config.yml", forms.chooser(site)


def _is_ours(text: str | None) -> bool:
    """Whether a file is ghstatus's, or may become it."""
    return text is None or stamp.is_ours(text)


def has_forms(site: Site) -> bool:
    """Whether incidents are issues in ghstatus's own way; other ways have forms of their own, and files need none."""
    return site.store is StoreKind.GITHUB and site.dialect == "ghstatus"


def leftovers(site: Site, folder: str, present: Mapping[str, str]) -> tuple[str, ...]:
    """The files that ghstatus wrote once, and would not write now."""
    wanted = {path for path, _ in _files(site, folder, present)}
    return tuple(path for path, text in present.items() if path not in wanted and stamp.is_ours(text))
