"""Pages → an output folder, whole or not at all.

A full build is written beside the folder and swapped in. An incremental one renders everything that changed before
the first file is replaced. Either way a build that fails leaves the old site as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ghstatus.render.pages import Page

MARKER = ".ghstatus-site"
"""A file in the output folder that says which build it holds, so that no other folder is ever replaced."""


class Published(NamedTuple):
    """What a build left in the output folder."""

    site: str
    """The marker's text: names the build whose pages these are."""
    pages: Mapping[str, str]
    """The key of each page, by its path."""
    written: int
    """How many files were written."""


def holds(out: Path) -> str | None:
    """The marker of the site in `out`; None when there is none."""
    try:
        return (out / MARKER).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def write(out: Path, pages: Iterable[Page], *, seen: Callable[[int], None] = lambda _: None) -> Published:
    """Write every page beside `out` and swap the result in.

    `seen` hears how many pages are done. Raises UsageError when `out` is a folder that no build of ghstatus made.
    """
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    beside, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        keys = {}
        root = str(beside)
        made: set[str] = set()
        for done, page in enumerate(pages):
            _put(root, page.path, page.render(), made)
            keys[page.path] = page.key
            seen(done + 1)
        site = _name(keys)
        _put(root, MARKER, site.encode("ascii"), made)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    beside.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    return Published(site, keys, len(keys))


def rewrite(out: Path, pages: Iterable[Page], before: Mapping[str, str]) -> Published:
    """Replace in `out` only the pages whose key isn't the one in `before`; a page that is no more is removed.

    Everything is rendered before the first change. While files are replaced the marker is gone, so that a build that
    is killed halfway is followed by a full one.
    """
    fresh, keys = {}, {}
    for page in pages:
        keys[page.path] = page.key
        if not page.key or before.get(page.path) != page.key:
            fresh[page.path] = page.render()
    root = str(out)
    made: set[str] = set()
    (out / MARKER).unlink(missing_ok=True)
    for path, data in fresh.items():
        _put(root, path, data, made, over=True)
    for path in before.keys() - keys.keys():
        (out / path).unlink(missing_ok=True)
        _prune(out, (out / path).parent)
    site = _name(keys)
    _put(root, MARKER, site.encode("ascii"), made)
    return Published(site, keys, len(fresh))


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and holds(out) is None:
        message = (
            f"{out} holds files that ghstatus did not write, so it is left alone; choose another --out, or empty it"
        )
        raise UsageError(message)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; --out takes a folder")


def _put(root: str, path: str, data: bytes, made: set[str], *, over: bool = False) -> None:
    """Write one file; plain strings, because ten thousand paths as objects cost more than the writing."""
    target = f"{root}/{path}"
    folder = os.path.dirname(target)
    if folder not in made:
        os.makedirs(folder, exist_ok=True)
        made.add(folder)
    if over:
        fresh = f"{target}.new"
        _write(fresh, data)
        os.replace(fresh, target)
    else:
        _write(target, data)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _prune(out: Path, folder: Path) -> None:
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _name(keys: Mapping[str, str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(keys):
        digest.update(f"{path}\0{keys[path]}\0".encode())
    return digest.hexdigest()
