"""What is pinned in repositories, and the issues that show the board there, for as long as the program lasts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import MirrorAction, PinMirror, UnpinMirror, WriteMirror
from ghstatus.errors import UsageError
from ghstatus.grammar import notes
from ghstatus.model import Event, EventKind, Mirror, Pin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ghstatus.model import Tracker

PLACES = 3
"""How many issues a repository may have pinned."""


class Pinboard:
    """Pins and mirrors, by repository; the incidents' own is the empty one."""

    def __init__(self, tracker: Tracker, numbers: Iterator[int]) -> None:
        """Numbers for new issues come from `numbers`."""
        self._viewer, self._numbers = tracker.viewer, numbers
        self._mirrors = {one.repository: one for one in tracker.mirrors}
        self._pins = {one.repository: one.pins for one in tracker.mirrors} | {"": tracker.pins}

    def observe(self, tracker: Tracker) -> Tracker:
        """The tracker with what is pinned and shown now."""
        mirrors = (replace(one, pins=self._pins[one.repository]) for one in self._mirrors.values())
        return replace(tracker, pins=self._pins[""], mirrors=tuple(mirrors))

    def pin(self, repository: str, number: int) -> bool:
        """Pin an issue; whether that changed anything. Raises UsageError when there is no place for it."""
        pins = self._pins[repository]
        if any(pin.number == number for pin in pins):
            return False
        if len(pins) >= PLACES:
            raise UsageError(f"{PLACES} issues are pinned already")
        self._pins[repository] = (*pins, Pin(number, self._viewer))
        return True

    def unpin(self, repository: str, number: int) -> bool:
        """Unpin an issue, whoever pinned it; whether that changed anything."""
        left = tuple(pin for pin in self._pins[repository] if pin.number != number)
        has_changed = left != self._pins[repository]
        self._pins[repository] = left
        return has_changed

    def apply(self, action: MirrorAction, now: datetime) -> None:
        """Write, pin or unpin an issue that shows the board; raises UsageError where that can't be done."""
        mirror = self._mirrors.get(action.repository)
        if mirror is None:
            raise UsageError(f"there is no repository {action.repository!r}")
        match action:
            case WriteMirror():
                self._write(action, mirror, now)
            case PinMirror():
                if mirror.number is None:
                    raise UsageError("there is no issue to pin")
                self._tell(mirror, EventKind.PINNED, now, is_so=self.pin(mirror.repository, mirror.number))
            case UnpinMirror(number=number):
                self._tell(mirror, EventKind.UNPINNED, now, is_so=self.unpin(mirror.repository, number))
            case _:
                assert_never(action)

    def _write(self, action: WriteMirror, mirror: Mirror, now: datetime) -> None:
        if action.number != mirror.number:
            raise UsageError(f"the issue that shows the board is {mirror.number}, not {action.number}")
        written = replace(
            mirror,
            number=mirror.number or next(self._numbers),
            title=action.title,
            text=notes.mirror(action.text),
            is_open=action.is_open,
        )
        kind = EventKind.REOPENED if action.is_open else EventKind.CLOSED
        was_open = mirror.is_open or mirror.number is None
        self._tell(written, kind, now, is_so=was_open != action.is_open)

    def _tell(self, mirror: Mirror, kind: EventKind, now: datetime, *, is_so: bool) -> None:
        events = (*mirror.events, Event(kind, now, self._viewer)) if is_so else mirror.events
        self._mirrors[mirror.repository] = replace(mirror, events=events)
