"""A comment that is an update: `**Identified:** text`, `Identified: text`, or only text."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import block, body, moment, words
from ghstatus.grammar.dialect import Remark
from ghstatus.grammar.front import Front
from ghstatus.grammar.names import did_you_mean
from ghstatus.model import Phase, Update

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.grammar.names import Names
    from ghstatus.grammar.recovery import Matter

KEYS = ("at", "phase", "severity", "components")
"""What the hidden block of an update by ghstatus says."""
PHASES: dict[str, Phase | None] = {
    **{phase.value: phase for phase in Phase},
    "canceled": Phase.CANCELLED,
    "update": None,
}

_WORDS = "|".join(PHASES).replace("_", "[ _-]")
_SIGN = r"(?:[*_\#]|(?![\w\s])[\u2190-\U0010ffff])"
_GAP = r"[ \t\xa0]"
_BEFORE = rf"[ \t]{{0,3}}(?:{_SIGN}{{1,6}}{_GAP}{{0,3}}){{0,3}}"
_COLON = rf"[*_]{{0,3}}{_GAP}{{0,3}}(?::|[\u2013\u2014]|-(?={_GAP}))[*_]{{0,3}}{_GAP}{{0,9}}"
_HEAD = re.compile(
    rf"""{_BEFORE}(?P<phase>{_WORDS})
        (?:{_COLON}(?P<text>.*) | [*_]{{1,3}}{_GAP}{{1,9}}(?P<bold>\S.*) | (?:[.!\u2026]|{_SIGN}|{_GAP}){{0,12}})""",
    re.VERBOSE | re.IGNORECASE,
)
_SLIP = re.compile(rf"{_BEFORE}(?P<word>[^\W\d_]{{4,20}})(?:[*_]{{0,3}}:|{_GAP}{{0,3}}[\u2013\u2014])", re.IGNORECASE)
_FIELDS = frozenset({"component", "components", "severity"})
_OVER = frozenset({"fixed", "solved", "closed", "done"})
_COMMAND = re.compile(r"[ \t]{0,3}/[a-z][a-z-]{0,40}(?:[ \t]|$)", re.IGNORECASE)


def read(text: str, names: Names, report: words.Report) -> Remark | None:
    """What a comment says; None when it says nothing, or only gives a command to somebody."""
    found = block.read(body.newlines(text), known=KEYS, mark=block.UPDATE)
    content = body.tidy(found.content)
    head, rest = _parted(content, report)
    if head is None and _is_command(content):
        return None
    is_own = bool(found.values or found.faults)
    said = _below(rest, head, names, report, is_own=is_own)
    if is_own:
        return _exact(found, said, names, report) or said
    return said if said.text or said.phase or said.severity or said.components else None


def is_written(text: str) -> bool:
    """Whether a comment bears the hidden block that ghstatus writes into an update."""
    return written_at(text) is not None


def written_at(text: str) -> datetime | None:
    """As of when a comment that ghstatus wrote is an update; None for any other comment."""
    at = block.read(body.newlines(text), known=KEYS, mark=block.UPDATE).values.get("at", "")
    try:
        return moment.parse(str(at))
    except ValueError:
        return None


class _Head(NamedTuple):
    phase: Phase | None
    text: str
    at: datetime | None


def _parted(content: str, report: words.Report) -> tuple[_Head | None, str]:
    """The first line that tells the phase, apart from what stands below; None and everything when none tells."""
    line, _, rest = content.partition("\n")
    found = _HEAD.fullmatch(line)
    if found is None:
        slip = _SLIP.match(line)
        word = slip["word"].lower() if slip else ""
        if slip and word not in _FIELDS and (word in _OVER or did_you_mean(word, _REAL)):
            report(f"{words.shown(slip['word'])} is no phase", words.choice(slip["word"], PHASES), _KEPT)
        return None, content
    groups = found.groupdict()
    text = (groups["text"] or groups.get("bold") or "").strip()
    at = _time(text)
    return _Head(PHASES[words.folded(found["phase"])], "" if at else text, at), rest


_REAL = [word for word in PHASES if word != "update"]
_KEPT = "the phase stays as it was"


def _time(text: str) -> datetime | None:
    if ":" in text and len(text) < 50:
        with suppress(ValueError):
            return moment.parse(text)
    return None


def _is_command(content: str) -> bool:
    lines = [line for line in content.split("\n") if line.strip()]
    return bool(lines) and all(_COMMAND.match(line) for line in lines)


_ANY_TIME = moment.parse("2026-01-01")


def _below(rest: str, head: _Head | None, names: Names, report: words.Report, *, is_own: bool) -> Remark:
    # What may stand below the heading of an update in a text may stand below a comment's first line, too.
    heading = body.write_update(Update(at=_ANY_TIME))
    safe = body.write(rest, ())  # text of a person's own that looks like a heading with a time is no other update
    found = body.parse(f"{heading}\n{rest if is_own else safe}", where="", first_line=1, names=names)
    if len(found.updates) > 1:  # somebody wrote more updates into ghstatus's own
        found = body.parse(f"{heading}\n{safe}", where="", first_line=1, names=names)
    for problem in found.problems:
        report(f"{problem.key}: {problem.seen}", problem.accepted, problem.outcome)
    (update,) = found.updates
    return Remark(
        text=body.below(head.text if head else "", rest, update.text),
        phase=head.phase if head else None,
        severity=update.severity,
        components=update.components,
        at=head.at if head else None,
    )


def _exact(found: Matter, said: Remark, names: Names, report: words.Report) -> Remark | None:
    """What ghstatus itself wrote; None when too little of it is left."""
    front = Front(found.values, found.place, where="", names=names)
    for path, fault in found.faults:
        front.reporter(*path)(*fault)
    at = front.time("at", "counted as of when it was posted")
    phase, severity = front.text("phase"), front.text("severity")
    remark = Remark(
        text=said.text,
        phase=words.one_of(phase, PHASES, front.reporter("phase"), _KEPT) if phase else None,
        severity=words.one_of(severity, words.SEVERITIES, front.reporter("severity"), _AS_IT_WAS) if severity else None,
        components=front.components(),
        at=at,
    )
    for problem in front.problems:
        report(f"{problem.key}: {problem.seen}" if problem.key else problem.seen, problem.accepted, problem.outcome)
    return remark if at else None


_AS_IT_WAS = "the severity stays as it was"
