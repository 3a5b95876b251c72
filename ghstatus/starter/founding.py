"""The configuration of a new page, made of what its founders say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.grammar import config
from ghstatus.grammar.catalogue import shipped
from ghstatus.grammar.names import Names
from ghstatus.model import Site
from ghstatus.starter.home import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from ghstatus.model import Component

EMPTY = Site(title="", policy=config.POLICY)
"""A page about which nobody said anything yet."""

_HEAD = f"""\
# What the status page is about. After a change run `ghstatus upgrade`: the issue forms follow the components.
# Every key is explained on {CONFIGURATION}
"""


def write(site: Site) -> str:
    """The configuration's file.

    Raises ConfigError when what was said makes none.
    """
    text = f"{_HEAD}\n{config.write(site)}"
    config.parse(text, where="ghstatus.yml")
    return text


def joined(present: Iterable[Component], services: Iterable[Component]) -> tuple[Component, ...]:
    """Components, and behind them the services of others that aren't among them; names that are taken stay theirs."""
    components = tuple(present)
    for service in services:
        names = Names(components)
        if not any(names.resolve(word) for word in (service.id, service.name)):
            free = tuple(alias for alias in service.aliases if not names.resolve(alias))
            components += (replace(service, aliases=free),)
    return components


def with_checks(site: Site) -> Site:
    """`site` with the rules by which the checks are known of those services of others that it names."""
    present = {rule.component for rule in site.rules}
    fresh = [one.id for one in site.components if one.external and one.id not in present]
    found = (rule for ident in fresh for rule in shipped().rules if rule.component == ident)
    return replace(site, rules=(*site.rules, *found))


def watched(components: Iterable[Component], *, since: date, but: Container[str]) -> tuple[Component, ...]:
    """Components that are watched from a day on, so that none claims to have been up before.

    `but` holds the ids of those with a history of their own.
    """
    return tuple(one if one.id in but else replace(one, start_date=since) for one in components)
