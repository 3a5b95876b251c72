"""Pages → an output folder, whole or not at all.

A full build is written beside the folder and swapped in. An incremental one renders everything that changed before
the first file is replaced. Either way a build that fails leaves the old site as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ghstatus.render.page import Page

MARKER = ".ghstatus-site"
"""A file in the output folder that says which build it holds, so that no other folder is ever replaced."""

_UNFINISHED = b""
_ELSEWHERE = frozenset({"", ".", ".."})
"""Steps by which a path that somebody wrote into the notes might leave the output folder."""
_HOW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Published(NamedTuple):
    """What a build left in the output folder."""

    site: str
    """The marker's text: names the build whose pages these are."""
    pages: Mapping[str, str]
    """The key of each page, by its path; behind it, with spaces, what the names of its twins end in."""
    files: int
    written: int
    """How many files were written."""


def holds(out: Path) -> str | None:
    """The marker of the site in `out`; None when there is none."""
    try:
        return (out / MARKER).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def write(
    out: Path, pages: Iterable[Page], *, context: str = "", seen: Callable[[int], None] = lambda _: None
) -> Published:
    """Write every page beside `out` and swap the result in.

    `context` shapes every page beside its key; `seen` hears how many pages are done. Raises UsageError when `out` is a
    folder that no build of ghstatus made.
    """
    out = out.resolve()
    beside, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    if old.exists() and not out.exists():
        old.rename(out)  # a build was killed between the two renames of its swap
    _refuse(out)
    shutil.rmtree(beside, ignore_errors=True)
    try:
        keys = {}
        root = str(beside)
        made: set[str] = set()
        done = 0
        for page in pages:
            keys[page.path] = _kept_key(page)
            for path, render in _files(page):
                _put(root, path, render(), made)
                done += 1
                seen(done)
        site = _name(keys, context)
        _put(root, MARKER, site.encode("ascii"), made)
        _swap(beside, out, old)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Published(site, keys, done, done)


def rewrite(out: Path, pages: Iterable[Page], before: Mapping[str, str], *, context: str = "") -> Published:
    """Replace in `out` only the pages whose key isn't the one in `before`; a page that is no more is removed.

    Everything is rendered before the first change. While files are replaced the marker names no build, so that one
    that is killed halfway is followed by a full one.
    """
    fresh: dict[str, bytes] = {}
    keys: dict[str, str] = {}
    files = 0
    for page in pages:
        key = keys[page.path] = _kept_key(page)
        files += 1 + len(page.twins)
        if not page.key or before.get(page.path) != key:
            fresh.update((path, render()) for path, render in _files(page))
    changed = {path for path, _ in before.items() - keys.items()}
    gone = {file for path in changed for file in _names(path, before[path])} - fresh.keys()
    root = str(out)
    made: set[str] = set()
    _put(root, MARKER, _UNFINISHED, made, over=True)
    for path in gone:  # first, because what comes may need a folder where there was a file
        if _ELSEWHERE.isdisjoint(path.split("/")):
            (out / path).unlink(missing_ok=True)
            _prune(out, (out / path).parent)
    for path, data in fresh.items():
        _put(root, path, data, made, over=True)
    site = _name(keys, context)
    _put(root, MARKER, site.encode("ascii"), made, over=True)
    return Published(site, keys, files, len(fresh))


def _kept_key(page: Page) -> str:
    return " ".join([page.key, *[twin.kind for twin in page.twins]]) if page.twins else page.key


def _files(page: Page) -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield page.path, page.render
    for twin in page.twins:
        yield _beside(page.path, twin.kind), twin.render


def _names(path: str, key: str) -> Iterator[str]:
    """The files that a page consists of, from what is noted of it."""
    yield path
    for kind in key.split(" ")[1:]:
        yield _beside(path, kind)


def _beside(path: str, kind: str) -> str:
    return f"{path.removesuffix('/index.html')}.{kind}"


def _refuse(out: Path) -> None:
    """Raise UsageError for whatever must not be replaced."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file; --out takes a folder")
    if Path.cwd().is_relative_to(out):
        raise UsageError(f"{out} is where you are, so it can't be replaced; choose an --out below it")
    if any(out.iterdir()) and (holds(out) is None or (out / ".git").exists()):
        message = (
            f"{out} holds files that ghstatus did not write, so it is left alone; choose another --out, or empty it"
        )
        raise UsageError(message)


def _swap(beside: Path, out: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    try:
        if out.exists():
            out.rename(old)
        beside.rename(out)
    except OSError as error:
        if old.exists():
            old.rename(out)
        raise UsageError(f"{out} can't be replaced: {error.strerror}; choose an --out below it") from None
    shutil.rmtree(old, ignore_errors=True)


def _put(root: str, path: str, data: bytes, made: set[str], *, over: bool = False) -> None:
    """Write one file; plain strings, because ten thousand paths as objects cost more than the writing."""
    target = f"{root}/{path}"
    folder = os.path.dirname(target)
    try:
        if folder not in made:
            _make(folder)
            made.add(folder)
        if over:
            fresh = f"{target}.new"
            _write(fresh, data)
            os.replace(fresh, target)
        else:
            _write(target, data)
    except OSError as error:
        raise UsageError(f"{target} can't be written: {error.strerror}") from None


def _make(folder: str) -> None:
    """Make a folder if there is none; most parents exist, and os.makedirs would ask about each of them."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, _HOW, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _prune(out: Path, folder: Path) -> None:
    with suppress(OSError):  # it holds something else
        while folder != out:
            folder.rmdir()
            folder = folder.parent


def _name(keys: Mapping[str, str], context: str) -> str:
    digest = hashlib.blake2b(f"{context}\0".encode(), digest_size=16)
    digest.update("".join([f"{path}\0{keys[path]}\0" for path in sorted(keys)]).encode())
    return digest.hexdigest()
