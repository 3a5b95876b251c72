"""Finds the templates and the static files, whether ghstatus runs from a checkout, an installation or a zip file."""

from __future__ import annotations

from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable


def templates() -> Traversable:
    """Return the folder of Jinja templates."""
    return _folder("_templates", "templates")


def static() -> Traversable:
    """Return the folder of files that every site gets as they are."""
    return _folder("_static", "site/static")


def schemas() -> Traversable:
    """Return the folder of the JSON Schemas that every site publishes."""
    return resources.files("ghstatus") / "render" / "schemas"


def files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """Yield name, relative to the folder and with slashes, and bytes of every file below it, in one order everywhere."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from ((f"{entry.name}/{name}", content) for name, content in files(entry))
        else:
            yield entry.name, entry.read_bytes()


def digest() -> str:
    """Return a name for the present state of all templates and static files: it changes whenever one of them does."""
    total = sha256()
    for folder in (templates(), static()):
        for name, content in files(folder):
            total.update(f"{name}\0{len(content)}\0".encode() + content)
        total.update(b"\0")
    return total.hexdigest()


def _folder(packaged: str, source: str) -> Traversable:
    inside = resources.files("ghstatus") / packaged
    return inside if inside.is_dir() else Path(__file__).parent.parent / source
