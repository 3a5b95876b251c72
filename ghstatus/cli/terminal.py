"""What the command line prints: answers to stdout, remarks to stderr, nothing that steers a terminal."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from ghstatus import __version__
from ghstatus.cli import notices
from ghstatus.errors import ConfigError
from ghstatus.grammar import moment
from ghstatus.model import ComponentStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghstatus.errors import GhstatusError, Problem
    from ghstatus.model import Board, Record

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_COLOURS = {
    ComponentStatus.OPERATIONAL: "green",
    ComponentStatus.UNKNOWN: "bright_black",
    ComponentStatus.UNDER_MAINTENANCE: "blue",
    ComponentStatus.DEGRADED_PERFORMANCE: "yellow",
    ComponentStatus.PARTIAL_OUTAGE: "dark_orange",
    ComponentStatus.MAJOR_OUTAGE: "red",
}


_COMMAND = re.compile(r":(?=:)|#(?=#\[)|(?<=#)#(?=\[)")
"""GitHub Actions obeys a line that begins with `::`, and one that holds `##[`; a terminal may wrap lines anywhere."""


def plain(text: str) -> str:
    """Text in which no stranger's characters move the cursor, change colours, turn the line around or give orders."""
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return _COMMAND.sub(r"\g<0> ", text) if "GITHUB_ACTIONS" in os.environ else text


def say(text: str) -> None:
    """Print an answer."""
    print(plain(text), flush=True)


def remark(text: str) -> None:
    """Print something about the work, beside its answer."""
    print(plain(text), file=sys.stderr)


def data(value: object) -> None:
    """Print an answer for programs."""
    # JSON escapes whatever could steer a terminal, and its lines begin with signs of its own.
    print(json.dumps(value, indent=2).replace("##[", r"#\u0023["), flush=True)


def alarm(text: str) -> None:
    """Print what went wrong; in a workflow, also on the run's page."""
    _annotated("error", text)


def failure(error: GhstatusError) -> None:
    """Print what ended a command; in a workflow, beside the file's line where it is known."""
    if isinstance(error, ConfigError):
        for problem in error.problems:
            _told("error", problem, Path())
    else:
        alarm(str(error))


def problems(found: Iterable[Problem], home: Path | None = None) -> int:
    """Print each problem on a line of its own; the answer is how many there were.

    `home` is the folder in which its file is to be found.
    """
    every = list(found)
    for problem in every:
        _told("warning", problem, home or Path())
    return len(every)


def _told(level: str, problem: Problem, home: Path) -> None:
    where = notices.place(problem, home, os.environ) if "GITHUB_ACTIONS" in os.environ else {}
    _annotated(level, str(problem).replace("\n", " "), **where)


def _annotated(level: str, text: str, **where: str) -> None:
    if "GITHUB_ACTIONS" not in os.environ:
        remark(text)
        return
    shown = {name: plain(value) for name, value in where.items()}
    print(notices.notice(level, plain(text), **shown), file=sys.stderr)


def counted(count: int, what: str) -> str:
    """`1 problem`, `1,200 problems`."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def board(judged: Board) -> None:
    """Print a board: the headline, then a table of components, then what goes on."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ghstatus.render.text import clock, words

    console = Console(no_color="NO_COLOR" in os.environ, highlight=False)
    console.print(Text(plain(words.headline(judged)), style=f"bold {_COLOURS[judged.status]}"))
    if remark_ := words.remark(judged):
        console.print(Text(remark_))
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("component", "status", "since", "incidents"):
        table.add_column(heading, overflow="fold")
    for state in judged.components:
        if state.component.hidden and state.status is ComponentStatus.OPERATIONAL:
            continue
        table.add_row(
            plain(state.component.name),
            Text(words.STATUSES[state.status], style=_COLOURS[state.status]),
            moment.write(state.since) if state.since else "",
            plain(", ".join(state.refs)),
        )
    console.print(table)
    for story in (*judged.active, *judged.in_progress, *judged.upcoming, *judged.announcements):
        record = story.record
        phase = words.PHASES[record.phase].lower() if record.phase else words.KINDS[record.kind].lower()
        lasted = f", {clock.duration(judged.now - record.started)}" if record.started <= judged.now else ""
        console.print(
            Text(plain(f"{record.ref}: {record.title} ({phase}, since {moment.write(record.started)}{lasted})"))
        )


def records(found: Iterable[Record]) -> None:
    """Print a table of incidents."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ghstatus.render.text import words

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("incident", no_wrap=True, overflow="fold")  # to be copied
    for heading in ("phase", "since", "until", "title"):
        table.add_column(heading, overflow="fold")
    for record in found:
        phase = words.PHASES[record.phase] if record.phase else words.KINDS[record.kind]
        ended = moment.write(record.ended) if record.ended else ""
        texts = (record.ref, phase, moment.write(record.started), ended, record.title)
        table.add_row(*(Text(plain(text)) for text in texts))
    Console(no_color="NO_COLOR" in os.environ, highlight=False).print(table)


def progress(what: str) -> Callable[[int], None]:
    """A counter that is drawn on a terminal and silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda _: None

    def seen(count: int) -> None:
        if count % 200 == 0:
            print(f"\r{what}: {count:,}", end="\r", file=sys.stderr, flush=True)

    return seen


def bug() -> None:
    """Say that ghstatus itself is broken, with what is needed to mend it."""
    remark(traceback.format_exc().rstrip())
    remark(
        f"\nThis is a bug in ghstatus, and not your mistake. Please report it with the lines above and this one:\n"
        f"ghstatus {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
