"""cState, a theme for Hugo: a configuration with Markdown files in `content/issues/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import UsageError
from ghstatus.grammar import slug
from ghstatus.importers import cstate_config, cstate_post, folder
from ghstatus.importers.result import Import, Notes
from ghstatus.importers.roster import Roster

if TYPE_CHECKING:
    from pathlib import Path

    from ghstatus.model import Incident, Site

_ISSUES = "content/issues"


def read(source: Path, *, known: Site | None = None) -> Import:
    """Read a cState site.

    Raises UsageError when the folder isn't one.
    """
    if not (source / _ISSUES).is_dir():
        reason = f"{source} is no cState site: there is no folder {_ISSUES}/"
        raise UsageError(reason)
    notes = Notes()
    roster = Roster(known or cstate_config.read(source, notes))
    incidents: dict[str, Incident] = {}
    for path in _posts(source, notes):
        name = folder.name(path, source)
        called = path.parent.name if path.stem == "index" else path.stem
        file = cstate_post.File(called, slug.ref(called, taken=incidents, source=name), f"cstate:{name}")
        text = folder.text(path, notes.about(name))
        if text is not None and (incident := cstate_post.read(file, text, roster, notes.about(name))):
            incidents[incident.ref] = incident
    ordered = sorted(incidents.values(), key=lambda incident: (incident.started, incident.ref))
    return Import(site=roster.site, incidents=tuple(ordered), problems=tuple(notes.problems))


def _posts(source: Path, notes: Notes) -> list[Path]:
    found = []
    for path in sorted((source / _ISSUES).rglob("*")):
        if path.stem == "_index" or path.name.startswith("."):
            continue
        if path.suffix.lower() in folder.MARKDOWN:
            found.append(path)
        elif path.is_file():
            notes.about(folder.name(path, source)).add("is no Markdown", "left out")
    return found
