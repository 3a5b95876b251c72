"""Strangers' words as Markdown in which they stay words: nobody is notified, nothing is linked, fetched or formatted.

Only an address that is given as one becomes a link.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LIVE = re.compile(r"[\\`*_\[\]~$|&<>@]|#(?=\d)|gh-(?=\d)|:(?=//)|www(?=\.)", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_GAP = "&#8203;"
"""No width, no meaning: GitHub looks for mentions and references after it has read the Markdown, so a backslash is no help."""
_CODE = re.compile(r"[^`|\\]+")
"""What code in a cell of a table can show; the rest would end the code, or the cell."""
_TICKS = re.compile("`+")
_LONGEST = 2000
"""Of an address; browsers and servers take that much."""
_SAFE = "%/:?#=&;,+.@!~-_"
"""What stays as it is in an address; the rest could end a link, a cell or a line, and reads the same when encoded."""


def plain(text: str) -> str:
    """Markdown for a place inside a line that reads as `text`, on one line."""
    return _LIVE.sub(_defused, line(text))


def line(text: str) -> str:
    """`text` on one line, without characters that steer a terminal or turn the line around."""
    return " ".join(_CONTROL.sub("", text).split())


def lines(text: str) -> str:
    """`text` without such characters, on the lines on which it stands."""
    return "\n".join(_CONTROL.sub("", one).replace("\t", "    ") for one in text.splitlines())


def code(text: str) -> str:
    """Markdown for a place inside a line that shows `text` as code, where that is possible."""
    shown = line(text)
    return f"`{shown}`" if _CODE.fullmatch(shown) else plain(shown)


def fenced(text: str) -> str:
    """A block of code that holds one line."""
    shown = line(text)
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(shown)), 3)
    return f"{fence}text\n{shown}\n{fence}"


def linked(words: str, url: str) -> str:
    """Words that are Markdown already as a link; as they are where the address leads nowhere on the web."""
    address = web(url)
    return f"[{words}]({address})" if address else words


def web(url: str) -> str:
    """An address as Markdown takes it in a link; empty for what isn't an address of a web page."""
    shown = line(url)
    try:
        parts = urlsplit(shown)
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    address = quote(shown, safe=_SAFE) if is_page and " " not in shown else ""
    return address.replace("&", "&amp;") if len(address) <= _LONGEST else ""


def clipped(text: str, longest: int) -> str:
    """`text`, not longer than it may be."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _defused(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in _ENTITIES:
        return _ENTITIES[sign]
    return f"\\{sign}" if sign in "\\`*_[]~$|" else f"{sign}{_GAP}"


def reference(ref: str) -> str:
    """What an incident is called by its ref: `#41`, which leads there on GitHub, or its name."""
    return f"#{ref}" if ref.isdecimal() else plain(ref)
