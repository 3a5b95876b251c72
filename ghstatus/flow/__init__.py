"""The way through the house: observe → judge → decide → apply, or → render → publish.

Each part is imported when it is asked for, so that a build doesn't pay for what only plans need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.ondemand import parts

if TYPE_CHECKING:
    from ghstatus.flow.building import Building, Built, Last, build, common, judge, last, write
    from ghstatus.flow.moving import plan_export, plan_import
    from ghstatus.flow.planning import Applied, Notes, Planned, apply, plan, recall
    from ghstatus.flow.stores import Sink, Source, Store

__getattr__ = parts(
    __name__,
    {
        "building": "Building Built Last build common judge last write",
        "moving": "plan_export plan_import",
        "planning": "Applied Notes Planned apply plan recall",
        "stores": "Sink Source Store",
    },
)

__all__ = [
    "Applied",
    "Building",
    "Built",
    "Last",
    "Notes",
    "Planned",
    "Sink",
    "Source",
    "Store",
    "apply",
    "build",
    "common",
    "judge",
    "last",
    "plan",
    "plan_export",
    "plan_import",
    "recall",
    "write",
]
