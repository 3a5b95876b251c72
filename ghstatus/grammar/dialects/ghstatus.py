"""ghstatus's own way: labels by the configuration's names, a form's sections, a hidden block, phases in comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import block, body, comment, form, labels
from ghstatus.grammar.dialect import Dialect
from ghstatus.grammar.front import KEYS
from ghstatus.grammar.names import Names
from ghstatus.grammar.recovery import Matter
from ghstatus.model import Kind

if TYPE_CHECKING:
    from ghstatus.grammar.dialect import Meaning
    from ghstatus.grammar.fields import Path, Place
    from ghstatus.model import Issue, Site


def dialect(site: Site) -> Dialect:
    """Read issues with the labels and the components of `site`."""
    names = Names(site.components, site.groups)
    called = site.labels
    return Dialect(
        name="ghstatus",
        gates=(called.incident, called.maintenance, called.announcement),
        label=lambda label: labels.meaning(label, called),
        kind=_kind,
        text=lambda text: _text(text, names),
        comment=comment.read,
        is_kept=True,
    )


def _kind(_: Issue, meanings: tuple[Meaning, ...]) -> Kind | None:
    """What its labels make of an issue: an outage, rather than something planned, rather than news."""
    said = {meaning.kind for meaning in meanings}
    return next((kind for kind in Kind if kind in said), None)


def _text(text: str, names: Names) -> Matter:
    hidden = block.read(body.newlines(text), known=KEYS)
    typed = form.read(hidden.content, names)

    def place(path: Path) -> Place:
        of = typed if path and path[0] in typed.values and path[0] not in hidden.values else hidden
        return of.place(path)

    return Matter({**typed.values, **hidden.values}, place, typed.content, 1, hidden.faults)
