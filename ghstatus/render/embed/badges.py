"""Badges for READMEs: pictures, and what Shields makes pictures of; of the whole page and of each component."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import escape

from ghstatus.grammar import quoting
from ghstatus.model import ComponentStatus
from ghstatus.render.page import address, dump, told
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghstatus.model import Board, Component, Site, Theme, Uptime
    from ghstatus.render.page import Page
    from ghstatus.render.text.language import Language

COLOURS = {
    ComponentStatus.OPERATIONAL: "#1a7f45",
    ComponentStatus.UNKNOWN: "#5e6673",
    ComponentStatus.UNDER_MAINTENANCE: "#2a62b8",
    ComponentStatus.DEGRADED_PERFORMANCE: "#8a6100",
    ComponentStatus.PARTIAL_OUTAGE: "#b4500b",
    ComponentStatus.MAJOR_OUTAGE: "#c01c28",
}
"""The page's, in its light mode: a picture in a README can't tell in which mode it is looked at."""

_UPTIMES = (
    (0.99, ComponentStatus.OPERATIONAL),
    (0.95, ComponentStatus.DEGRADED_PERFORMANCE),
    (0.90, ComponentStatus.PARTIAL_OUTAGE),
)
_COLOUR = re.compile(r"#[0-9a-f]{6}")

_NO_CHARACTERS = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_LABEL = "#555"
_SPACE = 5
"""Pixels on either side of the words."""
_LONGEST = 120
"""How many characters are shown; nobody reads more in a line."""
_WIDTHS = bytes.fromhex(
    """
    23 2c 33 5c 46 68 56 1e 2b 2b 37 5c 23 28 23 25 46 46 46 46 46 46 46 46
    46 46 25 25 5c 5c 5c 3a 6e 4b 4c 4d 55 46 3f 55 53 20 20 48 3d 5f 52 57
    42 57 4c 46 43 50 4b 6d 4b 43 4b 2b 25 2b 5c 37 37 43 46 3c 46 44 27 46
    46 1f 1f 40 1f 6b 46 43 46 46 2d 39 2b 46 41 5a 41 41 3a 46 25 46 5c
    """
)
"""Of the characters from the space to the tilde in tenths of a pixel, at 11 pixels, as Chromium measures DejaVu Sans."""
_WIDE, _USUAL = 110, 70
"""Of what isn't in the table: East Asian characters and pictures, and everything else."""

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" viewBox="0 0 {width} 20" role="img"'
    ' aria-label="{name}"><title>{name}</title>'
    '<path fill="{ground}" d="M3 0h{left}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>'
    '<path fill="{color}" d="M{middle} 0h{right}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{right}z"/>'
    '<g text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11"'
    ' text-rendering="geometricPrecision">'
    '<text x="{label_x}" y="14" textLength="{label_length}" fill="#fff">{label}</text>'
    '<text x="{message_x}" y="14" textLength="{message_length}" fill="{ink}">{message}</text></g></svg>\n'
)


class Badge(NamedTuple):
    """What a badge says."""

    label: str
    message: str
    color: str


def files(board: Board, uptimes: Sequence[Uptime], site: Site) -> Iterator[Page]:
    """The page's, then each component's status and uptime."""
    colours, spoken = _colours(site.theme), language.of(site)
    yield from _both("badges/status", Badge(spoken.gettext("status"), *_status(board.status, colours, spoken)))
    for state, uptime in zip(board.components, uptimes, strict=True):
        component = state.component
        yield from _both(path(component.id), Badge(component.name, *_status(state.status, colours, spoken)))
        said = Badge(_uptime_of(component.name, spoken), *_uptime(uptime.ratio, colours, spoken))
        yield from _both(f"badges/{component.id}/uptime", said)


def path(component: str) -> str:
    """Where a component's status badge is, without what its name ends in; the page's own is called `status`."""
    return f"badges/{component}/status" if component == "status" else f"badges/{component}"


def markdown(component: Component, site: Site) -> str:
    """What shows a component's badge in a README, and leads to its page."""
    places = (address(site, where) for where in (f"{path(component.id)}.svg", f"components/{component.id}/"))
    picture, page = (where.replace("(", "%28").replace(")", "%29") for where in places)
    return f"[![{quoting.plain(component.name)}]({picture})]({page})"


def colours(theme: Theme, status: ComponentStatus) -> tuple[str, str]:
    """A status's colour, and the one that words have on it."""
    color = _colours(theme)[status]
    return color, _ink(color)


def _both(where: str, badge: Badge) -> Iterator[Page]:
    label, message = (" ".join(text.split())[:_LONGEST] for text in badge[:2])
    endpoint = {"schemaVersion": 1, "label": label, "message": message, "color": badge.color, "cacheSeconds": 300}
    yield told(f"{where}.svg", _picture(label, message, badge.color))
    yield told(f"{where}.json", dump(endpoint))


def _uptime_of(name: str, spoken: Language) -> str:
    return spoken.gettext("%(name)s uptime", name=name)


def _status(status: ComponentStatus, colours: Mapping[ComponentStatus, str], spoken: Language) -> tuple[str, str]:
    return words.within(spoken).statuses[status], colours[status]


def _uptime(ratio: float | None, colours: Mapping[ComponentStatus, str], spoken: Language) -> tuple[str, str]:
    if ratio is None:
        return words.within(spoken).statuses[ComponentStatus.UNKNOWN], colours[ComponentStatus.UNKNOWN]
    like = next((status for least, status in _UPTIMES if ratio >= least), ComponentStatus.MAJOR_OUTAGE)
    return "".join(spoken.percent(ratio).split()), colours[like]


def _colours(theme: Theme) -> Mapping[ComponentStatus, str]:
    own = {status: getattr(theme, status, "") for status in COLOURS}
    return COLOURS | {status: colour for status, colour in own.items() if _COLOUR.fullmatch(colour)}


def _picture(label: str, message: str, color: str) -> bytes:
    left, right = _width(label), _width(message)
    whole = left + right + 4 * _SPACE
    middle = left + 2 * _SPACE
    return _SVG.format(
        width=whole,
        name=_written(f"{label}: {message}"),
        ground=_LABEL,
        color=color,
        left=middle - 3,
        middle=middle,
        right=whole - middle - 3,
        label_x=_SPACE + left / 2,
        label_length=left,
        label=_written(label),
        message_x=middle + _SPACE + right / 2,
        message_length=right,
        message=_written(message),
        ink=_ink(color),
    ).encode()


def _width(text: str) -> int:
    """In pixels, about; whatever the font, the words are stretched or squeezed to it."""
    return max(1, round(sum(map(_tenths, text)) / 10))


def _tenths(character: str) -> int:
    plain = unicodedata.normalize("NFD", character)[0]
    if " " <= plain <= "~":
        return _WIDTHS[ord(plain) - 32]
    if unicodedata.combining(plain):
        return 0
    return _WIDE if unicodedata.east_asian_width(plain) in "WF" else _USUAL


def _ink(color: str) -> str:
    """White, or dark where it can be read better: by how bright sRGB's colours are to the eye."""
    red, green, blue = (math.pow(int(color[place : place + 2], 16) / 255, 2.2) for place in (1, 3, 5))
    return "#fff" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.3 else "#1b2129"


def _written(text: str) -> str:
    """Text in XML, without characters that it doesn't allow even escaped."""
    return str(escape(_NO_CHARACTERS.sub("", text)))
