"""The issue forms: whether they are there, and in step with the components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.checkup.repository import unseen
from ghstatus.model.checkup import Finding, Level, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model.checkup import Form


def judge(forms: tuple[Form, ...] | Unseen) -> Iterator[Finding]:
    """What is wrong with the forms; one that somebody made their own is their business."""
    if isinstance(forms, Unseen):
        yield unseen("which issue forms there are", forms)
        return
    missing = [form.path for form in forms if not form.is_there]
    old = [form.path for form in forms if form.is_there and form.is_old and not form.is_edited]
    edited = [form.path for form in forms if form.is_there and form.is_old and form.is_edited]
    if missing:
        yield Finding(
            about="forms-missing",
            level=Level.HINT,
            seen=f"not in the repository: {', '.join(missing)}",
            why="whoever opens an incident has to know by heart which labels and headings it wants",
            remedy="`ghstatus upgrade` writes them; commit them to the default branch",
        )
    if old:
        yield Finding(
            about="forms-old",
            level=Level.WARNING,
            seen=f"not in step with ghstatus.yml: {', '.join(old)}",
            why="they offer components that are gone, or lack new ones",
            remedy="`ghstatus upgrade` writes them anew; commit them to the default branch",
        )
    if edited:
        yield Finding(
            about="forms-edited",
            level=Level.HINT,
            seen=f"edited by hand, and perhaps not in step with ghstatus.yml: {', '.join(edited)}",
            why="they may offer components that are gone, or lack new ones",
            remedy="`ghstatus upgrade` prints the difference and leaves them alone; `--force` writes them anew",
        )
