"""Files of incidents, whatever somebody may have put into their folder."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 1 << 20
"""The bytes of a file that are read; what follows is reported."""

_LONGEST = 240
"""The bytes of a file's name, with room for what a file is called while it is written."""
_LIKELY_MEANT = frozenset({"", ".markdown", ".mdown", ".mdx", ".mkd", ".txt"})
"""Endings of files that somebody may have meant as incidents; a phone adds none."""


class Stat(NamedTuple):
    """What tells whether a file has changed, without reading it."""

    mtime_ns: int
    ctime_ns: int
    """Can't be set by hand; some tools give every file the same `mtime_ns`."""
    size: int


class Found(NamedTuple):
    """A file that is an incident."""

    name: str
    stat: Stat
    fault: str = ""
    """Why it can't be read."""
    accepted: str = ""
    """What would be."""


def listing(folder: Path) -> Iterator[Found]:
    """The files that are incidents, in the order of their names; one that only looks like one has a fault.

    Raises UsageError when the folder can't be read; one that isn't there is empty.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry) for entry in entries)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return
        raise UsageError(f"{folder} can't be read: {error.strerror}") from None
    for name, entry in found:
        if is_incident(name):
            yield _found(folder, entry)
        elif fault := _misplaced(folder / name):
            yield Found(name, _NOTHING, *fault)


def is_incident(name: str) -> bool:
    """Whether a file of this name is an incident; drafts and explanations are none."""
    return name[-3:].lower() == ".md" and name[0] not in "._" and name[:-3].lower() != "readme"


def is_free_of_harm(name: str) -> bool:
    """Whether a file of this name stays in its folder, is an incident, and bears the name that its page will have."""
    return is_incident(name) and slug(name) == name.removesuffix(".md") and len(os.fsencode(name)) <= _LONGEST


def _misplaced(path: Path) -> tuple[str, str] | None:
    """Why what somebody may have meant as an incident is none, and what would be; None for anything else."""
    stem, suffix = _split(path.name)
    if suffix not in _LIKELY_MEANT or stem.lower() == "readme" or path.name.startswith((".", "_")):
        return None
    with suppress(OSError):
        if path.is_dir():
            inside = "incidents in a folder within this one aren't read", "files right in incidents/"
            return inside if any(is_incident(one.name) for one in path.iterdir()) else None
        if not suffix:
            with path.open("rb") as file:
                if not file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
                    return None
    return "its name doesn't end in .md", f"{stem.removesuffix('.md')}.md"


_NOTHING = Stat(0, 0, 0)


def _found(folder: Path, entry: os.DirEntry[str]) -> Found:
    try:
        status = entry.stat()
    except OSError as error:
        return Found(entry.name, _NOTHING, f"the file can't be read: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return Found(entry.name, _NOTHING, "this is no file")
    if entry.is_symlink() and not _leads_inside(folder, entry.name):
        return Found(entry.name, _NOTHING, "this links to a file outside of the site's folder")
    return Found(entry.name, Stat(status.st_mtime_ns, status.st_ctime_ns, status.st_size))


def _leads_inside(folder: Path, name: str) -> bool:
    target = (folder / name).resolve()
    return any(target.is_relative_to(home.resolve()) for home in (folder, folder.parent))


def _split(name: str) -> tuple[str, str]:
    stem, _, suffix = name.rpartition(".")
    return (stem, f".{suffix.lower()}") if stem else (name, "")


def where(name: str, folder: str = "incidents") -> str:
    """How messages name a file; a name need not be text."""
    return f"{folder}/{os.fsencode(name).decode('utf-8', errors='replace')}"


def read(folder: Path, found: Found) -> bytes:
    """Read a file, or as much of it as counts and one byte more.

    Raises OSError.
    """
    with io.FileIO(f"{folder}/{found.name}") as file:
        return file.read(min(found.stat.size, LARGEST) + 1)


def decode(data: bytes, size: int, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Turn a file's bytes into text, with what is wrong about them."""
    problems = []
    if size > LARGEST:
        seen = f"{size:,} bytes"
        problems.append(Problem(where=where(name), seen=seen, accepted=f"{LARGEST:,} at most", outcome="cut there"))
        data = data[:LARGEST]
    try:
        return data.decode("utf-8"), tuple(problems)
    except UnicodeDecodeError as error:
        problems.append(
            Problem(
                where=where(name),
                line=data.count(b"\n", 0, error.start) + 1,
                seen=f"byte 0x{data[error.start]:02x} is not UTF-8",
                accepted="text in UTF-8",
                outcome="shown as \N{REPLACEMENT CHARACTER}",
            )
        )
        return data.decode("utf-8", errors="replace"), tuple(problems)


def slug(name: str) -> str:
    """A file's name as it may stand in an address."""
    return re.sub(r"[^\w.~-]+|\.{2,}", "-", _split(name)[0]).strip("-.") or "incident"


def digest(name: str, data: bytes) -> str:
    """A name for what a file says; its own name may stand in for a title or a start that it lacks."""
    return hashlib.blake2b(b"%b\0%b" % (data, os.fsencode(name)), digest_size=8).hexdigest()


def append(data: bytes, text: str) -> bytes:
    """`data`, untouched, with a paragraph of `text` below it, in the line endings that it has."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data or data.endswith(2 * end) else end if data.endswith(end) else 2 * end
    return data + gap + f"{text}\n".encode().replace(b"\n", end)


def replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, whole.

    Raises UsageError when it can't be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}") from None
