"""What the last build knew, in one small file that is safe to lose."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ghstatus.errors import UsageError
from ghstatus.model import ComponentStatus, Kind, Milestones, Phase, Record, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_VERSION = 5

Row: TypeAlias = list[Any]
"""A record as JSON. Rows stay rows until somebody needs them, which makes ten thousand of them cheap."""


class Entry(NamedTuple):
    """An incident's file as it was, with the record that it came to."""

    mtime_ns: int
    ctime_ns: int
    size: int
    row: Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """Everything that a later build may rely on, provided that `context` is still the same."""

    context: str
    """Digest of all that shapes every page: configuration, templates, program, address."""
    site: str
    """Marks the output folder that this index tells of."""
    taken: datetime
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By file name; only incidents that are over and had no problem."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """The key of each page that was written, by its path."""
    written_ns: int = 0
    """When the file was written, by the clock of its file system."""


def read(path: Path) -> Index | None:
    """Read an index; None when there is none, or none that this version can use."""
    try:
        written_ns = path.stat().st_mtime_ns
        sealed, _, text = path.read_bytes().partition(b"\n")
        if sealed != seal(text):
            return None
        data = json.loads(text)
        if data["version"] != _VERSION:
            return None
        return Index(
            context=data["context"],
            site=data["site"],
            taken=_moment(data["taken"]),
            entries={name: Entry._make(entry) for name, entry in data["entries"].items()},
            pages=dict(data["pages"]),
            written_ns=written_ns,
        )
    except (OSError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def write(path: Path, index: Index) -> None:
    """Write an index so that a reader sees the old one or the new one, whole.

    Raises UsageError when it can't be written.
    """
    data = {
        "version": _VERSION,
        "context": index.context,
        "site": index.site,
        "taken": index.taken.timestamp(),
        "entries": index.entries,
        "pages": index.pages,
    }
    text = json.dumps(data, separators=(",", ":")).encode("ascii")
    fresh = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(seal(text) + b"\n" + text)
        with suppress(FileNotFoundError):  # another run at the same time has just put it there
            fresh.replace(path)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}; choose another --cache") from None


def seal(text: bytes) -> bytes:
    """The first line of an index, by which a damaged one is told from a whole one."""
    return f'"{hashlib.blake2b(text, digest_size=16).hexdigest()}"'.encode("ascii")


def pack(record: Record) -> Row:
    """Turn a record into a row."""
    spans = [(span.component, span.status, _seconds(span.start), _seconds(span.end)) for span in record.spans]
    return [
        record.ref,
        record.title,
        record.kind,
        record.phase,
        record.status,
        _seconds(record.started),
        _seconds(record.ended),
        record.components,
        spans,
        record.digest,
        record.false_alarm,
        [_seconds(moment) for moment in record.milestones] if any(record.milestones) else [],
        record.source,
        record.duplicate_of,
    ]


def unpack(row: Row, since: datetime) -> Record | None:
    """Turn a row back into its record, without the spans that ended before `since`; None when it is no row."""
    try:
        return _record(row, since.timestamp())
    except (ArithmeticError, LookupError, OSError, TypeError, ValueError):
        return None


def _record(row: Row, first: float) -> Record:
    ref, title, kind, phase, status, started, ended, components, spans, *others = row
    digest, false_alarm, reached, source, duplicate_of = others
    return Record(
        ref,
        title,
        _KINDS[kind],
        _PHASES[phase],
        _STATUSES[status],
        _moment(started),
        _moment(ended),
        tuple(components),
        tuple(
            Span(component, _STATUSES[level], _moment(start), _moment(end))
            for component, level, start, end in spans
            if end > first
        )
        if spans and ended > first
        else (),
        digest,
        false_alarm,
        _milestones(reached),
        source,
        duplicate_of,
    )


def _milestones(reached: list[float | None]) -> Milestones:
    return Milestones(*[None if seconds is None else _moment(seconds) for seconds in reached]) if reached else _NONE


_NONE = Milestones()


_KINDS = {kind.value: kind for kind in Kind}
_PHASES: dict[str | None, Phase | None] = {None: None, **{phase.value: phase for phase in Phase}}
_STATUSES = {status.value: status for status in ComponentStatus}


def _seconds(moment: datetime | None) -> float | None:
    """Whole ones as whole numbers, which JSON writes and reads in a fraction of the time."""
    if moment is None:
        return None
    seconds = moment.timestamp()
    return int(seconds) if seconds.is_integer() else seconds


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
