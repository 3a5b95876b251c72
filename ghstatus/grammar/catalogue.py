"""The catalogue that ghstatus ships: checks that many projects have, and failures that aren't theirs."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ghstatus.grammar import signature

if TYPE_CHECKING:
    from ghstatus.grammar.signature import Catalogue

FILE = "catalogue.yml"


@cache
def shipped() -> Catalogue:
    """All of it."""
    text = (resources.files(__package__) / FILE).read_text(encoding="utf-8")
    return signature.read(text, where=FILE)
