"""Follow-ups ↔ the items of a task list: `- [ ] Watch the disks (@jane, until 2026-04-01, #12)`."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from ghstatus.model import FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<tick>[ xX])\][ \t]+(?P<text>\S.*)")
_DETAILS = re.compile(r"[ \t]*\((?P<details>[^()]*)\)[ \t]*$")
_OWNER = r"(?:(?:owner|for|by)[: ]\s*)?@(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})"
_DUE = r"(?:(?:until|due|before|by)\b[: ]?\s*)?(?P<due>\d{4}-\d{2}-\d{2})"
_ISSUE = r"(?P<url>https?://[^\s<>()]+|(?:[\w.-]+/[\w.-]+)?\#[1-9]\d{0,9})"
_DETAIL = re.compile(rf"(?:{_OWNER}|{_DUE}|{_ISSUE})", re.IGNORECASE | re.ASCII)
_AT_THE_END = re.compile(rf"(?<=\S)(?:\s*[-–—,;:])?\s+(?:{_OWNER}|{_DUE}|{_ISSUE})[.,;]?$", re.IGNORECASE | re.ASCII)
_PARTS = {
    "owner": re.compile(r"(?<![\w/@.+-])@(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})(?![\w/-])", re.ASCII),
    "url": re.compile(
        r"(?P<url>https?://[^\s<>()]+/(?:issues|pull)/[1-9]\d{0,9}|(?<![\w&/])(?:[\w.-]+/[\w.-]+)?\#[1-9]\d{0,9}(?!\w))",
        re.ASCII,
    ),
}
_NUMBER = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)?\#(?P<number>\d+)", re.ASCII)


def read(line: str, tracker: str = "") -> FollowUp | None:
    """The follow-up that a line is; None where it is no item of a task list.

    `tracker` is the address of the repository in which `#12` is an issue; without it that is only text.
    """
    item = _ITEM.fullmatch(line.rstrip())
    if item is None:
        return None
    said: dict[str, str] = {}
    text = " ".join(item["text"].split())
    details = _DETAILS.search(text)
    if details and details.start() and (found := _details(details["details"], tracker)):
        said, text = found, text[: details.start()]
    text = _trimmed(text, said, tracker)
    for key, part in _PARTS.items():
        if key not in said and (within := part.search(text)) and (value := _value(key, within[key], tracker)):
            said[key] = value
    return FollowUp(
        text=text,
        owner=said.get("owner", ""),
        is_done=item["tick"] != " ",
        due=date.fromisoformat(said["due"]) if "due" in said else None,
        url=said.get("url", ""),
    )


def write(follow_up: FollowUp, tracker: str = "") -> str:
    """The line that is read as this follow-up."""
    start = f"{tracker}/issues/"
    number = follow_up.url.removeprefix(start) if tracker and follow_up.url.startswith(start) else ""
    details = [
        *([f"@{follow_up.owner}"] if follow_up.owner else []),
        *([f"until {follow_up.due.isoformat()}"] if follow_up.due else []),
        *([f"#{number}" if number.isdecimal() else follow_up.url] if follow_up.url else []),
    ]
    said = f" ({', '.join(details)})" if details else ""
    return f"- [{'x' if follow_up.is_done else ' '}] {follow_up.text}{said}"


def _details(text: str, tracker: str) -> dict[str, str]:
    """What stands between the parentheses; nothing where any of it is something else."""
    said: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = dict(_meant(_DETAIL.fullmatch(part), tracker))
        if not found or found.keys() & said.keys():
            return {}
        said |= found
    return said


def _trimmed(text: str, said: dict[str, str], tracker: str) -> str:
    """`text` without the details at its end, which go to what is `said`."""
    while found := dict(_meant(match := _AT_THE_END.search(text), tracker)):
        if match is None or found.keys() & said.keys():
            break
        said |= found
        text = text[: match.start()]
    return text


def _meant(found: re.Match[str] | None, tracker: str) -> Iterator[tuple[str, str]]:
    for key, value in found.groupdict().items() if found else ():
        if value and (known := _value(key, value, tracker)):
            yield key, known


def _value(key: str, typed: str, tracker: str) -> str:
    """A detail as it is kept; empty where it means nothing."""
    if key == "due":
        with suppress(ValueError):
            return date.fromisoformat(typed).isoformat()
        return ""
    number = _NUMBER.fullmatch(typed) if key == "url" else None
    if number is None:
        return typed
    home = f"{tracker.rsplit('/', 2)[0]}/{number['repository']}" if tracker and number["repository"] else tracker
    return f"{home}/issues/{number['number']}" if home else ""
