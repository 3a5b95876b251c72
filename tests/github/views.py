"""People, repositories and issues as GitHub's REST API writes them."""

from collections import Counter
from urllib.parse import quote

from tests.github.clock import stamp
from tests.github.code import Pull
from tests.github.people import at_least

WEB = "https://github.com"
FACES = {"+1": "THUMBS_UP", "-1": "THUMBS_DOWN", "laugh": "LAUGH", "confused": "CONFUSED", "heart": "HEART",
         "hooray": "HOORAY", "rocket": "ROCKET", "eyes": "EYES"}  # fmt: skip
USER_URLS = {
    "followers": "", "following": "{/other_user}", "gists": "{/gist_id}", "starred": "{/owner}{/repo}", "events": "{/privacy}",
    "subscriptions": "", "repos": "", "received_events": "",
}  # fmt: skip
REPOSITORY_URLS = {
    "archive": "{archive_format}{/ref}", "assignees": "{/user}", "blobs": "git/blobs{/sha}", "branches": "{/branch}",
    "collaborators": "{/collaborator}", "comments": "{/number}", "commits": "{/sha}", "compare": "{base}...{head}",
    "contents": "{+path}", "contributors": "", "deployments": "", "downloads": "", "events": "", "forks": "",
    "git_commits": "git/commits{/sha}", "git_refs": "git/refs{/sha}", "git_tags": "git/tags{/sha}",
    "issue_comment": "issues/comments{/number}", "issue_events": "issues/events{/number}", "issues": "{/number}",
    "keys": "{/key_id}", "labels": "{/name}", "languages": "", "merges": "", "milestones": "{/number}",
    "notifications": "{?since,all,participating}", "pulls": "{/number}", "releases": "{/id}", "stargazers": "",
    "statuses": "{sha}", "subscribers": "", "subscription": "", "tags": "", "teams": "", "trees": "git/trees{/sha}",
    "hooks": "",
}  # fmt: skip


