"""By which signatures failures are told: the shipped ones, and a site's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.catalogue import shipped

if TYPE_CHECKING:
    from ghstatus.model import Signature, Site

__all__ = ["shipped", "signatures"]


def signatures(site: Site) -> tuple[Signature, ...]:
    """The catalogue's, and behind them the site's own."""
    return (*shipped().signatures, *site.signatures)
