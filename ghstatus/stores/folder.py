"""A store that is a folder: `incidents/*.md`, one Markdown file with front matter for each incident."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from ghstatus import body, document, index
from ghstatus.actions import Action, EditIncident, OpenIncident, PostUpdate
from ghstatus.errors import Problem, UsageError
from ghstatus.model import Snapshot
from ghstatus.names import Names
from ghstatus.timeline import is_settled, window_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from ghstatus.model import Board, Incident, Record, Site

LARGEST = 1 << 20
"""The bytes of a file that are read; what follows is reported."""

_LIKELY_MEANT = frozenset({".markdown", ".mdown", ".mkd", ".txt"})
_RACY_NS = 2_000_000_000
"""A file this young when the index was written may have changed again without a trace in its time."""


class _Stat(NamedTuple):
    mtime_ns: int
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """An incident's file that was read in full."""

    name: str
    stat: _Stat
    digest: str
    incident: Incident | None
    problems: tuple[Problem, ...]


class FolderStore:
    """Incidents in the files of `folder/incidents`.

    `known` is what an earlier build left behind: files that it saw, unchanged since, are not read again.
    """

    def __init__(self, folder: Path, site: Site, known: index.Index | None = None) -> None:
        self._folder = folder / "incidents"
        self._site = site
        self._names = Names(site.components, site.groups)
        self._known = known
        self._files: dict[str, _File] = {}
        self._kept: dict[str, index.Entry] = {}

    def observe(self, now: datetime) -> Snapshot:
        """Read every incident; a file that can't be read is a problem and leaves its components unknown."""
        self._files, self._kept = {}, {}
        problems: list[Problem] = []
        settled = tuple(self._take(problems, window_start(now, self._site.policy)))
        incidents = {file.incident.ref: file.incident for file in self._files.values() if file.incident}
        unread = any(file.incident is None for file in self._files.values())
        return Snapshot(
            taken=now,
            components=self._site.components,
            groups=self._site.groups,
            policy=self._site.policy,
            incidents=tuple(incidents.values()),
            digests={file.incident.ref: file.digest for file in self._files.values() if file.incident},
            settled=settled,
            problems=(*problems, *(problem for file in self._files.values() for problem in file.problems)),
            unobserved=frozenset(component.id for component in self._site.components) if unread else frozenset(),
        )

    def entries(self, board: Board) -> Mapping[str, index.Entry]:
        """What a later build may rely on: each incident that is over, and whose file had no problem."""
        entries = dict(self._kept)
        for file in self._files.values():
            if file.incident is None or file.problems:
                continue
            story = board.incidents.get(file.incident.ref)
            if story and is_settled(story.record, story.incident, board.now):
                entries[file.name] = index.Entry(*file.stat, index.pack(story.record))
        return entries

    def apply(self, action: Action) -> None:
        """Make one change; a file is replaced whole or not at all.

        Raises UsageError when the incident to change isn't there, or the one to open is.
        """
        match action:
            case OpenIncident(incident=incident):
                self._create(incident)
            case EditIncident(incident=incident):
                path = self._path(incident.ref)
                extra = document.parse(_text(path), where=path.name, ref=path.stem, names=self._names).extra
                _replace(path, document.write(incident, extra=extra))
            case PostUpdate(ref=ref, update=update):
                path = self._path(ref)
                _replace(path, f"{_text(path).rstrip()}\n\n{body.write_update(update)}\n")
            case _:
                assert_never(action)

    def _take(self, problems: list[Problem], since: datetime) -> Iterator[Record]:
        """Yield the records of files that need no reading; the others go to `_files`."""
        taken: set[str] = set()
        for name, stat in _listing(self._folder, problems):
            record = self._settled(name, stat, since)
            if record is not None and record.ref not in taken:
                taken.add(record.ref)
                yield record
                continue
            file = self._read(name, stat)
            if file.incident:
                file = _with_own_ref(file, file.incident, taken)
            self._files[name] = file

    def _settled(self, name: str, stat: _Stat, since: datetime) -> Record | None:
        if self._known is None or (entry := self._known.entries.get(name)) is None:
            return None
        same = (entry.mtime_ns, entry.size) == stat and stat.mtime_ns < self._known.written_ns - _RACY_NS
        try:
            record = index.unpack(entry.row, since)
            if not same and _digest((self._folder / name).read_bytes()) != record.digest:
                return None
        except (ValueError, KeyError, TypeError, OSError):
            return None
        self._kept[name] = index.Entry(*stat, entry.row)
        return record

    def _read(self, name: str, stat: _Stat) -> _File:
        where = f"incidents/{name}"
        try:
            data = (self._folder / name).read_bytes()
        except OSError as error:
            problem = Problem(
                where=where,
                seen=f"the file can't be read: {error.strerror}",
                outcome="not shown; the page says that its status is unknown",
            )
            return _File(name=name, stat=stat, digest="", incident=None, problems=(problem,))
        text, problems = _decoded(data, where)
        reading = document.parse(text, where=where, ref=_slug(name), names=self._names)
        return _File(
            name=name,
            stat=stat,
            digest=_digest(data),
            incident=reading.incident,
            problems=(*problems, *reading.problems),
        )

    def _create(self, incident: Incident) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{incident.ref}.md"
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(document.write(incident))
        except FileExistsError:
            raise UsageError(f"there is an incident {incident.ref!r} already: {path}") from None

    def _path(self, ref: str) -> Path:
        for file in self._files.values() or (self._read(name, stat) for name, stat in _listing(self._folder, [])):
            if ref == _slug(file.name) or (file.incident and file.incident.ref == ref):
                return self._folder / file.name
        raise UsageError(f"there is no incident {ref!r} in {self._folder}")


