"""At which pull requests a command about checks looks: all, some repositories', one, or the one of a workflow's event."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ghstatus.errors import UsageError
from ghstatus.model import Check, CheckKind, CheckState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ghstatus.model import Rule

Json: TypeAlias = Any
_PULL = re.compile(
    r"(?:https?://[^/\s]+/)?(?P<repository>[\w.-]+/[\w.-]+)(?:/pull/|#)(?P<number>[1-9]\d{0,9})(?:[/?#]\S*)?", re.ASCII
)
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHARD = re.compile(r"(?P<place>\d{1,4})/(?P<count>\d{1,4})")
MOST_SHARDS = 256
"""The jobs of a matrix that GitHub Actions allows."""


class Aim(NamedTuple):
    """One commit, or one pull request; its number is 0 where the commit is named."""

    repository: str
    sha: str = ""
    number: int = 0
    needs_pull: bool = False
    """Whether the commit only matters where a pull request is to merge it."""


class Shard(NamedTuple):
    """One part of several."""

    place: int
    many: int

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """What belongs to it, however the names are ordered."""
        return tuple(sorted(set(names), key=lambda name: (name.casefold(), name)))[self.place :: self.many]


def pull(typed: str) -> Aim:
    """The pull request that is meant.

    Raises UsageError.
    """
    match = _PULL.fullmatch(typed.strip())
    if match is None:
        accepted = "https://github.com/owner/name/pull/12, or owner/name#12"
        raise UsageError(f"--pr: {typed[:100]!r} is no pull request; accepted: {accepted}")
    return Aim(match["repository"], number=int(match["number"]))


def commit(typed: str, repositories: Sequence[str], own: str) -> Aim:
    """The commit that is meant.

    Raises UsageError.
    """
    if not _SHA.fullmatch(typed.strip().lower()):
        raise UsageError(f"--sha: {typed[:100]!r} is no commit; accepted: all 40 digits of its hash")
    if len(repositories) > 1:
        raise UsageError("--sha names one commit, and --repo several repositories; name the commit's own")
    repository = next(iter(repositories), own)
    if not repository:
        raise UsageError("--sha needs a repository; say --repo owner/name")
    return Aim(repository, typed.strip().lower())


def shard(typed: str | None) -> Shard | None:
    """Which part is meant: `0/4` is the first of four.

    Raises UsageError.
    """
    if typed is None:
        return None
    match = _SHARD.fullmatch(typed.strip())
    if match is None or int(match["place"]) >= int(match["count"]):
        raise UsageError(f"--shard: {typed[:100]!r} is none; accepted: 0/4 to 3/4 for one of four")
    return Shard(int(match["place"]), int(match["count"]))


class Event(NamedTuple):
    """What started a workflow."""

    aim: Aim | None
    """None where it is about more than one commit."""
    check: Check | None = None
    """The check that it tells of."""

    def is_watched(self, rules: Iterable[Rule]) -> bool:
        """Whether it may matter: it tells of no check in particular, or of one that depends on a component.

        By which name a status's author is known differs between GitHub's interfaces, so that alone excludes nothing.
        """
        from ghstatus.known.watching import first

        check = self.check
        return check is None or any(first([rule], replace(check, app=rule.app)) for rule in rules)


def event(environment: Mapping[str, str]) -> Event:
    """The event of the workflow that runs this; one that can't be read is about everything."""
    read = _EVENTS.get(environment.get("GITHUB_EVENT_NAME", ""))
    repository = environment.get("GITHUB_REPOSITORY", "")
    if read is None or not repository:
        return Event(None)
    try:
        found = read(json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_bytes()))
    except (OSError, LookupError, RecursionError, TypeError, ValueError):
        return Event(None)
    aim = found.aim
    if aim is None or not (aim.number or _SHA.fullmatch(aim.sha)):
        return Event(None)
    return found._replace(aim=aim._replace(repository=repository))


def _status(told: Json) -> Event:
    check = Check(
        name=str(told["context"]),
        kind=CheckKind.STATUS,
        state=CheckState.FAILED,
        url=str(told["target_url"] or ""),
    )
    return Event(Aim("", str(told["sha"]), needs_pull=True), check)


def _check_run(told: Json) -> Event:
    run = told["check_run"]
    check = Check(name=str(run["name"]), state=CheckState.FAILED, url=str(run["details_url"] or ""))
    return Event(Aim("", str(run["head_sha"]), needs_pull=True), check)


def _workflow_run(told: Json) -> Event:
    return Event(Aim("", str(told["workflow_run"]["head_sha"]), needs_pull=True))


def _merge_group(told: Json) -> Event:
    return Event(Aim("", str(told["merge_group"]["head_sha"])))


def _pull_request(told: Json) -> Event:
    return Event(Aim("", number=int(told["pull_request"]["number"])))


def _issue_comment(told: Json) -> Event:
    """On an issue it may be an incident's, and then everything changes."""
    return Event(Aim("", number=int(told["issue"]["number"])) if "pull_request" in told["issue"] else None)


_EVENTS: dict[str, Callable[[Json], Event]] = {
    "status": _status,
    "check_run": _check_run,
    "workflow_run": _workflow_run,
    "merge_group": _merge_group,
    "pull_request": _pull_request,
    "pull_request_target": _pull_request,
    "issue_comment": _issue_comment,
}
