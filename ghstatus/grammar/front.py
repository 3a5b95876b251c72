"""The fields of an incident's front matter, each of which is taken or becomes a problem."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ghstatus.errors import FEW, Problem
from ghstatus.grammar import moment, naming, words
from ghstatus.grammar.names import did_you_mean
from ghstatus.model import Affected, Kind, Link, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from ghstatus.grammar.fields import Path, Place, Value
    from ghstatus.grammar.names import Names

KEYS = (
    "title",
    "number",
    "kind",
    "severity",
    "components",
    "started",
    "ended",
    "scheduled_for",
    "scheduled_until",
    "affects",
    "workaround",
    "eta",
    "links",
    "match",
    "checks",
    "targets",
    "all_fail",
    "false_alarm",
    "duplicate_of",
    "source",
    "response",
)
"""Every key that means something, in the order in which they are written."""

_OF_OTHERS = {
    "affected": "components",
    "affectedsystems": "components",
    "component": "components",
    "date": "started",
    "end": "ended",
    "resolved": "ended",
    "resolvedwhen": "ended",
    "start": "started",
}
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_URL = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\x7f<>\"]+", re.IGNORECASE)
_NO = frozenset({"false", "no", "off"})
_YES = frozenset({"true", "yes", "on"})


_CONTROLS = dict.fromkeys(range(32), " ")


def one_line(text: str) -> str:
    """`text` with spaces for its control characters."""
    return text.translate(_CONTROLS).strip()


class Front:
    """Front matter, read key by key; `problems` collects what can't be taken."""

    def __init__(
        self, values: Mapping[str, Value], place: Callable[[Path], Place], *, where: str, names: Names
    ) -> None:
        self.values = values
        self.place = place
        self.where = where
        self.names = names
        self.problems: list[Problem] = []
        self._suggest = names.sparing()

    def reporter(self, *path: str | int) -> words.Report:
        """What reports a problem with the value at `path`."""

        def report(seen: str, accepted: str, outcome: str) -> None:
            place = self.place(path)
            self.problems.append(
                Problem(
                    where=self.where,
                    line=place.line,
                    column=place.column,
                    key=_key(path),
                    seen=seen,
                    accepted=accepted,
                    outcome=outcome,
                )
            )

        return report

    def extra(self) -> dict[str, Value]:
        """The keys that mean nothing here, each of them reported."""
        unknown = {key: value for key, value in self.values.items() if key not in _KNOWN}
        for key in islice(unknown, FEW):
            meant = _OF_OTHERS.get(key.lower())
            hint = f"did you mean {meant!r}?" if meant else did_you_mean(key, KEYS)
            seen = f"unknown key {words.shown(key)}"
            report = self.reporter(key)
            report(f"{seen}; {hint}" if hint else seen, ", ".join(KEYS), _EXTRA)
        for key in islice(unknown, FEW, FEW + 1):
            self.reporter(key)(f"and {len(unknown) - FEW:,} more unknown keys", ", ".join(KEYS), _EXTRA)
        return unknown

    def text(self, key: str) -> str:
        """Text; empty when there is none."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.reporter(key)(f"{_shape(value)} stands where text belongs", "text", "ignored")
        return ""

    def line(self, key: str) -> str:
        """Text in one line."""
        return one_line(self.text(key))

    def moment(self, key: str) -> tuple[datetime | None, str]:
        """A time, or why there is none; an empty reason when nothing is written."""
        value = self.values.get(key, "")
        if not value:
            return None, ""
        if not isinstance(value, str):
            return None, f"{_shape(value)} stands where a time belongs"
        try:
            return moment.parse(value), ""
        except ValueError as error:
            return None, words.clipped(str(error))

    def time(self, key: str, outcome: str) -> datetime | None:
        """A time; `outcome` says what happens when it can't be read."""
        found, fault = self.moment(key)
        if fault:
            self.reporter(key)(fault, moment.ACCEPTED, outcome)
        return found

    def number(self) -> int | None:
        """The number by which the command line may name it."""
        text = self.text("number")
        if _NUMBER.fullmatch(text):
            return int(text)
        if text:
            self.reporter("number")(f"{words.shown(text)} is no number", "a whole number from 1", "ignored")
        return None

    def kind(self) -> Kind:
        """What sort of thing it is: an incident unless it says otherwise, or was planned."""
        text = self.text("kind")
        planned = bool(self.values.get("scheduled_for"))
        outcome = "counted as a maintenance, since scheduled_for is given" if planned else "counted as an incident"
        report = self.reporter("kind")
        if planned and not text:
            report("no kind is given", words.choice("", words.KINDS), outcome)
        found = words.one_of(text, words.KINDS, report, outcome) if text else None
        return found or (Kind.MAINTENANCE if planned else Kind.INCIDENT)

    def severity(self, kind: Kind) -> Severity | None:
        """How bad it is; only an incident has to say."""
        needed = kind is Kind.INCIDENT
        outcome = "counted as major" if needed else "ignored"
        report = self.reporter("severity")
        if text := self.text("severity"):
            return words.one_of(text, words.SEVERITIES, report, outcome)
        if needed and isinstance(self.values.get("severity", ""), str):
            report("no severity is given", words.choice("", words.SEVERITIES), outcome)
        return None

    def components(self) -> tuple[Affected, ...]:
        """The components it hits."""
        value = self.values.get("components")
        return words.merged(self._affected(value, ("components",))) if value else ()

    def _affected(self, value: Value, path: Path) -> Iterator[Affected]:
        if isinstance(value, str):
            for name, said in words.named(value, self.names):
                yield from words.affected(name, said, self.names, self.reporter(*path), self._suggest)
        elif isinstance(value, dict):
            for name, status in value.items():
                yield from self._with_status(name, status, (*path, name))
        elif len(path) == 1:
            for position, item in enumerate(value):
                yield from self._affected(item, (*path, position))
        else:
            self.reporter(*path)("a list stands where a name belongs", "the name of a component or a group", "ignored")

    def _with_status(self, name: str, status: Value, path: Path) -> Iterator[Affected]:
        report = self.reporter(*path)
        if isinstance(status, str):
            yield from words.affected(name, status.strip(), self.names, report, self._suggest)
        else:
            seen = f"{_shape(status)} stands where a status belongs"
            report(seen, words.choice("", words.STATUSES), "takes the status that the severity means")
            yield from words.affected(name, "", self.names, report, self._suggest)

    def links(self) -> tuple[Link, ...]:
        """Places on the web; only addresses that are safe to follow."""
        value = self.values.get("links", "")
        if not isinstance(value, list):
            return tuple(self._link(value, ("links",))) if value else ()
        return tuple(link for position, item in enumerate(value) for link in self._link(item, ("links", position)))

    def _link(self, value: Value, path: Path) -> Iterator[Link]:
        words_of = value if isinstance(value, dict) else {"url": value}
        url, text = words_of.get("url", ""), words_of.get("text", "")
        if isinstance(url, str) and _URL.fullmatch(url.strip()):
            label = one_line(text) if isinstance(text, str) else ""
            yield Link(text=label or url.strip(), url=url.strip())
        else:
            seen = f"{words.shown(url)} is no address" if isinstance(url, str) else f"{_shape(url)} is no address"
            accepted = "an address that starts with https://, http:// or mailto:, or {text: …, url: …}"
            self.reporter(*path)(seen, accepted, "left out")

    def false_alarm(self) -> str:
        """Why it was none; `false` says that it was one."""
        text = self.text("false_alarm")
        if text.lower() in _NO:
            return ""
        if text.lower() in _YES:
            report = self.reporter("false_alarm")
            report(f"{text!r} is no reason", "why it was none, in words", "counted as a false alarm")
        return text

    def duplicate_of(self) -> str | None:
        """Which other incident tells of the same; `yes` where nobody said which, `no` that there is none."""
        text = self.line("duplicate_of")
        if not text or text.lower() in _NO:
            return None
        return "" if text.lower() in _YES else naming.ref(text)


def duplicate(ref: str | None) -> str:
    """The value that `duplicate_of` reads as this."""
    if ref == "":
        return "yes"
    is_plain = ref is not None and ref.lower() not in _YES | _NO and naming.ref(ref) == ref
    return ref or "" if is_plain or ref is None else f"#{ref}"


_KNOWN = frozenset(KEYS)
_EXTRA = "ignored, kept in the file"


def _key(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _shape(value: Value) -> str:
    return "a mapping" if isinstance(value, dict) else "a list"
