"""Statusfy: a configuration, locales with the systems' names, Markdown files directly in `content/`.

Only the default locale's posts are read. An `under-maintenance` post is a maintenance, with a window if it says
`scheduled`; the other severities are incidents. Statusfy has no end time: the last update that says it is over gives
it, otherwise `modified`, otherwise the window's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import UsageError
from ghstatus.grammar import slug
from ghstatus.importers import folder, statusfy_config, statusfy_post
from ghstatus.importers.result import Import, Notes
from ghstatus.importers.roster import Roster

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.model import Incident, Site


def read(source: Path, *, known: Site | None = None) -> Import:
    """Read a Statusfy site.

    Raises UsageError when the folder isn't one.
    """
    path = folder.first(source, statusfy_config.FILES)
    if path is None or not (source / "content").is_dir():
        reason = (
            f"{source} is no Statusfy site: it takes a folder content/ and one of {', '.join(statusfy_config.FILES)}"
        )
        raise UsageError(reason)
    notes = Notes()
    config = statusfy_config.read(path, source, notes)
    roster = Roster(known or config.site)
    incidents: dict[str, Incident] = {}
    for post in _posts(source, notes):
        name = folder.name(post, source)
        file = statusfy_post.File(post.stem, slug.ref(post.stem, taken=incidents, source=name), f"statusfy:{name}")
        text = folder.text(post, notes.about(name))
        if text is not None:
            incident = statusfy_post.read(file, text, roster, config.titles, notes.about(name))
            incidents |= {incident.ref: incident} if incident else {}
    ordered = sorted(incidents.values(), key=lambda incident: (incident.started, incident.ref))
    return Import(site=roster.site, incidents=tuple(ordered), problems=tuple(notes.problems))


def _posts(source: Path, notes: Notes) -> list[Path]:
    found = []
    for path in folder.files(source / "content"):
        if path.suffix.lower() in folder.MARKDOWN:
            found += [path] if path.stem.lower() != "readme" else []
        elif path.is_dir():
            count = sum(inside.suffix.lower() in folder.MARKDOWN for inside in path.rglob("*"))
            notes.about(folder.name(path, source)).add(f"holds {count} posts of another locale", "left out")
        else:
            notes.about(folder.name(path, source)).add("is no Markdown", "left out")
    return found
