"""Free text → its updates, where their times are certain; the rest of the text stays as it was."""

from __future__ import annotations

import re
import textwrap
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.grammar import moment
from ghstatus.importers import phrases
from ghstatus.model import Kind, Update

if TYPE_CHECKING:
    from datetime import datetime


class Span(NamedTuple):
    """When something went on; no end when nobody knows it."""

    start: datetime
    end: datetime | None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_UTC = r"\s?(?:UTC|GMT|Z)(?![A-Za-z0-9])"
_TIME = re.compile(
    rf"""(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}}[T ]{_CLOCK}(?:{_UTC}|[+-]\d{{2}}:?\d{{2}}))
        |(?:(?P<weekday>{"|".join(_DAYS)})\w*,?\s)?(?P<month>{"|".join(_MONTHS)})\w*\s+(?P<day>\d{{1,2}}),?\s
         (?P<at>{_CLOCK}){_UTC}(?:\s(?P<year>\d{{4}}))?
        |(?P<clock>{_CLOCK}){_UTC}""",
    re.VERBOSE | re.IGNORECASE,
)
_BULLET = r"\ {0,3}[-*+]\ +"
_BEFORE = re.compile(
    rf"""(?P<start>{_BULLET}|\#{{1,6}}\ +|\ {{0,3}})[*_`\[(]*(?:(?P<word>{phrases.WORD})[*_\])]*[\s:,\u2013\u2014(\[`-]*)?""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(r"[*_`\])]*(?:\s?[:\u2013\u2014]|\s-\s|\s*$)[*_`\])]*\s*", re.MULTILINE)
_UPDATES = re.compile(r"(?:#{1,6} +)?[*_]*(?:updates?|timeline)[*_]*:?[*_]*\s*", re.IGNORECASE)
_COMMENT = re.compile(r"(?P<code>^[ \t]*```.*?^[ \t]*```|`[^`\n]*`)|<!--.*?-->", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"\s*(```|~~~)")
_STARTS = re.compile(rf"{_BULLET}|#{{1,6}} |```|~~~|\s*$")


def without_comments(text: str) -> str:
    """Drop HTML comments, except in code, where they are shown."""
    return _COMMENT.sub(lambda match: match["code"] or "", text)


def updates(text: str, *, span: Span, kind: Kind) -> tuple[str, tuple[Update, ...]]:
    """Take out the updates whose times are certain.

    A paragraph or list item is one when it begins with a word for it ("Update", "Resolved") or stands under
    "Updates:", and then carries a time that can mean only one moment. One that begins with "Resolved:" needs no time
    where the end is known.
    """
    kept: list[str] = []
    found: list[Update] = []
    emptied: set[int] = set()
    occupied: set[int] = set()
    heading = -1
    for block in _blocks(text):
        if _UPDATES.fullmatch(block):
            heading = len(kept)
        elif update := _update(block, span, kind, listed=heading >= 0):
            found.append(update)
            emptied.add(heading)
            continue
        elif re.match(_BULLET, block):
            occupied.add(heading)
        elif block.strip():
            heading = -1
        kept.append(block)
    if not found:
        return text.strip(), ()
    rest = "\n".join(block for at, block in enumerate(kept) if at not in emptied - occupied)
    return re.sub(r"\n{3,}", "\n\n", rest).strip(), tuple(sorted(found, key=lambda update: update.at))


def _update(block: str, span: Span, kind: Kind, *, listed: bool) -> Update | None:
    before = _BEFORE.match(block)
    if before and (end := _end(block, before, span, kind)):
        return end
    time = _TIME.match(block, before.end()) if before else None
    if not before or not time or not (before["word"] or (listed and before["start"].strip())):
        return None
    after = _AFTER.match(block, time.end())
    at = _moment(time.groupdict(), span)
    if after is None or at is None:
        return None
    first, _, others = block[after.end() :].partition("\n")
    text = f"{first}\n{textwrap.dedent(others)}".strip()
    word = before["word"] or ""
    phase = phrases.phase(word, kind)
    if phase is None and not word:
        phase, text = phrases.opening(text, kind)
    if word and phase is None and word.lower() != "update":
        text = f"**{word}:** {text}"
    return Update(at=at, text=text, phase=phase) if text or phase else None


def _end(block: str, before: re.Match[str], span: Span, kind: Kind) -> Update | None:
    """A block such as `**Resolved:** The fix is deployed.`, which happened at the end that is known."""
    phase = phrases.phase(before["word"] or "", kind)
    says_so = phase is not None and phase.is_over and ":" in block[before.end("word") : before.end()]
    marks = block[before.end("start") : before.start("word")] if says_so else ""
    text = block[before.end() :].removeprefix(marks).strip()
    if not says_so or span.end is None or _TIME.match(text):
        return None
    return Update(at=span.end, text=text, phase=phase)


def _moment(part: dict[str, str | None], span: Span) -> datetime | None:
    try:
        if part["iso"]:
            return moment.parse(part["iso"])
        return _at_clock(part["clock"], span) if part["clock"] else _on_day(part, span)
    except ValueError:
        return None


def _at_clock(clock: str, span: Span) -> datetime | None:
    """The one moment with this time of day between start and end, or on the day of the start; None if there are more."""
    first = moment.parse(f"{span.start:%Y-%m-%d} {clock}")
    if first < span.start:
        first += timedelta(days=1)
    midnight = span.start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    last = max(span.end or span.start, midnight - timedelta(seconds=1))
    return first if first <= last < first + timedelta(days=1) else None


def _on_day(part: dict[str, str | None], span: Span) -> datetime | None:
    """A day without a year is in the first year that puts it after the start; its weekday has to fit."""
    month = _MONTHS.index(str(part["month"]).lower()[:3]) + 1
    earliest = span.start - timedelta(days=1)
    years = (part["year"],) if part["year"] else (earliest.year, earliest.year + 1)
    for year in years:
        at = moment.parse(f"{year}-{month}-{part['day']} {part['at']}")
        if at >= earliest:
            weekday = (part["weekday"] or _DAYS[at.weekday()]).lower()
            return at if weekday == _DAYS[at.weekday()] else None
    return None


def _blocks(text: str) -> list[str]:
    """Paragraphs, list items, headings, blank lines, fenced code: joined by line ends, they are the text again."""
    blocks: list[list[str]] = []
    fence = ""
    for line in text.split("\n"):
        is_inside = bool(fence)
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        if is_inside or (blocks and _goes_on(blocks[-1], line)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return ["\n".join(block) for block in blocks]


def _goes_on(block: list[str], line: str) -> bool:
    if _is_dated(line) or line.startswith("#"):
        return False
    if block[0].startswith("#") or _is_dated(block[0], alone=True):
        return _is_dated(block[0])
    return bool(block[-1].strip()) and not (_UPDATES.fullmatch(block[0]) or _STARTS.match(line))


def _is_dated(line: str, *, alone: bool = False) -> bool:
    """Whether a line begins an update with a word and a time, or holds nothing else."""
    before = _BEFORE.match(line)
    time = _TIME.match(line, before.end()) if before and before["word"] else None
    return bool(time and (not alone or _AFTER.fullmatch(line, time.end())))
