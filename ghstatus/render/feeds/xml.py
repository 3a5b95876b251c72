"""Feeds as XML: Atom, and RSS 2.0 beside it. The standard library writes the elements."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ghstatus.render.page import iso

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.render.feeds.feed import Feed

_NO_CHARACTERS = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML doesn't allow even when it is escaped."""


def atom(feed: Feed, path: str) -> bytes:
    """Atom 1.0."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language.tag})
    _texts(root, {"id": feed.id, "title": feed.title, "updated": iso(feed.updated)})
    if feed.description:
        _texts(root, {"subtitle": feed.description})
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.at(path)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _texts(SubElement(root, "author"), {"name": feed.author})
    _texts(root, {"generator": "ghstatus"})
    for item in feed.items:
        entry = SubElement(root, "entry")
        _texts(entry, {"id": item.id, "title": item.title, "updated": iso(item.updated)})
        if item.published:
            _texts(entry, {"published": iso(item.published)})
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.page})
        for category in item.categories:
            SubElement(entry, "category", {"term": category})
        SubElement(entry, "content", {"type": "html"}).text = item.html
    return _written(root)


def rss(feed: Feed, path: str) -> bytes:
    """RSS 2.0."""
    root = Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = SubElement(root, "channel")
    _texts(channel, {"title": feed.title, "link": feed.page, "description": feed.description or feed.title})
    SubElement(channel, "atom:link", {"rel": "self", "type": "application/rss+xml", "href": feed.at(path)})
    _texts(channel, {"language": feed.language.tag, "lastBuildDate": _rfc(feed.updated)})
    for item in feed.items:
        entry = SubElement(channel, "item")
        _texts(entry, {"title": item.title, "link": item.page})
        SubElement(entry, "guid", {"isPermaLink": "false"}).text = item.id
        if item.published:
            _texts(entry, {"pubDate": _rfc(item.published)})
        for category in item.categories:
            _texts(entry, {"category": category})
        _texts(entry, {"description": item.html})
    return _written(root)


def _texts(parent: Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _rfc(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _written(root: Element) -> bytes:
    indent(root, "")
    text = _NO_CHARACTERS.sub("", tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
