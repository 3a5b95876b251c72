"""`ghstatus postmortem`: a post-mortem is begun with what is known, and what is left to do is not forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ghstatus.cli import access, options, telling, terminal, typed
from ghstatus.errors import UsageError
from ghstatus.grammar import quoting, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.cli.access import Place
    from ghstatus.cli.telling import Found
    from ghstatus.model import Board, FollowUp, Postmortem, Site, Story
    from ghstatus.render.postmortem.lessons import State


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus postmortem 42")(postmortem)


def postmortem(
    what: Annotated[
        str | None,
        typer.Argument(metavar="WHAT", show_default=False, help="The incident, by its number, name, file or address."),
    ] = None,
    *,
    only_print: Annotated[bool, typer.Option("--print", help="Print the draft, and write nothing.")] = False,
    follow_ups: Annotated[
        bool, typer.Option("--follow-ups", help="List what all post-mortems leave to do instead, overdue ones first.")
    ] = False,
    as_json: options.Json = False,
    now: options.Now = None,
    site: options.SiteOption = None,
    repo: options.Repo = None,
) -> None:
    """Begin the post-mortem of an incident, with all that is known: an issue, or a file in postmortems/.

    What somebody has to write stands as comments in it. One that has been begun stays as it is.
    """
    when = options.moment(now)
    with access.opened(site, repo) as place:
        found = telling.look(place, when)
        if follow_ups:
            _list(found.board, place.site, as_json=as_json)
        elif only_print:
            terminal.say(_draft(place, _story(found, what), found, when)[1])
        else:
            _begin(place, _story(found, what), found, when)


def _begin(place: Place, story: Story, found: Found, now: datetime) -> None:
    from ghstatus.actions import OpenPostmortem

    ref = story.record.ref
    if there := found.board.postmortems.get(ref):
        terminal.remark(f"the post-mortem of {ref} has been begun already; {_state(there)}")
        terminal.say(_address(place, there))
        return
    title, text = _draft(place, story, found, now)
    found.store.apply(OpenPostmortem(incident=ref, title=title, text=text))
    made = {one.incident: one for one in found.store.observe(now).postmortems}.get(ref)
    if made is None:
        raise UsageError(f"the post-mortem of {ref} was begun, but can't be read yet; look again in a minute")
    terminal.say(_address(place, made))


def _draft(place: Place, story: Story, found: Found, now: datetime) -> tuple[str, str]:
    from ghstatus.flow.learning import Learning

    learning = Learning(place.settings.folder, place.site, now, found.board.tracker)
    draft = learning.draft(story)
    terminal.problems(learning.problems, place.settings.folder)
    if story.record.ended is None:
        terminal.remark(f"{story.record.ref} isn't over yet, so what follows will be missing")
    return draft


def _story(found: Found, what: str | None) -> Story:
    if what is None:
        raise UsageError("say which incident it is about, or --follow-ups")
    incident = typed.named(what, found.incidents)
    story = found.board.incidents.get(incident.ref)
    if story is None:
        raise UsageError(f"nothing can be learnt from {words.shown(incident.ref)} yet: it begins in more than a day")
    return story


def _state(one: Postmortem) -> str:
    return "everybody may read it" if one.published else f"to be published it waits for {one.waits_for}"


def _address(place: Place, one: Postmortem) -> str:
    return one.url or str(place.settings.folder / "postmortems" / f"{one.ref}.md")


class _Left(NamedTuple):
    """Something that is left to do."""

    state: State
    follow_up: FollowUp
    postmortem: Postmortem

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """What is overdue first, then by day."""
        due = self.follow_up.due.isoformat() if self.follow_up.due else "9999"
        return self.state != "overdue", due, self.postmortem.incident, self.follow_up.text


def _left(board: Board, site: Site) -> Iterator[_Left]:
    from datetime import UTC

    from ghstatus.render.postmortem import lessons

    today = board.now.astimezone(UTC).date()
    for one in board.postmortems.values():
        for each in one.follow_ups:
            if not each.is_done:
                yield _Left(lessons.state(each, one, site, today), each, one)


def _list(board: Board, site: Site, *, as_json: bool) -> None:
    left = sorted(_left(board, site), key=lambda one: one.order)
    if as_json:
        terminal.data([_told(one) for one in left])
        return
    for one in left:
        each = one.follow_up
        details = [f"@{each.owner}" if each.owner else "nobody", f"until {each.due}" if each.due else "", each.url]
        told = ", ".join(filter(None, details))
        terminal.say(f"{one.state}: {quoting.line(each.text)} ({told}); {one.postmortem.incident}")
    if not left:
        terminal.say("Nothing is left to do.")


def _told(one: _Left) -> dict[str, Any]:
    each = one.follow_up
    return {
        "incident": one.postmortem.incident,
        "postmortem": one.postmortem.url or one.postmortem.ref,
        "text": each.text,
        "owner": each.owner,
        "due": each.due.isoformat() if each.due else None,
        "issue": each.url or None,
        "state": one.state,
    }
