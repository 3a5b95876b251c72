"""The values of keys about the team and its plans: each is checked here, or refused in words for its writer."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from ghstatus import recurrence
from ghstatus.grammar import duration, moment
from ghstatus.grammar.checkvalues import refuse, span
from ghstatus.grammar.configvalues import LOGIN, accepting, either, show, takes
from ghstatus.grammar.names import did_you_mean
from ghstatus.languages import LANGUAGES

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

NEVER = ("never", "off")
"""Words for a reminder that nobody wants; `no` and `false` are YAML's own."""
_LONGEST = timedelta(days=366)
_OFF = frozenset({*NEVER, "no", "false", "none"})
_EVERY = re.compile(r"(?:every\s+)?(?:(\d{1,3})\s*)?(d|days?|w|weeks?|daily|weekly)", re.IGNORECASE | re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%?", re.ASCII)
_TURN = "day, week, or a number of them such as 3 days or 2 weeks, up to 366 days"
_SPAN = f"{duration.ACCEPTED}, up to {_LONGEST.days}d"


def _language(text: str) -> str:
    for tag in LANGUAGES:
        if tag.casefold() == text.replace("_", "-").casefold():
            return tag
    raise refuse(
        f"{show(text)} is no language that pages can be in", accepting(either(LANGUAGES), did_you_mean(text, LANGUAGES))
    )


def _objective(value: object) -> float:
    match = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    share = Decimal(match[1]) / 100 if match else Decimal()
    if not Decimal("0.01") < share <= 1:  # 0.999 is likelier a share of one than less than a percent
        raise refuse(f"{show(value)} is no objective", "a percentage above 1 and up to 100, such as 99.9")
    return float(share)


def percentage(objective: float) -> float:
    """What `Objective` reads as the same share."""
    return float(Decimal(repr(objective)) * 100)


def _every(value: object) -> int:
    match = _EVERY.fullmatch(value.strip()) if isinstance(value, str) else None
    days = int(match[1] or 1) * (7 if match[2].lower().startswith("w") else 1) if match else 0
    if not 1 <= days <= _LONGEST.days:
        raise refuse(f"{show(value)} is no length of a turn", _TURN)
    return days


def turn(days: int) -> str:
    """What `Every` reads as that many days."""
    count, unit = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return unit if count == 1 else f"{count} {unit}s"


def _moment(text: str) -> str:
    if not 2000 <= moment.parse(text).year <= 2999:
        raise ValueError
    return text


def _span(value: object, accepted: str = _SPAN) -> timedelta:
    return span(value, longest=_LONGEST, accepted=accepted)


def _ahead(value: object) -> timedelta:
    return _span(value)


def _lasting(value: object) -> timedelta:
    if span := _span(value):
        return span
    raise refuse(f"{show(value)} is no time at all", _SPAN)


def is_off(value: object) -> bool:
    """Whether somebody typed that there is to be none."""
    return isinstance(value, str) and value.strip().lower() in _OFF


class OrOff:
    """Lets an editor know that a word may stand in place of the keys."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"enum": [*NEVER, False]}, handler(schema)]}


def _pause(value: object) -> timedelta:
    return timedelta() if is_off(value) else _span(value, f"{NEVER[0]}, or {_SPAN}")


def pause(span: timedelta) -> str:
    """What `Pause` reads as the same span."""
    return duration.write(span) if span else NEVER[0]


def _rule(text: str) -> str:
    rule = recurrence.plain(text)
    if fault := recurrence.fault(rule):
        raise refuse(f"{show(text)} is no rule to repeat by: {fault}", recurrence.ACCEPTED)
    return rule


_TYPED_SPAN = {"type": "string", "pattern": duration.PATTERN}
_STRIPPED = StringConstraints(strip_whitespace=True)

Language: TypeAlias = Annotated[
    str,
    _STRIPPED,
    takes("is no language", "a tag such as cs or pt-BR"),
    AfterValidator(_language),
    WithJsonSchema({"enum": list(LANGUAGES)}),
]
Objective: TypeAlias = Annotated[
    float | None,
    BeforeValidator(_objective),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 1, "maximum": 100},
                {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,6})?\s*%?$"},
            ]
        }
    ),
]
Login: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=rf"^@?{LOGIN}$"),
    AfterValidator(lambda login: login.removeprefix("@")),
    takes("is no login", "a login such as alice, with or without @"),
]
Every: TypeAlias = Annotated[int, BeforeValidator(_every), WithJsonSchema({"type": "string"})]
Moment: TypeAlias = Annotated[
    str,
    _STRIPPED,
    AfterValidator(_moment),
    takes("is no time", "a date and time such as 2026-03-02 09:00, in the zone that holds here, or with UTC or +01:00"),
]
Lasting: TypeAlias = Annotated[timedelta, BeforeValidator(_lasting), WithJsonSchema(_TYPED_SPAN)]
Ahead: TypeAlias = Annotated[timedelta, BeforeValidator(_ahead), WithJsonSchema(_TYPED_SPAN)]
Pause: TypeAlias = Annotated[
    timedelta, BeforeValidator(_pause), WithJsonSchema({"anyOf": [_TYPED_SPAN, {"enum": [*NEVER, False]}]})
]
Repeat: TypeAlias = Annotated[str, takes("is no rule", recurrence.ACCEPTED), AfterValidator(_rule)]
Due: TypeAlias = Annotated[int, Field(ge=1, le=365), takes("is no number of days", "a whole number from 1 to 365")]
