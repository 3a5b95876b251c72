"""The way through the house: observe → judge → decide → apply, or → render → publish."""

from ghstatus.flow.building import Building, Built, Last, build, common, judge, last, write
from ghstatus.flow.moving import plan_export, plan_import
from ghstatus.flow.planning import Applied, Notes, Planned, apply, plan, recall
from ghstatus.flow.stores import Sink, Source, Store

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
