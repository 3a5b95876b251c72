"""Workflows, their runs and files over REST; GitHub says beside a refusal which permission would do."""

import base64
import hashlib

from tests.github.clock import stamp
from tests.github.people import Refused, node_id
from tests.github.rest import Answer, found, route

WEB = "https://github.com"


def allow(call, permission, level):
    try:
        call.allow(permission, level=level)
    except Refused as no:
        no.headers["X-Accepted-GitHub-Permissions"] = f"{permission}={level}"
        raise


def workflow_of(call):
    """The workflow of the path, by its number or the name of its file."""
    wanted = call.params["workflow_id"]
    return found(
        next((one for one in call.repository.workflows if wanted in {str(one.id), one.path.rpartition("/")[2]}), None)
    )


@route("actions/list-repo-workflows")
def list_workflows(call):
    allow(call, "actions", "read")
    return call.page(call.repository.workflows, lambda one: view(call, one), wrap="workflows")


@route("actions/list-workflow-runs")
def list_runs(call):
    """The newest first, all on the default branch; `status` asks for a status or a conclusion."""
    allow(call, "actions", "read")
    wanted = call.query.get("status")
    is_there = call.query.get("branch", call.repository.default_branch) == call.repository.default_branch
    runs = [run for run in workflow_of(call).runs[::-1] if is_there and wanted in {None, status(run), run.conclusion}]
    return call.page(runs, lambda one: view_run(call, one), wrap="workflow_runs")


@route("actions/enable-workflow")
def enable(call):
    allow(call, "actions", "write")
    workflow_of(call).state = "active"
    return Answer(204)


@route("repos/get-content")
def content(call):
    """A file with its text, or the list of what a folder holds."""
    allow(call, "contents", "read")
    files, path = call.repository.files, call.params["path"].strip("/")
    if path in files:
        text = files[path].encode()
        return Answer(
            200,
            entry(call, path) | {"encoding": "base64", "content": base64.encodebytes(text).decode(), "type": "file"},
        )
    within = [one for one in files if one.startswith(f"{path}/")]
    found(within or None)
    return Answer(200, [entry(call, one) for one in within if "/" not in one.removeprefix(f"{path}/")])


def entry(call, path):
    text = call.repository.files[path].encode()
    url = f"{call.views.base}/repos/{call.repository.full_name}/contents/{path}"
    web = f"{WEB}/{call.repository.full_name}/blob/{call.repository.default_branch}/{path}"
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": hashlib.sha1(text, usedforsecurity=False).hexdigest(),
        "size": len(text),
        "type": "file",
        "url": url,
        "html_url": web,
        "git_url": url,
        "download_url": web,
        "_links": {"self": url, "html": web, "git": url},
    }


def status(run):
    return "completed" if run.conclusion else "in_progress"


def view(call, workflow):
    url = f"{call.views.base}/repos/{call.repository.full_name}/actions/workflows/{workflow.id}"
    web = f"{WEB}/{call.repository.full_name}"
    return {
        "id": workflow.id,
        "node_id": node_id("W", workflow.id),
        "name": workflow.name,
        "path": workflow.path,
        "state": workflow.state,
        "created_at": stamp(workflow.created_at),
        "updated_at": stamp(workflow.created_at),
        "url": url,
        "html_url": f"{web}/blob/{call.repository.default_branch}/{workflow.path}",
        "badge_url": f"{web}/actions/workflows/{workflow.path.rpartition('/')[2]}/badge.svg",
    }


def view_run(call, run):
    """A run, of the head of the default branch."""
    repository, made = call.repository, stamp(run.created_at)
    here = call.views.minimal_repository(repository)
    url = f"{here['url']}/actions/runs/{run.id}"
    commit = repository.branches[repository.default_branch]
    person = {"name": commit.author.login, "email": f"{commit.author.login}@users.noreply.github.com"}
    return {
        "id": run.id,
        "node_id": node_id("WFR", run.id),
        "name": run.workflow.name,
        "path": run.workflow.path,
        "display_title": run.workflow.name,
        "workflow_id": run.workflow.id,
        "run_number": run.number,
        "event": run.event,
        "status": status(run),
        "conclusion": run.conclusion,
        "head_branch": repository.default_branch,
        "head_sha": commit.oid,
        "head_commit": {
            "id": commit.oid,
            "tree_id": commit.oid,
            "message": commit.message,
            "timestamp": stamp(commit.committed_date),
            "author": person,
            "committer": person,
        },
        "pull_requests": [],
        "created_at": made,
        "updated_at": made,
        "url": url,
        "html_url": f"{WEB}/{repository.full_name}/actions/runs/{run.id}",
        **{f"{name}_url": f"{url}/{name}" for name in ("jobs", "logs", "artifacts", "cancel", "rerun")},
        "check_suite_url": f"{here['url']}/check-suites/{run.id}",
        "workflow_url": f"{here['url']}/actions/workflows/{run.workflow.id}",
        "repository": here,
        "head_repository": here,
    }
