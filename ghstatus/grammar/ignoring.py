"""`/ghstatus ignore <reason>` and `/ghstatus unignore`, as people say it in comments on pull requests."""

from __future__ import annotations

import re
from typing import NamedTuple

from ghstatus.grammar.speech import own_words

_COMMAND = re.compile(
    r"[ \t]{0,3}/ghstatus[ \t]{1,9}(?P<word>ignore|unignore)(?::?[ \t]{1,9}(?P<reason>\S.*)|:?[ \t]*)", re.IGNORECASE
)
_LONGEST = 300


class Command(NamedTuple):
    """What somebody wants ghstatus to do."""

    is_ignoring: bool
    reason: str
    """Why, on one line; empty where nobody said."""


def read(text: str) -> Command | None:
    """The last command of a comment; None where there is none."""
    found = [match for line in own_words(text).split("\n") if (match := _COMMAND.fullmatch(line.rstrip()))]
    if not found:
        return None
    reason = " ".join((found[-1]["reason"] or "").split())
    return Command(found[-1]["word"].lower() == "ignore", reason[:_LONGEST])
