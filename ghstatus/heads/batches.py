"""Asks about many things a few at a time, about fewer where GitHub takes too long or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ghstatus.errors import Overloaded, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ghstatus.github.client import Partly

_Item = TypeVar("_Item")
_CALM = 8
"""After how many good answers in a row more is asked for again."""


class Answer(NamedTuple, Generic[_Item]):
    """What became of some things: an answer about all of them, or why there is none about the one."""

    items: tuple[_Item, ...]
    answer: Partly | None
    error: StoreError | Overloaded | None = None


class Size:
    """How much is asked for at a time, which shrinks and recovers."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._calm = 0
        self.value = most

    def shrink(self) -> None:
        """It was too much."""
        self.value, self._calm = max(1, self.value // 2), 0

    def bear(self) -> None:
        """It went well."""
        self._calm += 1
        if self._calm >= _CALM:
            self.value, self._calm = min(self._most, self.value * 2), 0


def each(
    items: Iterable[_Item],
    size: Size,
    weigh: Callable[[_Item], int],
    ask: Callable[[tuple[_Item, ...]], Partly],
) -> Iterator[Answer[_Item]]:
    """Ask about all of them; whatever else `ask` raises ends it."""
    waiting = list(items)[::-1]
    halves: list[tuple[_Item, ...]] = []
    while halves or waiting:
        batch = halves.pop() if halves else _taken(waiting, size.value, weigh)
        try:
            answer = ask(batch)
        except (StoreError, Overloaded) as error:
            if isinstance(error, Overloaded):
                size.shrink()
            if len(batch) == 1:
                yield Answer(batch, None, error)
            else:
                middle = len(batch) // 2
                halves += [batch[middle:], batch[:middle]]
        else:
            size.bear()
            yield Answer(batch, answer)


def _taken(waiting: list[_Item], size: int, weigh: Callable[[_Item], int]) -> tuple[_Item, ...]:
    """The next things that weigh no more than `size`, one at least, taken off the end."""
    batch, weight = [waiting.pop()], 0
    weight = weigh(batch[0])
    while waiting and (weight := weight + weigh(waiting[-1])) <= size:
        batch.append(waiting.pop())
    return tuple(batch)
