"""ghstatus's own way: labels by the names of the configuration, a form's sections, a hidden block, phases in comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.dialect import Dialect, Meaning
from ghstatus.grammar.fields import Place
from ghstatus.grammar.recovery import Matter

if TYPE_CHECKING:
    from ghstatus.model import Site


def dialect(site: Site) -> Dialect:
    """The dialect of `site`."""
    names = site.labels
    return Dialect(
        name="ghstatus",
        gates=(names.incident, names.maintenance, names.announcement),
        label=lambda _: Meaning(),
        kind=lambda _, meanings: next((one.kind for one in meanings if one.kind), None),
        text=lambda text: Matter({}, lambda _: Place(1, 1), text, 1, ()),
        comment=lambda *_: None,
        is_kept=True,
    )
