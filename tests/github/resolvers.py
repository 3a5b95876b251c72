"""Repositories, issues and people as GraphQL shows them."""

from tests.github.code import Pull
from tests.github.connections import connection
from tests.github.fields import ordered, resolver, says, snake, word
from tests.github.issues import Issue
from tests.github.people import Refused, User
from tests.github.rest import find_repository
from tests.github.views import WEB
from tests.github.written import Event

WORDS = {"renamed": "RenamedTitle", "comment_deleted": "CommentDeleted"}
ISSUE_KEYS = {
    "CREATED_AT": lambda issue: (issue.created_at, issue.number),
    "UPDATED_AT": lambda issue: (issue.updated_at, issue.number),
    "COMMENTS": lambda issue: (len(issue.comments), issue.number),
}
SERVED = {"states", "labels", "createdBy", "since"}
LABEL_KEYS = {"CREATED_AT": lambda label: (label.created_at, label.id), "NAME": lambda label: label.name.casefold()}


@resolver("Query.repository")
def repository(source, info, *, owner, name, **args):
    try:
        return find_repository(info.context.world, info.context.token, f"{owner}/{name}")
    except Refused as no:
        raise Refused(
            200, f"Could not resolve to a Repository with the name '{owner}/{name}'.", kind="NOT_FOUND"
        ) from no


@resolver("Repository.issue", "Repository.pullRequest", "Repository.issueOrPullRequest")
def numbered(source, info, *, number):
    name, kinds = {
        "issue": ("an Issue", {Issue}), "pullRequest": ("a PullRequest", {Pull}),
    }.get(info.field_name, ("an issue or pull request", {Issue, Pull}))  # fmt: skip
    thing = source.issues.get(number)
    if type(thing) not in kinds:
        raise Refused(200, f"Could not resolve to {name} with the number of {number}.", kind="NOT_FOUND")
    info.context.token.check(source, "pull_requests" if isinstance(thing, Pull) else "issues", "read")
    return thing


@resolver("Repository.issues")
def issues(source, info, *, states=None, labels=None, order_by=None, filter_by=None, **page):
    """Unlike in REST pull requests are not among them, and one of the labels is enough."""
    info.context.token.check(source, "issues", "read")
    asked = {
        "states": states,
        "labels": labels,
        **{key: value for key, value in (filter_by or {}).items() if value is not None and value is not False},
    }
    return sorted_by(info, wished(source, asked), order_by, page)


def sorted_by(info, issues, order_by, page):
    """A page whose cursors mean issues, wherever those move while somebody turns the pages."""
    order_by = order_by or {"field": "CREATED_AT", "direction": "ASC"}
    return connection(info, ordered(issues, order_by, ISSUE_KEYS), key=ISSUE_KEYS[order_by["field"]], **page)


def wished(repository, asked):
    """The issues that a list asks for. Where issues are switched off there are none."""
    if unknown := asked.keys() - SERVED:
        raise TypeError(f"the loopback GitHub doesn't filter issues by {sorted(unknown)}")
    chosen = [issue for issue in repository.issues.values() if type(issue) is Issue and repository.has_issues]
    if asked.get("states"):
        states = {state.lower() for state in asked["states"]}
        chosen = [issue for issue in chosen if issue.state in states]
    if asked.get("labels"):
        labels = {repository.find_label(name) for name in asked["labels"]}
        chosen = [issue for issue in chosen if not labels.isdisjoint(issue.labels)]
    if "createdBy" in asked:
        creator = asked["createdBy"].casefold()
        chosen = [issue for issue in chosen if issue.author.graphql_login.casefold() == creator]
    if "since" in asked:
        chosen = [issue for issue in chosen if issue.updated_at >= asked["since"]]
    return chosen


@resolver("Repository.pullRequests")
def pull_requests(
    source, info, *, states=None, head_ref_name=None, base_ref_name=None, labels=None, order_by=None, **page
):
    info.context.token.check(source, "pull_requests", "read")
    chosen = [
        pull
        for pull in source.pulls
        if (not states or pull_state(pull) in states)
        and head_ref_name in {None, pull.head_ref}
        and base_ref_name in {None, pull.base_ref}
        and (not labels or {label.name for label in pull.labels} & set(labels))
    ]
    return sorted_by(info, chosen, order_by, page)


def pull_state(pull):
    return "MERGED" if pull.merged_at else pull.state.upper()


@resolver("Repository.labels")
def labels_of_repository(source, info, *, order_by=None, query=None, **page):
    chosen = [label for label in source.labels if query is None or query.casefold() in label.name.casefold()]
    return connection(info, ordered(chosen, order_by, LABEL_KEYS), **page)


@resolver("PullRequest.closingIssuesReferences")
def closing(source, info, *, order_by=None, user_linked_only=False, **page):
    return connection(info, [issue for issue in source.closes if info.context.token.sees(issue.repository)], **page)


@resolver("Query.repositoryOwner")
def repository_owner(source, info, *, login):
    return info.context.world.users.get(login.casefold())


@resolver("User.repositories", "Organization.repositories")
def repositories(source, info, *, is_archived=None, order_by=None, **page):
    """Those that the asker may see."""
    token = info.context.token
    owned = [one for one in info.context.world.repositories.values() if one.owner is source and token.sees(one)]
    chosen = [one for one in owned if is_archived in {None, one.archived}]
    page = {name: value for name, value in page.items() if name in {"first", "last", "after", "before"}}
    return connection(info, sorted(chosen, key=lambda one: one.name), **page)


