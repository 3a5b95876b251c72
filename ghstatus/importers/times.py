"""Times as other status pages' maintainers typed them → UTC, slips included."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.grammar import moment

if TYPE_CHECKING:
    from datetime import datetime

    from ghstatus.importers.result import Notes

_SUSPICIOUS = timedelta(days=27)


def read(text: str, notes: Notes, *, key: str, otherwise: str) -> datetime | None:
    """Read a time; what is wrong with it is noted, with what happens instead when it can't be read at all."""
    if not text:
        return None
    typed = re.sub(r"(?<=[+-]\d{4}) UTC$", "", text.strip())
    try:
        return moment.parse(typed)
    except ValueError as error:
        reason = str(error)
    mended = re.sub(r"(?<![\d.])0(\d{2})(?!\d)", r"\1", typed)
    try:
        found = moment.parse(mended)
    except ValueError:
        notes.add(reason, otherwise, key=key, accepted=moment.ACCEPTED)
        return None
    notes.add(reason, f"read as {moment.write(found)}", key=key)
    return found


def in_name(name: str) -> datetime | None:
    """The day that a file is named after, at midnight."""
    found = re.match(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)", name)
    try:
        return moment.parse(found[0]) if found else None
    except ValueError:
        return None


def closed(started: datetime, ended: datetime, notes: Notes, *, key: str) -> datetime:
    """The end of something that is over; one before the start becomes the start."""
    lasted = ended - started
    hours = round(lasted / timedelta(hours=1))
    if lasted < timedelta(0):
        notes.add(f"ends before it starts ({hours} h)", "its end is set to its start", key=key)
        return started
    if lasted > _SUSPICIOUS and started.day == ended.day:
        notes.add(f"lasts {hours} h, to the same day of another month", "kept; is the month a slip?", key=key)
    return ended
