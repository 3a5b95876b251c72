"""Markdown as GitHub renders it in comments → HTML that is safe to show."""

from __future__ import annotations

import re
from functools import lru_cache

import comrak
import nh3

_EXTENSIONS = comrak.ExtensionOptions()
_EXTENSIONS.strikethrough = True
_EXTENSIONS.autolink = True
_EXTENSIONS.tasklist = True
_EXTENSIONS.alerts = True
_EXTENSIONS.shortcodes = True
_EXTENSIONS.table = True

_WITHOUT_TABLES = comrak.ExtensionOptions()
_WITHOUT_TABLES.strikethrough = True
_WITHOUT_TABLES.autolink = True
_WITHOUT_TABLES.tasklist = True
_WITHOUT_TABLES.alerts = True
_WITHOUT_TABLES.shortcodes = True

_RENDERING = comrak.RenderOptions()
_RENDERING.hardbreaks = True  # a line break in an issue or a comment is one on the page
_RENDERING.gfm_quirks = True
_RENDERING.unsafe_ = True  # raw HTML passes here, because the sanitizer below decides on all of it

_MOST_CELLS = 20_000
"""comrak fills up short table rows without a limit: 54 KB of Markdown could become gigabytes of HTML."""

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "hr", "i", "ins"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "strong"),
    *("sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "tt", "ul", "var"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_CLASSES = {
    "div": {
        *("markdown-alert", "markdown-alert-note", "markdown-alert-tip", "markdown-alert-important"),
        *("markdown-alert-warning", "markdown-alert-caution"),
    },
    "p": {"markdown-alert-title"},
}
_SANITIZER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    clean_content_tags={"script", "style", "title", "textarea", "template", "svg", "math", "iframe", "noscript"},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer ugc",
    strip_comments=True,
)

_CHECKED = re.compile(r'<input type="checkbox" (checked="" )?disabled="" />')
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? />')
_HEADING = re.compile(r"(</?h)([1-6])(>)")


@lru_cache(maxsize=256)
def render(text: str, heading: int = 4) -> str:
    """Render Markdown; its headings start at level `heading`, below those of the page around it.

    Pictures become links, since a page that loads them tells a third party who reads it.
    """
    html = comrak.render_markdown(text, extension_options=_extensions(text), render_options=_RENDERING)
    if "<input" in html:
        html = _CHECKED.sub(lambda match: "\N{BALLOT BOX WITH CHECK}" if match[1] else "\N{BALLOT BOX}", html)
    if "<img" in html:
        html = _IMAGE.sub(lambda match: f'<a href="{match[1]}">{match[2] or "image"}</a>', html)
    clean = _SANITIZER.clean(html)
    if "<h" in clean:
        clean = _HEADING.sub(lambda match: f"{match[1]}{min(int(match[2]) + heading - 1, 6)}{match[3]}", clean)
    return clean.replace("<pre>", '<pre tabindex="0">') if "<pre>" in clean else clean


def _extensions(text: str) -> comrak.ExtensionOptions:
    if "|" not in text:
        return _EXTENSIONS
    lines = text.split("\n")
    widest = max(line.count("|") for line in lines) + 1
    return _WITHOUT_TABLES if widest * len(lines) > _MOST_CELLS else _EXTENSIONS
