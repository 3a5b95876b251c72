"""Inside GitHub Actions: what started the run, what its log obeys, and the summary on its page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ghstatus.cli import lately
from ghstatus.errors import GhstatusError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghstatus.actions import Action
    from ghstatus.flow import Applied, Planned
    from ghstatus.model import Board

_VANISHING = {"issues": {"deleted", "transferred"}, "label": {"edited", "deleted"}}
"""Events after which a listing of what changed lately doesn't tell the whole."""
_MOST = 100
"""The lines of one list in a summary; GitHub takes no summary of more than 1 MiB."""
_LONGEST = 500
_WHOLE = 250_000
"""The signs of a summary: of four bytes each at the most."""


def is_out_of_sight(environment: Mapping[str, str]) -> bool:
    """Whether the run was started by something that only a full look at the issues finds."""
    actions = _VANISHING.get(environment.get("GITHUB_EVENT_NAME", ""))
    if actions is None:
        return False
    try:
        event = json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_bytes())
        return event["action"] in actions
    except (OSError, LookupError, RecursionError, TypeError, ValueError):
        return True  # what isn't known may have been one of these


def obstacle(environment: Mapping[str, str], repository: str) -> str:
    """Why a workflow can't change anything there; empty when it can.

    A fork's own token reads the incidents of the repository that its configuration names, and writes none of them.
    """
    if not repository:
        return "the incidents are files, on which there is nothing to pin or to label"
    here = environment.get("GITHUB_REPOSITORY", "")
    its_own = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN")
    if its_own and here and here.lower() != repository.lower():
        return f"this runs in {here}, and the incidents are issues of {repository}, where its token changes nothing"
    return ""


def summarize(environment: Mapping[str, str], text: str) -> None:
    """Add to the summary of this step, if there is one.

    Raises UsageError when it can't be written.
    """
    if path := environment.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(_shortened(text))
        except OSError as error:
            raise UsageError(f"GITHUB_STEP_SUMMARY: {path} can't be written: {error.strerror}") from None


def summary(planned: Planned, applied: Applied[Action] | None, page: str = "") -> str:
    """A run in Markdown. Whatever strangers wrote stays text."""
    from ghstatus.explain import reasoned
    from ghstatus.render.text import words

    board = planned.board
    told = lately.told(board)
    failed = applied.failed if applied else ()
    parts = [
        f"### {_quoted(words.headline(board))}\n",
        _quoted(words.remark(board)) + "\n",
        _link(page),
        _list("Changed" if applied else "To change", [reasoned(action) for action in planned.plan])
        or "Nothing to change.\n",
        f"**Refused:** {_quoted(planned.refusal)}\n" if planned.refusal else "",
        _list("Failed", [f"{reasoned(action)}: {error}" for action, error in failed]),
        _list("Left undone", [reasoned(action) for action in applied.left] if applied else []),
        f"**Stopped:** {_quoted(str(applied.stopped))}\n" if applied and applied.stopped else "",
        _list("Problems", [str(problem) for problem in told.problems]),
        f"Not listed: {told.older}.\n" if told.older else "",
        _list("Not published, because of who wrote it", [str(problem) for problem in board.ignored]),
    ]
    return "\n".join(part for part in parts if part.strip()) + "\n"


def built(board: Board, page: str, *, problems: bool) -> str:
    """A build in Markdown."""
    from ghstatus.render.text import words

    listed = _list("Problems", [str(problem) for problem in board.problems]) if problems else ""
    return "\n".join(filter(None, [f"### Built: {_quoted(words.headline(board))}\n", _link(page), listed])) + "\n"


def skipped(why: str) -> str:
    """A run that had nothing to change, in Markdown."""
    return f"Nothing is changed: {_quoted(why)}.\n\n"


def stopped(error: GhstatusError) -> str:
    """A run that came to no end, in Markdown."""
    return f"### ghstatus stopped\n\n{_quoted(str(error))}\n"


def _link(page: str) -> str:
    address = page.replace("(", "%28").replace(")", "%29")
    return f"[{_quoted(page)}]({address})\n" if page else ""


def _shortened(text: str) -> str:
    if len(text) <= _WHOLE:
        return text
    return text[: text.rindex("\n", 0, _WHOLE)] + "\n\nThe rest stands in the log.\n"


def _list(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    shown = [f"- {_quoted(line)}" for line in lines[:_MOST]]
    more = [f"- and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    return "\n".join([f"**{heading}** ({len(lines):,})\n", *shown, *more, ""])


def _quoted(text: str) -> str:
    from ghstatus.grammar.quoting import clipped, plain

    return plain(clipped(text, _LONGEST))
