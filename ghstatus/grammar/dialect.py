"""What a way of writing incidents as issues consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ghstatus.grammar.names import Names
    from ghstatus.grammar.recovery import Matter
    from ghstatus.grammar.words import Report
    from ghstatus.model import Affected, ComponentStatus, Issue, Kind, Label, Phase, Severity

NAMES = (
    "ghstatus",
    "upptime",
    "jayfk",
    "corestatus",
    "conda-forge",
    "issue-status",
    "statusfy-action",
    "kener",
    "alephdata",
)
"""What `dialect:` may be."""


class Meaning(NamedTuple):
    """What one label says; nothing when it says nothing here."""

    kind: Kind | None = None
    """It makes an issue something for the page."""
    severity: Severity | None = None
    status: ComponentStatus | None = None
    """What it says of every component that the issue names."""
    component: str = ""
    """The name of a component or a group, as the label has it."""
    phase: Phase | None = None
    false_alarm: bool = False
    fault: tuple[str, str, str] | None = None
    """What is wrong with it: what was seen, what is accepted, what happens now."""


class Remark(NamedTuple):
    """What a comment says that is an update."""

    text: str
    phase: Phase | None = None
    severity: Severity | None = None
    components: tuple[Affected, ...] = ()
    at: datetime | None = None
    """When, where it says so itself; of any phase, then, as updates in a text are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialect:
    """A way of writing incidents as issues."""

    name: str
    gates: tuple[str, ...]
    """The labels of which every issue for the page bears one; empty where any issue may be for the page."""
    label: Callable[[Label], Meaning]
    kind: Callable[[Issue, tuple[Meaning, ...]], Kind | None]
    """What sort of thing an issue with labels of these meanings is; None when it isn't for the page."""
    text: Callable[[str], Matter]
    """Take an issue's text apart: the fields of `front.KEYS`, and the Markdown below them."""
    comment: Callable[[str, Names, Report], Remark | None]
    """What a comment says; None when it is no update."""
    title: Callable[[str], str] = str
    """A title as the page shows it."""
    severity: Callable[[Issue], Severity | None] = lambda _: None
    """How bad it is by its title or text, where neither fields nor labels say so."""
    components: Callable[[Issue], tuple[str, ...]] = lambda _: ()
    """The names of what it hits by its title, where neither fields nor labels say so."""
    view: Callable[[Issue], Issue] = lambda issue: issue
    """The issue as it is to be read, where one issue serves for one incident after another: the current one."""
    is_kept: bool = False
    """Whether ghstatus writes labels that say what is so, and creates those that are missing."""
