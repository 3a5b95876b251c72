"""What becomes of each file: written, kept because somebody edited it, or left alone because it is somebody else's."""

from __future__ import annotations

from difflib import unified_diff
from enum import StrEnum
from typing import NamedTuple

from ghstatus.starter import readme, stamp


class Standing(StrEnum):
    """How a file that is there relates to the one that ghstatus would write."""

    MISSING = "missing"
    SAME = "same"
    OLD = "old"
    """ghstatus wrote it, nobody edited it, and it would be another now."""
    EDITED = "edited"
    """Somebody edited it, and what ghstatus would write has changed since."""
    OWN = "own"
    """Somebody edited it, and what ghstatus would write is what it wrote then."""
    FOREIGN = "foreign"
    """ghstatus didn't write it."""


class Change(NamedTuple):
    """A file as it is, and as it would be."""

    path: str
    """Within the repository, with slashes."""
    before: str
    after: str
    standing: Standing

    @property
    def is_drift(self) -> bool:
        """Whether it lags behind the configuration or the version."""
        return self.standing in {Standing.MISSING, Standing.OLD, Standing.EDITED}

    @property
    def is_new(self) -> bool:
        """Whether nothing is lost by writing it."""
        return self.standing is Standing.MISSING

    def is_due(self, *, force: bool) -> bool:
        """Whether to write it; with `force` also over what somebody edited, or what isn't by ghstatus."""
        return self.standing in {Standing.MISSING, Standing.OLD} or (force and self.before != self.after)

    def diff(self) -> str:
        """What would be different, as a patch."""
        there = "/dev/null" if self.is_new else f"a/{self.path}"
        lines = unified_diff(self.before.splitlines(), self.after.splitlines(), there, f"b/{self.path}", lineterm="")
        return "\n".join(lines)


def of_file(path: str, before: str | None, text: str) -> Change:
    """What becomes of a file that is ghstatus's as a whole; None for one that isn't there."""
    after = stamp.stamped(text)
    if before is None:
        return Change(path, "", after, Standing.MISSING)
    before = before.replace("\r\n", "\n")
    if not stamp.is_ours(before):
        standing = Standing.FOREIGN
    elif stamp.is_edited(before):
        standing = Standing.OWN if stamp.promised(before) == stamp.digest(text) else Standing.EDITED
    else:
        standing = Standing.SAME if before == after else Standing.OLD
    return Change(path, before, after, standing)


def of_readme(path: str, before: str | None, wanted: str) -> Change:
    """What becomes of a README, of which only a block is ghstatus's."""
    present = (before or "").replace("\r\n", "\n")
    found, digest = readme.find(present)
    after = readme.put(present, wanted)
    if not found:
        standing = Standing.MISSING if before is None else Standing.OLD
    elif readme.is_edited(present):
        standing = Standing.OWN if digest == readme.find(wanted)[1] else Standing.EDITED
    else:
        standing = Standing.SAME if found == wanted else Standing.OLD
    return Change(path, present, after, standing)
