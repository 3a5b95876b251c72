"""`ghstatus incident`: incidents are opened, updated and resolved, be they files or issues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.cli import access, options, panels, telling, terminal, verbs
from ghstatus.errors import GhstatusError, UsageError

if TYPE_CHECKING:
    from typer.models import OptionInfo

    from ghstatus.actions import IncidentAction
    from ghstatus.cli.access import Place
    from ghstatus.model import Incident, Update

app = typer.Typer(
    help="Open incidents, say how far they are and what is so, resolve them, read them.",
    epilog="Comments on an issue take the same words: `/help` lists them there. What you say here of an issue is posted "
    "as such a comment by you. Answers by reactions, assigned people and pins are GitHub's alone; files have none.",
    no_args_is_help=True,
)
telling.register(app)
verbs.register(app)


def _option(meaning: str, shape: str = "TEXT", *names: str) -> OptionInfo:
    found: OptionInfo = typer.Option(*names, metavar=shape, show_default=False, help=meaning)
    return found


Components: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--component",
        "-c",
        metavar="NAME[=STATUS]",
        show_default=False,
        help="A component that is hit, by any of its names; may be said again.",
    ),
]
Severity: TypeAlias = Annotated[
    str | None,
    typer.Option("--severity", "-s", metavar="SEVERITY", show_default=False, help="minor, major or critical."),
]
Text: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="[TEXT]", show_default=False, help="What to say, in Markdown; - reads stdin.")
]


@app.command("open", epilog='Example: ghstatus incident open "Builds stay pending" -c copr -s major --started 20m')
def open_(
    title: Annotated[str, typer.Argument(metavar="TITLE", show_default=False, help="What is broken, in a few words.")],
    *,
    component: Components = None,
    severity: Severity = None,
    started: Annotated[str | None, _option("When it began: a time, 14:05, or how long ago: 20m.", "TIME")] = None,
    text: Annotated[str | None, _option("What is broken, in Markdown; - reads stdin.")] = None,
    affects: Annotated[str | None, _option("Who is affected; - reads stdin.")] = None,
    workaround: Annotated[str | None, _option("What to do meanwhile; - reads stdin.")] = None,
    eta: Annotated[str | None, _option("When a fix is expected: a time, a while such as 2h, or words.")] = None,
    link: Annotated[list[str] | None, _option("More to read; also WORDS=URL; may be said again.", "URL")] = None,
    kind: Annotated[str | None, _option("incident, maintenance or announcement.", "KIND")] = None,
    start: Annotated[str | None, _option("When a maintenance starts.", "TIME", "--from")] = None,
    until: Annotated[str | None, _option("When it ends, or how long it takes.", "TIME")] = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Open an incident, plan a maintenance, or announce something."""
    from ghstatus.cli import opening

    said = opening.Said(
        title=title,
        kind=kind,
        severity=severity,
        components=component or [],
        texts={"--text": text, "--affects": affects, "--workaround": workaround},
        eta=eta,
        links=link or [],
        times={"--started": started, "--from": start, "--until": until},
    )
    with access.opened(site, repo) as place:
        opening.write(place, said, options.moment(None))


@app.command(epilog='Example: ghstatus incident update 42 "A disk is full." --phase identified')
def update(
    what: telling.What,
    text: Text = None,
    *,
    phase: Annotated[str | None, _option("How far it is, such as identified or monitoring.", "PHASE")] = None,
    severity: Severity = None,
    component: Components = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Add an update: what is known now, how far it is, how bad it is, what it hits."""
    from ghstatus.actions import EditIncident, PostUpdate
    from ghstatus.cli import typed
    from ghstatus.grammar import deeds, ends
    from ghstatus.model import Update

    with access.opened(site, repo) as place:
        now = options.moment(None)
        found = telling.look(place, now)
        incident = typed.named(what, found.incidents)
        said = Update(
            at=now,
            text=typed.texts({"TEXT": text})["TEXT"],
            phase=typed.phase(phase, incident.kind),
            severity=typed.severity(severity),
            components=typed.components(component or [], place.site),
        )
        if said == Update(at=now):
            raise UsageError("there is nothing to say; accepted: TEXT, --phase, --severity or --component")
        again = ends.going_on(incident, said.phase, now)
        if found.snapshot.tracker is None and again != incident:
            action: IncidentAction = EditIncident(incident=deeds.updated(again, said))
        else:
            action = PostUpdate(ref=incident.ref, update=said)
        _write(action, place, found, incident.ref)


@app.command(epilog='Example: ghstatus incident resolve 42 "The disk was replaced."')
def resolve(
    what: telling.What, text: Text = None, *, site: options.SiteOption = None, repo: options.Repo = None
) -> None:
    """Say that it is over: an incident is resolved, a maintenance completed, or cancelled before it began."""
    from ghstatus.cli import typed
    from ghstatus.grammar import moment
    from ghstatus.model import Phase, Update

    with access.opened(site, repo) as place:
        now = options.moment(None)
        found = telling.look(place, now)
        incident = typed.named(what, found.incidents)
        story = found.board.incidents.get(incident.ref)
        if story and story.record.ended:
            over = f"{incident.ref} is over already, since {moment.write(story.record.ended)}"
            raise GhstatusError(f"{over}; `ghstatus incident update` adds to what is told of it")
        is_to_come = story is None or story.record.phase is Phase.SCHEDULED
        said = typed.texts({"TEXT": text})["TEXT"]
        action = _ending(incident, Update(at=now, text=said), is_to_come=is_to_come)
        _write(action, place, found, incident.ref)


def _ending(incident: Incident, said: Update, *, is_to_come: bool) -> IncidentAction:
    """What ends it; an announcement has no phases, so its end is written into it."""
    from ghstatus.actions import EditIncident, PostUpdate
    from ghstatus.model import Kind, Phase

    if incident.kind is Kind.ANNOUNCEMENT:
        told = (*incident.updates, said) if said.text else incident.updates
        return EditIncident(incident=replace(incident, ended=said.at, updates=told))
    phase = Phase.RESOLVED
    if incident.kind is Kind.MAINTENANCE:
        phase = Phase.CANCELLED if is_to_come else Phase.COMPLETED
    return PostUpdate(ref=incident.ref, update=replace(said, phase=phase))


def _write(action: IncidentAction, place: Place, found: telling.Found, ref: str) -> None:
    found.store.apply(action)
    terminal.say(telling.addresses(place, found, ref))


panels.arrange(app, verbs.PANELS)
