"""What the text of a workflow says, as far as ghstatus cares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.grammar.fields import Value

_USES = r"^[ \t-]*uses:[ \t]*[\w.-]+/ghstatus"
_CALLS = rf"{_USES}/(?![\w./-]*checks\.yml@)[\w./-]+@"
_RUNS = re.compile(rf"\bghstatus (?:apply|build|checks)\b|{_USES}(?:/[\w./-]*)?@", re.MULTILINE)
_BUILDS = re.compile(rf"\bghstatus (?:apply|build)\b|{_CALLS}", re.MULTILINE)
_APPLIES = re.compile(rf"\bghstatus apply\b|{_CALLS}", re.MULTILINE)
_CHECKS = re.compile(rf"\bghstatus checks apply\b|{_USES}/[\w./-]*checks\.yml@", re.MULTILINE)
_PIN = re.compile(
    r"(?:/ghstatus(?:/[\w./-]*)?@(?:[0-9a-f]{40}[ \t]+#[ \t]*)?v?|\bghstatus==)"
    r"(?P<version>\d{1,5}(?:\.\d{1,5}){1,2}[\w.]*)"
)
_EVERYTHING = "write-all"


class Recipe(NamedTuple):
    """A workflow's text, taken apart."""

    events: frozenset[str]
    """What starts it."""
    changes: frozenset[str] | None
    """What its token may change, in one job or another; None where the file leaves that to the repository."""

    def may_change(self, what: str) -> bool:
        """Whether the token may change `issues`, as far as the file says."""
        return self.changes is None or bool({what, _EVERYTHING} & self.changes)


def runs_ghstatus(text: str) -> bool:
    """Whether a workflow is one that runs ghstatus."""
    return bool(_RUNS.search(text))


def leaves_page(text: str) -> bool:
    """Whether it is about checks of pull requests alone, and not about the page."""
    return looks_at_checks(text) and not _BUILDS.search(text)


def looks_at_checks(text: str) -> bool:
    """Whether it says what is known about failed checks, by itself or by the workflow that it calls."""
    return bool(_CHECKS.search(text))


def applies(text: str) -> bool:
    """Whether it changes labels, pins and comments, by itself or by the workflow that it calls."""
    return bool(_APPLIES.search(text))


def events(text: str) -> frozenset[str]:
    """What starts a workflow; nothing where it can't be read."""
    said = read(text)
    return said.events if said else frozenset()


def version(text: str) -> str:
    """Which version of ghstatus it asks for; empty when it doesn't say, or asks for a branch."""
    found = _PIN.search(text)
    return found["version"] if found else ""


def read(text: str) -> Recipe | None:
    """Take a workflow apart; None when it can't be read."""
    try:
        data = fields.read(text).value
    except fields.FieldsError:
        return None
    if not isinstance(data, dict):
        return None
    granted = list(_granted(data))
    changes = frozenset(one for value in granted for one in _writable(value)) if granted else None
    return Recipe(frozenset(_names(data.get("on", ""))), changes)


def _names(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        yield from (str(name) for name in value)


def _granted(data: dict[str, Value]) -> Iterator[Value]:
    """What the token of each job is given; a job's own word counts over that for all of them."""
    jobs = data.get("jobs")
    for job in jobs.values() if isinstance(jobs, dict) else ():
        own = job.get("permissions", data.get("permissions")) if isinstance(job, dict) else None
        if own is not None:
            yield own


def _writable(granted: Value) -> Iterator[str]:
    if isinstance(granted, dict):
        yield from (name for name, level in granted.items() if level == "write")
    elif granted == _EVERYTHING:
        yield _EVERYTHING
