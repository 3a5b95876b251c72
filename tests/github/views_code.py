"""Commits, pull requests, checks and apps as GitHub's REST API writes them."""

from tests.github.clock import stamp
from tests.github.views import WEB, Views


class CodeViews(Views):
    """The other half of what is written."""

    def signed(self, commit):
        return {
            "name": commit.author.login,
            "email": f"{commit.author.login}@users.noreply.github.com",
            "date": stamp(commit.committed_date),
        }

    def commit(self, commit):
        repository = f"{self.base}/repos/{commit.repository.full_name}"
        url = f"{repository}/commits/{commit.oid}"
        signed = self.signed(commit)
        return {
            "url": url,
            "sha": commit.oid,
            "node_id": commit.node_id,
            "html_url": f"{WEB}/{commit.repository.full_name}/commit/{commit.oid}",
            "comments_url": f"{url}/comments",
            "commit": {
                "url": f"{repository}/git/commits/{commit.oid}",
                "author": signed,
                "committer": signed,
                "message": commit.message,
                "comment_count": 0,
                "tree": {"sha": commit.oid, "url": f"{repository}/git/trees/{commit.oid}"},
            },
            "author": self.user(commit.author),
            "committer": self.user(commit.author),
            "parents": [],
        }

    def simple_commit(self, commit):
        signed = {key: value for key, value in self.signed(commit).items() if key != "date"}
        times = {"timestamp": stamp(commit.committed_date), "author": signed, "committer": signed}
        return {"id": commit.oid, "tree_id": commit.oid, "message": commit.message, **times}

    def side(self, repository, ref, commit):
        """The head or the base of a pull request."""
        owner = repository.owner
        seen = {"user": self.user(owner), "repo": self.repository(repository)}
        return {"label": f"{owner.login}:{ref}", "ref": ref, "sha": commit.oid, **seen}

    def pull(self, pull):
        issue = self.issue(pull)
        repository, url = f"{self.base}/repos/{pull.repository.full_name}", issue["pull_request"]["url"]
        base = pull.repository.branches[pull.base_ref]
        links = {
            "self": url,
            "html": issue["html_url"],
            "issue": issue["url"],
            "comments": issue["comments_url"],
            "review_comments": f"{url}/comments",
            "review_comment": f"{repository}/pulls/comments{{/number}}",
            "commits": f"{url}/commits",
            "statuses": f"{repository}/statuses/{pull.head.oid}",
        }
        same = "id node_id html_url number state locked title body user labels milestone active_lock_reason assignee assignees"
        same += " created_at updated_at closed_at author_association draft"
        named = {f"{name}_url": address for name, address in links.items() if name not in {"self", "html"}}
        return {
            **{key: issue[key] for key in same.split()},
            "url": url,
            **{key: issue["pull_request"][key] for key in ("diff_url", "patch_url", "merged_at")},
            **named,
            "merge_commit_sha": None,
            "requested_reviewers": [],
            "requested_teams": [],
            "head": self.side(pull.head_repository, pull.head_ref, pull.head),
            "base": self.side(pull.repository, pull.base_ref, base),
            "_links": {name: {"href": address} for name, address in links.items()},
            "auto_merge": None,
        }

    def full_pull(self, pull):
        counted = ("review_comments", "additions", "deletions", "changed_files")
        return self.pull(pull) | {
            **dict.fromkeys(counted, 0),
            "merged": pull.merged_at is not None,
            "mergeable": None,
            "rebaseable": None,
            "mergeable_state": "unknown",
            "merged_by": None,
            "comments": len(pull.comments),
            "commits": 1,
            "maintainer_can_modify": False,
        }

    def pulls_of(self, commit):
        """The pull requests that GitHub ties to a commit: those of forks it doesn't know."""
        pulls = [
            pull
            for pull in commit.repository.pulls
            if pull.head is commit and pull.state == "open" and not pull.from_fork
        ]
        repository = {
            "id": commit.repository.id,
            "url": f"{self.base}/repos/{commit.repository.full_name}",
            "name": commit.repository.name,
        }
        return [
            {
                "id": pull.id,
                "number": pull.number,
                "url": f"{repository['url']}/pulls/{pull.number}",
                "head": {"ref": pull.head_ref, "sha": pull.head.oid, "repo": repository},
                "base": {"ref": pull.base_ref, "sha": pull.repository.branches[pull.base_ref].oid, "repo": repository},
            }
            for pull in pulls
        ]

    def check_run(self, run):
        url = f"{self.base}/repos/{run.commit.repository.full_name}/check-runs/{run.id}"
        return {
            "id": run.id,
            "node_id": run.node_id,
            "name": run.name,
            "head_sha": run.commit.oid,
            "external_id": run.external_id,
            "url": url,
            "html_url": run.html_url,
            "details_url": run.details_url or run.html_url,
            "status": run.status,
            "conclusion": run.conclusion,
            "started_at": stamp(run.started_at),
            "completed_at": stamp(run.completed_at),
            "output": {
                **{key: getattr(run, key) for key in ("title", "summary", "text")},
                "annotations_count": len(run.annotations),
                "annotations_url": f"{url}/annotations",
            },
            "check_suite": {"id": run.suite.id},
            "app": self.app(run.suite.app),
            "pull_requests": self.pulls_of(run.commit),
        }

    def check_suite(self, suite):
        commit = suite.commit
        url = f"{self.base}/repos/{commit.repository.full_name}/check-suites/{suite.id}"
        branches = [pull["head"]["ref"] for pull in self.pulls_of(commit)]
        return {
            "id": suite.id,
            "node_id": suite.node_id,
            "head_branch": branches[0] if branches else None,
            "head_sha": commit.oid,
            "status": suite.status,
            "conclusion": suite.conclusion,
            "url": url,
            "before": None,
            "after": None,
            "pull_requests": self.pulls_of(commit),
            "app": self.app(suite.app),
            "repository": self.minimal_repository(commit.repository),
            "created_at": stamp(suite.created_at),
            "updated_at": stamp(suite.created_at),
            "head_commit": self.simple_commit(commit),
            "latest_check_runs_count": len(suite.latest()),
            "check_runs_url": f"{url}/check-runs",
        }

    def status(self, status):
        return self.simple_status(status) | {"creator": self.user(status.creator)}

    def simple_status(self, status):
        return {
            "url": f"{self.base}/repos/{status.commit.repository.full_name}/statuses/{status.commit.oid}",
            "avatar_url": None,
            "id": status.id,
            "node_id": status.node_id,
            "state": status.state,
            "description": status.description,
            "target_url": status.target_url,
            "context": status.context,
            "created_at": stamp(status.created_at),
            "updated_at": stamp(status.created_at),
        }

    def combined_status(self, commit, state):
        repository = self.minimal_repository(commit.repository)
        contexts = commit.contexts()
        return {
            "state": state,
            "statuses": [self.simple_status(status) for status in contexts],
            "sha": commit.oid,
            "total_count": len(contexts),
            "repository": repository,
            "commit_url": f"{repository['url']}/commits/{commit.oid}",
            "url": f"{repository['url']}/commits/{commit.oid}/status",
        }

    def installation(self, installation):
        url = f"{self.base}/app/installations/{installation.id}"
        return {
            "id": installation.id,
            "account": self.user(installation.account),
            "repository_selection": "selected",
            "access_tokens_url": f"{url}/access_tokens",
            "repositories_url": f"{self.base}/installation/repositories",
            "html_url": f"{WEB}/settings/installations/{installation.id}",
            "app_id": installation.app.id,
            "app_slug": installation.app.slug,
            "target_id": installation.account.id,
            "target_type": installation.account.kind,
            "permissions": installation.permissions,
            "events": [],
            "created_at": stamp(installation.created_at),
            "updated_at": stamp(installation.created_at),
            "single_file_name": None,
            "suspended_by": None,
            "suspended_at": None,
        }
