"""Tasks as a list with boxes in ghstatus's own comment, in which people tick them."""

from __future__ import annotations

import re
from collections import defaultdict
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


class _Item(NamedTuple):
    number: int
    words: str
    is_ticked: bool
    at: datetime | None


def write(task: Task) -> str:
    """A task as an item of a list; nobody is notified."""
    box = "x" if task.done_at else " "
    when = f"{_DONE}{moment.minute(task.done_at)}" if task.done_at else ""
    return f"- [{box}] {task.number}. {words(task)}{when}"


def numbers(text: str) -> dict[str, list[int]]:
    """Which numbers `text` gives to tasks of which words: people know each by its number, so it keeps that."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for item in _items(text):
        found[item.words].append(item.number)
    return found


def counted(tasks: Iterable[Task], text: str, at: datetime) -> tuple[Task, ...]:
    """The tasks with those done that somebody ticked in `text`, as of when it says so, or else of its last change.

    The words tell which task is meant: without this list, numbers move when somebody deletes what asked for one.
    """
    asked = {(one.number, words(one)): one for one in tasks}
    ticked = {(item.number, item.words): item.at or at for item in _items(text) if item.is_ticked}
    moved = {name[1]: when for name, when in ticked.items() if name not in asked}
    return tuple(
        one if one.done_at else one._replace(done_at=ticked.get(name, moved.get(name[1])))
        for name, one in asked.items()
    )


def _items(text: str) -> Iterator[_Item]:
    """Each line may be the words of a task, or those of one with its time: which it is, the tasks tell."""
    for line in text.splitlines():
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            continue
        item = _Item(int(found["number"]), found["words"], found["box"] != " ", None)
        yield item
        if when := _WHEN.search(item.words):
            with suppress(ValueError):
                yield item._replace(words=item.words[: when.start()], at=moment.parse(when["at"]))


def words(task: Task) -> str:
    """What a task's item says behind its number."""
    owner = f" ({plain(f'@{task.owner}')})" if task.owner else ""
    return f"{plain(task.text)}{owner}"
