"""What was typed on a command line → an incident, written down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.cli import options, telling, terminal, typed
from ghstatus.errors import UsageError
from ghstatus.grammar import clock, moment
from ghstatus.model import Incident, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ghstatus.cli.access import Place
    from ghstatus.model import Site


class Said(NamedTuple):
    """An incident as it was typed; texts and times by their options."""

    title: str
    kind: str | None
    severity: str | None
    components: Sequence[str]
    texts: Mapping[str, str | None]
    eta: str | None
    links: Sequence[str]
    times: Mapping[str, str | None]


def incident(said: Said, site: Site, now: datetime) -> Incident:
    """What was typed, made out.

    Raises UsageError when it can't be, or when it doesn't go together.
    """
    kind = typed.kind(said.kind) or (
        Kind.MAINTENANCE if said.times["--from"] or said.times["--until"] else Kind.INCIDENT
    )
    _refuse_what_does_not_fit(kind, said)
    title = typed.line(said.title, "TITLE")
    if kind is Kind.MAINTENANCE:
        start, until = window(said.times["--from"], said.times["--until"], now)
    else:
        start, until = typed.past(said.times["--started"], "--started", now), None
        if kind is Kind.INCIDENT and start > now + clock.SLACK:
            hint = "accepted: a time that was; what is planned is a maintenance, --from TIME --until TIME"
            raise UsageError(f"--started: {moment.write(start)} is still to come; {hint}")
    texts = typed.texts(said.texts)
    return Incident(
        ref=typed.ref(title, start),
        title=title,
        kind=kind,
        started=start,
        severity=typed.severity(said.severity),
        components=typed.components(said.components, site),
        scheduled_for=start if until else None,
        scheduled_until=until,
        text=texts["--text"],
        affects=texts["--affects"],
        workaround=texts["--workaround"],
        eta=typed.expected(said.eta, now),
        links=tuple(typed.link(one) for one in said.links),
    )


def window(start: str | None, until: str | None, now: datetime) -> tuple[datetime, datetime]:
    """From when to when a maintenance is planned."""
    if not (start and until):
        raise UsageError("a maintenance needs its window: --from TIME --until TIME")
    starts = typed.later(start, "--from", now)
    ends = typed.later(until, "--until", starts)
    if ends <= starts:
        raise UsageError(f"--until: {moment.write(ends)} is not after the start, {moment.write(starts)}")
    return starts, ends


_FITTING = {
    "--severity": (Kind.INCIDENT,),
    "--component": (Kind.INCIDENT, Kind.MAINTENANCE),
    "--started": (Kind.INCIDENT, Kind.ANNOUNCEMENT),
    "--from": (Kind.MAINTENANCE,),
    "--until": (Kind.MAINTENANCE,),
}


def _refuse_what_does_not_fit(kind: Kind, said: Said) -> None:
    given = {"--severity": said.severity, "--component": said.components, **said.times}
    for option, kinds in _FITTING.items():
        if given[option] and kind not in kinds:
            raise UsageError(f"{option} is not for --kind {kind}; accepted: --kind {' or '.join(kinds)}")


def write(place: Place, said: Said, now: datetime) -> None:
    """Write an incident down, and print where it can be seen."""
    from ghstatus.plan import imports

    wanted = declared(incident(said, place.site, now), place, now)
    found = telling.look(place, now)
    (action,) = imports.decide(found.incidents, [wanted])
    found.store.apply(action)
    if wanted.kind is Kind.INCIDENT and not wanted.severity:
        terminal.remark("no severity is given, so it counts as major; `ghstatus incident update -s …` says another")
    if wanted.scheduled_until:
        terminal.remark(f"planned from {moment.write(wanted.started)} until {moment.write(wanted.scheduled_until)}")
    ref = number(place, found, wanted.title) if place.repository else action.incident.ref
    terminal.say(telling.addresses(place, found, ref))


def declared(wanted: Incident, place: Place, now: datetime) -> Incident:
    """An incident that tells when somebody wrote it down: of an issue GitHub knows, of a file nobody would."""
    if place.repository or wanted.kind is Kind.ANNOUNCEMENT:
        return wanted
    return replace(wanted, response=replace(wanted.response, declared=now))


def number(place: Place, before: telling.Found, title: str) -> str:
    """The number of the issue that was just opened; empty while GitHub doesn't show it yet."""
    known = {one.ref for one in before.incidents}
    after = telling.look(place, options.moment(None)).incidents
    return next((one.ref for one in reversed(after) if one.title == title and one.ref not in known), "")
