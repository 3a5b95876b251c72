"""`ghstatus set`: what is broken, good again, planned or new, in one line, as Fedora's status page takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ghstatus.cli import access, options, telling, terminal
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.actions import IncidentAction
    from ghstatus.cli.access import Place


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("set", epilog='Example: ghstatus set major "Builds stay pending" copr')(set_)


def set_(
    status: Annotated[
        str | None,
        typer.Argument(
            metavar="STATUS",
            show_default=False,
            help="good, minor, major or critical for how it is; or scheduled, with --from and --until.",
        ),
    ] = None,
    message: Annotated[
        str | None,
        typer.Argument(metavar="MESSAGE", show_default=False, help="What to say; - or nothing for the usual words."),
    ] = None,
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="SERVICE", show_default=False, help="Which components; - for all of them."),
    ] = None,
    *,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", show_default=False, help="When what is scheduled starts."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", show_default=False, help="When it ends, or how long it takes.")
    ] = None,
    general_info: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help="Announce this in place of what was announced so before; - or an empty text takes that down.",
        ),
    ] = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Say in one line that services are broken, good again, or will be worked on.

    Broken opens an incident, or updates the one that hits just these services. Good resolves it, and takes the
    services out of what hits others, too. Scheduled plans a maintenance. The same command again changes nothing.
    """
    from ghstatus.cli import oneline
    from ghstatus.plan import states

    words = [one for one in (status, message, *(services or [])) if one is not None]
    if not words and general_info is None:
        raise UsageError("there is nothing to set; accepted: STATUS [MESSAGE] SERVICE..., or --general-info TEXT")
    with access.opened(site, repo) as place:
        now = options.moment(None)
        said = oneline.read(words, place.site) if words else None
        window = oneline.window(said.status if said else "", start, until, now)
        found = telling.look(place, now)
        actions = oneline.decide(said, found.board, place.site, window) if said else ()
        if general_info is not None:
            actions = (*actions, *states.noticed(found.board, oneline.notice(general_info, now)))
        _write(place, found, actions)


def _write(place: Place, found: telling.Found, actions: Iterable[IncidentAction]) -> None:
    """Make the changes, and print each with where it can be seen."""
    from ghstatus.actions import OpenIncident, PostUpdate
    from ghstatus.cli import opening
    from ghstatus.explain import explain
    from ghstatus.plan import imports

    has_changed = False
    for action in actions:
        has_changed, done = True, action
        if isinstance(action, OpenIncident):
            free = imports.free(action.incident.ref, {one.ref for one in found.incidents})
            wanted = opening.declared(action.incident, place, found.board.now)
            done = OpenIncident(incident=replace(wanted, ref=free))
        found.store.apply(done)
        terminal.say(explain(done))
        ref = done.ref if isinstance(done, PostUpdate) else done.incident.ref
        if isinstance(done, OpenIncident) and place.repository:
            ref = opening.number(place, found, done.incident.title)
        terminal.say(telling.addresses(place, found, ref))
    if not has_changed:
        terminal.say("nothing to change: it is so already")
