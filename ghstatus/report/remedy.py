"""What to do about a failed check, in words or by a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import clipped, line, plain
from ghstatus.grammar.sentences import capital

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.model import Verdict

_COMMAND = re.compile(r"/packit [a-z]{2,20}(?:-[a-z]{2,20}){0,2}")
"""What people say to Packit in a comment on a pull request."""
_PACKIT = "packit-as-a-service"
_WORDS = 240
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,2000}\)")
_SIGNS = re.compile(r"[`*]")


def command(verdict: Verdict) -> str:
    """What to say to run a check again; empty where nobody knows."""
    told = _COMMAND.search(verdict.remedy)
    if told:
        return told[0]
    check = verdict.check
    if not check.app.startswith(_PACKIT):
        return ""
    is_test = "/jobs/testing-farm/" in check.url or check.name.startswith("testing-farm")
    return "/packit retest-failed" if is_test else "/packit rebuild-failed"


def commands(verdicts: Iterable[Verdict]) -> list[str]:
    """What to say to run all of them again."""
    return list(dict.fromkeys(filter(None, map(command, verdicts))))


def again(verdict: Verdict, when: str) -> str:
    """How to run it again: the words of whoever knows the failure, or the command alone."""
    told = clipped(line(bare(verdict.remedy)), _WORDS)
    is_own = verdict.outage is None or verdict.remedy != verdict.outage.remedy  # the incident's words stand elsewhere
    if told and is_own and told != command(verdict) and when != "Now":
        return capital(_marked(told))
    say = command(verdict)
    return f"{when}: `{say}`" if say else f"{when}: run it again"


def _marked(words: str) -> str:
    """Words with the commands in them as code."""
    parts, end = [], 0
    for found in _COMMAND.finditer(words):
        parts += [_part(words[end : found.start()]), f"`{found[0]}`"]
        end = found.end()
    return "".join([*parts, _part(words[end:])])


def _part(text: str) -> str:
    """Words within a line, with the spaces around them."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{plain(text)}{after}" if text.strip() else text


def bare(markdown: str) -> str:
    """The first paragraph without the signs of Markdown, which would be shown as they are."""
    first, _, _ = markdown.strip().replace("\r\n", "\n").partition("\n\n")
    return _SIGNS.sub("", _LINK.sub(r"\1", first))
