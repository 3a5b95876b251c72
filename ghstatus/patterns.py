"""Phrases, found in texts in time that grows with the text alone: the only home of RE2.

Patterns come from configurations and issues, and texts from anybody. RE2 never goes back in a text, so no pattern can
hang a run (https://github.com/google/re2/wiki/WhyRE2). A line ends where a line feed stands; whoever reads a text makes
other ends such.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ghstatus.model import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 1000
"""The characters of a pattern."""
_MEMORY = 8 << 20
"""The bytes that one pattern may take; RE2's own default."""
_MEMORY_OF_MANY = 64 << 20
"""The bytes that a set of them may take. Most of it is what a search remembers, and it remembers only what it met."""
_FLAGS = "(?m)"


def check(phrase: Phrase) -> None:
    """Raise ValueError, in words, where a phrase can't be looked for, or would be found in every text."""
    if not phrase.text.strip():
        raise ValueError("it is empty")
    if len(phrase.text) > MOST:
        raise ValueError(f"it has {len(phrase.text):,} characters, and may have {MOST:,}")
    if _compiled(phrase).search(""):
        raise ValueError("it is found in every text, for it takes nothing at all")


def glob(text: str) -> Phrase:
    """A phrase for a whole text, in which `*` stands for anything."""
    return Phrase(rf"\A{'.*'.join(map(re.escape, text.split('*')))}\z", is_pattern=True)


def find(phrase: Phrase, text: str) -> tuple[int, int] | None:
    """Where a phrase first stands in a text; None when it doesn't.

    Raises ValueError when it can't be looked for.
    """
    found = _compiled(phrase).search(_whole(text))
    return found.span() if found else None


def groups(phrase: Phrase, text: str) -> dict[str, str]:
    """What the named groups of a pattern hold; empty when it isn't found, or has none."""
    found = _compiled(phrase).search(_whole(text))
    return {name: value for name, value in found.groupdict().items() if value is not None} if found else {}


class Phrases:
    """Many phrases, looked for at once.

    Raises ValueError when one of them can't be looked for.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        import re2

        self._phrases = tuple(phrases)
        self._set = re2.Set.SearchSet(_options(_MEMORY_OF_MANY))
        for phrase in self._phrases:
            try:
                self._set.Add(_source(phrase))
            except re2.error:
                _compiled(phrase)  # says why
        # One that every text holds: an answer without it isn't "nothing", but a search that ran out of memory.
        self._canary = self._set.Add("")
        try:
            self._set.Compile()
        except re2.error:  # they are too many, or one is too large, which is then said
            self._set = None
            for phrase in self._phrases:
                _compiled(phrase)

    def found(self, text: str) -> frozenset[int]:
        """The positions of the phrases that a text holds."""
        text = _whole(text)
        hits = frozenset((self._set and self._set.Match(text)) or ())
        if self._canary in hits:
            return hits - {self._canary}
        return frozenset(place for place, phrase in enumerate(self._phrases) if find(phrase, text))


_HALF = re.compile(r"[\ud800-\udfff]")
"""Half of a character, as JSON may hold; it can't be written in UTF-8."""


def _whole(text: str) -> str:
    """`text` with another character for each half of one, at the same place."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text


@lru_cache(maxsize=2048)
def _compiled(phrase: Phrase) -> Any:
    import re2

    try:
        return re2.compile(_source(phrase), _options(_MEMORY))
    except re2.error as error:
        raise ValueError(_reason(error.args[0].decode("utf-8", "replace"))) from None


def _source(phrase: Phrase) -> str:
    import re2

    if _HALF.search(phrase.text):
        raise ValueError("it holds half a character")
    return f"{_FLAGS}{phrase.text}" if phrase.is_pattern else str(re2.escape(phrase.text))


def _options(memory: int) -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = memory
    return options


_WORDS = {
    "missing )": "a ( is opened and never closed",
    "unexpected )": "a ) closes nothing",
    "missing ]": "a [ is opened and never closed: {}",
    "invalid repetition size": "{} repeats more than RE2 takes, which is 1000 times all in all",
    "invalid perl operator": "RE2 doesn't know {}",
    "invalid escape sequence": "RE2 doesn't know {}",
    "invalid character class range": "{} is no range of characters",
    "invalid named capture group": "{} is no name of a group",
    "no argument for repetition operator": "nothing stands before {} that it could repeat",
    "bad repetition operator": "{} repeats a repetition",
    "trailing \\": "a \\ stands at its end",
    "pattern too large": "it takes too much memory",
}
"""RE2's complaints, and what a person would say; `{}` is the part that it complains of."""
_LONGEST = 40


def _reason(complaint: str) -> str:
    words = next((words for start, words in _WORDS.items() if complaint.startswith(start)), f"RE2 says {complaint}")
    part = complaint.partition(": ")[2][:_LONGEST]
    visible = "".join(sign if sign.isprintable() else "\ufffd" for sign in part)
    return words.replace("{}", f"'{visible}'")
