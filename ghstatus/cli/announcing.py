"""`ghstatus announce`: what to say about an incident elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ghstatus.cli import access, options, telling, terminal
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ghstatus.cli.access import Place
    from ghstatus.model import Board, Story
    from ghstatus.render.messages.messages import Message

_CHANNEL = "post"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus announce 42 --channel mail")(announce)


class _Said(NamedTuple):
    """A message, and what it is about."""

    story: Story
    channel: str
    message: Message


def announce(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="WHAT",
            show_default=False,
            help="The incident, by its number, name, file or address; without it, the only one that goes on.",
        ),
    ] = None,
    *,
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help="Where it is to be said: post, mail, chat, team, or one of your own.")
    ] = _CHANNEL,
    listing: Annotated[bool, typer.Option("--list", help="List the channels instead.")] = False,
    as_json: options.Json = False,
    now: options.Now = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Print a message about an incident, ready to be posted or sent. It posts and sends nothing.

    Channels are those of ghstatus and those that templates/messages/ has.
    """
    when = options.moment(now)
    if listing:
        _list(site, when, as_json=as_json)
        return
    with access.opened(site, repo) as place:
        said = _said(place, what, channel, when)
    if as_json:
        terminal.data(
            {
                "ref": said.story.record.ref,
                "channel": said.channel,
                "subject": said.message.subject,
                "text": said.message.text,
            }
        )
        return
    terminal.say(said.message.whole)


def _said(place: Place, what: str | None, channel: str, now: datetime) -> _Said:
    from ghstatus.flow.announcing import Announcing
    from ghstatus.render.messages import channels

    found = telling.look(place, now)
    announcing = Announcing(place.settings.folder, place.site, now, found.board.tracker)
    name = announcing.named(channel)
    story = _story(found, what)
    message = announcing.message(story, name)
    terminal.problems(announcing.problems, place.settings.folder)
    if channels.kind(name) == channels.TEAM:
        terminal.remark("for the team only: it may name people and their call")
    elif not place.site.base_url:
        terminal.remark("ghstatus.yml says no base_url, so nothing here leads to the page")
    return _Said(story, name, message)


def _story(found: telling.Found, what: str | None) -> Story:
    """What is meant; without a word, the only one that goes on."""
    if what is None:
        return _only(found.board)
    from ghstatus.cli import typed
    from ghstatus.grammar import words

    incident = typed.named(what, found.incidents)
    story = found.board.incidents.get(incident.ref)
    if story is None:
        raise UsageError(f"nothing can be said of {words.shown(incident.ref)} yet: it begins in more than a day")
    return story


def _only(board: Board) -> Story:
    there = board.active or board.in_progress
    if len(there) == 1:
        return there[0]
    known = ", ".join(f"{story.record.ref} ({story.record.title[:60]})" for story in there[:3])
    reason = f"{len(there)} incidents go on" if there else "nothing goes on"
    raise UsageError(f"{reason}, so say which one is meant{f'; such as {known}' if known else ''}")


def _list(site: Path | None, now: datetime, *, as_json: bool) -> None:
    from ghstatus.flow.announcing import Announcing

    settings = options.settings(site)
    announcing = Announcing(settings.folder, settings.site, now)
    if as_json:
        terminal.data([{"channel": name, "own": own} for name, own in announcing.channels.items()])
    else:
        for name, own in announcing.channels.items():
            terminal.say(f"{name} (with templates of your own)" if own else name)
    terminal.problems(announcing.rehearsed(), settings.folder)
