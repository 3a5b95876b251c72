"""Services that others run, as components with their own status pages."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from ghstatus.grammar.names import Names
from ghstatus.model import Component


@cache
def services() -> tuple[Component, ...]:
    """Every service that is known."""
    text = (resources.files(__package__) / "catalogue.yml").read_text(encoding="utf-8")
    return tuple(
        Component(**keys | {"external": True, "aliases": tuple(keys.get("aliases", ()))})
        for keys in yaml.safe_load(text)
    )


def find(name: str) -> Component | None:
    """The service of this id, name or alias; None when there is none."""
    ids = Names(services()).resolve(name)
    return next((service for service in services() if service.id in ids), None)


def suggest(name: str) -> str:
    """Ask "did you mean 'x'?" with the service whose name is nearest; empty when none is near."""
    return Names(services()).suggest(name)
