"""What Testing Farm says of a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.evidence import shapes
from ghstatus.evidence.services import TESTING_FARM, Want
from ghstatus.model import Evidence, Surface, Text

if TYPE_CHECKING:
    from ghstatus.evidence.services import Course
    from ghstatus.model import Check

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ONE = re.compile(_ID)
_ARTIFACTS = re.compile(rf"https://artifacts\.(dev\.)?testing-farm\.io/({_ID})(?![\w-])", re.ASCII)
_HOSTS = ("api.dev.testing-farm.io", "api.testing-farm.io")
_OVER = frozenset({"complete", "error", "canceled"})
_GOES_ON = frozenset({"new", "queued", "running", "cancel-requested"})


def is_id(text: str) -> bool:
    """Whether it may be a request's."""
    return bool(_ONE.fullmatch(text))


def linked(text: str) -> tuple[str, bool]:
    """The one request whose artifacts a text links, and whether in the older place; an empty one for none or several."""
    found = {(one, bool(dev)) for dev, one in _ARTIFACTS.findall(text)}
    return found.pop() if len(found) == 1 else ("", True)


def status(check: Check) -> Course:
    """Read the request to whose artifacts a check leads."""
    found = _ARTIFACTS.match(check.url)
    if not found:
        return Evidence(unread=("The check leads to no request in Testing Farm",))
    return (yield from request(found[2], is_dev=bool(found[1])))


def request(name: str, *, is_dev: bool = True) -> Course:
    """Read a request where it should be, or else in the other place."""
    failures = []
    for host in _HOSTS if is_dev else reversed(_HOSTS):
        url = f"https://{host}/v0.1/requests/{name}"
        answer = yield Want(url, TESTING_FARM)
        told = shapes.facts(answer)
        state = shapes.words(told.get("state"))
        if told.get("id", name) == name and state in _OVER | _GOES_ON:
            return _told(told, state, url)
        failures.append(shapes.unread(TESTING_FARM, answer))
    return shapes.joined(*failures)


def _told(told: dict[str, object], state: str, url: str) -> Evidence:
    """Its summary, which Packit makes a check's title; in its place the notes, as Testing Farm does itself."""
    result = told.get("result")
    summary = shapes.words(result.get("summary")) if isinstance(result, dict) else ""
    reason = summary or _noted(told.get("notes"))
    texts = (Text(Surface.TITLE, reason, url),) if reason else ()
    if state in _GOES_ON:
        return Evidence(texts=texts, unread=("Testing Farm hasn't finished the request",))
    if not reason and state != "complete":
        return Evidence(unread=("Testing Farm gives no reason",))
    return Evidence(texts=texts, is_complete=True)


def _noted(notes: object) -> str:
    several = notes if isinstance(notes, list) else []
    return "\n".join(filter(None, (shapes.words(note.get("message")) for note in several if isinstance(note, dict))))
