"""A folder of ghstatus's own: its configuration with `incidents/*.md`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.grammar.names import Names
from ghstatus.importers.result import Import
from ghstatus.stores import settings
from ghstatus.stores.folder import FolderStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from ghstatus.model import Affected, Incident, Site


def read(source: Path, now: datetime, *, known: Site | None = None) -> Import:
    """Read a folder as of `now`; components that `known` lacks are added to it, hidden.

    Raises UsageError when it is no site folder, ConfigError when its configuration can't be used.
    """
    own = settings.read(source).site
    snapshot = FolderStore(source, own).observe(now)
    site, ids = (own, {}) if known is None else _joined(known, own)
    incidents = sorted(snapshot.incidents, key=lambda incident: (incident.started, incident.ref))
    return Import(site=site, incidents=tuple(_known(one, ids) for one in incidents), problems=snapshot.problems)


def _joined(known: Site, own: Site) -> tuple[Site, Mapping[str, str]]:
    """A site that knows the components of both, and what `own` calls them → what that does."""
    names = Names(known.components, known.groups)
    ids, missing = {}, []
    for component in own.components:
        same = names.resolve(component.id) or names.resolve(component.name)
        if len(same) == 1:
            ids[component.id] = same[0]
        else:
            missing.append(replace(component, group="", hidden=True))
    return replace(known, components=(*known.components, *missing)), ids


def _known(incident: Incident, ids: Mapping[str, str]) -> Incident:
    """An incident that says where it is from, and calls components as they are called here."""

    def called(components: tuple[Affected, ...]) -> tuple[Affected, ...]:
        return tuple(replace(one, component=ids.get(one.component, one.component)) for one in components)

    return replace(
        incident,
        ref=f"incident-{incident.ref}" if incident.ref.isdecimal() else incident.ref,  # numbers are issues'
        number=None,
        source=incident.source or f"folder:{incident.ref}",
        components=called(incident.components),
        updates=tuple(replace(update, components=called(update.components)) for update in incident.updates),
    )
