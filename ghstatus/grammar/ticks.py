"""Tasks as a list with boxes in ghstatus's own comment, in which people tick them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.model import Task

_LINE = re.compile(r"- \[(?P<box>[ xX])\] (?P<number>[0-9]{1,6})\. (?P<words>.*)")
_DONE = ", done "
_WHEN = re.compile(rf"{_DONE}(?P<at>[0-9:. -]{{16,20}} UTC)\Z")


class _Tick(NamedTuple):
    number: int
    words: str
    at: datetime | None


def write(task: Task) -> str:
    """A task as an item of a list; nobody is notified."""
    box = "x" if task.done_at else " "
    when = f"{_DONE}{moment.minute(task.done_at)}" if task.done_at else ""
    return f"- [{box}] {task.number}. {_words(task)}{when}"


def counted(tasks: Iterable[Task], text: str, at: datetime) -> tuple[Task, ...]:
    """The tasks with those done that somebody ticked in `text`, as of when it says so, or else of its last change.

    The words tell which task is meant: numbers move when somebody deletes the comment that asked for one.
    """
    asked = {(one.number, _words(one)): one for one in tasks}
    ticked = {(tick.number, tick.words): tick.at or at for tick in _ticks(text)}
    moved = {words: when for (number, words), when in ticked.items() if (number, words) not in asked}
    return tuple(
        one if one.done_at else one._replace(done_at=ticked.get(name, moved.get(name[1])))
        for name, one in asked.items()
    )


def _ticks(text: str) -> Iterator[_Tick]:
    """Each line may be the words of a task, or those of one with its time: which it is, the tasks tell."""
    for line in text.splitlines():
        found = _LINE.fullmatch(line.rstrip())
        if found is None or found["box"] == " ":
            continue
        number, words = int(found["number"]), found["words"]
        yield _Tick(number, words, None)
        if when := _WHEN.search(words):
            with suppress(ValueError):
                yield _Tick(number, words[: when.start()], moment.parse(when["at"]))


def _words(task: Task) -> str:
    owner = f" ({plain(f'@{task.owner}')})" if task.owner else ""
    return f"{plain(task.text)}{owner}"
