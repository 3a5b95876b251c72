"""A command runs as if nobody stood in between: real processes, real signals."""

import errno
import os
import pty
import signal
import sys
import threading
from types import SimpleNamespace

import pytest

from ghstatus.cli import child

LIMIT = 30
"""The seconds after which something hangs."""


class Terminal:
    """Where the output of a command goes on: two pipes, read by threads."""

    def __init__(self):
        self.pipes = [os.pipe(), os.pipe()]
        self.read = [b"", b""]
        self.readers = [threading.Thread(target=self.take, args=(one,), daemon=True) for one in (0, 1)]
        self.seen = threading.Event()

    def take(self, one):
        while chunk := os.read(self.pipes[one][0], 1 << 16):
            self.read[one] += chunk
            self.seen.set()

    def run(self, *command, **how):
        for reader in self.readers:
            reader.start()
        try:
            return child.run(list(command), streams=(self.pipes[0][1], self.pipes[1][1]), **how)
        finally:
            for _, write in self.pipes:
                os.close(write)
            for reader in self.readers:
                reader.join(LIMIT)
            for read, _ in self.pipes:
                os.close(read)


@pytest.fixture
def terminal():
    return Terminal()


@pytest.fixture
def when_seen(terminal):
    """Does something as soon as the command printed something."""

    def begin(action):
        def wait():
            terminal.seen.wait(LIMIT)
            action()

        threading.Thread(target=wait, daemon=True).start()

    return begin


def shell(script):
    return "sh", "-c", script


def python(script):
    return sys.executable, "-c", script


def test_output_goes_on_unchanged_and_apart(terminal):
    ran = terminal.run(*shell("printf 'a\\r\\nb'; printf 'c\\n' >&2; exit 3"))

    assert terminal.read == [b"a\r\nb", b"c\n"]
    assert (ran.code, sorted(ran.output.splitlines()), ran.is_whole) == (3, [b"a", b"b", b"c"], True)
    assert (ran.was_stopped, ran.is_late, ran.is_held, ran.ends_line) == (False, False, False, True)


def test_bytes_that_are_no_text_go_on_too(terminal):
    ran = terminal.run(*python("import os; os.write(1, bytes(range(256)) * 4); os.write(2, b'\\xff')"))

    assert terminal.read == [bytes(range(256)) * 4, b"\xff"]
    assert (ran.code, ran.ends_line) == (0, False)


def test_of_huge_output_everything_goes_on_and_the_last_is_kept(terminal):
    ran = terminal.run(*shell("i=0; while [ $i -lt 40 ]; do head -c 200000 /dev/zero; i=$((i+1)); done; echo last"))

    assert len(terminal.read[0]) == 40 * 200_000 + 5
    assert (len(ran.output), ran.is_whole, ran.output[-5:]) == (128 << 10, False, b"last\n")


def test_a_command_that_says_nothing_is_seen_to_end(terminal):
    assert terminal.run("true") == child.Ran(0, b"", is_whole=True)


def test_the_end_is_noticed_even_where_output_ended_long_before(terminal):
    assert terminal.run(*shell("exec >&- 2>&-; sleep 0.3; exit 5")).code == 5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV])
def test_a_signal_s_code_is_the_one_that_shells_tell(terminal, number):
    assert terminal.run(*shell(f"ulimit -c 0; kill -{int(number)} $$")).code == 128 + number


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_reach_the_whole_family(terminal, when_seen, number):
    when_seen(lambda: os.kill(os.getpid(), number))
    word = number.name.removeprefix("SIG")
    below = f"trap 'echo grandchild; exit' {word}; echo up; for i in \\$(seq 300); do sleep 0.1; done"

    ran = terminal.run(*shell(f"trap 'echo child; exit 7' {word}; sh -c \"{below}\""))

    assert (ran.code, ran.was_stopped) == (7, True)
    assert sorted(terminal.read[0].split()) == [b"child", b"grandchild", b"up"]


def test_a_command_may_ignore_a_signal_and_go_on(terminal, when_seen):
    when_seen(lambda: os.kill(os.getpid(), signal.SIGTERM))

    ran = terminal.run(*shell("trap '' TERM; echo up; sleep 0.5; echo done; exit 4"))

    assert (ran.code, ran.was_stopped, terminal.read[0]) == (4, True, b"up\ndone\n")


def test_a_signal_that_came_before_the_command_reaches_it(terminal, monkeypatch):
    spawn = os.posix_spawnp

    def late(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGTERM)
        return spawn(*args, **kwargs)

    monkeypatch.setattr(os, "posix_spawnp", late)

    assert terminal.run("sleep", str(LIMIT)).code == 128 + signal.SIGTERM


def test_what_ghstatus_was_told_to_ignore_stays_ignored(terminal, when_seen, monkeypatch):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    when_seen(lambda: os.kill(os.getpid(), signal.SIGHUP))
    try:
        ran = terminal.run(*shell("echo up; sleep 0.3; kill -HUP $$; exit 6"))
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)

    assert (ran.code, ran.was_stopped) == (6, False)


def test_signals_are_handled_as_before_when_it_is_over(terminal):
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)]

    terminal.run("true")

    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)] == before


def test_what_python_ignores_commands_don_t(terminal):
    ran = terminal.run(*shell("grep SigIgn /proc/self/status"))

    assert int(ran.output.split()[1], 16) & (1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1) == 0


def test_what_takes_too_long_is_asked_to_end(terminal):
    ran = terminal.run(*shell("trap 'echo bye; exit 0' TERM; for i in $(seq 300); do sleep 0.1; done"), timeout=0.5)

    assert (ran.code, ran.is_late, ran.was_stopped) == (child.LATE, True, False)
    assert terminal.read[0] == b"bye\n"


