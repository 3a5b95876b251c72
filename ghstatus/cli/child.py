"""A command run as if nobody stood in between: its output goes on unchanged, and signals reach it."""

from __future__ import annotations

import fcntl
import os
import selectors
import signal
import termios
import time
from array import array
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.cli.tail import Tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_CHUNK = 64 << 10
PATIENCE = 10.0
"""How long a command has to end once it was asked to, and its output to end once the command did, in seconds."""
LATE, NOT_RUNNABLE, NOT_FOUND = 124, 126, 127
"""Exit codes, as `timeout` and the shells know them."""
_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_DEFAULT = (signal.SIGPIPE, signal.SIGXFSZ)
"""What Python ignores, and commands don't expect to be ignored."""


class Ran(NamedTuple):
    """What became of a command."""

    code: int
    """As a shell tells it: of a signal 128 and its number."""
    output: bytes
    """The last of what it printed, in the order of its lines."""
    is_whole: bool
    """Whether that is everything."""
    was_stopped: bool = False
    """Whether somebody ended it: ghstatus got a signal, and passed it on."""
    is_late: bool = False
    """Whether it was ended because it took too long."""
    is_held: bool = False
    """Whether a process that it left behind still holds its output, which is passed on no longer."""
    ends_line: bool = True
    """Whether what it printed last ends where a line does."""


def run(
    command: list[str], *, timeout: float | None = None, patience: float = PATIENCE, streams: tuple[int, int] = (1, 2)
) -> Ran:
    """Run a command to its end; `streams` are where its stdout and stderr go on.

    After `timeout` seconds it is asked to end, and made to `patience` seconds later. Raises OSError when it can't run.
    """
    return _Child(command, patience).ran(timeout, streams)


@dataclass(slots=True)
class _Pipe:
    """One stream of a command."""

    name: int
    """1 or 2."""
    target: int
    """Where it goes on."""

    def pass_on(self, chunk: bytes) -> bool:
        """Write it; false when nobody reads it any more."""
        left = memoryview(chunk)
        while left:
            try:
                left = left[os.write(self.target, left) :]
            except BlockingIOError:
                _until_writable(self.target)
            except OSError:
                return False
        return True


class _Child:
    """A command that runs."""

    def __init__(self, command: list[str], patience: float) -> None:
        self._command = command
        self._patience = patience
        self._pid = 0
        self._code: int | None = None
        self._early: list[int] = []
        """Signals that came before it ran."""
        self._was_stopped = self._is_late = False
        self._ends_line = True
        # Who sits at a terminal wants Ctrl-C and questions for a password to reach the command directly.
        self._is_grouped = not any(map(os.isatty, (0, 1, 2)))
        self._tail = Tail()
        self._pipes: dict[int, _Pipe] = {}
        self._selector = selectors.DefaultSelector()

    def ran(self, timeout: float | None, streams: tuple[int, int]) -> Ran:
        """See it to its end."""
        with self._selector, _woken(self._signalled) as waker:
            self._selector.register(waker, selectors.EVENT_READ)
            self._spawn(streams)
            self._see_through(timeout)
            is_held = bool(self._pipes)
            self._leave()
        return Ran(
            LATE if self._is_late else self._code or 0,
            self._tail.output(),
            self._tail.is_whole and not is_held,
            was_stopped=self._was_stopped,
            is_late=self._is_late,
            is_held=is_held,
            ends_line=self._ends_line,
        )

    def _spawn(self, streams: tuple[int, int]) -> None:
        ends = (os.pipe(), os.pipe())
        to = [(os.POSIX_SPAWN_DUP2, write, name) for name, (_, write) in enumerate(ends, 1)]
        spawn = partial(
            os.posix_spawnp, self._command[0], self._command, os.environ, file_actions=to, setsigdef=_DEFAULT
        )
        for name, ((read, _), target) in enumerate(zip(ends, streams, strict=True), 1):
            self._pipes[read] = _Pipe(name, target)
            self._selector.register(read, selectors.EVENT_READ)
        try:
            self._pid = spawn(setpgroup=0) if self._is_grouped else spawn()
        except OSError:
            for read in tuple(self._pipes):
                self._close(read)
            raise
        finally:
            for _, write in ends:
                os.close(write)
        for number in self._early:
            self._send(number)

    def _see_through(self, timeout: float | None) -> None:
        deadline = None if timeout is None else time.monotonic() + timeout
        while self._code is None:
            self._listen(deadline)
            if deadline is not None and time.monotonic() >= deadline:
                self._hurry()
                deadline = time.monotonic() + self._patience
        deadline = time.monotonic() + self._patience
        while self._pipes and time.monotonic() < deadline:
            self._listen(deadline)

    def _hurry(self) -> None:
        """Ask it to end, and the next time make it."""
        if self._code is None:
            self._send(signal.SIGKILL if self._is_late else signal.SIGTERM)
            self._is_late = True

    def _listen(self, deadline: float | None) -> None:
        """Pass on what is printed next, and see whether it ended."""
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        for key, _ in self._selector.select(wait):
            if key.fd in self._pipes:
                self._read(key.fd, _CHUNK)
            else:
                os.read(key.fd, _CHUNK)
        if self._code is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self._code = 128 - code if code < 0 else code

    def _read(self, fd: int, most: int) -> None:
        pipe, chunk = self._pipes[fd], os.read(fd, most)
        self._tail.add(pipe.name, chunk)
        self._ends_line = chunk.endswith(b"\n") if chunk else self._ends_line
        if not chunk or not pipe.pass_on(chunk):
            self._close(fd)

    def _leave(self) -> None:
        """Pass on what is still in streams that another process holds, and let go of them."""
        for fd in tuple(self._pipes):
            count = array("i", [0])
            fcntl.ioctl(fd, termios.FIONREAD, count)
            if count[0]:
                self._read(fd, count[0])
        for fd in tuple(self._pipes):
            self._close(fd)

    def _close(self, fd: int) -> None:
        """Let go of a stream; a command that goes on printing learns that nobody reads it."""
        del self._pipes[fd]
        self._selector.unregister(fd)
        os.close(fd)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        self._was_stopped = True
        if number == signal.SIGINT and not self._is_grouped:
            return  # the terminal told the command, too
        if self._pid:
            self._send(number)
        else:
            self._early.append(number)

    def _send(self, number: int) -> None:
        if self._code is None:
            with suppress(ProcessLookupError, PermissionError):
                (os.killpg if self._is_grouped else os.kill)(self._pid, number)


@contextmanager
def _woken(handler: Callable[[int, FrameType | None], None]) -> Iterator[int]:
    """Handle signals; the answer is a file that can be read whenever one came, be it of a child's end."""
    waker, wakes = os.pipe()
    os.set_blocking(wakes, False)
    before = {one: signal.signal(one, handler) for one in _PASSED_ON if signal.getsignal(one) != signal.SIG_IGN}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
    woke = signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    try:
        yield waker
    finally:
        signal.set_wakeup_fd(woke)
        for one, former in before.items():
            signal.signal(one, former)
        os.close(waker)
        os.close(wakes)


def _until_writable(fd: int) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_WRITE)
        selector.select()
