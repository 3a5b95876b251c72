"""`ghstatus incident list` and `show`: what is told of incidents, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

import typer

from ghstatus.cli import access, options, terminal
from ghstatus.grammar import moment
from ghstatus.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.cli.access import Incidents, Place
    from ghstatus.model import Affected, Board, Incident, Record, Response, Snapshot, Update

What: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="WHAT", show_default=False, help="The incident, by its number, name, file or address."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("list", epilog="Example: ghstatus incident list --all --json")(list_)
    app.command(epilog="Example: ghstatus incident show 42")(show)


class Found(NamedTuple):
    """Everything as it is now, in full."""

    store: Incidents
    snapshot: Snapshot
    board: Board

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """All of them, those to come included."""
        return self.snapshot.incidents


def look(place: Place, now: datetime) -> Found:
    """Read every incident in full."""
    from ghstatus import board

    store = place.store()
    snapshot = store.observe(now)
    return Found(store, snapshot, board.judge(snapshot, now))


def addresses(place: Place, found: Found, ref: str) -> str:
    """Where an incident can be seen: its file or issue, then its page."""
    tracker, base = found.snapshot.tracker, place.site.base_url
    home = f"{tracker.url}/issues/{ref}" if tracker else str(place.settings.folder / "incidents" / f"{ref}.md")
    return f"{home}\n{base}incidents/{ref}/" if base and ref else home.rstrip("/")


def list_(
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    as_json: options.Json = False,
    now: options.Now = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """List what goes on, what is planned and what is announced."""
    with access.opened(site, repo) as place:
        board = look(place, options.moment(now)).board
    records = [story.record for story in board.going_on] + list(board.past if every else ())
    if as_json:
        terminal.data([_record(record) for record in records])
        return
    terminal.records(records)
    terminal.problems(board.problems)


def show(
    what: What,
    *,
    as_json: options.Json = False,
    now: options.Now = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Show all that is told of one incident."""
    from ghstatus.cli import typed

    with access.opened(site, repo) as place:
        found = look(place, options.moment(now))
        incident = typed.named(what, found.incidents)
        where = addresses(place, found, incident.ref)
    story = found.board.incidents.get(incident.ref)
    if as_json:
        terminal.data(_incident(incident, story.record if story else None))
        return
    for line in _told(incident, story.record if story else None):
        terminal.say(line)
    terminal.say(where)


def _told(incident: Incident, record: Record | None) -> Iterator[str]:
    from ghstatus.render.text import words

    yield f"{incident.ref}: {incident.title}"
    yield from (f"{name}: {value}" for name, value in _facts(incident, record) if value)
    if incident.text:
        yield f"\n{incident.text}"
    for update in incident.updates:
        said = [f"severity {update.severity}"] if update.severity else []
        said += [_hit(one) for one in update.components]
        phase = words.PHASES[update.phase] if update.phase else "Update"
        yield f"\n{phase}, {moment.write(update.at)}{': ' if said else ''}{', '.join(said)}"
        if update.text:
            yield update.text
    yield ""


def _facts(incident: Incident, record: Record | None) -> Iterator[tuple[str, str]]:
    from ghstatus.render.text import words

    window = [moment.write(at) for at in (incident.scheduled_for, incident.scheduled_until) if at]
    yield "kind", incident.kind
    yield "phase", (record and record.phase) or ""
    yield "severity", incident.severity or ""
    yield "components", ", ".join(_hit(one) for one in incident.components)
    yield "started", moment.write(incident.started)
    yield "ended", moment.write(record.ended) if record and record.ended else ""
    yield "window", " to ".join(window)
    yield "affects", incident.affects
    yield "workaround", incident.workaround
    yield "eta", incident.eta
    yield "false alarm", incident.false_alarm
    if incident.duplicate_of is not None:
        yield "duplicate of", words.called(incident.duplicate_of) or "another that nobody named"
    yield "links", " ".join(link.url for link in incident.links)
    yield from _team(incident.response)


def _team(response: Response) -> Iterator[tuple[str, str]]:
    """What the team does about it; no page tells that."""
    noticed = moment.write(response.detected) if response.detected else ""
    who = f"by {response.detector}" if response.detector else ""
    yield "detected", " ".join(filter(None, [noticed, who]))
    yield from ((role, f"@{person}") for role, person in _roles(response).items())
    yield "call", response.call
    for task in response.tasks:
        owner = f" @{task.owner}" if task.owner else ""
        yield f"task {task.number}", f"{'done: ' if task.done_at else ''}{task.text}{owner}"
    yield "no reminders until", moment.write(response.snoozed_until) if response.snoozed_until else ""


def _roles(response: Response) -> dict[str, str]:
    """Who has which role at present."""
    return {role.value: person for role in Role if (person := response.holder(role))}


def _hit(one: Affected) -> str:
    return f"{one.component} = {one.status}" if one.status else one.component


def _record(record: Record) -> dict[str, Any]:
    return {
        "ref": record.ref,
        "title": record.title,
        "kind": record.kind,
        "phase": record.phase,
        "status": record.status,
        "started": moment.iso_or_none(record.started),
        "ended": moment.iso_or_none(record.ended),
        "components": list(record.components),
        "false_alarm": record.false_alarm,
        "duplicate_of": record.duplicate_of,
    }


def _incident(incident: Incident, record: Record | None) -> dict[str, Any]:
    """Everything that was written, beside what it came to."""
    return {
        "ref": incident.ref,
        "number": incident.number,
        "title": incident.title,
        "kind": incident.kind,
        "phase": record.phase if record else None,
        "severity": incident.severity,
        "components": _hits(incident.components),
        "started": moment.iso_or_none(incident.started),
        "ended": moment.iso_or_none(record.ended if record else incident.ended),
        "scheduled_for": moment.iso_or_none(incident.scheduled_for),
        "scheduled_until": moment.iso_or_none(incident.scheduled_until),
        **{key: getattr(incident, key) for key in _RAW},
        "links": [{"text": link.text, "url": link.url} for link in incident.links],
        "updates": [_update(update) for update in incident.updates],
        "response": _response(incident.response),
    }


_RAW = ("text", "affects", "workaround", "eta", "false_alarm", "duplicate_of", "source")


def _response(response: Response) -> dict[str, Any]:
    return {
        "declared": moment.iso_or_none(response.declared),
        "detected": moment.iso_or_none(response.detected),
        "detector": response.detector,
        "roles": _roles(response),
        "call": response.call or None,
        "called": moment.iso_or_none(response.called),
        "tasks": [
            {
                "number": one.number,
                "text": one.text,
                "owner": one.owner or None,
                "done_at": moment.iso_or_none(one.done_at),
            }
            for one in response.tasks
        ],
        "snoozed_until": moment.iso_or_none(response.snoozed_until),
    }


def _update(update: Update) -> dict[str, Any]:
    return {
        "at": moment.iso_or_none(update.at),
        "phase": update.phase,
        "severity": update.severity,
        "components": _hits(update.components),
        "text": update.text,
    }


def _hits(components: tuple[Affected, ...]) -> dict[str, str | None]:
    return {one.component: one.status for one in components}
