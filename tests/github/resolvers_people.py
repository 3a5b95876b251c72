"""Who reacted, and who is assigned, as GraphQL shows it."""

from collections import Counter

from tests.github.connections import connection
from tests.github.fields import resolver, says
from tests.github.views import FACES


@resolver("Issue.reactions", "IssueComment.reactions")
def reactions(source, info, *, content=None, order_by=None, **page):
    return connection(info, [one for one in source.reactions if content in {None, FACES[one.content]}], **page)


@resolver("Issue.reactionGroups", "IssueComment.reactionGroups")
def reaction_groups(source, info):
    """Every kind of them, also those that nobody reacted with."""
    found = Counter(reaction.content for reaction in source.reactions)
    first = {reaction.content: reaction.created_at for reaction in reversed(source.reactions)}
    viewer = info.context.token.person
    own = {reaction.content for reaction in source.reactions if reaction.user.login == viewer.login}
    return [
        {"content": face, "count": found[name], "created_at": first.get(name), "viewer_has_reacted": name in own}
        for name, face in FACES.items()
    ]


@resolver("ReactionGroup.reactors")
def reactors(source, info, **page):
    return {"total_count": source["count"]}


says(lambda reaction: FACES[reaction.content], "Reaction.content")
says(lambda event: event.about["assignee"], "AssignedEvent.assignee", "UnassignedEvent.assignee")
