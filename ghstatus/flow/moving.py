"""Observe → decide, for incidents that move from one store to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.errors import GhstatusError
from ghstatus.plan import exports, imports

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.actions import OpenIncident
    from ghstatus.flow.stores import Source
    from ghstatus.importers import Import
    from ghstatus.model import Snapshot


def plan_import(imported: Import, source: Source, now: datetime) -> tuple[OpenIncident, ...]:
    """Decide which of the imported incidents to write down.

    Raises GhstatusError when what is there already could not be read in full: it would come in twice.
    """
    return imports.decide(_whole(source.observe(now)).incidents, imported.incidents)


def plan_export(source: Source, copy: Source, now: datetime) -> exports.Copying:
    """Decide what makes `copy` tell what `source` tells.

    Raises GhstatusError when that could not be read in full: what is missing would look gone.
    """
    return exports.decide(_whole(source.observe(now)).incidents, copy.observe(now).incidents)


def _whole(snapshot: Snapshot) -> Snapshot:
    if snapshot.partial:
        raise GhstatusError(f"not everything could be read, so nothing is written: {'; '.join(snapshot.partial)}")
    return snapshot
