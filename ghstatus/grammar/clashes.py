"""What is wrong with a configuration where its parts meet: names that mean two things, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.configvalues import accepting, either, show
from ghstatus.grammar.keys import Fault, named
from ghstatus.grammar.names import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.grammar.fields import Fields, Path, Value


def _leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    else:
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(item, (*path, step))


def find(document: Fields) -> Iterator[Fault]:
    """Find all of it."""
    for kind in (_ambiguities, _homeless, _strangers, _doubles):
        yield from kind(document)


def _ambiguities(document: Fields) -> Iterator[Fault]:
    """Find ids, names and aliases that mean more than one thing."""
    bearers: dict[str, Path] = {}
    for path, text in _leaves(document.value):
        match path:
            case ("components" | "groups", int(), "id" | "name" | "aliases", *_) if fold(text):
                other = bearers.setdefault(fold(text), path)
                if other[:2] != path[:2]:
                    line = document.place(other).line
                    seen = f"{show(text)} already means {named(other[:2])}, by {named(other)} in line {line}"
                    yield Fault(path, seen, "a name that nothing else bears")


def _homeless(document: Fields) -> Iterator[Fault]:
    """Find components in groups that don't exist."""
    leaves = list(_leaves(document.value))
    ids = [text for path, text in leaves if path[:1] == ("groups",) and path[2:] == ("id",)]
    for path, text in leaves:
        group = text.strip()
        if path[:1] == ("components",) and path[2:] == ("group",) and group and group not in ids:
            accepted = accepting(either(ids), did_you_mean(group, ids)) if ids else "none, for there are no `groups`"
            yield Fault(path, f"{show(group)} is no group", accepted)


def _strangers(document: Fields) -> Iterator[Fault]:
    """Find components that don't exist where known failures or maintenances name them."""
    leaves = list(_leaves(document.value))
    for path, text in leaves:
        match path:
            case ("known_failures", int(), "component"):
                kinds: tuple[str, ...] = ("components",)
            case ("maintenance", int(), "components", int()):
                kinds = ("components", "groups")
            case _:
                continue
        words = [word for at, word in leaves if at[:1] in {(kind,) for kind in kinds} and at[2:3] in _NAMES]
        if fold(text) not in {"", *map(fold, words)}:
            ids = [one for at, one in leaves if at[:1] == ("components",) and at[2:] == ("id",)]
            accepted = (
                accepting(either(ids), did_you_mean(text, words)) if ids else "none, for there are no `components`"
            )
            yield Fault(path, f"{show(text)} is no component", accepted)


_NAMES = (("id",), ("name",), ("aliases",))


def _doubles(document: Fields) -> Iterator[Fault]:
    """Find known failures, or maintenances, of one id."""
    first: dict[tuple[int | str, str], Path] = {}
    for path, text in _leaves(document.value):
        if path[:1] in {("known_failures",), ("maintenance",)} and path[2:] == ("id",) and text.strip():
            other = first.setdefault((path[0], text.strip()), path)
            if other != path:
                yield Fault(path, f"{show(text)} already stands in line {document.place(other).line}", "each once")
