"""`ghstatus oncall`: who is on duty, until when, and who is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from ghstatus.cli import options, terminal
from ghstatus.errors import UsageError
from ghstatus.grammar import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Rota, Site
    from ghstatus.rota import Turn

_DAYS = 7
_LAST_YEAR = 2999
_FAR = timedelta(days=2 * 366)
"""How far somebody who comes next is looked for: two of the longest turns."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus oncall --week")(oncall)


def oncall(
    site: options.Site = None,
    *,
    folder: options.At = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", show_default=False, help="Tell of this time, such as 2026-03-02T20:10Z."),
    ] = None,
    week: Annotated[bool, typer.Option("--week", help="List today and the six days after it.")] = False,
    ics: Annotated[
        bool, typer.Option("--ics", help="Print the turns of the next 90 days as an iCalendar file.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Say who is on duty by the rota of ghstatus.yml, until when, and who is next.

    It is for the team: no page tells it.
    """
    if week + ics + as_json > 1:
        raise UsageError("--week, --ics and --json are three answers; ask for one")
    found = options.settings(options.folder(site, folder), is_strict=True).site
    if found.rota is None:
        raise UsageError("ghstatus.yml has no `rota:`, so nobody is on duty; it takes people, start and every")
    now = options.moment(at, "--at")
    if now.year > _LAST_YEAR:
        raise UsageError(f"--at: {at!r} is out of reach; accepted: a year from 1970 to {_LAST_YEAR}")
    if ics:
        _calendar(found.rota, found, now)
    elif as_json:
        terminal.data(_data(found.rota, now))
    else:
        for line in _week(found.rota, now) if week else [_now(found.rota, now)]:
            terminal.say(line)


def _calendar(rota: Rota, site: Site, now: datetime) -> None:
    from ghstatus.render.feeds import duty

    typer.echo(duty.calendar(rota, site, now), nl=False)


def _shifts(rota: Rota, start: datetime, end: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    """Who is on duty, from when, until when; turns of the same person after each other are one."""
    from ghstatus.rota import turns

    for person, several in groupby(turns(rota, start, end), key=lambda turn: turn.person):
        whole = list(several)
        yield person, whole[0].start, whole[-1].end


def _now(rota: Rota, now: datetime) -> str:
    shifts = list(_shifts(rota, now, max(now, rota.start) + _FAR))
    person, start, end = shifts[0]
    if now < start:
        return f"nobody is on duty until {_clock(start, rota)}; then {person}"
    if len(shifts) == 1:
        return f"{person} is on duty; nobody else is on the rota"
    return f"{person} is on duty until {_clock(end, rota)}; then {shifts[1][0]} until {_clock(shifts[1][2], rota)}"


def _week(rota: Rota, now: datetime) -> Iterator[str]:
    zone = ZoneInfo(rota.timezone)
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, tzinfo=None)
    for number in range(_DAYS):
        day = today + timedelta(days=number)
        start, end = (one.replace(tzinfo=zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
        said = [
            f"{person} until {until.astimezone(zone):%H:%M}" if until < end else person
            for person, _, until in _shifts(rota, start, end)
        ]
        if start < rota.start < end:
            said.insert(0, f"nobody until {rota.start.astimezone(zone):%H:%M}")
        yield f"{day:%a %Y-%m-%d}  {', then '.join(said) or 'nobody'}"


def _data(rota: Rota, now: datetime) -> dict[str, Any]:
    from ghstatus.rota import on_duty, turns

    person = on_duty(rota, now)
    shifts = list(_shifts(rota, now, max(now, rota.start) + _FAR))
    later = shifts[1:] if person else shifts
    return {
        "at": moment.iso(now),
        "timezone": rota.timezone,
        "on_duty": person,
        "until": moment.iso(later[0][1]) if later else None,
        "next": later[0][0] if later else "",
        "turns": [_turn(turn) for turn in turns(rota, now, now + timedelta(days=_DAYS))],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "person": turn.person,
        "from": moment.iso(turn.start),
        "until": moment.iso(turn.end),
        "stands_in": turn.stands_in,
    }


def _clock(moment: datetime, rota: Rota) -> str:
    return f"{moment.astimezone(ZoneInfo(rota.timezone)):%a %Y-%m-%d %H:%M %Z}"
