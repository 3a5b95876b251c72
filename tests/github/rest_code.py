"""Commits, statuses and pull requests over REST."""

from tests.github.code import FAILING
from tests.github.people import Refused
from tests.github.rest import Answer, found, route
from tests.github.rest_issues import invalid, ordered

PER_CONTEXT = 1000


def commit_of(call, ref):
    """The commit that a reference means, or the 422 that GitHub has for it."""
    commit = call.repository.find_commit(ref)
    if commit is None:
        raise Refused(422, f"No commit found for SHA: {ref}")
    return commit


def combined(states):
    """What a commit's statuses come to; without any it is pending."""
    if FAILING & states or "error" in states:
        return "failure"
    return "success" if states == {"success"} else "pending"


@route("repos/get-commit")
def get_commit(call):
    call.allow("contents", level="read")
    return Answer(200, call.views.commit(commit_of(call, call.params["ref"])))


@route("repos/get-combined-status-for-ref")
def combined_status(call):
    """Check runs are not in it."""
    call.allow("statuses", level="read")
    commit = commit_of(call, call.params["ref"])
    return Answer(200, call.views.combined_status(commit, combined({status.state for status in commit.contexts()})))


@route("repos/list-commit-statuses-for-ref")
def list_statuses(call):
    call.allow("statuses", level="read")
    return call.page(commit_of(call, call.params["ref"]).statuses[::-1], call.views.status)


@route("repos/create-commit-status")
def create_status(call):
    """Whoever may write may set any context, also one that another app reports."""
    call.allow("statuses", "write")
    commit, sent = commit_of(call, call.params["sha"]), call.body
    context = sent.get("context", "default")
    if sum(status.context == context for status in commit.statuses) >= PER_CONTEXT:
        raise invalid(
            "Status", "context", "custom", message="This SHA and context has reached the maximum number of statuses."
        )
    about = {key: sent.get(key) for key in ("description", "target_url")}
    return Answer(201, call.views.status(commit.status(context, sent["state"], by=call.token.actor, **about)))


@route("repos/list-pull-requests-associated-with-commit")
def pulls_of_commit(call):
    """Heads that stand in forks are not known here."""
    call.allow("pull_requests", level="read")
    commit = commit_of(call, call.params["commit_sha"])
    return call.page(
        [pull for pull in call.repository.pulls if pull.head is commit and not pull.from_fork], call.views.pull
    )


@route("pulls/list")
def list_pulls(call):
    call.allow("pull_requests", level="read")
    query = call.query

    def wished(pull):
        head = f"{pull.head_repository.owner.login}:{pull.head_ref}"
        return (
            query.get("state", "open") in {pull.state, "all"}
            and query.get("head", head) == head
            and query.get("base", pull.base_ref) == pull.base_ref
        )

    return call.page(ordered(call, filter(wished, call.repository.pulls)), call.views.pull)


@route("pulls/get")
def get_pull(call):
    call.allow("pull_requests", level="read")
    found({pull.number: pull for pull in call.repository.pulls}.get(int(call.params["pull_number"])))
    return Answer(200, call.views.full_pull(call.repository.issues[int(call.params["pull_number"])]))


@route("repos/create-dispatch-event")
def dispatch_event(call):
    """The event is kept in `repository.dispatches`; nothing here runs it."""
    call.allow("contents", "write")
    sent = call.body
    call.repository.dispatches.append((sent["event_type"], sent.get("client_payload", {})))
    return Answer(204)
