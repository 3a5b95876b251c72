"""`python -m tests.github.trim DIRECTORY` copies from GitHub's published descriptions what the loopback GitHub answers.

DIRECTORY holds `github-rest.json` (OpenAPI) and `github.graphql` (SDL); tests/data/github/ORIGIN.md tells whence.
What is kept is decided by the code: the operations that have a handler, the types and fields in `KEPT`.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from graphql import parse, print_ast
from graphql.language import ast

from tests.github import handlers  # noqa: F401  # registers the routes
from tests.github.contract import DATA
from tests.github.rest import ROUTES

PAGED = "edges nodes pageInfo totalCount"
ACTED = "id actor createdAt"
KEPT = {
    "Query": "repository repositoryOwner node nodes rateLimit viewer",
    "Mutation": "pinIssue unpinIssue minimizeComment unminimizeComment addComment",
    "RateLimit": "cost limit nodeCount remaining resetAt used",
    "Repository": "id databaseId name nameWithOwner owner url isPrivate isArchived hasIssuesEnabled issue issues "
    "issueOrPullRequest pinnedIssues pullRequest pullRequests label labels object refs viewerPermission",
    "Issue": "id databaseId number title body author authorAssociation isPinned createdAt updatedAt closedAt closed "
    "lastEditedAt editor includesCreatedEdit state stateReason locked activeLockReason labels comments timelineItems "
    "userContentEdits reactions reactionGroups url repository",
    "PullRequest": "id databaseId number title body author authorAssociation createdAt updatedAt closedAt closed state "
    "isDraft isCrossRepository headRefName headRefOid headRepository baseRefName labels commits statusCheckRollup "
    "url repository merged mergedAt comments closingIssuesReferences",
    "Ref": "id name prefix target",
    "IssueComment": "id databaseId fullDatabaseId author authorAssociation body createdAt updatedAt lastEditedAt editor "
    "includesCreatedEdit isMinimized minimizedReason viewerCanMinimize issue url reactions reactionGroups",
    "Label": "id name description color createdAt isDefault url",
    "LabeledEvent": f"{ACTED} label",
    "UnlabeledEvent": f"{ACTED} label",
    "ClosedEvent": f"{ACTED} closer stateReason",
    "ReopenedEvent": f"{ACTED} stateReason",
    "CommentDeletedEvent": f"{ACTED} deletedCommentAuthor",
    "AssignedEvent": f"{ACTED} assignee",
    "UnassignedEvent": f"{ACTED} assignee",
    "PinnedEvent": f"{ACTED} issue",
    "UnpinnedEvent": f"{ACTED} issue",
    "RenamedTitleEvent": f"{ACTED} currentTitle previousTitle",
    "LockedEvent": f"{ACTED} lockReason",
    "UnlockedEvent": ACTED,
    "TransferredEvent": f"{ACTED} fromRepository issue",
    "PinnedIssue": "id databaseId issue pinnedBy repository",
    "UserContentEdit": "id createdAt diff editedAt editor",
    "Reaction": "id content createdAt databaseId user",
    "ReactionGroup": "content reactors createdAt viewerHasReacted",
    "ReactorConnection": "totalCount",
    "Commit": "id oid url message committedDate status statusCheckRollup checkSuites",
    "PullRequestCommit": "id commit",
    "Status": "id state contexts",
    "StatusCheckRollup": "id state contexts commit",
    "StatusCheckRollupContextConnection": f"{PAGED} checkRunCount checkRunCountsByState statusContextCount "
    "statusContextCountsByState",
    "CheckRunStateCount": "count state",
    "StatusContextStateCount": "count state",
    "CheckRun": "id databaseId name status conclusion startedAt completedAt detailsUrl externalId title summary text "
    "url permalink isRequired checkSuite",
    "CheckSuite": "id databaseId app status conclusion checkRuns workflowRun createdAt",
    "WorkflowRun": "id databaseId event url workflow",
    "Workflow": "id name",
    "App": "id databaseId name slug clientId",
    "StatusContext": "id context state description targetUrl createdAt creator isRequired",
    "User": "id databaseId login name url avatarUrl resourcePath repositories",
    "Bot": "id databaseId login url avatarUrl resourcePath",
    "Organization": "id databaseId login name url avatarUrl resourcePath repositories",
    "Actor": "login url avatarUrl resourcePath",
    "RepositoryOwner": "id login url avatarUrl resourcePath repositories",
    "Node": "id",
    "GitObject": "id oid",
    "Minimizable": "isMinimized minimizedReason viewerCanMinimize",
    "PageInfo": "endCursor hasNextPage hasPreviousPage startCursor",
    "AddCommentPayload": "clientMutationId commentEdge subject",
    "PinIssuePayload": "clientMutationId issue",
    "UnpinIssuePayload": "clientMutationId id issue",
    "MinimizeCommentPayload": "clientMutationId minimizedComment",
    "UnminimizeCommentPayload": "clientMutationId unminimizedComment",
    **dict.fromkeys(("IssueTimelineItems", "StatusCheckRollupContext", "IssueOrPullRequest", "Closer", "Assignee"), ""),
}


def references(value):
    """The names of all components that a description refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield tuple(value["$ref"].split("/")[2:])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def rest(whole):
    """The operations that are served and every component they lead to."""
    paths = {}
    for path, item in whole["paths"].items():
        kept = {verb: op for verb, op in item.items() if op.get("operationId") in ROUTES}
        if kept:
            paths[path] = kept
    components, waiting = {}, list(references(paths))
    while waiting:
        kind, name = waiting.pop()
        if name not in components.setdefault(kind, {}):
            components[kind][name] = whole["components"][kind][name]
            waiting.extend(references(components[kind][name]))
    ordered = {kind: dict(sorted(found.items())) for kind, found in sorted(components.items())}
    return {key: whole[key] for key in ("openapi", "info")} | {"paths": paths, "components": ordered}


