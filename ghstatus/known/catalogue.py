"""By which signatures failures are told: the shipped ones, and a site's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghstatus.grammar.catalogue import shipped
from ghstatus.known import validation
from ghstatus.model import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.errors import Problem
    from ghstatus.model import Signature, Site

__all__ = ["refused", "shipped", "signatures"]


def signatures(site: Site) -> tuple[Signature, ...]:
    """The catalogue's, and behind them those of the site's own that may be used."""
    return (*shipped().signatures, *(one for one in site.signatures if not any(_problems(one))))


def refused(site: Site, where: str) -> tuple[Problem, ...]:
    """Why some of the site's own aren't used; `where` is its configuration."""
    return tuple(
        replace(problem, key=f"known_failures[{place}].{problem.key}")
        for place, one in enumerate(site.signatures)
        for problem in _problems(one, where)
    )


def _problems(signature: Signature, where: str = "") -> Iterator[Problem]:
    """What is wrong with one; a `never` one excuses nothing, however much it tells."""
    if signature.tier is Tier.NEVER:
        return
    key = "pattern" if signature.phrase.is_pattern else "text"
    for problem in validation.validate(signature, shipped(), where=where).problems:
        yield replace(problem, key=key)
