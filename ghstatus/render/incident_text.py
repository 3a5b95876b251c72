"""An incident as Markdown: what its page says, for people with a terminal and programs that read prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment, quoting
from ghstatus.model import Kind, Phase
from ghstatus.render import clock, words
from ghstatus.render.incident_json import issue, now_record
from ghstatus.render.page import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghstatus.model import Board, Incident, Record, Site, Story, Update


def tell(story: Story, board: Board, site: Site, names: Mapping[str, str]) -> bytes:
    """The whole incident; `names` are the components', by id."""
    record, incident = now_record(story), story.incident
    parts = [
        f"# {quoting.plain(record.title)}",
        "\n".join(_facts(record, incident, board, site, names)),
        *([f"A false alarm: {incident.false_alarm}"] if incident.false_alarm else []),
        incident.text,
        *_sections(incident, goes_on=record.ended is None),
        *_timeline(story, names),
    ]
    return ("\n\n".join(part.strip() for part in parts if part.strip()) + "\n").encode(errors="replace")


def _facts(record: Record, incident: Incident, board: Board, site: Site, names: Mapping[str, str]) -> Iterator[str]:
    outcome = words.outcome(record)
    phase = record.phase if record.phase is not Phase.CANCELLED else None
    yield f"- Status: {outcome}{f' · {words.PHASES[phase]}' if phase else ''}"
    yield f"- When: {_when(record, incident)}"
    if record.components:
        yield f"- Components: {', '.join(quoting.plain(names.get(one, one)) for one in record.components)}"
    yield f"- Page: {address(site, f'incidents/{record.ref}/', '../')}"
    if where := issue(incident, board):
        yield f"- Issue: {where}"


def _when(record: Record, incident: Incident) -> str:
    start, until = moment.write(record.started), incident.scheduled_until
    if record.ended and record.ended < record.started:
        return f"was planned for {start}"
    end = record.ended or until
    if end is None:
        return f"since {start}"
    length = clock.duration(end - record.started)
    if record.ended or record.phase is Phase.SCHEDULED:
        return f"{start} until {moment.write(end)} ({length})"
    return f"since {start}, planned until {moment.write(end)}"


def _sections(incident: Incident, *, goes_on: bool) -> Iterator[str]:
    told = {
        "Who is affected": incident.affects,
        "What to do meanwhile": incident.workaround,
        "When a fix is expected": incident.eta if goes_on else "",
        "More about it": "\n".join(f"- {_linked(link.text, link.url)}" for link in incident.links),
    }
    for name, text in told.items():
        if text:
            yield f"## {name}\n\n{text}"


def _linked(text: str, url: str) -> str:
    return quoting.linked(quoting.plain(text), url)


def _timeline(story: Story, names: Mapping[str, str]) -> Iterator[str]:
    if not story.told:
        return
    yield "## Timeline"
    for update in reversed(story.told):
        changes = "".join(f"\n\n{line}" for line in _changes(update, names))
        yield f"### {_phase(update)}: {moment.write(update.at)}{changes}\n\n{update.text}"
    record = story.record
    began = "Planned for" if record.phase in {Phase.SCHEDULED, Phase.CANCELLED} else "Began"
    yield f"### {'Announced' if record.kind is Kind.ANNOUNCEMENT else began}: {moment.write(record.started)}"


def _phase(update: Update) -> str:
    return words.PHASES[update.phase] if update.phase else "Update"


def _changes(update: Update, names: Mapping[str, str]) -> Iterator[str]:
    if update.severity:
        yield f"- Now {update.severity}"
    for one in update.components:
        name = quoting.plain(names.get(one.component, one.component))
        yield f"- {name}{f': {words.STATUSES[one.status].lower()}' if one.status else ''}"
