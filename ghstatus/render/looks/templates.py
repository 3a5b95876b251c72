"""The page templates: a site's own stand in for the shipped ones, as long as they work."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ghstatus.render.embed import badges
from ghstatus.render.looks import overrides, translation
from ghstatus.render.looks.compiled import Compiled
from ghstatus.render.looks.overrides import Look, Overrides
from ghstatus.render.text import clock, language, markdown, words
from ghstatus.render.text.markup import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import jinja2

    from ghstatus.errors import Problem
    from ghstatus.model import Site, Theme

__all__ = ["Look", "Templates"]

_OTHERS = ("messages/", "postmortem.md.j2")
"""What templates for other things than pages begin with."""

# The grammar refuses or reports all of these; the pages don't rely on it.
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
_ASCII = bytes(range(128))


class Templates:
    """The page templates, compiled, with everything in reach that they may ask for.

    One of the site's own that breaks gives way to the shipped one, and `problems` says so.
    """

    def __init__(self, look: Look, site: Site, *, tracker: str = "") -> None:
        self.language = language.of(site)
        self._start = urlsplit(site.base_url).path or "/"
        shipped, own = _of_pages(look.shipped), _of_pages(look.own)
        self._overrides = Overrides(
            shipped, own, lambda own: _environment(look._replace(shipped=shipped, own=own), site, tracker)
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with templates of the site's own."""
        return self._overrides.problems

    def page(self, name: str, *, root: str | None, **values: object) -> bytes:
        """Render one page; `root` leads from it to the site's root, such as `../../`.

        Without a root, links start at the address's own path: the page may be shown for any address. What HTML
        doesn't allow as a character is left out.
        """
        start = self._start if root is None else root or "./"
        told = {"root": start, **values}
        text = self._overrides.attempt(lambda environment: overrides.rendered(environment.get_template(name), told))
        data = text.encode(errors="replace").translate(None, _CONTROLS)
        # Most of a page is ASCII. Looking at what isn't takes a sixth of the time that a look at everything takes.
        return _MORE_CONTROLS.sub(b"", data) if _MORE_CONTROLS.search(data.translate(None, _ASCII)) else data


def _of_pages(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if not name.startswith(_OTHERS)}


def _environment(look: Look, site: Site, tracker: str) -> jinja2.Environment:
    environment = overrides.environment(look.shipped, look.own, is_html=True)
    spoken = language.of(site)
    translation.speak(environment, spoken)
    if look.shelf and not look.own:
        environment.bytecode_cache = Compiled(look.shelf, spoken.tag)
    component_names = {component.id: component.name for component in site.components}
    environment.filters.update(
        moment=partial(clock.moment, zone=site.timezone, language=spoken),
        day=spoken.day,
        month=spoken.month,
        month_name=spoken.month_name,
        duration=lambda length: spoken.duration(length).replace(" ", "\N{NO-BREAK SPACE}"),
        names=spoken.several,
        percent=spoken.percent,
        share=spoken.share,
        decimal=spoken.decimal,
        outcome=partial(words.outcome, language=spoken),
        called=words.called,
        look=words.look,
        gist=markdown.gist,
        markdown=lambda text, heading=4: html(markdown.render(text, heading)),
        expected=partial(clock.expected, zone=site.timezone, language=spoken),
        shown=lambda ids: [component_names.get(id_, id_) for id_ in ids],
        badge=badges.path,
        badge_markdown=badges.markdown,
    )
    environment.tests["address"] = _ADDRESS.match
    environment.globals.update(
        site=site,
        style=look.style,
        is_themed=look.is_themed,
        tracker=tracker,
        report=_report(site, tracker),
        colours=[(name, colour) for name, colour in _colours(site.theme) if _COLOUR.fullmatch(colour)],
        statuses=words.capital(spoken).statuses,
        phases=words.capital(spoken).phases,
        kinds=words.capital(spoken).kinds,
        within=words.within(spoken),
        severities=words.severities(spoken),
        component_names=component_names,
    )
    _draw_once(environment)
    for name in look.own.keys() & look.shipped.keys():
        environment.get_template(name)  # so that a mistake is told by every build, whatever it renders
    return environment


def _draw_once(environment: jinja2.Environment) -> None:
    """What many pages share, as filters: on a page and in a row of a list, macros would take a tenth of the time."""
    icon = environment.get_template("icon.html.j2")
    icons = {name: icon.make_module({"status": name}).__html__() for name in words.LOOKS}
    environment.filters.update(
        icon=icons.__getitem__,
        style_links=_once(environment, "style_links.html.j2", ("root",)),
        header=_once(environment, "header.html.j2", ("root", "here")),
        component_links=_once(environment, "component_links.html.j2", ("root", "ids")),
        changes=_once(environment, "changes.html.j2", ("changes",)),
    )


def _once(environment: jinja2.Environment, name: str, arguments: tuple[str, ...]) -> Callable[..., str]:
    """A template as a function that renders only once for the same values; what many pages share is half of a page."""

    @lru_cache(maxsize=1024)
    def rendered(*values: object) -> str:
        template = environment.get_template(name)
        return template.make_module(dict(zip(arguments, values, strict=True))).__html__()

    return rendered


def _report(site: Site, tracker: str) -> str:
    """Where a visitor reports what the page doesn't say; empty where nothing tells."""
    form = "new?template=report.yml" if site.dialect == "ghstatus" else "new/choose"
    return f"{tracker}/issues/{form}" if _ADDRESS.match(tracker) else ""


def _colours(theme: Theme) -> Iterator[tuple[str, str]]:
    """The site's own colours, by the names that the style sheet has for them."""
    yield "accent", theme.accent
    yield "operational", theme.operational
    yield "maintenance", theme.under_maintenance
    yield "degraded", theme.degraded_performance
    yield "partial", theme.partial_outage
    yield "major", theme.major_outage
