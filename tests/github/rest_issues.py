"""Issues, comments and their history over REST."""

from tests.github.people import Refused
from tests.github.rest import RIGHTS, Answer, found, route
from tests.github.written import fits

SORTS = {"created": "created_at", "updated": "updated_at"}


def names(labels):
    return [label if isinstance(label, str) else label["name"] for label in labels]


def invalid(resource, field, code, **more):
    return Refused(422, "Validation Failed", errors=[{"resource": resource, "code": code, "field": field, **more}])


def subject(issue):
    """The permission that speaks for it: pull requests have their own beside the issues'."""
    return "issues" if issue.prefix == "I" else "pull_requests"


def may(call, issue, role="triage"):
    """Let a token touch an issue; either permission does for a pull request."""
    held = "issues" if call.token.holds("issues", "write") else subject(issue)
    call.allow(held, role)


@route("issues/list-for-repo")
def list_issues(call):
    """Pull requests are among them. The filter knows no label whose name has a comma."""
    query = call.query
    wanted = [name.casefold() for name in query.get("labels", "").split(",") if name]
    call.allow("issues", level="read")

    def wished(issue):
        return (
            (call.repository.has_issues or issue.prefix == "PR")
            and query.get("state", "open") in {issue.state, "all"}
            and set(wanted) <= {label.name.casefold() for label in issue.labels}
            and query.get("creator", issue.author.login).casefold() == issue.author.login.casefold()
            and issue.updated_at >= call.since()
        )

    return call.page(ordered(call, filter(wished, call.repository.issues.values())), call.views.issue)


def ordered(call, issues):
    sort = call.query.get("sort", "created")
    by_number = sorted(issues, key=lambda issue: issue.number)
    key = (lambda issue: len(issue.comments)) if sort == "comments" else (lambda issue: getattr(issue, SORTS[sort]))
    down = call.query.get("direction", "desc") == "desc"
    return sorted(by_number[::-1] if down else by_number, key=key, reverse=down)


@route("issues/create")
def create_issue(call):
    """Anybody who can read may open one; labels of those who may not set them are dropped without a word."""
    call.allow("issues", "read")
    call.repository.offers("I")
    title = str(call.body["title"]).strip()
    if not title:
        raise invalid("Issue", "title", "missing_field")
    issue = call.repository.issue(title, fits(call.body.get("body")), by=call.token.actor)
    if call.has("triage"):
        issue.label(*names(call.body.get("labels") or []), by=call.token.actor)
    return Answer(201, call.views.issue(issue), {"Location": call.views.issue(issue)["url"]})


@route("issues/get")
def get_issue(call):
    call.allow("issues", level="read")
    return Answer(200, call.views.issue(call.issue))


@route("issues/update")
def update_issue(call):
    """An author may change text and state of the own issue; labels only those with triage rights."""
    issue, actor, body = call.issue, call.token.actor, call.body
    may(call, issue, None)
    if call.token.person is not issue.author and not call.has("triage"):
        raise Refused(403, RIGHTS)
    fits(body.get("body"))
    if body.get("title") is not None:
        issue.rename(str(body["title"]), by=actor)
    if body.get("body") is not None:
        issue.edit(body["body"], by=actor)
    if "labels" in body and call.has("triage"):
        issue.set_labels(names(body["labels"]), by=actor)
    if body.get("state") == "open":
        issue.reopen(by=actor)
    elif body.get("state") == "closed":
        issue.close(body.get("state_reason") or "completed", by=actor)
    return Answer(200, call.views.issue(issue))


@route("issues/lock")
def lock(call):
    may(call, call.issue, "write")
    call.issue.lock((call.body or {}).get("lock_reason"), by=call.token.actor)
    return Answer(204)


@route("issues/unlock")
def unlock(call):
    may(call, call.issue, "write")
    call.issue.unlock(by=call.token.actor)
    return Answer(204)


@route("issues/list-comments")
def list_comments(call):
    call.allow("issues", level="read")
    return call.page(
        [comment for comment in call.issue.comments if comment.updated_at >= call.since()], call.views.comment
    )


@route("issues/list-comments-for-repo")
def list_all_comments(call):
    """All comments of a repository; `direction` counts only beside `sort`."""
    call.allow("issues", level="read")
    comments = [
        one for issue in call.repository.issues.values() for one in issue.comments if one.updated_at >= call.since()
    ]
    sort = call.query.get("sort")
    key = (lambda one: one.id) if sort is None else (lambda one: (getattr(one, SORTS[sort]), one.id))
    down = sort is not None and call.query.get("direction", "desc") == "desc"
    return call.page(sorted(comments, key=key, reverse=down), call.views.comment)


@route("issues/create-comment")
def create_comment(call):
    """Anybody who can read may comment, unless the conversation is locked."""
    issue = call.issue
    may(call, issue, "read")
    if issue.locked and not call.has("write"):
        raise Refused(403, "Unable to create comment because issue is locked.")
    if not call.body["body"].strip():
        raise invalid("IssueComment", "body", "unprocessable")
    comment = call.views.comment(issue.comment(call.body["body"], by=call.token.actor))
    return Answer(201, comment, {"Location": comment["url"]})


def comment_of(call):
    wanted = call.params["comment_id"]
    comments = [one for issue in call.repository.issues.values() for one in issue.comments]
    return found(next((one for one in comments if str(one.id) == wanted), None))


def own_comment(call):
    """A comment that the caller may change: its author, or somebody who may write."""
    comment = comment_of(call)
    may(call, comment.issue, None)
    if comment.author is not call.token.person and not call.has("write"):
        raise Refused(403, RIGHTS)
    return comment


@route("issues/get-comment")
def get_comment(call):
    call.allow("issues", level="read")
    return Answer(200, call.views.comment(comment_of(call)))


@route("issues/update-comment")
def update_comment(call):
    return Answer(200, call.views.comment(own_comment(call).edit(call.body["body"], by=call.token.actor)))


@route("issues/delete-comment")
def delete_comment(call):
    own_comment(call).delete(by=call.token.actor)
    return Answer(204)


@route("issues/list-events")
def list_events(call):
    call.allow("issues", level="read")
    return call.page(call.issue.events, call.views.event)


@route("issues/list-events-for-timeline")
def timeline(call):
    call.allow("issues", level="read")
    return call.page(call.views.timeline(call.issue), lambda line: line)


@route("issues/list-events-for-repo")
def list_all_events(call):
    """Every event of a repository, the newest first, each with its issue."""
    call.allow("issues", level="read")
    events = [event for issue in call.repository.issues.values() for event in issue.events]
    newest = sorted(events, key=lambda event: (event.created_at, event.id), reverse=True)
    return call.page(newest, lambda event: {**call.views.event(event), "issue": call.views.issue(event.issue)})


@route("reactions/list-for-issue")
def list_reactions(call):
    call.allow("issues", level="read")
    return call.page(
        [one for one in call.issue.reactions if one.content == call.query.get("content", one.content)],
        call.views.reaction,
    )


@route("reactions/create-for-issue")
def react(call):
    """The first reaction of a kind is 201, the same again 200."""
    may(call, call.issue, "read")
    before = len(call.issue.reactions)
    reaction = call.issue.react(call.body["content"], by=call.token.actor)
    return Answer(201 if len(call.issue.reactions) > before else 200, call.views.reaction(reaction))
