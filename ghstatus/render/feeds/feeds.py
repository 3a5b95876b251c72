"""What happened, for feed readers: Atom, RSS and JSON Feed; one entry per incident, or one per update.

Feeds are rendered only when something that they show changed, and only then is what writes XML imported.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from ghstatus.board import IMPACTS
from ghstatus.model import Kind
from ghstatus.render import recent
from ghstatus.render.feeds import entries
from ghstatus.render.feeds.feed import Feed, Item
from ghstatus.render.feeds.identity import tag
from ghstatus.render.page import Page, address, digest, dump, iso, iso_or_none
from ghstatus.render.text import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghstatus.model import Board, Site, Uptime
    from ghstatus.render.feeds.entries import Entry, Said

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: it has to say something, and a time that moves would have it fetched."""


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """All incidents, all updates, then the incidents of each component."""
    feeds = _Feeds(board, site)
    yield from feeds.files(
        "history",
        "feed",
        feeds.feed("history", language.of(site).gettext("%(site)s: incidents", site=site.title), "history/"),
    )
    yield from feeds.files("updates", "updates", feeds.updates())
    for component in site.components:
        path = f"components/{component.id}/"
        found = feeds.feed(f"{path}feed", f"{site.title}: {component.name}", path, component.id)
        yield from feeds.files(f"{path}feed", f"{path}feed", found)


class _Feeds:
    """The feeds of one site."""

    def __init__(self, board: Board, site: Site) -> None:
        self._board = board
        self._site = site
        self._language = language.of(site)
        self._names = {component.id: component.name for component in site.components}
        stories = {story.record.ref: story for kind in Kind for story in recent.stories(board, kind)}
        told = [entries.entry(story, self._names, self._language, site.base_url) for story in stories.values()]
        self._incident = cache(self._told)  # most stand in several feeds
        self._entries = sorted(told, key=lambda entry: (entry.started, entry.ref), reverse=True)

    def files(self, name: str, json_name: str, feed: Feed) -> Iterator[Page]:
        """One feed in each format."""
        key = digest(repr(feed[:-1]))
        yield Page(f"{name}.atom", key, partial(_atom, feed, f"{name}.atom"))
        yield Page(f"{name}.rss", key, partial(_rss, feed, f"{name}.rss"))
        yield Page(f"{json_name}.json", key, partial(_json, feed, f"{json_name}.json"))

    def feed(self, name: str, title: str, page: str, component: str = "") -> Feed:
        """One entry per incident; of one component, or of all."""
        found = (entry for entry in self._entries if not component or component in entry.components)
        root = "../" * name.count("/")
        return self._feed(name, title, page, [self._incident(one, root) for one in islice(found, recent.LIMIT)])

    def updates(self) -> Feed:
        """One entry per update, of all incidents."""
        found = [self._update(entry, said) for entry in self._entries for said in entry.said]
        found.sort(key=lambda item: (item.updated, item.id), reverse=True)
        return self._feed(
            "updates",
            self._language.gettext("%(site)s: updates", site=self._site.title),
            "history/",
            found[: recent.LIMIT],
        )

    def _feed(self, name: str, title: str, page: str, items: Iterable[Item]) -> Feed:
        site, found, root = self._site, tuple(items), "../" * name.count("/")
        return Feed(
            id=tag(self._board, site, name),
            title=title,
            description=site.description,
            author=site.title,
            language=self._language,
            page=address(site, page, root),
            updated=max((item.updated for item in found if item.updated <= self._board.now), default=_NEVER),
            items=found,
            at=partial(_at, site, root),
        )

    def _told(self, entry: Entry, root: str) -> Item:
        path = f"incidents/{entry.ref}"
        return Item(
            id=tag(self._board, self._site, path),
            title=entry.title,
            page=address(self._site, f"{path}/", root),
            published=entry.published,
            updated=entry.updated,
            categories=tuple(self._names.get(one, one) for one in entry.components),
            told=entry.said[::-1],
            language=self._language,
            about=_about(entry),
        )

    def _update(self, entry: Entry, said: Said) -> Item:
        whole = self._incident(entry, "")
        at = said.at or entry.started
        title = self._language.gettext("%(phase)s: %(title)s", phase=said.word, title=entry.title)
        page = f"{whole.page}#update-{said.number}" if said.number else whole.page
        return whole._replace(
            id=f"{whole.id}/{said.id}", title=title, page=page, published=said.at, updated=at, told=(said,), about=()
        )


def _about(entry: Entry) -> tuple[tuple[str, Any], ...]:
    return (
        ("ref", entry.ref),
        ("kind", entry.kind),
        ("impact", IMPACTS[entry.status]),
        ("status", entry.status),
        ("phase", entry.phase),
        ("components", entry.components),
    )


def _at(site: Site, root: str, path: str) -> str:
    return address(site, path, root)


def _atom(feed: Feed, path: str) -> bytes:
    from ghstatus.render.feeds import xml

    return xml.atom(feed, path)


def _rss(feed: Feed, path: str) -> bytes:
    from ghstatus.render.feeds import xml

    return xml.rss(feed, path)


def _json(feed: Feed, path: str) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.at(path),
        "description": feed.description,
        "language": feed.language.tag,
        "authors": [{"name": feed.author}],
        "items": [_json_item(item) for item in feed.items],
    }
    return dump({name: value for name, value in told.items() if value or name == "items"})


def _json_item(item: Item) -> dict[str, Any]:
    told = {
        "id": item.id,
        "url": item.page,
        "title": item.title,
        "content_html": item.html,
        "date_published": iso_or_none(item.published),
        "date_modified": iso(item.updated),
        "tags": item.categories,
        "_ghstatus": dict(item.about),
    }
    return {name: value for name, value in told.items() if value}