class Views:
    """Writes what there is for one API address; nothing of it is remembered."""

    def __init__(self, base):
        self.base = base

    def user(self, user):
        if user is None:
            return None
        url = f"{self.base}/users/{quote(user.login)}"
        return {
            "login": user.login,
            "id": user.id,
            "node_id": user.node_id,
            "avatar_url": f"https://avatars.githubusercontent.com/u/{user.id}?v=4",
            "gravatar_id": "",
            "url": url,
            "html_url": f"{WEB}/{user.login.removesuffix('[bot]')}",
            **{f"{name}_url": f"{url}/{name}{rest}" for name, rest in USER_URLS.items()},
            "organizations_url": f"{url}/orgs",
            "type": user.kind,
            "user_view_type": "public",
            "site_admin": False,
        }

    def minimal_repository(self, repository):
        url = f"{self.base}/repos/{repository.full_name}"
        return {
            "id": repository.id,
            "node_id": repository.node_id,
            "name": repository.name,
            "full_name": repository.full_name,
            "owner": self.user(repository.owner),
            "private": repository.private,
            "html_url": f"{WEB}/{repository.full_name}",
            "description": repository.description,
            "fork": repository.fork,
            "url": url,
            **{
                f"{name}_url": f"{url}/{rest if '/' in rest.split('{')[0] else name + '/' + rest}"
                for name, rest in REPOSITORY_URLS.items()
            },
        }

    def repository(self, repository, role=None):
        """All of a repository, with what the asker may do in it."""
        opened = sum(issue.state == "open" for issue in repository.issues.values())
        web, made = f"{WEB}/{repository.full_name}", stamp(repository.created_at)
        seen = {
            **self.minimal_repository(repository),
            "git_url": f"git://github.com/{repository.full_name}.git",
            "ssh_url": f"git@github.com:{repository.full_name}.git",
            "clone_url": f"{web}.git",
            "svn_url": web,
            **dict.fromkeys(("mirror_url", "homepage", "language", "license")),
            **dict.fromkeys(("forks_count", "stargazers_count", "watchers_count", "size", "forks", "watchers"), 0),
            **dict.fromkeys(("has_projects", "has_wiki", "has_discussions", "has_downloads", "disabled"), False),
            "has_pages": repository.pages is not None,
            "has_issues": repository.has_issues,
            "archived": repository.archived,
            "default_branch": repository.default_branch,
            "open_issues_count": opened,
            "open_issues": opened,
            "topics": [],
            "visibility": "private" if repository.private else "public",
            **dict.fromkeys(("created_at", "updated_at"), made),
            "pushed_at": stamp(repository.pushed_at or repository.created_at),
        }
        if role is not None:
            roles = {"admin": "admin", "maintain": "maintain", "push": "write", "triage": "triage", "pull": "read"}
            seen["permissions"] = {word: at_least(role, wanted) for word, wanted in roles.items()}
        return seen

    def full_repository(self, repository, role):
        return self.repository(repository, role) | {"subscribers_count": 0, "network_count": 0}

    def label(self, label):
        return {
            "id": label.id,
            "node_id": label.node_id,
            "url": f"{self.base}/repos/{label.repository.full_name}/labels/{quote(label.name)}",
            "name": label.name,
            "color": label.color,
            "default": False,
            "description": label.description,
        }

    def reactions(self, url, written):
        found = Counter(reaction.content for reaction in written.reactions)
        return {"url": f"{url}/reactions", "total_count": found.total(), **{face: found[face] for face in FACES}}

    def reaction(self, reaction):
        return {
            "id": reaction.id,
            "node_id": reaction.node_id,
            "user": self.user(reaction.user),
            "content": reaction.content,
            "created_at": stamp(reaction.created_at),
        }

    def issue(self, issue):
        repository = f"{self.base}/repos/{issue.repository.full_name}"
        url = f"{repository}/issues/{issue.number}"
        kind = "pull" if isinstance(issue, Pull) else "issues"
        web = f"{WEB}/{issue.repository.full_name}/{kind}/{issue.number}"
        seen = {
            "id": issue.id,
            "node_id": issue.node_id,
            "url": url,
            "repository_url": repository,
            "labels_url": f"{url}/labels{{/name}}",
            **{f"{name}_url": f"{url}/{name}" for name in ("comments", "events", "timeline")},
            "html_url": web,
            "number": issue.number,
            "title": issue.title,
            "body": issue.body or None,
            "user": self.user(issue.author),
            "labels": [self.label(label) for label in issue.labels],
            "state": issue.state,
            "state_reason": issue.state_reason,
            "locked": issue.locked,
            "active_lock_reason": issue.lock_reason,
            "assignee": self.user(issue.assignees[0]) if issue.assignees else None,
            "assignees": [self.user(one) for one in issue.assignees],
            "milestone": None,
            "comments": len(issue.comments),
            "created_at": stamp(issue.created_at),
            "updated_at": stamp(issue.updated_at),
            "closed_at": stamp(issue.closed_at),
            "closed_by": self.user(issue.closed_by),
            "author_association": issue.repository.association(issue.author),
            "performed_via_github_app": self.app(issue.app),
            "reactions": self.reactions(url, issue),
            "parent_issue_url": f"{repository}/issues/{issue.parent.number}" if issue.parent else None,
        }
        if isinstance(issue, Pull):
            links = {
                "url": f"{repository}/pulls/{issue.number}",
                "html_url": web,
                "diff_url": f"{web}.diff",
                "patch_url": f"{web}.patch",
            }
            seen |= {"draft": issue.draft, "pull_request": {**links, "merged_at": stamp(issue.merged_at)}}
        return seen

    def comment(self, comment):
        repository = f"{self.base}/repos/{comment.repository.full_name}"
        url = f"{repository}/issues/comments/{comment.id}"
        return {
            "id": comment.id,
            "node_id": comment.node_id,
            "url": url,
            "html_url": f"{WEB}/{comment.repository.full_name}/issues/{comment.issue.number}#issuecomment-{comment.id}",
            "issue_url": f"{repository}/issues/{comment.issue.number}",
            "body": comment.body,
            "user": self.user(comment.author),
            "created_at": stamp(comment.created_at),
            "updated_at": stamp(comment.updated_at),
            "author_association": comment.repository.association(comment.author),
            "performed_via_github_app": self.app(comment.app),
            "reactions": self.reactions(url, comment),
            "minimized": comment.minimized and {"reason": comment.minimized},
        }

    def event(self, event):
        url = f"{self.base}/repos/{event.issue.repository.full_name}/issues/events/{event.id}"
        return {
            "id": event.id,
            "node_id": event.node_id,
            "url": url,
            "actor": self.user(event.actor),
            "event": event.kind,
            "commit_id": None,
            "commit_url": None,
            "created_at": stamp(event.created_at),
            "performed_via_github_app": self.app(event.app),
            **about(event),
            **self.assigned(event),
        }

    def assigned(self, event):
        if event.kind not in {"assigned", "unassigned"}:
            return {}
        return {"assignee": self.user(event.about["assignee"]), "assigner": self.user(event.actor)}

    def timeline(self, issue):
        """Events and comments of an issue in the order they happened."""
        lines = [(event.created_at, event.id, self.event(event)) for event in issue.events]
        for comment in issue.comments:
            told = {"event": "commented", "actor": self.user(comment.author), **self.comment(comment)}
            lines.append((comment.created_at, comment.id, told))
        return [line for *_, line in sorted(lines, key=lambda line: line[:2])]

    def app(self, app):
        if app is None:
            return None
        return {
            "id": app.id,
            "client_id": app.client_id,
            "slug": app.slug,
            "node_id": app.node_id,
            "owner": self.user(app.owner),
            "name": app.slug.replace("-", " ").title(),
            "description": "",
            "external_url": f"https://{app.slug}.example",
            "html_url": f"{WEB}/apps/{app.slug}",
            "created_at": stamp(app.created_at),
            "updated_at": stamp(app.created_at),
            "permissions": app.permissions,
            "events": [],
        }


def about(event):
    """What is special to an event's kind."""
    said = event.about
    match event.kind:
        case "labeled" | "unlabeled":
            return {"label": {"name": said["label"], "color": said["color"]}}
        case "renamed":
            return {"rename": {"from": said["previous"], "to": said["current"]}}
        case "closed" | "reopened":
            return {"state_reason": None if event.kind == "reopened" else said["reason"]}
        case "locked":
            return {"lock_reason": said["reason"]}
    return {}
