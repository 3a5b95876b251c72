"""The issues as they were last read, in one file that is safe to lose.

Its first line is a checksum of the rest, its second one tells of the whole, and each further line is one issue, which
nobody takes apart before somebody needs it: ten thousand of them cost a few hundredths of a second.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ghstatus import index
from ghstatus.errors import StoreError, UsageError
from ghstatus.model import Label
from ghstatus.stores.github import rows
from ghstatus.stores.github.listing import Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ghstatus.stores.github.rows import Row

_VERSION = 1


class DamagedError(Exception):
    """A line isn't what its file promised."""


class Line(NamedTuple):
    """An issue as it was last read."""

    digest: str
    """Of all that decides what it means; empty when that must be found out anew."""
    is_open: bool
    gates: frozenset[str]
    """The gate labels that it bears."""
    text: bytes
    """Its row as JSON."""

    def row(self) -> Row:
        """Take it apart; raises DamagedError."""
        try:
            found: Row = json.loads(self.text)
            rows.issue(found)
        except (RecursionError, StoreError, ValueError):
            raise DamagedError from None
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """All that a run leaves for the next one."""

    context: str
    """Digest of what decides which issues are read, and how."""
    repository: str
    """The id of the repository, which a new one of the same name doesn't have."""
    viewer: str
    """Who read them."""
    synced: float
    """When all of them were read, in seconds since the epoch."""
    labels: Mapping[str, Label]
    """The repository's, by their ids."""
    marks: Mapping[str, str]
    """By gate, when the last issue changed that was read."""
    short: Mapping[str, Count] = field(default_factory=dict)
    """By gate, how many more issues GitHub counted than it showed, when all of them were read."""
    trusted: frozenset[str] = frozenset()
    """Who may publish."""
    untrusted: Mapping[str, float] = field(default_factory=dict)
    """Who may not, and when that was found out, in seconds since the epoch."""
    former: Mapping[str, float] = field(default_factory=dict)
    """Until when those might publish who may not any more, in seconds since the epoch."""
    lost: frozenset[int] = frozenset()
    """Open issues whose gate label vanished without anybody having taken it off."""
    lines: Mapping[int, Line] = field(default_factory=dict)
    """By the issues' numbers."""


def line(row: Row, gates: Iterable[str]) -> Line:
    """An issue that was just read."""
    borne = rows.labels(row)
    return Line(
        "",
        rows.is_open(row),
        frozenset(gate for gate in gates if not gate or gate.casefold() in borne),
        _text(row),
    )


def _text(row: Row) -> bytes:
    return json.dumps(row, separators=(",", ":")).encode("ascii")


def reacted(known: Known, number: int, comment: int, content: str, *, is_on: bool) -> Known:
    """The same after ghstatus reacted to a comment, which leaves an issue's time alone.

    So a closed issue would else be remembered without; an open one is read at each look anyway.
    """
    old = known.lines.get(number)
    if old is None or old.is_open:
        return known
    row = rows.reacted(old.row(), comment, content, is_on=is_on)
    return replace(known, lines={**known.lines, number: old._replace(digest="", text=_text(row))})


def digest(one: Line, trusted: Iterable[str], viewer: str) -> str:
    """A name for what an issue says, given who may publish among those that wrote it."""
    made = hashlib.blake2b(one.text, digest_size=8)
    made.update("\0".join(["", viewer, *sorted(trusted)]).encode())
    return made.hexdigest()


def read(path: Path, context: str) -> Known | None:
    """What the last run left; None when there is nothing, or nothing that this run can use."""
    try:
        sealed, _, text = path.read_bytes().partition(b"\n")
        if sealed != index.seal(text):
            return None
        head, *found = text.split(b"\n")
        data = json.loads(head)
        if (data["version"], data["context"]) != (_VERSION, context):
            return None
        return _known(data, found)
    except (OSError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def write(path: Path, known: Known) -> None:
    """Keep it so that a reader sees the old file or the new one, whole.

    Raises UsageError when it can't be written.
    """
    gates = sorted({gate for one in known.lines.values() for gate in one.gates})
    head = {
        "version": _VERSION,
        "context": known.context,
        "repository": known.repository,
        "viewer": known.viewer,
        "synced": known.synced,
        "labels": dict(known.labels),
        "marks": dict(known.marks),
        "short": dict(known.short),
        "trusted": sorted(known.trusted),
        "untrusted": dict(known.untrusted),
        "former": dict(known.former),
        "lost": sorted(known.lost),
        "gates": gates,
    }
    places = {gate: str(place) for place, gate in enumerate(gates)}
    lines = [_packed(number, one, places) for number, one in known.lines.items()]
    text = b"\n".join([json.dumps(head, separators=(",", ":")).encode("ascii"), *lines])
    fresh = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(index.seal(text) + b"\n" + text)
        with suppress(FileNotFoundError):  # another run at the same time has just put it there
            fresh.replace(path)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}; choose another --cache") from None


def _packed(number: int, one: Line, places: Mapping[str, str]) -> bytes:
    gates = ",".join(sorted(places[gate] for gate in one.gates))
    return f"{number} {one.digest} {'o' if one.is_open else 'c'} {gates} ".encode("ascii") + one.text


def _known(data: dict[str, Any], found: list[bytes]) -> Known:
    sets: dict[bytes, frozenset[str]] = {}
    lines = {}
    for packed in found:
        number, known_digest, state, places, text = packed.split(b" ", 4)
        if (gates := sets.get(places)) is None:
            gates = sets[places] = frozenset(data["gates"][int(place)] for place in places.split(b",") if place)
        lines[int(number)] = Line(known_digest.decode("ascii"), state == b"o", gates, text)
    return Known(
        context=data["context"],
        repository=data["repository"],
        viewer=data["viewer"],
        synced=float(data["synced"]),
        labels={ident: Label(*label) for ident, label in data["labels"].items()},
        marks=dict(data["marks"]),
        short={gate: Count(*several) for gate, several in data["short"].items()},
        trusted=frozenset(data["trusted"]),
        untrusted={login: float(at) for login, at in data["untrusted"].items()},
        former={login: float(at) for login, at in data["former"].items()},
        lost=frozenset(data["lost"]),
        lines=lines,
    )
