"""An incident as ghstatus's own JSON: what its page says, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghstatus import timeline
from ghstatus.board import IMPACTS
from ghstatus.model import Phase
from ghstatus.render.page import address, iso, iso_or_none
from ghstatus.render.postmortem import lessons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghstatus.model import Affected, Board, Incident, Record, Site, Story, Update
    from ghstatus.render.postmortem.lessons import Lesson


def tell(story: Story, board: Board, site: Site, names: Mapping[str, str]) -> dict[str, Any]:
    """Everything about one incident; `names` are the components', by id."""
    record, incident = story.record, story.incident
    lesson = lessons.about(record.ref, board, site)
    return {
        "$schema": address(site, "schemas/incident.json", "../"),
        **row(now_record(story), site, "../"),
        "number": incident.number,
        "issue": issue(incident, board),
        "false_alarm": incident.false_alarm or None,
        "duplicate_of": None if record.duplicate_of is None else _other(record.duplicate_of, site),
        "scheduled_until": iso_or_none(incident.scheduled_until),
        "components": [{"id": one, "name": names.get(one, one)} for one in record.components],
        "impacts": [
            {"component": span.component, "status": span.status, "start": iso(span.start), "end": iso_or_none(span.end)}
            for span in _spans(incident, board, site)
        ],
        "text": incident.text,
        "affects": incident.affects,
        "workaround": incident.workaround,
        "eta": incident.eta,
        "links": [{"text": link.text, "url": link.url} for link in incident.links],
        "updates": [update(one) for _, one in reversed(story.telling)],
        **({"postmortem": _lesson(lesson)} if lesson else {}),
    }


def _other(ref: str, site: Site) -> dict[str, str | None]:
    return {"ref": ref or None, "url": address(site, f"incidents/{ref}/", "../") if ref else None}


def _lesson(lesson: Lesson) -> dict[str, Any]:
    return {
        "published": iso(lesson.published),
        "issue": lesson.url or None,
        "text": lesson.text,
        "follow_ups": [
            {
                "text": one.text,
                "state": one.state,
                "due": one.due.isoformat() if one.due else None,
                "issue": one.url or None,
            }
            for one in lesson.todos
        ],
    }


def row(record: Record, site: Site, root: str = "") -> dict[str, Any]:
    """One incident as a list tells it; `root` leads from the list to the site's root."""
    return {
        "ref": record.ref,
        "kind": record.kind,
        "title": record.title,
        "status": record.status,
        "impact": IMPACTS[record.status],
        "phase": record.phase,
        "started": iso(record.started),
        "ended": iso_or_none(record.ended),
        "components": list(record.components),
        "url": address(site, f"incidents/{record.ref}/", root),
    }


def now_record(story: Story) -> Record:
    """Its record, with what it does at this moment while it goes on, as its page says."""
    record = story.record
    settled = record.ended is not None or record.phase is Phase.SCHEDULED
    return record if settled else record._replace(status=story.status)


def update(one: Update) -> dict[str, Any]:
    """One update; what it doesn't say is null or empty."""
    return {
        "at": iso(one.at),
        "phase": one.phase,
        "severity": one.severity,
        "components": _affected(one.components),
        "text": one.text,
    }


def issue(incident: Incident, board: Board) -> str | None:
    """The address of its issue; None where it has none."""
    return f"{board.tracker}/issues/{incident.number}" if board.tracker and incident.number else None


def _affected(several: Iterable[Affected]) -> list[dict[str, str | None]]:
    return [{"id": one.component, "status": one.status} for one in several]


def _spans(incident: Incident, board: Board, site: Site) -> Iterable[Any]:
    during = timeline.periods(incident, board.now, site.policy)
    return timeline.spans(incident, board.now, site.policy, during)
