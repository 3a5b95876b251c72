"""What `plan` and `apply` print: the plan, what is wrong, and what came of it."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from ghstatus.cli import lately, terminal

if TYPE_CHECKING:
    from ghstatus.actions import Action
    from ghstatus.cli.access import Place
    from ghstatus.errors import StoreError
    from ghstatus.flow import Applied, Planned
    from ghstatus.model import Board


def plan(planned: Planned, *, verbose: bool) -> None:
    """Print each change with its reason; then, as remarks, what is wrong and what isn't published."""
    from ghstatus.explain import reasoned

    for action in planned.plan:
        terminal.say(_line(reasoned(action)))
    problems(planned.board, verbose=verbose)
    if verbose:
        for problem in planned.board.ignored:
            terminal.remark(_line(str(problem)))
    else:
        ignored(planned.board, "-v lists them")
    if planned.refusal:
        terminal.alarm(f"refused: {planned.refusal}; if that is as it should be, say --force")


def ignored(board: Board, hint: str) -> None:
    """Print how much isn't published because of who wrote it, and what lists it."""
    if board.ignored:
        what = terminal.counted(len(board.ignored), "text")
        terminal.remark(f"{what} by people who may not publish left out ({hint})")


def problems(board: Board, *, verbose: bool = False) -> None:
    """Print what is wrong with issues; of incidents that are long over only how much, unless somebody asks."""
    told = lately.told(board)
    terminal.problems(board.problems if verbose else told.problems)
    if told.older and not verbose:
        terminal.remark(f"{told.older} left out (`ghstatus plan -v` lists them)")


def intent(place: Place, planned: Planned) -> None:
    """Print what would be done."""
    changes = f"{terminal.counted(len(planned.plan), 'change')} to make" if planned.plan else "nothing to change"
    terminal.say(f"{changes} in {place.name}{_requests(place)}")


def failure(action: Action, error: StoreError | None) -> None:
    """Print that a change was refused."""
    from ghstatus.explain import explain

    if error:
        terminal.alarm(_line(f"failed: {explain(action)}: {error}"))


def outcome(place: Place, planned: Planned, applied: Applied[Action] | None) -> None:
    """Print what was done."""
    from ghstatus.explain import explain

    if applied and applied.stopped:
        terminal.alarm(f"stopped: {applied.stopped}")
        for action in applied.left:
            terminal.remark(_line(f"left undone: {explain(action)}"))
    done = len(planned.plan) - len(applied.failed) - len(applied.left) if applied else 0
    changes = f"{done:,} of {terminal.counted(len(planned.plan), 'change')} made"
    made = changes if planned.plan else "nothing to change"
    terminal.say(f"{made} in {place.name}{_requests(place)}")


def data(place: Place, planned: Planned, applied: Applied[Action] | None = None) -> None:
    """Print all of it for programs."""
    from ghstatus.render.text import words

    failed = applied.failed if applied else ()
    terminal.data(
        {
            "repository": place.repository,
            "now": f"{planned.board.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "status": planned.board.status,
            "headline": words.headline(planned.board),
            "plan": [_action(action) for action in planned.plan],
            "refusal": planned.refusal,
            "applied": applied is not None,
            "failed": [_action(action) | {"error": str(error)} for action, error in failed],
            "left": [_action(action) for action in applied.left] if applied else [],
            "stopped": str(applied.stopped or "") if applied else "",
            "problems": [str(problem) for problem in planned.board.problems],
            "ignored": [str(problem) for problem in planned.board.ignored],
            "requests": place.requests,
        }
    )


def _action(action: Action) -> dict[str, Any]:
    from ghstatus.explain import explain, why

    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(action).__name__).lower()
    what = {key: getattr(action, key) for key in ("ref", "number", "repository") if hasattr(action, key)}
    return {"action": name, **what, "says": explain(action), "why": why(action)}


def _line(text: str) -> str:
    return " ".join(text.split())


def _requests(place: Place) -> str:
    return f"; {terminal.counted(place.requests, 'request')} to GitHub" if place.client else ""
