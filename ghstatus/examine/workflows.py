"""The workflows of a repository that run ghstatus, with their last runs."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from ghstatus.checkup import recipe
from ghstatus.errors import StoreError, Unavailable
from ghstatus.model.checkup import Run, Unseen, Workflow
from ghstatus.stores.github import reading

if TYPE_CHECKING:
    from ghstatus.examine.line import Line
    from ghstatus.stores.github.reading import Json

_LIKELY = ("/status.yml", "/status-clock.yml", "/checks.yml")
_MOST = 20
"""How many workflows are read at the most."""


def find(line: Line, repository: str, branch: str) -> tuple[Workflow, ...]:
    """Those that run ghstatus, the likely ones first.

    Raises StoreError, Unavailable when the workflows can't be read.
    """
    said = line.get(
        repository,
        f"/repos/{repository}/actions/workflows",
        task="read the workflows",
        needs="actions: read",
        parameters={"per_page": 100},
    )
    found = reading.tried(lambda data: list(map(_listed, data["workflows"])), said.data, "workflows")
    files = [one for one in found if one.path.startswith(".github/workflows/") and one.state != "deleted"]
    first = sorted(files, key=lambda one: not one.path.endswith(_LIKELY))[:_MOST]
    texts = {one: file(line, repository, one.path) or "" for one in first}
    return tuple(
        one._replace(
            text=text,
            last=_run(line, repository, one.id, {"status": "completed", "branch": branch}),
            succeeded=_run(line, repository, one.id, {"status": "success", "branch": branch}),
        )
        for one, text in texts.items()
        if recipe.runs_ghstatus(text)
    )


def file(line: Line, repository: str, path: str) -> str | None:
    """The text of a file on the default branch; None when there is none: a deleted workflow is listed for a while.

    Raises StoreError, Unavailable when it can't be read.
    """
    where = f"/repos/{repository}/contents/{quote(path)}"
    said = line.find(repository, where, task=f"read {path}", needs="contents: read")
    return reading.tried(_text, said.data, path) if said else None


def _text(data: Json) -> str:
    return base64.b64decode(data["content"]).decode("utf-8", "replace")


def _listed(data: Json) -> Workflow:
    return Workflow(
        id=reading.as_number(data["id"]),
        path=reading.as_text(data["path"]),
        state=reading.as_text(data["state"]),
        url=_page(reading.as_text(data["html_url"])),
        text="",
    )


def _page(url: str) -> str:
    """The page of a workflow's runs, with the button that enables it; GitHub tells the address of its file."""
    before, _, path = url.partition("/blob/")
    return f"{before}/actions/workflows/{path.rpartition('/')[2]}" if path else url


def _run(line: Line, repository: str, workflow: int, wanted: dict[str, str]) -> Run | Unseen | None:
    """The last run that came to such an end."""
    try:
        said = line.get(
            repository,
            f"/repos/{repository}/actions/workflows/{workflow}/runs",
            task="read the runs of the workflow",
            needs="actions: read",
            parameters={**wanted, "per_page": 1},
        )
        return reading.tried(lambda data: next(map(_ended, data["workflow_runs"]), None), said.data, "runs")
    except (StoreError, Unavailable) as error:
        return Unseen(str(error))


def _ended(data: Json) -> Run:
    return Run(
        reading.as_text(data["conclusion"]),
        reading.moment(data["updated_at"]),
        reading.as_text(data["html_url"]),
    )
