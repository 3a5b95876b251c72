"""tadhglewis/issue-status and Tailscale's: incidents are issues, and so are components, with their status as a label."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from ghstatus.grammar import body, moment
from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.dialects import issue_status_form, plain
from ghstatus.grammar.names import Names, fold
from ghstatus.model import ComponentStatus, EventKind, Kind, Severity

if TYPE_CHECKING:
    from ghstatus.grammar.recovery import Matter
    from ghstatus.model import Event, Issue, Label, Site

_GATE, _INCIDENT, _COMPONENT, _MAINTENANCE = "issue status", "incident", "component", "maintenance"
_FINE = "operational"
_WRONG = {
    "major outage": Meaning(severity=Severity.CRITICAL),
    "partial outage": Meaning(severity=Severity.MAJOR),
    "degraded performance": Meaning(severity=Severity.MINOR),
    "performance issues": Meaning(severity=Severity.MINOR),  # Tailscale's word
    "unknown": Meaning(status=ComponentStatus.UNKNOWN),
}
_STATUSES = frozenset({_FINE, *_WRONG})


def dialect(site: Site) -> Dialect:
    """Read a repository of issue-status's."""
    names = Names(site.components)
    named = plain.component(site)

    def label(one: Label) -> Meaning:
        word = fold(one.name)
        if word == _GATE:
            return Meaning(kind=Kind.INCIDENT)
        return _WRONG.get(word) or Meaning(component=named(one.name))

    def components(issue: Issue) -> tuple[str, ...]:
        """What the issue of a component is called; of `API > Login`, the whole or its end."""
        if not _is_component(issue):
            return ()
        end = issue.title.rpartition(" > ")[2]
        return (end if names.resolve(end) and not names.resolve(issue.title) else issue.title,)

    return Dialect(
        name="issue-status",
        gates=(_GATE,),
        label=label,
        kind=_kind,
        text=_text,
        comment=plain.own,  # people's comments are talk: issue-status doesn't show them
        components=components,
        view=_view,
    )


def _names(issue: Issue) -> frozenset[str]:
    return frozenset(fold(label.name) for label in issue.labels)


def _kind(issue: Issue, _: tuple[Meaning, ...]) -> Kind | None:
    labels = _names(issue)
    if _GATE not in labels:
        return None
    if _INCIDENT in labels:
        return Kind.MAINTENANCE if _MAINTENANCE in labels else Kind.INCIDENT
    return Kind.INCIDENT if _COMPONENT in labels and not _is_fine(labels) else None


def _is_component(issue: Issue) -> bool:
    labels = _names(issue)
    return _COMPONENT in labels and _INCIDENT not in labels


def _is_fine(labels: frozenset[str] | set[str]) -> bool:
    """Whether a component works: it bears the label that says so, and none that says otherwise."""
    return _FINE in labels and labels.isdisjoint(_WRONG)


def _view(issue: Issue) -> Issue:
    """The issue of a component as if it had been opened when the component last stopped working."""
    if not _is_component(issue):
        return issue
    put = {_status(event) for event in issue.events if event.kind is EventKind.LABELED}
    labels = set(_names(issue) & _STATUSES - put)
    since = issue.created_at
    for event in filter(_status, issue.events):
        was_fine = _is_fine(labels)
        (labels.add if event.kind is EventKind.LABELED else labels.discard)(_status(event))
        if was_fine and not _is_fine(labels):
            since = event.at
    events = tuple(event for event in issue.events if event.at >= since or not _status(event))
    return replace(issue, created_at=since, events=events)


def _status(event: Event) -> str:
    """The status whose label was put or removed; empty where it was something else."""
    word = fold(event.detail) if event.kind in {EventKind.LABELED, EventKind.UNLABELED} else ""
    return word if word in _STATUSES else ""


def _text(source: str) -> Matter:
    """A text without the templates' hints, and with the fields of the form or of the maintenance template."""
    lines = body.newlines(source)
    hints = [(hidden.start, hidden.end) for hidden in plain.comments(lines) if hidden.is_apart]
    lines = plain.blanked(lines, hints)
    return issue_status_form.read(lines) or _planned(lines)


_MOMENT = r"[A-Z][a-z]{2,8} \d{1,2}, \d{4},? \d{1,2}:\d{2} ?[AP]M(?= UTC| GMT)"
_WINDOW = re.compile(rf"maintenance from (?P<start>{_MOMENT}) [A-Z]{{3}} to (?P<end>{_MOMENT})")


def _planned(lines: str) -> Matter:
    found = _WINDOW.search(lines)
    if found is None:
        return plain.matter(lines)
    line = lines.count("\n", 0, found.start()) + 1
    values = {"scheduled_for": _written(found["start"]), "scheduled_until": _written(found["end"])}
    return plain.matter(lines, values, dict.fromkeys(values, line))


def _written(text: str) -> str:
    """A time such as `June 11, 2020 12:00 AM` as it is read here; what is none stays, to be reported."""
    typed = text.replace(",", "").replace("AM", " AM").replace("PM", " PM")
    with suppress(ValueError):
        return moment.write(datetime.strptime(f"{' '.join(typed.split())} +0000", "%B %d %Y %I:%M %p %z"))
    return text
