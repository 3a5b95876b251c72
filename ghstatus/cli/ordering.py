"""A command to ghstatus about one incident, carried out in its file, or posted as a comment on its issue."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import EditIncident, PostComment, PostUpdate
from ghstatus.cli import access, telling, terminal, typed
from ghstatus.errors import UsageError
from ghstatus.grammar import moment, orders, speech
from ghstatus.grammar.asking import Asking, MisfitError, Saying
from ghstatus.grammar.deeds import carried_out, updated
from ghstatus.grammar.names import Names
from ghstatus.grammar.verbs import Takes
from ghstatus.model import ComponentStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from ghstatus.actions import IncidentAction
    from ghstatus.cli.access import Place
    from ghstatus.grammar.verbs import Verb
    from ghstatus.model import Incident, Tracker

_NAMED = re.compile(r"`/(?=[a-z])")
_NOT_HIT = ComponentStatus.OPERATIONAL
_SLASH = re.compile(r"[ \xa0]{0,3}(?=/)")
WHO = "GHSTATUS_LOGIN"
"""Where people say who they are, once for all."""


class Said(NamedTuple):
    """A command as it was typed."""

    verb: Verb
    what: str
    """Which incident."""
    words: Sequence[str]
    """What stood behind it."""
    by: str | None
    """Who says it."""


def carry_out(said: Said, site: Path | None, repo: str | None, now: datetime) -> None:
    """Do what was said, and print where it can be seen."""
    with access.opened(site, repo) as place:
        found = telling.look(place, now)
        incident = typed.named(said.what, found.incidents)
        text = _text(said, found, incident)
        asking = Asking(Names(place.site.components, place.site.groups), now, _person(said.by, found.snapshot.tracker))
        after = _after(said.verb, text, incident, asking)
        if after == incident or _is_said(incident, after):
            terminal.say("nothing to change: it is so already")
        elif found.snapshot.tracker is None:
            found.store.apply(_change(incident, after))
        else:
            _post(place, found, _change(incident, after), PostComment(ref=incident.ref, text=written(said.verb, text)))
        if time := _time(said.verb, after):
            terminal.say(f"{said.verb.name}: {time}")
        terminal.say(telling.addresses(place, found, incident.ref))


def _time(verb: Verb, after: Incident) -> str:
    """The time that a command named, as it was read, for whoever meant another; empty where it is about none."""
    read: dict[str, datetime | str | None] = {
        "eta": after.eta,
        "started": after.started,
        "ended": after.ended,
        "detected": after.response.detected,
        "extend": after.scheduled_until,
        "snooze": after.response.snoozed_until,
    }
    found = read.get(verb.name)
    return found if isinstance(found, str) else moment.write(found) if found else ""


def takes_stdin(verb: Verb) -> bool:
    """Whether `-` stands for standard input: it does for words, unless it takes them back."""
    return verb.takes is Takes.TEXT and "-" not in verb.shape.split("|")


def written(verb: Verb, text: str) -> str:
    """The comment that says the same; what looks like a command in a longer text stays text."""
    if not verb.is_prose or "\n" not in text:
        return orders.write(verb, text)
    lines = zip(text.split("\n"), speech.own_lines(text), strict=True)
    told = "\n".join(_SLASH.sub(r"\g<0>\\", line, count=1) if _SLASH.match(own) else line for line, own in lines)
    return f"{orders.write(verb)}\n\n{told}"


def _text(said: Said, found: telling.Found, incident: Incident) -> str:
    text = " ".join(said.words)
    if takes_stdin(said.verb):
        return typed.texts({"TEXT": text})["TEXT"]
    if said.verb.takes is Takes.INCIDENT:
        return _of_its_own(typed.named(text, found.incidents), incident, found)
    return text


def _of_its_own(other: Incident, incident: Incident, found: telling.Found) -> str:
    """What an incident may be a duplicate of."""
    story = found.board.incidents.get(other.ref)
    fault = ""
    if other.duplicate_of is not None:
        fault = f"is a duplicate itself{f', of {other.duplicate_of}' if other.duplicate_of else ''}"
    elif other.false_alarm:
        fault = "is a false alarm"
    elif story and story.record.ended and story.record.ended <= incident.started:
        fault = f"was over before {incident.ref} began"
    if fault:
        raise UsageError(f"`duplicate`: {other.ref} {fault}; accepted: the incident that is about the same outage")
    return other.ref


def _person(said: str | None, tracker: Tracker | None) -> str:
    """Who says it; empty where nobody knows."""
    if tracker is None:
        return (said or os.environ.get(WHO) or os.environ.get("GITHUB_ACTOR") or "").strip().removeprefix("@")
    if said is not None:
        raise UsageError(f"--as is for incidents that are files; on GitHub it is {tracker.viewer} who says it")
    return tracker.viewer


def _after(verb: Verb, text: str, incident: Incident, asking: Asking) -> Incident:
    """What becomes of an incident.

    Raises UsageError when that can't be.
    """
    try:
        command = orders.command(verb, text, incident.kind, asking)
        after = carried_out(incident, command, Saying(asking.at, asking.by))
    except MisfitError as error:
        hint = "" if asking.by or verb.takes is not Takes.PERSON else f"; --as LOGIN, or {WHO}, says who you are"
        raise UsageError(f"{_NAMED.sub('`', str(error))}{hint}") from None
    for seen, accepted in command.value.faults:
        raise UsageError(f"`{verb.name}`: {seen}; accepted: {accepted}")
    return after


def _is_said(before: Incident, after: Incident) -> bool:
    """Whether all that is new is an update that tells what was told already."""
    change = _change(before, after)
    if not isinstance(change, PostUpdate) or change.update.text:
        return False
    new, told = change.update, before.updates
    phases = [one.phase for one in told if one.phase]
    severities = [one for one in (before.severity, *(update.severity for update in told)) if one]
    hits = (before.components, *(update.components for update in told))
    hit = {one.component: one.status for several in hits for one in several}
    return (
        (new.phase is None or phases[-1:] == [new.phase])
        and (new.severity is None or severities[-1:] == [new.severity])
        and all(hit.get(one.component, _NOT_HIT) == one.status for one in new.components)
    )


def _change(before: Incident, after: Incident) -> IncidentAction:
    """What makes it so; an update alone is added, which leaves the rest of a file as somebody wrote it."""
    is_added = len(after.updates) == len(before.updates) + 1 and after.updates[:-1] == before.updates
    if is_added and updated(before, after.updates[-1]) == after:
        return PostUpdate(ref=before.ref, update=after.updates[-1])
    return EditIncident(incident=after)


def _post(place: Place, found: telling.Found, change: IncidentAction, comment: PostComment) -> None:
    """Say it as the person whose token it is; what a program comments gives no orders, so it posts updates itself."""
    tracker = found.snapshot.tracker
    program = tracker.program if tracker else ""
    if not program or program.casefold() in {bot.casefold() for bot in place.site.bots}:
        place.tracker().apply(comment)
        terminal.remark("posted; the page follows when the workflow has run")
        return
    if not isinstance(change, PostUpdate):
        raise UsageError(
            f"{program} is a program, and commands count by the person who gives them; use a person's token, as by "
            "`export GITHUB_TOKEN=$(gh auth token)`"
        )
    found.store.apply(change)
