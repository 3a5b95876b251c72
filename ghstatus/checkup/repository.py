"""The repository of the issues, its pins, the bots that may publish, and the repositories that show its outages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.model.checkup import Finding, Level, Token, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Pin, Site
    from ghstatus.model.checkup import Elsewhere, OnGitHub, Repository, Right

_PLACES = 3
"""How many issues GitHub lets a repository pin."""


def unreachable(why: Unseen) -> Finding:
    """Nothing is known of the repository."""
    return Finding(
        about="repository",
        level=Level.ERROR,
        seen=why.why,
        why="nothing can be read, so everything on the page would be unknown",
        remedy="see that the name in `repository:` is right, and that the token may read it",
    )


def judge(here: OnGitHub, repository: Repository, site: Site) -> Iterator[Finding]:
    """What is wrong with the repository itself, and with those beside it."""
    yield from _state(repository)
    yield from _pins(here.pins, site)
    for bot in here.bots:
        if bot.is_there is False:
            yield Finding(
                about="bot",
                level=Level.WARNING,
                seen=f"`bots:` names {bot.login}, and GitHub knows no such account",
                why="whatever that bot opens isn't published; should anybody take the name, it is",
                remedy="mend the name in ghstatus.yml: what stands before `[bot]` beside its comments",
            )
        elif isinstance(bot.is_there, Unseen):
            yield unseen(f"whether the bot {bot.login} is there", bot.is_there)
    for other in here.elsewhere:
        yield from _elsewhere(other, here.right)


def unseen(what: str, why: Unseen) -> Finding:
    """Something couldn't be looked at, which need not be anybody's fault."""
    return Finding(
        about="unseen",
        level=Level.HINT,
        seen=f"couldn't find out {what}: {why.why}",
        why="it may be well, or not",
        remedy="try again with a token that may read it",
    )


def _state(repository: Repository) -> Iterator[Finding]:
    if repository.is_archived:
        yield Finding(
            about="archived",
            level=Level.ERROR,
            seen=f"{repository.name} is archived",
            why="nobody can open, label or close an incident, and no workflow runs",
            remedy=f"unarchive it: {repository.url}/settings, at the bottom",
        )
    if not repository.has_issues:
        yield Finding(
            about="issues-off",
            level=Level.ERROR,
            seen=f"issues are switched off in {repository.name}",
            why="incidents are issues",
            remedy=f"switch them on: {repository.url}/settings, Features, Issues",
        )


def _pins(pins: tuple[Pin, ...], site: Site) -> Iterator[Finding]:
    people = [pin for pin in pins if not pin.by.endswith("[bot]")]
    if len(people) >= _PLACES and (site.pins.max or site.pins.status_issue):
        whose = ", ".join(f"#{pin.number}" + (f" by @{pin.by}" if pin.by else "") for pin in people)
        yield Finding(
            about="pins-taken",
            level=Level.WARNING,
            seen=f"people have pinned {whose}, and GitHub allows {_PLACES} pins",
            why="there is no place for the current outage; ghstatus never unpins what a person pinned",
            remedy="unpin one of them, at the right of its issue",
        )


def _elsewhere(other: Elsewhere, right: Right) -> Iterator[Finding]:
    trouble = _trouble(other, right)
    if trouble:
        yield Finding(
            about="mirror",
            level=Level.WARNING,
            seen=f"`pins.also` names {other.name}: {trouble}",
            why="the current outage isn't shown there",
            remedy=f"install a GitHub App with `issues: write` on {other.name}, or take it off `pins.also`",
        )


def _trouble(other: Elsewhere, right: Right) -> str:
    """Why the outage can't be shown in a repository; empty when nothing speaks against it."""
    if right.token is Token.WORKFLOW:
        return "a workflow's own token reaches its own repository only"
    if isinstance(other.found, Unseen):
        return other.found.why
    if other.found.is_archived:
        return "it is archived"
    if not other.found.has_issues:
        return "issues are switched off there"
    may_not = right.token is not Token.APP and "push" not in other.found.may
    return "the token may not pin issues there" if may_not else ""