def _listing(folder: Path, problems: list[Problem]) -> Iterable[tuple[str, _Stat]]:
    """The names of the files that are incidents, in order; a file that only looks like one is a problem."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry) for entry in entries if not entry.name.startswith((".", "_")))
    except FileNotFoundError:
        return
    for name, entry in found:
        stem, suffix = os.path.splitext(name)
        if suffix.lower() == ".md" and stem.lower() != "readme":
            try:
                stat = entry.stat()
                yield name, _Stat(stat.st_mtime_ns, stat.st_size)
            except OSError:
                yield name, _Stat(0, 0)
        elif suffix.lower() in _LIKELY_MEANT:
            problems.append(
                Problem(
                    where=f"incidents/{name}",
                    seen="not an incident",
                    accepted="a name ending in .md",
                    outcome="not read",
                )
            )


def _decoded(data: bytes, where: str) -> tuple[str, tuple[Problem, ...]]:
    problems = []
    if len(data) > LARGEST:
        problems.append(
            Problem(where=where, seen=f"{len(data):,} bytes", accepted=f"{LARGEST:,} at most", outcome="cut there")
        )
        data = data[:LARGEST]
    try:
        return data.decode("utf-8"), tuple(problems)
    except UnicodeDecodeError as error:
        problems.append(
            Problem(
                where=where,
                line=data.count(b"\n", 0, error.start) + 1,
                seen=f"byte 0x{data[error.start]:02x} is not UTF-8",
                accepted="text in UTF-8",
                outcome="shown as \N{REPLACEMENT CHARACTER}",
            )
        )
        return data.decode("utf-8", errors="replace"), tuple(problems)


def _with_own_ref(file: _File, incident: Incident, taken: set[str]) -> _File:
    """Name an incident by its number where it has one; a name that is taken already is a problem."""
    wanted = str(incident.number) if incident.number else incident.ref
    ref, count, problems = wanted, 1, file.problems
    while ref in taken:
        count += 1
        ref = f"{wanted}-{count}"
    if ref != wanted:
        problem = Problem(
            where=f"incidents/{file.name}",
            key="number" if incident.number else "",
            seen=f"another incident is {wanted!r} already",
            outcome=f"shown as {ref!r}",
        )
        problems = (*problems, problem)
    taken.add(ref)
    return replace(file, incident=replace(incident, ref=ref), problems=problems)


def _slug(name: str) -> str:
    """A file's name as it may stand in an address."""
    stem = os.path.splitext(name)[0]
    return re.sub(r"[^\w.~-]+|\.{2,}", "-", stem).strip("-.") or "incident"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)
