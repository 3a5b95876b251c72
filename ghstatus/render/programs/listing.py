"""What leads programs through the site: `sitemap.xml`, `robots.txt` and `llms.txt`."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import escape

from ghstatus.grammar import quoting
from ghstatus.render import recent
from ghstatus.render.page import Page, address, digest, told
from ghstatus.render.postmortem import lessons
from ghstatus.render.programs.incident_json import now_record
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghstatus.model import Board, Record, Site, Uptime
    from ghstatus.render.text.language import Language

_MOST = 50_000
"""The addresses that a sitemap may have."""
_RECENT = 20


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """The sitemap needs addresses in full, so there is one only where the site's is known."""
    yield told("robots.txt", _robots(site))
    yield told("llms.txt", _guide(board, site))
    if site.base_url:
        paths = list(islice(_paths(board, site), _MOST))
        key = digest("\0".join(paths))
        yield Page("sitemap.xml", key, partial(_sitemap, site, paths))


def _going_on(board: Board) -> list[Record]:
    """As they are now."""
    return [now_record(story) for story in recent.going_on(board)]


def _robots(site: Site) -> bytes:
    text = "User-agent: *\nAllow: /\n"
    return f"{text}\nSitemap: {site.base_url}sitemap.xml\n".encode() if site.base_url else text.encode()


def _paths(board: Board, site: Site) -> Iterator[str]:
    """Newest first, so that what doesn't fit is old."""
    records = [*_going_on(board), *board.past]
    upcoming = {story.record.ref for story in board.upcoming}  # no history has them
    yield ""
    for year in sorted(
        {record.started.year for record in records if record.ref not in upcoming} or {board.now.year}, reverse=True
    ):
        yield f"history/{year}/"
    yield "maintenance/"
    yield "about/"
    if board.postmortems:
        yield lessons.PATH
    yield "metrics/"
    for component in site.components:
        if not component.hidden:
            yield f"components/{component.id}/"
    for record in records:
        yield f"incidents/{record.ref}/"


def _sitemap(site: Site, paths: Sequence[str]) -> bytes:
    lines = "\n".join(f"<url><loc>{escape(address(site, path))}</loc></url>" for path in paths)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}\n{lines}\n</urlset>\n".encode()


def _guide(board: Board, site: Site) -> bytes:
    """Markdown as llmstxt.org has it: a title, a quote that sums it up, and lists of links."""
    past, spoken = islice(board.past, _RECENT), language.of(site)
    _ = spoken.gettext
    twins = _("Each incident's page has a twin in Markdown and one in JSON: `incidents/42.md`, `incidents/42.json`.")
    sections = {
        _("Now"): [_incident(record, site, spoken) for record in _going_on(board)],
        _("Components"): [*_components(board, site, spoken)],
        _("Past incidents, the newest"): [_incident(record, site, spoken) for record in past],
        _("Files for programs"): [
            *(f"- [{path}]({address(site, path)}): {said}" for path, said in _files(spoken).items()),
            f"- {twins}",
        ],
    }
    parts = [f"# {quoting.plain(site.title)}", f"> {quoting.plain(words.headline(board, spoken))}"]
    parts += [quoting.plain(text) for text in (words.remark(board, spoken), site.description) if text]
    parts += ["\n\n".join([f"## {name}", "\n".join(lines)]) for name, lines in sections.items() if lines]
    return ("\n\n".join(parts) + "\n").encode(errors="replace")


def _files(spoken: Language) -> dict[str, str]:
    _ = spoken.gettext
    return {
        "index.json": _("everything that the home page says, as JSON (schemas/status.json)"),
        "api/v2/summary.json": _("the same as Statuspage's API tells it; its seven other files are beside it"),
        "feed.json": _("what happened, newest first, as JSON Feed"),
        "history.atom": _("the same as Atom"),
        "updates.json": _("one entry per update, as JSON Feed"),
        "calendar.ics": _("maintenance, as a calendar"),
        "metrics.json": _("how soon incidents were noticed, told and over, in figures (schemas/metrics.json)"),
    }


def _components(board: Board, site: Site, spoken: Language) -> Iterator[str]:
    for state in board.components:
        if not state.component.hidden:
            where = address(site, f"components/{state.component.id}/index.json")
            yield f"- [{quoting.plain(state.component.name)}]({where}): {words.within(spoken).statuses[state.status]}"


def _incident(record: Record, site: Site, spoken: Language) -> str:
    where = address(site, f"incidents/{record.ref}.md")
    outcome = words.outcome_as(record, words.within(spoken))
    return f"- [{quoting.plain(record.title)}]({where}): {outcome}, {record.started.astimezone(UTC):%Y-%m-%d}"
