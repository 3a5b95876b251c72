"""alephdata/status-page-action: every issue is for the page, a label says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import comment, words
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from ghstatus.model import Issue, Label, Site

_TYPES = {
    "minor": Meaning(kind=Kind.INCIDENT, severity=Severity.MINOR),
    "major": Meaning(kind=Kind.INCIDENT, severity=Severity.MAJOR),
    "scheduled_maintenance": Meaning(kind=Kind.MAINTENANCE),
    "announcement": Meaning(kind=Kind.ANNOUNCEMENT),
}


def dialect(site: Site) -> Dialect:
    """Read a repository of the action's; a label that is a component's name means it."""
    named = plain.component(site)

    def label(one: Label) -> Meaning:
        prefix, colon, kind = one.name.partition(":")
        if colon and prefix.lower() == "type":
            return _TYPES.get(words.folded(kind)) or plain.unknown(one, kind, _TYPES)
        return Meaning(component=named(one.name))

    return Dialect(
        name="alephdata",
        gates=(),
        label=label,
        kind=_kind,
        text=plain.text,
        comment=comment.read,
    )


def _kind(issue: Issue, meanings: tuple[Meaning, ...]) -> Kind | None:
    return plain.kind(issue, meanings) or Kind.ANNOUNCEMENT
