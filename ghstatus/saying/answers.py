"""Replies to what people ask for in comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import verbs
from ghstatus.grammar.quoting import code, plain
from ghstatus.grammar.sentences import capital
from ghstatus.saying.room import fitted

if TYPE_CHECKING:
    from ghstatus.model import Kind


def help_on(kind: Kind) -> str:
    """All that may be said of something of that kind."""
    rows = [f"| {_typed(verb)} | {verb.meaning.replace('|', '&#124;')} |" for verb in verbs.ALL if kind in verb.kinds]
    table = "\n".join(["| Command | What it does |", "|---|---|", *rows])
    return (
        "Each command stands on a line of its own, and there may be many in one comment. The other words of a comment "
        f"are the update that users read.\n\n{table}\n\nTimes are UTC unless they say otherwise."
    )


def announcement(channel: str, text: str) -> str:
    """A text to post in a channel, which is for copying."""
    ticks = "`" * max(3, *(len(run) + 1 for run in _runs(text)), 3)
    shown = fitted(text.strip("\n"))
    return f"For {code(channel)}:\n\n{ticks}text\n{shown}\n{ticks}"


def no_channel(reason: str) -> str:
    """That there is none, and which there are."""
    return f"{capital(plain(reason))}."


def _typed(verb: verbs.Verb) -> str:
    """The command as it is typed; a bar would end the cell, even in code."""
    shape = f" {verb.shape}" if verb.shape else ""
    return f"`/{verb.name}{shape}`".replace("|", "\\|")


def _runs(text: str) -> list[str]:
    return [run for run in "".join(sign if sign == "`" else " " for sign in text).split() if run]
