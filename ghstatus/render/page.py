"""A file of the site, with what tells whether the last build's still holds."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ghstatus.grammar import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghstatus.model import Site


iso, iso_or_none = moment.iso, moment.iso_or_none


class Twin(NamedTuple):
    """A file beside a page that says the same in another way: `incidents/42.json` beside `incidents/42/index.html`."""

    kind: str
    """What its name ends in, without the dot."""
    render: Callable[[], bytes]


class Page(NamedTuple):
    """A file of the site."""

    path: str
    """Below the site's root, with slashes."""
    key: str
    """The same key gives the same bytes; empty for a page that depends on the moment."""
    render: Callable[[], bytes]
    twins: tuple[Twin, ...] = ()
    """They come, change and go with it. With an entry of their own, ten thousand incidents would take thirty."""


def told(path: str, data: bytes) -> Page:
    """A small file that is rendered at once: its key is what it says, so it is written only where that is new."""
    return Page(path, _digest(data), partial(bytes, data))


def kept(path: str, key: str, twins: tuple[Twin, ...] = ()) -> Page:
    """A page of something that wasn't read, because the last build's holds still."""
    return Page(path, key, partial(not_read, path), twins)


def not_read(path: str) -> bytes:
    """Refuse to render something that wasn't read, so that the build starts from nothing."""
    message = f"{path} was to be kept from the last build, but that build didn't write it"
    raise LookupError(message)


def digest(told: str) -> str:
    """The key of a page that is made from this."""
    return _digest(told.encode(errors="replace"))


def dump(value: object) -> bytes:
    """JSON as every file of the site has it: compact, in UTF-8, with a line end.

    Half of a surrogate pair, which UTF-8 can't hold, becomes a question mark.
    """
    return f"{_ENCODE(value)}\n".encode(errors="replace")


def address(site: Site, path: str, root: str = "") -> str:
    """Where a page is: in full where the site's address is known, otherwise as seen from a file `root` below it."""
    return f"{site.base_url or root}{quote(path)}"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
