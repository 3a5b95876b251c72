"""The page templates: a site's own stand in for the shipped ones, as long as they work."""

from __future__ import annotations

import re
import traceback
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ghstatus.errors import Problem
from ghstatus.grammar import sentences
from ghstatus.render import badges, clock, markdown, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ghstatus.model import Site, Theme

FOLDER = "templates"
"""Where a site has its own, below its folder."""

# The grammar refuses or reports all of these; the pages don't rely on it.
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
_ASCII = bytes(range(128))


class Look(NamedTuple):
    """What a site's pages look like."""

    shipped: Mapping[str, str]
    """The text of each template."""
    own: Mapping[str, str] = {}
    """Those that the site has itself, and whatever else they include."""
    style: str = ""
    """Changes whenever a static file does, so that no browser shows a page with yesterday's style."""
    is_themed: bool = False
    """Whether there is a `theme.css` to come after the style sheet."""


class Templates:
    """The page templates, compiled, with everything in reach that they may ask for.

    One of the site's own that breaks gives way to the shipped one: on the day of an outage there has to be a page.
    `problems` says so.
    """

    def __init__(self, look: Look, site: Site, *, tracker: str = "") -> None:
        self.problems: tuple[Problem, ...] = ()
        self._look, self._site, self._tracker = look, site, tracker
        self._own = dict(look.own)
        self._start = urlsplit(site.base_url).path or "/"
        self._compile()

    def page(self, name: str, *, root: str | None, **values: object) -> bytes:
        """Render one page; `root` leads from it to the site's root, such as `../../`.

        Without a root, links start at the address's own path: the page may be shown for any address. What HTML
        doesn't allow as a character is left out.
        """
        start = self._start if root is None else root or "./"
        try:
            text = self._render(name, {"root": start, **values})
        except Exception as error:
            if not self._own:
                raise
            self._give_way(error)
            return self.page(name, root=root, **values)
        data = text.encode(errors="replace").translate(None, _CONTROLS)
        # Most of a page is ASCII. Looking at what isn't takes a sixth of the time that a look at everything takes.
        return _MORE_CONTROLS.sub(b"", data) if _MORE_CONTROLS.search(data.translate(None, _ASCII)) else data

    def _render(self, name: str, values: Mapping[str, object]) -> str:
        template = self._environment.get_template(name)
        # As template.render, with the globals merged here: Jinja takes them from a ChainMap, a tenth of a page's time.
        context = template.new_context({**self._environment.globals, **values}, shared=True)
        return "".join(template.root_render_func(context))

    def _compile(self) -> None:
        try:
            self._environment = _environment(self._look, self._own, self._site, self._tracker)
        except Exception as error:
            if not self._own:
                raise
            self._give_way(error)

    def _give_way(self, error: Exception) -> None:
        """Go on without the template that an error comes from; without any, where nothing tells which it is."""
        name, line = _place(error, self._own)
        said = _said(error)
        if name:
            del self._own[name]
            outcome = "the shipped one is used" if name in self._look.shipped else "left out"
            problem = Problem(where=f"{FOLDER}/{name}", line=line, seen=said, outcome=outcome)
        else:
            self._own.clear()
            problem = Problem(where=FOLDER, seen=f"they don't fit the shipped ones: {said}", outcome="none is used")
        self.problems = (*self.problems, problem)
        self._compile()


def _environment(look: Look, own: Mapping[str, str], site: Site, tracker: str) -> jinja2.Environment:
    # The shipped templates ask for nothing that the sandbox forbids, and are faster without.
    kind = ImmutableSandboxedEnvironment if own else jinja2.Environment
    environment = kind(
        loader=jinja2.DictLoader({**look.shipped, **own}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    component_names = {component.id: component.name for component in site.components}
    environment.filters.update(
        moment=partial(clock.moment, zone=site.timezone),
        day=clock.day,
        month=clock.month,
        duration=lambda length: clock.duration(length).replace(" ", "\N{NO-BREAK SPACE}"),
        names=sentences.several,
        percent=words.percent,
        outcome=words.outcome,
        look=words.look,
        gist=markdown.gist,
        markdown=lambda text, heading=4: Markup(markdown.render(text, heading)),  # noqa: S704 - sanitized
        expected=partial(clock.expected, zone=site.timezone),
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
        statuses=words.STATUSES,
        phases=words.PHASES,
        kinds=words.KINDS,
        component_names=component_names,
    )
    _draw_once(environment)
    for name in own.keys() & look.shipped.keys():
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


def _said(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template '{error}'"  # Jinja says nothing but the name
    return " ".join(str(error).split()) or type(error).__name__


def _place(error: Exception, own: Mapping[str, str]) -> tuple[str, int | None]:
    """The innermost of these templates that an error passed through, and the line; empty where there is none."""
    found = [("", None), *_passed(error)]
    if isinstance(error, jinja2.TemplateSyntaxError):
        found.append((error.name or "", error.lineno))
    return next(((name, line) for name, line in reversed(found) if name in own), ("", None))


def _passed(error: Exception) -> Iterator[tuple[str, int | None]]:
    """As Jinja finds it for its own tracebacks: the code of a template knows which one it was made from."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            yield template.name, template.get_corresponding_lineno(line)


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
