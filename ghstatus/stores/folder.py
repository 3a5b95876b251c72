"""A store that is a folder: `incidents/*.md`, one Markdown file with front matter for each incident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_never

from ghstatus import index
from ghstatus.actions import EditIncident, FolderAction, OpenIncident, OpenPostmortem, PostUpdate
from ghstatus.errors import Problem, UsageError
from ghstatus.grammar import body, document
from ghstatus.grammar.names import Names
from ghstatus.grammar.postmortem import House
from ghstatus.model import Snapshot
from ghstatus.stores import files, postmortems
from ghstatus.timeline import window_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ghstatus.model import Board, Incident, Record, Site, Update

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_RACY_NS = 2_000_000_000
"""A file this young when the index was written may have changed again without a trace in its time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """An incident's file that was read in full."""

    name: str
    stat: files.Stat
    digest: str
    incident: Incident | None
    problems: tuple[Problem, ...]


class FolderStore:
    """Incidents in the files of `folder/incidents`.

    `known` is what an earlier build left behind: files that it saw, unchanged since, are not read again.
    """

    def __init__(self, folder: Path, site: Site, known: index.Index | None = None) -> None:
        self._home = folder
        self._folder = folder / "incidents"
        self._site = site
        self._names = Names(site.components, site.groups)
        self._known = known
        self._files: dict[str, _File] = {}
        self._kept: dict[str, index.Entry] = {}
        self._homes: dict[str, str] = {}
        """The name of each incident's file, by its ref."""
        self._has_looked = False
        self._taken = _ALWAYS

    def observe(self, now: datetime) -> Snapshot:
        """Read every incident; a file that can't be read is a problem and leaves its components unknown."""
        self._taken = now
        settled = self._look(window_start(now, self._site.policy), now)
        incidents = {file.incident.ref: file.incident for file in self._files.values() if file.incident}
        unread = any(file.incident is None for file in self._files.values())
        learnt = postmortems.observe(self._home, House(self._site.reviews.reviewers), now)
        return Snapshot(
            taken=now,
            components=self._site.components,
            groups=self._site.groups,
            policy=self._site.policy,
            incidents=tuple(incidents.values()),
            digests={file.incident.ref: file.digest for file in self._files.values() if file.incident},
            settled=settled,
            problems=(
                *self._site.left_out,
                *(problem for file in self._files.values() for problem in file.problems),
                *learnt.problems,
            ),
            unobserved=frozenset([component.id for component in self._site.components] or [""])
            if unread
            else frozenset(),
            postmortems=learnt.postmortems,
        )

    def entries(self, board: Board) -> Mapping[str, index.Entry]:
        """What a later build may rely on: each incident that is over, and whose file had no problem."""
        entries = dict(self._kept)
        for file in self._files.values():
            if file.incident is None or file.problems:
                continue
            story = board.incidents.get(file.incident.ref)
            if story and story.record.digest:
                entries[file.name] = index.Entry(*file.stat, index.pack(story.record))
        return entries

    def apply(self, action: FolderAction) -> None:
        """Make one change; a file is replaced whole or not at all.

        Raises UsageError when the incident to change isn't there, or the one to open is, or has a name that no file
        may have.
        """
        match action:
            case OpenIncident(incident=incident):
                self._create(incident)
            case EditIncident(incident=incident):
                path, data = self._file(incident.ref)
                text = data.decode("utf-8", errors="replace")
                extra = document.parse(text, where=path.name, ref=path.stem, names=self._names).extra
                files.replace(path, document.write(incident, extra=extra).encode())
            case PostUpdate(ref=ref, update=update):
                self._update(ref, update)
            case OpenPostmortem(incident=ref, text=text):
                postmortems.create(self._home, ref, text, self._taken)
            case _:
                assert_never(action)

    def _update(self, ref: str, update: Update) -> None:
        """Add an update, which leaves the rest of a file as somebody wrote it, unless it says what nothing said yet."""
        path, data = self._file(ref)
        text = data.decode("utf-8", errors="replace")
        written = document.updated(text, update, ref=path.stem, names=self._names)
        files.replace(path, written.encode() if written else files.append(data, body.write_update(update)))

    def _look(self, since: datetime, now: datetime) -> tuple[Record, ...]:
        self._files, self._kept, self._homes, self._has_looked = {}, {}, {}, True
        return tuple(self._take(since, now))

    def _take(self, since: datetime, now: datetime) -> Iterator[Record]:
        """Yield the records of files that need no reading; the others go to `_files`."""
        for found in files.listing(self._folder):
            entry, record = self._settled(found, since)
            if entry and record and record.ref not in self._homes:
                self._kept[found.name] = entry
                self._homes[record.ref] = found.name
                yield record
                continue
            file = self._read(found, now)
            if file.incident:
                file = _with_own_ref(file, file.incident, self._homes)
            self._files[found.name] = file

    def _settled(self, found: files.Found, since: datetime) -> tuple[index.Entry, Record] | tuple[None, None]:
        """What a file came to, where that is known and the file still says the same."""
        if found.fault or self._known is None or (entry := self._known.entries.get(found.name)) is None:
            return None, None
        record = index.unpack(entry.row, since)
        if record is None:
            return None, None
        is_same = entry[:3] == found.stat
        if is_same and found.stat.mtime_ns < self._known.written_ns - _RACY_NS:
            return entry, record
        if self._digest(found) != record.digest:
            return None, None
        return index.Entry(*found.stat, entry.row), record

    def _digest(self, found: files.Found) -> str:
        try:
            return files.digest(found.name, files.read(self._folder, found))
        except OSError:
            return ""

    def _read(self, found: files.Found, now: datetime) -> _File:
        try:
            if found.fault:
                return self._unread(found, found.fault)
            data = files.read(self._folder, found)
        except OSError as error:
            return self._unread(found, f"the file can't be read: {error.strerror}")
        text, problems = files.decode(data, found.stat.size, found.name)
        where, ref = files.where(found.name), files.slug(found.name)
        reading = document.parse(text, where=where, ref=ref, names=self._names, now=now)
        moves = reading.incident is not None and any(update.at == now for update in reading.incident.updates)
        return _File(
            name=found.name,
            stat=found.stat,
            digest="" if moves else files.digest(found.name, data),  # an update as of now says more in each build
            incident=reading.incident,
            problems=(*problems, *reading.problems),
        )

    def _unread(self, found: files.Found, seen: str) -> _File:
        outcome = "not shown; the page says that its status is unknown"
        problem = Problem(where=files.where(found.name), seen=seen, accepted=found.accepted, outcome=outcome)
        return _File(name=found.name, stat=found.stat, digest="", incident=None, problems=(problem,))

    def _create(self, incident: Incident) -> None:
        name = f"{incident.ref}.md"
        if not files.is_free_of_harm(name):
            raise UsageError(
                f"{incident.ref!r} is no name for an incident; accepted: letters, digits, and - . _ inside"
            )
        ref = str(incident.number) if incident.number else incident.ref
        path = self._folder / name
        if ref in self._where() or path.exists() or path.is_symlink():
            raise UsageError(f"there is an incident {ref!r} already: {self._folder / self._homes.get(ref, name)}")
        files.replace(path, document.write(incident).encode())
        self._homes[ref] = name

    def _file(self, ref: str) -> tuple[Path, bytes]:
        homes = self._where()
        by_name = (name for name in (*homes.values(), *self._files) if files.slug(name) == ref)
        name = homes.get(ref) or next(by_name, None)
        if name is None:
            raise UsageError(f"there is no incident {ref!r} in {self._folder}")
        path = self._folder / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} can't be read: {error.strerror}") from None
        if len(data) > files.LARGEST:
            raise UsageError(f"{path} is too large: {len(data):,} bytes; {files.LARGEST:,} at most are read")
        return path, data

    def _where(self) -> Mapping[str, str]:
        if not self._has_looked:
            self._look(_ALWAYS, _ALWAYS)
        return self._homes


def _with_own_ref(file: _File, incident: Incident, homes: dict[str, str]) -> _File:
    """Name an incident by its number where it has one; a name that is taken already is a problem."""
    wanted = str(incident.number) if incident.number else incident.ref
    ref, count, problems = wanted, 1, file.problems
    while ref in homes:
        count += 1
        ref = f"{wanted}-{count}"
    homes[ref] = file.name
    if ref == incident.ref:
        return file
    if ref != wanted:
        problem = Problem(
            where=files.where(file.name),
            key="number" if incident.number else "",
            seen=f"another incident is {wanted!r} already",
            outcome=f"shown as {ref!r}",
        )
        problems = (*problems, problem)
    return replace(file, incident=replace(incident, ref=ref), problems=problems)
