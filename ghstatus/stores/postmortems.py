"""Post-mortems as files: `postmortems/*.md` beside the incidents, read anew each time, for there are few."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.errors import Problem, UsageError
from ghstatus.grammar import postmortem, postmortemfile
from ghstatus.grammar.postmortem import Reading
from ghstatus.model import Postmortem
from ghstatus.stores import files

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ghstatus.grammar.postmortem import House, Learnt

FOLDER = "postmortems"


def observe(folder: Path, house: House, now: datetime) -> Learnt:
    """Read every post-mortem of a site's folder; one that can't be read is a problem.

    Raises UsageError when the folder can't be read.
    """
    return postmortem.learn(_read(folder, found, house, now) for found in files.listing(folder / FOLDER))


def create(folder: Path, ref: str, text: str, now: datetime) -> Path:
    """Write down a draft; one that is there stays as it is.

    Raises UsageError when it can't be written.
    """
    name = f"{ref}.md"
    if not files.is_free_of_harm(name):
        raise UsageError(f"{ref!r} is no name for a post-mortem; accepted: letters, digits, and - . _ inside")
    path = folder / FOLDER / name
    if not path.exists():
        draft = Postmortem(incident=ref, ref=ref, text=text.strip("\n"), written=now)
        files.replace(path, postmortemfile.write(draft).encode())
    return path


def _read(folder: Path, found: files.Found, house: House, now: datetime) -> Reading:
    where = files.where(found.name, FOLDER)
    try:
        data = b"" if found.fault else files.read(folder / FOLDER, found)
    except OSError as error:
        return _unread(where, f"the file can't be read: {error.strerror}")
    if found.fault:
        return _unread(where, found.fault, found.accepted)
    text, problems = files.decode(data, found.stat.size, found.name)
    reading = postmortemfile.read(text, where=where, ref=files.slug(found.name), house=house, now=now)
    told = (*(replace(problem, where=where) for problem in problems), *reading.problems)
    return reading._replace(problems=told)


def _unread(where: str, seen: str, accepted: str = "") -> Reading:
    return Reading(None, (Problem(where=where, seen=seen, accepted=accepted, outcome="not shown"),))
