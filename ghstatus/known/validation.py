"""Whether a signature that somebody wrote tells one failure from all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import patterns
from ghstatus.errors import Problem
from ghstatus.grammar import phrases, words
from ghstatus.grammar.signature import matches
from ghstatus.known import cleaning, matching
from ghstatus.model import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.grammar.signature import Catalogue
    from ghstatus.model import Check, Evidence, Phrase, Signature

SHORTEST = 12
"""The characters of a text without its digits and its white space."""
_MOST_NAMED = 3
_EVERYWHERE = (
    "Error: Process completed with exit code 1.",
    "##[error]The process '/usr/bin/bash' failed with exit code 1",
    'The command "make check" exited with 1.',
    "make: *** [Makefile:12: check] Error 2",
    "make[1]: Leaving directory '/home/runner/work/project'",
    "Traceback (most recent call last):",
    "subprocess.CalledProcessError: Command '['make']' returned non-zero exit status 1.",
    "ERROR: Command failed:",
    "error: Command failed with exit code 1",
    "RPM build errors:",
    "error: Bad exit status from /var/tmp/rpm-tmp.Ab12Cd (%check)",
    "FAILURE: Build failed with an exception.",
    "ERROR: Job failed: exit code 1",
    "npm ERR! A complete log of this run can be found in:",
    "The operation was canceled.",
    "The job was canceled because it exceeded the maximum execution time.",
    "=========== short test summary info ===========",
    "Segmentation fault (core dumped)",
    "Internal Server Error",
    "Connection refused",
    "Connection timed out",
    "No such file or directory",
    "Permission denied",
)
"""Lines that stand below failures of every kind."""
_REFUSED = "refused: it explains nothing until it is mended"
_NOTHING = re.compile(r"[\s\d]")
_BARE_WORD = re.compile(r"\W{0,9}[^\W\d_]+\W{0,9}")
_UNIQUE = (
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE), "an id"),
    (re.compile(r"\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,}\b", re.IGNORECASE), "an id"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "a date"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "a time"),
    (re.compile(r"(?<![\w.])\d{7,}(?![\w.])"), "a number"),
)
"""What no second failure shows."""
# What of a pattern stands for anything, or for a place.
_ANYTHING = re.compile(
    r"\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P?<\w*>|[a-zA-Z-]*:?)|\{[\d,]*\}|[.^$*+?()|]"
)


class Validation(NamedTuple):
    """What is to be said of a signature."""

    problems: tuple[Problem, ...]
    """Why it is refused; nothing where it may be used."""
    fits: tuple[bool, ...]
    """Of each of its samples, whether it tells that one."""

    @property
    def is_taken(self) -> bool:
        """Whether it may be used."""
        return not self.problems


def validate(signature: Signature, catalogue: Catalogue, *, where: str = "") -> Validation:
    """Hold a signature against texts that it must not tell; problems name `where` it stands, or else its issue."""
    place = where or f"#{signature.origin}"
    faults = dict.fromkeys(_faults(signature, catalogue))
    problems = tuple(
        Problem(where=place, key="text", seen=seen, accepted=accepted, outcome=_REFUSED) for seen, accepted in faults
    )
    is_sound = not any(map(phrases.fault, _phrases(signature)))
    return Validation(problems, tuple(is_sound and told(signature, text) for text in signature.samples))


def taken(signatures: Iterable[Signature], catalogue: Catalogue) -> tuple[Signature, ...]:
    """Those that may be used."""
    return tuple(signature for signature in signatures if validate(signature, catalogue).is_taken)


def told(signature: Signature, text: str) -> bool:
    """Whether a text is what a signature tells of, wherever it stands."""
    return matches(signature, cleaning.clean(text))


def shows(signature: Signature, check: Check, evidence: Evidence) -> bool:
    """Whether a check shows, where a signature is looked for, what that tells of."""
    texts = (*cleaning.own(check), *cleaning.told(evidence))
    return any(matching.is_read_on(signature, text.surface) and matches(signature, text.text) for text in texts)


def _phrases(signature: Signature) -> Iterator[Phrase]:
    yield from filter(None, (signature.phrase, signature.requires, signature.unless))


def _faults(signature: Signature, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    broken = [(one, fault) for one in _phrases(signature) if (fault := phrases.fault(one))]
    for phrase, fault in broken:
        yield f"{words.shown(phrase.text)} can't be looked for: {words.clipped(fault)}", "words, or a pattern of RE2's"
    if broken:
        return
    yield from _vague(signature.phrase)
    yield from _unique(signature.phrase)
    yield from _broad(signature, catalogue)


def _vague(phrase: Phrase) -> Iterator[tuple[str, str]]:
    said = _ANYTHING.sub("", phrase.text) if phrase.is_pattern else phrase.text
    length = len(_NOTHING.sub("", said))
    if length < SHORTEST:
        seen = f"it is too short: {length} characters, digits and spaces aside"
        yield seen, f"at least {SHORTEST} such characters, as of a whole line that the failure shows"
    elif _BARE_WORD.fullmatch(said):
        yield f"{words.shown(said)} is a single word, which any failure may show", "several words of the failure's line"


def _unique(phrase: Phrase) -> Iterator[tuple[str, str]]:
    for expression, what in _UNIQUE:
        if found := expression.search(phrase.text):
            seen = f"it holds {what} that no other failure shows: {words.shown(found[0])}"
            yield seen, r"the text without it, or a pattern with `\S+` or `\d+` in its place"


def _broad(signature: Signature, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    hit = [(name, text) for name, text in _others(catalogue, signature.tier) if told(signature, text)]
    for name, text in hit[:_MOST_NAMED]:
        line = _line(signature.phrase, cleaning.clean(text))
        seen = f"it is too broad: it also tells {words.shown(line)}, which isn't such a failure ({name})"
        yield seen, "more of the failure's own words, or `unless:` with words that speak against it"


def _others(catalogue: Catalogue, tier: Tier) -> Iterator[tuple[str, str]]:
    """Texts that tell less than a signature of that tier, or an author's own failure, with what they are."""
    yield from (("a line of many failures", line) for line in _EVERYWHERE)
    for negative in catalogue.negatives:
        if negative.expected not in {Tier.INFRA, tier}:
            yield f"as in {negative.source}", negative.text
    for signature in catalogue.signatures:
        if signature.tier is Tier.NEVER:
            yield from (("an author's own failure", sample) for sample in signature.samples)


def _line(phrase: Phrase, text: str) -> str:
    """The line of a text on which a phrase stands."""
    start, end = patterns.find(phrase, text) or (0, 0)
    return cleaning.line(text, start, end)
