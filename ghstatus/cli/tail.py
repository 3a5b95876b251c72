"""The last of what several streams print, line by line."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

MOST = 128 << 10
"""The bytes that are kept."""
_LINE = 16 << 10
"""The bytes after which a line is taken as it is, without its end."""


@dataclass(slots=True)
class Tail:
    """Keeps it so that no line of one stands within a line of another."""

    most: int = MOST
    is_whole: bool = True
    _lines: deque[bytes] = field(default_factory=deque)
    _size: int = 0
    _begun: dict[int, bytes] = field(default_factory=dict)

    def add(self, stream: int, chunk: bytes) -> None:
        """Take what a stream printed next."""
        lines, end, begun = (self._begun.pop(stream, b"") + chunk).rpartition(b"\n")
        if len(begun) > _LINE:
            lines, end, begun = lines + end + begun, b"\n", b""
        self._keep(lines + end)
        if begun:
            self._begun[stream] = begun

    def output(self) -> bytes:
        """All that is kept."""
        for begun in self._begun.values():
            self._keep(begun + b"\n")
        self._begun.clear()
        return b"".join(self._lines)[-self.most :]

    def _keep(self, lines: bytes) -> None:
        if not lines:
            return
        self._lines.append(lines)
        self._size += len(lines)
        self.is_whole = self.is_whole and self._size <= self.most
        while self._size - len(self._lines[0]) > self.most:
            self._size -= len(self._lines.popleft())
