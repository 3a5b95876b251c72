"""What stands behind a verb → what it means; everything that can't be taken says what would be."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from ghstatus.grammar import clock, duration, moment, naming, quoting, words
from ghstatus.grammar.asking import LINE, LONGEST, NONE, MisfitError, Value, bounded, past
from ghstatus.grammar.verbs import Takes
from ghstatus.model import Detector

if TYPE_CHECKING:
    from ghstatus.grammar.asking import Asking
    from ghstatus.grammar.verbs import Verb


def read(verb: Verb, text: str, asking: Asking) -> Value:
    """Read what stands behind `verb`; raises MisfitError when that can't be taken."""
    typed = text.strip()
    if verb.is_needed and not typed:
        raise MisfitError(f"`/{verb.name}` needs something behind it", f"`/{verb.name} {verb.shape}`")
    if verb.is_prose:
        return Value(typed) if verb.name == "reopen" else _told(typed, asking)
    return _READERS[verb.takes](typed, asking)


_LONGEST_TIME = 50


def _told(text: str, asking: Asking) -> Value:
    """What users are told, or only since when it is so."""
    if (":" in text or text.lower().endswith(" ago")) and len(text) < _LONGEST_TIME:
        try:
            found = clock.past(text, asking.at)
        except ValueError:
            return Value(text)
        return Value(time=past(found, asking.at))
    return Value(text)


def _nothing(_text: str, _asking: Asking) -> Value:
    return Value()


def _text(text: str, _asking: Asking) -> Value:
    return Value() if text in NONE else Value(bounded(text, LONGEST))


def _severity(text: str, _asking: Asking) -> Value:
    found = words.SEVERITIES.get(words.folded(text))
    if found is None:
        raise MisfitError(f"{words.shown(text)} is no severity", words.choice(text, words.SEVERITIES))
    return Value(severity=found)


def _expected(text: str, asking: Asking) -> Value:
    if text in NONE:
        return Value()
    try:
        found = clock.expected(text, asking.at)
    except ValueError as error:
        raise MisfitError(words.clipped(str(error)), f"{clock.ACCEPTED}, or words") from None
    return Value(moment.minute(found) if found else bounded(text, LINE))


def _time(text: str, asking: Asking) -> Value:
    try:
        return Value(time=clock.past(text, asking.at))
    except ValueError as error:
        raise MisfitError(words.clipped(str(error)), clock.ACCEPTED) from None


def _until(text: str, asking: Asking) -> Value:
    with suppress(ValueError):
        return Value(span=duration.parse(text.removeprefix("+").removeprefix("by ")))
    try:
        return Value(time=clock.coming(text, asking.at))
    except ValueError as error:
        raise MisfitError(words.clipped(str(error)), f"{clock.ACCEPTED}, or by how long: 30m, 2h") from None


_WHO = re.compile(
    r"(?P<time>.*?)[ ,]*(?:\bby[ ]+(?P<who>[\w-]+)|(?P<alone>users?|team|us|monitoring))\.?", re.IGNORECASE
)
_DETECTORS = {
    "users": Detector.USERS,
    "user": Detector.USERS,
    "team": Detector.TEAM,
    "us": Detector.TEAM,
    "monitoring": Detector.MONITORING,
}


def _detected(text: str, asking: Asking) -> Value:
    found = _WHO.fullmatch(bounded(" ".join(text.split()), LINE))
    if found is None:
        return _time(text, asking)
    who = found["who"] or found["alone"]
    detector = _DETECTORS.get(who.lower())
    if detector is None:
        raise MisfitError(
            f"{words.shown(who)} is nobody who notices", words.choice(who, [one.value for one in Detector])
        )
    time = found["time"].removesuffix(" by").strip()
    return Value(time=_time(time, asking).time if time else None, detector=detector)


_URL = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"]+", re.IGNORECASE)


def _address(text: str, _asking: Asking) -> Value:
    if text in NONE:
        return Value()
    url, _, label = text.partition(" ")
    url = url.removeprefix("<").removesuffix(">")
    if not _URL.fullmatch(url) or not quoting.web(url):
        raise MisfitError(f"{words.shown(url)} is no address", "an address that starts with https:// or http://")
    return Value(url, label=bounded(" ".join(label.split()), LINE))


_NUMBER = re.compile(r"(?:task\s)?#?(?P<number>[1-9][0-9]{0,5})[.)]?", re.IGNORECASE)


def _number(text: str, _asking: Asking) -> Value:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise MisfitError(f"{words.shown(text)} is no number of a task", "a whole number from 1")
    return Value(number=int(found["number"]))


_CHANNEL = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def _channel(text: str, _asking: Asking) -> Value:
    found = words.bare(text).lower()
    if not _CHANNEL.fullmatch(found):
        raise MisfitError(f"{words.shown(text)} is no channel", "one word, such as `mail`")
    return Value(found)


def _span(text: str, asking: Asking) -> Value:
    if text in NONE | {"off"}:
        return Value()
    try:
        return Value(time=asking.at + duration.parse(text.lower().removeprefix("for ")))
    except (ValueError, OverflowError) as error:
        if not isinstance(error, OverflowError):
            with suppress(ValueError):
                return Value(time=clock.coming(text.removeprefix("until "), asking.at))
        raise MisfitError(words.clipped(str(error)), duration.ACCEPTED) from None


_READERS = {
    Takes.NOTHING: _nothing,
    Takes.TEXT: _text,
    Takes.SEVERITY: _severity,
    Takes.COMPONENTS: naming.components,
    Takes.EXPECTED: _expected,
    Takes.TIME: _time,
    Takes.UNTIL: _until,
    Takes.DETECTED: _detected,
    Takes.PERSON: naming.person,
    Takes.ADDRESS: _address,
    Takes.TASK: naming.task,
    Takes.NUMBER: _number,
    Takes.CHANNEL: _channel,
    Takes.INCIDENT: naming.incident,
    Takes.SPAN: _span,
}
