"""Reactions to comments, whom an issue is assigned to, and which one it is part of, over REST."""

from tests.github.people import Refused
from tests.github.rest import RIGHTS, Answer, found, route
from tests.github.rest_issues import comment_of, may


@route("reactions/list-for-issue-comment")
def list_reactions(call):
    call.allow("issues", level="read")
    content = call.query.get("content")
    return call.page([one for one in comment_of(call).reactions if content in {None, one.content}], call.views.reaction)


@route("reactions/create-for-issue-comment")
def create_reaction(call):
    """Anybody who can read may react; a second reaction of the same kind is the first, and a 200."""
    comment = comment_of(call)
    may(call, comment.issue, "read")
    before = len(comment.reactions)
    made = comment.react(call.body["content"], by=call.token.actor)
    return Answer(201 if len(comment.reactions) > before else 200, call.views.reaction(made))


@route("reactions/delete-for-issue-comment")
def delete_reaction(call):
    """Only one's own."""
    comment = comment_of(call)
    may(call, comment.issue, "read")
    reaction = found(next((one for one in comment.reactions if str(one.id) == call.params["reaction_id"]), None))
    if reaction.user.login != call.token.person.login:
        raise Refused(403, RIGHTS)
    comment.unreact(reaction.content, by=call.token.actor)
    return Answer(204)


@route("issues/add-assignees")
def add_assignees(call):
    """Whom those name who may not assign is left out without a word, as is who can't be assigned."""
    may(call, call.issue, "read")
    if call.has("triage"):
        call.issue.assign(*(call.body or {}).get("assignees", []), by=call.token.actor)
    return Answer(201, call.views.issue(call.issue))


@route("issues/add-sub-issue")
def add_sub_issue(call):
    """An issue is part of one other at most, and never of itself."""
    may(call, call.issue)
    there = call.repository.issues.values()
    part = found(next((one for one in there if one.id == call.body["sub_issue_id"]), None))
    if part is call.issue or part.parent is not None:
        raise Refused(422, "Validation Failed", errors=["Sub issue may only have one parent"])
    part.parent = call.issue
    call.issue.touch()
    return Answer(201, call.views.issue(call.issue))
