"""The GraphQL mutations that REST has no twin for, and adding a comment."""

from tests.github.code import Pull
from tests.github.connections import MOST
from tests.github.fields import resolver
from tests.github.issues import Issue
from tests.github.people import Refused, at_least
from tests.github.written import Comment, Label


def is_there(thing):
    """Whether what once had a node id has not been deleted since."""
    if isinstance(thing, Comment):
        return thing in thing.issue.comments and is_there(thing.issue)
    if isinstance(thing, Label):
        return thing in thing.repository.labels
    return not isinstance(thing, Issue) or thing.repository.issues.get(thing.number) is thing


@resolver("Query.node")
def node(source, info, *, id):  # noqa: A002  # GitHub's name for it
    """What an id means, if the asker may see it."""
    thing = info.context.world.nodes.get(id)
    if thing is not None and is_there(thing):
        repository = getattr(thing, "repository", thing)
        if not hasattr(repository, "full_name") or info.context.token.sees(repository):
            return thing
    raise Refused(200, f"Could not resolve to a node with the global id of '{id}'", kind="NOT_FOUND")


@resolver("Query.nodes")
def nodes(source, info, *, ids):
    """Each of them or, in its place, why not."""
    if len(ids) > MOST:
        message = f"You may not provide more than {MOST} node ids; you provided {len(ids)}."
        raise Refused(200, message, kind="ARGUMENT_LIMIT")
    return [node_or_error(info, one) for one in ids]


def node_or_error(info, wanted):
    try:
        return node(None, info, id=wanted)
    except Refused as no:
        return no


def subject(info, sent, kinds, *, role):
    """What a mutation is about, if it is of the right kind and the token may do that."""
    wanted = next(value for name, value in sent.items() if name in {"issueId", "subjectId"})
    thing = node(None, info, id=wanted)
    if not isinstance(thing, kinds):
        raise Refused(
            200, f"Could not resolve to {kinds[0].__name__} node with the global id of '{wanted}'.", kind="NOT_FOUND"
        )
    token, name = info.context.token, info.field_name[0].upper() + info.field_name[1:]
    token.check(thing.repository, "issues")
    if not at_least(token.role(thing.repository), role):
        raise Refused(
            200, f"{token.user.login} does not have the correct permissions to execute `{name}`", kind="FORBIDDEN"
        )
    return thing


def payload(sent, **more):
    return {"clientMutationId": sent.get("clientMutationId"), **more}


@resolver("Mutation.pinIssue")
def pin_issue(source, info, *, input):  # noqa: A002  # GitHub's name for it
    issue = subject(info, input, (Issue,), role="write")
    return payload(input, issue=issue.pin(by=info.context.token.actor))


@resolver("Mutation.unpinIssue")
def unpin_issue(source, info, *, input):  # noqa: A002  # GitHub's name for it
    issue = subject(info, input, (Issue,), role="write")
    return payload(input, id=issue.node_id, issue=issue.unpin(by=info.context.token.actor))


@resolver("Mutation.minimizeComment")
def minimize_comment(source, info, *, input):  # noqa: A002  # GitHub's name for it
    comment = subject(info, input, (Comment,), role="write")
    return payload(input, minimizedComment=comment.minimize(input["classifier"]))


@resolver("Mutation.unminimizeComment")
def unminimize_comment(source, info, *, input):  # noqa: A002  # GitHub's name for it
    comment = subject(info, input, (Comment,), role="write")
    return payload(input, unminimizedComment=comment.unminimize())


@resolver("Mutation.addComment")
def add_comment(source, info, *, input):  # noqa: A002  # GitHub's name for it
    """As in REST: whoever reads may comment, unless the conversation is locked."""
    issue, token = subject(info, input, (Issue, Pull), role="read"), info.context.token
    if issue.locked and not at_least(token.role(issue.repository), "write"):
        raise Refused(200, "Unable to create comment because issue is locked.", kind="FORBIDDEN")
    comment = issue.comment(input["body"], by=token.actor)
    return payload(input, commentEdge={"cursor": comment.node_id, "node": comment}, subject=issue)
