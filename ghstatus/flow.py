"""The way through the house: observe → judge → decide → apply, or → render → publish."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ghstatus import __version__, assets, board, index, publish, uptime
from ghstatus.errors import UsageError
from ghstatus.plan import imports
from ghstatus.render import pages
from ghstatus.stores.folder import FolderStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from types import ModuleType

    from ghstatus.actions import Action, Plan
    from ghstatus.importers import Import
    from ghstatus.model import Board, Site, Snapshot


class Source(Protocol):
    """Where incidents are read from."""

    def observe(self, now: datetime) -> Snapshot:
        """Take everything, as of `now`."""


class Sink(Protocol):
    """Where changes are made."""

    def apply(self, action: Action) -> None:
        """Make one change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Building:
    """What to build, and where."""

    folder: Path
    """The site folder."""
    site: Site
    """Its configuration, with the address to build for."""
    digest: str
    """Of its configuration file."""
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
    known = _still_true(index.read(building.index), building.out, context, now)
    try:
        return _build(building, now, context, known, seen)
    except LookupError:
        if known is None:
            raise
        return _build(building, now, context, None, seen)  # the notes were damaged


def _build(
    building: Building, now: datetime, context: str, known: index.Index | None, seen: Callable[[int], None]
) -> Built:
    store = FolderStore(building.folder, building.site, known)
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


def plan_import(imported: Import, source: Source, now: datetime) -> Plan:
    """Decide which of the imported incidents to write down."""
    return imports.decide(source.observe(now).incidents, imported.incidents)


def apply(plan: Plan, sink: Sink) -> None:
    """Do what was planned."""
    for action in plan:
        sink.apply(action)


def _still_true(known: index.Index | None, out: Path, context: str, now: datetime) -> index.Index | None:
    if known is None or known.context != context or known.taken > now:
        return None
    return known if publish.holds(out) == known.site else None


def _context(building: Building) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in (__version__, assets.digest(), building.digest, building.site.base_url, *map(_edition, pages.SHAPING)):
        digest.update(f"{part}\0".encode())
    return digest.hexdigest()


def _edition(module: ModuleType) -> str:
    """Tells versions of a package apart; asking importlib.metadata takes longer than a whole small build."""
    try:
        stat = Path(module.__file__ or "").stat()
    except OSError:  # in a zip file, which changes as a whole
        return ""
    return f"{module.__name__} {stat.st_size} {stat.st_mtime_ns}"