def named(kind):
    while not isinstance(kind, ast.NamedTypeNode):
        kind = kind.type
    return kind.name.value


def graphql(sdl):
    """The kept types with the kept fields; connections, edges, enums, inputs and scalars as far as those need them."""
    types = {node.name.value: node for node in parse(sdl, no_location=True).definitions if hasattr(node, "name")}
    done, waiting = {}, ["Query", "Mutation", *KEPT]
    while waiting:
        name = waiting.pop()
        if name in done or name not in types:
            continue
        node = done[name] = slim(types[name])
        for field in getattr(node, "fields", None) or ():
            waiting += [
                named(field.type),
                *(named(argument.type) for argument in getattr(field, "arguments", None) or ()),
            ]
    return "\n\n".join(print_ast(done[name]) for name in sorted(done)) + "\n"


def slim(node):
    """A type without the fields, interfaces and members that are not kept."""
    if isinstance(node, ast.UnionTypeDefinitionNode):
        return replace(node, types=kept(node.types))
    if not isinstance(node, ast.ObjectTypeDefinitionNode | ast.InterfaceTypeDefinitionNode):
        return node
    wanted = KEPT.get(node.name.value, f"{PAGED} node cursor").split()
    fields = tuple(replace(field, directives=()) for field in node.fields if field.name.value in wanted)
    return replace(node, interfaces=kept(node.interfaces), fields=fields)


def kept(kinds):
    return tuple(kind for kind in kinds or () if kind.name.value in KEPT)


def compact(whole):
    """JSON with one line for each path and component, so that a newer description is a readable difference."""
    parts = written(whole)
    parts["paths"] = lines(written(whole["paths"]))
    parts["components"] = lines({kind: lines(written(found)) for kind, found in whole["components"].items()})
    return lines(parts) + "\n"


def written(mapping):
    return {key: json.dumps(value) for key, value in mapping.items()}


def lines(parts):
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {text}" for key, text in parts.items()) + "\n}"


def copy(source, target):
    """Write both files anew."""
    described = rest(json.loads((source / "github-rest.json").read_text(encoding="utf-8")))
    (target / "rest.json").write_text(compact(described), encoding="utf-8")
    sdl = graphql((source / "github.graphql").read_text(encoding="utf-8"))
    (target / "github.graphql").write_text(sdl, encoding="utf-8")


if __name__ == "__main__":
    copy(Path(sys.argv[1]), DATA)
