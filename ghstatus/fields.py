"""YAML read as text: every scalar stays what was typed, and every value knows its place.

None of YAML's guesses happen here, so `no` is no boolean, `1:30` is no number and a date that doesn't exist is a
message instead of a crash. A key that stands twice is a problem; its last value counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Path: TypeAlias = tuple[str | int, ...]

try:
    _Loader: Any = yaml.CSafeLoader
except AttributeError:  # pragma: no cover - PyYAML was built without libyaml
    _Loader = yaml.SafeLoader


class Place(NamedTuple):
    """A line and a column, counted from 1."""

    line: int
    column: int


class Fields(NamedTuple):
    """A YAML document: its value, and the nodes that know where it stands."""

    value: Value
    root: yaml.Node | None

    def place(self, path: Path) -> Place:
        """Where the value at `path` stands; the nearest place above it when it isn't there."""
        node = self.root
        place = Place(1, 1)
        for step in path:
            node, found = _step(node, step)
            place = found or place
        return place

    def repeated(self) -> Iterator[tuple[Path, Place]]:
        """Every key that stands again in its mapping, with the place of the repetition."""
        yield from _repeated(self.root, ())


class FieldsError(ValueError):
    """Not YAML. `place` is where the parser gave up."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(reason)
        self.place = place


def read(text: str) -> Fields:
    """Read one YAML document as text; an empty one is an empty mapping.

    Raises FieldsError when it is no YAML, or holds an alias, which could repeat itself without end.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
        return Fields({} if root is None else _value(root, set(), 0), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        raise FieldsError(error.problem or error.context or "not YAML", place) from None
    except yaml.YAMLError as error:
        reason = str(error).partition("\n")[0]
        raise FieldsError(reason, Place(1, 1)) from None


_DEEPEST = 20


def _value(node: yaml.Node, seen: set[int], depth: int) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return "" if not node.style and node.value in {"~", "null"} else str(node.value)
    if depth > _DEEPEST:
        raise FieldsError(f"nested more than {_DEEPEST} levels deep", _place(node))
    if id(node) in seen:
        raise FieldsError("an alias (`*name`) is not taken: write the value out", _place(node))
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {_key(key): _value(value, seen, depth + 1) for key, value in node.value}
    return [_value(item, seen, depth + 1) for item in node.value]


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise FieldsError("a key must be plain text", _place(node))
    return str(node.value)


def _place(node: yaml.Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, Place | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):
            if key.value == step:
                return value, _place(key)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], _place(node.value[step])
    return None, None


def _repeated(node: yaml.Node | None, path: Path) -> Iterator[tuple[Path, Place]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield (*path, key.value), _place(key)
            seen.add(key.value)
            yield from _repeated(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _repeated(item, (*path, position))
