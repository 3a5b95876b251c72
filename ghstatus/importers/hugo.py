"""What Hugo and cState's theme add to Markdown: shortcodes, of which `track` dates an update."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.importers import phrases, times
from ghstatus.model import Update

if TYPE_CHECKING:
    from ghstatus.importers.result import Notes
    from ghstatus.model import Kind

_TRACK = re.compile(r"""\{\{[<%]\s*track\b\s*["'`]?([^"'`<>%{}]*)["'`]?\s*/?\s*[>%]\}\}""")
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*(?P<name>[\w-]+)[^{}]*[>%]\}\}")
_RULE = r"(?:-{3,}|\*{3,}|_{3,}|<hr ?/?>)"
_RULES = re.compile(rf"\A(?:\s*{_RULE}[ \t]*(?:\n|\Z))+|(?:\n\s*{_RULE}[ \t]*)+\Z")


def without_shortcodes(text: str, notes: Notes) -> str:
    """Reduce shortcodes to what they enclose, except those that `tracked` reads."""
    names = dict.fromkeys(match["name"] for match in _SHORTCODE.finditer(text) if not _kept(match))
    if names:
        notes.add(f"holds Hugo's shortcodes {', '.join(names)}", "reduced to the text they enclose")
    return _SHORTCODE.sub(_kept, text)


def tracked(text: str, kind: Kind, notes: Notes) -> tuple[str, tuple[Update, ...]]:
    """Take out the updates whose time a `track` shortcode says, the oldest first.

    Most pages write it at an update's end, some at its beginning.
    """
    first, *parts = _TRACK.split(text)
    if not parts:
        return text.strip(), ()
    if first.strip():
        chunks, last = (first, *parts[1:-1:2]), parts[-1]
    else:
        chunks, last = tuple(parts[1::2]), ""
    kept: list[str] = []
    found: list[Update] = []
    for chunk, time in zip(chunks, parts[::2], strict=True):
        lead, own = _own(chunk)
        at = times.read(time.strip(), notes, key="track", otherwise="the update stays in the text")
        if at is None:
            kept.append(f"{chunk.strip()} ({time.strip()})" if time.strip() else chunk)
            continue
        kept.append(lead)
        phase, words = phrases.opening(own, kind)
        found.append(Update(at=at, text=words, phase=phase))
    rest = "\n\n".join(filter(None, (_tidy(part) for part in (*kept, last))))
    return rest, tuple(sorted(found, key=lambda update: update.at))


def _kept(shortcode: re.Match[str]) -> str:
    return shortcode[0] if _TRACK.fullmatch(shortcode[0]) else ""


def _own(chunk: str) -> tuple[str, str]:
    """What stands before an update, and the update: from its word for the phase or from the last rule on."""
    paragraphs = re.split(r"\n\s*\n", chunk.strip())
    begin = next((at for at in reversed(range(len(paragraphs))) if _begins(paragraphs[at])), 0)
    return "\n\n".join(paragraphs[:begin]), _tidy("\n\n".join(paragraphs[begin:]))


def _begins(paragraph: str) -> bool:
    return phrases.has_opening(paragraph) or re.match(rf"{_RULE}\s*$", paragraph, re.MULTILINE) is not None


def _tidy(text: str) -> str:
    return _RULES.sub("", text.strip()).strip()
