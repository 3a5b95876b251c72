"""What a team does about an incident, as keys and values below one key."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from ghstatus.errors import FEW
from ghstatus.grammar import moment, quoting, words
from ghstatus.grammar.front import one_line
from ghstatus.grammar.names import did_you_mean
from ghstatus.grammar.naming import LOGIN
from ghstatus.model import Assignment, Detector, Response, Role, Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from ghstatus.grammar.fields import Path, Value
    from ghstatus.grammar.front import Front

KEY = "response"
KEYS = ("declared", "detected", "detector", "roles", "call", "called", "tasks", "snoozed_until")
_OF_ROLE = ("at", "role", "person", "by")
_OF_TASK = ("text", "at", "by", "owner", "done")
_LOGIN = re.compile(LOGIN)
_ROLES = {one.value: one for one in Role}
_DETECTORS = {one.value: one for one in Detector}


def read(front: Front) -> Response:
    """What the keys say; what can't be taken is a problem, and everything else counts."""
    value = front.values.get(KEY, "")
    if not isinstance(value, dict):
        if value:
            front.reporter(KEY)("no keys stand there", ", ".join(KEYS), "ignored")
        return Response()
    part = _Part(front, (KEY,), value, KEYS)
    return Response(
        declared=part.time("declared"),
        detected=part.time("detected"),
        detector=part.word("detector", _DETECTORS),
        roles=tuple(sorted(_roles(part), key=attrgetter("at"))),
        call=_call(part),
        called=part.time("called"),
        tasks=tuple(task._replace(number=number) for number, task in enumerate(_tasks(part), 1)),
        snoozed_until=part.time("snoozed_until"),
    )


def written(response: Response) -> dict[str, object]:
    """What `read` reads as the same, but for what stands in comments alone."""
    return _filled(
        {
            "declared": _at(response.declared),
            "detected": _at(response.detected),
            "detector": str(response.detector or ""),
            "roles": [
                _filled({"at": _at(one.at), "role": str(one.role), "person": one.person, "by": one.by})
                for one in response.roles
            ],
            "call": response.call,
            "called": _at(response.called),
            "tasks": [
                _filled(
                    {
                        "text": one.text,
                        "at": _at(one.at),
                        "by": one.by,
                        "owner": one.owner,
                        "done": _at(one.done_at),
                    }
                )
                for one in response.tasks
            ],
            "snoozed_until": _at(response.snoozed_until),
        }
    )


def apart(response: Response, comments: Collection[datetime]) -> Response:
    """What a text has to say, where comments of these times say the rest."""
    return replace(
        response,
        roles=tuple(one for one in response.roles if one.at not in comments),
        tasks=tuple(
            one._replace(done_at=None if one.done_at in comments else one.done_at)
            for one in response.tasks
            if one.at not in comments
        ),
        orders=(),
        mistaken=(),
    )


def _filled(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def _at(time: datetime | None) -> str:
    return moment.write(time) if time else ""


class _Part:
    """A mapping inside of front matter, read key by key."""

    def __init__(self, front: Front, path: Path, values: Mapping[str, Value], known: tuple[str, ...]) -> None:
        self.front = front
        self.path = path
        self.values = values
        unknown = (key for key in values if key not in known)
        for key in islice(unknown, FEW):
            hint = did_you_mean(key, known)
            self.report(key, f"unknown key {words.shown(key)}", words.hinted(", ".join(known), hint), "ignored")

    def report(self, key: str, seen: str, accepted: str, outcome: str) -> None:
        self.front.reporter(*self.path, key)(seen, accepted, outcome)

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        if isinstance(value, str):
            return one_line(value)
        self.report(key, "a list or a mapping stands where text belongs", "text", "ignored")
        return ""

    def time(self, key: str, outcome: str = "ignored") -> datetime | None:
        text = self.text(key)
        if text:
            try:
                return moment.parse(text)
            except ValueError as error:
                self.report(key, words.clipped(str(error)), moment.ACCEPTED, outcome)
        return None

    def word(self, key: str, known: Mapping[str, words.Word], outcome: str = "ignored") -> words.Word | None:
        text = self.text(key)
        return words.one_of(text, known, self.front.reporter(*self.path, key), outcome) if text else None

    def login(self, key: str) -> str:
        text = self.text(key).removeprefix("@")
        if not text or _LOGIN.fullmatch(text):
            return text
        self.report(key, f"{words.shown(text)} is no account", "a login", "counted as nobody")
        return ""

    def parts(self, key: str, known: tuple[str, ...]) -> Iterator[_Part]:
        value = self.values.get(key, "")
        if value and not isinstance(value, list):
            self.report(key, "no list stands there", "a list", "ignored")
        for position, item in enumerate(value if isinstance(value, list) else ()):
            path = (*self.path, key, position)
            if isinstance(item, dict):
                yield _Part(self.front, path, item, known)
            else:
                self.front.reporter(*path)("no keys stand there", ", ".join(known), _LEFT_OUT)


_LEFT_OUT = "left out"


def _roles(part: _Part) -> Iterator[Assignment]:
    for one in part.parts("roles", _OF_ROLE):
        at, role = one.time("at", _LEFT_OUT), one.word("role", _ROLES, _LEFT_OUT)
        if at and role:
            yield Assignment(at, role, one.login("person"), one.login("by"))
        elif not (one.values.get("at") and one.values.get("role")):
            one.report("role", "who took which role and when isn't told", "at, role and person", _LEFT_OUT)


def _tasks(part: _Part) -> Iterator[Task]:
    for one in part.parts("tasks", _OF_TASK):
        text, at = one.text("text"), one.time("at", _LEFT_OUT)
        if text and at:
            yield Task(0, text, at, one.login("by"), one.login("owner"), one.time("done", "counted as open"))
        elif not (one.values.get("text") and one.values.get("at")):
            one.report("text", "what is to do, or since when, isn't told", "text and at", _LEFT_OUT)


def _call(part: _Part) -> str:
    text = part.text("call")
    if not text or quoting.web(text):
        return text
    part.report("call", f"{words.shown(text)} is no address", "an address that starts with https://", "ignored")
    return ""
