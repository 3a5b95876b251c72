"""What the channels bear in which messages are posted: how long a message may be, and which signs do something there."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from ghstatus.grammar import quoting, sentences
from ghstatus.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

POST, MAIL, CHAT, TEAM = "post", "mail", "chat", "team"
"""The kinds of channels; one such as `mail-de` is of the kind before its hyphen, and any other is a chat."""
LONGEST = 280
"""Of a post, as X counts; Bluesky takes 300, Mastodon 500."""

_NAME = re.compile(r"messages/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]+(?:-[a-z]+)*))?\.j2")
_GAP = "\N{ZERO WIDTH SPACE}"
_CALLING = re.compile(r"[@\uff20](?=\S)|(?<!\w)!(?=\w)|<(?=\S)|(?:\A|(?<=\n))[/!.](?=\S)")
"""Mentions, words that call everybody, such as Slack's `<!here>`, and what a chat takes for a command."""
_STEERING = re.compile(r"^(?=~|From |\.$)", re.MULTILINE)
"""Lines that mean something to programs that send mail: a command, another mail, the end."""
_ITEM = re.compile(r"(?:-|[0-9]{1,9}\.) ")
_ENDS = (".", "!", "?", "…", ":")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""What counts as one sign on X; anything else, such as Chinese or an emoji, counts as two."""


def named(template: str) -> tuple[str, str] | None:
    """The channel, and the state or nothing, whose messages a template makes; None where it makes none."""
    found = _NAME.fullmatch(template)
    return (found[1], found[2] or "") if found else None


def kind(channel: str) -> str:
    """What a channel bears."""
    first = channel.partition("-")[0]
    return first if first in {POST, MAIL, TEAM} else CHAT


def harmless(channel: str) -> Callable[[str], str]:
    """What makes somebody's words do nothing in a channel but say what they say."""
    return _mailed if kind(channel) == MAIL else _posted


def _mailed(text: str) -> str:
    return _STEERING.sub(" ", quoting.lines(text))


def _posted(text: str) -> str:
    return _CALLING.sub(rf"\g<0>{_GAP}", quoting.lines(text).replace(_GAP, ""))


def line(markdown: str) -> str:
    """Markdown as words on one line; the items of a list have semicolons between them."""
    said = ""
    for one in filter(None, map(quoting.line, plain.text(markdown).splitlines())):
        mark = _ITEM.match(one)
        words = one[mark.end() :] if mark else one
        if mark and said:
            said += f" {sentences.capital(words)}" if said.endswith(_ENDS) else f"; {words}"
        else:
            said = f"{said} {words}"
    return said.strip()


def address(url: str) -> str:
    """An address as it is; empty for what is none."""
    shown = quoting.line(url)
    return shown if _ADDRESS.fullmatch(shown) else ""


def sentence(text: str) -> str:
    """`text` with the stop that a sentence ends in."""
    return text if not text or text.endswith(_ENDS) else f"{text}."


def cut(text: str, most: int) -> str:
    """`text`, not longer than it may be, and whole words of it where there are any."""
    words = shorten(text, most, placeholder=" …")
    return quoting.clipped(text, most) if words == "…" else words


def length(text: str) -> int:
    """How long a post is where that is counted most strictly."""
    return sum(1 if any(first <= ord(sign) <= last for first, last in _LIGHT) else 2 for sign in text)


def fitted(text: str, link: str, longest: int = LONGEST) -> str:
    """As many lines of a post, the first before the others, as there is room for beside the one with the link.

    Only the first is ever cut; the link is whole whatever it takes.
    """
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    last = next((one for one in reversed(lines) if link and link in one), "")
    end = f"\n{last}" if last else ""
    if last and length(end) > longest // 2:
        end = f"\n{link}"
    said = ""
    for one in (one for one in lines if one != last):
        more = f"{said} {one}".strip()
        if length(more) + length(end) <= longest:
            said = more
        elif not said:
            said = _shortened(one, longest - length(end))
    return f"{said}{end}".strip()


def _shortened(text: str, room: int) -> str:
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if length(cut(text, middle)) <= room:
            least = middle
        else:
            most = middle - 1
    return cut(text, least) if least else ""
