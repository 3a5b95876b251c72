"""Markdown as GitHub renders it in comments → HTML that is safe to show."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from textwrap import shorten

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

_DEEPEST = 100
_DEEP = re.compile(rf"(?:\A|(?<=[\r\n]))(?:(?:[ \t*+-]|[0-9]{{1,9}}[.)])*>){{{_DEEPEST + 1},}}")
"""The beginning of a line in too many quotes: nesting takes the sanitizer the square of its depth."""

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "hr", "i", "ins"),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "img",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "strong",
    ),
    *("sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul", "var"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "src"},
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
_REL = "nofollow noopener noreferrer ugc"
_SANITIZER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    clean_content_tags={"script", "style", "title", "textarea", "template", "svg", "math", "iframe", "noscript"},
    url_schemes={"http", "https", "mailto"},
    link_rel=_REL,
    strip_comments=True,
)

_CHECKED = re.compile(r'<input type="checkbox" (checked="" )?disabled="" />')
_LINE_END = re.compile(r"[\r\n]")

# The sanitizer writes every tag in one way: attributes in double quotes, and neither quotes nor < nor > within them.
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_SOURCE = re.compile(r' src="([^"]*)"')
_ALTERNATIVE = re.compile(r' alt="([^"]+)"')
_RAW_ITEM = re.compile(r"<(?:li|dt|dd)\b", re.IGNORECASE)
_ITEM = re.compile(r"<(/?)(ol|ul|li|dl|dt|dd)(?: [^>]*)?>")
_LISTS = {"li": {"ol", "ul"}, "dt": {"dl"}, "dd": {"dl"}}
_MORE = " …"
_HEADING = re.compile(r"<(/?)h([1-6])>")
_NUMBERED = re.compile(r'<(ol|t[dh])((?: [a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_VALUES = {
    "align": re.compile("left|center|right"),
    "colspan": re.compile("[1-9][0-9]{0,2}"),
    "rowspan": re.compile("[1-9][0-9]{0,2}"),
    "start": re.compile("[0-9]{1,9}"),
}


@lru_cache(maxsize=256)
def render(text: str, heading: int = 4) -> str:
    """Render Markdown; its headings start at level `heading`, below those of the page around it.

    Pictures become links, since a page that loads them tells a third party who reads it.
    """
    flat = _DEEP.sub(_flat, text) if text.count(">") > _DEEPEST else text
    try:
        html = comrak.render_markdown(flat, extension_options=_extensions(text), render_options=_RENDERING)
    except UnicodeEncodeError:  # half of a surrogate pair, as a YAML escape may write it
        return render(text.encode(errors="replace").decode(), heading)
    if "<input" in html:
        html = _CHECKED.sub(lambda match: "\N{BALLOT BOX WITH CHECK}" if match[1] else "\N{BALLOT BOX}", html)
    clean = _SANITIZER.clean(html)
    if _RAW_ITEM.search(text):
        clean = _ITEM.sub(_Lists().place, clean)
    return _tidy(clean, heading)


def gist(text: str, most: int = 200) -> str:
    """The first words of a text, without any markup."""
    words = unescape(_TAG.sub("", render(text, 2)))
    return _shortened(words[: 2 * most], most)


def _shortened(text: str, most: int) -> str:
    """As textwrap.shorten, in a tenth of its time where no hyphen lets it cut a word in two."""
    words = " ".join(text.split())
    end = words.rfind(" ", 0, most - len(_MORE) + 1)
    if len(words) <= most:
        return words
    return shorten(text, most, placeholder=_MORE) if "-" in words or end < 0 else words[:end] + _MORE


def _flat(match: re.Match[str]) -> str:
    """In the innermost quote that is allowed."""
    return f"{'>'.join(match[0].split('>')[:_DEEPEST])}>"


def _extensions(text: str) -> comrak.ExtensionOptions:
    if "|" not in text:
        return _EXTENSIONS
    lines = _LINE_END.split(text)
    widest = max(line.count("|") for line in lines) + 1
    return _WITHOUT_TABLES if widest * len(lines) > _MOST_CELLS else _EXTENSIONS


def _tidy(html: str, heading: int) -> str:
    """Mend what is harmless and still wrong on this page; each step costs a short text without such things nothing."""
    if "<a" in html:
        html = _LINK.sub(_link, html)
    if "<img" in html:
        html = _IMAGE.sub(_picture, html)
    if "<h" in html:
        html = _HEADING.sub(_Outline(heading).place, html)
    if "<ol " in html or "<t" in html:
        html = _NUMBERED.sub(_number, html)
    if "<table" in html:
        html = html.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")
    return html.replace("<pre>", '<pre tabindex="0">') if "<pre>" in html else html


def _link(match: re.Match[str]) -> str:
    """Keep a link that leads somewhere and has words to click on, with the words of its pictures."""
    attributes, inside = match.groups()
    inside = _IMAGE.sub(_words, inside)
    return f"<a{attributes}>{inside}</a>" if ' href="' in attributes and inside.strip() else inside


def _picture(match: re.Match[str]) -> str:
    source = _SOURCE.search(match[1])
    return f'<a href="{source[1]}" rel="{_REL}">{_words(match)}</a>' if source else _words(match)


def _words(match: re.Match[str]) -> str:
    """Of a picture."""
    found = _ALTERNATIVE.search(match[1])
    return found[1].replace("<", "&lt;").replace(">", "&gt;") if found else "image"


def _number(match: re.Match[str]) -> str:
    """Keep the attributes of a list or a cell that make sense; a side is a class, since HTML 5 has no `align`."""
    told = ((name, value) for name, value in _ATTRIBUTE.findall(match[2]) if _VALUES[name].fullmatch(value))
    kept = "".join(f' {"class" if name == "align" else name}="{value}"' for name, value in told)
    return f"<{match[1]}{kept}>"


class _Lists:
    """Keeps an item only within a list of its own: a stray one would end the item of the page that holds the text."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def place(self, match: re.Match[str]) -> str:
        """Keep a start or end tag, or leave it out."""
        if match[1]:
            return match[0] if self._open.pop() else ""
        around = self._open[-1] if self._open else ""
        is_kept = match[2] not in _LISTS or around in _LISTS[match[2]]
        self._open.append(match[2] if is_kept else "")
        return match[0] if is_kept else ""


class _Outline:
    """Levels for headings in the order in which they come: none skips one, whatever the writer did."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._above: list[int] = []
        self._open: list[int] = []

    def place(self, match: re.Match[str]) -> str:
        """Write a heading's start or end tag anew; one within another is none."""
        if match[1]:
            level = self._open.pop()
            return "" if self._open else f"</h{level}>"
        level = int(match[2])
        if not self._open:
            self._above = [*(above for above in self._above if above < level), level]
        self._open.append(min(self._first + len(self._above) - 1, 6))
        return "" if len(self._open) > 1 else f"<h{self._open[0]}>"
