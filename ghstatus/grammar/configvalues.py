"""The values that a configuration file takes: each is checked here, or refused in words for its writer."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from ghstatus.grammar.names import did_you_mean
from ghstatus.model import ComponentStatus, StoreKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REFUSED = "refused"
"""The type of the error that a value raises; its context tells what was `seen` and what is `accepted`."""


def show(value: object) -> str:
    """Quote a value for a message: a text in part when it is long, anything else by its kind."""
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else f"{value[:59]}…")
    return "a mapping" if isinstance(value, dict) else "a list"


def accepting(accepted: str, hint: str = "") -> str:
    """Say what is accepted, with a "did you mean" where there is one."""
    return f"{accepted} ({hint})" if hint else accepted


def either(words: Iterable[str]) -> str:
    """List alternatives: `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def takes(seen: str, accepted: str, words: Callable[[], Iterable[str]] = tuple) -> WrapValidator:
    """Say of a refused value what was `seen` and what is `accepted`, be it one of `words` misspelled."""

    def check(value: object, handler: ValidatorFunctionWrapHandler) -> object:
        try:
            return handler(value)
        except ValueError:
            hint = did_you_mean(value, words()) if isinstance(value, str) else ""
            context = {"seen": f"{show(value)} {seen}", "accepted": accepting(accepted, hint)}
            raise PydanticCustomError(REFUSED, "{seen}", context) from None

    return WrapValidator(check)


# What breaks a line or can't be seen, a half of a surrogate pair, and (in a line) what turns the text around it.
_UNFIT_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_UNFIT_IN_LINE = re.compile(r"[\t\n\u202a-\u202e\u2066-\u2069]")
_UNIT = r"(?:[\w.~:@!$&'()*+,;=/-]|%[0-9a-fA-F]{2})"
_BASE = re.compile(rf"https?://(?:[A-Za-z0-9][\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d{{1,5}})?(?:/{_UNIT}*)?", re.ASCII)
_TAIL = re.compile(rf"(?:\?(?:{_UNIT}|[?\[\]])*)?(?:\#(?:{_UNIT}|[?])*)?", re.ASCII)
_MAIL = re.compile(rf"mailto:[\w.+%-]+@[A-Za-z0-9][A-Za-z0-9.-]*(?:\?{_UNIT}*)?", re.ASCII)
LOGIN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}"
_REPOSITORY = rf"^{LOGIN}/[A-Za-z0-9_-][A-Za-z0-9._-]{{0,99}}$|^{LOGIN}/\.[A-Za-z0-9_-][A-Za-z0-9._-]{{0,98}}$"
_BOT = rf"^{LOGIN}(\[bot\])?$"
HITS = (ComponentStatus.DEGRADED_PERFORMANCE, ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE)
"""The statuses that an incident may mean."""


def _text(text: str) -> str:
    if _UNFIT_IN_TEXT.search(text):
        raise ValueError
    return text


def _line(text: str) -> str:
    if _UNFIT_IN_LINE.search(text):
        raise ValueError
    return _text(text)


def _web(text: str) -> str:
    base = _BASE.match(text)
    if not (base and _TAIL.fullmatch(text, base.end())):
        raise ValueError
    _ = urlsplit(text).port  # raises when the port or the IPv6 address is none
    return text


def _anywhere(text: str) -> str:
    return text if _MAIL.fullmatch(text) else _web(text)


def base(text: str) -> str:
    """The address of a page, ending in a slash; raises ValueError when it can't be one."""
    if not _BASE.fullmatch(_web(text)):
        raise ValueError
    return f"{text.rstrip('/')}/"


def _zone(text: str) -> str:
    # Asking for the one zone takes a 300th of the time that listing them all takes.
    if text != "UTC":
        try:
            ZoneInfo(text)
        except (KeyError, OSError):
            raise ValueError from None
    if text.startswith(("posix", "right", "localtime")):
        raise ValueError
    return text


def _colour(text: str) -> str:
    digits = text.removeprefix("#").lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


def repository(text: str) -> str:
    """A repository as `owner/name`; raises ValueError when it can't be one."""
    if not re.fullmatch(_REPOSITORY, text, re.ASCII):
        raise ValueError
    return text


def _label(name: str) -> str:
    # Letters of labels count alike in either case, and GitHub takes 50 characters.
    if len(name) > 50:
        raise ValueError
    return _line(name)


def _bot(login: str) -> str:
    return f"{login.removesuffix('[bot]')}[bot]"


def _hit(status: ComponentStatus) -> ComponentStatus:
    if status not in HITS:
        raise ValueError
    return status


def _day(value: object) -> object:
    # pydantic would take seconds since 1970 for a date, too
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError
    return value


_STRIPPED = StringConstraints(strip_whitespace=True)
_FILLED = StringConstraints(strip_whitespace=True, min_length=1)
_SLUG = StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
_HEX = StringConstraints(strip_whitespace=True, pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")
_TYPED = Field(json_schema_extra={"type": ["string", "number"]})  # an editor sees `title: 404` as a number
_WEB = Field(json_schema_extra={"format": "uri", "pattern": "^https?://"})
_ANYWHERE = Field(json_schema_extra={"format": "uri", "pattern": "^(https?://|mailto:)"})
REPOSITORY = "a repository as owner/name, such as packit/status"
"""What `repository` takes, in words for a message."""
_ONE_LINE = "one line of text without control characters"

Text: TypeAlias = Annotated[
    str, _STRIPPED, AfterValidator(_text), _TYPED, takes("is no plain text", "text without control characters")
]
Name: TypeAlias = Annotated[str, _FILLED, AfterValidator(_line), _TYPED, takes("is no name", _ONE_LINE)]
Title: TypeAlias = Annotated[str, _FILLED, AfterValidator(_line), _TYPED, takes("is no title", _ONE_LINE)]
Id: TypeAlias = Annotated[
    str, _SLUG, _TYPED, takes("is no id", "lower-case letters, digits and single hyphens, such as copr-builds")
]
Web: TypeAlias = Annotated[
    str,
    _STRIPPED,
    AfterValidator(_web),
    _WEB,
    takes("is no web address", "a whole address such as https://status.example.org/, without a user or spaces"),
]
Anywhere: TypeAlias = Annotated[
    str,
    _STRIPPED,
    AfterValidator(_anywhere),
    _ANYWHERE,
    takes("is no address to link to", "a whole address such as https://example.org/help or mailto:help@example.org"),
]
Base: TypeAlias = Annotated[
    str,
    _STRIPPED,
    AfterValidator(base),
    _WEB,
    takes(
        "can't be the page's address",
        "an address such as https://status.example.org/, without a user, a query or a fragment",
    ),
]
Zone: TypeAlias = Annotated[
    str,
    _STRIPPED,
    AfterValidator(_zone),
    takes("is no time zone", "an IANA name such as Europe/Prague", available_timezones),
]
Switch: TypeAlias = Annotated[bool, takes("is neither true nor false", "true or false")]
Day: TypeAlias = Annotated[
    date | None,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    takes("is no date", "a day such as 2026-01-31"),
]
Hit: TypeAlias = Annotated[
    ComponentStatus,
    AfterValidator(_hit),
    WithJsonSchema({"enum": list(HITS)}),
    takes("is no status that an incident may mean", either(HITS), lambda: HITS),
]
Weight: TypeAlias = Annotated[float, Field(ge=0, le=1), takes("is no weight", "a number from 0 to 1")]
Colour: TypeAlias = Annotated[
    str,
    _HEX,
    AfterValidator(_colour),
    takes("is no colour", "'#rgb' or '#rrggbb', in quotes because # starts a comment"),
]
Window: TypeAlias = Annotated[int, Field(ge=1, le=365), takes("is no number of days", "a whole number from 1 to 365")]
Recent: TypeAlias = Annotated[int, Field(ge=0, le=90), takes("is no number of days", "a whole number from 0 to 90")]
Store: TypeAlias = Annotated[
    StoreKind, WithJsonSchema({"enum": list(StoreKind)}), takes("is no store", either(StoreKind), lambda: StoreKind)
]
Repository: TypeAlias = Annotated[
    str,
    _STRIPPED,
    AfterValidator(repository),
    Field(json_schema_extra={"pattern": _REPOSITORY}),
    takes("is no repository", REPOSITORY),
]
LabelName: TypeAlias = Annotated[
    str, _FILLED, AfterValidator(_label), _TYPED, takes("is no label", "one line of up to 50 characters")
]
LabelPrefix: TypeAlias = Annotated[  # its last character may be a space: `severity: minor`
    str,
    StringConstraints(pattern=r"^\S"),
    AfterValidator(_label),
    _TYPED,
    takes("can't begin a label", "up to 50 characters in one line, such as severity/"),
]
Bot: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=_BOT),
    AfterValidator(_bot),
    takes("is no bot's login", "a login such as packit-as-a-service, with or without [bot]"),
]
PinCount: TypeAlias = Annotated[int, Field(ge=0, le=3), takes("is no number of pins", "a whole number from 0 to 3")]
ActionCount: TypeAlias = Annotated[
    int, Field(ge=1, le=1000), takes("is no number of changes", "a whole number from 1 to 1000")
]
Seconds: TypeAlias = Annotated[
    int, Field(ge=0, le=3600), takes("is no number of seconds", "a whole number from 0 to 3600")
]
