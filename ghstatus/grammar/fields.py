"""YAML read as text: every scalar stays what was typed, and every value knows its place.

None of YAML's guesses happen here, so `no` is no boolean, `1:30` is no number and a date that doesn't exist is a
message instead of a crash. A key that stands twice is a problem; its last value counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Path: TypeAlias = tuple[str | int, ...]

try:
    _Parser: Any = yaml.CSafeLoader
except AttributeError:  # pragma: no cover - PyYAML was built without libyaml
    _Parser = yaml.SafeLoader


class _Loader(_Parser):  # type: ignore[misc] # one of two parsers
    """Guesses nothing, which also saves a fifth of the time."""

    def resolve(self, *_: object) -> str:
        return "tag:yaml.org,2002:str"


class _Mark(Protocol):
    """PyYAML has two kinds of marks, one of them in C."""

    line: int
    column: int


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
    _refuse_unprintable(text)
    try:
        if len(text) > _SHORT:
            _refuse_depth(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _in_words(error) from None
    return Fields({} if root is None else _value(root, set(), 1), root)


_ASIDE = "this line stands too far to the left or to the right"
_SLIPS = {
    "mapping values are not allowed": "a `: ` stands inside a value; the value needs quotes, or the line less space before it",
    "found a tab character": "a tab stands where only spaces may",
    "did not find expected key": f"{_ASIDE}, or is no `key: value`",
    "did not find expected '-' indicator": _ASIDE,
    "did not find expected <document start>": _ASIDE,
}
_OPENED = {
    ("quoted scalar", "unexpected end of stream"): "a quote is opened here and never closed",
    ("flow sequence", "did not find expected ',' or ']'"): "a `[` is opened here and never closed",
    ("flow mapping", "did not find expected ',' or '}'"): "a `{` is opened here and never closed",
    ("simple key", "could not find expected ':'"): "this line is no `key: value`",
}
"""What begins at one place and is noticed at another."""


def _in_words(error: yaml.MarkedYAMLError) -> FieldsError:
    """The parser's complaint as a person would put it; the parser's own words where nobody has found better ones."""
    context, problem = error.context or "", error.problem or ""
    for (inside, missing), reason in _OPENED.items():
        if inside in context and missing in problem:
            return FieldsError(reason, _at(error.context_mark))
    slips = (reason for slip, reason in _SLIPS.items() if slip in problem)
    reason = next(slips, ", ".join(filter(None, (context, problem))))
    return FieldsError(reason, _at(error.problem_mark or error.context_mark))


def _at(mark: _Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _refuse_unprintable(text: str) -> None:
    if bad := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line, start = text.count("\n", 0, bad.start()), text.rfind("\n", 0, bad.start())
        reason = f"the character {bad[0]!r} is not allowed"
        raise FieldsError(reason, Place(line + 1, bad.start() - start))


_DEEPEST = 20
_SHORT = 10_000  # characters, and so levels at the most, that can be composed without harm


def _refuse_depth(text: str) -> None:
    # Composing is recursive in C: text that is nested tens of thousands of levels deep would end the process.
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                _refuse(f"nested more than {_DEEPEST} levels deep", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(node: yaml.Node, seen: set[int], depth: int) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return "" if not node.style and node.value in {"~", "null"} else str(node.value)
    if depth > _DEEPEST:
        _refuse(f"nested more than {_DEEPEST} levels deep", node)
    if id(node) in seen:
        _refuse("an alias (`*name`) is not taken: write the value out", node)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {_key(key): _value(value, seen, depth + 1) for key, value in node.value}
    return [_value(item, seen, depth + 1) for item in node.value]


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        _refuse("a key must be plain text", node)
    return str(node.value)


def _refuse(reason: str, at: yaml.Node | yaml.Event) -> NoReturn:
    raise FieldsError(reason, _place(at))


def _place(at: yaml.Node | yaml.Event) -> Place:
    return _at(at.start_mark)


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
            if not isinstance(value, yaml.ScalarNode):
                yield from _repeated(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            if not isinstance(item, yaml.ScalarNode):
                yield from _repeated(item, (*path, position))
