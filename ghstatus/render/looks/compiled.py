"""Shipped templates that an earlier run compiled: compiling them takes longer than everything else of a small build."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

import jinja2
from jinja2.filters import FILTERS

from ghstatus.render.text import language

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_SEAL = 32


class Shelf(Protocol):
    """Where compiled templates are kept. They are run, so nobody may write there who may not write ghstatus itself."""

    edition: str
    """Changes whenever the same template would be compiled to something else."""

    def get(self, name: str) -> bytes | None:
        """What was put there by this name; None where it is gone."""

    def put(self, name: str, data: bytes) -> None:
        """Keep this, if possible."""


class Compiled(jinja2.BytecodeCache):
    """Jinja's door to the shelf. What is constant in a template is compiled in one language (`translation.py`)."""

    def __init__(self, shelf: Shelf, tag: str) -> None:
        self._shelf, self._tag = shelf, tag
        self._made = f"{shelf.edition}\0{jinja2.__version__}\0{tag}\0{language.edition(tag)}"

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """A template, from the shelf or compiled for it."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is None:
            bucket.code = _without_filters(environment).compile(source, name, filename)
            self.dump_bytecode(bucket)
        return bucket

    def get_source_checksum(self, source: str) -> str:
        """All that a compiled template comes from."""
        return hashlib.blake2b(f"{self._made}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take it from the shelf, if it is whole, and made from the same."""
        data = self._shelf.get(self._name(bucket)) or b""
        if data[:_SEAL] == _seal(data[_SEAL:]):
            bucket.bytecode_from_string(data[_SEAL:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put it there."""
        data = bucket.bytecode_to_string()
        self._shelf.put(self._name(bucket), _seal(data) + data)

    def _name(self, bucket: Bucket) -> str:
        return f"{bucket.key}.{self._tag}"


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL).digest()


def _without_filters(environment: jinja2.Environment) -> jinja2.Environment:
    """One that leaves to each page what passes a filter of ours: `1|percent` is another text for another site."""
    bare = environment.overlay()
    bare.filters = {
        name: found if found is FILTERS.get(name) else _not_yet for name, found in environment.filters.items()
    }
    return bare


def _not_yet(*_: object) -> str:
    raise NotImplementedError
