"""The labels of the repository: those that are missing, those that were renamed, those that mean nothing any more."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ghstatus.checkup.repository import unseen
from ghstatus.grammar import dialects
from ghstatus.grammar import labels as grammar
from ghstatus.grammar.names import Names, fold
from ghstatus.model.checkup import Finding, Level, MakeLabel, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Label, Site

_NAMED = 6
_LIKE = 0.85
"""How like its old name a label must be to count as renamed, from 0 to 1."""


def judge(present: tuple[Label, ...] | Unseen, site: Site) -> Iterator[Finding]:
    """What is wrong with the labels, by the dialect that is read."""
    if isinstance(present, Unseen):
        yield unseen("which labels there are", present)
        return
    dialect = dialects.find(site.dialect, site)
    if not dialect.is_kept:
        yield from _gates(present, dialect.gates)
        return
    yield from _wanted(present, grammar.wanted(site))
    yield from _with_comma(grammar.wanted(site))
    yield from _orphans(present, site)


def _gates(present: tuple[Label, ...], gates: tuple[str, ...]) -> Iterator[Finding]:
    """Another tool's labels are its own to create."""
    names = {label.name.casefold() for label in present}
    missing = [gate for gate in gates if gate and gate.casefold() not in names]
    if gates and len(missing) == len(gates):
        yield Finding(
            about="labels-missing",
            level=Level.WARNING,
            seen=f"the repository has no label {_listed(missing)}",
            why="no issue is for the page, so it will say that all is well",
            remedy="see that `dialect:` and `repository:` in ghstatus.yml are right, or create the label",
        )


def _wanted(present: tuple[Label, ...], wanted: tuple[Label, ...]) -> Iterator[Finding]:
    there = {label.name.casefold() for label in present}
    known = {label.name.casefold() for label in wanted}
    spare = [label.name for label in present if label.name.casefold() not in known]
    missing = []
    for label in wanted:
        if label.name.casefold() in there:
            continue
        if similar := _renamed(label.name, spare):
            yield _was_renamed(label.name, similar)
        else:
            missing.append(label)
    if missing:
        yield Finding(
            about="labels-missing",
            level=Level.WARNING,
            seen=f"the repository has no label {_listed([label.name for label in missing])}",
            why="nobody can pick them, and a form that names one puts none on its issue",
            remedy="`ghstatus apply` creates them",
            mends=tuple(MakeLabel(label) for label in missing),
        )


def _renamed(name: str, spare: list[str]) -> str:
    """The label that `name` may be called now; every repository has labels that are only a little like ours."""
    folded = {fold(other): other for other in spare}
    near = get_close_matches(fold(name), folded, n=1, cutoff=_LIKE)
    return folded[near[0]] if near else ""


def _was_renamed(name: str, similar: str) -> Finding:
    return Finding(
        about="label-renamed",
        level=Level.WARNING,
        seen=f"the repository has no label `{name}`, but `{similar}`",
        why="it was probably renamed, and issues that bear it mean nothing to ghstatus",
        remedy=f"rename it to `{name}`, or say in ghstatus.yml under `labels:` what it is called",
    )


def _with_comma(wanted: tuple[Label, ...]) -> Iterator[Finding]:
    if names := [label.name for label in wanted if "," in label.name]:
        yield Finding(
            about="label-comma",
            level=Level.WARNING,
            seen=f"a label's name holds a comma: {_listed(names)}",
            why="GitHub's search, its API and the forms take it for two labels",
            remedy="choose a name without a comma under `labels:` in ghstatus.yml, and rename the label",
        )


def _orphans(present: tuple[Label, ...], site: Site) -> Iterator[Finding]:
    """Labels of components that there aren't any more."""
    prefix = site.labels.component.casefold()
    names = Names(site.components, site.groups)
    below = [label.name for label in present if label.name.casefold().startswith(prefix)]
    if orphans := [name for name in below if not names.resolve(name[len(prefix) :])]:
        yield Finding(
            about="label-orphan",
            level=Level.HINT,
            seen=f"no component is called what these labels say: {_listed(orphans)}",
            why="an incident with such a label hits nothing that the page knows",
            remedy="delete the label; or keep the component with `hidden: true`, or give its name to another as `aliases:`",
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown
