"""Which failures of checks an incident is about ↔ the keys that say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar import phrases, words
from ghstatus.model import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.grammar.front import Front
    from ghstatus.model import Phrase

KEYS = ("match", "checks", "targets", "all_fail")
MOST = 20
"""The entries of one key."""
SHORTEST = 8
"""The characters of words that are to tell one failure from others."""
_LONGEST = 200
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"", "false", "no", "off"})
_LINES = re.compile(r"\n")
_NAMES = re.compile(r"[\n,]")
_OTHERS = "ignored; the others count"


def read(front: Front) -> Scope:
    """What the keys say; what can't be taken is a problem, and leaves nothing out."""
    return Scope(
        match=tuple(_phrases(front)),
        checks=tuple(_names(front, "checks", _LINES)),
        targets=tuple(_names(front, "targets", _NAMES)),
        all_fail=_all_fail(front),
    )


def written(scope: Scope) -> Iterator[tuple[str, object]]:
    """The keys that `read` reads as the same."""
    yield "match", [phrases.write(one) for one in scope.match]
    yield "checks", list(scope.checks)
    yield "targets", list(scope.targets)
    yield "all_fail", scope.all_fail


def _phrases(front: Front) -> Iterator[Phrase]:
    for position, text in _entries(front, "match", _LINES):
        phrase = phrases.read(text)
        fault = phrases.fault(phrase)
        if not phrase.is_pattern and len(text) < SHORTEST:
            fault = f"{words.shown(text)} is too short to tell one failure from others"
        if fault:
            accepted = f"at least {SHORTEST} characters of an error's text, or a pattern of RE2's between slashes"
            front.reporter("match", position)(words.clipped(fault), accepted, _OTHERS)
        else:
            yield phrase


def _names(front: Front, key: str, between: re.Pattern[str]) -> Iterator[str]:
    for position, text in _entries(front, key, between):
        if len(text) <= _LONGEST:
            yield text
        else:
            accepted = f"at most {_LONGEST} characters"
            front.reporter(key, position)(f"it has {len(text):,} characters", accepted, _OTHERS)


def _entries(front: Front, key: str, between: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each entry with its position: of a list, or of a text that `between` parts."""
    value = front.values.get(key, "")
    if isinstance(value, dict):
        front.reporter(key)("a mapping stands where a list belongs", "a list of texts", "ignored")
        return
    found = between.split(value) if isinstance(value, str) else value
    count = 0
    for position, item in enumerate(found):
        if not isinstance(item, str):
            front.reporter(key, position)("a list or a mapping stands where text belongs", "text", _OTHERS)
        elif item.strip():
            count += 1
            if count <= MOST:
                yield position, item.strip()
    if count > MOST:
        front.reporter(key)(f"it has {count:,} entries", f"at most {MOST}", f"the first {MOST} count")


def _all_fail(front: Front) -> bool:
    said = front.line("all_fail")
    if said.lower() not in _YES | _NO:
        front.reporter("all_fail")(
            f"{words.shown(said)} is neither true nor false", "true or false", "counted as false"
        )
    return said.lower() in _YES
