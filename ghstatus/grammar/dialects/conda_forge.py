"""conda-forge/status: a label says how bad it is, dated paragraphs of the text are updates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar import body, comment, moment, words
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import plain
from ghstatus.grammar.names import fold
from ghstatus.model import Kind, Severity

if TYPE_CHECKING:
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Label, Site

_LABELS = {
    "major outage": Meaning(kind=Kind.INCIDENT, severity=Severity.CRITICAL),
    "degraded performance": Meaning(kind=Kind.INCIDENT, severity=Severity.MINOR),
    "investigating": Meaning(kind=Kind.INCIDENT, severity=Severity.MINOR),
    "maintenance": Meaning(kind=Kind.MAINTENANCE),
}


def dialect(site: Site) -> Dialect:
    """Read a repository such as conda-forge/status; a label that is a component's name means it."""
    named = plain.component(site)

    def label(one: Label) -> Meaning:
        return _LABELS.get(fold(one.name)) or Meaning(component=named(one.name))

    return Dialect(
        name="conda-forge",
        gates=tuple(_LABELS),
        label=label,
        kind=plain.kind,
        text=_text,
        comment=comment.read,
    )


_DATED = re.compile(
    r"^(?:\*\*|__)(?P<time>\d{4}-\d{1,2}-\d{1,2}[Tt ][^\n*_]{1,40}?)(?::(?:\*\*|__)|(?:\*\*|__):)[ \t]{0,9}",
    re.MULTILINE,
)


def _text(source: str) -> Matter:
    """A text whose `**2025-01-25T12:23:06Z**: words` are updates; one with a time that is none stays text."""
    lines = body.newlines(source)
    faults: list[plain.Fault] = []
    places: dict[str, int] = {}

    def heading(match: re.Match[str]) -> str:
        try:
            at = moment.parse(match["time"])
        except ValueError as error:
            if not faults:
                places["update"] = lines.count("\n", 0, match.start()) + 1
                faults.append((("update",), (words.clipped(str(error)), moment.ACCEPTED, _STAYS)))
            return match[0]
        return f"## Update \N{EN DASH} {moment.write(at)}\n"

    content = _DATED.sub(heading, lines)
    return plain.matter(content, lines=places, faults=faults)


_STAYS = "no update: its text belongs to what stands above it"
