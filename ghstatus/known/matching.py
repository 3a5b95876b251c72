"""Which signatures fit what was read of a failure: all of them are looked for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus import patterns
from ghstatus.known import cleaning
from ghstatus.model import Near, Surface, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.model import Phrase, Signature, Text

_SHORT = 400
FAR = "it stands far above the end of the log"
_MOST = 4096
"""Titles are short, and the same on thousands of checks: so many are remembered."""


class Match(NamedTuple):
    """A signature that fits a text."""

    signature: Signature
    text: Text

    @property
    def quote(self) -> str:
        """The line that it fits."""
        return quote(self.signature.phrase, self.text)


class Finder:
    """Phrases to find, each of them once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(dict.fromkeys(phrases))
        self._set = patterns.Phrases(self._phrases)
        self._seen: dict[str, frozenset[Phrase]] = {}

    def found(self, text: str) -> frozenset[Phrase]:
        """The phrases that a text holds."""
        known = self._seen.get(text)
        if known is not None:
            return known
        found = frozenset(self._phrases[place] for place in self._set.found(text))
        if len(text) <= _SHORT and len(self._seen) < _MOST:
            self._seen[text] = found
        return found


def phrases(signature: Signature) -> Iterator[Phrase]:
    """All that has to be looked for because of a signature."""
    yield signature.phrase
    if signature.requires:
        yield signature.requires
    if signature.unless:
        yield signature.unless


def lacks(signature: Signature, text: Text, found: frozenset[Phrase], late: frozenset[Phrase]) -> str:
    """What keeps a signature, whose phrase a text holds, from fitting it; empty where it fits."""
    if not is_read_on(signature, text.surface):
        return f"it counts only on {' and '.join(sorted(signature.surfaces))}, and this is a {text.surface.value}"
    if signature.requires and signature.requires not in found:
        return "the text lacks what it requires beside its own words"
    if signature.unless and signature.unless in found:
        return "the text also holds what speaks against it"
    return FAR if may_excuse(signature) and signature.phrase not in late else ""


def may_excuse(signature: Signature) -> bool:
    """Whether a signature says why a failure isn't the author's; what is over when the log ends isn't why."""
    return signature.tier is not Tier.NEVER and not signature.is_mute


def is_read_on(signature: Signature, surface: Surface) -> bool:
    """Whether a signature is looked for on a surface; one for `log` is looked for on every log."""
    return surface in signature.surfaces or (surface.is_log and Surface.LOG in signature.surfaces)


def compare(
    signatures: Iterable[Signature], text: Text, found: frozenset[Phrase], late: frozenset[Phrase]
) -> tuple[list[Match], list[Near]]:
    """Which signatures fit a text that holds the phrases `found`, `late` where it may excuse, and which nearly do."""
    matches: list[Match] = []
    nearly: list[Near] = []
    for signature in signatures:
        if signature.phrase not in found:
            continue
        missing = lacks(signature, text, found, late)
        if missing:
            nearly.append(Near(signature.id, missing))
        else:
            matches.append(Match(signature, text))
    return matches, nearly


def quote(phrase: Phrase, text: Text) -> str:
    """The line of a text that holds a phrase, where it may excuse rather than elsewhere; empty when none does."""
    for part in dict.fromkeys((cleaning.ending(text), text.text)):
        place = patterns.find(phrase, part)
        if place:
            return cleaning.line(part, *place)
    return ""
