"""The issue that shows the board in a repository, written: one in each, found again by its marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import notes
from ghstatus.stores.github.queries import BOARD_LABEL

if TYPE_CHECKING:
    from ghstatus.actions import WriteMirror
    from ghstatus.github.answers import Json
    from ghstatus.stores.github.issues import Issues


def write(issues: Issues, wanted: WriteMirror, viewer: str) -> int:
    """Open the issue, or make it say what is wanted, and give its number."""
    text, state = notes.mirror(wanted.text), "open" if wanted.is_open else "closed"
    found = _found(issues, viewer) if wanted.number is None else issues.get(wanted.number)
    if found is None:
        found = issues.open(wanted.title, text, [BOARD_LABEL])
    said = {"title": wanted.title} if found["title"] != wanted.title else {}
    said |= {"body": text} if not notes.is_same(found["body"], text) else {}
    said |= {"state": state} if found["state"] != state else {}
    if said:
        issues.change(found["number"], **said)
    if all(label["name"].casefold() != BOARD_LABEL for label in found["labels"]):
        issues.add_labels(found["number"], [BOARD_LABEL])
    return int(found["number"])


def _found(issues: Issues, viewer: str) -> Json:
    """The oldest of our own; one whose label somebody took off, or GitHub never set, is found more slowly."""
    for wanted in ({"labels": BOARD_LABEL}, {"creator": viewer}):
        for one in issues.matching(**wanted):
            if (one["user"] or {}).get("login") == viewer and notes.is_mirror(one["body"] or ""):
                return one
    return None
