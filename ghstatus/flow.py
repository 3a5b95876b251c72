"""The way through the house: observe → judge → decide → apply, or → render → publish."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from ghstatus import __version__, assets, board, index, publish, uptime
from ghstatus.errors import GhstatusError, StoreError, Unavailable, UsageError
from ghstatus.plan import decide, exports, imports, refusal
from ghstatus.render import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from types import ModuleType

    from ghstatus.actions import OpenIncident, Plan
    from ghstatus.importers import Import
    from ghstatus.model import Board, Site, Snapshot, Tracker

Change = TypeVar("Change")
Change_contra = TypeVar("Change_contra", contravariant=True)


class Source(Protocol):
    """Where incidents are read from."""

    def observe(self, now: datetime) -> Snapshot:
        """Take everything, as of `now`."""


class Store(Source, Protocol):
    """Where incidents are read from, with what spares reading them again."""

    def entries(self, board: Board) -> Mapping[str, index.Entry]:
        """What to keep of the incidents that are over, as `board` judged them."""


class Sink(Protocol[Change_contra]):
    """Where changes are made."""

    def apply(self, action: Change_contra) -> None:
        """Make one change.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Building:
    """What to build, from where, and where to."""

    folder: Path
    """The site folder."""
    site: Site
    """Its configuration, with the address to build for."""
    digest: str
    """Of its configuration file, and of whatever else tells one store from another."""
    store: Callable[[index.Index | None], Store]
    """Opens the store; it may rely on what an earlier build left behind."""
    out: Path
    index: Path
    """The file in which a build leaves notes for the next one."""


class Built(NamedTuple):
    """What a build came to."""

    board: Board
    pages: int
    """How many the site has."""
    written: int
    """How many of them this build wrote."""


def judge(source: Source, now: datetime) -> Board:
    """Observe and judge."""
    return board.judge(source.observe(now), now)


def build(building: Building, now: datetime, *, seen: Callable[[int], None] = lambda _: None) -> Built:
    """Build the site; where the last build's notes hold, only what changed is read and written again."""
    if building.folder.resolve().is_relative_to(building.out.resolve()):
        raise UsageError(f"{building.out} holds the site's source, which a build would replace; choose another --out")
    context = _context(building)
    known = _still_true(index.read(building.index), context, now)
    if known and publish.holds(building.out) != known.site:
        known = None
    try:
        return _build(building, now, context, known, seen)
    except LookupError:
        if known is None:
            raise
        return _build(building, now, context, None, seen)  # the notes were damaged


def _build(
    building: Building, now: datetime, context: str, known: index.Index | None, seen: Callable[[int], None]
) -> Built:
    store = building.store(known)
    judged = judge(store, now)
    made = _files(judged, building.site)
    if known is None:
        published = publish.write(building.out, made, context=context, seen=seen)
    else:
        published = publish.rewrite(building.out, made, known.pages, context=context)
    entries = store.entries(judged)
    notes = index.Index(context=context, site=published.site, taken=now, entries=entries, pages=published.pages)
    index.write(building.index, notes)
    return Built(judged, len(published.pages), published.written)


def _files(judged: Board, site: Site) -> Iterator[pages.Page]:
    records = (*(story.record for story in judged.incidents.values() if not story.record.ended), *judged.past)
    measured = uptime.measure(site.components, records, judged.now, site.policy)
    texts = {name: text.decode() for name, text in assets.files(assets.templates())}
    static = dict(assets.files(assets.static()))
    style = hashlib.blake2b(static["style.css"], digest_size=4).hexdigest()
    yield from pages.pages(judged, measured, site, pages.Templates(texts, site, style=style))
    for name, data in static.items():
        yield pages.Page(f"static/{name}", style, partial(bytes, data))


class Notes(NamedTuple):
    """The file in which a plan leaves notes for the next one."""

    path: Path
    digest: str
    """Of the configuration file, and of whatever else tells one store from another."""


class Planned(NamedTuple):
    """What is true, and what to do about it."""

    board: Board
    plan: Plan
    refusal: str
    """Why the plan isn't to be carried out without being asked; empty when it may."""
    tracker: Tracker | None


def recall(notes: Notes, now: datetime) -> index.Index | None:
    """What an earlier plan noted, where it still holds."""
    return _still_true(index.read(notes.path), _digest(notes.digest), now)


def plan(store: Store, site: Site, now: datetime, notes: Notes) -> Planned:
    """Observe, judge and decide; and note down the incidents that are over and done with, for the next time."""
    snapshot = store.observe(now)
    judged = board.judge(snapshot, now)
    decided = decide.decide(judged, snapshot, site)
    busy = {str(getattr(action, key, "")) for action in decided for key in ("ref", "number")}
    entries = {name: entry for name, entry in store.entries(judged).items() if entry.row[0] not in busy}
    index.write(notes.path, index.Index(context=_digest(notes.digest), site="", taken=now, entries=entries))
    return Planned(judged, decided, refusal.refusal(decided, snapshot, site.limits), snapshot.tracker)


def plan_import(imported: Import, source: Source, now: datetime) -> tuple[OpenIncident, ...]:
    """Decide which of the imported incidents to write down.

    Raises GhstatusError when what is there already could not be read in full: it would come in twice.
    """
    return imports.decide(_whole(source.observe(now)).incidents, imported.incidents)


def plan_export(source: Source, copy: Source, now: datetime) -> exports.Copying:
    """Decide what makes `copy` tell what `source` tells.

    Raises GhstatusError when that could not be read in full: what is missing would look gone.
    """
    return exports.decide(_whole(source.observe(now)).incidents, copy.observe(now).incidents)


def _whole(snapshot: Snapshot) -> Snapshot:
    if snapshot.partial:
        raise GhstatusError(f"not everything could be read, so nothing is written: {'; '.join(snapshot.partial)}")
    return snapshot


class Applied(NamedTuple, Generic[Change]):
    """What became of a plan."""

    failed: tuple[tuple[Change, StoreError], ...]
    """What was refused, and why."""
    left: tuple[Change, ...]
    """What wasn't tried, because of `stopped`."""
    stopped: Unavailable | None


def apply(
    plan: Iterable[Change], sink: Sink[Change], *, told: Callable[[Change, StoreError | None], None] = lambda *_: None
) -> Applied[Change]:
    """Do what was planned, and tell of each change once it was made or refused; one refusal stops no other."""
    todo, failed = deque(plan), []
    while todo:
        refused = None
        try:
            sink.apply(todo[0])
        except StoreError as error:
            refused = error
            failed.append((todo[0], error))
        except Unavailable as error:
            return Applied(tuple(failed), tuple(todo), error)
        told(todo.popleft(), refused)
    return Applied(tuple(failed), (), None)


def _still_true(known: index.Index | None, context: str, now: datetime) -> index.Index | None:
    return None if known is None or known.context != context or known.taken > now else known


def _context(building: Building) -> str:
    return _digest(assets.digest(), building.digest, building.site.base_url, *map(_edition, pages.SHAPING))


def _digest(*parts: str) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in (__version__, *parts):
        digest.update(f"{part}\0".encode())
    return digest.hexdigest()


def _edition(module: ModuleType) -> str:
    """Tells versions of a package apart; asking importlib.metadata takes longer than a whole small build."""
    try:
        stat = Path(module.__file__ or "").stat()
    except OSError:  # in a zip file, which changes as a whole
        return ""
    return f"{module.__name__} {stat.st_size} {stat.st_mtime_ns}"
