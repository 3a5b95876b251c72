"""Mappings with known keys: what is wrong with one, in words for its writer, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ghstatus.errors import Problem
from ghstatus.grammar.configvalues import REFUSED, accepting, either, show
from ghstatus.grammar.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from ghstatus.grammar.fields import Fields, Path, Place, Value


class Keys(BaseModel):
    """A mapping in a file. A key without a value counts as left out."""

    model_config = ConfigDict(
        extra="forbid",
        defer_build=True,  # most mappings are only checked as parts of others
        frozen=True,
        model_title_generator=lambda keys: keys.__name__.removesuffix("Keys"),
        field_title_generator=lambda name, _: name.replace("_", " ").capitalize(),
    )
    may_be_empty: ClassVar[bool] = True

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, value: object) -> object:
        if not isinstance(value, dict) or not cls.may_be_empty:
            return value
        return {key: item for key, item in value.items() if item or key not in names(cls)}

    @classmethod
    def usual(cls) -> Self:
        """What holds where nothing is said. It isn't checked, which would need a checker for each mapping."""
        return cast("Self", cls.model_construct())


def names(kind: type[Keys]) -> tuple[str, ...]:
    """A mapping's keys as they are typed; `from` is no name in Python."""
    return tuple(field.alias or name for name, field in kind.model_fields.items())


Kind = TypeVar("Kind", bound=Keys)


class Fault(NamedTuple):
    """What is wrong with one value."""

    path: Path
    seen: str
    accepted: str
    place: Place | None = None


def take(kind: type[Kind], value: Value, path: Path = ()) -> tuple[Kind | None, list[Fault]]:
    """Check the mapping that stands at `path`; None with everything that is wrong with it when it can't be taken."""
    try:
        return kind.model_validate(value), []
    except ValidationError as error:
        return None, [_refusal(kind, details, path) for details in error.errors(include_url=False)]


def _refusal(kind: type[Keys], details: ErrorDetails, path: Path) -> Fault:
    """Put what pydantic found into words of our own."""
    here = details["loc"]
    whole = (*path, *here)
    if details["type"] == REFUSED:
        return Fault(whole, details["ctx"]["seen"], details["ctx"]["accepted"])
    if details["type"] == "missing":
        return Fault(whole, "it is required, but missing or empty", "")
    if details["type"] == "extra_forbidden":
        key, keys = str(here[-1]), keys_at(kind, here[:-1])
        return Fault(whole, f"{show(key)} is no key here", accepting(either(keys), did_you_mean(key, keys)))
    if details["type"] == "tuple_type":
        return Fault(whole, f"{show(details['input'])} stands where a list belongs", "a list")
    accepted = f"a mapping with the keys {', '.join(keys_at(kind, here))}"
    return Fault(whole, f"{show(details['input'])} stands where a mapping belongs", accepted)


def keys_at(kind: type[Keys], path: Path) -> tuple[str, ...]:
    """List the keys of the mapping at `path`."""
    for step in path:
        if isinstance(step, str):
            kind = _mapping(kind.model_fields[step].annotation)
    return names(kind)


def _mapping(shape: object) -> type[Keys]:
    """The mapping that a shape is, or that is in a list of such."""
    within = get_args(shape)
    return _mapping(within[0]) if within else cast("type[Keys]", shape)


def repetitions(document: Fields) -> Iterator[Fault]:
    """Find the keys that stand in their mapping again."""
    for path, place in document.repeated():
        yield Fault(path, "the key stands here again", "each key once", place)


def problems(faults: Iterable[Fault], document: Fields, where: str) -> tuple[Problem, ...]:
    """Say what is wrong in the order of the file that `where` names."""
    placed = sorted(((fault.place or document.place(fault.path), fault) for fault in faults), key=lambda pair: pair[0])
    return tuple(problem(fault, where, place) for place, fault in placed)


def problem(fault: Fault, where: str, place: Place) -> Problem:
    """Say what is wrong at a place."""
    seen, accepted, key = fault.seen, fault.accepted, named(fault.path)
    return Problem(where=where, seen=seen, accepted=accepted, key=key, line=place.line, column=place.column)


def named(path: Path) -> str:
    """Write a path as `components[3].group`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_plain(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _plain(key: str) -> str:
    return key if key.isprintable() and 0 < len(key) <= 60 else show(key)
