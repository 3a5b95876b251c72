"""What is known of failures, be there a site or not: then the shipped catalogue alone tells."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ghstatus.cli import access, options, watching
from ghstatus.errors import UsageError
from ghstatus.grammar import words
from ghstatus.grammar.names import Names, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ghstatus.known import Known
    from ghstatus.model import Site


@contextmanager
def opened(
    site: Path | None, incident: Iterable[str], *, now: str | None, cache: Path | None = None, wait: int | None = None
) -> Iterator[tuple[Known, tuple[str, ...]]]:
    """What is known as of now, and the components of which an incident is assumed."""
    from ghstatus.known import Known, shipped
    from ghstatus.known import assumed as outages

    moment = options.moment(now)
    if site is None:
        assumed, found = components(incident, None, "--incident"), shipped()
        yield Known(found.rules, found.signatures, outages(assumed, moment), now=moment), assumed
        return
    settings = options.settings(site)
    assumed = components(incident, settings.site, "--incident")
    with access.reached(settings, None, cache=cache, wait=wait) as place:
        yield watching.incidents(place, moment, assumed=assumed).known, assumed


def components(typed: Iterable[str], site: Site | None, option: str) -> tuple[str, ...]:
    """The ids of the components that are named; without a site, of the services that the catalogue knows.

    Raises UsageError.
    """
    find = _services if site is None else Names(site.components, site.groups).resolve
    found: dict[str, None] = {}
    for name in (part.strip() for text in typed for part in text.split(",")):
        ids = tuple(find(name))
        if not ids:
            raise UsageError(f"{option}: no component is called {words.shown(name)}; accepted: {_accepted(name, site)}")
        found |= dict.fromkeys(ids)
    return tuple(found)


def _services(name: str = "") -> tuple[str, ...]:
    """The services of the catalogue that are so called; all without a name."""
    from ghstatus.known import shipped

    found = shipped()
    meant = (*(one.service for one in found.signatures), *(one.service or one.component for one in found.rules))
    every = sorted(set(meant))
    return tuple(one for one in every if not name or one.casefold() == name.casefold())


def _accepted(name: str, site: Site | None) -> str:
    if site is None:
        every = _services()
        accepted = f"{', '.join(every)}; or a component of the site that --site names"
        return words.hinted(accepted, did_you_mean(name, every))
    accepted = ", ".join(component.id for component in site.components[:20])
    return words.hinted(accepted, Names(site.components, site.groups).suggest(name))
