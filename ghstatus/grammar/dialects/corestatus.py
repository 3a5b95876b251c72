"""Corestatus: `severity/…` and `system/…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import comment, words
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from ghstatus.model import Label, Site

_SEVERITIES = {
    "investigating": Severity.MINOR,
    "degraded_performance": Severity.MINOR,
    "minor_outage": Severity.MINOR,
    "partial_outage": Severity.MAJOR,
    "major_outage": Severity.CRITICAL,
    **words.SEVERITIES,
}
_PLANNED = ("maintenance", "scheduled_maintenance", "under_maintenance")


def dialect(_: Site) -> Dialect:
    """Read a repository of Corestatus's."""
    return Dialect(
        name="corestatus",
        gates=(),  # nobody knows every severity
        label=_label,
        kind=plain.kind,
        text=plain.text,
        comment=comment.read,
    )


def _label(label: Label) -> Meaning:
    prefix, slash, rest = label.name.partition("/")
    word = prefix.lower() if slash else ""
    if word == "system":
        return Meaning(component=rest.strip())
    if word != "severity":
        return Meaning()
    said = words.folded(rest)
    if said in _PLANNED:
        return Meaning(kind=Kind.MAINTENANCE)
    if severity := _SEVERITIES.get(said):
        return Meaning(kind=Kind.INCIDENT, severity=severity)
    return plain.unknown(label, rest, (*_SEVERITIES, *_PLANNED))
