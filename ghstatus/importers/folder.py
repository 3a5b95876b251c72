"""A source folder's files, read so that a bad one is a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ghstatus.importers.result import Notes

MARKDOWN = frozenset({".md", ".markdown", ".mdown"})


def files(folder: Path) -> list[Path]:
    """Everything directly in a folder that isn't hidden, in the order of names; nothing if there is no folder."""
    return sorted(path for path in _inside(folder) if not path.name.startswith("."))


def _inside(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def first(source: Path, names: Iterable[str]) -> Path | None:
    """The first of these paths that is a file."""
    return next((source / name for name in names if (source / name).is_file()), None)


def name(path: Path, source: Path) -> str:
    """A file's path in the source, written alike on every system."""
    return path.relative_to(source).as_posix()


def text(path: Path, notes: Notes) -> str | None:
    """A file's text; None with a note when it can't be had."""
    if not path.is_file():
        seen = "is a folder" if path.is_dir() else "is a link to nothing" if path.is_symlink() else "is no file"
        notes.add(seen, "left out")
        return None
    try:
        raw = path.read_bytes()
    except OSError as error:
        notes.add(f"can't be read: {error.strerror}", "left out")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        notes.add(f"is not UTF-8 (byte {error.start + 1})", "what can't be read is replaced by \ufffd")
        return raw.decode("utf-8-sig", errors="replace")
