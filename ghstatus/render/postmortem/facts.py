"""What is known about an incident when its post-mortem is begun, as Markdown that is ready to stand in it.

It goes into an issue or a file of the team's, and is in English as all that ghstatus writes there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ghstatus import milestones, timeline
from ghstatus.grammar import followups, learnt, moment, quoting
from ghstatus.model import ComponentStatus, Detector
from ghstatus.render.page import address
from ghstatus.render.text import clock, markdown, words
from ghstatus.render.text.language import ENGLISH
from ghstatus.saying.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghstatus.model import Incident, Phase, Record, Site, Span, Story, Task, Update

_SHORT, _LONG = 160, 2_000
_PATIENCE = timedelta(minutes=30)
"""What counts as silence where the configuration doesn't say."""
_NOTICED = {
    Detector.MONITORING: "monitoring noticed it",
    Detector.TEAM: "the team noticed it",
    Detector.USERS: "users told us",
}


class Hit(NamedTuple):
    """What an incident did to a component."""

    component: str
    status: str
    lasted: str


class Step(NamedTuple):
    """How far the team had come, when, and how long after the step before."""

    name: str
    at: str
    after: str


class Moment(NamedTuple):
    """Something that happened, and how long users had heard nothing before."""

    at: str
    what: str
    silence: str = ""
    """Empty where nobody had to wait for long."""


def facts(story: Story, site: Site, now: datetime, tracker: str = "") -> dict[str, Any]:
    """Everything that the template may ask for; what isn't known is empty."""
    incident, record = story.incident, story.record
    spans = timeline.spans(incident, now, site.policy, timeline.periods(incident, now, site.policy))
    steps = tuple(_steps(story, now))
    detector = incident.response.detector
    return {
        "title": quoting.plain(record.title),
        "incident": _reference(incident, site, tracker),
        "is_over": record.ended is not None,
        "false_alarm": _short(incident.false_alarm),
        "duplicate": _duplicate(record),
        "started": moment.write(record.started),
        "ended": moment.write(record.ended) if record.ended else "",
        "lasted": clock.duration((record.ended or now) - record.started),
        "severity": str(timeline.severity(incident, story.told)),
        "affects": _short(incident.affects, _LONG),
        "components": tuple(_hits(spans, site, now)),
        "downtime": clock.duration(_downtime(spans, site, now)),
        "noticed": _NOTICED[detector] if detector else "",
        "steps": steps,
        "moments": tuple(_moments(story, site, now)),
        "fix": _fix(story),
        "follow_ups": tuple(followups.write(one) for one in learnt.left(incident)),
        "heading": learnt.HEADING,
    }


def _duplicate(record: Record) -> str:
    """`duplicate of #41`; empty for an incident of its own."""
    other = record.duplicate_of
    return "" if other is None else words.within(ENGLISH).duplicate(quoting.reference(other))


def _reference(incident: Incident, site: Site, tracker: str) -> str:
    """What leads to the incident."""
    if tracker and incident.number:
        return f"#{incident.number}"
    return address(site, f"incidents/{incident.ref}/") if site.base_url else ""


def _short(text: str, most: int = _SHORT) -> str:
    return quoting.plain(markdown.gist(text, most))


def _hits(spans: Sequence[Span], site: Site, now: datetime) -> Iterator[Hit]:
    names: Mapping[str, str] = {component.id: component.name for component in site.components}
    lengths: dict[tuple[str, ComponentStatus], timedelta] = {}
    for span in spans:
        key = span.component, span.status
        lengths[key] = lengths.get(key, timedelta()) + ((span.end or now) - span.start)
    for (component, status), length in lengths.items():
        yield Hit(quoting.plain(names.get(component, component)), said(status), clock.duration(length))


def _downtime(spans: Sequence[Span], site: Site, now: datetime) -> timedelta:
    """As uptime counts it: by how bad it was."""
    weights = site.policy.weights
    return sum((((span.end or now) - span.start) * weights.get(span.status, 0.0) for span in spans), start=timedelta())


def _steps(story: Story, now: datetime) -> Iterator[Step]:
    """From the first error to the end, in the order of their times."""
    reached, response = milestones.reached(story.incident, now), story.incident.response
    named = {
        "It began": story.record.started,
        "Noticed": reached.detected,
        "Declared": reached.declared,
        "Somebody took the lead": reached.acknowledged,
        "First update for users": reached.told,
        "Over": story.record.ended,
    }
    others = {"The team met in a call": response.called, "Tasks were handed out": _first(response.tasks)}
    known: list[tuple[str, datetime]] = [(name, at) for name, at in (named | others).items() if at]
    known.sort(key=lambda one: one[1])
    befores = [None, *(at for _, at in known)]
    for (name, at), before in zip(known, befores, strict=False):
        yield Step(name, moment.write(at), clock.duration(at - before) if before else "")
    for name, missing in named.items():
        if missing is None and name != "Over":
            yield Step(name, "nobody wrote it down", "")


def _first(tasks: Sequence[Task]) -> datetime | None:
    return min((task.at for task in tasks), default=None)


def _moments(story: Story, site: Site, now: datetime) -> Iterator[Moment]:
    """What happened, the silences marked, oldest first."""
    record = story.record
    happened = [(record.started, "It began"), *((update.at, _what(update)) for update in story.told)]
    if record.ended and all(update.at != record.ended for update in story.told):
        happened.append((record.ended, "It was over"))
    elif record.ended is None:
        happened.append((now, "This draft was begun, and it goes on"))
    happened.sort(key=lambda one: one[0])
    before = happened[0][0]
    for at, what in happened:
        is_long = at - before > _patience(before, story, site)
        yield Moment(moment.write(at), what, clock.duration(at - before) if is_long else "")
        before = at


def _patience(since: datetime, story: Story, site: Site) -> timedelta:
    """How long users may wait for the next update at a time."""
    severity = timeline.severity(story.incident, [update for update in story.told if update.at <= since])
    return site.reminders.update_every.get(severity) or _PATIENCE


def _what(update: Update) -> str:
    """An update in a line."""
    phase: Phase | None = update.phase
    name = said(phase).capitalize() if phase else "Update"
    changes = [f"severity {update.severity}"] if update.severity else []
    changes += [
        f"{quoting.plain(one.component)}{f' {said(one.status)}' if one.status else ''}" for one in update.components
    ]
    parts = [
        name,
        *([f" ({', '.join(changes)})"] if changes else []),
        *([f": {_short(update.text)}"] if update.text else []),
    ]
    return "".join(parts)


def _fix(story: Story) -> str:
    """What was said when it was over."""
    over = [update.text for update in story.told if update.text and update.phase and update.phase.is_over]
    return _short(over[-1], _LONG) if over and story.record.ended else ""
