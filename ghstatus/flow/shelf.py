"""Compiled templates between runs, where Python keeps its compiled modules: they are run as those are.

A cache that comes from elsewhere, as that of a workflow does, would be no place for what is run.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from ghstatus.flow.notes import digest, edition
from ghstatus.render.looks import compiled, overrides, templates, translation

_MAKERS = (compiled, overrides, templates, translation)
"""What compiles templates. In a checkout it changes without another version."""


class Shelf:
    """The folder `__pycache__` beside the modules that compile templates, or wherever Python is told to have it."""

    def __init__(self) -> None:
        self.edition = digest(*(edition(module.__name__, module.__file__) for module in _MAKERS))

    def get(self, name: str) -> bytes | None:
        """What was put there by this name; None where it is gone."""
        try:
            return _place(name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keep this, whole or not at all; where nobody may write, or Python is told not to, nothing is kept."""
        if sys.dont_write_bytecode:
            return
        place = _place(name)
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(place)


def _place(name: str) -> Path:
    return Path(cache_from_source(str(Path(compiled.__file__).with_name(f"{name}.py"))))
