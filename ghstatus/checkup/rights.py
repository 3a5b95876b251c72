"""By which right GitHub is asked, and what that right is too little for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.model.checkup import Finding, Level, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model.checkup import OnGitHub, Repository, Right, Unseen

_SKEW = timedelta(minutes=2)
_UNABLE = "`ghstatus apply` and `ghstatus incident` are refused: no labels, no pins, no comments, nothing is closed"


def without(why: Unseen) -> Finding:
    """Nobody could be asked."""
    return Finding(
        about="token",
        level=Level.ERROR,
        seen=why.why,
        why="nothing is known of the issues, the labels, Pages or the workflow",
        remedy="set GITHUB_TOKEN (from a terminal: `export GITHUB_TOKEN=$(gh auth token)`), or say --offline",
    )


def judge(right: Right, repository: Repository) -> Iterator[Finding]:
    """What the right isn't enough for, as far as GitHub tells."""
    match right.token:
        case Token.APP:
            yield from _app(right, repository)
        case Token.CLASSIC if _is_narrow(right, repository):
            yield _lacking(
                Level.WARNING,
                f"the classic token's scopes are {_listed(right.scopes)}",
                f"make one with the scope `{'repo' if repository.is_private else 'public_repo'}`, or a fine-grained one "
                "with `issues: write`, at https://github.com/settings/tokens",
            )
        case Token.WORKFLOW:
            pass  # a workflow's file says what its token may
        case _ if "push" not in repository.may:
            yield _lacking(
                Level.WARNING,
                f"{_who(right)} may only {_most(repository.may)} in {repository.name}",
                f"ask for the role Write: {repository.url}/settings/access",
            )
        case Token.FINE_GRAINED:
            yield Finding(
                about="token-unknown",
                level=Level.HINT,
                seen="a fine-grained token doesn't tell what it may do",
                why=f"without `issues: write`, {_UNABLE}",
                remedy="see that it has `issues: write` at https://github.com/settings/personal-access-tokens",
            )
        case _:
            pass


def clock(here: OnGitHub) -> Iterator[Finding]:
    """Whether our clock goes as GitHub's does."""
    if here.skew and abs(here.skew) > _SKEW:
        ahead = "ahead of" if here.skew > timedelta(0) else "behind"
        minutes = abs(here.skew).total_seconds() / 60
        yield Finding(
            about="clock",
            level=Level.ERROR,
            seen=f"this machine's clock is {minutes:,.0f} minutes {ahead} GitHub's",
            why="maintenance starts and ends at the wrong time, and GitHub refuses the key of an App",
            remedy="set the clock: `timedatectl set-ntp true`",
        )


def _app(right: Right, repository: Repository) -> Iterator[Finding]:
    if right.granted is not None and right.granted.get("issues") != "write":
        yield _lacking(
            Level.ERROR,
            f"the App's installation has `issues: {right.granted.get('issues', 'none')}`",
            "give the App `issues: write` in its settings, then accept that where it is installed: "
            f"{repository.url}/settings/installations",
        )


def _lacking(level: Level, seen: str, remedy: str) -> Finding:
    return Finding(about="token-lacks", level=level, seen=seen, why=_UNABLE, remedy=remedy)


def _is_narrow(right: Right, repository: Repository) -> bool:
    enough = {"repo"} if repository.is_private else {"repo", "public_repo"}
    return right.scopes is not None and enough.isdisjoint(right.scopes)


def _listed(scopes: tuple[str, ...] | None) -> str:
    return ", ".join(f"`{scope}`" for scope in scopes or ()) or "none"


def _who(right: Right) -> str:
    return f"@{right.login}" if right.login else right.token


def _most(may: frozenset[str]) -> str:
    return "triage" if "triage" in may else "read"
