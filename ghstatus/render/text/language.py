"""The language of a site: its words, dates, durations, numbers and lists.

The words that a page is written with are English and stand where they are used; a catalogue in `ghstatus/locale/` has
them in another language. What is the same in all languages, such as `outage` in JSON, doesn't pass here.
"""

from __future__ import annotations

import gettext
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ghstatus.grammar import sentences
from ghstatus.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, timedelta
    from importlib.resources.abc import Traversable

    from ghstatus.model import Site

LIBRARY = "babel"
"""Whose next version may write another date."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Language:
    """English, without a library, for that takes longer to import than a small page to build; the others add to it.

    Every text may name values as `%(name)s`, and gets them as keywords; a text without values stays as it is.
    """

    tag = "en"
    direction = "ltr"

    def __init__(self, catalogue: gettext.NullTranslations | None = None) -> None:
        self.catalogue = catalogue or gettext.NullTranslations()
        self.comma = self.pgettext("between the parts of a list", ", ")

    def __repr__(self) -> str:
        """Tell languages apart in the keys of pages."""
        return f"<{self.tag}>"

    def gettext(self, text: str, /, **values: object) -> str:
        """`text` in this language."""
        return _filled(self.catalogue.gettext(text), values)

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        """`text` in this language, where one English text means several things."""
        return _filled(self.catalogue.pgettext(context, text), values)

    def ngettext(self, one: str, several: str, count: int, /, **values: object) -> str:
        """The one of several texts that goes with a number, which they have as `%(num)s`."""
        return _filled(self.catalogue.ngettext(one, several, count), {"num": self.number(count), **values})

    def day(self, date_: date) -> str:
        """`2 Mar 2026`."""
        return f"{date_.day} {_MONTHS[date_.month - 1][:3]} {date_.year}"

    def month(self, date_: date) -> str:
        """`March 2026`."""
        return f"{_MONTHS[date_.month - 1]} {date_.year}"

    def month_name(self, date_: date) -> str:
        """`March`."""
        return _MONTHS[date_.month - 1]

    def minute(self, when: datetime) -> str:
        """`2 Mar 2026, 19:10`, in the zone that the time is in."""
        return f"{self.day(when)}, {when.isoformat()[11:16]}"

    def unit(self, count: int, unit: str) -> str:
        """`3 d`; the unit is `day`, `hour` or `minute`."""
        return f"{count} {_UNITS[unit]}"

    def duration(self, length: timedelta) -> str:
        """The two coarsest units that matter: `3 d 4 h`, `2 h 5 min`, `under a minute`."""
        minutes = int(length.total_seconds() // 60)
        if minutes < 1:
            return self.gettext("under a minute")
        days, minutes = divmod(minutes, 24 * 60)
        hours, minutes = divmod(minutes, 60)
        parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
        first = next(position for position, (count, _) in enumerate(parts) if count)
        return " ".join(self.unit(count, unit) for count, unit in parts[first : first + 2] if count)

    def percent(self, ratio: float) -> str:
        """`99.95 %`, rounded down, so that only a flawless record reads 100 %."""
        hundredths = int(ratio * 10_000 + 1e-6)
        return self._percent(hundredths, 2) if hundredths < 10_000 else self._percent(hundredths, 0)

    def share(self, ratio: float) -> str:
        """`30 %`, `12.5 %`."""
        tenths = round(ratio * 1000)
        return self._percent(tenths * 10, 1 if tenths % 10 else 0)

    def _percent(self, hundredths: int, digits: int) -> str:
        return f"{hundredths / 100:.{digits}f} %"

    def number(self, count: int) -> str:
        """`12345`."""
        return str(count)

    def decimal(self, number: float) -> str:
        """`1.5`, with one decimal."""
        return f"{number:.1f}"

    def several(self, names: Sequence[str]) -> str:
        """`Copr`, `Copr and Koji`, `Copr, Koji and 3 more`."""
        return sentences.several(names)


_UNITS = {"day": "d", "hour": "h", "minute": "min"}


def _filled(text: str, values: dict[str, object]) -> str:
    return text % values if values else text


ENGLISH = Language()


def of(site: Site) -> Language:
    """The language of a site's pages."""
    return named(site.language)


@cache
def named(tag: str) -> Language:
    """A language by its tag; English for one that nobody translated to."""
    if tag == ENGLISH.tag or tag not in LANGUAGES:
        return ENGLISH
    from ghstatus.render.text.foreign import Foreign

    with catalogue(tag).open("rb") as file:
        return Foreign(tag, gettext.GNUTranslations(file))


def catalogue(tag: str) -> Traversable:
    """The file that has all words in a language."""
    folder = resources.files("ghstatus") / "locale" / tag.replace("-", "_") / "LC_MESSAGES"
    return folder / "ghstatus.mo"


def edition(tag: str) -> str:
    """A name for the present state of a language's catalogue; empty where it has none, as English."""
    file = catalogue(tag)
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