def test_what_doesn_t_end_then_is_made_to_with_all_its_family(terminal):
    ran = terminal.run(*shell(f"trap '' TERM; sleep {LIMIT}; sleep {LIMIT}"), timeout=0.2, patience=0.2)

    assert (ran.code, ran.is_late) == (child.LATE, True)


def test_what_ends_in_time_isn_t_late(terminal):
    assert terminal.run("true", timeout=LIMIT) == child.Ran(0, b"", is_whole=True)


def test_what_ends_at_the_last_moment_isn_t_late(terminal, monkeypatch):
    seen = []

    def waited(pid, options):
        found = waitpid(pid, options)
        seen.extend(filter(None, found[:1]))
        return found

    waitpid = os.waitpid
    monkeypatch.setattr(os, "waitpid", waited)
    monkeypatch.setattr(child, "time", SimpleNamespace(monotonic=lambda: 1e9 if seen else 0.0))

    ran = terminal.run(*shell("sleep 0.3; exit 9"), timeout=LIMIT)

    assert seen
    assert (ran.code, ran.is_late) == (9, False)


def test_a_process_left_behind_isn_t_waited_for(terminal, tmp_path):
    script = f"echo up; {{ echo $$ > {tmp_path}/pid; sleep {LIMIT}; }} & exit 8"

    ran = terminal.run(*shell(script), patience=0.3)

    assert (ran.code, ran.is_held, ran.is_whole, terminal.read[0]) == (8, True, False, b"up\n")


def test_what_was_printed_to_the_end_goes_on_though_another_process_holds_the_output(terminal, monkeypatch):
    monkeypatch.setattr(child, "_CHUNK", 10)  # so slow that much is left when it ends

    ran = terminal.run(*shell(f"sleep {LIMIT} & head -c 50000 /dev/zero; exit 8"), patience=0)

    assert (ran.code, ran.is_held, len(terminal.read[0])) == (8, True, 50_000)


def test_a_signal_that_comes_after_the_end_reaches_nobody(terminal, when_seen, monkeypatch):
    came = threading.Event()
    when_seen(lambda: os.kill(os.getpid(), signal.SIGTERM) or came.set())
    monkeypatch.setattr(child, "time", SimpleNamespace(monotonic=lambda: 1e9 if came.is_set() else 0.0))

    ran = terminal.run(*shell(f"{{ sleep 0.3; echo late; sleep {LIMIT}; }} & exit 8"), patience=1)

    assert (ran.code, ran.was_stopped, terminal.read[0]) == (8, True, b"late\n")


def test_a_reader_that_goes_away_ends_the_command_as_without_ghstatus():
    read, write = os.pipe()
    os.close(read)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        ran = child.run(["yes"], streams=(write, nowhere.fileno()))
    os.close(write)

    assert ran.code == 128 + signal.SIGPIPE


def test_a_reader_that_is_slow_and_doesn_t_wait_gets_everything(terminal):
    os.set_blocking(terminal.pipes[0][1], False)

    terminal.run(*shell("head -c 3000000 /dev/zero"))

    assert len(terminal.read[0]) == 3_000_000


@pytest.mark.parametrize(
    ("command", "number"),
    [("no-such-command", errno.ENOENT), (os.path.dirname(__file__), errno.EACCES)],  # noqa: PTH120
)
def test_what_can_t_run_is_told_and_nothing_is_left_open(command, number):
    before = os.listdir("/proc/self/fd")  # noqa: PTH208

    with pytest.raises(OSError) as failed:  # noqa: PT011
        child.run([command])

    assert failed.value.errno == number
    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208


def test_nothing_is_left_open_when_it_is_over():
    before = os.listdir("/proc/self/fd")  # noqa: PTH208

    child.run(["true"])

    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208


def test_a_closed_stdin_stays_closed(terminal):
    kept = os.dup(0)
    os.close(0)
    try:
        ran = terminal.run(*shell("cat; exit 0"))
    finally:
        os.dup2(kept, 0)
        os.close(kept)

    assert ran.code == 0
    assert b"Bad file descriptor" in terminal.read[1]


def test_at_a_terminal_it_stays_in_front_and_gets_ctrl_c_directly(terminal, when_seen, monkeypatch):
    monkeypatch.setattr(os, "isatty", lambda fd: fd == 0)
    when_seen(lambda: os.kill(os.getpid(), signal.SIGINT))

    ran = terminal.run(
        *python("import os, time; print(os.getpgrp(), flush=True); time.sleep(0.5); raise SystemExit(2)")
    )

    assert (int(terminal.read[0]), ran.code, ran.was_stopped) == (os.getpgrp(), 2, True)


def test_at_a_terminal_other_signals_reach_the_command_by_ghstatus(terminal, when_seen, monkeypatch):
    monkeypatch.setattr(os, "isatty", lambda fd: fd == 2)
    when_seen(lambda: os.kill(os.getpid(), signal.SIGTERM))

    assert terminal.run(*shell("echo up; exec sleep 30")).code == 128 + signal.SIGTERM


def test_a_stranger_s_process_isn_t_signalled(terminal, when_seen, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "killpg", refuse)
    when_seen(lambda: os.kill(os.getpid(), signal.SIGTERM))

    assert terminal.run(*shell("echo up; sleep 0.3; exit 3")).code == 3


def test_a_terminal_is_known_as_one():
    ours, theirs = pty.openpty()
    assert os.isatty(theirs)
    os.close(ours)
    os.close(theirs)
