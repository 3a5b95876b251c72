"""An incident → the issue that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import block, body, facts, form, moment
from ghstatus.grammar.names import Names
from ghstatus.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Incident, Labels, Link, Update

_LONGEST = 256  # what GitHub takes as a title
_LONGEST_LABEL = 50


class Draft(NamedTuple):
    """An issue to be opened."""

    title: str
    text: str
    """Markdown: what is broken, the sections of the form, updates, and the hidden block."""
    labels: tuple[str, ...]
    is_open: bool
    """Whether it is to stay open."""


def write(incident: Incident, labels: Labels, *, now: datetime | None = None) -> Draft:
    """Write an issue that is read as the same incident.

    What ends after `now` stays open; without `now`, whatever has an end is closed.
    """
    values = facts.written(incident)
    title = incident.title[:_LONGEST]
    if title != incident.title:
        values = {"title": incident.title, **values}
    sections = list(_sections(incident, values))
    text = form.escaped(body.write(incident.text, ()))
    updates = form.escaped(body.write("", incident.updates))
    if sections and updates:
        sections.append(f"### {form.UPDATES}")
    content = "\n\n".join(part for part in (text, *sections, updates) if part)
    return Draft(title, block.write(values, content), tuple(_labels(incident, labels)), _is_open(incident, now))


def write_update(update: Update) -> str:
    """Write a comment that is read as the same update."""
    phase = update.phase.value.replace("_", " ").capitalize() if update.phase else "Update"
    _, _, below = body.write_update(update).partition("\n")
    values = {
        "at": moment.write(update.at),
        "phase": str(update.phase or ""),
        "severity": str(update.severity or ""),
        "components": facts.components(update.components),
    }
    content = f"**{phase}**\n{below}".rstrip("\n")
    return block.write({key: value for key, value in values.items() if value}, content, block.UPDATE)


_NOBODY = Names(())


def _sections(incident: Incident, values: dict[str, object]) -> Iterator[str]:
    """Each field that reads well as a section, taken out of the block's values where it is read back as it was."""
    for label, key in form.LABELS.items():
        if key not in {"affects", "workaround", "eta", "links"} or key not in values:
            continue
        said = _links(incident.links) if key == "links" else str(values[key])
        section = f"### {label}\n\n{form.escaped(body.write(said, ()))}"
        if form.read(section, _NOBODY).values.get(key) == values[key]:
            del values[key]
            yield section


def _links(links: tuple[Link, ...]) -> str:
    return "\n".join(f"- {one.url}" if one.text == one.url else f"- [{one.text}]({one.url})" for one in links)


def _labels(incident: Incident, labels: Labels) -> Iterator[str]:
    called = {
        Kind.INCIDENT: labels.incident,
        Kind.MAINTENANCE: labels.maintenance,
        Kind.ANNOUNCEMENT: labels.announcement,
    }
    yield called[incident.kind]
    if incident.severity:
        yield f"{labels.severity}{incident.severity}"
    parts = (f"{labels.component}{one.component}" for one in incident.components)
    yield from (part for part in parts if len(part) <= _LONGEST_LABEL)
    if incident.false_alarm:
        yield labels.false_alarm


def _is_open(incident: Incident, now: datetime | None) -> bool:
    if incident.ended:
        return now is not None and incident.ended > now
    if incident.kind is Kind.ANNOUNCEMENT:
        return True
    if incident.is_void:
        return False
    told = [update for update in incident.updates if update.phase and (now is None or update.at <= now)]
    return not (told and told[-1].phase and told[-1].phase.is_over)
