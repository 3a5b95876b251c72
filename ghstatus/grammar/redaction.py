"""Who did something, taken out of a Markdown text: what happened is everybody's, a name is the team's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ghstatus.grammar.prose import SPAN

if TYPE_CHECKING:
    from collections.abc import Iterable

SOMEBODY = "a team member"
"""What stands in place of a name."""
_GHOST = "ghost"
"""What stands in its place inside an address: GitHub's own page for accounts that are gone."""
_FENCE = r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}(?P=fence)[`~]*[ \t]*$"
_ADDRESS = r"(?:https?://|mailto:|(?<![\w./-])(?:www\.)?github\.com/)[^\s<>()\"'`\\]+"
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}"
_MENTION = r"(?<![\w@/.+-])\\?@(?:&#8203;|\u200b)?[A-Za-z](?:-?[A-Za-z0-9]){0,38}(?:_[A-Za-z0-9]+)?(?![\w/-])(?:@[\w-]+(?:\.[\w-]+)+)?"
_TOKENS = re.compile(
    rf"(?P<code>{_FENCE}|{SPAN.pattern})|(?P<address>{_ADDRESS})|(?P<mail>{_MAIL})|(?P<mention>{_MENTION})",
    re.DOTALL | re.MULTILINE,
)
_INSIDE = re.compile(_ADDRESS)
_NEVER = re.compile(r"(?!)")


def redacted(text: str, people: Iterable[str] = (), somebody: str = SOMEBODY) -> str:
    """`text` without mentions, and without the names of `people`, be they mentioned or not.

    In code and in addresses only those of `people` are taken out: `@property` is nobody.
    """
    known = _known(frozenset(people))
    if "@" not in text and known.search(text) is None:
        return text
    parts, end = [], 0
    for token in _TOKENS.finditer(text):
        parts += [known.sub(somebody, text[end : token.start()]), _token(token, known, somebody)]
        end = token.end()
    return "".join([*parts, known.sub(somebody, text[end:])])


def _token(token: re.Match[str], known: re.Pattern[str], somebody: str) -> str:
    if token["mention"]:
        return somebody
    if token["mail"]:
        return somebody if known.search(token[0]) else token[0]
    found = _INSIDE.sub(lambda address: known.sub(_GHOST, address[0]), token[0])
    return known.sub(_GHOST if token["address"] else somebody, found)


@lru_cache(maxsize=256)
def _known(people: frozenset[str]) -> re.Pattern[str]:
    """Finds these names, however Markdown may have escaped them; a name inside a longer one is another one."""
    names = sorted({name.strip().removeprefix("@") for name in people}, key=lambda name: (-len(name), name))
    spelt = "|".join(_spelt(name) for name in names if len(name) > 1)
    if not spelt:
        return _NEVER
    return re.compile(
        rf"(?<![^\W_])(?<![^\W_]-)(?:\\?@(?:&#8203;|\u200b)?)?(?:{spelt})(?![^\W_]|-[^\W_])(?:@[\w-]+(?:\.[\w-]+)+)?",
        re.IGNORECASE,
    )


def _spelt(name: str) -> str:
    return "".join(letter if letter.isalnum() else rf"\\?{re.escape(letter)}" for letter in name)
