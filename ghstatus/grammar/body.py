"""An incident's Markdown body ↔ its first text with the dated updates that follow."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem
from ghstatus.grammar import moment, words
from ghstatus.grammar.names import did_you_mean
from ghstatus.model import Affected, Phase, Severity, Update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.grammar.names import Names


class Body(NamedTuple):
    """What an incident's body says."""

    text: str
    """Everything above the first update."""
    updates: tuple[Update, ...]
    """In the order of their times."""
    problems: tuple[Problem, ...]


_PHASES: dict[str, Phase | None] = {
    **{phase.value: phase for phase in Phase},
    "canceled": Phase.CANCELLED,
    "update": None,
}

# A heading is an update's when a phase stands alone, or beside something that starts like a time. Repetitions are
# bounded or can end in one way only, so that no line takes long to refuse.
_GAP = r"[ \t\xa0\u202f]"
_PHASE = "|".join(_PHASES).replace("_", "[ _-]")
_SIGN = r"(?u:[^\w\s\\])"
_BETWEEN = rf"(?:(?:{_GAP}{{0,9}}(?:{_SIGN}{{1,3}}|at\b|on\b)){{1,2}}{_GAP}{{0,9}}|{_GAP}{{1,9}})"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_LOOSE = r"(?:now|today|tonight|yesterday)\b|\d\d?[ ]?[ap]m\b"
_DATE = (
    r"(?:\d{4}[-/.\u2010-\u2014]\d|\d\d?[-/.][ ]?\d\d?[-/.][ ]?\d|\d\d?:\d\d"
    rf"|\d\d?(?:st|nd|rd|th|\.)?[ ]{_MONTH}\b|{_MONTH}\.?[ ]\d|{_LOOSE})"
)
_END = rf"{_GAP}{{0,9}}(?:{_SIGN}{{1,9}}{_GAP}{{0,9}}){{0,2}}"
_HEADING = re.compile(
    rf"""\n(?P<escape>\\*)[ ]{{0,3}}\#{{2,3}}{_GAP}{{1,9}}(?:{_SIGN}{{1,4}}{_GAP}{{0,3}})?(?:
           (?P<phase>{_PHASE})(?:{_BETWEEN}(?P<time>{_DATE}[^\n]{{0,80}})|{_END})
         | (?P<early_time>{_DATE}[^\n]{{0,80}}?){_BETWEEN}(?P<late_phase>{_PHASE}){_END}
         )(?=\n|\Z)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NEARLY = re.compile(
    rf"\n[ ]{{0,3}}\#{{2,3}}{_GAP}{{1,9}}(?P<word>[^\W\d_]{{4,20}}){_BETWEEN}{_DATE}", re.IGNORECASE | re.ASCII
)
_KEY = r"(?P<key>severity|components?)[ \t]*:"
_FIELD = re.compile(rf"(?:[ \t]*\n)*{_KEY}(?P<value>[^\n]*)(?:\n|\Z)", re.IGNORECASE | re.ASCII)
_LIKE_A_FIELD = re.compile(rf"\\*{_KEY}", re.IGNORECASE | re.ASCII)
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")


def parse(text: str, *, where: str, first_line: int, names: Names, now: datetime | None = None) -> Body:
    """Read a body whose first line is line `first_line` of `where`.

    A last update that doesn't say its time counts as of `now`; any other, or without `now`, is text.
    """
    reader = _Reader("\n" + newlines(text), where, first_line, names)
    headings = list(reader.headings(now))
    ends = [match.start() for match, _ in headings] + [len(reader.source)]
    updates = [reader.update(match, at, end) for (match, at), end in zip(headings, ends[1:], strict=True)]
    updates.sort(key=attrgetter("at"))
    reader.report_slips()
    return Body(_unescaped(tidy(reader.source[: ends[0]])), tuple(updates), tuple(reader.problems))


def newlines(text: str) -> str:
    """`text` with every kind of line ending as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def tidy(text: str) -> str:
    """`text` as `parse` gives it back: without blank lines around it, its lines ending in LF."""
    lines = newlines(text).rstrip()
    return _BLANK_LINES.sub("", lines) if lines[:1].isspace() else lines


def below(above: str, rest: str, text: str) -> str:
    """`text` below words that stood in the line above `rest`, from which it comes: the same paragraph where it goes on."""
    if not above:
        return text
    goes_on = bool(rest.partition("\n")[0].strip()) and tidy(rest) == text
    gap = "\n" if goes_on else "\n\n"
    return tidy(f"{above}{gap}{text}")


class _Reader:
    def __init__(self, source: str, where: str, first_line: int, names: Names) -> None:
        self.source = source
        self.where = where
        self.first_line = first_line
        self.names = names
        self.problems: list[Problem] = []
        self.suggest = names.sparing()

    def headings(self, now: datetime | None) -> Iterator[tuple[re.Match[str], datetime]]:
        found = [match for match in _HEADING.finditer(self.source) if not match["escape"]]
        for match in found:
            at, fault = _time(match)
            if at is None:
                at = now if match is found[-1] else None
                outcome = _AS_OF_NOW if at else _NO_UPDATE
                self.reporter(match.start() + 1, "update")(fault, moment.ACCEPTED, outcome)
            if at:
                yield match, at

    def report_slips(self) -> None:
        """Report headings that would be an update's if their phase were spelled right."""
        for match in _NEARLY.finditer(self.source):
            word = match["word"].lower()
            if word not in _PHASES and did_you_mean(word, _PHASES):
                report = self.reporter(match.start() + 1, "update")
                report(f"{words.shown(match['word'])} is no phase", words.choice(word, _PHASES), _NO_UPDATE)

    def update(self, heading: re.Match[str], at: datetime, end: int) -> Update:
        severity: Severity | None = None
        components: list[Affected] = []
        position = heading.end() + 1
        while field := _FIELD.match(self.source, position, end):
            report = self.reporter(field.start("key"), field["key"].lower())
            value = field["value"].strip()
            if field["key"].lower() == "severity":
                severity = words.one_of(value, words.SEVERITIES, report, "the severity stays as it was") or severity
            else:
                for name, status in words.named(value, self.names):
                    components += words.affected(name, status, self.names, report, self.suggest)
            position = field.end()
        return Update(
            at=at,
            text=_unescaped(_without_backslash(tidy(self.source[position:end]))),
            phase=_PHASES[words.folded(heading["phase"] or heading["late_phase"])],
            severity=severity,
            components=words.merged(components),
        )

    def reporter(self, position: int, key: str) -> words.Report:
        def report(seen: str, accepted: str, outcome: str) -> None:
            line = self.first_line - 1 + self.source.count("\n", 0, position)
            problem = Problem(
                where=self.where, line=line, column=1, key=key, seen=seen, accepted=accepted, outcome=outcome
            )
            self.problems.append(problem)

        return report


_NO_UPDATE = "no update: its text belongs to what stands above it"
_AS_OF_NOW = "counted as of now, anew in each build, until it says when"


def _time(heading: re.Match[str]) -> tuple[datetime | None, str]:
    text = heading["time"] or heading["early_time"]
    if not text:
        return None, "no time is given"
    try:
        return moment.parse(text.strip(" \t\xa0#*_)]")), ""
    except ValueError as error:
        return None, words.clipped(str(error))


def _without_backslash(text: str) -> str:
    return text[1:] if text.startswith("\\") and _LIKE_A_FIELD.match(text) else text


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _HEADING.sub(lambda match: "\n" + match[0][2 if match["escape"] else 1 :], "\n" + text)[1:]


def write(text: str, updates: Iterable[Update]) -> str:
    """Write a body that `parse` reads as the same, `tidy` aside."""
    first = _escaped(tidy(text))
    return "\n\n".join([*([first] if first else []), *map(write_update, updates)])


def write_update(update: Update) -> str:
    """Write an update, to stand below a blank line at a body's end."""
    phase = update.phase.value.replace("_", " ").capitalize() if update.phase else "Update"
    head = f"## {phase} \N{EN DASH} {moment.write(update.at)}"
    if update.severity:
        head += f"\nSeverity: {update.severity}"
    if update.components:
        head += f"\nComponents: {', '.join(map(_affected, update.components))}"
    text = _escaped(tidy(update.text))
    if _LIKE_A_FIELD.match(text):
        text = f"\\{text}"
    return f"{head}\n\n{text}" if text else head


def _affected(one: Affected) -> str:
    return f"{one.component} = {one.status}" if one.status else one.component


def _escaped(text: str) -> str:
    return _HEADING.sub(lambda match: f"\n\\{match[0][1:]}", "\n" + text)[1:] if "#" in text else text