@resolver("Issue.labels", "PullRequest.labels")
def labels(source, info, *, order_by=None, **page):
    return connection(info, ordered(source.labels, order_by, LABEL_KEYS), **page)


@resolver("Repository.pinnedIssues")
def pinned_issues(source, info, **page):
    return connection(info, [PinnedIssue(issue) for issue in source.pinned], **page)


class PinnedIssue:
    """The pin of an issue, which has an id of its own."""

    def __init__(self, issue):
        self.issue, self.pinned_by, self.repository, self.id = issue, issue.pinned_by, issue.repository, issue.id
        self.node_id = issue.node_id.replace("I_", "PI_", 1)


@resolver("Issue.comments", "PullRequest.comments")
def comments(source, info, *, order_by=None, **page):
    return connection(
        info, ordered(source.comments, order_by, {"UPDATED_AT": lambda one: (one.updated_at, one.id)}), **page
    )


@resolver("Issue.timelineItems")
def timeline_items(source, info, *, item_types=None, since=None, skip=0, **page):
    lines = sorted([*source.events, *source.comments], key=lambda line: (line.created_at, line.id))
    chosen = [
        line
        for line in lines
        if (item_types is None or snake(kind_of(line)).strip("_").upper() in item_types)
        and (since is None or line.created_at >= since)
    ]
    return connection(info, chosen[skip or 0 :], **page)


@resolver("Issue.stateReason")
def state_reason(source, info, *, enable_duplicate=False):
    """Older clients read `duplicate` as not planned."""
    reason = "not_planned" if source.state_reason == "duplicate" and not enable_duplicate else source.state_reason
    return word(reason)


@resolver("Issue.userContentEdits")
def edits(source, info, **page):
    return connection(info, source.edits[::-1], **page)


def kind_of(line):
    """The GraphQL type of a line in a timeline."""
    return f"{WORDS.get(line.kind, line.kind.title())}Event" if isinstance(line, Event) else "IssueComment"


@resolver("Repository.label")
def label(source, info, *, name):
    return source.find_label(name)


@resolver("Repository.viewerPermission")
def viewer_permission(source, info):
    """What the asking person may do; an app is nobody here."""
    token = info.context.token
    return source.role(token.user).upper() if isinstance(token.user, User) else None


def page_of(thing):
    kind = "pull" if isinstance(thing, Pull) else "issues"
    return f"{WEB}/{thing.repository.full_name}/{kind}/{thing.number}"


for kind in ("Issue", "PullRequest"):
    says(page_of, f"{kind}.url")
    says(lambda issue: issue.state == "closed", f"{kind}.closed")
    says(lambda issue: issue.repository.association(issue.author), f"{kind}.authorAssociation")
says(lambda user: user.login, "User.login")
for kind in ("Bot", "Organization"):
    says(lambda user: user.graphql_login, f"{kind}.login")
for kind in ("User", "Bot", "Organization"):
    says(lambda user: f"{WEB}/{user.graphql_login}", f"{kind}.url")
    says(lambda user: f"/{user.graphql_login}", f"{kind}.resourcePath")
    says(lambda user: f"https://avatars.githubusercontent.com/u/{user.id}", f"{kind}.avatarUrl")
for kind in ("Closed", "Reopened"):
    says(lambda event: word(event.about["reason"]), f"{kind}Event.stateReason")
says(lambda _: None, "ClosedEvent.closer")
says(lambda event: event.about["of"], "LabeledEvent.label", "UnlabeledEvent.label")
says(lambda event: event.about["current"], "RenamedTitleEvent.currentTitle")
says(lambda event: event.about["previous"], "RenamedTitleEvent.previousTitle")
says(lambda event: word(event.about["reason"]), "LockedEvent.lockReason")
says(lambda event: event.about["author"], "CommentDeletedEvent.deletedCommentAuthor")
says(lambda event: event.about["origin"], "TransferredEvent.fromRepository")
says(lambda written: str(written.id), "IssueComment.fullDatabaseId")
says(lambda issue: issue.state.upper(), "Issue.state")
says(lambda issue: word(issue.lock_reason), "Issue.activeLockReason")
says(lambda issue: issue.pinned_by is not None, "Issue.isPinned")
says(lambda written: bool(written.edits), "Issue.includesCreatedEdit", "IssueComment.includesCreatedEdit")
says(lambda comment: comment.repository.association(comment.author), "IssueComment.authorAssociation")
says(lambda comment: str(comment.id), "IssueComment.fullDatabaseId")
says(lambda comment: comment.minimized is not None, "IssueComment.isMinimized")
says(lambda comment: comment.minimized, "IssueComment.minimizedReason")
says(lambda _: True, "IssueComment.viewerCanMinimize")
says(lambda comment: f"{page_of(comment.issue)}#issuecomment-{comment.id}", "IssueComment.url")
says(pull_state, "PullRequest.state")
says(lambda pull: pull.draft, "PullRequest.isDraft")
says(lambda pull: pull.from_fork, "PullRequest.isCrossRepository")
says(lambda pull: pull.head_ref, "PullRequest.headRefName")
says(lambda pull: pull.base_ref, "PullRequest.baseRefName")
says(lambda pull: pull.merged_at is not None, "PullRequest.merged")
says(lambda repository: repository.private, "Repository.isPrivate")
says(lambda repository: repository.archived, "Repository.isArchived")
says(lambda repository: repository.has_issues, "Repository.hasIssuesEnabled")
says(lambda repository: f"{WEB}/{repository.full_name}", "Repository.url")
says(lambda label: f"{WEB}/{label.repository.full_name}/labels/{label.name}", "Label.url")
