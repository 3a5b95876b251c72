"""The ways of writing incidents as issues, each in a module of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ghstatus.grammar.dialect import Dialect
    from ghstatus.model import Site


def find(name: str, site: Site) -> Dialect:
    """The dialect of that name, one of `dialect.NAMES`; `site` tells what its labels and components are called."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    dialect: Dialect = module.dialect(site)
    return dialect
