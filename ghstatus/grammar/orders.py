"""A comment → the commands in it, in their order, and the words that are left for users.

A command is a line of its author's own that begins with `/` and a verb. What begins with `/` and is none stays as it is.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import arguments, sentences, verbs, words
from ghstatus.grammar.asking import MisfitError, Value
from ghstatus.grammar.speech import own_lines

if TYPE_CHECKING:
    from ghstatus.grammar.asking import Asking
    from ghstatus.grammar.verbs import Verb
    from ghstatus.model import Kind

MOST = 50
"""More commands than anybody types into one comment."""


class Command(NamedTuple):
    """Something that somebody tells ghstatus about an incident."""

    verb: Verb
    typed: str
    """What stood behind the verb, as it was typed."""
    value: Value


class Fault(NamedTuple):
    """What is wrong with a command."""

    seen: str
    accepted: str
    outcome: str


class Said(NamedTuple):
    """What a comment says."""

    commands: tuple[Command, ...]
    """In the order of their lines."""
    above: str
    """What stood behind the first verb that tells a phase, where no words stand above it."""
    prose: str
    """The other words, whatever stood behind other phases in its place."""
    faults: tuple[Fault, ...]


_MAYBE = re.compile(r"^[ \xa0]{0,3}/[ \xa0]?[a-z]", re.MULTILINE | re.IGNORECASE)
_LINE = re.compile(
    r"""[ \xa0]{0,3}/[ \xa0]?(?P<word>[a-z][a-z\u2010-\u2014_-]{0,39})
        (?:[:.,!]{0,3}(?:[ \t\xa0]+(?P<rest>.*))?)""",
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"))
_DASH = re.compile(r"^\s*[\u2010-\u2014-](?=\s)")
"""Between a phase and its words."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)")
_TWO = {"false": "alarm", "in": "progress", "post": "mortem"}
"""Verbs that people type as two words."""
_NO_OTHERS = "the others count"
_NOT_DONE = "not carried out"


def read(text: str, kind: Kind, asking: Asking) -> Said:
    """Read a comment with LF line endings on an incident of `kind`, as `asking` says."""
    if "/" not in text or not _MAYBE.search(text):
        return Said((), "", text, ())
    return _Reader(kind, asking).read(text)


def command(verb: Verb, text: str, kind: Kind, asking: Asking) -> Command:
    """What somebody says by `verb` of an incident of `kind`; raises MisfitError when it can't be said."""
    if kind not in verb.kinds:
        near = verbs.instead(verb, kind)
        accepted = ", ".join(f"`/{one.name}`" for one in ([near] if near else verbs.ALL) if kind in one.kinds)
        meant = sentences.several([f"{one}s" for one in verb.kinds])
        raise MisfitError(f"`/{verb.name}` is for {meant}, not for this {kind}", accepted)
    try:
        return Command(verb, text.strip(), arguments.read(verb, text, asking))
    except MisfitError as error:
        seen = error.seen if error.seen.startswith(f"`/{verb.name}`") else f"`/{verb.name}`: {error.seen}"
        raise MisfitError(seen, error.accepted) from None


def write(verb: Verb, text: str = "") -> str:
    """Write a command that `read` reads as the same."""
    return f"/{verb.name} {' '.join(text.split())}".rstrip()


class _Reader:
    def __init__(self, kind: Kind, asking: Asking) -> None:
        self.kind = kind
        self.asking = asking
        self.commands: list[Command] = []
        self.faults: list[Fault] = []
        self.above: str | None = None
        self.prose: list[str] = []
        self.count = 0

    def read(self, text: str) -> Said:
        for line, own in zip(text.split("\n"), own_lines(text), strict=True):
            found = _LINE.fullmatch(line) if _MAYBE.match(own) else None
            if found is None or not self._is_ours(found["word"], found["rest"] or ""):
                self.prose.append(line)
        if self.count > MOST:
            self._report(f"{self.count:,} commands", f"at most {MOST} in one comment", f"the first {MOST} count")
        return Said(tuple(self.commands), self.above or "", "\n".join(self.prose), tuple(self.faults))

    def _report(self, seen: str, accepted: str, outcome: str) -> None:
        self.faults.append(Fault(seen, accepted, outcome))

    def _is_ours(self, typed: str, rest: str) -> bool:
        """Whether a line is a command, be it one that can't be carried out."""
        word = typed.translate(_DASHES).lower()
        first, _, others = rest.partition(" ")
        if _TWO.get(word) == first.lower().rstrip(":.,!"):
            word, rest = f"{word}-{first.lower().rstrip(':.,!')}", others
        verb = verbs.find(word)
        hint = "" if verb else _hint(word, self.kind)
        if verb is None and not hint:
            return False
        self.count += 1
        if self.count > MOST:
            return True
        if verb is None:
            self._report(
                f"{words.shown(f'/{typed}')} is no command",
                words.hinted("`/help` tells which there are", hint),
                _NOT_DONE,
            )
        else:
            self._take(verb, _DASH.sub("", rest) if verb.is_prose else " ".join(_COMMENT.sub(" ", rest).split()))
        return True

    def _take(self, verb: Verb, rest: str) -> None:
        rest = rest.strip()
        is_shown = verb.is_prose and bool(rest)
        try:
            found = command(verb, rest, self.kind, self.asking)
        except MisfitError as error:
            near = verbs.instead(verb, self.kind) if verbs.is_meant(verb, self.kind) else None
            if near:
                self._report(error.seen, error.accepted, f"counted as `/{near.name}`")
                self._take(near, rest)
                return
            self._report(error.seen, error.accepted, "its text counts as text" if is_shown else _NOT_DONE)
        else:
            self.commands.append(found)
            for seen, accepted in found.value.faults:
                self._report(f"`/{verb.name}`: {seen}", accepted, _NO_OTHERS)
            rest = found.value.text
        if verb.is_prose:
            self._keep(rest)

    def _keep(self, rest: str) -> None:
        """Keep what stands behind a phase, for users."""
        if self.above is None and not any(line.strip() for line in self.prose):
            self.above = rest
        elif rest:
            self.prose.append(rest)


@lru_cache(maxsize=1024)
def _hint(word: str, kind: Kind) -> str:
    """Which verb somebody may have meant; empty where it is likely that none was."""
    near = [] if word in _OF_OTHERS else get_close_matches(word, verbs.VERBS, n=1, cutoff=_NEAR)
    meant = _OTHERS.get(word) or "".join(near)
    if meant and (other := verbs.instead(verbs.VERBS[meant], kind)):
        meant = other.name
    return f"did you mean '/{meant}'?" if meant else ""


_OTHERS = {
    **dict.fromkeys(("fixed", "solved", "fix", "solve", "close", "closed", "end", "over"), "resolve"),
    **dict.fromkeys(("dup", "dupe"), "duplicate"),
    **dict.fromkeys(("ack", "acknowledge", "acknowledged", "manager"), "lead"),
}
_OF_OTHERS = frozenset({"all", "remove"})
"""Words that other programs take as commands, however near they are to ours."""
_NEAR = 0.75
