"""Packages whose parts are imported when one of their words is asked for."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def parts(package: str, words: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package: `words` has what each of its modules is asked for, with spaces between.

    See https://peps.python.org/pep-0562/. It raises AttributeError for any other word.
    """
    homes = {word: part for part, several in words.items() for word in several.split()}

    def found(word: str) -> object:
        home = homes.get(word)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {word!r}")
        value: object = getattr(import_module(f"{package}.{home}"), word)
        setattr(sys.modules[package], word, value)
        return value

    return found
