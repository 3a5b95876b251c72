"""Languages other than English: their dates, units, numbers and lists as Unicode's repository of locales has them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from ghstatus.render.text.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from gettext import NullTranslations

_MOST = 3
"""The names that a list shows."""


class Foreign(Language):
    """One of them."""

    def __init__(self, tag: str, catalogue: NullTranslations) -> None:
        super().__init__(catalogue)
        self._locale = Locale.parse(tag, sep="-")
        self.tag = tag
        self.direction = self._locale.text_direction

    def day(self, date_: date) -> str:
        """`2. 3. 2026`, `2. März 2026`."""
        return format_skeleton("yMMMd", date_, locale=self._locale)

    def month(self, date_: date) -> str:
        """`březen 2026`."""
        return format_skeleton("yMMMM", date_, locale=self._locale)

    def month_name(self, date_: date) -> str:
        """`březen`."""
        return format_date(date_, "LLLL", locale=self._locale)

    def minute(self, when: datetime) -> str:
        """`2. 3. 2026 19:10`; hours go to 24 everywhere, as they do in English."""
        frame = str(self._locale.datetime_formats["medium"])
        return frame.format(when.isoformat()[11:16], self.day(when))

    def unit(self, count: int, unit: str) -> str:
        """`3 dny`."""
        return _unit(self._locale, count, unit)

    def number(self, count: int) -> str:
        """`12 345`."""
        return format_decimal(count, locale=self._locale)

    def decimal(self, number: float) -> str:
        """`1,5`, with one decimal."""
        return format_decimal(number, format="0.0", locale=self._locale)

    def several(self, names: Sequence[str]) -> str:
        """`Copr`, `Copr a Koji`, `Copr, Koji a 3 další`."""
        shown = list(names)
        if len(shown) > _MOST:
            rest = len(shown) - _MOST + 1
            shown[_MOST - 1 :] = [self.ngettext("%(num)s more", "%(num)s more", rest)]
        return format_list(shown, locale=self._locale) if shown else ""

    def _percent(self, hundredths: int, digits: int) -> str:
        pattern = self._locale.percent_formats[None].pattern.replace("0", f"0.{'0' * digits}" if digits else "0")
        return format_percent(Decimal(hundredths).scaleb(-4), pattern, locale=self._locale)


@lru_cache(maxsize=4096)
def _unit(locale: Locale, count: int, unit: str) -> str:
    return format_unit(count, f"duration-{unit}", length="short", locale=locale)
