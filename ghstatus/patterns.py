"""Phrases, found in texts in time that grows with the text alone: the only home of RE2.

Patterns come from configurations and issues, and texts from anybody. RE2 never goes back in a text, so no pattern can
hang a run (https://github.com/google/re2/wiki/WhyRE2).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.model import Phrase

MOST = 1000
"""The characters of a pattern."""
_MEMORY = 8 << 20
"""The bytes that one pattern, or one set of them, may take; RE2's own default."""


def check(phrase: Phrase) -> None:
    """Raise ValueError, in words, where a phrase can't be looked for."""
    if not phrase.text.strip():
        raise ValueError("it is empty")
    if len(phrase.text) > MOST:
        raise ValueError(f"it has {len(phrase.text):,} characters, and may have {MOST:,}")
    _compiled(phrase)


def find(phrase: Phrase, text: str) -> tuple[int, int] | None:
    """Where a phrase first stands in a text; None when it doesn't.

    Raises ValueError when it can't be looked for.
    """
    found = _compiled(phrase).search(text)
    return found.span() if found else None


def groups(phrase: Phrase, text: str) -> dict[str, str]:
    """What the named groups of a pattern hold; empty when it isn't found, or has none."""
    found = _compiled(phrase).search(text)
    return {name: value for name, value in found.groupdict().items() if value is not None} if found else {}


class Phrases:
    """Many phrases, looked for at once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        import re2

        self._phrases = tuple(phrases)
        self._set = re2.Set.SearchSet(_options())
        for phrase in self._phrases:
            self._set.Add(_source(phrase))
        # One that every text holds: an answer without it isn't "nothing", but a search that ran out of memory.
        self._canary = self._set.Add("")
        self._set.Compile()

    def found(self, text: str) -> frozenset[int]:
        """The positions of the phrases that a text holds."""
        hits = frozenset(self._set.Match(text) or ())
        if self._canary in hits:
            return hits - {self._canary}
        return frozenset(place for place, phrase in enumerate(self._phrases) if find(phrase, text))


@lru_cache(maxsize=2048)
def _compiled(phrase: Phrase) -> Any:
    import re2

    try:
        return re2.compile(_source(phrase), _options())
    except re2.error as error:
        raise ValueError(f"it is no pattern of RE2's: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


def _source(phrase: Phrase) -> str:
    import re2

    return f"(?m:{phrase.text})" if phrase.is_pattern else str(re2.escape(phrase.text))


def _options() -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    return options
