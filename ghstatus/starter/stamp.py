"""The head of a file that ghstatus wrote: by its digest a file that somebody edited is told from one that is old."""

from __future__ import annotations

import re
from hashlib import blake2b

from ghstatus.starter.home import PINNED

_WRITTEN = "# Written by `ghstatus init`"
_HEAD = (
    f"{_WRITTEN}; `ghstatus upgrade` writes it anew when ghstatus.yml or ghstatus changes.\n"
    "# You may edit it. It is left alone then, and `ghstatus upgrade` prints what would be different.\n"
)
_DIGEST = re.compile(rf"{_WRITTEN}[^\n]*\n(?:#[^\n]*\n){{0,9}}?# digest: (?P<digest>[0-9a-f]{{16}})\n")
_PIN = re.compile(rf"(?P<called>{PINNED})@[^\s#]+(?:[ ]+#[ ]*v[\d.]+)?")


def stamped(text: str) -> str:
    """`text` below a head that says what wrote it."""
    return f"{_HEAD}# digest: {digest(text)}\n\n{text}"


def digest(text: str) -> str:
    """A name for what a file says.

    Line endings, blank lines around it and what pins the workflow don't count: Git, editors and bots change those.
    """
    plain = _PIN.sub(r"\g<called>", "\n".join(text.splitlines()).strip())
    return blake2b(plain.encode(), digest_size=8).hexdigest()


def is_ours(text: str) -> bool:
    """Whether ghstatus wrote a file, be it that somebody edited it since."""
    return _found(text) is not None


def promised(text: str) -> str:
    """The digest of what ghstatus wrote into a file; empty when it wrote none."""
    found = _found(text)
    return found["digest"] if found else ""


def is_edited(text: str) -> bool:
    """Whether somebody edited a file that ghstatus wrote."""
    found = _found(text)
    return found is not None and digest(_plain(text)[found.end() :]) != found["digest"]


def _found(text: str) -> re.Match[str] | None:
    return _DIGEST.match(_plain(text))


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
