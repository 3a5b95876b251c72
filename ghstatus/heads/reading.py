"""GitHub's JSON about commits, checks and pull requests → the house's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ghstatus.heads.observed import OWN
from ghstatus.model import Check, CheckKind, CheckState, Run
from ghstatus.stores.github.reading import as_login, as_number, as_text, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

Json: TypeAlias = Any
_STATES = {
    "SUCCESS": CheckState.PASSED,
    "NEUTRAL": CheckState.SKIPPED,
    "SKIPPED": CheckState.SKIPPED,
    "CANCELLED": CheckState.STOPPED,
    "STALE": CheckState.STOPPED,
    "ACTION_REQUIRED": CheckState.STOPPED,
    "PENDING": CheckState.PENDING,
    "EXPECTED": CheckState.PENDING,
}
"""Every other word is a failure."""
ACTIONS = "github-actions"
"""The slug of GitHub's own app, whose jobs have names that others of its jobs may have, too."""
_DIGEST = "#ghstatus="
"""What stands before the digest in the address of a status that stands in for a check run."""


class Row(NamedTuple):
    """A check, and by what GitHub knows it."""

    check: Check
    node_id: str
    at: datetime | None
    """When it or its suite began, which is never before its commit was pushed."""


def row(node: Json) -> Row:
    """A check run or a status."""
    return _run(node) if node["__typename"] == "CheckRun" else _status(node)


def own(node: Json, app: str) -> Run | None:
    """A check of ghstatus's own, made as the app of that slug; None for one that only bears such a name."""
    if node["__typename"] != "CheckRun":
        return _stand_in(node)
    name = as_text(node["name"])
    if (node["checkSuite"]["app"] or {}).get("slug") != app:
        return None
    conclusion = as_text(node["conclusion"] or "").lower()
    external, title = as_text(node["externalId"] or ""), as_text(node["title"] or "")
    return Run(name, as_number(node["databaseId"]), external, conclusion, title)


def is_ours_by_name(node: Json) -> bool:
    """Whether a check bears a name that only ghstatus uses."""
    return as_text(node["name" if node["__typename"] == "CheckRun" else "context"]).startswith(OWN)


def address(link: str, digest: str) -> str:
    """Where a status leads that stands in for a check run."""
    return f"{link}{_DIGEST}{digest}"


def newest(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The newest of each name, app and workflow, in their order; ids of check runs grow with time."""
    found: dict[tuple[str, ...], Row] = {}
    for one in rows:
        key = (one.check.kind.value, one.check.app, one.check.workflow, one.check.name)
        if key not in found or found[key].check.id <= one.check.id:
            found[key] = one
    return tuple(found.values())


def of_each_name(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The newest of ghstatus's own; a check run counts more than the status that stood in for it."""
    found: dict[str, Run] = {}
    for run in runs:
        if run.name not in found or found[run.name].id <= run.id:
            found[run.name] = run
    return tuple(found.values())


def summary(node: Json) -> str:
    """The Markdown of a check run."""
    parts = (as_text(node.get(key) or "").strip() for key in ("summary", "text"))
    return "\n\n".join(filter(None, parts))


def time(value: Json) -> datetime | None:
    """A time, where there is one."""
    return moment(as_text(value)) if value else None


def found(connection: Json, read: Callable[[Json], Any]) -> list[Any]:
    """Whatever of a list is there, read."""
    return [read(node) for node in (connection or {}).get("nodes") or () if node]


def _run(node: Json) -> Row:
    suite = node["checkSuite"]
    app, is_over = as_text(suite["app"]["slug"]) if suite["app"] else "", node["status"] == "COMPLETED"
    word = as_text(node["conclusion"] if is_over and node["conclusion"] else node["status"])
    started, at = time(node["startedAt"]), time(suite["createdAt"])
    check = Check(
        name=as_text(node["name"]),
        app=app,
        workflow=_workflow(suite, app),
        state=_STATES.get(word, CheckState.FAILED) if is_over else CheckState.PENDING,
        conclusion=word.lower(),
        title=as_text(node["title"] or ""),
        url=as_text(node["detailsUrl"] or ""),
        id=as_number(node["databaseId"] or 0),
        started=started,
        ended=time(node["completedAt"]) if is_over else None,
    )
    return Row(check, as_text(node["id"]), at or started)


def _workflow(suite: Json, app: str) -> str:
    """What tells jobs of one name apart; where that may not be read, each suite stands for itself.

    So a job that failed isn't hidden by one of another workflow that passed.
    """
    if run := suite["workflowRun"]:
        return f"{as_text(run['workflow']['name'])} ({as_text(run['event'])})"
    return f"suite {as_number(suite['databaseId'])}" if app == ACTIONS else ""


def _status(node: Json) -> Row:
    state = _STATES.get(as_text(node["state"]), CheckState.FAILED)
    at, is_pending = moment(as_text(node["createdAt"])), state is CheckState.PENDING
    check = Check(
        name=as_text(node["context"]),
        kind=CheckKind.STATUS,
        app=as_login(node["creator"]),
        state=state,
        conclusion=as_text(node["state"]).lower(),
        title=as_text(node["description"] or ""),
        url=as_text(node["targetUrl"] or ""),
        started=at if is_pending else None,
        ended=None if is_pending else at,
    )
    return Row(check, as_text(node["id"]), at)


def _stand_in(node: Json) -> Run | None:
    name, target = as_text(node["context"]), as_text(node["targetUrl"] or "")
    _, mark, digest = target.rpartition(_DIGEST)
    if not mark:
        return None
    conclusion = "success" if node["state"] == "SUCCESS" else "neutral"
    return Run(name, 0, digest, conclusion, as_text(node["description"] or ""))
