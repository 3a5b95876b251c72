"""Which imported incidents to write down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.actions import OpenIncident

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ghstatus.model import Incident


def decide(present: Collection[Incident], imported: Iterable[Incident]) -> tuple[OpenIncident, ...]:
    """Open each imported incident that isn't there yet, under a ref that is free.

    One that is there, known by its `source`, is left as it is: somebody may have mended it since.
    """
    return tuple(_missing(present, imported))


def _missing(present: Collection[Incident], imported: Iterable[Incident]) -> Iterator[OpenIncident]:
    known = {incident.source for incident in present if incident.source}
    taken = {incident.ref for incident in present}
    for incident in imported:
        if incident.source in known:
            continue
        ref = free(incident.ref, taken)
        taken.add(ref)
        known |= {incident.source} - {""}
        yield OpenIncident(incident=replace(incident, ref=ref))


def free(ref: str, taken: Collection[str]) -> str:
    """`ref`, or with a number behind it where that is taken."""
    candidate, count = ref, 1
    while candidate in taken:
        count += 1
        candidate = f"{ref}-{count}"
    return candidate
