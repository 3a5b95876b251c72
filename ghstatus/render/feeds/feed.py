"""A feed and its entries, in no format yet."""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ghstatus.render.text import markdown
from ghstatus.render.text.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ghstatus.render.feeds.entries import Said
    from ghstatus.render.text.language import Language


class Item(NamedTuple):
    """One entry of a feed."""

    id: str
    title: str
    page: str
    """The address to read it at."""
    published: datetime | None
    updated: datetime
    categories: tuple[str, ...]
    told: tuple[Said, ...]
    """Newest first."""
    language: Language
    about: tuple[tuple[str, Any], ...]
    """What only JSON has a place for."""

    @property
    def html(self) -> str:
        """What was said, as Statuspage's feeds have it, for readers that take it apart."""
        return "\n".join(_html(said, self.language) for said in self.told)


class Feed(NamedTuple):
    """A feed in no format yet."""

    id: str
    title: str
    description: str
    author: str
    language: Language
    page: str
    """The address of what it is about."""
    updated: datetime
    items: tuple[Item, ...]
    at: Callable[[str], str]
    """The address of a file of the site."""


@lru_cache(maxsize=1024)
def _html(said: Said, language: Language) -> str:
    """`<p><small>Mar <var data-var='date'> 2</var>, …</small><br><strong>Identified</strong> - text</p>`."""
    head = f"<strong>{said.word}</strong> - "
    if said.at:
        head = f"<small>{_moment(said.at.astimezone(UTC), language)} UTC</small><br>{head}"
    text = markdown.render(said.text)
    return f"<p>{head}{text[3:]}" if text.startswith("<p>") else f"<p>{head}</p>{text}"


def _moment(utc: datetime, language: Language) -> str:
    """As Statuspage writes it, where it does."""
    if language is not ENGLISH:
        return language.minute(utc)
    return f"{utc:%b} <var data-var='date'>{utc.day:2}</var>, <var data-var='time'>{utc:%H:%M}</var>"
