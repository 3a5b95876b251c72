"""Check runs and suites over REST, with the rules that only apps meet."""

from tests.github.clock import moment
from tests.github.people import Refused
from tests.github.rest import Answer, found, route
from tests.github.rest_code import commit_of

ONLY_APPS = "You must authenticate via a GitHub App."
ONLY_ACTIONS = "Check run status and conclusions can only be updated internally by GitHub Actions."
GITHUB_ALONE = "stale"


def app_of(call):
    """The app that writes a check; nobody else may."""
    call.repository  # noqa: B018  # a repository that can't be seen is 404 for everybody
    if not call.token.is_app:
        raise Refused(403, ONLY_APPS)
    call.allow("checks")
    return call.token.app


def settled(call, sent, before=None):
    """The status, conclusion and times that a request leaves behind."""
    conclusion, status = sent.get("conclusion"), sent.get("status", before.status if before else "queued")
    if conclusion == GITHUB_ALONE:
        raise Refused(422, "Invalid request.\n\nstale can only be set by GitHub.")
    if conclusion is None and (sent.get("status") == "completed" or "completed_at" in sent):
        raise Refused(422, 'Invalid request.\n\nMissing required parameter "conclusion": it goes with a completed run.')
    if "status" in sent and status != "completed" and conclusion is None:
        return {"status": status, "conclusion": None, "completed_at": None}
    if conclusion is None:
        return {}
    completed = moment(sent["completed_at"]) if "completed_at" in sent else call.world.clock.now()
    return {"status": "completed", "conclusion": conclusion, "completed_at": completed}


def described(call, sent):
    """What a run says. For GITHUB_TOKEN the link and the buttons are dropped."""
    said = {key: sent[key] for key in ("name", "external_id") if key in sent}
    if call.token.kind != "actions":
        said |= {key: sent[key] for key in ("details_url", "actions") if key in sent}
    if "started_at" in sent:
        said["started_at"] = moment(sent["started_at"])
    output = sent.get("output") or {}
    return said | {key: output[key] for key in ("title", "summary", "text") if key in output}


@route("checks/create")
def create(call):
    app, sent = app_of(call), call.body
    commit = commit_of(call, sent["head_sha"])
    now = call.world.clock.now()
    said = {"started_at": now, "completed_at": None} | settled(call, sent) | described(call, sent)
    run = commit.check(said.pop("name"), said.pop("conclusion", None), app=app, **said)
    run.annotations.extend(sent.get("output", {}).get("annotations", []))
    return Answer(201, call.views.check_run(run))


def run_of(call):
    wanted = call.params["check_run_id"]
    return found(
        next((run for commit in call.repository.commits.values() for run in commit.runs if str(run.id) == wanted), None)
    )


@route("checks/get")
def get(call):
    call.allow("checks", level="read")
    return Answer(200, call.views.check_run(run_of(call)))


@route("checks/update")
def update(call):
    """Only the app that made a run may change it, and Actions doesn't let a token conclude its own twice."""
    app, run, sent = app_of(call), run_of(call), call.body
    if run.suite.app is not app:
        message = f"Invalid app_id {app.id} - check run can only be modified by the GitHub App that created it."
        raise Refused(403, message)
    concludes = "status" in sent or "conclusion" in sent
    if concludes and call.token.kind == "actions" and (run.job or run.status == "completed"):
        raise Refused(403, ONLY_ACTIONS)
    for key, value in {**settled(call, sent, run), **described(call, sent)}.items():
        setattr(run, key, value)
    run.annotations.extend(sent.get("output", {}).get("annotations", []))
    return Answer(200, call.views.check_run(run))


@route("checks/list-annotations")
def list_annotations(call):
    call.allow("checks", level="read")
    run = run_of(call)
    optional = dict.fromkeys(("start_column", "end_column", "title", "raw_details"))
    blob = f"{call.views.commit(run.commit)['html_url']}/blob"
    return call.page(run.annotations, lambda one: {**optional, "blob_href": blob, **one})


def matching(call, suites):
    """The runs that a list asks for: by default the newest of each name and app."""
    query = call.query
    latest = query.get("filter", "latest") == "latest"
    runs = [run for suite in suites for run in (suite.latest() if latest else suite.runs)]
    return [
        run
        for run in sorted(runs, key=lambda run: run.id, reverse=True)
        if query.get("check_name", run.name) == run.name and query.get("status", run.status) == run.status
    ]


def suites_of(call):
    wanted = call.query.get("app_id")
    suites = commit_of(call, call.params["ref"]).suites
    return [suite for suite in suites if wanted in {None, str(suite.app.id)}]


@route("checks/list-for-ref")
def list_for_ref(call):
    call.allow("checks", level="read")
    return call.page(matching(call, suites_of(call)), call.views.check_run, wrap="check_runs")


@route("checks/list-suites-for-ref")
def list_suites(call):
    call.allow("checks", level="read")
    name = call.query.get("check_name")
    suites = [suite for suite in suites_of(call) if name is None or name in {run.name for run in suite.runs}]
    return call.page(suites, call.views.check_suite, wrap="check_suites")


@route("checks/list-for-suite")
def list_for_suite(call):
    call.allow("checks", level="read")
    suites = [suite for commit in call.repository.commits.values() for suite in commit.suites]
    wanted = found(next((suite for suite in suites if str(suite.id) == call.params["check_suite_id"]), None))
    return call.page(matching(call, [wanted]), call.views.check_run, wrap="check_runs")
