"""The values of keys about checks and their failures: each is checked here, or refused in words for its writer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from ghstatus import patterns
from ghstatus.grammar import duration, phrases
from ghstatus.grammar.configvalues import REFUSED, Text, either, repository, show, takes
from ghstatus.model import CheckKind, Logs, Mode, Phrase, Surface, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = timedelta(days=30)
SHORTEST = 8
"""The characters of words that are to tell one failure from others."""
_SPAN = f"{duration.ACCEPTED}, up to 30d"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_RE2 = "a pattern as https://github.com/google/re2/wiki/Syntax tells"


def fitting(text: str) -> Phrase:
    """What a check's name or address is to be: whole with `*` for anything, or a pattern between slashes."""
    phrase = phrases.read(text)
    return phrase if phrase.is_pattern else patterns.glob(phrase.text)


def typed(phrase: Phrase) -> str:
    """What `fitting` reads as the same phrase."""
    inner = phrase.text.removeprefix(r"\A").removesuffix(r"\z")
    glob = re.sub(r"\\(.)", r"\1", inner.replace(".*", "*"), flags=re.DOTALL)
    return glob if patterns.glob(glob) == phrase == fitting(glob) else phrases.write(phrase)


def lasting(usual: timedelta, description: str) -> timedelta:
    """A key for a span of time."""
    return Field(usual, description=description, json_schema_extra={"default": duration.write(usual)})


def refuse(seen: str, accepted: str) -> PydanticCustomError:
    """The error that a value is refused with."""
    return PydanticCustomError(REFUSED, "{seen}", {"seen": seen, "accepted": accepted})


def span(value: object, *, longest: timedelta = LONGEST, accepted: str = _SPAN) -> timedelta:
    """A span of time up to the longest, as people type it."""
    if not isinstance(value, str):
        raise refuse(f"{show(value)} is no span of time", accepted)
    try:
        found = duration.parse(value)
    except ValueError as error:
        raise refuse(str(error), accepted) from None
    if found > longest:
        raise refuse(f"{show(value)} is too long", accepted)
    return found


def _words(text: str) -> str:
    if len(text) < SHORTEST:
        seen = f"{show(text)} is too short to tell one failure from others"
        raise refuse(seen, f"at least {SHORTEST} characters of a failure's text, best a whole line of it")
    return _findable(text, Phrase(text), "less")


def _pattern(text: str) -> str:
    text = text.strip("\n")
    if _CONTROL.search(text):
        raise refuse(f"{show(text)} holds control characters", _RE2)
    phrase = Phrase(text, is_pattern=True)
    return _findable(text, phrase, _RE2, phrases.fault(phrase))


def _condition(text: str) -> str:
    return _findable(text, phrases.read(text), f"words, or between slashes {_RE2}")


def _fit(text: str) -> str:
    return _telling(text, fitting(text), f"the whole of it with * for anything, or between slashes {_RE2}")


def _expected(text: str) -> str:
    return _telling(text, patterns.glob(text), "a check's name with * for anything")


def _telling(text: str, phrase: Phrase, accepted: str) -> str:
    """What is to tell some checks from others."""
    try:
        fits_all = patterns.find(phrase, "") is not None
    except ValueError:
        fits_all = False  # what is wrong with it is said below
    if fits_all and text:
        raise refuse(f"{show(text)} fits every check", accepted)
    return _findable(text, phrase, accepted)


def _findable(text: str, phrase: Phrase, accepted: str, fault: str = "") -> str:
    try:
        patterns.check(phrase)
    except ValueError as error:
        fault = str(error)
    if fault:
        raise refuse(f"{show(text)} can't be looked for: {fault}", accepted)
    return text


def _repositories(text: str) -> str:
    owner, _, name = text.partition("/")
    return f"{repository(f'{owner}/x').removesuffix('x')}*" if name == "*" else repository(text)


def _enum(values: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"enum": [value for value in values if value]})


_KINDS = tuple(CheckKind)
_LOGS = tuple(logs for logs in Logs if logs)
_REPOSITORIES = "a repository as owner/name, such as packit/packit, or all of an owner's as packit/*"

Span: TypeAlias = Annotated[
    timedelta,
    BeforeValidator(span),
    WithJsonSchema({"type": "string", "pattern": duration.PATTERN}),
]
Words: TypeAlias = Annotated[Text, AfterValidator(_words)]
Pattern: TypeAlias = Annotated[str, takes("is no text", "text"), AfterValidator(_pattern)]
Condition: TypeAlias = Annotated[Text, AfterValidator(_condition)]
Expected: TypeAlias = Annotated[Text, AfterValidator(_expected)]
Fit: TypeAlias = Annotated[Text, AfterValidator(_fit)]
OfKind: TypeAlias = Annotated[
    CheckKind | None, _enum(_KINDS), takes("is no kind of check", either(_KINDS), lambda: _KINDS)
]
OfLogs: TypeAlias = Annotated[Logs, _enum(_LOGS), takes("are no logs", either(_LOGS), lambda: _LOGS)]
Where: TypeAlias = Annotated[Surface, _enum(Surface), takes("is no place to look", either(Surface), lambda: Surface)]
Proof: TypeAlias = Annotated[Tier, _enum(Tier), takes("is no tier", either(Tier), lambda: Tier)]
Manner: TypeAlias = Annotated[Mode, _enum(Mode), takes("is no mode", either(Mode), lambda: Mode)]
Repositories: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(_repositories),
    Field(json_schema_extra={"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*/([A-Za-z0-9._-]+|\\*)$"}),
    takes("is no repository", _REPOSITORIES),
]
DayCount: TypeAlias = Annotated[int, Field(ge=1, le=365), takes("is no number of days", "a whole number from 1 to 365")]
