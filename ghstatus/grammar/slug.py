"""Names as they may stand in addresses: `[a-z0-9-]+`, the same at every import."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Container

_LONGEST = 60


def slug(text: str) -> str:
    """Shorten a name to letters, digits and dashes; where that loses something, a digest of the name tells it apart."""
    plain = normalize("NFKD", text)
    short = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    loses = any(char.isalnum() and not char.isascii() for char in plain)
    if short and len(short) <= _LONGEST and not loses:
        return short
    return f"{short[:_LONGEST].strip('-')}-{_digest(text)}".lstrip("-")


def ref(name: str, *, taken: Container[str], source: str) -> str:
    """Name an incident after its file; never like an issue's number, and never like another incident."""
    short = slug(name)
    if short.isdigit():
        short = f"incident-{short}"
    return f"{short}-{_digest(source)}" if short in taken else short


def numbered(name: str, *, taken: Container[str]) -> str:
    """Name a component or group after its name, counting up where the id is taken."""
    short = slug(name)
    free, count = short, 2
    while free in taken:
        free, count = f"{short}-{count}", count + 1
    return free


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]
