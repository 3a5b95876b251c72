"""Observe → judge → render → publish."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import assets, blameless, board, index, publish, uptime
from ghstatus.errors import UsageError
from ghstatus.flow import looks
from ghstatus.flow.notes import digest, edition, still_true
from ghstatus.model import Kind
from ghstatus.render import outputs, recent
from ghstatus.render.feeds import calendar
from ghstatus.render.looks.templates import Templates
from ghstatus.render.page import Page, told
from ghstatus.render.pages import pages
from ghstatus.render.text import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from ghstatus.errors import Problem
    from ghstatus.flow.stores import Source, Store
    from ghstatus.model import Board, Site


_SPARE = 10
"""How many more incidents are read than are shown with their texts, so that one may be deleted."""


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
    problems: tuple[Problem, ...] = ()
    """What is wrong with the site's own templates and static files; the shipped ones stand in for those."""


def judge(source: Source, now: datetime) -> Board:
    """Observe and judge."""
    return board.judge(source.observe(now), now)


class Last(NamedTuple):
    """What the last build left."""

    context: str
    """Digest of all that shapes every page now."""
    known: index.Index | None
    """Its notes; None where they don't hold any more."""


def build(building: Building, now: datetime, *, seen: Callable[[int], None] = lambda _: None) -> Built:
    """Build the site; where the last build's notes hold, only what changed is read and written again."""
    left = last(building, now)
    try:
        return _build(building, now, left, seen)
    except LookupError:
        if left.known is None:
            raise
        return _build(building, now, left._replace(known=None), seen)  # the notes were damaged


def last(building: Building, now: datetime) -> Last:
    """What a build may rely on.

    Raises UsageError when it would replace its own source.
    """
    if building.folder.resolve().is_relative_to(building.out.resolve()):
        raise UsageError(f"{building.out} holds the site's source, which a build would replace; choose another --out")
    context = _context(building)
    known = still_true(index.read(building.index), context, now)
    return Last(context, known if known and publish.holds(building.out) == known.site else None)


def _build(building: Building, now: datetime, left: Last, seen: Callable[[int], None]) -> Built:
    store = building.store(left.known)
    judged = judge(store, now)
    return write(building, left, judged, store.entries(judged), seen=seen)


def write(
    building: Building,
    left: Last,
    judged: Board,
    entries: Mapping[str, index.Entry],
    *,
    seen: Callable[[int], None] = lambda _: None,
) -> Built:
    """Write the site of a board whose store relied on no more than the last build `left`.

    Raises LookupError when the last build's notes are damaged.
    """
    looked = looks.read(building.folder)
    templates = Templates(looked.look, building.site, tracker=judged.tracker)
    public = blameless.board(judged, building.site, templates.language.gettext("a team member"))
    made = _files(public, building.site, templates, looked.static)
    if left.known is None:
        published = publish.write(building.out, made, context=left.context, seen=seen)
    else:
        published = publish.rewrite(building.out, made, left.known.pages, context=left.context)
    # A post-mortem may be published, and its follow-ups become overdue, long after its incident.
    wanted = _newest(judged) | judged.postmortems.keys()
    relied = {name: _public(entry, public) for name, entry in entries.items() if entry.row[0] not in wanted}
    problems = (*looked.problems, *templates.problems)
    # A page that nobody makes again would not be complained about again, so as long as there is a complaint all are.
    context = "" if problems else left.context
    notes = index.Index(context=context, site=published.site, taken=judged.now, entries=relied, pages=published.pages)
    index.write(building.index, notes)
    return Built(judged, published.files, published.written, problems)


def _public(entry: index.Entry, board: Board) -> index.Entry:
    """An entry with the title that everybody may see: the next build doesn't read who had to do with it."""
    story = board.incidents.get(entry.row[0])
    return entry._replace(row=index.pack(story.record)) if story and story.record.title != entry.row[1] else entry


def common(left: Last, recalled: index.Index | None) -> index.Index | None:
    """What a plan and a build may both rely on, when they share one look at the store."""
    if left.known is None or recalled is None:
        return None
    known, also = left.known, recalled.entries
    return replace(known, entries={name: one for name, one in known.entries.items() if also.get(name) == one})


def _newest(judged: Board) -> frozenset[str]:
    """The incidents that the next build has to read in full, because it shows their texts."""
    over = ([record.ref for record in judged.past if record.kind is kind] for kind in Kind)
    return frozenset(ref for refs in over for ref in refs[: recent.LIMIT + _SPARE])


def _files(judged: Board, site: Site, templates: Templates, static: Mapping[str, bytes]) -> Iterator[Page]:
    records = (*(story.record for story in judged.incidents.values() if not story.record.ended), *judged.past)
    measured = uptime.measure(site.components, records, judged.now, site.policy)
    yield from outputs.files(judged, measured, site, templates)
    yield from outputs.static(static)
    for name, data in assets.files(assets.schemas()):
        yield told(f"schemas/{name}", data)


def _context(building: Building) -> str:
    own = assets.own(building.folder)
    files = {module.__name__: module.__file__ for module in pages.SHAPING}
    for name in (calendar.LIBRARY, language.LIBRARY):
        found = find_spec(name)  # without importing it
        files[name] = found.origin if found else None
    editions = (edition(name, file) for name, file in files.items())
    return digest(
        assets.digest(own), language.edition(building.site.language), building.digest, building.site.base_url, *editions
    )
