"""Short ways to say what a test is about; everything else gets a default that doesn't matter to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ghstatus.grammar import moment
from ghstatus.model import (
    Affected,
    Component,
    ComponentStatus,
    Group,
    Incident,
    Kind,
    Phase,
    Policy,
    Severity,
    Site,
    Snapshot,
    Update,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEVERITIES = {
    Severity.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Severity.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Severity.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}
WEIGHTS = {
    ComponentStatus.DEGRADED_PERFORMANCE: 0.1,
    ComponentStatus.PARTIAL_OUTAGE: 0.3,
    ComponentStatus.MAJOR_OUTAGE: 1.0,
}


def at(text: str | datetime) -> datetime:
    """A time: `2026-03-02 20:10`, or only `20:10` on the day of `START`."""
    if isinstance(text, datetime):
        return text
    return moment.parse(text if "-" in text else f"{START:%Y-%m-%d} {text}")


def affected(components: Iterable[str | Affected] | Mapping[str, str | None]) -> tuple[Affected, ...]:
    """`["copr"]`, or `{"copr": "major_outage"}`."""
    if hasattr(components, "items"):
        return tuple(
            Affected(component=name, status=None if status is None else ComponentStatus(status))
            for name, status in components.items()
        )
    return tuple(one if isinstance(one, Affected) else Affected(component=one) for one in components)


def incident(ref: str = "builds-pending", **said: Any) -> Incident:
    """A major incident on copr since `START`; times, words and components as short as `at` and `affected` take them."""
    values = {"title": "Builds stay pending", "started": START, "severity": "major", "components": ["copr"]} | said
    if values.get("kind", "incident") != "incident":
        values = {"title": "Copr gets new disks", "started": START, "components": ["copr"]} | said
    return Incident(ref=ref, **_meant(values))


def update(when: str | datetime = "09:00", phase: str | None = None, **said: Any) -> Update:
    """An update at `when`."""
    return Update(at=at(when), **_meant({"text": "We look into it.", "phase": phase} | said))


def component(ident: str = "copr", **said: Any) -> Component:
    """A component whose name is its id."""
    return Component(id=ident, **{"name": ident} | said)


def group(ident: str = "services", **said: Any) -> Group:
    """A group whose name is its id."""
    return Group(id=ident, **{"name": ident} | said)


def policy(**said: Any) -> Policy:
    """The default measure."""
    return Policy(**{"severities": SEVERITIES, "weights": WEIGHTS} | said)


def site(*components: Component, **said: Any) -> Site:
    """A site with one component, copr, unless others are given."""
    return Site(**{"title": "Status", "components": components or (component(),), "policy": policy()} | said)


def snapshot(*incidents: Incident, **said: Any) -> Snapshot:
    """These incidents, observed at `NOW`, on a page with one component: copr."""
    values = {
        "taken": NOW,
        "components": (component(),),
        "policy": policy(),
        "incidents": incidents,
        "digests": {one.ref: f"digest of {one.ref}" for one in incidents},
    } | said
    return Snapshot(**values | {"taken": at(values["taken"])})


_TIMES = {"started", "ended", "scheduled_for", "scheduled_until"}
_WORDS = {"kind": Kind, "severity": Severity, "phase": Phase}


def _meant(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if value is None else _one(key, value) for key, value in said.items()}


def _one(key: str, value: Any) -> Any:
    if key in _TIMES:
        return at(value)
    if key in _WORDS:
        return _WORDS[key](value)
    return affected(value) if key == "components" else value
