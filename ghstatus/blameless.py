"""What everybody may see of a board: all that happened, and nothing of who did it.

Roles, tasks and the call are the team's own, so they are gone here; names in texts are "a team member"; and of the
post-mortems only those are left that may be read, without what their team still has to write.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ghstatus.grammar import learnt
from ghstatus.grammar.redaction import SOMEBODY, redacted
from ghstatus.model import Incident, Link, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ghstatus.model import Board, Postmortem, Record, Site, Story, Update


def board(whole: Board, site: Site, somebody: str = SOMEBODY) -> Board:
    """The board without people; `somebody` is what stands in place of a name."""
    owner = _owner(whole.tracker)
    everywhere = frozenset(_agreed(site))
    known = {ref: _known(story.incident, site, owner) for ref, story in whole.incidents.items()}
    stories = {ref: _story(story, known[ref], somebody) for ref, story in whole.incidents.items()}
    names = everywhere - {owner}
    there = stories.keys() | {record.ref for record in whole.past}
    return replace(
        whole,
        active=tuple(stories[story.record.ref] for story in whole.active),
        in_progress=tuple(stories[story.record.ref] for story in whole.in_progress),
        upcoming=tuple(stories[story.record.ref] for story in whole.upcoming),
        announcements=tuple(stories[story.record.ref] for story in whole.announcements),
        past=tuple(
            stories[record.ref].record if record.ref in stories else _record(record, names, somebody)
            for record in whole.past
        ),
        incidents=stories,
        postmortems={
            ref: _postmortem(one, known.get(ref, names) | frozenset(_owners(one)), somebody)
            for ref, one in whole.postmortems.items()
            if one.published and ref in there
        },
    )


def story(whole: Story, site: Site, tracker: str) -> Story:
    """One story without people, for what is said elsewhere; `tracker` is the address of the incidents' repository."""
    return _story(whole, _known(whole.incident, site, _owner(tracker)), SOMEBODY)


def _owner(tracker: str) -> str:
    """Whose name is in every address of an issue, so that it stays."""
    return tracker.rstrip("/").rsplit("/", 2)[-2].casefold() if tracker.count("/") > 1 else ""


def _known(incident: Incident, site: Site, owner: str) -> frozenset[str]:
    return frozenset(name for name in {*_agreed(site), *_acting(incident)} if name.casefold() != owner)


def _agreed(site: Site) -> Iterator[str]:
    """Everybody whom the configuration names."""
    yield from site.unread
    yield from site.reviews.reviewers
    if site.rota:
        yield from site.rota.people
        yield from (swap.person for swap in site.rota.swaps)


def _acting(incident: Incident) -> Iterator[str]:
    """Everybody who had to do with an incident."""
    response = incident.response
    yield from (name for one in response.roles for name in (one.person, one.by))
    yield from (name for one in response.tasks for name in (one.owner, one.by))
    yield from (one.by for one in response.orders)


def _owners(one: Postmortem) -> Iterator[str]:
    """Whoever has something to do yet; in the incident's own text they count only where it tells of them itself."""
    yield from (each.owner for each in one.follow_ups if each.owner)


def _story(story: Story, names: frozenset[str], somebody: str) -> Story:
    incident = story.incident
    take_out = partial(_taken_out, names=names, call=incident.response.call, somebody=somebody)
    return replace(
        story,
        record=_record(story.record, names, somebody),
        incident=_incident(incident, take_out),
        told=tuple(_update(update, take_out) for update in story.told),
    )


def _incident(incident: Incident, take_out: Callable[[str], str]) -> Incident:
    return replace(
        incident,
        title=take_out(incident.title),
        text=take_out(incident.text),
        affects=take_out(incident.affects),
        workaround=take_out(incident.workaround),
        eta=take_out(incident.eta),
        false_alarm=take_out(incident.false_alarm),
        links=tuple(Link(text=take_out(link.text), url=take_out(link.url)) for link in incident.links),
        updates=tuple(_update(update, take_out) for update in incident.updates),
        response=Response(),
    )


def _update(update: Update, take_out: Callable[[str], str]) -> Update:
    text = take_out(update.text)
    return update if text == update.text else replace(update, text=text)


def _record(record: Record, names: frozenset[str], somebody: str) -> Record:
    title = redacted(record.title, names, somebody)
    return record if title == record.title else record._replace(title=title)


def _postmortem(one: Postmortem, names: frozenset[str], somebody: str) -> Postmortem:
    take_out = partial(_taken_out, names=names, call="", somebody=somebody)
    return replace(
        one,
        text=take_out(learnt.shown(one.text)),
        follow_ups=tuple(each._replace(text=take_out(each.text), owner="") for each in one.follow_ups),
    )


def _taken_out(text: str, *, names: frozenset[str], call: str, somebody: str) -> str:
    return redacted(text.replace(call, "…") if call else text, names, somebody)
