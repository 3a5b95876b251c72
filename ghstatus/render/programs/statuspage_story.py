"""An incident, or a maintenance, as Statuspage's status API tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ghstatus import timeline
from ghstatus.board import IMPACTS
from ghstatus.model import PHASES, ComponentStatus, Kind, Phase
from ghstatus.render.page import address, iso
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from ghstatus.model import Board, Incident, Site, Span, Story
    from ghstatus.render.text.language import Language

Json: TypeAlias = dict[str, Any]

_MEANT = {
    Kind.INCIDENT: {
        Phase.SCHEDULED: Phase.INVESTIGATING,
        Phase.IN_PROGRESS: Phase.IDENTIFIED,
        Phase.VERIFYING: Phase.MONITORING,
        Phase.COMPLETED: Phase.RESOLVED,
        Phase.CANCELLED: Phase.RESOLVED,
    },
    Kind.MAINTENANCE: {
        Phase.INVESTIGATING: Phase.IN_PROGRESS,
        Phase.IDENTIFIED: Phase.IN_PROGRESS,
        Phase.MONITORING: Phase.VERIFYING,
        Phase.RESOLVED: Phase.COMPLETED,
        Phase.CANCELLED: Phase.COMPLETED,
    },
}
"""What stands for a phase that Statuspage doesn't know, or not of this kind."""

_RESERVED = "_system_metadata:"
"""Readers pass over an incident whose name begins so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What all incidents of a page share."""

    board: Board
    site: Site
    page_id: str
    components: Mapping[str, Json]
    """Every component as Statuspage shows it, by id."""


class _Said(NamedTuple):
    """One update, in the order of time."""

    id: str
    at: datetime
    phase: Phase
    body: str


def incident(story: Story, view: View) -> Json:
    """Tell an incident with its updates, newest first."""
    record, now = story.record, view.board.now
    is_over = record.ended is not None
    said = tuple(_said(story, now, language.of(view.site)))
    told = {
        "id": record.ref,
        "name": _name(record.title),
        "status": said[-1].phase,
        "created_at": stamp(said[0].at),
        "updated_at": stamp(said[-1].at),
        "monitoring_at": next((stamp(one.at) for one in said if one.phase is Phase.MONITORING), None),
        "resolved_at": stamp(record.ended) if record.ended else None,
        "impact": IMPACTS[record.status if is_over else story.status],
        "shortlink": shortlink(story.incident, view),
        "started_at": stamp(record.started),
        "page_id": view.page_id,
        "incident_updates": [*_updates(story, said, view)][::-1],
        "components": [view.components[one] for one in record.components if one in view.components],
        "reminder_intervals": None,
    }
    if record.kind is not Kind.MAINTENANCE:
        return told
    until = story.incident.scheduled_until or record.ended
    return told | {
        "impact": "maintenance",
        "scheduled_for": stamp(story.incident.scheduled_for or record.started),
        "scheduled_until": stamp(max(until, record.started)) if until else None,
    }


def stamp(moment: datetime) -> str:
    """A time as Statuspage writes it: `2026-03-02T19:10:00.000Z`."""
    return f"{iso(moment)[:-1]}.000Z"


def shortlink(incident: Incident, view: View) -> str:
    """The incident's page, else its issue; empty where nobody knows an address in full."""
    if view.site.base_url:
        return address(view.site, f"incidents/{incident.ref}/")
    return f"{view.board.tracker}/issues/{incident.number}" if view.board.tracker and incident.number else ""


def _name(title: str) -> str:
    return title.lstrip("_") if title.startswith(_RESERVED) else title


def _said(story: Story, now: datetime, spoken: Language) -> Iterator[_Said]:
    """What was said, in order; where the clock or a key moved it on, a word about that, as Statuspage adds one."""
    record, kind = story.record, story.record.kind
    declared = story.incident.response.declared  # of a plan without updates nobody else says when it was made
    times = (record.started, declared, *(update.at for update in story.told[:1]))
    phase, at = PHASES[kind][0], min(filter(None, times))
    yield _Said(f"{record.ref}-0", at, phase, _opening(story, spoken))
    for number, update in story.telling:
        phase, at = _phase(kind, update.phase or phase), update.at
        body = update.text or f"{words.update(update, spoken)}."
        yield _Said(
            f"{record.ref}-{number}", at, phase, _off(body, spoken) if update.phase is Phase.CANCELLED else body
        )
    last = _phase(kind, record.phase or phase)
    if last is not phase or record.is_void:
        said = words.capital(spoken)
        body = f"{said.cancelled if record.phase is Phase.CANCELLED else said.phases[last]}."
        body = f"{said.false_alarm}: {story.incident.false_alarm}" if record.false_alarm else body
        body = body if record.duplicate_of is None else f"{words.outcome(record, spoken)}."
        yield _Said(f"{record.ref}-{last}", max(at, min(record.ended or record.started, now)), last, body)


def _phase(kind: Kind, phase: Phase) -> Phase:
    return _MEANT[kind].get(phase, phase)


def _off(text: str, spoken: Language) -> str:
    """Say that it was called off, which no status of Statuspage's does."""
    word = words.capital(spoken).cancelled
    return text if text.casefold().startswith(("cancel", word.casefold())) else f"{word}. {text}"


def _opening(story: Story, spoken: Language) -> str:
    """Markdown: what is broken, and the facts beside it."""
    incident = story.incident
    facts = {
        spoken.gettext("Who is affected"): incident.affects,
        spoken.gettext("What to do meanwhile"): incident.workaround,
    }
    paragraphs = (incident.text, *(f"{name}: {text}" for name, text in facts.items() if text))
    return "\n\n".join(filter(None, paragraphs)) or incident.title


def _updates(story: Story, said: Iterable[_Said], view: View) -> Iterator[Json]:
    policy, now = view.site.policy, view.board.now
    spans = timeline.spans(story.incident, now, policy, timeline.periods(story.incident, now, policy))
    before = dict.fromkeys(
        (one for one in story.record.components if one in view.components), ComponentStatus.OPERATIONAL
    )
    for one in said:
        after = {component: _status(component, one.at, spans) for component in before}
        at = stamp(one.at)
        yield {
            "id": one.id,
            "status": one.phase,
            "body": one.body,
            "incident_id": story.record.ref,
            "created_at": at,
            "updated_at": at,
            "display_at": at,
            "affected_components": [
                {
                    "code": component,
                    "name": view.components[component]["name"],
                    "old_status": old,
                    "new_status": after[component],
                }
                for component, old in before.items()
            ]
            or None,
            "deliver_notifications": False,
            "custom_tweet": None,
            "tweet_id": None,
        }
        before = after


def _status(component: str, at: datetime, spans: Iterable[Span]) -> ComponentStatus:
    hits = (
        span.status
        for span in spans
        if span.component == component and span.start <= at and (span.end is None or at < span.end)
    )
    return shown(next(hits, ComponentStatus.OPERATIONAL))


def shown(status: ComponentStatus) -> ComponentStatus:
    """A status that Statuspage knows; what nobody can tell may be trouble."""
    return ComponentStatus.DEGRADED_PERFORMANCE if status is ComponentStatus.UNKNOWN else status
