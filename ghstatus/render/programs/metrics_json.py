"""Figures as ghstatus's own JSON; lengths are in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghstatus.render.page import address

if TYPE_CHECKING:
    from datetime import timedelta

    from ghstatus.model import Budget, ComponentFigures, Figures, Measure, Month, Objective, Site, Summary


def tell(figures: Figures, site: Site) -> dict[str, Any]:
    """Everything that `/metrics/` shows, and the months of each component."""
    return {"$schema": address(site, "schemas/metrics.json"), **summed_up(figures)}


def summed_up(figures: Figures) -> dict[str, Any]:
    """The same without its schema, for the command line."""
    return {
        "date": figures.today.isoformat(),
        "complete": figures.is_whole,
        "false_alarms": figures.false_alarms,
        "duplicates": figures.duplicates,
        "maintenances": figures.maintenances,
        "downtime_since": figures.since.isoformat(),
        "total": _summary(figures.total),
        "months": [_month(month) for month in figures.months],
        "components": [_component(one) for one in figures.components],
    }


def _component(one: ComponentFigures) -> dict[str, Any]:
    return {
        "id": one.component.id,
        "name": one.component.name,
        **_summary(one.summary),
        "downtime": {f"{month:%Y-%m}": _seconds(down) for month, down in one.downtime.items()},
        "objective": one.objective and _objective(one.objective),
        "months": [_month(month) for month in one.months],
    }


def _month(month: Month) -> dict[str, Any]:
    return {"month": f"{month.first:%Y-%m}", **_summary(month.summary)}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "incidents": summary.incidents,
        "open": summary.open,
        "statuses": {
            status: {"incidents": share.incidents, "lasted": _seconds(share.lasted)}
            for status, share in summary.statuses.items()
        },
        "took": {step: _measure(measure) for step, measure in summary.took.items()},
        "apart": _measure(summary.apart),
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "known": measure.known,
        "few": measure.is_few,
        "median": _maybe(measure.median),
        "mean": _maybe(measure.mean),
        "shortest": _maybe(measure.shortest),
        "longest": _maybe(measure.longest),
        "middle": measure.middle and [_seconds(one) for one in measure.middle],
        "before": measure.before,
        "after": measure.after,
    }


def _objective(objective: Objective) -> dict[str, Any]:
    return {
        "target": objective.target,
        "window": objective.window and _budget(objective.window),
        "month": objective.month and _budget(objective.month),
    }


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "first": budget.first.isoformat(),
        "last": budget.last.isoformat(),
        "allowed": _seconds(budget.allowed),
        "used": _seconds(budget.used),
        "left": _seconds(budget.allowed) - _seconds(budget.used),
        "spent": _digits(budget.spent),
        "burn": _digits(budget.burn),
    }


def _digits(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 4)


def _maybe(length: timedelta | None) -> int | None:
    return None if length is None else _seconds(length)


def _seconds(length: timedelta) -> int:
    return round(length.total_seconds())
