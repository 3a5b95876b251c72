"""`search.json`: every incident in a few words, for whoever looks for one where no server answers."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Any

from ghstatus.render import recent
from ghstatus.render.page import Page, address, digest, dump
from ghstatus.render.programs.incident_json import now_record
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ghstatus.model import Board, Record, Site, Uptime
    from ghstatus.render.text.language import Language


def files(board: Board, _: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """One file with all of them, made anew only where one has changed."""
    records, spoken = _records(board), language.of(site)
    told = "\0".join(
        f"{record.ref}\0{record.digest or _row(record, spoken)}\0{record.duplicate_of}" for record in records
    )
    learnt = {ref for ref, lesson in board.postmortems.items() if lesson.published}
    key = digest("\0".join([told, *sorted(learnt)]))
    yield Page("search.json", key, partial(_index, records, learnt, site))


def _records(board: Board) -> list[Record]:
    """What goes on, what is to come, and what is over, each newest first."""
    return [*(now_record(story) for story in recent.going_on(board)), *board.past]


def _index(records: Sequence[Record], learnt: Collection[str], site: Site) -> bytes:
    spoken = language.of(site)
    lesson = {"postmortem": spoken.gettext("Post-mortem")}
    return dump(
        {
            "$schema": address(site, "schemas/search.json"),
            "components": {component.id: component.name for component in site.components},
            "incidents": [_row(record, spoken) | (lesson if record.ref in learnt else {}) for record in records],
        }
    )


def _row(record: Record, spoken: Language) -> dict[str, Any]:
    return {
        "ref": record.ref,
        "title": record.title,
        "status": words.look(record),
        "outcome": words.outcome(record, spoken),
        "started": record.started.astimezone(UTC).date().isoformat(),
        "components": list(record.components),
    }
