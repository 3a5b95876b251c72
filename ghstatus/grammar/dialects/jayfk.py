"""jayfk/statuspage: labels for the severity and the systems, told apart by name or by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import comment
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.grammar.names import fold
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from ghstatus.model import Label, Site

_SEVERITIES = {
    "investigating": Severity.MINOR,
    "degraded performance": Severity.MINOR,
    "major outage": Severity.CRITICAL,
}
_COLORS = {"1192fc": Severity.MINOR, "ffa500": Severity.MINOR, "ff4d4d": Severity.CRITICAL}
_SYSTEM = "171717"


def dialect(site: Site) -> Dialect:
    """Read a repository of statuspage's. Colours change, so that a name counts first."""
    named = plain.component(site)

    def label(one: Label) -> Meaning:
        color = one.color.lower().removeprefix("#")
        if severity := _SEVERITIES.get(fold(one.name)):
            return Meaning(kind=Kind.INCIDENT, severity=severity)
        if component := named(one.name) or (one.name if color == _SYSTEM else ""):
            return Meaning(kind=Kind.INCIDENT, component=component)
        severity = _COLORS.get(color)
        return Meaning(kind=Kind.INCIDENT, severity=severity) if severity else Meaning()

    return Dialect(
        name="jayfk",
        gates=(),  # a system's label may be called anything
        label=label,
        kind=plain.kind,
        text=plain.text,
        comment=comment.read,
    )
