"""Templates in the language of a site: `{{ _("…") }}`, `ngettext`, `{% trans %}`, as Jinja's own extension has them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from jinja2.ext import InternationalizationExtension
from jinja2.lexer import Token

from ghstatus.render.text.markup import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import jinja2
    from jinja2.lexer import TokenStream
    from markupsafe import Markup

    from ghstatus.render.text.language import Language

_CONSTANT = ("variable_begin", "name", "lparen", "string", "rparen", "variable_end")
"""`{{ _("…") }}`."""


class Translation(InternationalizationExtension):
    """Jinja's, but a text without values is put in when a template is compiled: most are, and a page has fifty."""

    def __init__(self, environment: jinja2.Environment) -> None:
        super().__init__(environment)
        vars(environment)["newstyle_gettext"] = True
        environment.policies["ext.i18n.trimmed"] = True

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Say what is constant."""
        waiting: list[Token] = []
        for token in stream:
            if token.type != _CONSTANT[len(waiting)]:
                yield from waiting
                waiting = []
            if token.type != _CONSTANT[len(waiting)]:
                yield token
                continue
            waiting.append(token)
            if len(waiting) == len(_CONSTANT):
                yield from self._said(waiting)
                waiting = []
        yield from waiting

    def _said(self, tokens: list[Token]) -> list[Token]:
        if tokens[1].value != "_":
            return tokens
        gettext = cast("Callable[[str], str]", self.environment.globals["_"])
        return [Token(tokens[0].lineno, "data", str(gettext(tokens[3].value)))]


def speak(environment: jinja2.Environment, language: Language) -> None:
    """Give templates a language. What a catalogue says is HTML, as what a template says is; values are escaped."""
    catalogue = language.catalogue

    @cache
    def phrase(text: str) -> Markup:
        return html(catalogue.gettext(text))

    def gettext(text: str, **values: object) -> Markup:
        return phrase(text) % values

    def pgettext(context: str, text: str, **values: object) -> Markup:
        return html(catalogue.pgettext(context, text)) % values

    def ngettext(one: str, several: str, num: int, **values: object) -> Markup:
        return html(catalogue.ngettext(one, several, num)) % {"num": language.number(num), **values}

    environment.add_extension(Translation)
    environment.globals.update(_=gettext, gettext=gettext, pgettext=pgettext, ngettext=ngettext, language=language)
