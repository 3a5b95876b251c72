"""Commits and their checks as GraphQL shows them."""

from collections import Counter

from tests.github.code import FAILING, CheckRun, Commit, Status
from tests.github.connections import connection
from tests.github.fields import resolver, says, word
from tests.github.people import Refused
from tests.github.views import WEB


@resolver("PullRequest.commits")
def commits(source, info, **page):
    return connection(info, [{"id": f"PRC_{source.head.oid}", "commit": source.head}], **page)


@resolver("Commit.checkSuites")
def check_suites(source, info, *, filter_by=None, **page):
    app = (filter_by or {}).get("appId")
    return connection(info, [suite for suite in source.suites if app in {None, suite.app.id}], **page)


@resolver("CheckSuite.checkRuns")
def check_runs(source, info, *, filter_by=None, **page):
    asked = filter_by or {}
    runs = source.runs if asked.get("checkType") == "ALL" else source.latest()
    return connection(info, [run for run in runs if asked.get("checkName") in {None, run.name}], **page)


@resolver("CheckRun.isRequired", "StatusContext.isRequired")
def is_required(source, info, **args):
    name = source.name if isinstance(source, CheckRun) else source.context
    return name in source.commit.repository.required_checks


@resolver("Repository.object")
def git_object(source, info, *, oid=None, expression=None):
    return source.find_commit(oid or expression or "")


def rollup(commit):
    """What a commit's checks and statuses come to, or None where there are none."""
    runs, contexts = [run for suite in commit.suites for run in suite.latest()], commit.contexts()
    return (
        {"id": f"SCR_{commit.oid}", "commit": commit, "all": [*runs, *contexts], "state": worst(runs, contexts)}
        if runs or contexts
        else None
    )


def worst(runs, contexts):
    states = {run.state for run in runs} | {status.state for status in contexts}
    if states & (FAILING | {"error"}):
        return "FAILURE"
    return "PENDING" if states - {"success", "neutral", "skipped"} else "SUCCESS"


@resolver("PullRequest.statusCheckRollup", "Commit.statusCheckRollup")
def readable_rollup(source, info):
    """Whoever may not read checks gets none, with an error."""
    commit = source if isinstance(source, Commit) else source.head
    info.context.token.check(commit.repository, "checks", "read")
    return rollup(commit)


@resolver("Repository.refs")
def refs(source, info, *, ref_prefix, **page):
    """The branches whose names begin so; of other refs there are none."""
    prefix = ref_prefix.removeprefix("refs/heads/")
    found = [
        {"id": f"REF_{name}", "name": name.removeprefix(prefix), "prefix": ref_prefix, "target": commit}
        for name, commit in sorted(source.branches.items())
        if name.startswith(prefix)
    ]
    page = {name: value for name, value in page.items() if name in {"first", "last", "after", "before"}}
    return connection(info, found, **page)


def shown(one, token):
    """A check or a status, or why it is kept from the asker."""
    try:
        token.check(one.repository, "statuses" if isinstance(one, Status) else "checks", "read")
    except Refused as no:
        return no
    return one


@resolver("StatusCheckRollup.contexts")
def contexts(source, info, **page):
    token = info.context.token
    runs = [one for one in source["all"] if isinstance(one, CheckRun)]
    statuses = [one for one in source["all"] if isinstance(one, Status)]
    more = {
        "check_run_count": len(runs),
        "status_context_count": len(statuses),
        "check_run_counts_by_state": tally(run.state for run in runs),
        "status_context_counts_by_state": tally(status.state for status in statuses),
    }
    return connection(info, [shown(one, token) for one in source["all"]], **page, **more)


def tally(states):
    return [{"state": word(state), "count": count} for state, count in sorted(Counter(states).items())]


def status_of(commit):
    found = commit.contexts()
    return {"id": f"S_{commit.oid}", "contexts": found, "state": worst([], found)} if found else None


@resolver("CheckSuite.workflowRun")
def workflow_run(suite, info):
    """Only GitHub Actions has one, and whoever may not read it gets none, with an error."""
    if suite.app.slug != "github-actions":
        return None
    info.context.token.check(suite.commit.repository, "actions", "read")
    url = f"{WEB}/{suite.commit.repository.full_name}/actions/runs/{suite.id}"
    return {
        "id": f"WFR_{suite.id}",
        "databaseId": suite.id,
        "event": suite.event,
        "url": url,
        "workflow": {"id": "W_1", "name": suite.workflow},
    }


says(lambda pull: pull.head.oid, "PullRequest.headRefOid")
says(status_of, "Commit.status")
says(lambda commit: f"{WEB}/{commit.repository.full_name}/commit/{commit.oid}", "Commit.url")
says(lambda run: word(run.status), "CheckRun.status", "CheckSuite.status")
says(lambda run: word(run.conclusion), "CheckRun.conclusion", "CheckSuite.conclusion")
says(lambda run: run.details_url or run.html_url, "CheckRun.detailsUrl")
says(lambda run: run.html_url, "CheckRun.url", "CheckRun.permalink")
says(lambda run: run.suite, "CheckRun.checkSuite")
says(lambda status: word(status.state), "StatusContext.state")
